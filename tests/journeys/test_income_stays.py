"""What a village earned is not rewritten by anything that happens to it afterwards."""

from datetime import datetime, time, timedelta

import pytest
from django.db.models import Max

from marketplace.core import thai
from marketplace.core.thai import BANGKOK
from marketplace.ledger.models import Account, Event, Transfer, VillageMonth
from marketplace.ledger.periods import month_period, year_period
from marketplace.ledger.queries import income_by_area
from marketplace.producers.services import move_producer
from marketplace.provenance.services import set_village_shares, withdraw_product
from marketplace.villages import services as villages
from shop.payments import services as payments
from shop.placing.models import Placement
from shop.reports.exports import report_csv
from tests.factories import (
    make_postcode,
    make_producer,
    make_product,
    make_user,
    make_village,
    pay,
    place_order,
)
from tests.journeys.conftest import Shopper, wait_for

HERE, THERE, ELSEWHERE = "57010501", "57010502", "57010503"
AREAS = ("", "57", "5701", "570105", HERE)


def reports(period) -> dict[str, bytes]:
    """The report of a period for the village and every area above it, as files."""
    return {code: report_csv(income_by_area(code, period)) for code in AREAS}


def income(code: str) -> int:
    year = year_period(thai.fiscal_year_be(thai.today()))
    return income_by_area(code, year).total.income_satang


@pytest.fixture
def staff(site):
    return make_user(f"finance{Placement.objects.count()}@example.com", is_staff=True)


@pytest.fixture
def sold(site):
    """Two pots paid for, one village's alone, one shared by two; the placement and the pots."""
    make_postcode()
    village = make_village(HERE, "บ้านเหนือ")
    make_village(THERE, "บ้านกลาง")
    make_village(ELSEWHERE, "บ้านใต้")
    potter = make_producer(village)
    alone = make_product(potter, price_baht="99.99", stock=9)
    shared = make_product(
        potter, price_baht="100.01", stock=9, shares={HERE: 333_333, THERE: 666_667}
    )
    shopper = Shopper(site)
    shopper.put_into_basket(alone.product, 2)
    shopper.put_into_basket(shared.product)
    token = shopper.order()
    site.standin.pay(shopper.client_secret(token))
    placement = Placement.objects.select_related("order").get(token=token)
    wait_for(lambda: Placement.objects.get(pk=placement.pk).paid_at)
    return placement, alone, shared


def test_later_changes_of_villages_makers_and_things_change_no_byte(site, sold, staff):
    """Paid this month over HTTP, and once more last month: that period is over."""
    _, alone, shared = sold
    today = thai.today()
    village, last_month = alone.producer.home_village, today.replace(day=1) - timedelta(days=1)
    route = villages.register_route(code="pots", kind="community", name_th="ทางดิน", by=staff)
    villages.add_route_stop(route=route, village=village, position=1, since=today, by=staff)
    pay(place_order((alone, 2), (shared, 1)), at=datetime.combine(last_month, time(12), BANGKOK))
    over, now = month_period(last_month), month_period(today)
    before, figures = reports(over), [income_by_area(code, now).total for code in AREAS]
    assert b"233.32" in before[HERE]  # two pots, and a third of ฿100.01

    villages.rename_village(village=village, name_th="บ้านเหนือใหม่", name_en="", by=staff)
    move_producer(producer=alone.producer, village=make_village(ELSEWHERE), by=staff)
    for thing in (alone, shared):
        everything = {ELSEWHERE: 1_000_000}
        tomorrow = today + timedelta(days=1)
        set_village_shares(provenance=thing, shares=everything, since=tomorrow, by=staff)
    villages.end_route_stop(route=route, village=village, last_day=today, by=staff)
    withdraw_product(provenance=alone, reason="เลิกทำ", by=staff)

    assert reports(over) == before
    for old, code in zip(figures, AREAS, strict=True):
        new = income_by_area(code, now).total
        assert (new.sold_satang, new.refunded_satang) == (old.sold_satang, old.refunded_satang)


def test_a_refund_of_one_line_takes_exactly_that_lines_share_and_only_adds_rows(site, sold, staff):
    placement, _, shared = sold
    line = placement.order.lines.get(product=shared.product)
    before = {code: income(code) for code in (*AREAS, THERE)}
    rows = {model: list(model.objects.order_by("pk").values()) for model in (Event, Transfer)}
    newest = Transfer.objects.aggregate(Max("pk"))["pk__max"]

    payments.refund_lines(
        placement.order, lines={line.pk: 10_001}, delivery={}, by=staff, reason="แตก"
    )

    here, there = 3_334, 6_667  # a third of ฿100.01, and the rest
    assert {code: before[code] - income(code) for code in before} == {
        "": here + there,
        "57": here + there,
        "5701": here + there,
        "570105": here + there,
        HERE: here,
        THERE: there,
    }
    for model, old in rows.items():
        kept = model.objects.filter(pk__in=[row["id"] for row in old])
        assert list(kept.order_by("pk").values()) == old
    assert Transfer.objects.filter(pk__gt=newest).count() == 2
    assert Account.objects.filter(code="gateway.clearing").count() == 1
    assert VillageMonth.objects.filter(kind="refund").count() == 2
