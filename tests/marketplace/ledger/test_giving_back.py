"""What goes back of a sale takes discounts and fees along, and never more than there is."""

from random import Random

import pytest

from marketplace.core import money
from marketplace.ledger import services, verification
from marketplace.ledger.models import Transfer
from marketplace.ledger.services.giving_back import RemainingLine, RemainingShare
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig
from tests.marketplace.ledger.recount import balances

PUI, MAE = "50010811", "50010812"
TERMS = rig.Terms(producer_discount=250_000, platform_discount=100_000, fee=30_000, fee_vat=2_100)


@pytest.fixture
def weavers(db):
    make_village(MAE, "บ้านแม่")
    return make_producer(make_village(PUI))


def posted(order_number):
    rows = Transfer.objects.filter(event__order_number=order_number).order_by("pk")
    return [(t.event.kind, t.kind, t.debit.kind, t.credit.kind, t.amount_satang) for t in rows]


def test_a_sale_says_who_bears_which_discount_and_what_the_platform_takes(weavers):
    sale, event = rig.sell([rig.Part(weavers, {PUI: 80_000}, TERMS)])

    assert sale.captured_satang == 72_000  # 100,000 less the producer's 20,000 and ours of 8,000
    assert posted(sale.order_number) == [
        ("sale", "sale", "gateway.clearing", "producer.payable", 100_000),
        ("sale", "discount", "producer.payable", "gateway.clearing", 20_000),
        ("sale", "platform-discount", "platform.discounts", "gateway.clearing", 8_000),
        ("sale", "fee", "producer.payable", "platform.fee", 2_400),
        ("sale", "fee-vat", "producer.payable", "fee.vat", 168),
    ]
    assert rig.measures(PUI) == {
        "sold_satang": 100_000,
        "producer_discount_satang": 20_000,
        "platform_discount_satang": 8_000,
        "fee_satang": 2_400,
        "fee_vat_satang": 168,
        "sales": 1,
        "units_ppm": 1_000_000,
        "orders": 1,
    }
    assert event.total_satang == 100_000 + 20_000 + 8_000 + 2_400 + 168


def test_half_goes_back_with_half_of_everything(weavers):
    sale, _event = rig.sell([rig.Part(weavers, {PUI: 80_000}, TERMS)])

    rig.refund(sale, {sale.shares[0].line_id: 36_000})

    assert posted(sale.order_number)[5:] == [
        ("refund", "discount-back", "gateway.clearing", "producer.payable", 10_000),
        ("refund", "platform-discount-back", "gateway.clearing", "platform.discounts", 4_000),
        ("refund", "fee-back", "platform.fee", "producer.payable", 1_200),
        ("refund", "fee-vat-back", "fee.vat", "producer.payable", 84),
        ("refund", "refund", "producer.payable", "gateway.clearing", 50_000),
    ]
    left = services.refundable(sale.order_number)
    assert left.lines == {sale.shares[0].line_id: 36_000}
    assert rig.measures(PUI)["refunded_satang"] == 40_000  # of an income of 80,000


def test_the_last_satang_takes_all_that_is_left_along(weavers):
    sale, _event = rig.sell([rig.Part(weavers, {PUI: 77_777, MAE: 11_111}, TERMS)])
    line = sale.shares[0].line_id
    whole = sale.captured_satang

    for amount in (1, 7, 333, whole - 341):
        rig.refund(sale, {line: amount})

    sums = {name: value for name, value in rig.measures(PUI).items() if name.endswith("satang")}
    assert sums["sold_satang"] - sums["producer_discount_satang"] == sums["refunded_satang"]
    assert set(sums) == {"sold_satang", "producer_discount_satang", "refunded_satang"}
    assert services.refundable(sale.order_number).lines == {line: 0}
    assert list(verification.verify()) == []


def test_two_refunds_of_a_line_end_alike_whichever_is_told_first(weavers):
    """The provider's news come in any order; satang of fees and discounts are rounded down."""
    ends = []
    for amounts in ((17, 1), (1, 17)):
        before = balances()
        sale, _event = rig.sell([rig.Part(weavers, {PUI: 101, MAE: 99}, TERMS)])
        for amount in amounts:
            rig.refund(sale, {sale.shares[0].line_id: amount})
        ends.append({code: satang - before.get(code, 0) for code, satang in balances().items()})

    # Of 181 satang 18 went back: with them 4 of 49, 1 of 19 and nothing of a fee of 5.
    end = {"gateway.clearing": 163, "platform.discounts": 18, "platform.fee": -5}
    assert ends == [end | {f"producer.payable:{weavers.pk}": -176}] * 2


SALES = 20_000


def test_no_share_of_twenty_thousand_sales_is_ever_given_back_too_much():
    """Each in random steps until all is back; the naive way goes wrong in most sales."""
    random, naively_wrong = Random(1), 0
    for _ in range(SALES):
        sold = [random.randint(1, 20_000) for _ in range(random.randint(2, 5))]
        left, naive = list(sold), list(sold)
        while sum(left):
            amount = random.randint(1, sum(left))
            parts = money.split_over_remaining(amount, left)
            left = [one - part for one, part in zip(left, parts, strict=True)]
            assert min(left) >= 0 and sum(parts) == amount
            simple = money.split_satang(amount, sold)
            naive = [one - part for one, part in zip(naive, simple, strict=True)]
        assert left == [0] * len(left)
        naively_wrong += any(one < 0 for one in naive)

    assert naively_wrong > SALES // 2


def test_no_discount_or_fee_of_a_thousand_shares_is_given_back_too_much():
    random = Random(2)
    for _ in range(1_000):
        parts = _share(random)
        while paid := _line(parts).paid_satang:
            amount = random.randint(1, paid)
            backs = _line(parts).give_back(amount)
            by_number = {back.reverses.number: back.amount_satang for back in backs}
            parts = [(sold, left - by_number.get(sold.number, 0)) for sold, left in parts]
            assert min(left for _sold, left in parts) >= 0
            assert _line(parts).paid_satang == paid - amount
        assert [left for _sold, left in parts] == [0] * len(parts)


def _line(parts):
    return RemainingLine((RemainingShare(1, tuple(parts)),))


def _share(random):
    """Price, two discounts, fee and VAT of a share, as posted."""
    amount = random.randint(1, 50_000)
    off = random.randint(0, amount)
    ours = random.randint(0, amount - 1)
    rows = (
        ("sale", amount + off),
        ("discount", off),
        ("platform-discount", ours),
        ("fee", random.randint(0, amount)),
        ("fee-vat", random.randint(0, 99)),
    )
    return [
        (Transfer(pk=n, number=n, kind=kind, amount_satang=satang, debit_id=1, credit_id=2), satang)
        for n, (kind, satang) in enumerate(rows, start=1)
    ]
