"""A view hands out a document with its name, its type and no more memory than it takes."""

import pytest
from django.utils.translation import get_language, override

from marketplace.core.documents import pdf_content
from marketplace.core.documents.document import Column, Kind, Table
from marketplace.core.documents.errors import TooManyRows, UnknownFormat
from marketplace.core.documents.responses import download_response
from tests.marketplace.core.documents.samples import (
    make_document,
    make_table,
    text_table,
    written,
)

pytestmark = pytest.mark.no_database

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(("format", "tables", "ending", "kind"), [
    ("csv", 1, "csv", "text/csv; charset=utf-8"), ("csv", 2, "zip", "application/zip"),
    ("xlsx", 2, "xlsx", XLSX), ("json", 2, "json", "application/json"),
    ("pdf", 1, "pdf", "application/pdf"),
])  # fmt: skip
def test_a_document_is_a_file_to_keep(format, tables, ending, kind):
    def document():
        return make_document(*[make_table(), text_table("ก")][:tables])

    response = download_response(document(), format)

    assert response.status_code == 200
    assert response["Content-Type"] == kind
    assert response["Content-Disposition"] == f'attachment; filename="income-2569.{ending}"'
    assert response.getvalue() == written(document(), format)
    response.close()


def test_a_thai_name_reaches_the_browser():
    response = download_response(make_document(file_name="รายได้\r\nx"), "csv")

    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E0%B8%A3%E0%B8%B2%E0%B8%A2%E0%B9%84%E0%B8%94%E0%B9%89-x.csv"
    )


@pytest.mark.parametrize("format", ["csv", "json"])
def test_rows_go_out_while_they_are_made_in_the_language_of_the_document(format):
    languages = []

    def rows():
        for number in range(20_000):
            languages.append(get_language())
            yield (number,)

    table = Table("t", "x", (Column("n", "n", Kind.COUNT),), rows())
    with override("en"):
        response = download_response(make_document(table), format)
        assert languages == []

        first = next(iter(response))

        assert 64 * 1024 <= len(first) < 80 * 1024
        assert 1_000 < len(languages) < 15_000
        assert (set(languages), get_language()) == ({"th"}, "en")


def test_what_cannot_be_made_is_told_before_the_answer_begins(monkeypatch):
    monkeypatch.setattr(pdf_content, "MOST_ROWS", 1)

    with pytest.raises(TooManyRows):
        download_response(make_document(), "pdf")
    with pytest.raises(UnknownFormat):
        download_response(make_document(), "docx")
