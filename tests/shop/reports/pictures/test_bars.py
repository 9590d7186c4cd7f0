"""Bars of months, alone and beside the same months a year before."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from marketplace.ledger.disclosure import PublicIncome, band_of
from marketplace.ledger.periods import month_period
from shop.reports.pictures import bars
from tests.shop.reports.pictures.markup import parsed, svg_of

pytestmark = pytest.mark.no_database


@dataclass(frozen=True)
class Income:
    month: date
    income_satang: int


def year(first: date, *satang: int) -> list[Income]:
    """Incomes of months one after another, from the month of `first`."""
    months = range(first.month - 1, first.month - 1 + len(satang))
    days = [date(first.year + n // 12, n % 12 + 1, 1) for n in months]
    return [Income(day, value) for day, value in zip(days, satang, strict=True)]


def chart_of(*satang: int, before: tuple[int, ...] = ()) -> bars.Chart:
    return bars.months_chart(year(date(2026, 1, 1), *satang), year(date(2025, 1, 1), *before))


def figure_of(chart: bars.Chart, **context) -> str:
    context = {"picture": chart, "id": "income", "title": "Income", **context}
    return render_to_string("components/bars.html", context)


def test_heights_are_in_proportion():
    chart = chart_of(0, 25_000, 50_000, 100_000)

    heights = [bar.height for bar in chart.bars]

    assert heights == [0, 41, 82, 164]
    assert [bar.y + bar.height for bar in chart.bars] == [chart.zero] * 4
    assert [line.label for line in chart.lines] == ["฿0", "฿500", "฿1,000"]


@pytest.mark.parametrize("value", [0, 1, 99, 100, 101, 12_345, 10**7, 999_999_999, 10**14])
def test_the_scale_has_few_whole_steps_and_covers_the_highest_bar(value):
    chart = chart_of(value)

    assert 2 <= len(chart.lines) <= bars.STEPS + 1
    assert chart.bars[0].y >= bars.TOP
    assert chart.lines[0].label == "฿0"


def test_a_month_of_refunds_hangs_below_zero():
    chart = chart_of(50_000, -30_000)

    below = chart.bars[1]

    assert below.y == chart.zero
    assert below.y + below.height == pytest.approx(chart.zero + 0.6 * chart.bars[0].height, abs=0.2)
    assert chart.lines[0].label == "−฿400"
    assert below.words == "−฿300"


def test_millions_below_zero_have_a_true_minus_too():
    chart = chart_of(-250_000_000)

    with translation.override("en"):
        assert [line.label for line in chart.lines][0] != "-3 million"
    assert chart.lines[0].label == "−3 ล้าน"


def test_a_chart_knows_which_kinds_of_bars_it_has():
    band = PublicIncome(month_period(date(2026, 1, 1)), band=band_of(5_000_00))
    exact = PublicIncome(month_period(date(2026, 2, 1)), exact_satang=100)

    mixed, banded = bars.public_chart([band, exact]), bars.public_chart([band])

    assert (mixed.has_exact, mixed.has_bands) == (True, True)
    assert (banded.has_exact, banded.has_bands) == (False, True)
    assert (chart_of(100).has_exact, chart_of(100).has_bands) == (True, False)


def test_a_month_that_is_not_shown_is_no_month_without_income():
    hidden = PublicIncome(month_period(date(2026, 1, 1)))

    chart = bars.public_chart([hidden])

    assert chart.has_hidden and not chart.has_exact
    assert "<rect" not in svg_of(figure_of(chart))
    assert "–</text>" in svg_of(figure_of(chart))


def test_bars_stay_inside_the_picture_and_apart():
    chart = chart_of(*range(100, 1_300, 100), before=tuple(range(1_300, 100, -100)))

    edges = [(bar.x, bar.x + bar.width) for bar in chart.bars]

    assert len(edges) == 24
    assert edges[0][0] > chart.left and edges[-1][1] <= bars.WIDTH
    assert all(left[1] < right[0] for left, right in zip(edges, edges[1:], strict=False))


def test_a_band_is_drawn_from_edge_to_edge_whatever_the_figure():
    month = month_period(date(2026, 5, 1))
    chart, other = (
        bars.public_chart([PublicIncome(month, band=band_of(baht * 100))])
        for baht in (10_001, 49_999)
    )
    low, high = chart.bars[0], other.bars[0]

    assert low == high
    assert low.is_band
    bottom, top = chart.zero - (low.y + low.height), chart.zero - low.y
    assert bottom / top == pytest.approx(10_000 / 50_000, abs=0.01)


def test_a_year_before_stands_beside_the_month_it_belongs_to():
    incomes = year(date(2026, 1, 1), 100, 200, 300)
    before = [Income(date(2025, 3, 1), 900), Income(date(2025, 1, 1), 700)]

    chart = bars.months_chart(incomes, before)

    assert [month.before and month.before.words for month in chart.months] == ["฿7", None, "฿9"]
    assert all(m.before.x < m.bar.x for m in chart.months if m.before)
    assert chart.lines[-1].label == "฿10"


def test_a_year_before_without_its_month_is_left_out():
    chart = bars.months_chart(
        year(date(2026, 1, 1), 100), [Income(date(2024, 1, 1), 10**9), Income(date(2025, 2, 1), 5)]
    )

    assert not chart.has_before
    assert chart.lines[-1].label == "฿1"
    assert chart == chart_of(100)


def test_the_names_of_both_rows_point_at_the_last_month_with_two_bars():
    chart = chart_of(100, 200, 300, before=(100, 100))

    own, before = chart.pointers

    second = chart.months[1]
    assert own.path == f"M{second.bar.middle} 23V{second.bar.y - 3}"
    assert before.path.startswith(f"M{second.before.x - 3} 37H{second.before.middle}V")
    assert min(bar.y for bar in chart.bars) >= bars.TOP + bars.NAMES_HEIGHT
    assert chart_of(100).pointers is None


@pytest.mark.parametrize("months, labelled", [(1, 1), (4, 4), (12, 4), (24, 4), (36, 3), (60, 5)])
def test_few_months_have_a_label(months, labelled):
    chart = chart_of(*[100] * months)

    assert sum(month.has_label for month in chart.months) == labelled


def test_no_months_make_an_empty_picture():
    chart = chart_of()

    assert chart.months == ()
    assert [line.label for line in chart.lines] == ["฿0", "฿1"]
    parsed(figure_of(chart))


def test_the_figure_has_title_description_and_the_same_figures_in_a_table():
    chart = chart_of(12_345, -300, before=(900, 0))

    figure = parsed(figure_of(chart, title="a < b & c"))

    svg = figure.find("svg")
    assert (svg.get("role"), svg.get("aria-labelledby")) == ("img", "income-title")
    assert svg.get("aria-describedby") == "income-desc"
    assert svg.find("title").text == "a < b & c"
    assert svg.find("desc").text
    rows = [[cell.text for cell in row] for row in figure.iter("tr")][1:]
    assert rows == [["มกราคม 2569", "฿123.45", "฿9"], ["กุมภาพันธ์ 2569", "−฿3", "฿0"]]


def test_a_page_with_a_table_of_its_own_gets_no_second_one():
    assert "<table" not in figure_of(chart_of(100), has_table=True)
