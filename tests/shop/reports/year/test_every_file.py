"""Files of every format have the figures of the books, and so has all that others make of them."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pypdfium2
import pytest

from marketplace.ledger.periods import parse_period
from marketplace.ledger.queries import distribution
from tests.shop.reports.year.asked import Asked, fiscal_year, month_of
from tests.shop.reports.year.cast import PUI
from tests.shop.reports.year.test_every_report import MONEY, ODD, URL, YEAR, compare, told

SPREADS = (YEAR, month_of(2026, 2), fiscal_year(2570))
BAHT = (*MONEY, "income_satang", "net_satang")
ASKED = (
    Asked("", YEAR),
    Asked("", YEAR, "village", {}, "last-year"),
    Asked("50", YEAR, "tambon", {"type": "textile"}),
    Asked("", month_of(2026, 2), "producer"),
    Asked("NE", ODD[1], "programme"),
    Asked(PUI, fiscal_year(2570), "", {}, "three-years"),
    Asked("", YEAR, "buyers"),
    Asked("", YEAR, "channel"),
)


def taken(browser, asked: Asked, format: str) -> bytes:
    answer = browser.get(URL, asked.query | {"export": format})
    assert answer.status_code == 200
    return answer.getvalue()


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_csv_and_xlsx_have_what_json_has_and_json_what_the_books_have(year, finance, asked):
    document = told(finance, asked)
    compare(year, asked, document)

    assert_csv_has(document["rows"], taken(finance, asked, "csv"), days=3)
    assert_xlsx_has(document["rows"], taken(finance, asked, "xlsx"))


def assert_csv_has(table: dict, content: bytes, days: int = 0) -> None:
    """Every figure of a table of a JSON, under its title; each row begins with so many days."""
    wanted, keys = [*table["rows"], table["total"]], [one["key"] for one in table["columns"]]
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert header[days:] == [column["title"] for column in table["columns"]]
    found = [dict(zip(keys, row[days:], strict=True)) for row in rows]
    for name in keys:
        told_by = [row[name] for row in wanted]
        assert [from_csv(name, row[name]) for row in found] == told_by, name


def assert_xlsx_has(table: dict, content: bytes) -> None:
    wanted, keys = [*table["rows"], table["total"]], [one["key"] for one in table["columns"]]
    book = openpyxl.load_workbook(io.BytesIO(content))
    _titles, *cells = book.worksheets[0].iter_rows()
    found = [dict(zip(keys, [c.value for c in row], strict=True)) for row in cells]
    for name in keys:
        told_by = [row[name] for row in wanted]
        assert [from_xlsx(name, row[name]) for row in found] == told_by, name
    assert not any(cell.data_type == "f" for sheet in book for row in sheet for cell in row)


def from_csv(name: str, text: str):
    if name.endswith("_satang"):
        return int(Decimal(text) * 100)
    if name.endswith("_ppm"):
        return int(Decimal(text.rstrip("%")) * 10_000) if text else None
    if name in ("code", "name_th", "name_en"):
        return text.removeprefix('="').removesuffix('"')
    return int(text)


def from_xlsx(name: str, value):
    if name.endswith("_satang"):
        return round(Decimal(str(value)) * 100)
    if name.endswith("_ppm"):
        return None if value is None else round(Decimal(str(value)) * 1_000_000)
    return value or "" if name in ("code", "name_th", "name_en") else value


def test_the_months_of_an_xlsx_are_those_of_json(year, finance):
    asked = ASKED[0]

    assert_xlsx_has_months(told(finance, asked)["months"], taken(finance, asked, "xlsx"))


def assert_xlsx_has_months(table: dict, content: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))
    _titles, *cells = book.worksheets[1].iter_rows(values_only=True)
    keys = [column["key"] for column in table["columns"]][1:]
    assert len(cells) == len(table["rows"]) == 24
    for row, month in zip(cells, table["rows"], strict=True):
        assert f"{row[0]:%Y-%m}" == month["month"]
        assert [from_xlsx("x_satang", value) for value in row[1:]] == [month[k] for k in keys]


@pytest.mark.parametrize("asked", ASKED[:2], ids=str)
def test_a_pdf_shows_every_figure(year, finance, asked):
    document = told(finance, asked)

    text = text_of_pdf(taken(finance, asked, "pdf"))

    assert_pdf_shows(document, text)


def text_of_pdf(content: bytes) -> str:
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)]
    assert [f"หน้า {n} จาก {len(pages)}" in page for n, page in enumerate(pages, 1)] == [True] * len(
        pages
    )
    return " ".join(pages)


def assert_pdf_shows(document: dict, text: str) -> None:
    """Every sum of the rows, their total and the months, as often as there; and all names."""
    rows = [*document["rows"]["rows"], document["rows"]["total"], *document["months"]["rows"]]
    figures = (*BAHT, "before_satang", "change_satang")
    assert_shown([row[name] for row in rows for name in figures if name in row], text)
    names = [row["name_th"] for row in document["rows"]["rows"] if row["name_th"]]
    assert all(name.replace(" ", "") in text.replace(" ", "").replace("\r\n", "") for name in names)


def assert_shown(satang: Iterable[int], text: str) -> None:
    wanted = Counter(map(shown, satang))
    words = Counter(text.split())
    assert {figure: words[figure] for figure in wanted} == wanted


def shown(satang: int) -> str:
    whole, rest = divmod(abs(satang), 100)
    return f"{'−' if satang < 0 else ''}{whole:,}.{rest:02}"


def test_the_totals_of_a_json_are_the_sums_of_the_books(year, finance):
    whole = json.loads(taken(finance, Asked("", YEAR), "json"))

    income = sum(year.answers.incomes("", YEAR).values())
    assert whole["tables"]["rows"]["total"]["income_satang"] == income > 1_000_000


# --- How it is spread ----------------------------------------------------------------------------


@pytest.mark.parametrize("area", ["", "N", "50", "500108"])
@pytest.mark.parametrize(
    "period", [YEAR, month_of(2026, 2), fiscal_year(2570)], ids=lambda p: p.key
)
def test_the_spread_is_that_of_the_incomes_in_the_csv_and_in_the_books(year, finance, area, period):
    file = taken(finance, Asked(area, period, "village"), "csv").decode("utf-8-sig")
    *rows, _total = csv.DictReader(io.StringIO(file))
    of_file = [from_csv("x_satang", row["รายได้หมู่บ้าน (บาท)"]) for row in rows]

    found = distribution(area, parse_period(period.key))

    assert sorted(found.incomes_satang) == sorted(of_file)
    assert sorted(of_file) == sorted(year.answers.incomes(area, period).values())
    assert_spread(found, [max(0, income) for income in of_file])


def assert_spread(found, incomes: list[int]) -> None:
    """Gini as half the mean difference of all pairs over the mean: no ranks, no running sums."""
    number, total = len(incomes), sum(incomes)
    pairs = sum(abs(one - other) for one in incomes for other in incomes)
    assert found.villages == number
    assert found.gini == (Fraction(pairs, 2 * number * total) if total else None)
    assert found.median_satang == median(incomes)
    for percent, share in found.top_shares:
        assert share == top_share(incomes, Fraction(percent, 100))


def median(incomes: list[int]) -> Fraction:
    ordered, middle = sorted(incomes), len(incomes) // 2
    if not ordered:
        return Fraction(0)
    if len(ordered) % 2:
        return Fraction(ordered[middle])
    return Fraction(ordered[middle - 1] + ordered[middle], 2)


def top_share(incomes: list[int], part: Fraction) -> Fraction:
    """Of the richest so many, the last of them in proportion."""
    left, taken_satang = part * len(incomes), Fraction(0)
    for income in sorted(incomes, reverse=True):
        taken_satang += min(Fraction(1), left) * income
        left -= min(Fraction(1), left)
    return taken_satang / sum(incomes)
