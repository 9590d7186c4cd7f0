"""A document as XLSX: a sheet for each table, and one that says what the file is.

Figures are numbers with a format, days are days shown in the calendar of the language; text is
text and nothing is ever a formula. Pictures are left out: their figures stand in the tables.
"""

from collections.abc import Callable, Iterator
from datetime import UTC
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from marketplace.core import money
from marketplace.core.documents.about import about_lines
from marketplace.core.documents.document import Column, Document, Kind, Table, Value, plain
from marketplace.core.documents.errors import TooManyRowsForXlsx
from marketplace.core.documents.figures import pieces
from marketplace.core.documents.sheet_titles import sheet_titles
from marketplace.core.documents.steady_zip import SteadyZip

MOST_ROWS = 1_048_576 - 2
"""Rows of a sheet, but for its header and its total."""

_FONT = "Tahoma"  # every Excel has it, its Thai as large as its Latin
_HEAD, _RULE = "F3EDE2", "182850"
_WIDTHS = {Kind.TEXT: 32, Kind.CODE: 16, Kind.SATANG: 18}
_WIDTH = 13
_WIDTH_OF_WORDS = 100
_FIGURES: dict[str, Callable[[int], Decimal]] = {
    Kind.SATANG: money.to_baht,
    Kind.SHARE: lambda ppm: Decimal(f"{ppm}E-6"),
    Kind.PIECES: pieces,
}
_FORMATS = {
    Kind.TEXT: "@",
    Kind.CODE: "@",
    Kind.COUNT: "#,##0",
    Kind.SATANG: "#,##0.00",
    Kind.SHARE: "0.00%",
    Kind.PIECES: "#,##0.00",
    Kind.DAY: "d mmm yyyy",
    Kind.MONTH: "mmm yyyy",
}
_DATES = {Kind.DAY, Kind.MONTH}
# Excel's way of naming digits, calendar and language: 0D Thai, 07 Buddhist era, 041E Thai.
_THAI_CALENDAR, _THAI_DIGITS, _BOTH = "[$-107041E]", "[$-D00041E]", "[$-D07041E]"


def write(document: Document, file: BinaryIO) -> None:
    """Write the workbook; rows go to the disk one by one. Raises TooManyRowsForXlsx."""
    book = Workbook(write_only=True)
    try:
        with override(document.language):
            _add_sheets(book, document)
        with SteadyZip(file) as archive:
            # Not book.save(), which writes the present moment into the file.
            ExcelWriter(book, archive).write_data()
    except BaseException:
        _throw_away(book)
        raise


def _throw_away(book: Workbook) -> None:
    """Remove the sheets begun on the disk, which openpyxl would keep until the process ends."""
    for sheet in book.worksheets:
        if not sheet.closed:
            sheet.close()
        Path(sheet._writer.out).unlink(missing_ok=True)


def _add_sheets(book: Workbook, document: Document) -> None:
    _describe(book, document)
    titles = [plain(table.title) for table in document.tables]
    *table_titles, about = sheet_titles([*titles, _("About this file")])
    for table, title in zip(document.tables, table_titles, strict=True):
        _add_table(book, title, table, document)
    _add_words(book, about, about_lines(document))


def _describe(book: Workbook, document: Document) -> None:
    made_at = document.made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    book.properties.title = plain(document.title)
    book.properties.language = document.language
    book.properties.creator = None
    book.properties.created = book.properties.modified = made_at


def _add_table(book: Workbook, title: str, table: Table, document: Document) -> None:
    sheet = book.create_sheet(title)
    _lay_out(sheet, [_WIDTHS.get(column.kind, _WIDTH) for column in table.columns])
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.append([_header(sheet, column) for column in table.columns])
    cells = [_cell(sheet, column, document) for column in table.columns]
    for number, row in enumerate(table.checked_rows(), start=1):
        if number > MOST_ROWS:
            raise TooManyRowsForXlsx
        sheet.append(_filled(cells, table, row))
    total = table.checked_total()
    if total is not None:
        cells = [_cell(sheet, column, document, is_total=True) for column in table.columns]
        sheet.append(_filled(cells, table, total))
    sheet.close()


def _add_words(book: Workbook, title: str, lines: list[str]) -> None:
    sheet = book.create_sheet(title)
    _lay_out(sheet, [_WIDTH_OF_WORDS])
    for line in lines:
        cell = WriteOnlyCell(sheet)
        cell.font = Font(name=_FONT, size=10)
        cell.number_format = "@"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append([_text(cell, line)])
    sheet.close()


def _lay_out(sheet, widths: list[int]) -> None:
    """Widths, and a page to print on; before the first row, since rows go to the disk at once."""
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _header(sheet, column: Column) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet)
    cell.font = Font(name=_FONT, size=10, bold=True)
    cell.fill = PatternFill("solid", fgColor=_HEAD)
    cell.border = Border(bottom=Side("thin", _RULE))
    cell.alignment = Alignment(horizontal=_side(column), vertical="center", wrap_text=True)
    return _text(cell, plain(column.title))


def _cell(sheet, column: Column, document: Document, *, is_total: bool = False) -> WriteOnlyCell:
    """One for each column, filled anew for each row: making cells costs more than writing them."""
    cell = WriteOnlyCell(sheet)
    cell.font = Font(name=_FONT, size=10, bold=is_total)
    cell.number_format = _format(column, document)
    cell.alignment = Alignment(horizontal=_side(column))
    if is_total:
        cell.border = Border(top=Side("thin", _RULE))
    return cell


def _filled(cells: list[WriteOnlyCell], table: Table, row: list[Value]) -> Iterator[WriteOnlyCell]:
    for cell, column, value in zip(cells, table.columns, row, strict=True):
        if value is None or value == "":
            cell.value = None
            yield cell
        elif isinstance(value, str):
            yield _text(cell, value)
        else:
            cell.value = _FIGURES.get(column.kind, _same)(value)
            yield cell


def _text(cell: WriteOnlyCell, text: str) -> WriteOnlyCell:
    cell.value = text
    cell.data_type = "s"  # openpyxl takes =1+1 for a formula and #N/A for an error
    return cell


def _same(value: Value) -> Value:
    return value


def _side(column: Column) -> str:
    return "right" if column.kind.is_figure else "left"


def _format(column: Column, document: Document) -> str:
    """The number format, in the digits and calendar of the document."""
    plain_format = _FORMATS[column.kind]
    if column.kind.is_words:
        return plain_format
    if column.kind in _DATES and document.language == "th":
        return (_BOTH if document.thai_digits else _THAI_CALENDAR) + plain_format
    return (_THAI_DIGITS if document.thai_digits else "") + plain_format
