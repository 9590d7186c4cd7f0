"""What an order is made of the moment it is placed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oscar.apps.basket.models import Basket
from oscar.apps.order.models import Order
from oscar.core.prices import Price

from marketplace.core.money import to_baht, to_satang
from marketplace.producers.models import Producer
from marketplace.producers.services import set_delivery_rates
from marketplace.provenance.models import IncomeKind, LineOrigin, VillageShare
from marketplace.provenance.services import NoVillageShare, OptionPlan
from shop.parcels.models import Parcel, ParcelLine
from shop.placing import errors, services
from shop.placing.models import OrderNumber, Placement
from shop.placing.services import placing
from shop.shipping.methods import PerParcel, UnknownMethod
from tests.factories import (
    make_basket,
    make_producer,
    make_product,
    make_tambon,
    make_user,
    make_village,
    place_order,
)

pytestmark = pytest.mark.django_db
CONTACT = services.Contact("malee@example.com", "มาลี ใจดี", "0812345678")


def place(basket, **facts):
    facts = {
        "contact": CONTACT,
        "address": services.DeliveryAddress("99 หมู่ 1", make_tambon().code, "50300"),
        "delivery": {},
        "language": "th",
        "form_token": f"form-{basket.pk}",
    } | facts
    return services.place_order(basket=basket, **facts)


def nothing_was_stored():
    return not (
        Order.objects.exists()
        or Placement.objects.exists()
        or OrderNumber.objects.exists()
        or Parcel.objects.exists()
        or LineOrigin.objects.exists()
        or Basket.objects.filter(status=Basket.SUBMITTED).exists()
    )


def test_an_order_of_two_villages_adds_up_to_the_satang():
    weaver = make_producer(make_village("50010811"))
    potter = make_producer(make_village("57010501", "บ้านเหนือ"))
    set_delivery_rates(producer=weaver, steps=[(30_000, 4_500)], by=None)
    set_delivery_rates(producer=potter, steps=[(1_000, 3_000), (5_000, 8_050)], by=None)
    scarf = make_product(weaver, price_baht="333.33", stock=5)
    jar = make_product(potter, price_baht="120.10", stock=9, weight_grams=900)

    placed = place(make_basket((scarf, 3), (jar, 2)))

    order = Order.objects.get()
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


def test_vat_of_a_registered_producer_lies_inside_the_price():
    shop = make_producer(is_vat_registered=True)

    placed = place(make_basket((make_product(shop, price_baht="107"), 3)))

    line = placed.order.lines.get()
    assert (line.line_price_incl_tax, line.line_price_excl_tax) == (321, 300)
    assert placed.order.total_incl_tax - placed.order.shipping_incl_tax == 321


def test_a_placed_order_holds_its_stock_and_no_more():
    scarf = make_product(stock=5)
    custom = make_product(stock_kind="made_to_order", lead_days=14)

    place(make_basket((scarf, 3), (custom, 2)))

    assert scarf.product.stockrecords.get().num_allocated == 3
    assert custom.product.stockrecords.get().num_allocated is None
    assert custom.product.stockrecords.get().num_in_stock is None
    assert list(Order.objects.get().lines.values_list("num_allocated", flat=True)) == [3, 0]


def test_an_option_is_sold_at_its_own_price_under_both_names():
    scarf = make_product(
        title_th="ผ้าพันคอ",
        options=[OptionPlan("สีแดง", "Red", 30_000, 2), OptionPlan("สีคราม", "Indigo", 32_000, 1)],
    )
    indigo = scarf.product.children.order_by("pk").last()

    placed = place(make_basket((indigo, 1)))

    line = placed.order.lines.get()
    assert line.title == "ผ้าพันคอ – สีคราม"
    assert line.line_price_incl_tax == 320
    assert LineOrigin.objects.get().product_id == indigo.pk


def test_what_is_not_sent_needs_no_parcel_and_no_address():
    visit = make_product(income_kind=IncomeKind.ACTIVITY, price_baht="500")

    placed = place(make_basket((visit, 2)), address=None)

    assert placed.order.total_incl_tax == 1_000
    assert placed.order.shipping_address is None
    assert not Parcel.objects.exists()
    assert LineOrigin.objects.get().income_kind == "activity"


def test_a_visit_in_the_same_order_stays_out_of_the_parcel():
    producer = make_producer()
    scarf, visit = make_product(producer), make_product(producer, income_kind=IncomeKind.ACTIVITY)

    placed = place(make_basket(scarf, visit))

    assert [row.line.product_id for row in ParcelLine.objects.all()] == [scarf.product_id]
    assert placed.order.lines.count() == 2


def test_the_same_form_sent_twice_is_one_order():
    scarf = make_product(stock=1)
    basket = make_basket(scarf)
    first = place(basket, form_token="a" * 32)

    again = place(basket, form_token="a" * 32)
    from_another_tab = place(basket, form_token="b" * 32)

    assert not again.created
    assert not from_another_tab.created
    assert again.placement == from_another_tab.placement == first.placement
    assert Order.objects.count() == 1
    assert scarf.product.stockrecords.get().num_allocated == 1


def test_an_empty_basket_is_refused():
    with pytest.raises(errors.BasketEmpty):
        place(make_basket())

    assert nothing_was_stored()


def test_a_product_without_a_village_cannot_be_placed():
    scarf = make_product()
    basket = make_basket(scarf)
    VillageShare.objects.all().delete()

    with pytest.raises(NoVillageShare):
        place(basket)

    assert nothing_was_stored()
    assert not scarf.product.stockrecords.get().num_allocated


def test_what_sold_out_meanwhile_is_refused_by_name():
    scarf = make_product(title_th="ผ้าไหม", stock=2)
    basket = make_basket((scarf, 2))
    place_order(scarf)

    with pytest.raises(errors.NotAvailable, match="ผ้าไหม"):
        place(basket)

    assert Order.objects.count() == 1
    assert scarf.product.stockrecords.get().num_allocated == 1


@pytest.mark.parametrize("status", [Producer.Status.SUSPENDED, Producer.Status.CLOSED])
def test_a_producer_that_stopped_selling_is_refused(status):
    scarf = make_product()
    basket = make_basket(scarf)
    Producer.objects.update(status=status)

    with pytest.raises(errors.NotAvailable):
        place(basket)

    assert nothing_was_stored()


def test_a_price_that_changed_since_the_review_asks_to_look_again():
    scarf = make_product(price_baht="250")
    basket = make_basket(scarf)
    scarf.product.stockrecords.update(price=260)

    with pytest.raises(errors.NeedsReview):
        place(basket, reviewed_total_satang=29_000)
    assert nothing_was_stored()

    assert place(basket, reviewed_total_satang=30_000).order.total_incl_tax == 300


def test_parcels_need_an_address_of_a_known_tambon():
    basket = make_basket(make_product())

    for address in (None, services.DeliveryAddress("99", "999999", "50300")):
        with pytest.raises(errors.AddressMissing):
            place(basket, address=address)

    assert nothing_was_stored()


def test_an_amount_too_small_for_a_card_is_refused_before_placing():
    visit = make_product(income_kind=IncomeKind.ACTIVITY, price_baht="9.99")

    with pytest.raises(errors.TooSmall, match="฿10"):
        place(make_basket(visit))

    assert nothing_was_stored()
    visit.product.stockrecords.update(price=10)
    assert place(make_basket(visit)).order.total_incl_tax == 10


def test_an_order_that_costs_nothing_is_placed():
    visit = make_product(income_kind=IncomeKind.ACTIVITY, price_baht="9.99")
    visit.product.stockrecords.update(price=0)

    assert place(make_basket(visit)).order.total_incl_tax == 0


def test_an_unknown_way_of_delivery_is_refused():
    producer = make_producer()

    with pytest.raises(UnknownMethod):
        place(make_basket(make_product(producer)), delivery={producer.pk: "by-drone"})

    assert nothing_was_stored()


def test_the_order_of_a_person_who_signed_in_is_theirs():
    user = make_user()

    placed = place(make_basket(make_product()), user=user)

    assert placed.order.user == user
    assert placed.order.guest_email == ""
    assert placed.placement.email == "malee@example.com"


def test_a_basket_that_changed_meanwhile_asks_to_look_again(monkeypatch):
    scarf = make_product(stock=5)
    basket = make_basket(scarf)
    checks = placing._demand_orderly

    def change_meanwhile(*arguments):
        checks(*arguments)
        basket.lines.update(quantity=4)

    monkeypatch.setattr(placing, "_demand_orderly", change_meanwhile)

    with pytest.raises(errors.NeedsReview):
        place(basket)

    assert nothing_was_stored()


def test_a_basket_merged_into_another_meanwhile_is_not_placed():
    basket = make_basket(make_product())
    Basket.objects.update(status=Basket.MERGED)

    with pytest.raises(errors.NeedsReview):
        place(basket)

    assert nothing_was_stored()


def test_an_order_that_does_not_add_up_is_never_stored(monkeypatch):
    basket = make_basket(make_product())
    monkeypatch.setattr(
        PerParcel,
        "calculate",
        lambda self, basket: Price(currency="THB", excl_tax=Decimal("39.99"), tax=Decimal(0)),
    )

    with pytest.raises(errors.TotalsDiffer):
        place(basket)

    assert nothing_was_stored()


def test_an_order_of_the_past_keeps_its_day():
    at = datetime(2026, 3, 31, 18, 30, tzinfo=UTC)  # 1 April in Bangkok
    scarf = make_product(shares_since=date(2026, 1, 1))

    placed = place(make_basket(scarf), at=at)

    assert placed.order.date_placed == placed.placement.placed_at == at
    assert Parcel.objects.get().earliest_on == date(2026, 4, 3)


PRICES = st.lists(
    st.tuples(st.integers(1_000, 99_999), st.integers(1, 7), st.booleans()), min_size=1, max_size=4
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(things=PRICES)
def test_any_prices_add_up_to_the_satang(things):
    basket = make_basket(
        *(
            (
                make_product(
                    make_producer(is_vat_registered=is_registered),
                    price_baht=str(to_baht(price_satang)),
                    stock=9,
                ),
                quantity,
            )
            for price_satang, quantity, is_registered in things
        )
    )

    order = place(basket).order

    goods = sum(price_satang * quantity for price_satang, quantity, _ in things)
    fees = sum(order.parcels.values_list("fee_satang", flat=True))
    origins = LineOrigin.objects.filter(line__order=order)
    assert to_satang(order.total_incl_tax) == goods + fees
    assert sum(origins.values_list("amount_satang", flat=True)) == goods
    assert order.total_excl_tax <= order.total_incl_tax
