"""The database itself refuses stock below zero, and says when it cannot."""

import pytest
from django.db import IntegrityError, transaction
from oscar.apps.partner.models import StockRecord

from shop.partner.services import hold_stock, release_stock
from tests.factories import make_product

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("allocated", [6, -1])
def test_more_than_there_is_cannot_be_held_even_by_hand(allocated):
    make_product(stock=5)

    with pytest.raises(IntegrityError), transaction.atomic():
        StockRecord.objects.update(num_allocated=allocated)

    assert StockRecord.objects.get().num_allocated is None


def test_stock_cannot_be_set_below_what_is_held():
    scarf = make_product(stock=5)
    hold_stock(scarf.product.stockrecords.get().pk, 3)

    with pytest.raises(IntegrityError), transaction.atomic():
        StockRecord.objects.update(num_in_stock=2)

    assert StockRecord.objects.get().num_in_stock == 5


def test_stock_is_held_as_long_as_it_lasts():
    record = make_product(stock=5).product.stockrecords.get()

    assert [hold_stock(record.pk, 2) for _ in range(3)] == [True, True, False]
    release_stock(record.pk, 2)
    assert hold_stock(record.pk, 3) is True

    assert StockRecord.objects.get().num_allocated == 5


def test_things_made_to_order_count_nothing():
    make_product(stock_kind="made_to_order", lead_days=3)

    StockRecord.objects.update(num_allocated=7)

    assert StockRecord.objects.get().net_stock_level == 0
