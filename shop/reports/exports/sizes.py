"""Which files are made while somebody waits, and which in the background."""

from collections.abc import Mapping

from marketplace.core.documents import pdf_content, xlsx_document
from marketplace.core.documents.formats import FORMATS

MOST_ROWS_AT_ONCE: Mapping[str, int] = {"csv": 1_000, "xlsx": 1_000, "json": 1_000, "pdf": 250}
"""Of a file that goes out at once: README.md has the measurement. Rows are counted before any is
written, so that nobody waits for a file to find out that it is long."""

MOST_ROWS: Mapping[str, int] = {"pdf": pdf_content.MOST_ROWS, "xlsx": xlsx_document.MOST_ROWS}
"""Of a file at all, in formats that end somewhere."""

COUNTED_TO = max(MOST_ROWS_AT_ONCE.values()) + 1
"""Whoever has at least so many rows has too many for every format."""


def is_large(format: str, rows: int) -> bool:
    return rows > MOST_ROWS_AT_ONCE[format]


def is_too_long(format: str, rows: int) -> bool:
    return rows > MOST_ROWS.get(format, rows)


def formats_at_once(rows: int) -> list[str]:
    return [format for format in FORMATS if not is_large(format, rows)]


def formats_in_background(rows: int) -> list[str]:
    return [one for one in FORMATS if is_large(one, rows) and not is_too_long(one, rows)]
