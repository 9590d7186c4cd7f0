"""Thai text as it should be stored and sorted. Import from `marketplace.core.thai`."""

import re
import unicodedata

_TONES = "\u0e48-\u0e4b"
_BELOW_AND_ABOVE = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_LINE_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_TONE_AFTER_VOWEL = re.compile(f"([ะาำ])([{_TONES}]+)")
_SPLIT_SARA_AM = re.compile(f"\u0e4d([{_TONES}]*)า|([{_TONES}]*)\u0e4dา|าํ")
_MARKS = re.compile(f"[{_BELOW_AND_ABOVE}]{{2,}}")
_TO_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ARABIC_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")

_SWAP_LEADING_VOWEL = re.compile("([เแโใไ])([ก-ฮ])")
_SECOND_LEVEL = re.compile("[\u0e47-\u0e4e]")

SORT_KEY_MAX_LENGTH = 255
"""No key of `sort_key` is longer: the width of the column that holds it."""


def normalise(text: str, *, keep_lines: bool = False) -> str:
    """Repair and tidy text as people type or paste it; the result is stable under repetition.

    NFC (never NFKC, which breaks ำ), invisible and control characters dropped, เเ made แ, a split
    ำ joined, tone marks put behind the vowel of their consonant and doubled marks made one, every
    run of spaces one space. Line breaks count as spaces unless `keep_lines`; then at most one
    blank line stays between lines.
    """
    text = _repair(_visible(_LINE_BREAKS.sub("\n", text)))
    if not keep_lines:
        return " ".join(text.split())
    lines = "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", lines).strip()


def thai_digits(text: str | int) -> str:
    """Write the digits of a text or number in Thai: 81000 -> ๘๑๐๐๐."""
    return str(text).translate(_TO_THAI_DIGITS)


def arabic_digits(text: str) -> str:
    """Write Thai digits as 0-9 and leave everything else alone: ๘๑๐๐๐ -> 81000."""
    return text.translate(_TO_ARABIC_DIGITS)


def sort_key(name: str) -> str:
    """A text whose plain code-point order is the order of a Thai dictionary.

    Store it in a text column of SORT_KEY_MAX_LENGTH and order by that column: SQLite's default
    comparison and PostgreSQL's "C" collation both sort by code point; any other collation of
    PostgreSQL undoes the work, so declare `db_collation="C"` there. The first half has the
    consonant before its leading vowel and no tone marks, spaces or punctuation; after a space
    (lower than all that) comes the same with its marks, which decides between equals. Names
    longer than 127 characters are compared by their first 127. Latin is compared without case
    and accents, Thai digits as 0-9.
    """
    folded = arabic_digits(normalise(name)).casefold()
    letters = "".join(char for char in _without_accents(folded) if _is_sorted_by(char))
    letters = letters[: SORT_KEY_MAX_LENGTH // 2]
    second = _SWAP_LEADING_VOWEL.sub(r"\2\1", letters)
    first = _SECOND_LEVEL.sub("", second)
    return f"{first} {second}"


def _visible(text: str) -> str:
    # Cc controls, Cf zero-width, direction marks, soft hyphen and BOM, Cs halves of a pair.
    return "".join(
        " " if char == "\t" else char
        for char in text
        if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs")
    )


def _repair(text: str) -> str:
    """Apply the repairs until nothing changes: one may uncover work for another."""
    while True:
        repaired = unicodedata.normalize("NFC", text).replace("เเ", "แ")
        repaired = _TONE_AFTER_VOWEL.sub(r"\2\1", repaired)
        repaired = _SPLIT_SARA_AM.sub(lambda found: f"{found[1] or found[2] or ''}ำ", repaired)
        repaired = _MARKS.sub(_order_marks, repaired)
        if repaired == text:
            return text
        text = repaired


def _order_marks(found: re.Match) -> str:
    """Vowels first, then tones, then the rest, each mark once."""
    marks = sorted(dict.fromkeys(found[0]), key=_rank_of_mark)
    return "".join(marks)


def _rank_of_mark(mark: str) -> int:
    if "\u0e48" <= mark <= "\u0e4b":
        return 1
    return 2 if mark in "\u0e4c\u0e4e" else 0


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(
        char
        for char in decomposed
        if "\u0e00" <= char <= "\u0e7f" or unicodedata.category(char) != "Mn"
    )


def _is_sorted_by(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNM"
