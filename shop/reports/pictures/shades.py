"""Sorts figures into at most five shades, with limits that are round and true."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from marketplace.core import money
from marketplace.ledger.disclosure import Band

STEPS = 5
_DIGITS = 2
_STEPS_OF_FEW = {1: (3,), 2: (2, 4), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}
"""Which steps of the ramp so many shades are drawn with, far apart from each other."""


@dataclass(frozen=True)
class Shade:
    """One of `shade_key`, what it stands for, and how many figures it has."""

    key: str
    label: str
    count: int


def shade_limits(figures_satang: Iterable[int | None]) -> tuple[int, ...]:
    """The least satang of every shade but the first, for the figures above zero.

    Each shade gets about a fifth of them; a limit is rounded down to two digits, so equal figures
    never part and no shade is empty. None where all such figures are equal or nearly so.
    """
    positive = sorted(figure for figure in figures_satang if figure and figure > 0)
    fifths = {
        _round_down(positive[len(positive) * n // STEPS]) for n in range(1, STEPS) if positive
    }
    return tuple(sorted(limit for limit in fifths if limit > positive[0]))


def _round_down(satang: int) -> int:
    unit = 10 ** max(0, len(str(satang)) - _DIGITS)
    return satang // unit * unit


def shade_key(figure_satang: int | None, limits: Sequence[int]) -> str:
    """The shade of a figure: hidden where it is not shown, below or zero, else ramp-1 to ramp-5."""
    if figure_satang is None:
        return "hidden"
    if figure_satang <= 0:
        return "below" if figure_satang < 0 else "zero"
    return _ramp(limits)[sum(figure_satang >= limit for limit in limits)]


def shades(figures_satang: Sequence[int | None], limits: Sequence[int]) -> list[Shade]:
    """What the key says, from the most income to figures not shown; only shades that occur."""
    keys = [shade_key(figure, limits) for figure in figures_satang]
    labels = dict(zip(_ramp(limits), _ranges(figures_satang, limits), strict=True))
    labels = dict(reversed(labels.items())) | {
        "zero": money.format_baht(0),
        "below": Band(None, 0).label,
        "hidden": _("not shown"),
    }
    return [Shade(key, label, keys.count(key)) for key, label in labels.items() if key in keys]


def _ramp(limits: Sequence[int]) -> list[str]:
    return [f"ramp-{step}" for step in _STEPS_OF_FEW[len(limits) + 1]]


def _ranges(figures_satang: Sequence[int | None], limits: Sequence[int]) -> list[str]:
    if limits:
        ends = [None, *limits, None]
        return [Band(*pair).label for pair in zip(ends, ends[1:], strict=False)]
    positive = [figure for figure in figures_satang if figure and figure > 0]
    if len(set(positive)) > 1:
        return [Band(min(positive), max(positive)).label]
    return [money.format_baht(figure) for figure in positive[:1]] or [""]
