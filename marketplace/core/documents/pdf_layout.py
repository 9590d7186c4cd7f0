"""How tables fit on A4: upright or lying, whole or in parts, in which size, how wide columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from marketplace.core.documents.typeface import Typeface

SIDE_POINTS = 48
CELL_POINTS = 10
"""Margins of the page, and left and right of the text of a cell, both sides together."""

_UPRIGHT_POINTS, _LYING_POINTS = 595 - 2 * SIDE_POINTS, 842 - 2 * SIDE_POINTS
_UPRIGHT_SIZES, _LYING_SIZES = (10, 9), (10, 9, 8, 7)
_BOLD = 1.08  # wider than the regular that is measured; a rounding may not break a line
_NARROWEST, _WIDEST = 4, 22  # columns, in sizes of type
_ROOM_FOR_WORDS = 1.5  # a heading over two lines breaks between words, not in its middle


@dataclass(frozen=True)
class Ask:
    """How wide a column asks to be, in sizes of type; one of text takes less when it must."""

    ems: float
    ems_with_heading: float  # on one line
    is_text: bool


@dataclass(frozen=True)
class Layout:
    size_points: int
    widths: list[tuple[float, str]]
    """In the units of typst: pt, or fr for a part of what the others leave."""


def ask(title: str, cells: Sequence[str], face: Typeface, *, is_text: bool) -> Ask:
    """What a column of these cells asks for: its widest cell, its title on two lines or one."""
    widest = max((face.width(line) for cell in cells for line in cell.split("\n")), default=0)
    heading = face.width(title)
    needed = _BOLD * max(widest, min(heading, heading / 2 + _ROOM_FOR_WORDS), _NARROWEST)
    ems = min(needed, _WIDEST)
    return Ask(ems, max(ems, min(_BOLD * heading, _WIDEST)), is_text or needed > _WIDEST)


def is_lying(tables: Sequence[Sequence[Ask]]) -> bool:
    """Whether any table is too wide for an upright page in type of a good size."""
    return any(_points(asks, _UPRIGHT_SIZES[-1]) > _UPRIGHT_POINTS for asks in tables)


def parts(asks: Sequence[Ask], leads: int, *, lying: bool) -> list[list[int]]:
    """Which columns stand beside each other: all, or those of each part of a table that is too wide
    for the page in the smallest type. Every part begins with the first `leads` columns, by which
    its rows are known again; the others are shared out evenly.
    """
    sizes, room = (_LYING_SIZES, _LYING_POINTS) if lying else (_UPRIGHT_SIZES, _UPRIGHT_POINTS)
    every = list(range(len(asks)))
    lead, others = every[:leads], every[leads:]
    for number in range(1, len(others) + 1):
        found = [[*lead, *some] for some in _in_turn(others, number)]
        if all(_points([asks[n] for n in part], sizes[-1]) <= room for part in found):
            return found
    return [every]


def _in_turn(columns: list[int], number: int) -> list[list[int]]:
    """So many parts, in order, none more than one longer than another."""
    ends = [len(columns) * n // number for n in range(number + 1)]
    return [columns[first:last] for first, last in pairwise(ends)]


def lay_out(asks: Sequence[Ask], *, lying: bool) -> Layout:
    """The largest type in which the table fits, or the smallest of all; headings on one line if
    there is room.
    """
    sizes, room = (_LYING_SIZES, _LYING_POINTS) if lying else (_UPRIGHT_SIZES, _UPRIGHT_POINTS)
    fitting = [size for size in sizes if _points(asks, size) <= room]
    size = fitting[0] if fitting else sizes[-1]
    widths = [_width(ask.ems_with_heading, size) for ask in asks]
    if sum(widths) > room:
        widths = [_width(ask.ems, size) for ask in asks]
    all_share = not fitting or not any(ask.is_text for ask in asks)
    units = ["fr" if all_share or ask.is_text else "pt" for ask in asks]
    return Layout(size, list(zip(widths, units, strict=True)))


def _points(asks: Sequence[Ask], size: int) -> float:
    return sum(_width(ask.ems, size) for ask in asks)


def _width(ems: float, size: int) -> float:
    return round(ems * size + CELL_POINTS, 2)
