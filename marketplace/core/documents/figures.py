"""Figures as people read them on paper, in the active language."""

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import get_language

from marketplace.core import money, thai
from marketplace.core.documents.document import Column, Kind, Value

_MINUS = "\N{MINUS SIGN}"
_PPM_PER_HUNDREDTH_PERCENT = 100


def shown(column: Column, value: Value) -> str:
    """A cell as text: 1,234.50 for satang, 12.35% for a share, 22 พ.ย. 2569; "" for None."""
    if value is None or isinstance(value, str):
        return value or ""
    return _SHOWN[column.kind](value)


def _baht(amount_satang: int) -> str:
    return f"{money.to_baht(amount_satang):,.2f}".replace("-", _MINUS)


def _count(number: int) -> str:
    return f"{number:,}".replace("-", _MINUS)


def pieces(ppm: int) -> Decimal:
    """Millionths of a piece as pieces: exact, without zeros at the end."""
    return Decimal(f"{ppm}E-6").normalize()


def _pieces(ppm: int) -> str:
    return f"{pieces(ppm):,f}".replace("-", _MINUS)


def percent_words(ppm: int) -> str:
    """Rounded half away from zero; a share is one part of a whole, so this is its only rounding."""
    hundredths = (2 * abs(ppm) + _PPM_PER_HUNDREDTH_PERCENT) // (2 * _PPM_PER_HUNDREDTH_PERCENT)
    sign = _MINUS if ppm < 0 < hundredths else ""
    return f"{sign}{hundredths // 100:,}.{hundredths % 100:02}%"


def day_words(day: date) -> str:
    return date_format(day, "j M Y") if is_english() else thai.thai_date(day)


def month_words(month: date) -> str:
    if is_english():
        return date_format(month, "M Y")
    return thai.thai_date(month).split(maxsplit=1)[1]


def is_english() -> bool:
    return (get_language() or "th").startswith("en")


_SHOWN = {
    Kind.COUNT: _count,
    Kind.SATANG: _baht,
    Kind.SHARE: percent_words,
    Kind.PIECES: _pieces,
    Kind.DAY: day_words,
    Kind.MONTH: month_words,
}
