"""Documents as answers of views."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from marketplace.core.documents import csv_document, json_document
from marketplace.core.documents.document import Document
from marketplace.core.documents.formats import content_type, file_name, write

_BLOCK_BYTES = 64 * 1024


def download_response(document: Document, format: str) -> HttpResponseBase:
    """Answer with the document as a file to keep.

    CSV and JSON go out while their rows are made, so an error after the first row breaks the
    download off. The others are made whole first, on the disk: raises what
    `formats.write` raises. Rows are made in the document's language, whatever that of the page.
    """
    name, kind = file_name(document, format), content_type(document, format)
    if format == "json":
        response = StreamingHttpResponse(_blocks(json_document.lines(document)), kind)
    elif format == "csv" and not csv_document.is_zip(document):
        response = StreamingHttpResponse(_blocks(csv_document.lines(document)), kind)
    else:
        response = FileResponse(_made(document, format), content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _made(document: Document, format: str) -> IO[bytes]:
    with ExitStack() as kept_open:
        file = kept_open.enter_context(TemporaryFile())
        write(document, format, file)
        file.seek(0)
        kept_open.pop_all()  # the response closes it
        return file


def _blocks(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines in blocks: a system call for each row would take longer than making it."""
    block = bytearray()
    for line in lines:
        block += line
        if len(block) >= _BLOCK_BYTES:
            yield bytes(block)
            block.clear()
    yield bytes(block)
