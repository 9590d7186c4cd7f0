"""Real threads, real commits, on both databases: stock is never sold twice."""

import random
from functools import partial

import pytest
from oscar.apps.order.models import Order
from oscar.apps.partner.models import StockRecord

from shop.parcels.models import Parcel
from shop.placing import errors, services
from shop.placing.models import Placement
from tests.at_once import at_once
from tests.factories import make_basket, make_producer, make_product, make_tambon

BUYERS, STOCK = 40, 5


@pytest.fixture
def address(fresh_database):
    return services.DeliveryAddress("99 หมู่ 1", make_tambon().code, "50300")


def buy_at_once(baskets, address, form_token="form-{}"):
    """Place all baskets together, each in a thread of its own; answers or refusals."""
    buyers = [
        partial(
            services.place_order,
            basket=basket,
            contact=services.Contact("malee@example.com", "มาลี", "0812345678"),
            address=address,
            delivery={},
            language="th",
            form_token=form_token.format(number),
        )
        for number, basket in enumerate(baskets)
    ]
    return at_once(buyers, (errors.CannotPlace,))


def test_forty_buyers_of_five_pieces_make_five_orders(address):
    scarf = make_product(stock=STOCK)

    answers = buy_at_once([make_basket(scarf) for _ in range(BUYERS)], address)

    refused = [answer for answer in answers if isinstance(answer, errors.NotAvailable)]
    assert len(refused) == BUYERS - STOCK
    assert Order.objects.count() == Placement.objects.count() == Parcel.objects.count() == STOCK
    assert StockRecord.objects.get().num_allocated == STOCK


def test_baskets_of_the_same_things_in_any_order_do_not_wait_for_each_other_for_ever(address):
    producer = make_producer()
    things = [make_product(producer, stock=STOCK) for _ in range(4)]
    order_of_choice = random.Random(3)
    baskets = [
        make_basket(*order_of_choice.sample(things, len(things))) for _ in range(BUYERS // 2)
    ]

    answers = buy_at_once(baskets, address)

    placed = [answer for answer in answers if isinstance(answer, services.Placed)]
    assert len(placed) == STOCK
    assert set(StockRecord.objects.values_list("num_allocated", flat=True)) == {STOCK}


def test_one_form_sent_by_eight_threads_is_one_order(address):
    scarf = make_product(stock=STOCK)
    basket = make_basket(scarf)
    copies = [type(basket).objects.get(pk=basket.pk) for _ in range(8)]

    answers = buy_at_once(copies, address, form_token="the-same-form")

    assert len({answer.placement.pk for answer in answers}) == 1
    assert [answer.created for answer in answers].count(True) == 1
    assert StockRecord.objects.get().num_allocated == 1


def test_one_basket_placed_from_two_tabs_is_one_order(address):
    scarf = make_product(stock=1)
    basket = make_basket(scarf)
    copies = [type(basket).objects.get(pk=basket.pk) for _ in range(2)]

    answers = buy_at_once(copies, address)

    assert len({answer.placement.pk for answer in answers}) == 1
    assert Order.objects.count() == 1


def test_paying_and_giving_up_at_once_leaves_one_of_them(address):
    scarf = make_product(stock=1)
    (placed,) = buy_at_once([make_basket(scarf)], address)
    acts = [partial(act, placed.order) for act in (services.mark_paid, services.cancel_unpaid)]

    answers = at_once(acts, (errors.OrderIsPaid, errors.OrderIsReleased))

    assert answers.count(True) == 1
    placement = Placement.objects.get()
    assert (placement.paid_at is None) != (placement.released_at is None)
    assert StockRecord.objects.get().num_allocated == (1 if placement.paid_at else 0)
