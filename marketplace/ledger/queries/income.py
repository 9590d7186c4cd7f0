"""What an area earned in a period, what that is made of, and how it was before."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from django.db import models
from django.db.models import Count
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from marketplace.core import bilingual, thai
from marketplace.ledger.periods import (
    ONE_DAY,
    Period,
    days_period,
    next_month,
    so_far,
    twelve_months_to,
    years_before,
)
from marketplace.ledger.queries.areas import (
    Level,
    Regions,
    inside,
    level_number,
    next_below,
    path_to,
    regions,
    was_there,
)
from marketplace.ledger.queries.cities import in_cities, place_digits, place_row
from marketplace.ledger.queries.figures import NAMES, OF_INCOME, Figures
from marketplace.ledger.queries.questions import Dimension, Question
from marketplace.ledger.queries.row_names import BothNames, names_for
from marketplace.ledger.queries.sources import Key, counts_orders, sums_of
from marketplace.places.services import UnknownArea
from marketplace.villages.models import Village

YEARS_AVERAGED = 3
MONTHS = 12


class Before(models.TextChoices):
    """What the income of a row is held against."""

    LAST_YEAR = "last-year", _("the same days a year before")
    THREE_YEARS = "three-years", _("the average of the same days of the three years before")


@dataclass(frozen=True)
class IncomeRow(Figures):
    """The figures of one area, producer or kind of sales in a period."""

    code: str = ""
    name_th: str = ""
    name_en: str = ""
    villages: int = 0  # in the register during the period
    villages_selling: int = 0  # with at least one such sale in it
    before_satang: int | None = None  # the income it is held against; None where none was asked for

    @property
    def name(self) -> str:
        return bilingual.pick(self.name_th, self.name_en) or self.code

    @property
    def change_satang(self) -> int:
        return self.income_satang - (self.before_satang or 0)

    @property
    def change_ppm(self) -> int | None:
        """The change in millionths of what was before; None where that was nothing, or less."""
        if self.before_satang is None or self.before_satang <= 0:
            return None
        return round(Fraction(self.change_satang * 1_000_000, self.before_satang))


@dataclass(frozen=True)
class MonthIncome(Figures):
    """The figures of one month; `month` is its first day."""

    month: date = date.min


@dataclass(frozen=True)
class Report:
    """The answer to a question: its total, the rows, the year around it, the way down to the area.

    Areas come by code, other rows from the most income to the least.
    """

    question: Question
    total: IncomeRow
    rows: tuple[IncomeRow, ...]
    months: tuple[MonthIncome, ...]  # the twelve that end with that of the last day
    months_before: tuple[MonthIncome, ...]  # the twelve before those
    path: tuple[IncomeRow, ...]  # from the country down to the area itself; names only
    regions: Regions  # province code -> region, as it was read
    before: Before | None = None  # what rows are held against

    @property
    def period(self) -> Period:
        return self.question.period

    @property
    def counts_orders(self) -> bool:
        return counts_orders(self.question)


def income_report(question: Question, before: Before | None = None) -> Report:
    """What an area earned in a period, of which sales, and a row for each part of it.

    Without `rows_by` the parts are the areas of the next level, of a village its producers. Every
    area is listed, those that sold nothing with zero. Where the question's `rows_add_up`, they
    come to the total to the satang (orders apart: one may be in several rows). Raises UnknownArea.
    However many rows, at most 8 statements over whole months, one more against the average of
    three years; up to six more for loose days.
    """
    known = regions()
    path = path_to(question.area, known)
    if question.rows_by is None:
        question = replace(question, rows_by=next_below(question.area) or Dimension.PRODUCER)
    whole = replace(question, rows_by=None)
    sums = _by_row(sums_of(question, known))
    earlier = _earlier(question, before, known) if before else {}
    names = names_for(question, path, {*sums, *earlier}, known)
    if question.area not in names.areas:
        raise UnknownArea
    rows = [
        IncomeRow(
            **sums.get(code, {}),
            **_named(names.rows, code),
            before_satang=earlier.get(code, 0) if before else None,
        )
        for code in names.rows
    ]
    if not question.rows_are_places:
        rows.sort(key=lambda row: (-row.income_satang, row.code))
    months = _two_years(whole, known)
    total = IncomeRow(**_all_sums(whole, months, known), **_named(names.areas, question.area))
    if before:
        total = replace(total, before_satang=_total_before(question, before, earlier, known))
    total, rows = _with_villages(question, total, rows, known)
    return Report(
        question=question,
        total=total,
        rows=tuple(rows),
        months=tuple(months[MONTHS:]),
        months_before=tuple(months[:MONTHS]),
        path=tuple(IncomeRow(**_named(names.areas, code)) for code in path),
        regions=known,
        before=before,
    )


def _by_row(sums: Mapping[Key, Mapping[str, int]]) -> dict[str, Mapping[str, int]]:
    return {code: measures for (code, _month), measures in sums.items()}


def _named(names: Mapping[str, BothNames], code: str) -> dict[str, str]:
    name_th, name_en = names[code]
    return {"code": code, "name_th": name_th, "name_en": name_en}


def _earlier(question: Question, before: Before, known: Regions) -> dict[str, int]:
    """The income of each row that it is held against, in satang; one statement over months.

    Of a period that still runs, the days until today.
    """
    years = 1 if before == Before.LAST_YEAR else YEARS_AVERAGED
    days = so_far(question.period, thai.today())
    periods = [years_before(days, number) for number in range(1, years + 1)]
    sums = _by_row(sums_of(question, known, measures=OF_INCOME, periods=periods))
    return {
        code: round(Fraction(Figures(**measures).income_satang, years))
        for code, measures in sums.items()
    }


def _total_before(
    question: Question, before: Before, earlier: Mapping[str, int], known: Regions
) -> int:
    """Of all rows together; asked for anew where they are not parts, or were rounded each."""
    if question.rows_add_up and before == Before.LAST_YEAR:
        return sum(earlier.values())
    return _earlier(replace(question, rows_by=None), before, known).get("", 0)


def _two_years(whole: Question, known: Regions) -> list[MonthIncome]:
    """The twenty-four months that end with that of the period's last day; one statement."""
    months = twelve_months_to(whole.period.last)
    months = twelve_months_to(months[0] - ONE_DAY) + months
    window = days_period(months[0], next_month(months[-1]) - ONE_DAY)
    sums = sums_of(whole, known, by_month=True, periods=[window])
    return [MonthIncome(**sums.get(("", month), {}), month=month) for month in months]


