"""Months, quarters and Thai fiscal years, as reports name them.

A period's key goes into addresses and file names: 2026-05 (a month, Gregorian), 2569-q3 (a quarter
of a fiscal year) and 2569 (a fiscal year, Buddhist era: October to September).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from marketplace.core import thai
from marketplace.core.errors import DomainError

FIRST_FISCAL_YEAR_BE = 2500
LAST_FISCAL_YEAR_BE = 2699
_KEY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)|-q(?P<quarter>[1-4]))?")


class InvalidPeriod(DomainError):
    """A text names no month, quarter or fiscal year that we report."""

    message = gettext_lazy("There is no such period.")


@dataclass(frozen=True)
class Period:
    """Whole months from `first` to `last`, both days of Bangkok and both included."""

    key: str
    first: date
    last: date

    @property
    def months(self) -> list[date]:
        """The first day of each of its months."""
        return list(months_between(self.first, self.last))

    @property
    def fiscal_year_be(self) -> int:
        return thai.fiscal_year_be(self.first)

    @property
    def label(self) -> str:
        """Its name in the language of the page."""
        if len(self.months) == 1:
            return month_label(self.first)
        if len(self.months) == 12:
            return _("Fiscal year %(year)s") % {"year": year_label(self.fiscal_year_be)}
        return _("Quarter %(quarter)s of fiscal year %(year)s") % {
            "quarter": thai.fiscal_quarter(self.first),
            "year": year_label(self.fiscal_year_be),
        }

    def has_ended(self, today: date) -> bool:
        return self.last < today


def month_period(day: date) -> Period:
    """The calendar month of that day."""
    return Period(f"{day:%Y-%m}", *thai.month_range(day.year, day.month))


def quarter_period(year_be: int, quarter: int) -> Period:
    return Period(f"{year_be}-q{quarter}", *thai.fiscal_quarter_range(year_be, quarter))


def year_period(year_be: int) -> Period:
    return Period(str(year_be), *thai.fiscal_year_range(year_be))


def parse_period(key: str) -> Period:
    """Read a key; raises InvalidPeriod for everything else, impossible months and far-off years."""
    found = _KEY.fullmatch(key)
    if found is None or not key.isascii():
        raise InvalidPeriod
    year, month, quarter = (int(found[part] or 0) for part in ("year", "month", "quarter"))
    if found["month"]:
        period = _month_of(year, month)
    elif FIRST_FISCAL_YEAR_BE <= year <= LAST_FISCAL_YEAR_BE:
        period = quarter_period(year, quarter) if quarter else year_period(year)
    else:
        raise InvalidPeriod
    return period


def _month_of(year: int, month: int) -> Period:
    if not (year >= 1 and 1 <= month <= 12):
        raise InvalidPeriod
    period = month_period(date(year, month, 1))
    if not FIRST_FISCAL_YEAR_BE <= period.fiscal_year_be <= LAST_FISCAL_YEAR_BE:
        raise InvalidPeriod
    return period


def months_between(first: date, last: date) -> Iterator[date]:
    """The first day of each month from that of `first` to that of `last`."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = next_month(month)


def twelve_months_to(day: date) -> list[date]:
    """The first days of the twelve months that end with the month of `day`."""
    month = day.replace(day=1)
    return [*months_between(month.replace(year=month.year - 1), month)][1:]


def next_month(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def month_label(month: date) -> str:
    """พฤษภาคม 2569, or May 2026."""
    if _in_english():
        return date_format(month, "F Y")
    return thai.thai_date(month, "long").split(maxsplit=1)[1]


def short_month_label(month: date) -> str:
    """พ.ค. 69, or May 26: for the foot of a bar."""
    if _in_english():
        return date_format(month, "M y")
    name, year = thai.thai_date(month).split()[1:]
    return f"{name} {year[2:]}"


def year_label(year_be: int) -> str:
    """2569, or in English 2569 (Oct 2025 – Sep 2026): the Thai fiscal year has no other name."""
    if not _in_english():
        return str(year_be)
    first, last = thai.fiscal_year_range(year_be)
    return f"{year_be} ({date_format(first, 'M Y')} – {date_format(last, 'M Y')})"


def _in_english() -> bool:
    return (get_language() or "th").startswith("en")
