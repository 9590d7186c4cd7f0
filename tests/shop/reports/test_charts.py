"""Bars drawn on the server."""

from datetime import date

import pytest

from marketplace.ledger.disclosure import PublicIncome, band_of
from marketplace.ledger.periods import month_period
from marketplace.ledger.queries import MonthIncome
from shop.reports import charts


def bars(*satang):
    months = [
        MonthIncome(date(2026, n, 1), max(value, 0), -min(value, 0))
        for n, value in enumerate(satang, start=1)
    ]
    return charts.months_chart(months)


def test_heights_are_in_proportion():
    chart = bars(0, 25_000, 50_000, 100_000)

    heights = [bar.height for bar in chart.bars]

    assert heights[0] == 0
    assert heights[3] == pytest.approx(2 * heights[2], abs=0.2)
    assert heights[2] == pytest.approx(2 * heights[1], abs=0.2)
    assert all(bar.y + bar.height == pytest.approx(chart.zero, abs=0.2) for bar in chart.bars)


@pytest.mark.parametrize("value", [0, 1, 99, 100, 101, 12_345, 10**7, 999_999_999, 10**14])
def test_the_scale_has_few_whole_steps_and_covers_the_highest_bar(value):
    chart = bars(value)

    assert 2 <= len(chart.lines) <= charts.STEPS + 1
    assert chart.bars[0].y >= charts.TOP - 0.1
    assert chart.lines[0].label == "฿0"


def test_a_month_of_refunds_hangs_below_zero():
    chart = bars(50_000, -30_000)

    below = chart.bars[1]

    assert below.y == pytest.approx(chart.zero)
    assert below.y + below.height <= charts.HEIGHT - charts.BOTTOM + 0.1
    assert "−" in chart.lines[0].label


def test_a_chart_knows_which_kinds_of_bars_it_has():
    band = PublicIncome(month_period(date(2026, 1, 1)), band=band_of(5_000_00))
    exact = PublicIncome(month_period(date(2026, 2, 1)), exact_satang=100)

    mixed, banded = charts.public_chart([band, exact]), charts.public_chart([band])

    assert (mixed.has_exact, mixed.has_bands) == (True, True)
    assert (banded.has_exact, banded.has_bands) == (False, True)
    assert (bars(100).has_exact, bars(100).has_bands) == (True, False)


def test_bars_stay_inside_the_picture_and_apart():
    chart = bars(*range(100, 1_300, 100))

    edges = [(bar.x, bar.x + bar.width) for bar in chart.bars]

    assert edges[0][0] > charts.LEFT and edges[-1][1] <= charts.WIDTH
    assert all(left[1] < right[0] for left, right in zip(edges, edges[1:], strict=False))


def test_a_band_is_drawn_from_edge_to_edge_whatever_the_figure():
    month = month_period(date(2026, 5, 1))
    chart, other = (
        charts.public_chart([PublicIncome(month, band=band_of(baht * 100))])
        for baht in (10_001, 49_999)
    )
    low, high = chart.bars[0], other.bars[0]

    assert low == high
    assert low.is_band
    bottom, top = chart.zero - (low.y + low.height), chart.zero - low.y
    assert bottom / top == pytest.approx(10_000 / 50_000, abs=0.01)