def _all_sums(whole: Question, months: Iterable[MonthIncome], known: Regions) -> Mapping[str, int]:
    """The measures of the whole: added up from its months, where these are at hand."""
    wanted = whole.period.whole_months
    inside_period = [month for month in months if month.month in wanted]
    if whole.period.loose_days or len(inside_period) < len(wanted):
        return _by_row(sums_of(whole, known)).get("", {})
    return {name: sum(getattr(month, name) for month in inside_period) for name in NAMES}


def _with_villages(
    question: Question, total: IncomeRow, rows: list[IncomeRow], known: Regions
) -> tuple[IncomeRow, list[IncomeRow]]:
    """With how many villages there are, and how many of them sold; two statements."""
    area = level_number(question.area)
    if area == Level.VILLAGE and Dimension.CITY not in question.dimensions:
        return replace(total, villages=1, villages_selling=int(total.sales > 0)), rows
    sums = sums_of(replace(question, rows_by=Level.VILLAGE), known, measures=("sales",))
    selling = [code for code, measures in _by_row(sums).items() if measures["sales"]]
    places = question if question.rows_are_places else replace(question, rows_by=area)
    sold = Counter(place_row(code, places, known) for code in selling)
    there = _villages(places, known)
    if question.rows_are_places:
        rows = [
            replace(row, villages=there[row.code], villages_selling=sold[row.code]) for row in rows
        ]
    return replace(total, villages=there.total(), villages_selling=len(selling)), rows


def _villages(places: Question, known: Regions) -> Counter[str]:
    """How many villages of the register were there in the period, by row."""
    here = inside("code", places.area, known) & in_cities("code", places, known)
    there = Village.objects.filter(here, was_there(places.period))
    counts = there.annotate(part=Substr("code", 1, place_digits(places)))
    counts = counts.values("part").annotate(n=Count("pk"))
    found: Counter[str] = Counter()
    for part, number in counts.order_by().values_list("part", "n"):
        found[place_row(part, places, known)] += number
    return found
