"""Files made by a worker, asked for and fetched as readers do, have the figures of the books."""

import csv
import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from html import unescape

import openpyxl
import pytest
from django.db import transaction

from marketplace.accounts.roles import StaffRole
from marketplace.core.documents.formats import FORMATS
from marketplace.core.worker import LONG_JOBS, run_ready_jobs
from marketplace.ledger.queries import shares
from shop.reports.exports import sizes
from tests.people import staff
from tests.shop.reports.year import notes
from tests.shop.reports.year.asked import Asked, month_of
from tests.shop.reports.year.cast import PUI, REGISTER, RENAMED_LAST_DAY, UBON
from tests.shop.reports.year.counted import BANGKOK, Cell
from tests.shop.reports.year.test_every_file import (
    assert_csv_has,
    assert_pdf_shows,
    assert_shown,
    assert_xlsx_has,
    assert_xlsx_has_months,
    from_csv,
    from_xlsx,
    shown,
    text_of_pdf,
)
from tests.shop.reports.year.test_every_report import ODD, URL, YEAR, compare

SALES, EXPORTS = f"{URL}sales/", "/cms/reports/exports/"
FEBRUARY, APRIL = month_of(2026, 2), month_of(2026, 4)
MONEY = (
    *("sold_satang", "producer_discount_satang", "refunded_satang", "moved_satang"),
    *("income_satang", "declared_satang"),
)


@pytest.fixture(autouse=True)
def undone(year, settings, tmp_path, monkeypatch):
    """Every file is long enough for the worker; what is asked for here leaves no row behind."""
    settings.PRIVATE_ROOT = tmp_path / "private"
    monkeypatch.setattr(sizes, "MOST_ROWS_AT_ONCE", dict.fromkeys(FORMATS, 0))
    monkeypatch.setattr(shares, "ROWS_A_CHUNK", 7)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def reader(year, client):
    """Signs in somebody who reads the area: finance, or an officer of no more than it."""

    def sign_in(area: str):
        user = staff(StaffRole.OFFICER, area) if area.isdigit() else year.story.clerks[0]
        client.force_login(user)
        return client

    return sign_in


def made(browser, page_url: str, asked: Asked) -> dict[str, bytes]:
    """By format: press each button of the page, let the worker work, follow the link."""
    page = browser.get(page_url, asked.query)
    form = page.text.partition(f'action="{EXPORTS}"')[2].partition("</form>")[0]
    hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)
    fields = {name: unescape(value) for name, value in hidden}
    offered = re.findall(r'name="format" value="(\w+)"', form)
    assert {*offered} == {"csv", "xlsx", "pdf", "json"}
    places = {one: browser.post(EXPORTS, fields | {"format": one}).url for one in offered}
    run_ready_jobs(which=LONG_JOBS)
    return {format: fetched(browser, place) for format, place in places.items()}


def fetched(browser, place: str) -> bytes:
    link = re.search(rf'href="({place}file/)"', browser.get(place).text)
    answer = browser.get(link[1])
    assert answer.status_code == 200
    return answer.getvalue()


# --- The income report ---------------------------------------------------------------------------

ASKED = (
    Asked("", YEAR, "village", {}, "last-year"),
    Asked("", month_of(2026, 10), "producer", {}, "last-year"),
    Asked("50", APRIL, "amphoe"),
    Asked("50", FEBRUARY, "village"),
    Asked(UBON, YEAR, "producer"),
)


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_a_report_made_by_the_worker_has_the_figures_of_the_books(year, reader, asked):
    files = made(reader(asked.area), URL, asked)

    document = json.loads(files["json"])["tables"]
    compare(year, asked, document)
    assert document["rows"]["total"]["income_satang"] != 0
    assert_csv_has(document["rows"], files["csv"], days=3)
    assert_xlsx_has(document["rows"], files["xlsx"])
    assert_xlsx_has_months(document["months"], files["xlsx"])
    assert_pdf_shows(document, text_of_pdf(files["pdf"]))


def test_money_went_back_before_and_after_the_months_close(year):
    """Else the files above would prove less than they say."""
    february = year.story.handles["february"].number
    back = [
        fact
        for fact in year.books.facts
        if isinstance(fact.told, notes.GivenBack) and fact.told.number == february
    ]

    for period in (FEBRUARY, APRIL, month_of(2026, 10)):
        villages = {fact.village[:2] for fact in back if fact.day in period}
        assert villages == {"34", "50"}, period.key


# --- The desks beside it -------------------------------------------------------------------------

CODES = {  # of each desk: the longest table of its file, and what tells its rows apart
    "groups": ("villages", ("code",)),
    "flows": ("flows", ("from_code", "to_code")),
    "distribution": ("villages", ("code",)),
}


