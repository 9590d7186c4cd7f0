from decimal import Decimal

import pytest
from django.db.models import F
from oscar.apps.partner.models import StockRecord

from marketplace.core.models import AuditEntry
from marketplace.provenance import services
from marketplace.provenance.services import errors
from tests.factories import make_product

pytestmark = pytest.mark.django_db


def test_a_new_price_reaches_the_card_and_the_audit():
    made = make_product(price_baht="250")

    services.change_price(product=made.product, price_satang=19_950, by=None)
    services.change_price(product=made.product, price_satang=19_950, by=None)

    assert made.product.stockrecords.get().price == Decimal("199.50")
    made.product.listing.refresh_from_db()
    assert made.product.listing.price_satang == 19_950
    entry = AuditEntry.objects.get(act="product.price")
    assert entry.details == {"was": 25_000, "now": 19_950}


@pytest.mark.parametrize("price", [0, -1, None, 10**12])
def test_a_price_that_is_none_is_refused(price):
    made = make_product(price_baht="250")

    with pytest.raises(errors.InvalidPrice):
        services.change_price(product=made.product, price_satang=price, by=None)

    assert made.product.stockrecords.get().price == Decimal(250)


def test_the_price_of_an_option_is_its_own():
    options = [services.OptionPlan("ก", "", 100, 1), services.OptionPlan("ข", "", 200, 1)]
    made = make_product(options=options)
    child = made.product.children.get(title="ข")

    services.change_price(product=child, price_satang=900, by=None)

    assert made.product.listing.price_to_satang == 900
    with pytest.raises(errors.PriceOfOptions):
        services.change_price(product=made.product, price_satang=900, by=None)


def test_stock_says_how_many_more_can_be_sold_beside_what_waits_for_packing():
    made = make_product(stock=5)
    StockRecord.objects.update(num_allocated=2)

    record = services.change_stock(product=made.product, quantity=4, by=None)

    assert (record.num_in_stock, record.num_allocated, record.net_stock_level) == (6, 2, 4)
    services.change_stock(product=made.product, quantity=0, by=None)
    made.product.listing.refresh_from_db()
    assert not made.product.listing.is_available
    assert StockRecord.objects.filter(num_in_stock=F("num_allocated")).count() == 1


@pytest.mark.parametrize(
    ("facts", "quantity", "error"),
    [
        ({}, -1, errors.InvalidStock),
        ({}, None, errors.InvalidStock),
        ({}, 10**9, errors.InvalidStock),
        ({"stock_kind": "one_piece", "stock": 1}, 2, errors.OnePieceOnly),
        ({"stock_kind": "made_to_order", "lead_days": 1}, 2, errors.StockNotCounted),
    ],
)
def test_a_stock_that_cannot_be_is_refused(facts, quantity, error):
    made = make_product(**facts)
    before = made.product.stockrecords.get().num_in_stock

    with pytest.raises(error):
        services.change_stock(product=made.product, quantity=quantity, by=None)

    assert made.product.stockrecords.get().num_in_stock == before
