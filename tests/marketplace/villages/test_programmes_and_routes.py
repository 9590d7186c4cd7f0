"""Programmes and routes hold from a day until a day, and a village is in each once at a time."""

from datetime import date, timedelta

import pytest

from marketplace.core.models import AuditEntry
from marketplace.places.services import InvalidName
from marketplace.villages import services
from marketplace.villages.dated import EndsBeforeItBegins, NothingOpen, OverlappingDates
from marketplace.villages.models import Programme, ProgrammeMembership, Route, RouteStop, Village
from tests import factories

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2024, 10, 1), date(2025, 9, 30)


@pytest.fixture
def village():
    return factories.make_village("50010811")


@pytest.fixture
def programme():
    return services.register_programme(code="nawatwithi", name_th="นวัตวิถี", name_en="Nawatwithi")


@pytest.fixture
def route():
    return services.register_route(code="lanna-hands", kind="mainstream", name_th="มือล้านนา")


def test_a_village_joins_leaves_and_joins_again(village, programme):
    facts = {"village": village, "programme": programme, "by": None}
    joined = services.join_programme(since=FIRST, **facts)
    assert services.join_programme(since=LAST, **facts) == joined

    with pytest.raises(EndsBeforeItBegins):
        services.leave_programme(last_day=FIRST - timedelta(days=1), **facts)
    services.leave_programme(last_day=LAST, **facts)
    with pytest.raises(NothingOpen):
        services.leave_programme(last_day=LAST, **facts)
    with pytest.raises(OverlappingDates):
        services.join_programme(since=LAST, **facts)
    services.join_programme(since=LAST + timedelta(days=1), **facts)

    periods = ProgrammeMembership.objects.order_by("valid_from")
    assert list(periods.values_list("valid_from", "valid_until")) == [
        (FIRST, LAST),
        (date(2025, 10, 1), None),
    ]
    assert AuditEntry.objects.filter(act__startswith="programme.").count() == 4


def test_a_stop_keeps_its_place_up_to_date_and_ends(village, route):
    facts = {"route": route, "village": village, "by": None}
    services.add_route_stop(position=1, since=FIRST, note_th=" หนึ่ง ", **facts)
    services.add_route_stop(position=2, since=FIRST, note_th="สอง", note_en="two", **facts)

    stop = RouteStop.objects.get()
    assert (stop.position, stop.note_th, stop.note_en) == (2, "สอง", "two")
    services.end_route_stop(last_day=LAST, **facts)
    with pytest.raises(NothingOpen):
        services.end_route_stop(last_day=LAST, **facts)
    assert RouteStop.objects.get().valid_until == LAST


def test_codes_of_programmes_and_routes_are_plain_and_unique(programme, route):
    for code in ("", "Nawat", "ก", "a b", "x" * 65, "-a", "a\n"):
        with pytest.raises(services.InvalidCode):
            services.register_route(code=code, kind="community", name_th="ก")
    with pytest.raises(services.CodeTaken):
        services.register_programme(code="nawatwithi", name_th="ก")
    with pytest.raises(InvalidName):
        services.register_programme(code="other", name_th=" ")

    assert (Programme.objects.count(), Route.objects.count()) == (1, 1)


def test_changing_names_is_audited_once(programme, route):
    for _ in range(2):
        services.change_programme(programme=programme, name_th="ใหม่", name_en="New", by=None)
        services.change_route(route=route, name_th="ใหม่", kind="community", by=None)

    assert Programme.objects.get().name_th == Route.objects.get().name_th == "ใหม่"
    assert AuditEntry.objects.filter(act__endswith=".change").count() == 2


def test_villages_are_found_by_part_of_a_name_unless_they_are_closed(village):
    factories.make_village("50010812", "บ้านใหม่ดอยคำ")
    factories.make_village("34010105", "บ้านปะอาว")
    closed = factories.make_village("50010813", "บ้านดอยปิด")
    services.set_village_status(village=closed, status="closed", reason="ย้าย", by=None)

    found = Village.objects.visible().named_like("ดอย")

    assert [row.code for row in found] == ["50010811", "50010812"]
