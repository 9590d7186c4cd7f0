"""Thai in Latin letters, as loosely as people write it: pha mai, phamai, paa mai are all pamai.

A skeleton drops what the systems of romanisation disagree about: aspiration, length, doubled
letters, and which of two letters of one sound is used. Words whose usual Latin spelling no rule
gives (mudmee, benjarong) stand in the lexicon.
"""

import re
from functools import lru_cache

from marketplace.core.thai_romanisation import romanise

# In this order: longer spellings first.
_SOUNDS = (
    ("tch", "c"),
    ("ch", "c"),
    ("ts", "c"),
    ("sh", "c"),
    ("ph", "p"),
    ("th", "t"),
    ("dh", "t"),
    ("kh", "k"),
    ("gh", "k"),
    ("ng", "n"),
    ("eeo", "iw"),
    ("eo", "iw"),
    ("io", "iw"),
    ("oei", "ei"),
    ("oey", "ei"),
    ("uay", "uai"),
    ("ueai", "uai"),
    ("uea", "ua"),
    ("eua", "ua"),
    ("ea", "ia"),
    ("ee", "i"),
    ("oo", "u"),
    ("ou", "u"),
    ("ue", "u"),
    ("eu", "u"),
    ("ae", "e"),
    ("oe", "e"),
    ("aw", "o"),
    ("ao", "aw"),
    ("au", "aw"),
    ("ow", "aw"),
    ("ay", "ai"),
    ("ey", "ai"),
)
_LETTERS = str.maketrans(
    {**dict.fromkeys("cj", "c"), "g": "k", "q": "k", "r": "l", "b": "p", "d": "t", "v": "w"}
    | {"y": "i", "z": "s", "x": "s"}
)
_NOT_HEARD = re.compile("(?:h|(?<=[aoe])r)(?![aeiou])")  # mor hom, mah kam: no r nor h is spoken
_DOUBLED = re.compile(r"(.)\1+")


def of_latin(text: str) -> str:
    """The skeleton of Latin letters, cleaned; spaces fall away, since everybody parts syllables
    elsewhere."""
    text = _NOT_HEARD.sub("", text.replace(" ", ""))
    for spelling, sound in _SOUNDS:
        text = text.replace(spelling, sound)
    return _DOUBLED.sub(r"\1", text.translate(_LETTERS))


@lru_cache(maxsize=20_000)
def of_thai(word: str) -> str:
    """The skeleton of one cleaned Thai word."""
    return of_latin("".join(romanise(word)))
