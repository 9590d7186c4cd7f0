"""Amounts as people write them: 1,500 · 2k · ห้าร้อย · พันห้า · 2 พัน · five hundred."""

import re

_DIGITS = {
    **{"หนึ่ง": 1, "เอ็ด": 1, "สอง": 2, "ยี่": 2, "สาม": 3, "สี่": 4, "ห้า": 5},
    **{"หก": 6, "เจ็ด": 7, "แปด": 8, "เก้า": 9},
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7},
    **{"eight": 8, "nine": 9, "ten": 10, "twenty": 20, "thirty": 30, "forty": 40},
    **{"fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90},
}
_UNITS = {
    **{"สิบ": 10, "ร้อย": 100, "พัน": 1_000, "หมื่น": 10_000, "แสน": 100_000, "ล้าน": 1_000_000},
    **{"hundred": 100, "thousand": 1_000, "k": 1_000, "million": 1_000_000},
}
_WORDS = "|".join(sorted((*_DIGITS, *_UNITS), key=len, reverse=True))
_LATIN = "|".join(word for word in (*_DIGITS, *_UNITS) if word.isascii())
_THAI = "|".join(
    sorted((word for word in (*_DIGITS, *_UNITS) if not word.isascii()), key=len, reverse=True)
)
_FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PART = rf"(?:{_FIGURES}|{_THAI}|(?:{_LATIN})(?![a-z]))"
AMOUNT = rf"(?:{_PART}(?:[ -]?(?:{_THAI}|(?:{_LATIN})(?![a-z])))*)"
"""A regular expression for an amount in cleaned text; `value_of` reads what it finds."""

_TOKENS = re.compile(rf"{_FIGURES}|{_WORDS}")


def value_of(text: str) -> float:
    """Read an amount that AMOUNT found. พันห้า is 1,500: a lone digit after a unit counts as the
    next smaller one, as people say it."""
    total, waiting, unit, is_word = 0.0, None, 0, False
    for token in _TOKENS.findall(text):
        if token in _UNITS:
            unit = _UNITS[token]
            total, waiting = _raised(total, waiting, unit), None
            continue
        is_word = token in _DIGITS
        number = _DIGITS[token] if is_word else float(token.replace(",", ""))
        waiting = number if waiting is None else waiting + number  # twenty five
    if waiting is None:
        return total
    if unit >= 100 and is_word and waiting < 10:
        return total + waiting * unit / 10
    return total + waiting


def _raised(total: float, waiting: float | None, unit: int) -> float:
    """Five hundred thousand: what came before a larger unit is counted in it as well."""
    if waiting is None and total and total < unit:
        return total * unit
    return total + (1 if waiting is None else waiting) * unit
