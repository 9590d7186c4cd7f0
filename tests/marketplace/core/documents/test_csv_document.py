"""CSV opens in Excel in Thai, keeps codes, adds up, and evaluates nothing."""

import csv
import io
import zipfile

import pytest

from marketplace.core.documents.document import Column, Kind, Table
from tests.marketplace.core.documents.samples import (
    HOSTILE,
    make_document,
    make_table,
    text_table,
    written,
)

pytestmark = pytest.mark.no_database


def test_a_table_is_one_file_to_the_byte():
    content = written(make_document(), "csv")

    assert (
        content
        == (
            '\ufeff"รหัส","หมู่บ้าน","คำสั่งซื้อ","รายได้ (บาท)","ส่วนแบ่ง","ขายครั้งแรก","เดือน"\r\n'
            '"=""01050108""","บ้านผึ้งป่า","1204","1234567.89","12.3456%","22/11/2569","พ.ย. 2569"\r\n'
            '"=""0105""","บ้านน้ำใส","-3","-0.05","-1.5000%","29/2/2567","ต.ค. 2568"\r\n'
            '"=""7""","","","","","",""\r\n'
            '"","รวม","1201","1234567.84","100.0000%","",""\r\n'
        ).encode()
    )


def test_in_english_days_are_of_the_common_era():
    row = written(make_document(language="en"), "csv").decode().splitlines()[1]

    assert row.endswith('"2026-11-22","Nov 2026"')


def test_no_cell_becomes_a_formula_and_none_is_lost():
    content = written(make_document(text_table(*HOSTILE)), "csv")

    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1:]
    assert [row[0] for row in rows] == [f"'{text}" for text in HOSTILE[:-1]] + ["#N/A"]
    assert [row[1] for row in rows] == [row[0].replace("'-1", '="-1"') for row in rows]


def test_a_title_cannot_be_a_formula_either():
    table = Table("t", "x", (Column("a", "=1+1"),), [])

    assert written(make_document(table), "csv") == '\ufeff"\'=1+1"\r\n'.encode()


def test_codes_of_letters_and_strokes_stay_text():
    table = text_table("OT-2026/11", "12.50", "รหัส 5", '1"&A1&"', "1" * 256)

    rows = csv.reader(io.StringIO(written(make_document(table), "csv").decode("utf-8-sig")))

    codes = [row[1] for row in rows][1:]
    assert codes == ['="OT-2026/11"', '="12.50"', "รหัส 5", '1"&A1&"', "1" * 256]


def test_several_tables_are_a_zip_of_files():
    document = make_document(make_table(), text_table("ก"), file_name="รายได้")

    with zipfile.ZipFile(io.BytesIO(written(document, "csv"))) as archive:
        assert archive.namelist() == ["รายได้-villages.csv", "รายได้-texts.csv"]
        assert archive.read("รายได้-villages.csv") == written(make_document(), "csv")
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_total_is_asked_for_after_the_last_row():
    counted = []
    rows = (counted.append(number) or (number,) for number in range(3))
    columns = (Column("n", "n", Kind.COUNT),)
    table = Table("t", "x", columns, rows, total=lambda: (sum(counted),))

    assert written(make_document(table), "csv").endswith(b'"2"\r\n"3"\r\n')
