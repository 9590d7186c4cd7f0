"""The signed pack of the year and its amendments have the figures of the books, table by table."""

import csv
import hashlib
import io
import json
import zipfile
from collections import Counter
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from shop.yearpacks.models import YearPack
from shop.yearpacks.verification import verify_pack
from tests.shop.reports.year import notes
from tests.shop.reports.year.afterwards import happened_on, income, net, news_of, sums_by
from tests.shop.reports.year.asked import DIGITS, Asked
from tests.shop.reports.year.cast import MAE, PUI, REGIONS, REGISTER
from tests.shop.reports.year.test_every_report import MONEY, YEAR, places

TABLES = {
    "country": "region",
    "provinces": "province",
    "amphoe": "amphoe",
    "tambon": "tambon",
    "villages": "village",
}
"""Of the pack: key -> level of its rows."""
COUNTED = (*MONEY, "sales", "refunds", "units_ppm")
LATER = tuple(name for name in COUNTED if name != "paid_out_satang")
MADE = 3  # the pack and two amendments


@pytest.fixture
def archives(year, finance):
    """Of each signed ZIP, as finance downloads it, what is in it."""
    found = []
    for pack in YearPack.objects.order_by("number"):
        content = finance.get(reverse("year-pack-file", args=[pack.pk])).getvalue()
        assert hashlib.sha256(content).hexdigest() == pack.sha256
        found.append(zipfile.ZipFile(io.BytesIO(content)))
    assert len(found) == MADE
    return found


def table_of(archive, key) -> list[dict]:
    """Rows of a table by the keys of its columns, every figure a whole number."""
    table = next(one for one in manifest_of(archive)["tables"] if one["key"] == key)
    text = archive.read(table["file"]).decode("utf-8-sig")
    _titles, *rows = csv.reader(io.StringIO(text, newline=""))
    return [
        {column["key"]: value(column, cell) for column, cell in zip(columns, row, strict=True)}
        for columns, row in ((table["columns"], row) for row in rows)
    ]


def manifest_of(archive) -> dict:
    return json.loads(archive.read("manifest.json"))


def value(column: dict, cell: object):
    """What a cell of a CSV or a workbook says."""
    times = {"satang": 100, "pieces": 1_000_000, "count": 1}.get(column["kind"])
    if times:
        return None if cell in ("", None) else int(round(Decimal(str(cell)) * times, 6))
    return str("" if cell is None else cell).removeprefix('="').removesuffix('"')


def areas_around(fact) -> list[str]:
    """The country, and every area down to the village."""
    village = fact.village
    return ["", REGIONS[village[:2]], *(village[:digits] for digits in (2, 4, 6, 8))]


def shown(row: dict, names=COUNTED) -> dict:
    return {name: row[name] for name in (*names, "income_satang", "net_satang")}


def wanted(sums: Counter, names=COUNTED) -> dict:
    found = {name: sums[name] for name in names}
    return found | {"income_satang": income(sums), "net_satang": net(sums)}


@pytest.mark.parametrize("key", TABLES)
def test_every_area_of_the_pack_is_that_of_the_books(year, archives, key):
    asked = Asked("", YEAR, TABLES[key])
    books = year.answers.rows(asked, YEAR)
    selling = [len(year.answers.selling(asked, code)) for code in books]

    *rows, total = table_of(archives[0], key)

    by_code = {row["code"]: row for row in rows}
    assert len(by_code) == len(rows) and by_code.keys() >= places(asked) | books.keys()
    for code, row in by_code.items():
        sums = books[code].measures if code in books else Counter()
        assert shown(row) == wanted(sums), code
        assert row["orders"] == sums["orders"], code
    assert shown(total) == wanted(year.answers.total(asked, YEAR).measures)
    assert total["orders"] == year.answers.total(asked, YEAR).measures["orders"]
    if key != "villages":
        for code, row in by_code.items():
            there = len([*year.answers.villages(asked, code)])
            assert row["villages"] == there, code
        assert sum(row["villages_selling"] for row in rows) == sum(selling) == len(REGISTER) - 1
    assert income(Counter(total)) > 1_000_000


def test_places_have_the_names_of_the_years_last_day(archives):
    villages = {row["code"]: row for row in table_of(archives[0], "villages")}

    assert (villages[PUI]["name_th"], villages[MAE]["name_th"]) == ("บ้านม้งดอยปุย", "บ้านแม่สา")
    assert (villages[PUI]["province"], villages[PUI]["tambon"]) == (
        "เชียงใหม่ / Chiang Mai",
        "สุเทพใหม่",  # nobody wrote down an English name for it
    )


def test_closed_months_have_the_income_of_the_books(year, archives):
    for archive in archives:
        months = manifest_of(archive)["ledger"]["months"]
        shown = [row["income_satang"] for row in table_of(archive, "months")]

        assert shown == [one["income_satang"] for one in months]
        assert len(shown) == 12
        by_month = Counter()
        for fact in year.answers.told(Asked("", YEAR), YEAR):
            by_month[f"{fact.day:%Y-%m}"] += fact.income
        assert {one["month"]: one["income_satang"] for one in months} == by_month


