"""Sarabun and Noto Serif Thai for PDFs: the faces of `core.fonts`, with two things made even.

Marks: a PDF stores a run of glyphs at one height. Where a tone mark is moved up or down by a hair
(ผึ้ง, ปั้น, สิทธิ์: three in a hundred of the letter's size), the run is torn apart, and whoever
copies, searches or listens gets ผึ้ผึ้ง. Such moves are taken out of the fonts.
Digits: Thai digits are of different widths; columns of figures need one.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from statistics import median_high

from fontTools.ttLib import TTFont

from marketplace.core.fonts import FACES

_MARK_TO_BASE, _MARK_TO_MARK, _EXTENSION = 4, 6, 9
_HAIR = 60
"""The most a mark is moved, in thousandths of the letter's size; more than that has a purpose."""

JOINED = "\N{WORD JOINER}"
"""Holds a sign to its amount at the end of a line. No font of ours has it and none needs to: it is
never drawn."""
_THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
_UNKNOWN = "?"
_KEPT = ("\n", JOINED)
_FIGURES_IN = "sarabun"  # titles have no columns of figures, and look better as they were drawn


@dataclass(frozen=True)
class Typeface:
    """The fonts as files, and what we need to know of them before text is set."""

    files: dict[str, bytes]
    widths: dict[str, float]  # of each character, in parts of the size of type

    def drawable(self, text: str) -> str:
        """Put ? for what no font of ours can draw: a PDF for the archive may not have gaps."""
        if all(char in self.widths for char in text):
            return text
        return "".join(self._drawable(char) for char in text)

    def width(self, text: str) -> float:
        """How wide a text is on one line, in parts of the size of type."""
        return sum(self.widths.get(char, 0) for char in text)

    def _drawable(self, char: str) -> str:
        if char in self.widths or char in _KEPT:
            return char
        if char.isspace():
            return " "
        # Joiners, variation selectors and accents belong to what stands before them.
        return "" if unicodedata.category(char) in ("Cf", "Mn") else _UNKNOWN


@cache
def typeface() -> Typeface:
    """Make the fonts once for each process: a second of work."""
    files, widths = {}, {}
    for face in FACES:
        font = TTFont(BytesIO(face.content()), recalcTimestamp=False)
        _level_marks(font)
        if face.name.startswith(_FIGURES_IN):
            _even_digits(font)
        file = BytesIO()
        font.save(file)
        files[f"{face.name}.ttf"] = file.getvalue()
        widths = _widths(font) | widths
    return Typeface(files, widths)


def _widths(font: TTFont) -> dict[str, float]:
    advances, size = font["hmtx"], font["head"].unitsPerEm
    return {
        chr(code): advances[glyph][0] / size
        for code, glyph in font.getBestCmap().items()
        if unicodedata.category(chr(code)) not in ("Co", "Cc", "Cf")
    }


def _level_marks(font: TTFont) -> None:
    """Put anchors that nearly meet at the same height."""
    hair = _HAIR * font["head"].unitsPerEm // 1000
    for marks, anchors in _attachments(font):
        heights: dict[int, set[int]] = {}
        for mark in marks:
            mark.MarkAnchor.YCoordinate = round(mark.MarkAnchor.YCoordinate, -1)
            heights.setdefault(mark.Class, set()).add(mark.MarkAnchor.YCoordinate)
        for mark_class, anchor in anchors:
            height = anchor.YCoordinate
            nearest = min(heights.get(mark_class, [height]), key=lambda y: abs(y - height))
            if abs(nearest - height) <= hair:
                anchor.YCoordinate = nearest


def _attachments(font: TTFont) -> Iterator[tuple]:
    """Each table of marks, with the anchors they are put on: (class of mark, anchor)."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            if table.LookupType == _EXTENSION:
                table = table.ExtSubTable
            if table.LookupType == _MARK_TO_BASE:
                rows = [record.BaseAnchor for record in table.BaseArray.BaseRecord]
                yield table.MarkArray.MarkRecord, _numbered(rows)
            elif table.LookupType == _MARK_TO_MARK:
                rows = [record.Mark2Anchor for record in table.Mark2Array.Mark2Record]
                yield table.Mark1Array.MarkRecord, _numbered(rows)


def _numbered(rows: list[list]) -> list[tuple]:
    return [(number, anchor) for row in rows for number, anchor in enumerate(row) if anchor]


def _even_digits(font: TTFont) -> None:
    """Give each Thai digit the width that is usual among them, and its place in the middle."""
    names, advances = font.getBestCmap(), font["hmtx"].metrics
    digits = [names[ord(digit)] for digit in _THAI_DIGITS]
    usual = median_high(advances[name][0] for name in digits)
    for name in digits:
        advance, left = advances[name]
        shift = (usual - advance) // 2
        font["glyf"][name].coordinates.translate((shift, 0))
        font["glyf"][name].recalcBounds(font["glyf"])
        advances[name] = (usual, left + shift)
