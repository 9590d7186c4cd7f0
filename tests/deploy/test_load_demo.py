"""The whole demo is loaded as `make demo` does, with fewer orders and one grey picture for all."""

import hashlib
from collections import Counter

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from oscar.apps.order.models import Order
from PIL import Image

from deploy.demo.loading import orders
from deploy.demo.pictures import all_keys
from deploy.demo.vocabulary.desks import DESKS
from marketplace.accounts.models import AreaGrant
from marketplace.core import thai
from marketplace.core.money import to_satang
from marketplace.ledger.models import Event, MonthClose, Transfer
from marketplace.places.models import Amphoe, Province, Tambon
from marketplace.producers.models import Producer
from marketplace.provenance.models import (
    LineOrigin,
    Listing,
    Photo,
    ProductChange,
    ProductDraft,
    Provenance,
)
from marketplace.villages.models import Route, Village
from shop.parcels.queries import open_parcels
from shop.payments.models import OrderMail, Refund
from shop.placing.models import Placement
from shop.review.queries import Filters, read_queue
from shop.yearpacks.models import PackDraft, YearPack
from shop.yearpacks.verification import verify_pack
from tests.visitor import Visitor

ORDERS = 28


@pytest.fixture
def loaded(db, settings, tmp_path, monkeypatch, capsys) -> str:
    """What the command said."""
    cache.clear()
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = tmp_path, tmp_path / "private"
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
    shown = Provenance.objects.filter(status=Provenance.Status.PUBLIC)
    types = Counter(shown.values_list("otop_type", flat=True))
    assert types == {
        "textile": 164,
        "food": 161,
        "household": 151,
        "herbal": 67,
        "beverage": 57,
    }

    to_pack = sum(len(desk.orders) for desk in DESKS)
    assert f"{ORDERS} paid orders, 2 of them partly refunded; {to_pack} more to be packed" in loaded
    assert "3 products and changes wait for review" in loaded
    statuses = Counter(Order.objects.values_list("status", flat=True))
    # How many are young enough to be left to pack depends on the day.
    assert statuses["partly-refunded"] == 2
    assert statuses["shipped"] + statuses["paid"] + statuses["preparing"] == (ORDERS - 2 + to_pack)
    assert statuses["shipped"] > 0
    assert not OrderMail.objects.exists()
    assert not Placement.objects.filter(paid_at=None).exists()
    assert Refund.objects.filter(state=Refund.State.SUCCEEDED).count() == 2
    paid = Transfer.objects.filter(kind__in=[Transfer.Kind.SALE, Transfer.Kind.DELIVERY])
    assert sum(paid.values_list("amount_satang", flat=True)) == sum(
        to_satang(total) for total in Order.objects.values_list("total_incl_tax", flat=True)
    )
    rules = LineOrigin.objects.exclude(fee_rule_id=None).values_list("fee_rule_id", flat=True)
    assert len(set(rules)) >= 2 and Transfer.objects.filter(kind=Transfer.Kind.FEE).exists()
    call_command("ledger", "verify")
    assert "whole" in capsys.readouterr().out.lower()
    for look in (
        *(the_first_producer_has_all_kinds_of_work, the_second_has_some, curators_have_work),
        *(the_last_year_is_signed_by_two_and_can_be_had, once_more_changes_nothing),
    ):
        look()


def producer_of(email: str) -> Producer:
    return Producer.objects.get(memberships__user__email=email)


def the_first_producer_has_all_kinds_of_work():
    weavers = producer_of("producer@demo.example")
    assert Counter(open_parcels(weavers).values_list("status", flat=True)) >= Counter(
        {"preparing": 3, "packed": 1}
    )
    statuses = Counter(weavers.products.values_list("status", flat=True))
    assert statuses == {"public": 9, "refused": 1, "in_review": 1}
    assert weavers.products.get(status="refused").status_reason
    [change] = ProductChange.objects.filter(provenance__producer=weavers)
    assert change.state == ProductChange.State.WAITING and list(change.after) == ["description_th"]
    [draft] = ProductDraft.objects.filter(producer=weavers)
    assert len(draft.data["photos"]) == Photo.objects.of(weavers).count() == 2
    assert weavers.notice_th and weavers.notice_en
    month = Transfer.objects.filter(
        producer_id=weavers.pk, kind=Transfer.Kind.SALE, day__gte=thai.today().replace(day=1)
    )
    assert month.exists()
    officer = AreaGrant.objects.get(user__email="officer@demo.example")
    assert weavers.home_village_id.startswith(officer.area_code)


def the_second_has_some():
    carvers = producer_of("producer2@demo.example")
    assert open_parcels(carvers).count() >= 2
    assert carvers.products.count() == 10 and carvers.notice_th
    assert ProductDraft.objects.filter(producer=carvers).count() == 1


def curators_have_work():
    waiting = read_queue([""], Filters()).rows
    assert sorted(item.kind for item in waiting) == ["change", "product", "product"]
    [wine] = [item for item in waiting if item.sounds_alcoholic]
    assert wine.title == "ไวน์หมากเม่า สูตรไม่หมัก"


def the_last_year_is_signed_by_two_and_can_be_had():
    pack = YearPack.objects.get()
    assert pack.fiscal_year_be == thai.fiscal_year_be(thai.today()) - 1 and pack.number == 0
    assert (pack.made_by.email, pack.signed_by.email) == (
        "finance@demo.example",
        "admin@demo.example",
    )
    assert list(verify_pack(pack)) == []
    assert pack.facts["income_satang"] > 0
    assert not PackDraft.objects.exists()
    closed = set(MonthClose.objects.values_list("closed_by__email", flat=True))
    assert closed == {"finance@demo.example"}
    reader = Visitor()
    reader.force_login(pack.made_by)
    file = reader.get(reverse("year-pack-file", args=[pack.pk])).getvalue()
    assert hashlib.sha256(file).hexdigest() == pack.sha256
    assert pack.sha256 in reader.get("/income/year-packs/").text


def once_more_changes_nothing():
    tables = (YearPack, MonthClose, Event, Order, Village, DBTaskResult)
    before = [table.objects.count() for table in tables]
    with pytest.raises(CommandError):
        call_command("load_demo")
    assert [table.objects.count() for table in tables] == before
