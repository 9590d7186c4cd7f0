"""The Lorenz curve: exact at few points, marked shares, and what it makes of odd incomes."""

import random
from fractions import Fraction
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from shop.reports.pictures import lorenz
from shop.reports.pictures.lorenz import MOST_POINTS, lorenz_curve
from tests.shop.reports.pictures.markup import parsed

pytestmark = pytest.mark.no_database


def shares(curve) -> dict[str, str]:
    return {
        f"{'top' if mark.is_highest else 'low'} {mark.percent}": mark.share for mark in curve.marks
    }


def figure_of(picture, **context) -> str:
    context = {"picture": picture, "id": "spread", "title": "Spread", **context}
    return render_to_string("components/lorenz.html", context)


def true_share(incomes: list[int], of_villages: Fraction) -> Fraction:
    """By the definition, slowly: whole villages, and the last in proportion."""
    left, total = of_villages * len(incomes), Fraction(0)
    for income in sorted(max(0, income) for income in incomes):
        total += income * min(left, 1)
        left -= min(left, 1)
    return total / sum(max(0, income) for income in incomes)


def country_like(seed: int, villages: int = 3_273) -> list[int]:
    draw = random.Random(seed)
    earning = [round(draw.lognormvariate(11, 1.6)) for _ in range(villages * 2 // 3)]
    return earning + [0] * (villages - len(earning))


def test_four_villages_have_the_shares_they_have():
    curve = lorenz_curve([600, 0, 100, 300])

    assert curve.points[:2] == ((0, 0), (Fraction(1, 4), 0))
    assert (Fraction(1, 2), Fraction(1, 10)) in curve.points
    assert (Fraction(3, 4), Fraction(4, 10)) in curve.points
    assert curve.points[-1] == (1, 1)
    assert shares(curve) == {"low 40": "6.0%", "top 10": "24.0%", "top 5": "12.0%", "top 1": "2.4%"}


def test_the_places_of_points_follow_from_the_square():
    curve = lorenz_curve([100, 300])

    places = curve.curve.split()

    assert places[:2] == ["46.0", "304.0"] and places[-2:] == ["310.0", "40.0"]
    middle = curve.points.index((Fraction(1, 2), Fraction(1, 4)))
    assert places[2 * middle : 2 * middle + 2] == ["178.0", "238.0"]


@pytest.mark.parametrize("incomes", [[], [0, 0, 0], [-5], [0, -100]])
def test_without_income_there_is_no_curve(incomes):
    curve = lorenz_curve(incomes)

    assert (curve.points, curve.marks, curve.rows) == ((), (), ())
    assert curve.villages == curve.without_income == len(incomes)
    figure = parsed(figure_of(curve))
    assert figure.find("svg") is None and figure.find("p").text


def test_equal_incomes_lie_on_the_line_of_equality():
    curve = lorenz_curve([700] * 9)

    assert all(villages == income for villages, income in curve.points)
    assert shares(curve) == {"low 40": "40.0%", "top 10": "10.0%", "top 5": "5.0%", "top 1": "1.0%"}


def test_one_village_with_everything_makes_a_corner():
    curve = lorenz_curve([0] * 99 + [10**13])

    assert (Fraction(99, 100), 0) in curve.points
    assert shares(curve) == dict.fromkeys(("top 10", "top 5", "top 1"), "100.0%") | {
        "low 40": "0.0%"
    }
    assert curve.without_income == 99


def test_a_village_below_zero_counts_as_one_with_nothing():
    curve = lorenz_curve([-900, 100, 300])

    assert (curve.below_zero, curve.without_income) == (1, 1)
    assert curve.points == lorenz_curve([0, 100, 300]).points
    with translation.override("en"):
        assert "more was refunded than sold" in figure_of(curve)
        assert "more was refunded than sold" not in figure_of(lorenz_curve([0, 100]))


@pytest.mark.parametrize("seed", range(5))
def test_few_points_are_exact_and_rise_ever_faster(seed):
    incomes = country_like(seed)

    points = lorenz_curve(incomes).points

    assert len(points) == MOST_POINTS
    assert all(income == true_share(incomes, villages) for villages, income in points[::7])
    slopes = [(y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in pairwise(points)]
    assert slopes == sorted(slopes)


def test_between_its_points_the_curve_is_nowhere_off_by_a_fifth_of_a_pixel():
    incomes = country_like(1)
    points = lorenz_curve(incomes).points
    spread = lorenz.Spread(incomes)

    worst = max(
        y1 + (y2 - y1) * (villages - x1) / (x2 - x1) - spread.share(villages)
        for (x1, y1), (x2, y2) in pairwise(points)
        for villages in [x1 + (x2 - x1) * n / 8 for n in range(1, 8)]
    )

    assert 0 <= worst * lorenz.SIDE < 0.2


def test_points_stand_where_the_curve_bends():
    spread = lorenz.Spread([1] * 500 + [3] * 300 + [9] * 200)

    assert lorenz._bends(spread, most=60) == {0, 500, 800, 1000}


def test_marks_cut_a_village_in_proportion():
    incomes = country_like(2, villages=33)

    curve = lorenz_curve(incomes)

    for mark in curve.marks:
        percent = 100 - mark.percent if mark.is_highest else mark.percent
        share = true_share(incomes, Fraction(percent, 100))
        share = 1 - share if mark.is_highest else share
        assert float(mark.share.rstrip("%")) == pytest.approx(100 * float(share), abs=0.05)
        assert (Fraction(percent, 100), true_share(incomes, Fraction(percent, 100))) in curve.points


def test_shares_are_rounded_halves_away_from_zero():
    assert [lorenz._percent(Fraction(n, 10_000)) for n in (0, 4, 5, 9_994, 9_995, 10_000)] == [
        "0.0%",
        "0.0%",
        "0.1%",
        "99.9%",
        "100.0%",
        "100.0%",
    ]


def test_the_table_has_the_marks_and_the_course_of_the_curve():
    with translation.override("en"):
        rows = [
            [cell.text for cell in row]
            for row in parsed(figure_of(lorenz_curve([1] * 10))).iter("tr")
        ]

    assert rows[1] == ["The 40% with the least", "40.0%"]
    assert rows[2] == ["The 10% with the most", "10.0%"]
    assert rows[5] == ["From the least up to 10%", "10.0%"]
    assert rows[-1] == ["From the least up to 100%", "100.0%"]
    assert len(rows) == 1 + 4 + 12


def test_the_drawing_has_title_description_and_words_as_they_are():
    svg = parsed(figure_of(lorenz_curve([1, 2]), title="a < b & c")).find("svg")

    assert svg.get("role") == "img"
    assert svg.find("title").text == "a < b & c"
    assert svg.find("desc").text
