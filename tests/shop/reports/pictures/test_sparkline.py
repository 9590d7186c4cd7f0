"""The course of months in a row of a table."""

import random

import pytest
from django.template.loader import render_to_string

from shop.reports.pictures.sparkline import sparkline
from tests.shop.reports.pictures.markup import parsed

pytestmark = pytest.mark.no_database

MOST_BYTES = 300


def markup_of(incomes: list[int]) -> str:
    return render_to_string("components/sparkline.html", {"picture": sparkline(incomes)})


def test_the_line_goes_from_the_first_month_to_the_last():
    assert sparkline([0, 100, 50]).path == "M0 18l36-16 36 8"


def test_the_scale_includes_zero():
    assert sparkline([100, 100]).path == "M0 2l72 0"
    assert sparkline([0, 0]).path == "M0 18l72 0"


def test_months_below_zero_bring_the_line_of_zero():
    line = sparkline([100, -100])

    assert (line.path, line.zero) == ("M0 2l72 16", 10)
    assert sparkline([100, 0]).zero is None
    assert markup_of([100, -100]).count("<path") == 2


@pytest.mark.parametrize("incomes", [[], [5]])
def test_less_than_two_months_have_no_course(incomes):
    assert sparkline(incomes).path == ""
    parsed(markup_of(incomes))


@pytest.mark.parametrize("months", [12, 36])
@pytest.mark.parametrize("seed", range(10))
def test_a_drawing_is_small_and_silent(months, seed):
    draw = random.Random(seed)
    incomes = [draw.randint(-(10**9), 10**9) for _ in range(months)]
    worst = [(-1) ** n * 10**12 for n in range(months)]

    for markup in (markup_of(incomes), markup_of(worst), markup_of([10**14] + [0] * (months - 1))):
        assert len(markup.encode()) <= MOST_BYTES
        assert parsed(markup).get("aria-hidden") == "true"


def test_the_line_stays_in_its_box():
    incomes = [random.Random(3).randint(-500, 900) for _ in range(36)]

    start, steps = sparkline(incomes).path[1:].split("l")
    x, y = map(int, start.split())
    numbers = list(map(int, steps.replace("-", " -").split()))

    assert x + sum(numbers[::2]) == 72
    for step in numbers[1::2]:
        y += step
        assert 2 <= y <= 18
