"""The files that lists come in: encodings, workbooks, hostile text, and what is no list at all."""

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from oscar.apps.catalogue.models import Product

from marketplace.core.spreadsheet import UnreadableTable
from marketplace.provenance.imports.layouts import UnknownLayout
from marketplace.provenance.models import ImportBatch, ImportRow
from tests.marketplace.provenance.lists import (
    HEADINGS,
    OURS,
    counts,
    government,
    import_ours,
    ours,
    run,
    staged,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_a_csv_is_read_in_every_encoding_that_offices_use(write, encoding):
    assert counts(import_ours(write, ours(), encoding=encoding)) == (1, 0, 0, 0, 0)
    assert Product.objects.get().title == "ผ้าไหม"


def test_an_xlsx_is_read_with_numbers_as_numbers(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(OURS)
    row = ours(price_baht=250, stock=3)
    row[OURS.index("village_code")] = 50010811
    book.active.append(row)
    book.save(tmp_path / "list.xlsx")

    assert counts(run(tmp_path / "list.xlsx")) == (1, 0, 0, 0, 0)
    assert str(Product.objects.get().stockrecords.get().price) == "250.00"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"\xff\xfe\x00\xd8\x00\x00", UnreadableTable),
        (b"PK\x03\x04 not a workbook", UnreadableTable),
        (b"a,b\n1,2\n", UnknownLayout),
        (b"", UnreadableTable),
        (b"title_th,province\n" + b"x" * 20_000 + b",y\n", UnreadableTable),
    ],
)
def test_a_file_that_is_no_list_is_refused_whole(tmp_path, content, error):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)

    with pytest.raises(error):
        run(path)
    with pytest.raises(CommandError):
        call_command("import_products", path)

    assert not ImportBatch.objects.exists() and not ImportRow.objects.exists()


def test_markup_and_nul_are_stored_as_text(write):
    run(write([HEADINGS, government("ข้าว\0แต๋น<img src=x onerror=alert(1)>")]))

    assert Product.objects.get().title == "ข้าวแต๋น<img src=x onerror=alert(1)>"
    assert Product.objects.get().slug.isascii()
    assert "\0" not in str(staged()[0].raw)


def test_the_command_reports_counts_that_add_up(write, capsys):
    path = write([HEADINGS, government("ข้าวแต๋น"), government("นางสมศรี")])

    call_command("import_products", path, source="test", otop_type="food")

    assert (
        "read 2 = ok 1 + warning 0 + review 0 + rejected 1 + already 0" in capsys.readouterr().out
    )
