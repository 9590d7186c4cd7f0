"""Shades of a map: limits that are round and true, and a fifth of the figures in each."""

import random

import pytest
from django.utils import translation

from shop.reports.pictures.shades import shade_key, shade_limits, shades

pytestmark = pytest.mark.no_database


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def key_of(figures: list[int | None]) -> list[tuple[str, str, int]]:
    return [(one.key, one.label, one.count) for one in shades(figures, shade_limits(figures))]


def test_limits_are_fifths_rounded_down_to_two_digits():
    figures = [n * 1_234 for n in range(1, 11)]

    assert shade_limits(figures) == (3_700, 6_100, 8_600, 11_000)


def test_the_key_says_what_each_shade_stands_for_and_how_many_have_it():
    figures = [n * 123_400 for n in range(1, 11)] + [0, 0, -1, None]

    assert key_of(figures) == [
        ("ramp-5", "฿11,000 or more", 2),
        ("ramp-4", "฿8,600 to ฿11,000", 2),
        ("ramp-3", "฿6,100 to ฿8,600", 2),
        ("ramp-2", "฿3,700 to ฿6,100", 2),
        ("ramp-1", "under ฿3,700", 2),
        ("zero", "฿0", 2),
        ("below", "under ฿0", 1),
        ("hidden", "not shown", 1),
    ]


def test_one_huge_figure_leaves_the_others_apart():
    figures = [100_000, 200_000, 300_000, 400_000, 10**14]

    assert [count for *_names, count in key_of(figures)] == [1, 1, 1, 1, 1]
    assert key_of(figures)[0][1] == "฿1,000,000,000,000 or more"


@pytest.mark.parametrize(
    "figures, expected",
    [
        ([], []),
        ([None, None], [("hidden", "not shown", 2)]),
        ([0, 0], [("zero", "฿0", 2)]),
        ([500_000] * 77, [("ramp-3", "฿5,000", 77)]),
        ([1_000_100, 1_000_200], [("ramp-3", "฿10,001 to ฿10,002", 2)]),
        ([100, 900], [("ramp-4", "฿9 or more", 1), ("ramp-2", "under ฿9", 1)]),
        ([1, 0], [("ramp-3", "฿0.01", 1), ("zero", "฿0", 1)]),
    ],
)
def test_few_different_figures_have_few_shades(figures, expected):
    assert key_of(figures) == expected


@pytest.mark.parametrize("seed", range(20))
def test_shades_are_never_empty_and_equal_figures_never_part(seed):
    draw = random.Random(seed)
    figures = [round(draw.lognormvariate(8, 3)) for _ in range(draw.randint(1, 77))]
    limits = shade_limits(figures)

    keys = [shade_key(figure, limits) for figure in sorted(figures) if figure]

    assert keys == sorted(keys)
    assert len(set(keys)) == len(limits) + 1
    assert all(len(str(limit).rstrip("0")) <= 2 for limit in limits)


def test_a_limit_belongs_to_the_shade_above_it():
    assert shade_key(999, (1_000,)) == "ramp-2"
    assert shade_key(1_000, (1_000,)) == "ramp-4"
