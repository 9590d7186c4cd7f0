"""Bars of the parts of a change: to the right what raised it, to the left what lowered it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

WIDTH, ROW, BAR = 330, 48, 16
EDGE = 4  # room for the outline of a bar


@dataclass(frozen=True)
class PartBar:
    """One part: its words above, and its bar from the line of zero."""

    words: str
    amount: str
    is_gain: bool
    x: float
    y: float
    width: float

    @property
    def words_y(self) -> float:
        return self.y - 8

    @property
    def top(self) -> float:
        """Where the line of zero begins and ends beside this bar: it crosses no words."""
        return self.y - 3

    @property
    def bottom(self) -> float:
        return self.y + BAR + 3


@dataclass(frozen=True)
class Picture:
    drawing: ClassVar[str] = "reports/pictures/parts.html"

    bars: tuple[PartBar, ...]
    zero: float
    width: int = WIDTH
    bar_height: int = BAR

    @property
    def height(self) -> int:
        return ROW * len(self.bars) + EDGE


def parts_picture(parts: Sequence[tuple[str, str, int]]) -> Picture:
    """Of words, amount in words and satang of each part, in the order they come."""
    most = max([0, *(satang for *_words, satang in parts)])
    least = min([0, *(satang for *_words, satang in parts)])
    span = most - least or 1
    room = WIDTH - 2 * EDGE
    zero = EDGE + room * -least / span
    bars = []
    for number, (words, amount, satang) in enumerate(parts):
        length = room * abs(satang) / span
        bars.append(
            PartBar(
                words=words,
                amount=amount,
                is_gain=satang > 0,
                x=round(zero if satang > 0 else zero - length, 1),
                y=ROW * number + ROW - BAR - EDGE,
                width=round(length, 1),
            )
        )
    return Picture(bars=tuple(bars), zero=round(zero, 1))