def test_what_came_after_the_years_end_stands_apart_for_every_area(year, archives):
    news = news_of(YEAR, year.books, 0)
    books = sums_by(news, areas_around)

    rows = {row["code"]: row for row in table_of(archives[0], "later")}

    assert {code: shown(row, LATER) for code, row in rows.items()} == {
        code: wanted(sums, LATER) for code, sums in books.items()
    }


def test_amendments_tell_what_was_signed_what_is_now_and_the_difference(year, archives):
    counted = sums_by(year.answers.told(Asked("", YEAR), YEAR), areas_around)
    signed = sums_by(news_of(YEAR, year.books, 0), areas_around)

    for number in (1, 2):
        since = sums_by(news_of(YEAR, year.books, number), areas_around)
        rows = {row["code"]: row for row in table_of(archives[number], "differences")}
        expected = {
            code: differences(*(part.get(code, Counter()) for part in (counted, signed, since)))
            for code in since
        }
        expected = {code: row for code, row in expected.items() if has_difference(row)}
        assert {
            code: {name: row[name] for name in row if name.endswith("_satang")}
            for code, row in rows.items()
        } == expected
        assert "" in expected and len(expected) >= len(DIGITS)
        for code, sums in since.items():
            signed.setdefault(code, Counter()).update(sums)


def differences(counted: Counter, signed: Counter, since: Counter) -> dict[str, int]:
    found = {"counted_satang": income(counted)}
    measured = {"income": income, "net": net, "declared": lambda sums: sums["declared_satang"]}
    for name, of in measured.items():
        before = of(counted) + of(signed)
        found |= {
            f"{name}_signed_satang": before,
            f"{name}_now_satang": before + of(since),
            f"{name}_difference_satang": of(since),
        }
    return found


def has_difference(row: dict[str, int]) -> bool:
    return any(satang for name, satang in row.items() if "_difference_" in name)


def test_news_of_every_kind_came_after_the_years_end(year):
    """Else the proof would prove less than it says."""
    known = [{type(fact.told) for fact in news_of(YEAR, year.books, n)} for n in range(MADE)]

    assert notes.GivenBack in known[0]
    assert known[1] == {notes.Sold, notes.FeeKept, notes.Moved}
    assert known[2] == {notes.GivenBack, notes.TakenBack}


@pytest.mark.parametrize("number", range(MADE))
def test_each_event_behind_them_is_one_that_was_told(year, archives, number):
    news = news_of(YEAR, year.books, number)
    acts = {id(fact.told): fact for fact in news}
    books = sums_by(news, lambda fact: [(id(fact.told), fact.village)]).items()

    rows = table_of(archives[number], "events")

    names = [name for name in LATER if name in MONEY]
    expected = [
        (code, *days_of(year, acts[act]), *pick(sums, names)) for (act, code), sums in books
    ]
    columns = ("code", "day", "happened", "sold", *names)
    assert sorted(tuple(pick(row, columns)) for row in rows) == sorted(expected)
    assert [row["seal"] for row in rows] == sorted(row["seal"] for row in rows)


def days_of(year, fact) -> list[str]:
    """On which the act counts, on which it happened, and on which its sale counts."""
    sale = [
        one.day
        for one in year.books.facts
        if one.told.__class__ in (notes.Sold, notes.Declared)
        and one.told.number == fact.told.number
        and not isinstance(fact.told, notes.Declared)
    ]
    return [thai(day) for day in (fact.day, happened_on(fact.told), *sale[:1])] + [""] * (not sale)


def pick(row, names) -> list:
    return [row[name] for name in names]


def thai(day) -> str:
    return f"{day.day}/{day.month}/{day.year + 543}"


@pytest.mark.parametrize("number", range(MADE))
def test_the_workbook_has_the_rows_of_the_tables(archives, number):
    archive = archives[number]
    book = openpyxl.load_workbook(io.BytesIO(archive.read("tables.xlsx")), read_only=True)
    tables = manifest_of(archive)["tables"]

    assert len(book.worksheets) == len(tables) + 1
    for table, sheet in zip(tables, book.worksheets, strict=False):
        columns = table["columns"]
        _titles, *rows = sheet.iter_rows(values_only=True)
        wanted = table_of(archive, table["key"])
        assert len(rows) == len(wanted) >= table["rows"]
        for row, told in zip(rows, wanted, strict=True):
            for column, cell in zip(columns, row, strict=True):
                if column["kind"] not in ("day", "month"):
                    assert value(column, cell) == told[column["key"]], (table["key"], column)


def test_every_pack_is_whole_by_its_own_proof(archives):
    for pack in YearPack.objects.order_by("number"):
        assert list(verify_pack(pack)) == []
