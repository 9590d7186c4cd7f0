"""What an area earned in a period, and what that is made of: the parts inside it, its months."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, F
from django.db.models.functions import Substr

from marketplace.core import bilingual
from marketplace.ledger.models import AreaMonth, ProducerMonth
from marketplace.ledger.periods import Period, twelve_months_to
from marketplace.ledger.queries.areas import (
    BELOW,
    PRODUCER,
    Level,
    Regions,
    codes_inside,
    inside,
    level_number,
    level_of,
    names_of,
    part_of,
    path_to,
    places_below,
    regions,
    there_in,
)
from marketplace.ledger.queries.figures import NAMES, Figures, figures_of, summed
from marketplace.places.models import Region
from marketplace.places.services import UnknownArea
from marketplace.villages.models import Village


@dataclass(frozen=True)
class IncomeRow(Figures):
    """The figures of one area, or of one producer inside a village, in a period."""

    code: str = ""
    name_th: str = ""
    name_en: str = ""
    villages: int = 0  # in the register during the period
    villages_selling: int = 0  # with at least one sale in it

    @property
    def name(self) -> str:
        return bilingual.pick(self.name_th, self.name_en) or self.code

    @property
    def level(self) -> str:
        return level_of(self.code)


@dataclass(frozen=True)
class MonthIncome(Figures):
    """The figures of one month; `month` is its first day."""

    month: date = date.min


@dataclass(frozen=True)
class AreaReport:
    """An area in a period: its total, what that is made of, its year, and the areas around it."""

    period: Period
    total: IncomeRow
    rows: tuple[IncomeRow, ...]  # the next level down, by code; a village's producers
    months: tuple[MonthIncome, ...]  # the twelve that end with the period
    path: tuple[IncomeRow, ...]  # from the country down to the area itself; names only


def income_by_area(code: str, period: Period) -> AreaReport:
    """What an area earned in a period, and each area of the next level inside it.

    Every area of that level is listed, those that sold nothing with zero, and the rows add up to
    the total to the satang (orders apart: one may be of several areas). `code` is an official
    code, a region ("NE") or "" for the country; raises UnknownArea. At most 8 statements, however
    many rows.
    """
    known = regions()
    path = path_to(code, known)
    is_village = level_number(code) == Level.VILLAGE
    rows = _producers(code, period) if is_village else _areas_below(code, period, known)
    names = names_of({*path, *(row.code for row in rows)}, period)
    if code not in names:
        raise UnknownArea
    months = _months(code, {*twelve_months_to(period.last), *period.months})
    total = _total(code, [months[month] for month in period.months if month in months])
    return AreaReport(
        period=period,
        total=_named(_with_villages(total, rows), names),
        rows=tuple(_named(row, names) for row in rows),
        months=tuple(
            months.get(month) or MonthIncome(month=month) for month in twelve_months_to(period.last)
        ),
        path=tuple(_named(IncomeRow(code=step), names) for step in path),
    )


def _areas_below(code: str, period: Period, known: Regions) -> list[IncomeRow]:
    """A row for each area inside, whether or not it sold anything, by code."""
    level = BELOW[level_number(code)]
    here = codes_inside("area_code", code, level, known)
    found = _area_figures(AreaMonth.objects.filter(here, level=level), period)
    villages = _villages(code, level, period, known)
    selling = _villages_selling(code, level, period, known)
    codes = {*found, *villages, *places_below(code, period, known)} - {""}
    return [
        IncomeRow(
            **figures_of(found[area]) if area in found else {},
            code=area,
            villages=villages.get(area, 0),
            villages_selling=selling.get(area, 0),
        )
        for area in _in_order(codes, level)
    ]


def _in_order(codes: set[str], level: Level) -> list[str]:
    """Regions as officials list them; others by code."""
    return list(Region.values) if level == Level.REGION else sorted(codes)


def _area_figures(rows, period: Period) -> dict[str, dict]:
    grouped = rows.filter(month__range=(period.first, period.last)).values("area_code")
    return {row["area_code"]: row for row in summed(grouped).order_by()}


def _villages(code: str, level: Level, period: Period, known: Regions) -> dict[str, int]:
    """How many villages of the register were there in the period, by area."""
    villages = there_in(Village.objects.filter(inside("code", code, known)), period)
    return _counted(villages, "code", level, known)


def _villages_selling(code: str, level: Level, period: Period, known: Regions) -> dict[str, int]:
    months = AreaMonth.objects.filter(
        codes_inside("area_code", code, Level.VILLAGE, known),
        level=Level.VILLAGE,
        month__range=(period.first, period.last),
        sales__gt=0,
    )
    return _counted(months, "area_code", level, known)


def _counted(rows, name: str, level: Level, known: Regions) -> dict[str, int]:
    """How many villages there are among the rows, by the area of a level."""
    digits = max(level, Level.PROVINCE)  # regions are made of provinces
    counts = rows.annotate(part=Substr(name, 1, digits)).values("part")
    found: dict[str, int] = {}
    for part, number in (
        counts.annotate(n=Count(name, distinct=True)).order_by().values_list("part", "n")
    ):
        area = part_of(part, level, known)
        found[area] = found.get(area, 0) + number
    return found


def _producers(village_code: str, period: Period) -> list[IncomeRow]:
    """A row for each producer with figures in the village; today's names."""
    months = ProducerMonth.objects.filter(
        village_code=village_code, month__range=(period.first, period.last)
    ).values("producer", name_th=F("producer__name_th"), name_en=F("producer__name_en"))
    return [
        IncomeRow(
            **figures_of(row),
            code=f"{PRODUCER}{row['producer']}",
            name_th=row["name_th"],
            name_en=row["name_en"],
        )
        for row in summed(months).order_by("producer")
    ]


def _months(code: str, wanted: Iterable[date]) -> dict[date, MonthIncome]:
    rows = AreaMonth.objects.filter(area_code=code, month__in=wanted).values("month")
    return {
        row["month"]: MonthIncome(**figures_of(row), month=row["month"])
        for row in summed(rows).order_by()
    }


def _total(code: str, months: list[MonthIncome]) -> IncomeRow:
    """An area's own figures: those of its months."""
    sums = {name: sum(getattr(month, name) for month in months) for name in NAMES}
    return IncomeRow(**sums, code=code)


def _with_villages(total: IncomeRow, rows: Iterable[IncomeRow]) -> IncomeRow:
    if total.level == "village":
        return replace(total, villages=1, villages_selling=int(total.sales > 0))
    rows = list(rows)
    return replace(
        total,
        villages=sum(row.villages for row in rows),
        villages_selling=sum(row.villages_selling for row in rows),
    )


def _named(row: IncomeRow, names: dict[str, tuple[str, str]]) -> IncomeRow:
    name_th, name_en = names.get(row.code, (row.name_th, row.name_en))
    return replace(row, name_th=name_th, name_en=name_en)
