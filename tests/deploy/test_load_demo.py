"""The whole demo is loaded as `make demo` does, with fewer orders and one grey picture for all."""

from collections import Counter

import pytest
from django.core.cache import cache
from django.core.management import call_command
from oscar.apps.order.models import Order
from PIL import Image

from deploy.demo.loading import orders
from deploy.demo.pictures import all_keys
from marketplace.core.money import to_satang
from marketplace.ledger.models import Event
from marketplace.places.models import Amphoe, Province, Tambon
from marketplace.producers.models import Producer
from marketplace.provenance.models import Listing, Provenance
from marketplace.villages.models import Route, Village
from shop.payments.models import OrderMail, Refund
from shop.placing.models import Placement

ORDERS = 28


@pytest.fixture
def loaded(db, settings, tmp_path, monkeypatch, capsys) -> str:
    """What the command said."""
    cache.clear()
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "demo").mkdir()
    grey = tmp_path / "demo" / "grey.jpg"
    Image.new("RGB", (320, 180), "#8a7f70").save(grey)
    for key in all_keys():
        (tmp_path / "demo" / f"{key}.jpg").hardlink_to(grey)
    monkeypatch.setattr(orders, "ORDERS", ORDERS)
    call_command("load_demo")
    return capsys.readouterr().out


def test_the_demo_holds_what_it_promises(loaded, capsys):
    assert (Province.objects.count(), Amphoe.objects.in_force().count()) == (77, 928)
    assert Tambon.objects.in_force().count() == 7_436
    assert (Village.objects.count(), Route.objects.count()) == (71, 4)
    provinces = Province.objects.filter(amphoes__tambons__villages__isnull=False).distinct()
    assert provinces.count() == 46
    assert provinces.values("region").distinct().count() == 6
    assert Producer.objects.filter(status=Producer.Status.ACTIVE).count() == 120
    assert Provenance.objects.filter(status=Provenance.Status.PUBLIC).count() == 600
    assert Listing.objects.count() == 600
    types = Counter(Provenance.objects.values_list("otop_type", flat=True))
    assert types == {
        "textile": 164,
        "food": 161,
        "household": 151,
        "herbal": 67,
        "beverage": 57,
    }

    assert f"{ORDERS} paid orders, 2 of them partly refunded" in loaded
    statuses = Counter(Order.objects.values_list("status", flat=True))
    # How many are young enough to be left to pack depends on the day.
    assert statuses["partly-refunded"] == 2
    assert statuses["shipped"] + statuses["paid"] == ORDERS - 2 and statuses["shipped"] > 0
    assert not OrderMail.objects.exists()
    assert not Placement.objects.filter(paid_at=None).exists()
    assert Refund.objects.filter(state=Refund.State.SUCCEEDED).count() == 2
    sales = Event.objects.filter(kind=Event.Kind.SALE)
    assert sum(sales.values_list("total_satang", flat=True)) == sum(
        to_satang(total) for total in Order.objects.values_list("total_incl_tax", flat=True)
    )
    call_command("ledger", "verify")
    assert "whole" in capsys.readouterr().out.lower()
