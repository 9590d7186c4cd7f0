"""A document as CSV: one table is one file, several are a ZIP of files named after their keys.

The bytes are those of `core.spreadsheet.write_csv`: Excel reads the Thai, keeps the zeros of codes
and evaluates nothing. Days and months are written as people of the document's language write them.
"""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from marketplace.core import money, thai
from marketplace.core.documents.document import (
    Column,
    Document,
    Kind,
    Table,
    Value,
    in_language,
    plain,
)
from marketplace.core.documents.figures import is_english, month_words, pieces
from marketplace.core.documents.steady_zip import SteadyZip
from marketplace.core.spreadsheet import ExcelCode, ExcelPercent, write_csv


def is_zip(document: Document) -> bool:
    return len(document.tables) > 1


def lines(document: Document, table: Table | None = None) -> Iterator[bytes]:
    """Yield one table line by line, its total last; the first table unless another is named."""
    return in_language(document.language, _lines(table or document.tables[0]))


def write(document: Document, file: BinaryIO) -> None:
    """Write the CSV, or the ZIP when there are several tables; never holds a whole table."""
    if not is_zip(document):
        file.writelines(lines(document))
        return
    with SteadyZip(file) as archive:
        for table in document.tables:
            with archive.entry(f"{document.stem}-{table.key}.csv") as part:
                part.writelines(lines(document, table))


def _lines(table: Table) -> Iterator[bytes]:
    return write_csv(_rows(table), [plain(column.title) for column in table.columns])


def _rows(table: Table) -> Iterator[list[object]]:
    for row in table.checked_rows():
        yield _cells(table, row)
    total = table.checked_total()
    if total is not None:
        yield _cells(table, total)


def _cells(table: Table, row: list[Value]) -> list[object]:
    return [_cell(column, value) for column, value in zip(table.columns, row, strict=True)]


def _cell(column: Column, value: Value) -> object:
    if column.kind == Kind.CODE and value is not None:
        return ExcelCode(value)
    if value is None or isinstance(value, str):
        return value
    return _FIGURES[column.kind](value)


def _percent(ppm: int) -> ExcelPercent:
    """Exact: a part per million is the fourth decimal of a percent."""
    return ExcelPercent(f"{Decimal(f'{ppm}E-4'):f}%")


def _day(day: date) -> str:
    return f"{day:%Y-%m-%d}" if is_english() else thai.thai_date(day, "numeric")


# Decimal, since a spreadsheet may add up no other cell that begins with a minus sign.
_FIGURES: dict[str, Callable[..., object]] = {
    Kind.COUNT: Decimal,
    Kind.SATANG: money.to_baht,
    Kind.SHARE: _percent,
    Kind.PIECES: pieces,
    Kind.DAY: _day,
    Kind.MONTH: month_words,
}
