"""What was sold elsewhere and is no product here: named by its makers, the home village's."""

import pytest
from django.db import IntegrityError, transaction

from marketplace.core import thai
from marketplace.ledger import verification
from marketplace.ledger.models import AreaMonth, Event
from marketplace.provenance.models import IncomeKind, LineOrigin, OriginGroup, OtopType, Quadrant
from marketplace.villages.models import Programme, ProgrammeMembership
from shop.stall import errors
from shop.stall.models import DeclaredSale
from shop.stall.services import Unlisted, declare_sale, take_back
from tests.factories import make_producer, make_product, make_village
from tests.marketplace.provenance.test_freeze_origins import order_line
from tests.shop.stall.test_declare_sale import refused

PUI = "50010811"


@pytest.fixture
def weavers(db):
    return make_producer(make_village(PUI, "บ้านปุย"))


def declare(producer, token="form-1", what=None, **facts):
    what = what or Unlisted("ผ้าถุง 5 ผืน", OtopType.TEXTILE)
    usual = {"by": None, "amount_satang": 120_001, "quantity": 5}
    return declare_sale(producer=producer, product=what, form_token=token, **usual | facts)


def test_it_is_credited_whole_to_the_home_village_and_apart_from_income(weavers):
    sale = declare(weavers, channel="fair").sale

    assert (sale.product, sale.title_th, sale.is_counted) == (None, "ผ้าถุง 5 ผืน", False)
    origin = LineOrigin.objects.get()
    assert (origin.declared_sale, origin.product_id, origin.title_th) == (sale, None, sale.title_th)
    assert (origin.village_code, origin.village_name_th) == (PUI, "บ้านปุย")
    assert (origin.share_ppm, origin.amount_satang, origin.quantity) == (1_000_000, 120_001, 5)
    assert (origin.otop_type, origin.income_kind) == (OtopType.TEXTILE, IncomeKind.GOODS)
    assert (origin.quadrant, origin.stars, origin.channel) == (Quadrant.D, 0, "fair")
    event = Event.objects.get()
    assert (event.kind, event.total_satang, event.channel) == ("declared", 120_001, "fair")
    village = AreaMonth.objects.get(area_code=PUI)
    assert (village.sold_satang, village.declared_satang) == (0, 120_001)
    assert list(verification.verify()) == []


def test_it_is_of_the_programmes_its_village_was_in_that_day(weavers):
    programme = Programme.objects.create(code="nawatwithi", name_th="นวัตวิถี")
    ProgrammeMembership.objects.create(
        programme=programme, village_id=PUI, valid_from=thai.today().replace(day=1)
    )

    declare(weavers)

    assert list(OriginGroup.objects.values_list("kind", "code")) == [("programme", "nawatwithi")]


def test_the_same_form_again_is_the_same_sale(weavers):
    first = declare(weavers)

    assert declare(weavers) == (first.sale, False)
    assert DeclaredSale.objects.count() == Event.objects.count() == 1


def test_it_is_taken_back_as_any_other_and_no_stock_moves(weavers):
    sale = declare(weavers).sale

    assert take_back(sale=sale, by=None) and not take_back(sale=sale, by=None)

    village = AreaMonth.objects.get(area_code=PUI)
    assert (village.declared_satang, sale.pieces_back) == (0, 0)
    assert list(verification.verify()) == []


@pytest.mark.parametrize(
    ("error", "facts"),
    [
        (errors.NameIt, {"what": Unlisted(" \u200b", OtopType.FOOD)}),
        (errors.NameIt, {"what": Unlisted("ก" * 256, OtopType.FOOD)}),
        (errors.WrongType, {"what": Unlisted("ข้าว", "gold")}),
        (errors.WrongType, {"what": Unlisted("ข้าว", "")}),
        (errors.WrongType, {"what": Unlisted("ข้าว", OtopType.FOOD, "gift")}),
        (errors.WrongAmount, {"amount_satang": None}),
        (errors.WrongAmount, {"amount_satang": 0}),
        (errors.WrongAmount, {"amount_satang": 10**9 + 1}),
        (errors.WrongQuantity, {"quantity": 0}),
        (errors.WrongChannel, {"channel": "moon"}),
    ],
)
def test_what_is_not_told_in_full_is_refused_and_nothing_is_stored(weavers, error, facts):
    refused(error, lambda: declare(weavers, **facts))


@pytest.mark.parametrize(
    "facts",
    [
        {"otop_type": "gold"},
        {"otop_type": ""},
        {"income_kind": ""},
        {"is_counted": True},
        {"option_title_th": "แดง"},
    ],
)
def test_the_database_refuses_a_thing_that_is_half_a_product(weavers, facts):
    sale = declare(weavers).sale

    with pytest.raises(IntegrityError), transaction.atomic():
        DeclaredSale.objects.filter(pk=sale.pk).update(**facts)


def test_the_database_refuses_an_order_line_without_a_product(weavers):
    declare(weavers)
    facts = LineOrigin.objects.values().get() | {"id": None, "declared_sale_id": None}
    line = order_line(make_product(weavers).product)

    with pytest.raises(IntegrityError), transaction.atomic():
        LineOrigin.objects.create(**facts | {"line_id": line.pk})
    LineOrigin.objects.create(**facts | {"line_id": line.pk, "product_id": 1})
