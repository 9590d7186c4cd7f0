"""Tables from elsewhere are read safely, and ours open in Excel."""

import io
import zipfile

import openpyxl
import pytest
from defusedxml import EntitiesForbidden

from marketplace.core.spreadsheet import (
    BadHeader,
    ExcelCode,
    Limits,
    TableTooLarge,
    UnreadableTable,
    csv_text_cell,
    read_table,
    write_csv,
)

TABLE = "ชื่อ,รหัส\r\nผ้าไหม,0105\r\n,\r\nน้ำพริก,7\r\n"
CELLS = [(2, {"ชื่อ": "ผ้าไหม", "รหัส": "0105"}), (4, {"ชื่อ": "น้ำพริก", "รหัส": "7"})]


def read(content, **limits):
    return [(row.line, row.cells) for row in read_table(io.BytesIO(content), Limits(**limits))]


def xlsx(rows):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_whatever_its_encoding_and_delimiter(encoding, delimiter):
    if encoding == "utf-16-le":
        content = b"\xff\xfe" + TABLE.replace(",", delimiter).encode(encoding)
    else:
        content = TABLE.replace(",", delimiter).encode(encoding)

    assert read(content) == CELLS


def test_xlsx_is_read_as_text_and_formulas_are_not_evaluated(tmp_path):
    path = tmp_path / "list.xlsx"
    path.write_bytes(xlsx([["ชื่อ", "จำนวน", "สูตร"], ["ผ้าไหม", 812345678.0, "=1+1"]]))

    assert [row.cells for row in read_table(path)] == [
        {"ชื่อ": "ผ้าไหม", "จำนวน": "812345678", "สูตร": ""}
    ]


def test_nul_bytes_and_short_rows_do_no_harm():
    assert read(b"a,b,c\r\n1\0,2\r\n") == [(2, {"a": "1", "b": "2", "c": ""})]


@pytest.mark.parametrize("limits", [
    {"file_bytes": 20}, {"rows": 2}, {"columns": 1}, {"cell_characters": 5},
])  # fmt: skip
def test_a_table_past_a_limit_is_refused(limits):
    with pytest.raises(TableTooLarge):
        read(TABLE.encode(), **limits)


@pytest.mark.parametrize("limits", [
    {"zip_entries": 3}, {"unpacked_bytes": 1_000}, {"unpacked_ratio": 1}, {"columns": 1},
])  # fmt: skip
def test_an_xlsx_past_a_limit_is_refused(limits):
    with pytest.raises(TableTooLarge):
        read(xlsx([["a", "b"], ["1", "2"]]), **limits)


def test_an_archive_that_unpacks_into_too_much_is_refused_unopened():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 50_000_000)

    with pytest.raises(TableTooLarge):
        read(file.getvalue())


def test_entities_in_an_xlsx_are_refused():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx([["a"], ["1"]]))) as good,
        zipfile.ZipFile(file, "w") as bad,
    ):
        for name in good.namelist():
            content = good.read(name)
            bad.writestr(name, bomb + content if name == "xl/worksheets/sheet1.xml" else content)

    with pytest.raises(UnreadableTable) as refusal:
        read(file.getvalue())

    assert isinstance(refusal.value.__cause__.__context__, EntitiesForbidden)


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"\xff\xfe\x00"])
def test_a_broken_file_is_refused_with_a_sentence(content):
    with pytest.raises(UnreadableTable) as refusal:
        read(content)

    assert "ไฟล์" in refusal.value.message


@pytest.mark.parametrize("content", [b"", b"\r\n\r\n", b"a,a\r\n1,2\r\n"])
def test_columns_need_names_of_their_own(content):
    with pytest.raises(BadHeader):
        read(content)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", " ="])
def test_no_cell_becomes_a_formula(start):
    assert csv_text_cell(f"{start}1+1") == f"'{start}1+1"


def test_plain_cells_stay_as_they_are():
    assert [csv_text_cell(cell) for cell in ("ผ้า=ไหม", 7, None)] == ["ผ้า=ไหม", "7", ""]


def test_a_written_table_opens_in_excel():
    content = b"".join(write_csv([['ผ้า"ไหม', ExcelCode("0105"), -5]], ["ชื่อ", "รหัส", "ยอด"]))

    assert content == ('\ufeff"ชื่อ","รหัส","ยอด"\r\n"ผ้า""ไหม","=""0105""","\'-5"\r\n'.encode())


def test_a_code_cannot_smuggle_a_formula():
    content = b"".join(write_csv([[ExcelCode('=1"&A1')]], ["code"]))

    assert content.endswith(b'"\'=1""&A1"\r\n')
