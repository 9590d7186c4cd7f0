"""Tables from and for other people's spreadsheets: CSV and XLSX in, CSV out.

Every cell read is text, exactly as shown: codes keep their leading zeros in CSV. A cell of an XLSX
that its author let become a number has lost them already; such numbers come back without a
trailing ".0", and the importer decides what they mean.
"""

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml import DEFUSEDXML

from marketplace.core.errors import DomainError, two_languages

if not DEFUSEDXML:  # openpyxl chooses when first imported; without it a small file can fill memory
    raise ImportError("openpyxl must read XML through defusedxml")

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Limits:
    """How large a table may be; the defaults suit a provincial office's yearly list."""

    file_bytes: int = 20_000_000
    rows: int = 200_000
    columns: int = 200
    cell_characters: int = 10_000
    zip_entries: int = 1_000
    unpacked_bytes: int = 200_000_000
    unpacked_ratio: int = 200


class UnreadableTable(DomainError):
    """A file is no table we can read."""

    message = two_languages(
        "อ่านไฟล์นี้ไม่ได้ กรุณาบันทึกเป็น CSV (UTF-8) หรือ XLSX แล้วลองใหม่",
        "This file cannot be read. Save it as CSV (UTF-8) or XLSX and try again.",
    )


class TableTooLarge(UnreadableTable):
    """A file passes one of the limits."""

    message = two_languages(
        "ไฟล์นี้ใหญ่เกินไป กรุณาแบ่งเป็นหลายไฟล์",
        "This file is too large. Split it into several files.",
    )


class BadHeader(UnreadableTable):
    """The first row does not name each column once."""

    message = two_languages(
        "แถวแรกต้องเป็นชื่อคอลัมน์ และชื่อต้องไม่ซ้ำกัน",
        "The first row must name the columns, each name once.",
    )


@dataclass(frozen=True)
class Row:
    """One row below the header: its line in the file, from 1 for the header, and its cells."""

    line: int
    cells: Mapping[str, str]


def read_table(source: Path | str | BinaryIO, limits: Limits | None = None) -> Iterator[Row]:
    """Read a CSV or XLSX row by row; rows without any text are passed over.

    Recognises XLSX, UTF-8, UTF-16 and CP874 (TIS-620) by content, not by name, and comma,
    semicolon or tab. Of an XLSX the first sheet is read; formulas give the value saved with them
    and are never evaluated. Cells lose outer spaces and NUL; missing cells are "". Raises
    UnreadableTable, TableTooLarge or BadHeader, also midway: take nothing for done before the end.
    """
    header: list[str] = []
    for line, cells in read_rows(source, limits):
        if not header:
            header = _header(cells)
        else:
            yield Row(line, _named(header, cells))
    if not header:
        raise BadHeader


def read_rows(
    source: Path | str | BinaryIO, limits: Limits | None = None
) -> Iterator[tuple[int, list[str]]]:
    """The same for a table that may have no header: (line, cells) of every row with some text."""
    limits = limits or Limits()
    content = _read_bytes(source, limits)
    is_xlsx = content.startswith(b"PK\x03\x04")
    lines = _xlsx_rows(content, limits) if is_xlsx else _csv_rows(content, limits)
    for line, values in lines:
        cells = [_tidy(value, limits) for value in values]
        if line > limits.rows + 1 or len(cells) > limits.columns and any(cells[limits.columns :]):
            raise TableTooLarge
        if any(cells):
            yield line, cells


