"""The course of some months as a line small enough for a row of a table that has the figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

WIDTH, HEIGHT, EDGE = 72, 20, 2  # the edge leaves room for the thickness of the line


@dataclass(frozen=True)
class Sparkline:
    """`zero` is the height of nothing, where some month went below; empty without two months."""

    drawing: ClassVar[str] = "components/sparkline.html"

    path: str
    zero: int | None
    width: int = WIDTH
    height: int = HEIGHT


def sparkline(incomes_satang: Sequence[int]) -> Sparkline:
    """Draw months from the earliest to the last, over a scale that includes zero.

    Whole units only: at most 36 months keep the drawing within 300 bytes.
    """
    lowest, highest = min((0, *incomes_satang)), max((1, *incomes_satang))

    def y(satang: int) -> int:
        return EDGE + round((HEIGHT - 2 * EDGE) * (highest - satang) / (highest - lowest))

    last = len(incomes_satang) - 1
    points = [(WIDTH * n // last, y(satang)) for n, satang in enumerate(incomes_satang) if last]
    steps = "".join(f"{x2 - x1: d}{y2 - y1: d}" for (x1, y1), (x2, y2) in pairwise(points))
    return Sparkline(
        path=f"M0 {points[0][1]}l{steps.strip()}" if points else "",
        zero=y(0) if lowest < 0 else None,
    )
