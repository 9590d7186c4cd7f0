"""Staff roles and the areas of officers: who may act where, on which day."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db import IntegrityError, transaction

from marketplace.accounts import permissions, queries, roles, services
from marketplace.accounts.models import AreaGrant
from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.core.models import AuditEntry
from marketplace.villages.models import Village
from tests import factories

pytestmark = pytest.mark.django_db

LONG_AGO = date(2020, 1, 1)


def officer_of(*areas: str, **facts):
    user = factories.make_user()
    services.give_role(user=user, role=StaffRole.OFFICER, by=None)
    for area in areas:
        services.grant_area(user=user, area_code=area, since=LONG_AGO, by=None, **facts)
    return user


def with_role(role: StaffRole):
    user = factories.make_user()
    services.give_role(user=user, role=role, by=None)
    return user


def test_the_groups_are_there_after_migrate_and_enter_the_admin():
    names = set(Group.objects.values_list("name", flat=True))

    assert names >= {"curator", "reviewer", "finance", "support", "officer"}
    for role in StaffRole:
        assert with_role(role).has_perm("wagtailadmin.access_admin")


def test_making_the_groups_again_changes_nothing():
    Group.objects.get(name="curator").permissions.clear()
    before = set(Group.objects.values_list("pk", "name"))

    roles.ensure_groups()
    roles.ensure_groups()

    assert set(Group.objects.values_list("pk", "name")) == before
    assert Group.objects.get(name="curator").permissions.get().codename == "access_admin"


@pytest.mark.parametrize(
    ("areas", "code", "allowed"),
    [
        ([], "50", False),
        (["50"], "50", True),
        (["50"], "50010811", True),
        (["50"], "51010101", False),
        (["5001"], "50", False),
        (["500108"], "50010811", True),
        (["500108"], "50010911", False),
        (["50010811"], "50010811", True),
        ([""], "90010101", True),
        (["40", "5001"], "500108", True),
    ],
)
def test_an_officer_reviews_and_reads_in_his_areas_only(areas, code, allowed):
    officer = officer_of(*areas)

    assert bool(permissions.may_review(officer, code)) is allowed
    assert bool(permissions.may_read_reports(officer, code)) is allowed


def test_list_and_detail_agree_about_every_village():
    codes = ["50010811", "50010812", "50020301", "34010105"]
    for code in codes:
        factories.make_village(code, "บ้านทดสอบ")

    for areas in ([], ["50"], ["5001"], ["50010812", "34"], [""]):
        officer = officer_of(*areas)
        listed = set(
            Village.objects.filter(permissions.reviewable(officer, "code")).values_list(
                "code", flat=True
            )
        )
        assert listed == {code for code in codes if permissions.may_review(officer, code)}


def test_a_grant_counts_on_its_first_and_last_day_only():
    first, last = date(2026, 1, 1), date(2026, 1, 31)
    officer = factories.make_user()
    services.give_role(user=officer, role=StaffRole.OFFICER, by=None)
    services.grant_area(user=officer, area_code="50", since=first, until=last, by=None)

    day = timedelta(days=1)
    in_force = [
        queries.areas_of(officer, d) == ["50"] for d in (first - day, first, last, last + day)
    ]
    assert in_force == [False, True, True, False]


def test_a_grant_without_the_role_or_an_active_account_is_worth_nothing():
    officer = officer_of("50")

    services.take_role(user=officer, role=StaffRole.OFFICER, by=None)
    assert not permissions.may_review(officer, "50")

    services.give_role(user=officer, role=StaffRole.OFFICER, by=None)
    assert permissions.may_review(officer, "50")
    officer.is_active = False
    assert not permissions.may_review(officer, "50")


@pytest.mark.parametrize(
    ("role", "reviews", "reads"),
    [
        (StaffRole.CURATOR, True, True),
        (StaffRole.REVIEWER, True, True),
        (StaffRole.FINANCE, False, True),
        (StaffRole.SUPPORT, False, False),
        (StaffRole.OFFICER, False, False),
    ],
)
def test_each_role_everywhere(role, reviews, reads):
    user = with_role(role)

    assert bool(permissions.may_review(user, "50010811")) is reviews
    assert bool(permissions.may_read_reports(user, "50010811")) is reads


def test_administrators_may_and_strangers_may_not():
    administrator = factories.make_user(is_superuser=True)

    assert permissions.may_review(administrator, "50")
    for stranger in (AnonymousUser(), factories.make_user(), factories.make_user(is_staff=True)):
        denied = permissions.may_review(stranger, "50")
        assert not denied
        assert str(denied.reason)


def test_areas_inside_others_are_left_out():
    assert queries.areas_of(officer_of("5001", "50", "34010105")) == ["34010105", "50"]


def test_the_number_of_statements_does_not_grow_with_grants(django_assert_max_num_queries):
    officer = officer_of(*(f"{code}" for code in range(10, 60)))

    with django_assert_max_num_queries(3):
        assert permissions.may_review(officer, "50010811")


def test_giving_and_taking_are_audited_once():
    administrator, user = factories.make_user(is_superuser=True), factories.make_user()
    for _ in range(2):
        services.give_role(user=user, role=StaffRole.OFFICER, by=administrator)
        grant = services.grant_area(user=user, area_code="50", since=LONG_AGO, by=administrator)
    for _ in range(2):
        services.end_area(grant=grant, last_day=thai.today(), by=administrator)
        services.take_role(user=user, role=StaffRole.OFFICER, by=administrator)

    acts = AuditEntry.objects.filter(target=f"user:{user.pk}", actor=administrator)
    assert sorted(acts.values_list("act", flat=True)) == [
        "area.end",
        "area.grant",
        "role.give",
        "role.take",
    ]


@pytest.mark.parametrize("code", ["5", "500", "500108112", "๕๐", "5x"])
def test_an_area_is_an_official_code(code):
    user = factories.make_user()

    with pytest.raises(services.InvalidArea):
        services.grant_area(user=user, area_code=code, since=LONG_AGO, by=None)

    assert not AreaGrant.objects.exists()


def test_a_grant_never_ends_before_it_begins():
    user = factories.make_user()
    grant = services.grant_area(user=user, area_code="50", since=thai.today(), by=None)

    with pytest.raises(services.EndsBeforeItBegins):
        services.end_area(grant=grant, last_day=LONG_AGO, by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        AreaGrant.objects.filter(pk=grant.pk).update(valid_until=LONG_AGO)

    assert AreaGrant.objects.get().valid_until is None


def test_an_e_mail_address_exists_once_in_any_case():
    factories.make_user("person@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        factories.make_user("PERSON@example.org")
