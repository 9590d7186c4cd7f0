"""What `report.typ` sets: every word and figure of a document as text that our fonts can draw."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from marketplace.core import thai
from marketplace.core.documents import pdf_layout
from marketplace.core.documents.about import made_at_words
from marketplace.core.documents.document import Column, Document, Kind, Picture, Table, Value, plain
from marketplace.core.documents.errors import TooManyRowsForPdf
from marketplace.core.documents.figures import shown
from marketplace.core.documents.typeface import JOINED, Typeface

MOST_ROWS = 5_000
"""Of all tables together; the sentence of TooManyRowsForPdf names the number."""

_SELVEDGE = Path(__file__).parents[2] / "static" / "img" / "selvedge.svg"
_UNKNOWN = "\N{EN DASH}"  # in place of a figure that is not known or not shown
_LONG_WORD = re.compile("[!-~]{34}(?=[!-~])")  # wider than a column may ask to be
_BREAK = "\N{ZERO WIDTH SPACE}"


@dataclass(frozen=True)
class _Pen:
    """Writes for one document."""

    face: Typeface
    has_thai_digits: bool

    def as_given(self, text: object) -> str:
        """Names, codes and sources: never in other digits than they came in."""
        return self.face.drawable(plain(text))

    def ours(self, text: object) -> str:
        """Titles, notes and figures."""
        written = self.as_given(text)
        return thai.thai_digits(written) if self.has_thai_digits else written

    def name(self, text: object) -> str:
        """A cell as given, which may be broken where it would run into the next column."""
        return _LONG_WORD.sub(lambda found: found[0] + _BREAK, self.as_given(text))


def content(document: Document, face: Typeface) -> dict:
    """Everything to set, in the active language. Raises TooManyRowsForPdf."""
    pen = _Pen(face, document.thai_digits)
    grids = list(_grids(document, pen))
    lying = pdf_layout.is_lying([grid.asks for grid in grids])
    return {
        "language": document.language,
        "lying": lying,
        "side_points": pdf_layout.SIDE_POINTS,
        "cell_points": pdf_layout.CELL_POINTS,
        "thai_digits": document.thai_digits,
        "selvedge": _SELVEDGE.read_text(encoding="utf-8"),
        "title": pen.ours(document.title),
        "subtitle_lines": [pen.ours(line) for line in document.subtitle_lines],
        "made_at": pen.ours(made_at_words(document)),
        "pictures": [_picture(picture, pen) for picture in document.pictures],
        "tables": [part for grid in grids for part in grid.laid_out(pen, lying=lying)],
        "notes": [pen.ours(note) for note in document.notes],
        "source_lines": [pen.as_given(line) for line in document.source_lines],
        "words": {
            "notes": _("Notes"),
            "sources": _("Sources"),
            "page": _("Page {page} of {pages}"),
        },
    }


@dataclass(frozen=True)
class _Grid:
    """A table as text."""

    table: Table
    titles: list[str]
    rows: list[list[str]]
    total: list[str] | None
    notes: list[str]
    title: str
    asks: list[pdf_layout.Ask]

    def laid_out(self, pen: _Pen, *, lying: bool) -> list[dict]:
        """The table, in several parts where it is too wide for the page."""
        kinds = [column.kind for column in self.table.columns]
        leads = next((n for n, kind in enumerate(kinds) if kind.is_figure), len(kinds))
        parts = pdf_layout.parts(self.asks, leads, lying=lying)
        laid_out = [self._part(columns, lying=lying) for columns in parts]
        for number, part in enumerate(laid_out, start=1):
            if len(parts) > 1:
                part["title"] = pen.ours(f"{self.table.title} ({number}/{len(parts)})")
            part["notes"] = self.notes if number == len(parts) else []
        return laid_out

    def _part(self, columns: list[int], *, lying: bool) -> dict:
        """Of these columns."""
        layout = pdf_layout.lay_out([self.asks[n] for n in columns], lying=lying)
        widths = zip(columns, layout.widths, strict=True)
        return {
            "title": self.title,
            "size_points": layout.size_points,
            "columns": [
                {
                    "title": self.titles[n],
                    "width": width,
                    "is_figure": self.table.columns[n].kind.is_figure,
                }
                for n, width in widths
            ],
            "rows": [[row[n] for n in columns] for row in self.rows],
            "total": self.total and [self.total[n] for n in columns],
        }


def _grids(document: Document, pen: _Pen) -> Iterator[_Grid]:
    room = MOST_ROWS
    for table in document.tables:
        rows = list(islice(table.checked_rows(), room + 1))
        room -= len(rows)
        if room < 0:
            raise TooManyRowsForPdf
        yield _grid(table, rows, pen)


def _grid(table: Table, values: list[list[Value]], pen: _Pen) -> _Grid:
    titles = [pen.ours(column.title) for column in table.columns]
    rows = [[_cell(c, v, pen) for c, v in zip(table.columns, row, strict=True)] for row in values]
    total = table.checked_total()
    if total is not None:
        total = [_total_cell(c, v, pen) for c, v in zip(table.columns, total, strict=True)]
    asks = [
        pdf_layout.ask(
            titles[number],
            [row[number] for row in (*rows, total) if row],
            pen.face,
            is_text=column.kind == Kind.TEXT,
        )
        for number, column in enumerate(table.columns)
    ]
    notes = [pen.ours(note) for note in table.notes]
    return _Grid(table, titles, rows, total, notes, pen.ours(table.title), asks)


def _cell(column: Column, value: Value, pen: _Pen) -> str:
    if column.kind.is_words:
        return pen.name(value or "")
    return _UNKNOWN if value is None else pen.ours(shown(column, value))


def _total_cell(column: Column, value: Value, pen: _Pen) -> str:
    text = shown(column, value)
    return pen.as_given(text) if column.kind == Kind.CODE else pen.ours(text)


def _picture(picture: Picture, pen: _Pen) -> dict:
    return {
        # Nothing in a picture is broken into lines, and a drawing shows what no font has as a box.
        "svg": pen.face.drawable(picture.svg.replace(JOINED, "")),
        "title": pen.ours(picture.title),
        "description": pen.ours(picture.description),
    }
