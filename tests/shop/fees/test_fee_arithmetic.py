"""How much is taken of a line: whole satang, rounded once, never more than there is."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.fees.arithmetic import FeeTerms, fee_of

PPM = 1_000_000
pytestmark = pytest.mark.no_database

amounts = st.integers(0, 99_999_999)
limits = st.integers(0, 100_000)
every_terms = st.builds(
    lambda low, more, **facts: FeeTerms(
        min_satang=low, max_satang=None if more is None else low + more, **facts
    ),
    low=limits,
    more=st.none() | limits,
    percent_ppm=st.integers(0, PPM),
    fixed_satang=limits,
    vat_ppm=st.integers(0, PPM),
)


@pytest.mark.parametrize(
    ("terms", "amount", "taken"),
    [
        (FeeTerms(), 25_000, (0, 0)),
        (FeeTerms(percent_ppm=50_000, vat_ppm=70_000), 25_000, (1_250, 88)),  # 87.5 up
        (FeeTerms(percent_ppm=50_000), 10, (1, 0)),  # half a satang goes up
        (FeeTerms(percent_ppm=50_000), 9, (0, 0)),
        (FeeTerms(percent_ppm=50_000, fixed_satang=500), 25_000, (1_750, 0)),
        (FeeTerms(percent_ppm=10_000, min_satang=500), 25_000, (500, 0)),
        (FeeTerms(percent_ppm=100_000, max_satang=2_000, vat_ppm=70_000), 25_000, (2_000, 140)),
        (FeeTerms(min_satang=500, vat_ppm=70_000), 107, (100, 7)),  # the line costs no more
        (FeeTerms(min_satang=500, fixed_satang=9), 0, (0, 0)),
        (FeeTerms(percent_ppm=PPM, vat_ppm=PPM), 101, (50, 50)),
    ],
)
def test_the_fee_on_a_line(terms, amount, taken):
    assert fee_of(terms, amount) == taken


@given(every_terms, amounts)
def test_fee_and_its_vat_are_never_negative_nor_more_than_the_line(terms, amount):
    fee, vat = fee_of(terms, amount)

    assert fee >= 0 and vat >= 0
    assert fee + vat <= amount


@given(every_terms, amounts)
def test_within_its_limits_it_is_half_a_satang_from_exact_at_most(terms, amount):
    fee, vat = fee_of(terms, amount)

    exact = Fraction(amount * terms.percent_ppm, PPM) + terms.fixed_satang
    exact = max(exact, terms.min_satang)
    exact = exact if terms.max_satang is None else min(exact, terms.max_satang)
    if exact + Fraction(1, 2) <= Fraction(amount * PPM, PPM + terms.vat_ppm) - 1:
        assert abs(fee - exact) <= Fraction(1, 2)
    assert abs(vat - Fraction(fee * terms.vat_ppm, PPM)) <= Fraction(1, 2)


@given(every_terms, amounts, amounts)
def test_a_dearer_line_never_pays_less(terms, one, other):
    low, high = sorted((one, other))

    assert fee_of(terms, low)[0] <= fee_of(terms, high)[0]
