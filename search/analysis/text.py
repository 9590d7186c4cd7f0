"""Text as both engines see it: tidied, in lower case, cut into runs of one script."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from marketplace.core import thai

_RUNS = re.compile(r"(?P<thai>[ก-ฺเ-์ํ]+)|(?P<number>\d+(?:[.,]\d+)*)|(?P<latin>[a-z]+)")
_APOSTROPHES = re.compile("['\u2019\u02bc]")
_SILENT = str.maketrans("ๆฯ", "  ")
"""Signs that belong to no word: repeat the one before, and so on."""


class Run(NamedTuple):
    """A stretch of one script, and where it stands in the text it was found in."""

    kind: str  # "thai", "latin" or "number"
    text: str
    start: int


def clean(text: str) -> str:
    """Return text in one spelling: repaired, digits 0-9, lower case, no accents on Latin letters.

    Stable under repetition. The same function prepares what is indexed and what is asked.
    """
    tidy = thai.arabic_digits(thai.normalise(text)).translate(_SILENT)
    plain = _APOSTROPHES.sub("", tidy.casefold())
    return thai.normalise(_without_accents(plain))


def runs(text: str) -> Iterator[Run]:
    """Cut cleaned text into runs; whatever is neither Thai, Latin nor a digit parts them."""
    for found in _RUNS.finditer(text):
        yield Run(found.lastgroup or "", found.group(), found.start())


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    return "".join(
        char
        for char in unicodedata.normalize("NFD", text)
        if "\u0e00" <= char <= "\u0e7f" or not unicodedata.combining(char)
    )
