"""What it costs and how long it takes to send one producer's things."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.shipping.methods import UnknownMethod, fee_satang, plan_parcel

STEPS = ((1_000, 4_000), (3_000, 6_000), (20_000, 25_000))
SUNDAY = date(2026, 11, 22)


@dataclass
class Line:
    quantity: int
    weight_grams: int
    lead_days: int = 0


def producer(*steps):
    rates = [SimpleNamespace(up_to_grams=grams, fee_satang=fee) for grams, fee in steps]
    return SimpleNamespace(delivery_rates=SimpleNamespace(all=lambda: rates))


@pytest.mark.parametrize(
    ("grams", "fee"),
    [
        (1, 4_000),
        (1_000, 4_000),
        (1_001, 6_000),
        (20_000, 25_000),
        (20_001, 29_000),
        (40_000, 50_000),
        (45_000, 75_000),
    ],
)
def test_a_fee_follows_the_weight_and_heavy_things_go_in_several_boxes(grams, fee):
    assert fee_satang(STEPS, grams) == fee


@given(st.integers(1, 10**9), st.integers(1, 10**6))
def test_a_heavier_parcel_never_costs_less(grams, more):
    assert 4_000 <= fee_satang(STEPS, grams) <= fee_satang(STEPS, grams + more)


def test_one_step_is_a_flat_fee_whatever_it_weighs():
    assert fee_satang([(1_000, 5_000)], 90_000) == 5_000


def test_a_producers_own_steps_go_before_the_sites(settings):
    settings.DELIVERY_STEPS = ((30_000, 9_900),)
    lines = [Line(2, 600), Line(1, 300)]

    own = plan_parcel(producer((5_000, 8_000), (1_000, 3_000)), lines, "standard", SUNDAY)
    sites = plan_parcel(producer(), lines, "standard", SUNDAY)

    assert (own.weight_grams, own.fee_satang) == (1_500, 8_000)
    assert sites.fee_satang == 9_900


def test_a_parcel_waits_for_what_takes_longest_to_make():
    plan = plan_parcel(producer(), [Line(1, 1), Line(1, 1, lead_days=14)], "standard", SUNDAY)

    assert (plan.earliest_on, plan.latest_on) == (date(2026, 12, 8), date(2026, 12, 12))


def test_an_unknown_method_is_refused():
    with pytest.raises(UnknownMethod):
        plan_parcel(producer(), [Line(1, 1)], "drone", SUNDAY)
