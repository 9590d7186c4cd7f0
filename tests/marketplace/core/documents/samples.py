"""Documents for the tests of the renderers: small, with every kind of column and awkward values."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

from marketplace.core.documents import formats
from marketplace.core.documents.document import Column, Document, Kind, Table

MADE_AT = datetime(2026, 11, 22, 7, 30, 15, 999, tzinfo=UTC)
COLUMNS = (
    Column("code", "รหัส", Kind.CODE),
    Column("village", "หมู่บ้าน", Kind.TEXT),
    Column("orders", "คำสั่งซื้อ", Kind.COUNT),
    Column("income_satang", "รายได้ (บาท)", Kind.SATANG),
    Column("share_ppm", "ส่วนแบ่ง", Kind.SHARE),
    Column("first_sale", "ขายครั้งแรก", Kind.DAY),
    Column("month", "เดือน", Kind.MONTH),
)
ROWS = (
    ("01050108", "บ้านผึ้งป่า", 1204, 123_456_789, 123_456, date(2026, 11, 22), date(2026, 11, 1)),
    ("0105", "บ้านน้ำใส", -3, -5, -15_000, date(2024, 2, 29), date(2025, 10, 1)),
    ("7", "", None, None, None, None, None),
)
TOTAL = ("", "รวม", 1201, 123_456_784, 1_000_000, None, None)
HOSTILE = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x", " =1",
    "=cmd|'/C calc'!A1", "#N/A",
)  # fmt: skip


def make_table(key="villages", title="รายหมู่บ้าน", **changes) -> Table:
    table = Table(key, title, COLUMNS, iter(ROWS), TOTAL)
    return replace(table, **changes)


def make_document(*tables: Table, **changes) -> Document:
    document = Document(
        file_name="income-2569",
        title="รายได้หมู่บ้าน ปีงบประมาณ 2569",
        tables=tables or (make_table(),),
        made_at=MADE_AT,
    )
    return replace(document, **changes)


def text_table(*texts: str, key="texts") -> Table:
    """One column of text and one of codes, both with these texts."""
    columns = (Column("text", "ข้อความ"), Column("code", "รหัส", Kind.CODE))
    return Table(key, "ข้อความ", columns, [(text, text) for text in texts])


def written(document: Document, format: str) -> bytes:
    file = io.BytesIO()
    formats.write(document, format, file)
    return file.getvalue()