@pytest.mark.parametrize("area", ["", "50"])
@pytest.mark.parametrize("desk", CODES)
def test_files_of_the_desks_have_the_incomes_of_the_books(year, reader, desk, area):
    table, names = CODES[desk]
    asked = Asked(area, YEAR)

    files = made(reader(area), f"/cms/reports/{desk}/", asked)

    found = json.loads(files["json"])["tables"][table]
    incomes = {tuple(row[name] for name in names): row["income_satang"] for row in found["rows"]}
    wanted = Counter()
    for fact in year.answers.told(asked, YEAR):
        if desk == "flows":
            sent_to = fact.cell.buyer if fact.cell else ""
            wanted[sent_to, fact.village[:2]] += fact.income
        else:
            wanted[fact.village,] += fact.income
    assert {key: satang for key, satang in incomes.items() if satang} == {
        key: satang for key, satang in wanted.items() if satang
    }
    place = [column["key"] for column in found["columns"]].index("income_satang") + 3
    of_csv = [from_csv("x_satang", row[place]) for row in read_csv(files["csv"])[1:]]
    told = [*found["rows"], *filter(None, [found["total"]])]
    assert of_csv == [row["income_satang"] for row in told]
    # Other tables of it may have the same figures once more.
    words = {*text_of_pdf(files["pdf"]).split()}
    assert {shown(row["income_satang"]) for row in told} <= words


# --- The sales behind a figure -------------------------------------------------------------------


def sales_in_books(year, asked: Asked) -> list[tuple]:
    """Of each line share that the question is about: where it came from, and what it brought."""
    first_told: dict[Cell, object] = {}
    for fact in year.books.facts:
        if fact.cell:
            first_told.setdefault(fact.cell, fact)
    told = defaultdict(list)
    for fact in year.answers.told(asked, asked.period):
        if fact.cell:
            told[fact.cell].append(fact)
    makers = {one.pk: one.display_name for one in year.story.makers.values()}
    return [
        (
            first_told[cell].told.number if cell.line.id else "",
            title_of(year, cell),
            makers[cell.line.producer],
            first_told[cell].village,
            name_then(first_told[cell]),
            f"{min(fact.day for fact in facts):%Y-%m-%d}",
            *money_of(facts),
        )
        for cell, facts in told.items()
    ]


def title_of(year, cell: Cell) -> str:
    """Of a sale of this site; the notes of the others do not name what was sold."""
    keys = {line: key for one in year.story.handles.values() for key, line in one.things.items()}
    return f"ของ {keys[cell.line.id]}" if cell.line.id else ""


def name_then(fact) -> str:
    """As the village was called on the day of the sale."""
    day = fact.told.happened_at.astimezone(BANGKOK).date()
    renamed = fact.village == PUI and day > RENAMED_LAST_DAY
    return "บ้านม้งดอยปุย" if renamed else REGISTER[fact.village]


def money_of(facts) -> list[int]:
    sums = Counter()
    for fact in facts:
        sums.update(fact.measures)
        sums["income_satang"] += fact.income
    return [sums[name] for name in MONEY]


def as_told(row: dict) -> tuple:
    title = row["product"] if row["order"] else ""
    names = (row["producer"], row["village_code"], row["village"], row["first_day"])
    return (row["order"], title, *names, *(row[name] for name in MONEY))


OF_SALES = (
    Asked("", YEAR),
    Asked("50", month_of(2026, 10)),
    Asked(UBON, ODD[1]),
    Asked("NE", YEAR, "", {"type": "household", "channel": ""}),
)


@pytest.mark.parametrize("asked", OF_SALES, ids=str)
def test_each_sale_in_a_file_is_that_of_the_order_lines(year, reader, asked):
    files = made(reader(asked.area), SALES, asked)

    table = json.loads(files["json"])["tables"]["sales"]
    rows, total = table["rows"], table["total"]
    wanted = sales_in_books(year, asked)
    assert Counter(map(as_told, rows)) == Counter(wanted)
    facts = [fact for fact in year.answers.told(asked, asked.period) if fact.cell]
    assert [total[name] for name in MONEY] == money_of(facts)
    assert len(rows) > 7 and len({row["number"] for row in rows}) == len(rows)
    assert_same_rows(table, read_csv(files["csv"]), from_csv, iso_of)
    assert_same_rows(table, read_xlsx(files["xlsx"]), from_xlsx, lambda day: f"{day:%Y-%m-%d}")
    assert_shown([row[name] for row in [*rows, total] for name in MONEY], text_of_pdf(files["pdf"]))


def read_csv(content: bytes) -> list:
    return [*csv.reader(io.StringIO(content.decode("utf-8-sig")))]


def read_xlsx(content: bytes) -> list:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [*book.worksheets[0].iter_rows(values_only=True)]


def assert_same_rows(table: dict, found: list, read: Callable, spelled: Callable) -> None:
    """Cell by cell: the rows of a JSON, then its total, below a row of titles."""
    keys = [column["key"] for column in table["columns"]]
    titles, *rows, total = found
    assert [*titles] == [column["title"] for column in table["columns"]]
    for row, told in zip(rows, table["rows"], strict=True):
        cells = dict(zip(keys, row, strict=True))
        assert spelled(cells["first_day"]) == told["first_day"]
        for name in {*keys} - {"first_day"}:
            cell = read(name, cells[name]) if name in MONEY else plain(cells[name])
            assert cell == told[name], name
    sums = [read(name, cell) for name, cell in zip(keys, total, strict=True) if name in MONEY]
    assert sums == [table["total"][name] for name in MONEY]


def plain(cell) -> str:
    return str(cell or "").removeprefix('="').removesuffix('"')


def iso_of(cell: str) -> str:
    """A day as a CSV in Thai writes it."""
    day, month, year_be = map(int, cell.split("/"))
    return f"{year_be - 543}-{month:02}-{day:02}"
