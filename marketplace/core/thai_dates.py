"""Days of the Buddhist calendar, months and fiscal years. Import from `marketplace.core.thai`.

Dates are Gregorian, of Asia/Bangkok, everywhere but in the texts written and read here.
"""

import re
from calendar import monthrange
from datetime import UTC, date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from marketplace.core.errors import DomainError, two_languages
from marketplace.core.thai_text import arabic_digits, normalise, thai_digits

BANGKOK = ZoneInfo("Asia/Bangkok")

MONTHS_LONG = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]
MONTHS_SHORT = [
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
]
_MONTHS_ENGLISH = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]

_BUDDHIST_YEARS_AHEAD = 543
_FIRST_BUDDHIST_YEAR = 2400
_FIRST_YEAR = 1800
_FISCAL_YEAR_STARTS = 10

_ERA = re.compile(r"([พค])\.? ?ศ\.? ?(?=\d)")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2}) ?[-/.] ?(?P<month>\d{1,2}) ?[-/.] ?(?P<era>พศ|คศ)?(?P<year>\d+)"
)
_WITH_NAME = re.compile(
    r"(?:วัน[ก-๎]*)?(?P<day>\d{1,2})(?:เดือน)?(?P<month>[ก-๎]+?|[a-z]+)"
    r"(?:ปี)?(?P<era>พศ|คศ)?(?P<year>\d+)"
)


class InvalidThaiDate(DomainError):
    """A text is not a day that exists in the calendar."""

    message = two_languages(
        "วันที่ไม่ถูกต้อง กรุณาระบุเช่น 22/11/2569 หรือ 22 พ.ย. 2569",
        "This is not a date. Write it like 22/11/2569, 22/11/2026 or 22 Nov 2026.",
    )


class TwoDigitYear(InvalidThaiDate):
    """A year of two digits may be of either era and of any century."""

    message = two_languages(
        "กรุณาระบุปีให้ครบสี่หลัก เช่น 2569",
        "Write the year with four digits, such as 2569 or 2026.",
    )


def today() -> date:
    """The day it is in Thailand now."""
    return bangkok_day(datetime.now(UTC))


def bangkok_day(instant: datetime) -> date:
    """The day in Thailand at an aware instant; raises ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("bangkok_day needs an aware instant")
    return instant.astimezone(BANGKOK).date()


def buddhist_year(day: date) -> int:
    """The year of the Buddhist era (since 1941, when the year came to begin in January)."""
    return day.year + _BUDDHIST_YEARS_AHEAD


def common_year(year_be: int) -> int:
    """The year of the common era for a whole year of the Buddhist era, e.g. of an award."""
    return year_be - _BUDDHIST_YEARS_AHEAD


def thai_date(
    day: date,
    style: Literal["short", "long", "numeric"] = "short",
    digits: Literal["thai", "arabic"] = "arabic",
) -> str:
    """Write a day for Thai readers: 22 พ.ย. 2569, 22 พฤศจิกายน 2569 or 22/11/2569.

    An aware instant is written as its day in Thailand. Raises ValueError for another style.
    """
    if isinstance(day, datetime):
        day = bangkok_day(day)
    year = buddhist_year(day)
    if style == "numeric":
        text = f"{day.day}/{day.month}/{year}"
    elif style in ("short", "long"):
        names = MONTHS_SHORT if style == "short" else MONTHS_LONG
        text = f"{day.day} {names[day.month - 1]} {year}"
    else:
        raise ValueError(f"unknown style of date: {style}")
    return thai_digits(text) if digits == "thai" else text


def parse_date(text: str) -> date:
    """Read a day of either era: 22/11/2569, 22-11-2026, 2026-11-22, 22 พ.ย. 2569, ๒๒ พฤศจิกายน ๒๕๖๙.

    A year from 2400 on is Buddhist unless ค.ศ. stands before it. Raises TwoDigitYear, and
    InvalidThaiDate for all else that is no day since 1800, 29 February of common years included.
    """
    tidy = arabic_digits(normalise(text)).lower()
    tidy = _ERA.sub(r"\1ศ", tidy)
    found = _YEAR_FIRST.fullmatch(tidy) or _DAY_FIRST.fullmatch(tidy)
    found = found or _WITH_NAME.fullmatch(re.sub(r"[\s.,]", "", tidy))
    if found is None:
        raise InvalidThaiDate
    parts = found.groupdict()
    year = _gregorian_year(parts["year"], parts.get("era"))
    try:
        return date(year, _month_number(parts["month"]), int(parts["day"]))
    except ValueError as error:
        raise InvalidThaiDate from error


def month_range(year: int, month: int) -> tuple[date, date]:
    """First and last day of a Gregorian month, both included."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def fiscal_year_be(day: date) -> int:
    """The Thai fiscal year, Buddhist era: it begins on 1 October and is named after its end."""
    return buddhist_year(day) + (day.month >= _FISCAL_YEAR_STARTS)


def fiscal_quarter(day: date) -> int:
    """The quarter, 1 to 4, of the fiscal year; October to December is the first."""
    return (day.month - _FISCAL_YEAR_STARTS) % 12 // 3 + 1


def fiscal_year_range(be: int) -> tuple[date, date]:
    """First and last day, both included: 2569 -> 1 Oct 2025 to 30 Sep 2026."""
    return fiscal_quarter_range(be, 1)[0], fiscal_quarter_range(be, 4)[1]


def fiscal_quarter_range(be: int, quarter: int) -> tuple[date, date]:
    """First and last day, both included, of a quarter 1 to 4; ValueError for another."""
    if quarter not in (1, 2, 3, 4):
        raise ValueError(f"a fiscal year has four quarters, not {quarter}")
    year = be - _BUDDHIST_YEARS_AHEAD - (quarter == 1)
    first_month = (_FISCAL_YEAR_STARTS, 1, 4, 7)[quarter - 1]
    return date(year, first_month, 1), month_range(year, first_month + 2)[1]


def _gregorian_year(digits: str, era: str | None) -> int:
    year = int(digits)
    if len(digits) <= 2:
        raise TwoDigitYear
    if era == "พศ" or (era is None and year >= _FIRST_BUDDHIST_YEAR):
        year -= _BUDDHIST_YEARS_AHEAD
    if len(digits) != 4 or year < _FIRST_YEAR:
        raise InvalidThaiDate
    return year


def _month_number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    number = _MONTH_NUMBERS.get(text)
    if number is None:
        raise InvalidThaiDate
    return number


def _names_of_months() -> dict[str, int]:
    numbers = {}
    for number, names in enumerate(
        zip(MONTHS_LONG, MONTHS_SHORT, _MONTHS_ENGLISH, strict=True), start=1
    ):
        long, short, english = names
        bare = long.removesuffix("าคม").removesuffix("ายน")
        for name in (long, short.replace(".", ""), bare, english, english[:3]):
            numbers[name] = number
    return numbers | {"sept": 9}


_MONTH_NUMBERS = _names_of_months()
