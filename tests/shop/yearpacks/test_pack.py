"""What a pack holds: every figure counted by hand, the same bytes again, Thai that can be read."""

import csv
import hashlib
import json
import re
import zipfile
from collections import Counter
from datetime import date
from io import BytesIO, TextIOWrapper

import openpyxl
import pypdfium2
import pytest

from marketplace.ledger.models import Event, MonthClose, Transfer
from marketplace.places.models import Province
from shop.yearpacks import files, gathering
from shop.yearpacks.making import make_files
from shop.yearpacks.scope import scope_of
from shop.yearpacks.verification import verify_pack
from tests.marketplace.ledger.recount import measures_of
from tests.marketplace.ledger.two_years import CODES, REGIONS, all_transfers
from tests.shop.workbench.groups import undone
from tests.shop.yearpacks import years
from tests.shop.yearpacks.years import PERIOD, YEAR

TABLES = {
    "country": lambda code: REGIONS[code[:2]],
    "provinces": lambda code: code[:2],
    "amphoe": lambda code: code[:4],
    "tambon": lambda code: code[:6],
    "villages": lambda code: code,
}
BAHT = ("sold_satang", "producer_discount_satang", "refunded_satang", "moved_satang")
MORE = ("platform_discount_satang", "delivery_satang", "paid_out_satang", "declared_satang")


@pytest.fixture(scope="module")
def draft(django_db_setup, django_db_blocker):
    """One for all tests here; they only look at it."""
    with django_db_blocker.unblock(), undone():
        years.make_closed_years()
        yield years.draft_of()


@pytest.fixture
def archive(db, draft):
    with files.checked(draft.sha256) as file, zipfile.ZipFile(file) as archive:
        yield archive


def manifest_of(archive):
    return json.loads(archive.read("manifest.json"))


def rows_of(archive, key):
    """Rows of a table by the keys of its columns, as they stand in its CSV."""
    [table] = [one for one in manifest_of(archive)["tables"] if one["key"] == key]
    keys = [column["key"] for column in table["columns"]]
    with archive.open(table["file"]) as file:
        _titles, *rows = csv.reader(TextIOWrapper(file, "utf-8-sig", newline=""))
    return [dict(zip(keys, row, strict=True)) for row in rows]


def satang(cell):
    whole, _dot, cents = cell.partition(".")
    return int(whole + cents)


def in_the_year(transfer):
    return PERIOD.first <= transfer.day <= PERIOD.last


def later_of_the_year():
    """Transfers after the year that are about it, found one by one in plain Python."""
    sold = {
        event.order_number
        for event in Event.objects.filter(kind="sale")
        if PERIOD.first <= event.day <= PERIOD.last
    }
    declared = {
        event.pk
        for event in Event.objects.filter(kind="declared")
        if PERIOD.first <= event.day <= PERIOD.last
    }
    return [
        one
        for one in all_transfers()
        if one.day > PERIOD.last
        and (one.event.order_number in sold or one.event.reverses_id in declared)
    ]


def recounted(transfers, area_of):
    sums = {}
    for one in transfers:
        sums.setdefault(area_of(one.village_code), Counter()).update(measures_of(one))
    return sums


def income(sums):
    return (
        sums["sold_satang"]
        - sums["producer_discount_satang"]
        - sums["refunded_satang"]
        + sums["moved_satang"]
    )


def shown(row):
    return {name: satang(row[name]) for name in (*BAHT, *MORE, "income_satang")} | {
        "sales": int(row["sales"]),
        "refunds": int(row["refunds"]),
    }


def expected(sums):
    return {name: sums[name] for name in (*BAHT, *MORE, "sales", "refunds")} | {
        "income_satang": income(sums)
    }


@pytest.mark.parametrize("key", TABLES)
def test_every_figure_of_every_area_is_what_plain_python_counts(archive, key):
    truth = recounted(filter(in_the_year, all_transfers()), TABLES[key])

    *rows, total = rows_of(archive, key)

    for row in rows:
        assert shown(row) == expected(truth.pop(row["code"].strip('="'), Counter())), row["code"]
    assert truth == {}
    whole = recounted(filter(in_the_year, all_transfers()), lambda code: "")[""]
    assert shown(total) == expected(whole)


def test_areas_that_sold_nothing_are_listed_with_zero_and_names_are_around(archive):
    regions = rows_of(archive, "country")
    village = rows_of(archive, "villages")[-2]

    assert [row["code"] for row in regions if row["sales"] == "0"] == ['="W"', '="E"', '="S"']
    assert len(rows_of(archive, "villages")) == len(CODES) + 1
    assert (village["province"], village["amphoe"], village["tambon"]) == (
        *("เชียงใหม่ / Chiang Mai", "เมืองเชียงใหม่ / Mueang Chiang Mai"),
        "สุเทพ / Suthep",
    )


def test_the_sum_is_named_in_both_languages_and_so_is_each_area_on_paper(archive):
    pdf = pypdfium2.PdfDocument(archive.read("summary.pdf"))
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())

    assert [rows_of(archive, key)[-1]["code"].strip('="') for key in TABLES] == ["รวม / Total"] * 5
    for name in ("เหนือ / North", "เชียงใหม่ / Chiang Mai", "อุบลราชธานี / Ubon Ratchathani"):
        assert name in text


