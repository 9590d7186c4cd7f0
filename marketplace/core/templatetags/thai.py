"""Money and days as people read them. `{% load thai %}`."""

import re
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from marketplace.core import money, thai
from marketplace.core.documents.figures import percent_words

register = template.Library()


@register.filter
def baht(amount_satang: int | None) -> str:
    """Satang as ฿1,250; empty for nothing."""
    return "" if amount_satang in (None, "") else money.format_baht(amount_satang)


@register.filter
def percent(ppm: int | None) -> str:
    """Millionths as 12.35%; empty for nothing."""
    return "" if ppm is None else percent_words(ppm)


@register.filter
def baht_decimal(amount_baht: Decimal | None) -> str:
    """Decimal baht, as Oscar keeps them, as ฿1,250; empty for nothing."""
    if amount_baht in (None, ""):
        return ""
    return money.format_baht(money.to_satang(amount_baht))


@register.filter
def thai_date(day: date | datetime | None, style: str = "short") -> str:
    """A day in the calendar of the page: 22 พ.ย. 2569 in Thai, 22 Nov 2026 in English.

    Styles: short, long, numeric. An aware instant becomes its day in Bangkok; empty for nothing.
    """
    if not day:
        return ""
    if isinstance(day, datetime):
        day = thai.bangkok_day(day)
    if not (get_language() or "th").startswith("en"):
        return thai.thai_date(day, style)
    return date_format(day, _ENGLISH_FORMATS[style])


@register.filter
def thai_run(text: str) -> str:
    """The attribute that marks a text in Thai letters on a page in English; else nothing."""
    is_foreign = (get_language() or "th").startswith("en") and _THAI_LETTER.search(text)
    return mark_safe(' lang="th"') if is_foreign else ""


@register.filter
def thai_days(first: date, last: date) -> str:
    """Two days and all between, saying what they share once: 25–29 พ.ย. 2569. Never breaks."""
    start, end = thai_date(first).split(), thai_date(last).split()
    if start == end:
        return _NO_BREAK.join(end)
    while start[-1] == end[len(start) - 1]:
        start.pop()
    dash = f"–{_JOINED}" if len(start) == 1 else f"{_NO_BREAK}–{_NO_BREAK}"
    return _NO_BREAK.join(start) + dash + _NO_BREAK.join(end)


_THAI_LETTER = re.compile("[\u0e01-\u0e5b]")
_NO_BREAK = "\N{NO-BREAK SPACE}"
_JOINED = "\N{WORD JOINER}"
_ENGLISH_FORMATS = {"short": "j M Y", "long": "j F Y", "numeric": "j/n/Y"}


@register.filter
def thai_digits(value: str | int) -> str:
    """Digits in Thai: 2569 -> ๒๕๖๙."""
    return thai.thai_digits(value)


@register.filter
def monogram(name: str | None) -> str:
    """The letter that stands for a name without a picture: its first one that is no vowel sign."""
    for char in name or "":
        if char.isalnum() and not "\u0e30" <= char <= "\u0e46":
            return char.upper()
    return ""
