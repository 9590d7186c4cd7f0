"""Months, quarters, Thai fiscal years and any other days, as reports name them.

A period's key goes into addresses and file names: 2026-05 (a month, Gregorian), 2569-q3 (a quarter
of a fiscal year), 2569 (a fiscal year, Buddhist era: October to September) and
2026-05-03--2026-06-17 (days, Gregorian, both included).
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
LONGEST_YEARS = 10
ONE_DAY = timedelta(days=1)
_KEY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)|-q(?P<quarter>[1-4]))?")
_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)--(\d{4}-\d\d-\d\d)")
Days = tuple[date, date]


class InvalidPeriod(DomainError):
    """A text names no month, quarter or fiscal year that we report."""

    message = gettext_lazy("There is no such period.")


class PeriodBackwards(InvalidPeriod):
    """The first day comes after the last."""

    message = gettext_lazy("The first day is after the last. Change one of the two.")


class PeriodTooLong(InvalidPeriod):
    """More years than anybody reads in one report."""

    message = gettext_lazy(
        "A report covers at most ten years. Choose a later first day or an earlier last day."
    )


@dataclass(frozen=True)
class Period:
    """The days from `first` to `last`, both of Bangkok and both included."""

    key: str
    first: date
    last: date

    @property
    def months(self) -> list[date]:
        """The first day of each month of which it has a day."""
        return list(months_between(self.first, self.last))

    @property
    def whole_months(self) -> list[date]:
        """The first day of each month of which it has every day."""
        return [
            month
            for month in self.months
            if self.first <= month and thai.month_range(month.year, month.month)[1] <= self.last
        ]

    @property
    def loose_days(self) -> list[Days]:
        """What lies before and after its whole months, from and until: at most two stretches."""
        whole = self.whole_months
        if not whole:
            return [(self.first, self.last)]
        before, after = whole[0] - ONE_DAY, next_month(whole[-1])
        stretches = [(self.first, before), (after, self.last)]
        return [(first, last) for first, last in stretches if first <= last]

    @property
    def fiscal_year_be(self) -> int:
        return thai.fiscal_year_be(self.first)

    @property
    def label(self) -> str:
        """Its name in the language of the page."""
        if "--" in self.key:
            return f"{day_label(self.first)} – {day_label(self.last)}"
        if "-q" in self.key:
            return _("Quarter %(quarter)s of fiscal year %(year)s") % {
                "quarter": thai.fiscal_quarter(self.first),
                "year": year_label(self.fiscal_year_be),
            }
        if "-" in self.key:
            return month_label(self.first)
        return _("Fiscal year %(year)s") % {"year": year_label(self.fiscal_year_be)}

    def has_ended(self, today: date) -> bool:
        return self.last < today


def month_period(day: date) -> Period:
    """The calendar month of that day."""
    return Period(f"{day:%Y-%m}", *thai.month_range(day.year, day.month))


def quarter_period(year_be: int, quarter: int) -> Period:
    return Period(f"{year_be}-q{quarter}", *thai.fiscal_quarter_range(year_be, quarter))


def year_period(year_be: int) -> Period:
    return Period(str(year_be), *thai.fiscal_year_range(year_be))


def days_period(first: date, last: date) -> Period:
    """Any days; those of a month, quarter or fiscal year are that. Raises PeriodBackwards,
    PeriodTooLong and InvalidPeriod for far-off years."""
    if last < first:
        raise PeriodBackwards
    years = [thai.fiscal_year_be(day) for day in (first, last)]
    if not FIRST_FISCAL_YEAR_BE <= years[0] <= years[1] <= LAST_FISCAL_YEAR_BE:
        raise InvalidPeriod
    if last >= _years_later(first, LONGEST_YEARS):
        raise PeriodTooLong
    year, quarter = years[0], thai.fiscal_quarter(first)
    named = (month_period(first), quarter_period(year, quarter), year_period(year))
    days = Period(f"{first:%Y-%m-%d}--{last:%Y-%m-%d}", first, last)
    return next((one for one in named if (one.first, one.last) == (first, last)), days)


def so_far(period: Period, today: date) -> Period:
    """The days of a running period up to today; all of one that is over or has not begun.

    What it is held against must not have more days than it.
    """
    if not period.first <= today < period.last:
        return period
    return days_period(period.first, today)


def years_before(period: Period, years: int) -> Period:
    """The same days so many years earlier: ends of months stay such, 29 February is the 28th."""
    first, last = (_years_later(day, -years) for day in (period.first, period.last))
    if (period.last + ONE_DAY).day == 1:
        last = thai.month_range(last.year, last.month)[1]
    return days_period(first, last)


def _years_later(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year + years)


def parse_period(key: str) -> Period:
    """Read a key; raises InvalidPeriod for everything else, impossible days and far-off years."""
    if not key.isascii():
        raise InvalidPeriod
    days = _DAYS.fullmatch(key)
    if days:
        return days_period(*(_day(text) for text in days.groups()))
    found = _KEY.fullmatch(key)
    if found is None:
        raise InvalidPeriod
    year, month, quarter = (int(found[part] or 0) for part in ("year", "month", "quarter"))
    if found["month"]:
        period = _month_of(year, month)
    elif FIRST_FISCAL_YEAR_BE <= year <= LAST_FISCAL_YEAR_BE:
        period = quarter_period(year, quarter) if quarter else year_period(year)
    else:
        raise InvalidPeriod
    return period


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidPeriod from error


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


def day_label(day: date) -> str:
    """3 พ.ค. 2569, or 3 May 2026."""
    return date_format(day, "j M Y") if _in_english() else thai.thai_date(day)


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
