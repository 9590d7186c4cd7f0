"""The same document gives the same bytes in every format; a format is known by its ending."""

import pytest

from marketplace.core.documents import formats
from marketplace.core.documents.errors import UnknownFormat
from tests.marketplace.core.documents.samples import (
    make_document,
    make_table,
    text_table,
    written,
)

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize("format", formats.FORMATS)
def test_the_same_document_gives_the_same_bytes(format, monkeypatch):
    one = written(make_document(make_table(), text_table("ก")), format)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)

    other = written(make_document(make_table(), text_table("ก")), format)

    assert one == other
    assert len(one) > 500


@pytest.mark.parametrize(("format", "tables", "name", "kind"), [
    ("csv", 1, "income-2569.csv", "text/csv; charset=utf-8"),
    ("csv", 2, "income-2569.zip", "application/zip"),
    ("json", 2, "income-2569.json", "application/json"),
    ("pdf", 1, "income-2569.pdf", "application/pdf"),
])  # fmt: skip
def test_names_and_types_of_files(format, tables, name, kind):
    document = make_document(*(make_table(key=f"t{number}") for number in range(tables)))

    assert formats.file_name(document, format) == name
    assert formats.content_type(document, format) == kind


@pytest.mark.parametrize("format", ["", "docx", "CSV", "zip"])
def test_another_format_is_refused_with_a_sentence(format):
    for act in (formats.file_name, formats.content_type):
        with pytest.raises(UnknownFormat) as refusal:
            act(make_document(), format)

    assert "ไฟล์" in refusal.value.message
