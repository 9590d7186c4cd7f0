"""The formats a document can be had in, each under the ending of its files."""

from typing import BinaryIO

from marketplace.core.documents import csv_document, json_document, pdf_document, xlsx_document
from marketplace.core.documents.document import Document
from marketplace.core.documents.errors import UnknownFormat

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WRITERS = {
    "csv": (csv_document.write, "text/csv; charset=utf-8"),
    "xlsx": (xlsx_document.write, _XLSX),
    "pdf": (pdf_document.write, "application/pdf"),
    "json": (json_document.write, "application/json"),
}
FORMATS = tuple(_WRITERS)


def write(document: Document, format: str, file: BinaryIO) -> None:
    """Write the document to a file that can seek; the same document gives the same bytes.

    Its tables are used up by it: make the document anew for another format. Raises UnknownFormat,
    TooManyRows, and what making the rows raises; what is in the file by then is no document.
    """
    _known(format)[0](document, file)


def file_name(document: Document, format: str) -> str:
    """income-2569.csv, or .zip for several tables as CSV."""
    _known(format)
    is_zip = format == "csv" and csv_document.is_zip(document)
    return f"{document.stem}.{'zip' if is_zip else format}"


def content_type(document: Document, format: str) -> str:
    if format == "csv" and csv_document.is_zip(document):
        return "application/zip"
    return _known(format)[1]


def content_type_of(format: str) -> str:
    """Of a file that is no ZIP of several tables."""
    return _known(format)[1]


def _known(format: str):
    if format not in _WRITERS:
        raise UnknownFormat
    return _WRITERS[format]
