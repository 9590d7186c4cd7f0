"""Reads the rows of a pack, or of an amendment, from the ledger: a province at a time.

Every row once, into a spool. Raises SumsChanged where the ledger is no longer what was closed.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from marketplace.ledger.closing_totals import totals_of
from marketplace.ledger.models import MonthClose
from marketplace.ledger.queries import (
    COUNTRY,
    Figures,
    IncomeRow,
    Level,
    Question,
    Report,
    income_report,
    regions,
)
from marketplace.ledger.queries.areas import names_of
from marketplace.ledger.queries.later import later_events, later_sums
from marketplace.places.models import Region
from shop.yearpacks import errors
from shop.yearpacks.columns import AREA_TABLES, amendment_tables, pack_tables
from shop.yearpacks.languages import side_by_side, total_label
from shop.yearpacks.rows import (
    BothNames,
    DifferenceRow,
    LaterRow,
    area_row,
    demand_sum,
    every_level,
)
from shop.yearpacks.scope import Scope
from shop.yearpacks.spool import Spool

Step = Callable[[], None]
Sums = Mapping[str, Counter]
_BELOW_PROVINCE = (Level.AMPHOE, Level.TAMBON, Level.VILLAGE)


def tables_for(scope: Scope) -> list:
    return amendment_tables() if scope.is_amendment else pack_tables()


def gather(scope: Scope, spool: Spool, step: Step) -> Report:
    """Put all rows into the spool, calling `step` after each province; return the country's report.

    The same scope and ledger: the same rows.
    """
    months = closed_months(scope)
    country = income_report(_question(scope, COUNTRY, Level.REGION))
    provinces = income_report(_question(scope, COUNTRY, Level.PROVINCE))
    demand_sum(provinces.rows, country.total)
    if scope.is_amendment:
        _gather_differences(scope, spool, provinces, step)
    else:
        _gather_areas(scope, spool, country, provinces, step)
    for event in later_events(scope.year, scope.after_seal, scope.up_to_seal):
        spool.add("events", event)
    for close in months:
        spool.add("months", close)
    return country


def closed_months(scope: Scope) -> list[MonthClose]:
    """The closes of the year's months, each still what the ledger adds up to."""
    closes = list(MonthClose.objects.filter(month__in=scope.year.months))
    for close in closes:
        totals = totals_of(close.month)
        if any(getattr(close, name) != value for name, value in totals.items()):
            raise errors.SumsChanged
    return closes


def _question(scope: Scope, area: str, level: Level) -> Question:
    return Question(area=area, period=scope.year, rows_by=level)


# --- The tables of a pack ------------------------------------------------------------------------
def _gather_areas(
    scope: Scope, spool: Spool, country: Report, provinces: Report, step: Step
) -> None:
    demand_sum(country.rows, country.total)
    total = area_row(
        replace(country.total, code=total_label(), name_th="", name_en=""), _around("", {})
    )
    for key, _title in AREA_TABLES.values():
        spool.set_total(key, total)
    for row in country.rows:
        spool.add("country", row)
    for province in provinces.rows:
        spool.add("provinces", province)
    later = later_sums(scope.year, scope.after_seal, scope.up_to_seal, Level.PROVINCE)
    for code, sums, names in _upper_areas(scope, later):
        spool.add("later", LaterRow(code=code, name_th=names[0], name_en=names[1], **sums))
    for province in provinces.rows:
        _gather_province(scope, spool, province)
        if province.code in later:
            for code, sums, names in _areas_in(scope, province.code):
                spool.add("later", LaterRow(code=code, name_th=names[0], name_en=names[1], **sums))
        step()


def _gather_province(scope: Scope, spool: Spool, province: IncomeRow) -> None:
    """Its amphoe, tambon and villages, each with the names around it."""
    known = {province.code: _both_names(province)}
    for level in _BELOW_PROVINCE:
        rows = income_report(_question(scope, province.code, level)).rows
        demand_sum(rows, province)
        for row in rows:
            spool.add(AREA_TABLES[level][0], area_row(row, _around(row.code, known)))
        if level != Level.VILLAGE:
            known |= {row.code: _both_names(row) for row in rows}


def _both_names(row: IncomeRow) -> str:
    return side_by_side(row.name_th, row.name_en)


def _around(code: str, known: Mapping[str, str]) -> dict[str, str]:
    places = {"province": 2, "amphoe": 4, "tambon": 6}
    return {name: known.get(code[:digits], "") for name, digits in places.items()}


# --- What became known later ---------------------------------------------------------------------
def _upper_areas(scope: Scope, provinces: Sums) -> Iterator[tuple[str, Counter, BothNames]]:
    """Sums of the country and its regions, where there are any."""
    known = regions()
    sums: dict[str, Counter] = {}
    for code, measures in provinces.items():
        for area in (COUNTRY, known.get(code, "")):
            sums.setdefault(area, Counter()).update(measures)
    names = names_of([], scope.year)
    for code in (COUNTRY, *Region.values):
        if code in sums:
            yield code, sums[code], names[code]


def _areas_in(scope: Scope, province: str) -> Iterator[tuple[str, Counter, BothNames]]:
    """Sums of a province and of all areas in it, each before its parts."""
    villages = later_sums(
        scope.year, scope.after_seal, scope.up_to_seal, Level.VILLAGE, within=province
    )
    sums = every_level(villages, Level.PROVINCE, *_BELOW_PROVINCE)
    names = names_of(sums, scope.year)
    for code in sorted(sums):
        yield code, sums[code], names.get(code, (code, ""))


# --- The tables of an amendment ------------------------------------------------------------------
def _gather_differences(scope: Scope, spool: Spool, provinces: Report, step: Step) -> None:
    since = later_sums(scope.year, scope.after_seal, scope.up_to_seal, Level.PROVINCE)
    signed = later_sums(scope.year, 0, scope.after_seal, Level.PROVINCE)
    upper = {row.code: row for row in (provinces.total, *provinces.rows)}
    upper |= {row.code: row for row in income_report(_question(scope, COUNTRY, Level.REGION)).rows}
    signed_above = {code: sums for code, sums, _names in _upper_areas(scope, signed)}
    for code, sums, names in _upper_areas(scope, since):
        _add_difference(spool, code, names, upper.get(code), signed_above.get(code), sums)
    for province in provinces.rows:
        if province.code in since:
            _gather_differences_in(scope, spool, province)
        step()


def _gather_differences_in(scope: Scope, spool: Spool, province: IncomeRow) -> None:
    counted = {province.code: province}
    for level in _BELOW_PROVINCE:
        report = income_report(_question(scope, province.code, level))
        counted |= {row.code: row for row in report.rows}
    before = later_sums(scope.year, 0, scope.after_seal, Level.VILLAGE, within=province.code)
    signed = every_level(before, Level.PROVINCE, *_BELOW_PROVINCE)
    for code, sums, names in _areas_in(scope, province.code):
        _add_difference(spool, code, names, counted.get(code), signed.get(code), sums)


def _add_difference(
    spool: Spool,
    code: str,
    names: BothNames,
    counted: Figures | None,
    signed: Counter | None,
    since: Counter,
) -> None:
    row = DifferenceRow(
        code, *names, counted or Figures(), Figures(**(signed or {})), Figures(**since)
    )
    if row.is_one:
        spool.add("differences", row)
