"""What is taken of a sale is frozen with the order, outside what the shopper pays."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.core import thai
from marketplace.ledger.models import Account, Transfer
from marketplace.ledger.services.posting import balance_of
from marketplace.producers.services import move_producer
from marketplace.provenance.models import LineOrigin
from marketplace.provenance.services import LineFacts, LineTerms, trace_lines
from shop.fees import services
from shop.fees.queries import fees_for
from shop.placing.services import cancel_unpaid
from tests.factories import (
    give_back,
    make_producer,
    make_product,
    make_village,
    pay,
    place_order,
)
from tests.shop.fees.rules import make_rule

pytestmark = pytest.mark.django_db
TWO = {"50010811": 333_333, "50010812": 666_667}


@pytest.fixture
def weavers():
    make_village("50010812", "บ้านสอง")
    return make_producer(make_village("50010811"))


def frozen(placement):
    rows = LineOrigin.objects.filter(line__order=placement.order).order_by("pk")
    names = ("village_code", "amount_satang", "fee_satang", "fee_vat_satang", "fee_rule_id")
    return list(rows.values_list(*names))


def test_every_share_is_frozen_with_its_part_of_the_fee(weavers):
    rule = make_rule(percent=5)
    shared = make_product(weavers, price_baht="333.35", shares=TWO)

    placement = place_order(shared)

    # 16.67 baht and 1.17 of VAT: 1,784 satang together, shared 595 and 1,189 as the price is.
    assert frozen(placement) == [
        ("50010811", 11_112, 556, 39, rule.pk),
        ("50010812", 22_223, 1_111, 78, rule.pk),
    ]


def test_the_shopper_pays_the_same_whatever_is_taken(weavers):
    scarf = make_product(weavers, price_baht="250", stock=9)
    before = place_order(scarf).order.total_incl_tax

    make_rule(percent=30, fixed_satang=5_000, passes_gateway_fee=True)
    placement = place_order(scarf, form_token="later")

    assert placement.order.total_incl_tax == before
    origin = LineOrigin.objects.get(line__order=placement.order)
    assert (origin.fee_satang, origin.passes_gateway_fee) == (12_500, True)


def test_a_fee_is_a_part_of_what_the_producers_discount_leaves(weavers):
    rule = make_rule(percent=5)
    product, today = make_product(weavers).product_id, thai.today()
    line = LineFacts(1, product, 1, 80_000, producer_discount_satang=20_000)

    terms = fees_for(trace_lines(lines=[line], day=today), today)

    assert terms == [LineTerms(4_000, 280, rule.pk)]


def test_without_a_rule_that_matches_nothing_is_taken(weavers):
    make_rule("อาหาร", otop_type="food")

    placement = place_order(make_product(weavers))

    assert frozen(placement) == [("50010811", 25_000, 0, 0, None)]


def test_the_smallest_fee_takes_no_more_than_the_line_comes_to(weavers):
    make_rule(percent=5, min_satang=2_000)
    pin, scarf = make_product(weavers, price_baht="0.03"), make_product(weavers)

    placement = place_order(pin, scarf)

    assert [row[1:4] for row in frozen(placement)] == [(3, 2, 0), (25_000, 2_000, 140)]


def test_a_rule_that_changes_leaves_orders_that_wait_for_money_alone(weavers):
    rule = make_rule(percent=5)
    placement = place_order(make_product(weavers))
    services.switch_off(rule=rule, reason="ผิด", by=None)
    make_rule("ใหม่", percent=20)

    pay(placement)

    assert frozen(placement) == [("50010811", 25_000, 1_250, 88, rule.pk)]
    kinds = Transfer.objects.order_by("number").values_list("kind", "amount_satang")
    assert list(kinds)[:3] == [("sale", 25_000), ("fee", 1_250), ("fee-vat", 88)]


def test_paid_and_given_back_the_fee_ends_at_nothing(weavers):
    make_rule(percent=5)
    shared = make_product(weavers, price_baht="333.35", stock=9, shares=TWO)
    placement = place_order((shared, 3))
    line = placement.order.lines.get()
    pay(placement)
    accounts = {
        name: Account.objects.get(kind=name)
        for name in ("producer.payable", "platform.fee", "fee.vat")
    }
    assert balance_of(accounts["producer.payable"]) == 100_005 - 5_000 - 350
    assert balance_of(accounts["platform.fee"]) == 5_000

    for amount in (1, 33_333, 66_671):
        give_back(placement, lines={line.pk: amount})

    assert {name: balance_of(account) for name, account in accounts.items()} == dict.fromkeys(
        accounts, 0
    )


def test_delivery_is_of_the_village_where_its_makers_were_when_it_was_ordered(weavers):
    placement = place_order(make_product(weavers))
    home = weavers.home_village_id
    move_producer(producer=weavers, village=make_village("34010105", "บ้านปะอาว"), by=None)

    pay(placement)

    assert weavers.home_village_id != home
    assert Transfer.objects.get(kind="delivery").village_code == home
    assert LineOrigin.objects.get().buyer_province_code == "50"


def test_an_order_given_up_takes_nothing(weavers):
    make_rule()
    placement = place_order(make_product(weavers))

    cancel_unpaid(placement.order)

    assert not Transfer.objects.exists()


def test_rules_of_the_day_of_the_order_count(weavers):
    today = thai.today()
    ended = make_rule("เก่า", percent=10)
    services.end_rule(rule=ended, last_day=today, by=None)
    make_rule("ใหม่", percent=20, since=today + timedelta(days=1))

    assert [row[2] for row in frozen(place_order(make_product(weavers)))] == [2_500]


def test_one_order_of_two_lines_and_of_twenty_reads_the_rules_once(weavers):
    rules = [make_rule(f"ราคา {n}", price_from_satang=n + 1) for n in range(5)] + [make_rule()]
    things = [make_product(weavers, stock=9) for _ in range(20)]
    for thing in things[:2]:
        place_order(thing, form_token=f"first-{thing.pk}")

    counts = []
    for size in (2, 20):
        with CaptureQueriesContext(connection) as captured:
            place_order(*things[:size], form_token=f"of-{size}")
        counts.append(sum("fees_feerule" in query["sql"] for query in captured))

    assert counts == [1, 1] and len(rules) == 6