def test_what_became_known_later_stands_apart_and_is_not_subtracted(archive):
    later = later_of_the_year()
    assert {one.event.kind for one in later} >= {"refund", "reclassification"}

    told = {row["code"].strip('="'): row for row in rows_of(archive, "later")}
    events = rows_of(archive, "events")

    for area_of in (lambda code: "", *TABLES.values()):
        for code, sums in recounted(later, area_of).items():
            assert satang(told[code]["income_satang"]) == income(sums)
            assert int(told[code]["refunds"]) == sums["refunds"]
    assert {row["event"].strip('="') for row in events} == {str(one.event_id) for one in later}
    changed = income(recounted(later, lambda code: "")[""])
    assert sum(satang(row["income_satang"]) for row in events) == changed


def test_the_manifest_names_every_file_its_hash_and_what_the_pack_is_tied_to(archive, draft):
    manifest = manifest_of(archive)

    hashes = {one["name"]: one["sha256"] for one in manifest["files"]}
    assert set(archive.namelist()) == {*hashes, "manifest.json"}
    assert {name: hashlib.sha256(archive.read(name)).hexdigest() for name in hashes} == hashes
    lines = [f"{hashes[name]}  {name}\n" for name in sorted(hashes) if name.startswith("tables/")]
    assert hashlib.sha256("".join(lines).encode()).hexdigest() == draft.tables_sha256
    assert [(one["month"], one["totals_hash"]) for one in manifest["ledger"]["months"]] == [
        (f"{close.month:%Y-%m}", close.totals_hash)
        for close in MonthClose.objects.filter(month__lt=date(2025, 10, 1))
    ]
    assert manifest["ledger"]["up_to_seal"] == Event.objects.count()
    assert len(manifest["ledger"]["chain_hash"]) == 64
    assert archive.namelist() == sorted(archive.namelist())
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_ledger_makes_the_same_bytes_again(draft, db, tmp_path):
    _country, _spool, written = make_files(scope_of(draft), tmp_path, lambda: None)

    assert written.sha256 == draft.sha256
    assert written.size_bytes == draft.size_bytes


def test_thai_stands_right_in_workbook_and_summary(archive, draft):
    book = openpyxl.load_workbook(BytesIO(archive.read("tables.xlsx")), read_only=True)
    code, name = next(book["หมู่บ้าน Villages"].iter_rows(min_row=2, max_col=2, values_only=True))
    pdf = pypdfium2.PdfDocument(archive.read("summary.pdf"))
    text = "".join("".join(page.get_textpage().get_text_range().split()) for page in pdf)

    assert (code, name) == ("10010101", "บ้าน 10010101")
    assert f"รายได้หมู่บ้านปีงบประมาณ{YEAR}" in text
    assert "รายได้หมู่บ้าน=ยอดขาย" in text and "Villageincome=sold" in text
    assert draft.tables_sha256 in text
    method = archive.read("method.txt").decode()
    sold = [one for one in all_transfers() if one.kind == "sale" and in_the_year(one)]
    assert f"{len(sold)} line shares sold" in method


def test_every_heading_is_one_cell_in_both_languages(archive):
    book = openpyxl.load_workbook(BytesIO(archive.read("tables.xlsx")), read_only=True)
    tables = manifest_of(archive)["tables"]

    for table, sheet in zip(tables, book.worksheets, strict=False):
        titles = [column["title"] for column in table["columns"]]
        with archive.open(table["file"]) as file:
            assert next(csv.reader(TextIOWrapper(file, "utf-8-sig", newline=""))) == titles
        assert list(next(sheet.iter_rows(max_row=1, values_only=True))) == titles
        for title in titles:
            thai, english = title.split(" / ")
            assert re.search("[\u0e00-\u0e7f]", thai) and not re.search("[\u0e00-\u0e7f]", english)
        assert len(set(titles)) == len(titles)
    assert book.sheetnames[:7] == [
        *("ประเทศ รายภาค Country by region", "จังหวัด Provinces", "อำเภอ Amphoe"),
        *("ตำบล Tambon", "หมู่บ้าน Villages", "หลังสิ้นปี After the year's end"),
        "เหตุการณ์ Events",
    ]
    assert {row["level"] for row in rows_of(archive, "later")} >= {"จังหวัด / province"}
    assert {row["kind"] for row in rows_of(archive, "events")} >= {"การคืนเงิน / refund"}
    text = " ".join(
        " ".join(page.get_textpage().get_text_range().split())
        for page in pypdfium2.PdfDocument(archive.read("summary.pdf"))
    )
    assert f"Village income of fiscal year {YEAR}" in text and "1 Oct 2024 to 30 Sep 2025" in text


def test_nothing_of_money_is_lost_between_provinces_and_transfers(archive):
    transfers = Transfer.objects.exclude(village_code="").filter(
        day__range=(PERIOD.first, PERIOD.last)
    )
    declared = sum(
        one.amount_satang if one.kind == "declared" else -one.amount_satang
        for one in transfers.filter(kind__startswith="declared")
    )

    assert satang(rows_of(archive, "provinces")[-1]["declared_satang"]) == declared
    assert Province.objects.count() == len(rows_of(archive, "provinces")) - 1


def test_a_pack_signed_with_its_sum_and_areas_named_in_thai_alone_is_whole(draft, db, monkeypatch):
    with monkeypatch.context() as once:
        once.setattr(gathering, "total_label", lambda: "รวม")
        once.setattr(gathering, "side_by_side", lambda thai, _english: thai)
        pack = years.signed(years.draft_of(YEAR + 1))
    with files.checked(pack.sha256) as file, zipfile.ZipFile(file) as archive:
        *_rows, village, total = rows_of(archive, "villages")
    assert (village["province"], total["code"].strip('="')) == ("เชียงใหม่", "รวม")

    assert list(verify_pack(pack)) == []
