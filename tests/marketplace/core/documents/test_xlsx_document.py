"""XLSX holds text as text, figures as figures, and opens without a repair."""

import io
import tempfile
import zipfile
from datetime import datetime
from xml.etree import ElementTree

import openpyxl
import pytest

from marketplace.core.documents import xlsx_document
from marketplace.core.documents.errors import TooManyRows
from marketplace.core.documents.sheet_titles import sheet_titles
from tests.marketplace.core.documents.samples import (
    HOSTILE,
    MADE_AT,
    make_document,
    make_table,
    text_table,
    written,
)

pytestmark = pytest.mark.no_database


def workbook(document):
    return openpyxl.load_workbook(io.BytesIO(written(document, "xlsx")))


def test_figures_are_numbers_with_a_format_and_codes_are_text():
    sheet = workbook(make_document()).worksheets[0]

    cells = [(cell.value, cell.data_type, cell.number_format) for cell in sheet[2]]
    assert cells == [
        ("01050108", "s", "@"),
        ("บ้านผึ้งป่า", "s", "@"),
        (1204, "n", "#,##0"),
        (1234567.89, "n", "#,##0.00"),
        (0.123456, "n", "0.00%"),
        (datetime(2026, 11, 22), "d", "[$-107041E]d mmm yyyy"),
        (datetime(2026, 11, 1), "d", "[$-107041E]mmm yyyy"),
    ]
    assert [cell.value for cell in sheet[3]][2:5] == [-3, -0.05, -0.015]
    assert [cell.value for cell in sheet[4]] == ["7", None, None, None, None, None, None]
    assert sheet.max_row == 5


def test_header_and_total_stand_out():
    sheet = workbook(make_document()).worksheets[0]

    assert [cell.value for cell in sheet[1]][:2] == ["รหัส", "หมู่บ้าน"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
    assert (sheet["D1"].font.bold, sheet["D2"].font.bold, sheet["D5"].font.bold) == (
        True,
        False,
        True,
    )
    assert (sheet["D5"].value, sheet["D5"].border.top.style) == (1234567.84, "thin")
    widths = [sheet.column_dimensions[letter].width for letter in "ABCD"]
    assert widths == [16, 32, 13, 18]


@pytest.mark.parametrize(("changes", "formats"), [
    ({"language": "en"}, ["#,##0", "#,##0.00", "0.00%", "d mmm yyyy", "mmm yyyy"]),
    ({"thai_digits": True}, [
        "[$-D00041E]#,##0", "[$-D00041E]#,##0.00", "[$-D00041E]0.00%",
        "[$-D07041E]d mmm yyyy", "[$-D07041E]mmm yyyy",
    ]),
])  # fmt: skip
def test_the_calendar_and_digits_are_those_of_the_document(changes, formats):
    sheet = workbook(make_document(**changes)).worksheets[0]

    assert [cell.number_format for cell in sheet[2]][2:] == formats


def test_nothing_is_ever_a_formula():
    table = text_table(*HOSTILE)
    content = written(make_document(table, title="=1+1", notes=HOSTILE), "xlsx")

    sheet, about = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells[::2]] == [text.replace("\r", "\n") for text in HOSTILE]
    assert {row[0].data_type for row in about.iter_rows()} == {"s"}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            tags = {element.tag for element in ElementTree.fromstring(archive.read(name)).iter()}
            assert not any(tag.endswith("}f") for tag in tags), name


def test_each_table_has_a_sheet_and_the_last_says_what_the_file_is():
    document = make_document(
        make_table(notes=("รวมภาษีแล้ว",)),
        text_table("ก"),
        language="en",
        subtitle_lines=("ตุลาคม 2568",),
        notes=("หมายเหตุ",),
        source_lines=("บัญชี",),
    )

    book = workbook(document)

    assert book.sheetnames == ["รายหมู่บ้าน", "ข้อความ", "About this file"]
    assert [row[0].value for row in book["About this file"].iter_rows()] == [
        "รายได้หมู่บ้าน ปีงบประมาณ 2569",
        "ตุลาคม 2568",
        "Made on 22 Nov 2026 at 14:30",
        "หมายเหตุ",
        "รายหมู่บ้าน: รวมภาษีแล้ว",
        "บัญชี",
    ]
    made_at = MADE_AT.replace(microsecond=0, tzinfo=None)
    assert (book.properties.created, book.properties.modified) == (made_at, made_at)


@pytest.mark.parametrize(("titles", "cleaned"), [
    (["รายได้: [ตำบล] เมือง/ใน*?\\"], ["รายได้ ตำบล เมือง ใน"]),
    (["'quoted'", "", "History"], ["quoted", "Sheet", "History 2"]),
    (["A", "a", "A"], ["A", "a 2", "A 3"]),
    (["ก" * 40, "ก" * 40], ["ก" * 31, "ก" * 29 + " 2"]),
    # Neither a mark is left behind nor a letter without its marks.
    (["ก" * 29 + "ผึ้งป่า"], ["ก" * 29]),
    (["ก" * 28 + "ผึ้ง"], ["ก" * 28 + "ผึ้"]),
    (["😀" * 20], ["😀" * 15]),
])  # fmt: skip
def test_titles_of_sheets_follow_the_rules_of_excel(titles, cleaned):
    assert sheet_titles(titles) == cleaned


def test_more_rows_than_a_sheet_has_are_refused_and_leave_nothing_on_the_disk(
    monkeypatch, tmp_path
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(xlsx_document, "MOST_ROWS", 2)

    with pytest.raises(TooManyRows) as refusal:
        written(make_document(text_table("ก"), make_table()), "xlsx")

    assert "CSV" in refusal.value.message
    assert list(tmp_path.iterdir()) == []


def test_as_many_rows_as_a_sheet_has_are_written(monkeypatch):
    monkeypatch.setattr(xlsx_document, "MOST_ROWS", 3)

    assert workbook(make_document()).worksheets[0].max_row == 5
