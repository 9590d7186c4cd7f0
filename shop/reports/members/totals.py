"""A village's totals by month and fiscal year, its target, and what it earned before this site."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from marketplace.core import thai
from marketplace.ledger.periods import (
    ONE_DAY,
    Period,
    days_period,
    twelve_months_to,
    year_period,
)
from marketplace.ledger.queries import MonthIncome, area_months, regions
from shop.targets.beside import Beside, beside

YEARS = 5


@dataclass(frozen=True)
class YearTotals:
    """A fiscal year of a village; what was declared is no part of the income."""

    period: Period
    income_satang: int
    declared_satang: int


@dataclass(frozen=True)
class VillageTotals:
    """`months` are the twelve that end with the chosen year, or with this month while it runs."""

    years: tuple[YearTotals, ...]  # the newest first
    chosen: YearTotals
    is_running: bool
    months: tuple[MonthIncome, ...]
    months_before: tuple[MonthIncome, ...]
    beside: Beside

    @property
    def has_declared(self) -> bool:
        return any(year.declared_satang for year in self.years)


def village_totals(code: str, year_be: int, today: date) -> VillageTotals:
    """The totals of a village, with one of the last five fiscal years looked at closely; another
    year means this one. At most five statements."""
    this_year = thai.fiscal_year_be(today)
    years = range(this_year, this_year - YEARS, -1)
    year_be = year_be if year_be in years else this_year
    known = regions()
    window = days_period(year_period(years[-1] - 1).first, year_period(this_year).last)
    by_month = {month.month: month for month in area_months(code, window, known)}
    totals = [_year(year, by_month) for year in years]
    chosen = totals[this_year - year_be]
    months = twelve_months_to(min(chosen.period.last, today))
    return VillageTotals(
        years=tuple(totals),
        chosen=chosen,
        is_running=year_be == this_year,
        months=tuple(by_month[month] for month in months),
        months_before=tuple(by_month[month] for month in twelve_months_to(months[0] - ONE_DAY)),
        beside=beside(code, year_be, chosen.income_satang, {}, known, today),
    )


def _year(year_be: int, by_month: dict[date, MonthIncome]) -> YearTotals:
    period = year_period(year_be)
    months: Sequence[MonthIncome] = [by_month[month] for month in period.months]
    return YearTotals(
        period,
        sum(month.income_satang for month in months),
        sum(month.declared_satang for month in months),
    )
