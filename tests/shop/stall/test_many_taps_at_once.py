"""Real threads, real commits, on both databases: what is on the stall is never sold twice."""

from collections import Counter

import pytest
from oscar.apps.partner.models import StockRecord

from marketplace.ledger import verification
from marketplace.ledger.models import Event
from marketplace.provenance.models import OtopType
from marketplace.provenance.services import change_stock
from shop.placing import errors as placing_errors
from shop.placing import services as placing
from shop.stall import errors
from shop.stall.models import DeclaredSale, Receipt
from shop.stall.services import Declared, Unlisted, declare_sale, take_back
from tests.at_once import at_once
from tests.factories import make_basket, make_producer, make_product, make_tambon
from tests.shop.stall.test_receipts import take

TAPS, STOCK = 12, 3


@pytest.fixture
def weavers(fresh_database):
    return make_producer()


REFUSALS = (errors.CannotDeclare, placing_errors.CannotPlace)


def tap(scarf, token, **facts):
    producer, product = scarf.producer, scarf.product
    return lambda: declare_sale(
        producer=producer, product=product, form_token=token, by=None, **facts
    )


def buy(scarf, number):
    basket, tambon = make_basket(scarf), make_tambon().code
    return lambda: placing.place_order(
        basket=basket,
        contact=placing.Contact("malee@example.com", "มาลี", "0812345678"),
        address=placing.DeliveryAddress("99 หมู่ 1", tambon, "50300"),
        delivery={},
        language="th",
        form_token=f"order-{number}",
    )


def kinds(answers):
    return Counter(type(answer).__name__ for answer in answers)


def whole():
    return list(verification.verify()) == []


def test_twelve_taps_on_three_pieces_are_three_sales(weavers):
    scarf = make_product(weavers, stock=STOCK)

    answers = at_once([tap(scarf, f"form-{n}") for n in range(TAPS)], REFUSALS)

    assert kinds(answers) == {"Declared": STOCK, "NotEnoughLeft": TAPS - STOCK}
    assert DeclaredSale.objects.count() == Event.objects.count() == STOCK
    assert StockRecord.objects.get().num_in_stock == 0
    assert whole()


@pytest.mark.parametrize("stock", [1, None])
def test_one_form_sent_by_eight_threads_is_one_sale(weavers, stock):
    kind = {} if stock else {"stock_kind": "made_to_order", "lead_days": 3}
    scarf = make_product(weavers, stock=stock, **kind)

    answers = at_once([tap(scarf, "the-same-form")] * 8, REFUSALS)

    assert kinds(answers) == {"Declared": 8}
    assert len({answer.sale.pk for answer in answers}) == 1
    assert [answer.is_new for answer in answers].count(True) == 1
    assert DeclaredSale.objects.count() == Event.objects.count() == 1
    assert whole()


def test_one_form_of_what_is_no_product_sent_by_eight_threads_is_one_sale(weavers):
    cloth = Unlisted("ผ้าถุง", OtopType.TEXTILE)

    answers = at_once(
        [
            lambda: declare_sale(
                producer=weavers, product=cloth, amount_satang=30_000, form_token="form", by=None
            )
        ]
        * 8,
        REFUSALS,
    )

    assert [answer.is_new for answer in answers].count(True) == 1
    assert DeclaredSale.objects.count() == Event.objects.count() == 1
    assert whole()


def test_one_picture_sent_by_four_threads_is_one_receipt_and_one_file(weavers, settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path

    answers = at_once([lambda: take(weavers)] * 4, REFUSALS)

    assert {receipt.pk for receipt in answers} == {Receipt.objects.get().pk}
    assert [f"receipts/{file.name}" for file in tmp_path.glob("*/*")] == [answers[0].name]


def test_taps_and_checkouts_at_once_never_oversell(weavers):
    scarf = make_product(weavers, stock=STOCK)
    acts = [tap(scarf, f"form-{n}") for n in range(6)] + [buy(scarf, n) for n in range(6)]

    answers = at_once(acts, REFUSALS)

    record = StockRecord.objects.get()
    sold, placed = kinds(answers)["Declared"], kinds(answers)["Placed"]
    assert sold + placed == STOCK
    assert (record.num_in_stock, record.num_allocated or 0) == (STOCK - sold, placed)
    assert whole()


def test_a_sale_taken_back_by_six_threads_comes_back_once(weavers):
    scarf = make_product(weavers, stock=STOCK)
    sale = tap(scarf, "form")().sale
    copies = [DeclaredSale.objects.select_related("producer").get(pk=sale.pk) for _ in range(6)]

    answers = at_once(
        [lambda copy=copy: take_back(sale=copy, by=None) for copy in copies], REFUSALS
    )

    assert answers.count(True) == 1
    assert StockRecord.objects.get().num_in_stock == STOCK
    assert Event.objects.count() == 2
    assert whole()


def test_selling_and_taking_back_several_things_at_once_ends_and_adds_up(weavers):
    scarves = [make_product(weavers, stock=2) for _ in range(3)]
    sales = [tap(scarf, f"first-{n}")().sale for n, scarf in enumerate(scarves)]
    acts = [lambda sale=sale: take_back(sale=sale, by=None) for sale in sales]
    acts += [tap(scarf, f"second-{n}") for n, scarf in enumerate(scarves)]
    acts += [buy(scarf, n) for n, scarf in enumerate(scarves)]

    answers = at_once(acts, REFUSALS)

    assert all(answer is True for answer in answers[:3])
    for record in StockRecord.objects.all():
        assert 0 <= (record.num_allocated or 0) <= record.num_in_stock
    declared = [one for one in answers if isinstance(one, Declared)]
    assert Event.objects.filter(kind="declared").count() == 3 + len(declared)
    assert whole()


def test_taking_back_and_entering_again_at_once_leaves_a_single_piece_one(fresh_database):
    weavers = make_producer()
    for turn in range(4):
        jar = make_product(weavers, stock=1, stock_kind="one_piece")
        sale = declare_sale(
            producer=weavers, product=jar.product, form_token=f"single-{turn}", by=None
        ).sale

        at_once(
            [
                lambda sale=sale: take_back(sale=sale, by=None),
                lambda jar=jar: change_stock(product=jar.product, quantity=1, by=None),
            ]
        )

        assert StockRecord.objects.get(product=jar.product).num_in_stock == 1
