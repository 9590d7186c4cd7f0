"""Renaming, closing and changing villages: history stays, equal facts are no change."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from marketplace.core import thai
from marketplace.core.models import AuditEntry, OutboxEntry
from marketplace.places.models import FormerName
from marketplace.places.services import InvalidName, RenamedOutOfOrder
from marketplace.villages import queries, services
from marketplace.villages.dated import EndsBeforeItBegins, NothingOpen, OverlappingDates
from marketplace.villages.models import Village, VillageMembership
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    return factories.make_village("50010811", "บ้านดอยปุย", name_en="Doi Pui")


def test_a_renaming_keeps_the_old_name_for_the_days_before(village):
    services.rename_village(village=village, name_th="บ้านใหม่", name_en="Ban Mai", by=None)

    today = thai.today()
    assert (village.name_th, village.name_en) == ("บ้านใหม่", "Ban Mai")
    assert queries.names_on(["50010811"], today)["50010811"] == ("บ้านดอยปุย", "Doi Pui")
    tomorrow = today + timedelta(days=1)
    assert queries.names_on(["50010811"], tomorrow)["50010811"] == ("บ้านใหม่", "Ban Mai")


def test_names_of_all_levels_come_in_two_statements(village, django_assert_num_queries):
    with django_assert_num_queries(2):
        names = queries.names_on(["50", "5001", "500108", "50010811"], thai.today())

    assert [name[0] for _code, name in sorted(names.items())] == [
        "เชียงใหม่",
        "เมืองเชียงใหม่",
        "สุเทพ",
        "บ้านดอยปุย",
    ]


@pytest.mark.parametrize("name", ["", " \u200b", "ก" * 121])
def test_a_bad_name_changes_nothing(village, name):
    with pytest.raises(InvalidName):
        services.rename_village(village=village, name_th=name, name_en="", by=None)

    village.refresh_from_db()
    assert village.name_th == "บ้านดอยปุย"
    assert not FormerName.objects.exists()


def test_a_renaming_in_the_future_is_refused(village):
    with pytest.raises(RenamedOutOfOrder):
        services.rename_village(
            village=village,
            name_th="ใหม่",
            name_en="",
            by=None,
            last_day=thai.today() + timedelta(days=1),
        )

    assert Village.objects.get().name_th == "บ้านดอยปุย"


def test_a_village_is_closed_for_a_reason(village):
    with pytest.raises(services.ReasonRequired):
        services.set_village_status(village=village, status="closed", reason=" ", by=None)
    assert Village.objects.visible().count() == 1

    for _ in range(2):
        services.set_village_status(village=village, status="closed", reason="ย้าย", by=None)

    assert (village.status, village.status_reason) == ("closed", "ย้าย")
    assert not Village.objects.visible().exists()
    assert AuditEntry.objects.filter(act="village.status").count() == 1


def test_facts_are_tidied_and_equal_ones_are_no_change(village):
    curator = factories.make_user()
    for _ in range(2):
        services.change_village(
            village=village, by=curator, charm_th=" ผ้า  ทอ ", about_th="หนึ่ง\nสอง"
        )

    assert (village.charm_th, village.about_th) == ("ผ้า ทอ", "หนึ่ง\nสอง")
    entry = AuditEntry.objects.get(act="village.change")
    assert (entry.actor, entry.details) == (curator, {"fields": "about_th charm_th"})
    assert OutboxEntry.objects.filter(kind="village", object_id="50010811").count() == 2


def test_code_name_and_status_are_not_mere_facts(village):
    for fact in ({"code": "50010812"}, {"name_th": "x"}, {"status": "closed"}):
        with pytest.raises(TypeError):
            services.change_village(village=village, by=None, **fact)


def test_a_membership_is_open_once_and_never_overlaps(village):
    user = factories.make_user()
    first, last = date(2025, 1, 1), date(2025, 6, 30)
    facts = {"village": village, "user": user, "role": "guide", "by": None}
    membership = services.add_village_member(since=first, **facts)
    assert services.add_village_member(since=last, **facts) == membership

    with pytest.raises(EndsBeforeItBegins):
        services.end_village_member(
            membership=membership, last_day=first - timedelta(days=1), by=None
        )
    services.end_village_member(membership=membership, last_day=last, by=None)
    with pytest.raises(NothingOpen):
        services.end_village_member(membership=membership, last_day=last, by=None)
    with pytest.raises(OverlappingDates):
        services.add_village_member(since=last, **facts)

    assert VillageMembership.objects.count() == 1
    services.add_village_member(since=last + timedelta(days=1), **facts)
    assert VillageMembership.objects.count() == 2


def test_the_database_knows_the_rules_too(village):
    user = factories.make_user()
    facts = {"village": village, "user": user, "role": "guide"}
    VillageMembership.objects.create(valid_from=date(2025, 1, 1), **facts)

    broken = [
        lambda: VillageMembership.objects.create(valid_from=date(2026, 1, 1), **facts),
        lambda: VillageMembership.objects.update(valid_until=date(2024, 1, 1)),
        lambda: Village.objects.create(code="50010812", name_th="x", tambon_id="500109"),
        lambda: Village.objects.create(code="5001081", name_th="x", tambon_id="500108"),
        lambda: Village.objects.create(code="5001081x", name_th="x", tambon_id="500108"),
    ]
    for act in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()

    assert Village.objects.count() == VillageMembership.objects.count() == 1
