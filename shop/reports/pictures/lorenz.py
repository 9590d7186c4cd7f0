"""How evenly income is spread over villages: the Lorenz curve.

From the village with the least to the one with the most: how much of all income the first so many
villages earned together. A village with less than nothing (more refunded than sold) counts as one
with nothing, so that the curve neither falls nor leaves the square. A mark that falls inside a
village, as the lowest 40 % of three villages do, takes the village's income in proportion.
"""

import heapq
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar

from marketplace.ledger.queries import Spread

WIDTH, HEIGHT = 330, 358
LEFT, TOP, SIDE = 46, 40, 264  # the square, with room for scales and what they count
MOST_POINTS = 60
MARKS = ((40, False), (90, True), (95, True), (99, True))
"""Percent of villages, least income first; where true, the mark is about those above."""
SYMBOLS = (
    "m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
    "m-4.5-4.5h9v9h-9z",
    "m0-6 6 10.5h-12z",
    "m0-6.5 5.5 6.5-5.5 6.5-5.5-6.5z",
)
"""Circle, square, triangle and diamond: marks are told apart without colour."""
SCALE_PERCENT = (0, 25, 50, 75, 100)
TABLE_PERCENT = (*range(10, 100, 10), 95, 99, 100)
_KEY_LEFT, _KEY_TOP, _KEY_LINE = LEFT + 16, TOP + 20, 24  # above the line of equality

Share = tuple[Fraction, Fraction]
"""Of the villages and of the income that they have together, both from 0 to 1."""


@dataclass(frozen=True)
class Mark:
    """What some villages earned of all: the lowest 40 %, or the highest 10, 5 and 1 %.

    `key` is the symbol beside its words, which stand at `key_x` and `key_y`.
    """

    percent: int
    is_highest: bool
    share: str
    path: str
    key: str
    key_x: int
    key_y: int


@dataclass(frozen=True)
class Tick:
    percent: int
    x: float
    y: float


@dataclass(frozen=True)
class Row:
    """The first `percent` of the villages have `share` of the income together."""

    percent: int
    share: str


@dataclass(frozen=True)
class Lorenz:
    """The curve through `points`, which are exact; no points where nobody has income."""

    drawing: ClassVar[str] = "reports/pictures/lorenz.html"

    villages: int
    without_income: int  # those below zero among them
    below_zero: int
    points: tuple[Share, ...]
    curve: str
    marks: tuple[Mark, ...]
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = LEFT + SIDE
    middle: int = LEFT + SIDE // 2
    top: int = TOP
    foot: int = TOP + SIDE
    side: int = SIDE


def lorenz_curve(incomes_satang: Sequence[int]) -> Lorenz:
    """Draw the incomes of villages, in any order, those without any among them."""
    spread = Spread(incomes_satang)
    points = _points(spread) if spread.total else ()
    return Lorenz(
        villages=spread.villages,
        without_income=spread.without_income,
        below_zero=sum(income < 0 for income in incomes_satang),
        points=points,
        curve=" ".join(f"{x} {y}" for x, y in map(_place, points)),
        marks=tuple(_mark(n, spread) for n in range(len(MARKS))) if points else (),
        rows=tuple(_row(percent, spread) for percent in TABLE_PERCENT) if points else (),
        ticks=tuple(_tick(percent) for percent in SCALE_PERCENT),
    )


def _points(spread: Spread) -> tuple[Share, ...]:
    """The ends, where income begins, the marks, and villages between where the curve bends most."""
    marks = {(share := Fraction(percent, 100), spread.share(share)) for percent, _highest in MARKS}
    bends = _bends(spread, MOST_POINTS - len(marks))
    return tuple(sorted({spread.at(villages) for villages in bends} | marks))


def _bends(spread: Spread, most: int) -> set[int]:
    """Villages at which a curve of straight lines leaves the true one as little as it can."""
    bends = {0, spread.without_income, spread.villages}
    gaps = [_gap(start, end, spread) for start, end in pairwise(sorted(bends))]
    heapq.heapify(gaps)
    while gaps and len(bends) < most:
        depth, start, deepest, end = heapq.heappop(gaps)
        if depth:
            bends.add(deepest)
            heapq.heappush(gaps, _gap(start, deepest, spread))
            heapq.heappush(gaps, _gap(deepest, end, spread))
    return bends


def _gap(start: int, end: int, spread: Spread) -> tuple[Fraction, int, int, int]:
    """How far the curve hangs below the straight line, as a negative number, and where most.

    Incomes rise, so that is before the first village with the mean of these or more.
    """
    rise, run = spread.sums[end] - spread.sums[start], end - start
    deepest = bisect_left(spread.incomes, -(-rise // run), start, end)
    straight = spread.sums[start] + Fraction(rise * (deepest - start), run)
    return spread.sums[deepest] - straight, start, deepest, end


def _place(share: Share) -> tuple[float, float]:
    of_villages, of_income = share
    return round(LEFT + SIDE * float(of_villages), 1), round(TOP + SIDE * (1 - float(of_income)), 1)


def _mark(number: int, spread: Spread) -> Mark:
    percent, is_highest = MARKS[number]
    of_villages = Fraction(percent, 100)
    of_income = spread.share(of_villages)
    x, y = _place((of_villages, of_income))
    key_y = _KEY_TOP + _KEY_LINE * number
    return Mark(
        percent=100 - percent if is_highest else percent,
        is_highest=is_highest,
        share=_percent(1 - of_income if is_highest else of_income),
        path=f"M{x} {y}{SYMBOLS[number]}",
        key=f"M{_KEY_LEFT} {key_y - 5}{SYMBOLS[number]}",
        key_x=_KEY_LEFT + 12,
        key_y=key_y,
    )


def _row(percent: int, spread: Spread) -> Row:
    return Row(percent, _percent(spread.share(Fraction(percent, 100))))


def _tick(percent: int) -> Tick:
    return Tick(percent, *_place((Fraction(percent, 100), Fraction(percent, 100))))


def _percent(share: Fraction) -> str:
    """With one decimal, halves away from zero."""
    tenths = (share.numerator * 2000 + share.denominator) // (2 * share.denominator)
    return f"{tenths // 10}.{tenths % 10}%"
