"""Who sees a village's totals and who keeps its page; lists and single answers agree."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.villages import permissions, services
from marketplace.villages.models import Village
from tests import factories
from tests.people import staff

pytestmark = pytest.mark.django_db

LONG_AGO = date(2020, 1, 1)
HERE, THERE = "50010811", "34010105"


@pytest.fixture
def village():
    factories.make_village(THERE, "บ้านปะอาว")
    return factories.make_village(HERE)


def member(village, role, since=LONG_AGO, until=None):
    user = factories.make_user()
    membership = services.add_village_member(
        village=village, user=user, role=role, since=since, by=None
    )
    if until:
        services.end_village_member(membership=membership, last_day=until, by=None)
    return user


def cast(village):
    yesterday, tomorrow = (thai.today() + timedelta(days=days) for days in (-1, 1))
    return {
        "nobody": AnonymousUser(),
        "shopper": factories.make_user(),
        "coordinator": member(village, "coordinator"),
        "treasurer": member(village, "treasurer"),
        "guide": member(village, "guide"),
        "former guide": member(village, "guide", until=yesterday),
        "future guide": member(village, "guide", since=tomorrow),
        "officer here": staff(StaffRole.OFFICER, "5001"),
        "officer there": staff(StaffRole.OFFICER, "34"),
        "officer of nothing": staff(StaffRole.OFFICER),
        "curator": staff(StaffRole.CURATOR),
        "reviewer": staff(StaffRole.REVIEWER),
        "finance": staff(StaffRole.FINANCE),
        "support": staff(StaffRole.SUPPORT),
        "administrator": factories.make_user(is_superuser=True),
    }


EVERYWHERE, ONLY_HERE = {HERE, THERE}, {HERE}
TOTALS = {
    "coordinator": ONLY_HERE,
    "treasurer": ONLY_HERE,
    "guide": ONLY_HERE,
    "officer here": ONLY_HERE,
    "officer there": {THERE},
    "finance": EVERYWHERE,
    "administrator": EVERYWHERE,
}
EDITS = {
    "coordinator": ONLY_HERE,
    "treasurer": ONLY_HERE,
    "guide": ONLY_HERE,
    "curator": EVERYWHERE,
    "administrator": EVERYWHERE,
}


@pytest.mark.parametrize(
    ("may", "twin", "matrix"),
    [
        (permissions.may_see_totals, permissions.villages_with_totals, TOTALS),
        (permissions.may_edit, permissions.editable_villages, EDITS),
    ],
)
def test_each_person_gets_what_the_matrix_says(village, may, twin, matrix):
    villages = list(Village.objects.all())

    for who, user in cast(village).items():
        expected = matrix.get(who, set())
        assert {row.code for row in villages if may(user, row)} == expected, who
        assert set(twin(user).values_list("code", flat=True)) == expected, who


def test_staff_see_the_register_and_officers_their_part(village):
    seen = {
        who: set(permissions.registered_villages(user).values_list("code", flat=True))
        for who, user in cast(village).items()
    }

    for who in ("curator", "reviewer", "finance", "support", "administrator"):
        assert seen.pop(who) == EVERYWHERE
    assert (seen.pop("officer here"), seen.pop("officer there")) == (ONLY_HERE, {THERE})
    assert set(map(len, seen.values())) == {0}


def test_only_curators_change_the_register(village):
    allowed = {who for who, user in cast(village).items() if permissions.may_register(user)}

    assert allowed == {"curator", "administrator"}


def test_somebody_whose_account_was_closed_sees_nothing(village):
    user = member(village, "coordinator")
    user.is_active = False

    denied = permissions.may_see_totals(user, village)
    assert not denied
    assert str(denied.reason)
    assert not permissions.may_edit(user, village)


def test_the_number_of_statements_is_fixed(village, django_assert_max_num_queries):
    user = member(village, "coordinator")

    with django_assert_max_num_queries(3):
        assert permissions.may_see_totals(user, village)
