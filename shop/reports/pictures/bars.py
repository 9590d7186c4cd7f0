"""Bars of months, alone or each beside the same month a year before.

The picture is narrow enough for a phone; wider screens show it larger.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Protocol

from django.utils.translation import gettext as _

from marketplace.core import money
from marketplace.ledger.disclosure import Band, PublicIncome
from marketplace.ledger.periods import month_label, short_month_label

WIDTH, PLOT_HEIGHT = 330, 164
TOP, BOTTOM = 14, 34  # room for the top label of the scale, and for the months
LETTER, GAP = 7.5, 12  # a letter of the scale is about so wide, and so far from the bars
NAMES_HEIGHT = 44  # room above for the names of the two rows of bars
NAME_LINES = (18, 42)  # where those names stand
STEPS = 4
MOST_LABELS = 4
MONTHS_BETWEEN_LABELS = (1, 2, 3, 6, 12)
# Where bars lie between the edges of their month, in shares of its width.
ALONE = (0.15, 0.85)
BEFORE, BESIDE = (0.08, 0.43), (0.49, 0.92)
_MILLION_BAHT = 1_000_000
_OPEN_END = 1.25  # an open band is drawn to this multiple of its lower end

Scale = Callable[[float], float]
"""Satang to the height at which they are drawn."""


class MonthIncome(Protocol):
    """Income of the month that begins on `month`; below zero where more went back."""

    month: date
    income_satang: int


class MonthDeclared(Protocol):
    """What was declared as sold elsewhere in the month that begins on `month`."""

    month: date
    declared_satang: int


@dataclass(frozen=True)
class Point:
    """The income of a month, from `low_satang` to `high_satang`: exact, a band, or not shown."""

    month: date
    words: str
    low_satang: int = 0
    high_satang: int = 0
    is_band: bool = False
    is_shown: bool = True


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    words: str
    is_band: bool
    is_shown: bool

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Month:
    """A month of the picture: its bar, and the bar of the same month a year before."""

    label: str
    name: str
    middle: float
    has_label: bool
    bar: Bar
    before: Bar | None = None


@dataclass(frozen=True)
class GridLine:
    y: float
    label: str


@dataclass(frozen=True)
class Pointer:
    """Where the name of a row of bars ends, and the line from it to a bar of the row."""

    x: float
    y: float
    path: str


@dataclass(frozen=True)
class Chart:
    drawing: ClassVar[str] = "reports/pictures/bars.html"

    months: tuple[Month, ...]
    lines: tuple[GridLine, ...]
    zero: float
    height: float
    left: float
    is_declared: bool = False  # drawn paler than income: nobody paid here
    width: int = WIDTH

    @property
    def scale_end(self) -> float:
        """Where the words of the scale end."""
        return self.left - GAP / 2

    @property
    def bars(self) -> list[Bar]:
        """Every bar drawn, those of a year before among them."""
        return [bar for month in self.months for bar in (month.before, month.bar) if bar]

    @property
    def has_before(self) -> bool:
        return any(month.before for month in self.months)

    @property
    def has_exact(self) -> bool:
        return any(bar.is_shown and not bar.is_band for bar in self.bars)

    @property
    def has_bands(self) -> bool:
        return any(bar.is_band for bar in self.bars)

    @property
    def has_hidden(self) -> bool:
        return any(not bar.is_shown for bar in self.bars)

    @property
    def pointers(self) -> tuple[Pointer, Pointer] | None:
        """To the last month with two bars: from the name of its own row, and of a year before."""
        month = next((month for month in reversed(self.months) if month.before), None)
        if month is None:
            return None
        bar, before = month.bar, month.before
        down = f"M{bar.middle} {NAME_LINES[0] + 5}V{bar.y - 3}"
        aside = f"M{before.x - 3} {NAME_LINES[1] - 5}H{before.middle}V{before.y - 3}"
        return (
            Pointer(WIDTH, NAME_LINES[0], down),
            Pointer(before.x - 6, NAME_LINES[1], aside),
        )


def months_chart(months: Sequence[MonthIncome], before: Sequence[MonthIncome] = ()) -> Chart:
    """Bars of exact monthly income; `before` are months of a year before, in any order."""
    return bar_chart(
        [_exact(month.month, month.income_satang) for month in months],
        [_exact(month.month, month.income_satang) for month in before],
    )


def declared_chart(months: Sequence[MonthDeclared]) -> Chart | None:
    """Bars of declared sales, a picture of their own; None where there were none."""
    if not any(month.declared_satang for month in months):
        return None
    chart = bar_chart([_exact(month.month, month.declared_satang) for month in months])
    return replace(chart, is_declared=True)


def public_chart(incomes: Sequence[PublicIncome], before: Sequence[PublicIncome] = ()) -> Chart:
    """Bars of months as the public may see them: filled to the figure, or over the band."""
    return bar_chart([_public(income) for income in incomes], [_public(one) for one in before])


def bar_chart(points: Sequence[Point], before: Sequence[Point] = ()) -> Chart:
    """Lay months out from left to right over one scale of whole steps that includes zero.

    A point of `before` stands beside the one a year later, and is left out where there is none.
    """
    earlier = _by_later_month(before, points)
    top = TOP + (NAMES_HEIGHT if earlier else 0)
    first, last, step = _scale([*points, *earlier.values()])

    def y(satang: float) -> float:
        return round(top + PLOT_HEIGHT * (last - satang / step) / (last - first), 1)

    lines = tuple(GridLine(y(n * step), _compact(n * step)) for n in range(first, last + 1))
    left = GAP + LETTER * max(len(line.label) for line in lines)
    return Chart(
        months=_months(points, earlier, left, y),
        lines=lines,
        left=left,
        zero=y(0),
        height=top + PLOT_HEIGHT + BOTTOM,
    )


def _by_later_month(before: Sequence[Point], points: Sequence[Point]) -> dict[date, Point]:
    """Points of a year before by the month that they stand beside."""
    months = {point.month for point in points}
    later = {point.month.replace(year=point.month.year + 1): point for point in before}
    return {month: point for month, point in later.items() if month in months}


def _months(
    points: Sequence[Point], earlier: dict[date, Point], start: float, y: Scale
) -> tuple[Month, ...]:
    slot = (WIDTH - start) / max(1, len(points))
    labelled = _months_between_labels(len(points))
    months = []
    for number, point in enumerate(points):
        left = start + slot * number
        before = earlier.get(point.month)
        months.append(
            Month(
                label=short_month_label(point.month),
                name=month_label(point.month),
                middle=round(left + slot / 2, 1),
                has_label=number % labelled == 0,
                bar=_bar(point, left, slot, BESIDE if earlier else ALONE, y),
                before=before and _bar(before, left, slot, BEFORE, y),
            )
        )
    return tuple(months)


def _bar(point: Point, left: float, slot: float, span: tuple[float, float], y: Scale) -> Bar:
    start, end = span
    top = y(point.high_satang)
    return Bar(
        x=round(left + slot * start, 1),
        y=top,
        width=round(slot * (end - start), 1),
        height=round(y(point.low_satang) - top, 1),
        words=point.words,
        is_band=point.is_band,
        is_shown=point.is_shown,
    )


def _months_between_labels(months: int) -> int:
    """Every month, or every second, third, sixth or twelfth, so that few labels are needed."""
    return next(
        (every for every in MONTHS_BETWEEN_LABELS if months <= every * MOST_LABELS),
        MONTHS_BETWEEN_LABELS[-1],
    )


def _scale(points: Sequence[Point]) -> tuple[int, int, int]:
    """The lowest and the highest step of the scale, and what a step is worth in satang."""
    lowest = min([0, *(point.low_satang for point in points)])
    highest = max([1, *(point.high_satang for point in points)])
    step = _step(highest, lowest)
    return lowest // step, -(-highest // step), step


def _step(highest: int, lowest: int) -> int:
    """1, 2 or 5 times a power of ten of satang, so that about four steps cover the range."""
    step = 100
    while True:
        for size in (step, 2 * step, 5 * step):
            if size * STEPS >= highest - lowest:
                return size
        step *= 10


def _exact(month: date, satang: int) -> Point:
    return Point(month, money.format_baht(satang), min(satang, 0), max(satang, 0))


def _public(income: PublicIncome) -> Point:
    month = income.period.first
    if income.exact_satang is not None:
        return _exact(month, income.exact_satang)
    if income.band is None:
        return Point(month, _("not shown"), is_shown=False)
    return Point(month, income.band.label, *_ends(income.band), is_band=True)


def _ends(band: Band) -> tuple[int, int]:
    low = band.low_satang or 0
    return low, band.high_satang or round(low * _OPEN_END)


def _compact(satang: int) -> str:
    """The scale in few letters: ฿50,000, then 1.2 million."""
    baht = satang // money.SATANG_PER_BAHT
    if abs(baht) < _MILLION_BAHT:
        return money.format_baht(satang)
    number = f"{baht / _MILLION_BAHT:g}".replace("-", "\N{MINUS SIGN}")
    return _("%(number)s million") % {"number": number}
