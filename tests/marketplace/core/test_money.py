"""Satang and baht convert exactly, and shared sums lose nothing."""

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.money import (
    PPM,
    CannotSplit,
    MoreThanRemaining,
    NotExactMoney,
    format_baht,
    split_over_remaining,
    split_satang,
    to_baht,
    to_satang,
    vat_included,
)

SATANG = st.integers(min_value=0, max_value=10**12)
WEIGHTS = st.lists(SATANG, min_size=1, max_size=40).filter(any)


def test_baht_and_satang_convert_exactly():
    assert to_satang(Decimal("99.50")) == 9_950
    assert to_satang(Decimal("-0.01")) == -1
    assert to_satang(Decimal("1E+3")) == 100_000
    assert str(to_baht(9_950)) == "99.50"
    assert str(to_baht(10**30 + 1)) == "10000000000000000000000000000.01"


@given(st.integers(min_value=-(10**18), max_value=10**18))
def test_satang_survive_the_way_to_baht_and_back(amount_satang):
    assert to_satang(to_baht(amount_satang)) == amount_satang


@pytest.mark.parametrize(
    "amount",
    [
        Decimal("0.005"),
        Decimal("NaN"),
        Decimal("Infinity"),
        Decimal("1E+999999"),
        1.5,
        12,
        "12",
        None,
    ],
)
def test_what_is_no_exact_decimal_is_refused(amount):
    with pytest.raises(NotExactMoney):
        to_satang(amount)


@pytest.mark.parametrize("amount", [1.0, True, Decimal(1), "1"])
def test_satang_are_integers(amount):
    with pytest.raises(NotExactMoney):
        to_baht(amount)


def test_the_larger_remainder_gets_the_satang_and_ties_go_to_the_first():
    assert split_satang(100, [1, 1, 1]) == [34, 33, 33]
    assert split_satang(10, [1, 5, 1]) == [2, 7, 1]
    assert split_satang(101, [0, 1, 1, 0]) == [0, 51, 50, 0]
    assert split_satang(0, [3, 4]) == [0, 0]


@given(SATANG, WEIGHTS)
def test_parts_add_up_and_stay_within_a_satang_of_their_share(total, weights):
    parts = split_satang(total, weights)

    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - total * weight) < sum(weights)
        assert part == 0 or weight > 0


@pytest.mark.parametrize(
    ("total", "weights"), [(10, [0, 0]), (0, [0]), (10, []), (-1, [1]), (10, [2, -1])]
)
def test_sums_that_cannot_be_shared_are_refused(total, weights):
    with pytest.raises(CannotSplit):
        split_satang(total, weights)


@given(st.lists(SATANG, min_size=1, max_size=40), st.data())
def test_a_refund_never_takes_more_than_is_left(remaining, data):
    amount = data.draw(st.integers(min_value=0, max_value=sum(remaining)))

    parts = split_over_remaining(amount, remaining)

    assert sum(parts) == amount
    assert all(0 <= part <= left for part, left in zip(parts, remaining, strict=True))


def test_a_refund_beyond_what_is_left_is_refused():
    with pytest.raises(MoreThanRemaining):
        split_over_remaining(8, [3, 4])
    with pytest.raises(CannotSplit):
        split_over_remaining(-1, [3, 4])
    assert split_over_remaining(7, [3, 4]) == [3, 4]
    assert split_over_remaining(0, [0, 0]) == [0, 0]


def test_twenty_thousand_sales_refunded_in_steps_end_at_exactly_zero():
    chance = random.Random(2569)
    violations = 0
    for _ in range(20_000):
        remaining = [chance.randrange(0, 100_000) for _ in range(chance.randrange(1, 9))]
        while left := sum(remaining):
            amount = chance.randrange(left // 5 + 1, left + 1)
            parts = split_over_remaining(amount, remaining)
            remaining = [old - part for old, part in zip(remaining, parts, strict=True)]
            violations += min(remaining) < 0 or min(parts) < 0 or sum(parts) != amount

    assert violations == 0


def test_vat_inside_a_price_is_rounded_once():
    assert vat_included(10_700, 70_000) == 700
    assert vat_included(10_000, 70_000) == 654
    assert vat_included(-10_000, 70_000) == -654
    assert vat_included(3, PPM) == 2
    assert vat_included(10_000, 0) == 0


def test_baht_are_written_without_satang_when_there_are_none():
    assert format_baht(125_000) == "฿1,250"
    assert format_baht(9_950) == "฿99.50"
    assert format_baht(5) == "฿0.05"
    assert format_baht(-650_000_000) == "\u2212฿6,500,000"
    assert format_baht(0) == "฿0"
