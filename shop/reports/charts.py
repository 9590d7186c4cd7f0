"""Bars drawn on the server: geometry only, in units of the picture. Words stay in templates.

The picture is narrow enough for a phone; wider screens show it larger. Every chart stands beside a
table with the same figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from marketplace.core import money
from marketplace.ledger.disclosure import Band, PublicIncome
from marketplace.ledger.periods import short_month_label
from marketplace.ledger.queries import MonthIncome

WIDTH, HEIGHT = 330, 210
LEFT, TOP, BOTTOM = 66, 12, 34  # room for the scale, the top label, the months
PLOT_HEIGHT = HEIGHT - TOP - BOTTOM
STEPS = 4
_MILLION_BAHT = 1_000_000
_OPEN_END = 1.25  # an open band is drawn to this multiple of its lower end


@dataclass(frozen=True)
class Point:
    """One bar from `low_satang` to `high_satang`: an exact income, or a band of it."""

    label: str
    words: str
    low_satang: int
    high_satang: int
    is_band: bool = False


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    middle: float
    label: str
    words: str
    is_band: bool
    has_label: bool


@dataclass(frozen=True)
class GridLine:
    y: float
    label: str


@dataclass(frozen=True)
class Chart:
    bars: tuple[Bar, ...]
    lines: tuple[GridLine, ...]
    zero: float
    has_exact: bool
    has_bands: bool
    left: int = LEFT
    width: int = WIDTH
    height: int = HEIGHT


def months_chart(months: Sequence[MonthIncome]) -> Chart:
    """Bars of exact monthly income."""
    return bar_chart([_exact(month.month, month.income_satang) for month in months])


def public_chart(incomes: Sequence[PublicIncome]) -> Chart:
    """Bars of months as the public may see them: filled to the figure, or over the band."""
    return bar_chart([_public(income) for income in incomes])


def bar_chart(points: Sequence[Point]) -> Chart:
    """Lay the points out from left to right over a scale of whole steps that begins at zero."""
    lowest = min([0, *(min(p.low_satang, p.high_satang) for p in points)])
    step = _step(max([1, *(p.high_satang for p in points)]), lowest)
    first, last = lowest // step, -(-max([1, *(p.high_satang for p in points)]) // step)

    def y(satang: float) -> float:
        return round(TOP + PLOT_HEIGHT * (last - satang / step) / (last - first), 1)

    slot = (WIDTH - LEFT) / max(1, len(points))
    return Chart(
        bars=tuple(_bar(point, n, slot, y) for n, point in enumerate(points)),
        lines=tuple(GridLine(y(n * step), _compact(n * step)) for n in range(first, last + 1)),
        zero=y(0),
        has_exact=any(not point.is_band for point in points),
        has_bands=any(point.is_band for point in points),
    )


def _bar(point: Point, number: int, slot: float, y) -> Bar:
    top, bottom = y(point.high_satang), y(point.low_satang)
    top, bottom = min(top, bottom), max(top, bottom)
    return Bar(
        x=round(LEFT + slot * (number + 0.15), 1),
        y=top,
        width=round(slot * 0.7, 1),
        height=round(bottom - top, 1),
        middle=round(LEFT + slot * (number + 0.5), 1),
        label=point.label,
        words=point.words,
        is_band=point.is_band,
        has_label=number % 3 == 0,
    )


def _exact(month: date, satang: int) -> Point:
    return Point(
        short_month_label(month), money.format_baht(satang), min(satang, 0), max(satang, 0)
    )


def _public(income: PublicIncome) -> Point:
    month = income.period.first
    if income.band is None:
        return _exact(month, income.exact_satang or 0)
    low, high = _ends(income.band)
    return Point(short_month_label(month), income.band.label, low, high, is_band=True)


def _ends(band: Band) -> tuple[int, int]:
    low = band.low_satang or 0
    return low, band.high_satang or round(low * _OPEN_END)


def _step(highest: int, lowest: int) -> int:
    """1, 2 or 5 times a power of ten of satang, so that about four steps cover the range."""
    step = 100
    while True:
        for size in (step, 2 * step, 5 * step):
            if size * STEPS >= highest - lowest:
                return size
        step *= 10


def _compact(satang: int) -> str:
    """The scale in few letters: ฿50,000, then 1.2 million."""
    baht = satang // money.SATANG_PER_BAHT
    if abs(baht) < _MILLION_BAHT:
        return money.format_baht(satang)
    return _("%(number)s million") % {"number": f"{baht / _MILLION_BAHT:g}"}