def csv_text_cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula: ' before = + - @, tab and line breaks.

    Full-width forms and outer spaces do not hide one. A text like -5 gets its ' as well; a Decimal
    is a number and stays one, below zero too, so that a column of amounts can be added up. None
    is "".
    """
    if isinstance(value, Decimal) and value.is_finite():
        return f"{value:f}"
    text = "" if value is None else str(value)
    dangerous = text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS)
    return f"'{text}" if dangerous else text


def write_csv(rows: Iterable[Sequence[object]], header: Sequence[str]) -> Iterator[bytes]:
    """Yield a CSV line by line: UTF-8 with BOM, all quoted, CRLF, so that Excel reads the Thai.

    Join it or stream it. Every cell passes `csv_text_cell`. Quotes do not keep Excel from making
    a number of 0105 on opening: where a code must survive that, give the column as `ExcelCode`.
    """
    yield BOM_UTF8
    yield _csv_line(header)
    for row in rows:
        yield _csv_line(row)


class ExcelCode(str):
    """A code of digits that must stay text when Excel opens the CSV: written as ="0105"."""

    __slots__ = ()


class ExcelPercent(str):
    """A percentage that we wrote, with its sign: -1.5% must stay a number, which text may not."""

    __slots__ = ()


def _csv_line(row: Sequence[object]) -> bytes:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(map(_csv_cell, row))
    return line.getvalue().encode()


def _csv_cell(cell: object) -> str:
    # The one formula we write ourselves; nothing that could end its quotes gets into it.
    if isinstance(cell, ExcelCode) and re.fullmatch("[0-9A-Za-z./_-]{1,255}", cell):
        return f'="{cell}"'
    if isinstance(cell, ExcelPercent) and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?%", cell):
        return str(cell)
    return csv_text_cell(cell)


def _read_bytes(source: Path | str | BinaryIO, limits: Limits) -> bytes:
    if isinstance(source, Path | str):
        with Path(source).open("rb") as file:
            return _read_bytes(file, limits)
    content = source.read(limits.file_bytes + 1)
    if len(content) > limits.file_bytes:
        raise TableTooLarge
    return content


def _csv_rows(content: bytes, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    text = _decode(content).replace("\0", "")
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    last_line = 0
    try:
        for values in reader:
            yield last_line + 1, values
            last_line = reader.line_num
    except csv.Error as error:  # a field beyond the csv module's own limit of 131,072 characters
        raise TableTooLarge from error


def _decode(content: bytes) -> str:
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\0" in content[:4:2] and content[:4:2].strip(b"\0") == b"":
        encodings = ["utf-16-be"]
    elif content[1:4:2] == b"\0\0":
        encodings = ["utf-16-le"]
    else:
        encodings = ["utf-8-sig", "cp874"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTable


def _delimiter(text: str) -> str:
    """The candidate that occurs most often in the first line, outside quotes."""
    first_line = re.sub(r'"[^"]*"', "", text.lstrip().partition("\n")[0])
    return max(",;\t", key=first_line.count)


def _xlsx_rows(content: bytes, limits: Limits) -> Iterator[tuple[int, list[object]]]:
    _check_archive(content, limits)
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        sheet = book.worksheets[0]
        # The file states its own size; believing it would let it claim a million columns.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_col=limits.columns + 1, values_only=True)
        yield from enumerate((list(row) for row in rows), start=1)
    except _XLSX_TROUBLE as error:
        raise UnreadableTable from error


_XLSX_TROUBLE = (
    BadZipFile, DefusedXmlException, InvalidFileException, ParseError, EOFError,
    KeyError, IndexError, ValueError, TypeError, AttributeError, NotImplementedError,
)  # fmt: skip
"""What openpyxl lets through on broken files: it has no error of its own for them."""


def _check_archive(content: bytes, limits: Limits) -> None:
    """Judge an archive by its directory, before a byte of it is unpacked."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableTable from error
    unpacked = sum(entry.file_size for entry in entries)
    too_many = len(entries) > limits.zip_entries or unpacked > limits.unpacked_bytes
    if too_many or unpacked > limits.unpacked_ratio * max(len(content), 1):
        raise TableTooLarge


def _tidy(value: object, limits: Limits) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        value = value.date()
    if isinstance(value, date):
        value = value.isoformat()
    text = "" if value is None else str(value).replace("\0", "").strip()
    if len(text) > limits.cell_characters:
        raise TableTooLarge
    return text


def _header(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    named = [cell for cell in cells if cell]
    if len(set(named)) != len(named):
        raise BadHeader
    return cells


def _named(header: list[str], cells: list[str]) -> dict[str, str]:
    padded = cells + [""] * (len(header) - len(cells))
    return {name: cell for name, cell in zip(header, padded, strict=False) if name}
