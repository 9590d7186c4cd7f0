"""Titles of sheets as Excel accepts them: anything else makes it "repair" the file."""

import re
import unicodedata
from collections.abc import Iterable

_LONGEST = 31  # UTF-16 units
_REFUSED = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_RESERVED = "history"  # Excel keeps it for itself, in any case
_UNNAMED = "Sheet"


def sheet_titles(titles: Iterable[str]) -> list[str]:
    """Clean each title and tell equal ones apart with a number; upper and lower case are equal."""
    taken = {_RESERVED}
    cleaned = []
    for title in titles:
        free = _free(_clean(title), taken)
        taken.add(free.casefold())
        cleaned.append(free)
    return cleaned


def _clean(title: str) -> str:
    return " ".join(_REFUSED.sub(" ", title).split()).strip("' ") or _UNNAMED


def _free(title: str, taken: set[str]) -> str:
    candidate, number = _cut(title, _LONGEST), 1
    while candidate.casefold() in taken:
        number += 1
        ending = f" {number}"
        candidate = _cut(title, _LONGEST - len(ending)) + ending
    return candidate


def _cut(title: str, units: int) -> str:
    """Shorten, but never between a letter and the marks above and below it."""
    removed = ""
    while _units(title) > units or _is_mark(removed):
        title, removed = title[:-1], title[-1]
    return title.rstrip("' ")


def _is_mark(char: str) -> bool:
    return char != "" and unicodedata.category(char) == "Mn"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
