"""What an order is made of the moment it is placed."""

import pytest
from oscar.apps.basket.models import Basket
from oscar.apps.order.models import Order, ShippingAddress

from marketplace.core.money import to_baht, to_satang
from marketplace.producers.services import set_delivery_rates
from marketplace.provenance.models import LineOrigin
from shop.basket.services import add_product
from shop.parcels.models import Parcel
from shop.partner.strategy import VillageStrategy
from shop.placing import services
from shop.placing.models import OrderNumber, Placement
from tests import factories

pytestmark = pytest.mark.django_db
CONTACT = services.Contact("malee@example.com", "มาลี ใจดี", "+66812345678")


def basket_of(*lines):
    basket = Basket.objects.create()
    basket.strategy = VillageStrategy()
    for provenance, quantity in lines:
        add_product(basket=basket, product=provenance.product, quantity=quantity)
    return basket


def address(**facts):
    tambon = factories.make_tambon("500108")
    facts = {"line": "99 หมู่ 1", "tambon_code": tambon.pk, "postcode": "50300"} | facts
    return services.DeliveryAddress(**facts)


def place(basket, **facts):
    facts = {
        "contact": CONTACT,
        "address": address(),
        "delivery": {},
        "language": "th",
        "form_token": f"form-{basket.pk}",
    } | facts
    return services.place_order(basket=basket, **facts)


def test_an_order_of_two_villages_adds_up_to_the_satang():
    weaver = factories.make_producer(factories.make_village("50010811"))
    potter = factories.make_producer(factories.make_village("57010501", "บ้านเหนือ"))
    set_delivery_rates(producer=weaver, steps=[(30_000, 4_500)], by=None)
    set_delivery_rates(producer=potter, steps=[(1_000, 3_000), (5_000, 8_050)], by=None)
    scarf = factories.make_product(weaver, price_baht="333.33", stock=5)
    jar = factories.make_product(potter, price_baht="120.10", stock=9, weight_grams=900)

    placed = place(basket_of((scarf, 3), (jar, 2)))

    order = Order.objects.get(pk=placed.order.pk)
    assert placed.created
    assert order.status == "pending-payment"
    assert order.guest_email == "malee@example.com"
    assert to_satang(order.total_incl_tax) == 3 * 33_333 + 2 * 12_010 + 4_500 + 8_050
    assert list(order.parcels.values_list("producer", "fee_satang", "weight_grams", "status")) == [
        (weaver.pk, 4_500, 1_500, "waiting"),
        (potter.pk, 8_050, 1_800, "waiting"),
    ]
    origins = LineOrigin.objects.order_by("pk").values_list("village_code", "amount_satang")
    assert list(origins) == [("50010811", 99_999), ("57010501", 24_020)]
    assert placed.placement.tambon_code == "500108"
    assert len(placed.token) == 32
    assert order.number == str(OrderNumber.objects.get().pk)
    assert order.shipping_address.postcode == "50300"
    assert Basket.objects.get().status == Basket.SUBMITTED


def test_a_placed_order_holds_its_stock_and_no_more():
    scarf = factories.make_product(stock=5)
    custom = factories.make_product(stock_kind="made_to_order", lead_days=14)

    place(basket_of((scarf, 3), (custom, 2)))

    assert scarf.product.stockrecords.get().num_allocated == 3
    assert custom.product.stockrecords.get().num_allocated is None
    assert custom.product.stockrecords.get().num_in_stock is None
    assert list(Order.objects.get().lines.values_list("num_allocated", flat=True)) == [3, 0]
