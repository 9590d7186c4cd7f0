"""Nothing that happens after a period changes a byte of its report."""

from calendar import monthrange
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from oscar.apps.catalogue.models import Product

from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.ledger import services as ledger
from marketplace.ledger import verification
from marketplace.ledger.services import Sale, SoldShare
from marketplace.places.services import rename_area
from marketplace.producers.services import move_producer, suspend_producer
from marketplace.provenance import services as provenance
from marketplace.provenance.models import LineOrigin
from marketplace.villages import services as villages
from marketplace.villages.models import Route
from tests.factories import make_producer, make_product, make_user, make_village, place_order

PUI, MAE = "50010811", "50010812"
AREAS = ("", "N", "50", "5001", "500108", PUI)


@pytest.fixture
def last_month():
    """Noon of the middle of last month."""
    first = thai.today().replace(day=1) - timedelta(days=1)
    return timezone.now().replace(
        year=first.year, month=first.month, day=min(15, monthrange(first.year, first.month)[1])
    )


@pytest.fixture
def sold(db, last_month):
    """A product of one village, on a route, ordered and paid last month."""
    village = make_village(PUI, "บ้านดอยปุย")
    make_village(MAE, "บ้านแม่")
    route = Route.objects.create(code="hill", kind="community", name_th="ทางเขา")
    villages.add_route_stop(
        route=route, village=village, position=1, since=thai.today() - timedelta(days=90), by=None
    )
    product = make_product(make_producer(village), price_baht="199")
    order = place_order((product, 2)).order
    shares = tuple(
        SoldShare(*row)
        for row in LineOrigin.objects.filter(line__order=order).values_list(
            "pk", "line_id", "producer_id", "village_code", "amount_satang"
        )
    )
    total = sum(share.amount_satang for share in shares)
    with transaction.atomic():
        ledger.record_sale(Sale(order.number, "pi_1", last_month, total, shares))
    return product


def reports(client, period):
    query = [{"area": area, "period": period, "export": "csv"} for area in AREAS]
    return [client.get("/cms/reports/income/", each).getvalue() for each in query]


def test_the_bytes_of_a_past_period_stay(client, sold, last_month):
    clerk = make_user(is_staff=True)
    clerk.groups.add(Group.objects.get(name=StaffRole.FINANCE))
    client.force_login(clerk)
    period = f"{thai.bangkok_day(last_month):%Y-%m}"
    before = reports(client, period)
    assert all(b"398.00" in report for report in before)
    village, other = make_village(PUI), make_village(MAE)
    yesterday = max(thai.today() - timedelta(days=1), thai.today().replace(day=1))

    villages.rename_village(
        village=village, name_th="บ้านใหม่", name_en="New", by=None, last_day=yesterday
    )
    rename_area(code="500108", name_th="ใหม่", name_en="New", last_day=yesterday, by=None)
    provenance.set_village_shares(provenance=sold, shares={MAE: 1_000_000}, by=None)
    move_producer(producer=sold.producer, village=other, by=None)
    villages.end_route_stop(
        route=Route.objects.get(), village=village, last_day=thai.today(), by=None
    )
    provenance.withdraw_product(provenance=sold, reason="หมดรุ่น", by=None)
    suspend_producer(producer=sold.producer, reason="พักงาน", by=None)
    Product.objects.filter(pk=sold.product_id).update(title="อื่น", is_public=False)

    assert reports(client, period) == before
    assert list(verification.verify()) == []
