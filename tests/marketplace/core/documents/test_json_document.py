"""JSON for other programs: exact, in a steady order."""

import json

import pytest

from tests.marketplace.core.documents.samples import (
    HOSTILE,
    make_document,
    make_table,
    text_table,
    written,
)

pytestmark = pytest.mark.no_database


def test_a_document_is_one_object():
    document = make_document(
        make_table(notes=("รวมภาษีแล้ว",)),
        text_table(),
        subtitle_lines=("ตุลาคม 2568",),
        notes=("หมายเหตุ",),
        source_lines=("บัญชี",),
    )

    said = json.loads(written(document, "json"))

    villages, texts = said.pop("tables").values()
    assert said == {
        "title": "รายได้หมู่บ้าน ปีงบประมาณ 2569",
        "subtitle": ["ตุลาคม 2568"],
        "language": "th",
        "made_at": "2026-11-22T07:30:15Z",
        "notes": ["หมายเหตุ"],
        "sources": ["บัญชี"],
    }
    assert (villages["title"], villages["notes"]) == ("รายหมู่บ้าน", ["รวมภาษีแล้ว"])
    assert villages["columns"][3] == {
        "key": "income_satang",
        "title": "รายได้ (บาท)",
        "kind": "satang",
    }
    assert (texts["rows"], texts["total"], texts["notes"]) == ([], None, [])


def test_amounts_are_satang_days_are_iso_and_keys_in_the_order_of_columns():
    villages = json.loads(written(make_document(), "json"))["tables"]["villages"]

    assert list(villages["rows"][0].items()) == [
        ("code", "01050108"),
        ("village", "บ้านผึ้งป่า"),
        ("orders", 1204),
        ("income_satang", 123456789),
        ("share_ppm", 123456),
        ("first_sale", "2026-11-22"),
        ("month", "2026-11"),
    ]
    assert villages["rows"][1]["income_satang"] == -5
    assert set(villages["rows"][2].values()) == {"7", "", None}
    assert (villages["total"]["village"], villages["total"]["income_satang"]) == ("รวม", 123456784)


def test_text_comes_back_as_it_was():
    texts = [*HOSTILE, '"quoted"', "back\\slash", "</script>", "two\nlines", "👩‍👩‍👧"]

    rows = json.loads(written(make_document(text_table(*texts)), "json"))["tables"]["texts"]["rows"]

    assert [row["text"] for row in rows] == texts
    assert [row["code"] for row in rows] == texts


def test_a_row_stands_on_a_line():
    lines = written(make_document(), "json").decode().splitlines()

    assert sum(line.startswith('{"code": ') for line in lines) == 3
