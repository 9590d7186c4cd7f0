"""Files of groups, flows and changes: the rows of the page and of the ledger, in every format."""

import csv
import io
import json
import re
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from urllib.parse import parse_qsl

import openpyxl
import pypdfium2
import pytest
from django.utils import timezone
from wagtail.users.models import UserProfile

from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.core.documents.formats import FORMATS
from marketplace.core.models import AuditEntry
from marketplace.core.worker import run_ready_jobs
from marketplace.ledger.periods import parse_period
from marketplace.producers.models import Producer
from marketplace.villages.models import Village
from shop.reports.exports import sizes
from shop.reports.models import Export
from tests.marketplace.ledger import counted_change
from tests.marketplace.ledger.two_years import (
    income_of,
    make_two_years,
    of_cities,
    transfers_in,
)
from tests.people import staff
from tests.shop.workbench.groups import undone
from tests.visitor import Visitor

PUI = "50010811"
GROUPS, FLOWS, CHANGE = (f"/cms/reports/{name}/" for name in ("groups", "flows", "change"))
DISTRIBUTION, EXPORTS = "/cms/reports/distribution/", "/cms/reports/exports/"
HOSTILE = ("=1+1", "+66 81", "-2+3", "@SUM(1)", "\t=HYPERLINK(1)")
AREAS = (("", "2569"), ("N", "2569-q2"), (PUI, "2025-03-07--2026-05-20"))
CITIES = ("", "secondary", "main")  # of the whole country, and its year, alone


@pytest.fixture(scope="module")
def years(django_db_setup, django_db_blocker):
    """Two years of sales by groups whose names a spreadsheet would take for formulas, once."""
    with django_db_blocker.unblock(), undone(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(thai, "today", lambda: date(2026, 11, 22))
        makers = make_two_years(21, orders=90)
        for number, maker in enumerate(makers):
            names = {"name_th": HOSTILE[number % len(HOSTILE)], "name_en": ""}
            Producer.objects.filter(pk=maker.pk).update(**names)
        Village.objects.filter(code=PUI).update(name_th=HOSTILE[0], name_en=HOSTILE[3])
        browser = Visitor()
        reader = staff(StaffRole.FINANCE)
        browser.force_login(reader)
        yield browser, reader, makers


@pytest.fixture
def finance(years):
    with undone():
        yield years[0]


def taken(browser, url: str, query: dict, format: str) -> bytes:
    answer = browser.get(url, query | {"export": format})
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    return answer.getvalue()


def told(browser, url: str, query: dict) -> dict:
    return json.loads(taken(browser, url, query, "json"))["tables"]


def whole(table: dict) -> list[dict]:
    """Rows and total; no text is as nothing, since a CSV knows no difference."""
    rows = [*table["rows"], *([table["total"]] if table.get("total") else [])]
    return [{key: None if value == "" else value for key, value in row.items()} for row in rows]


def compare(browser, url: str, query: dict, key: str) -> list[dict]:
    """CSV, XLSX and PDF hold against the JSON; return the rows of its table and its total."""
    tables = told(browser, url, query)
    rows = whole(tables[key])
    keys = [column["key"] for column in tables[key]["columns"]]
    content = taken(browser, url, query, "csv").decode("utf-8-sig")
    _header, *lines = csv.reader(io.StringIO(content, newline=""))
    assert [from_csv(keys, line[-len(keys) :]) for line in lines] == rows
    book = openpyxl.load_workbook(io.BytesIO(taken(browser, url, query, "xlsx")))
    for name, sheet in zip(tables, book.worksheets, strict=False):
        titles = [column["key"] for column in tables[name]["columns"]]
        _titles, *cells = sheet.iter_rows()
        assert [from_xlsx(titles, row) for row in cells] == whole(tables[name])
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert not [cell for line in lines for cell in line if cell.startswith(("+", "@", "\t"))]
    assert not [cell for line in lines for cell in line if cell.startswith("=") and cell[1] != '"']
    on_paper(taken(browser, url, query, "pdf"), tables)
    return rows


def on_paper(content: bytes, tables: dict) -> None:
    """Every amount is printed as often as it stands in the tables."""
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)]
    words = Counter(" ".join(pages).split())
    wanted = Counter(
        f"{'−' if row[name] < 0 else ''}{abs(row[name]) // 100:,}.{abs(row[name]) % 100:02}"
        for table in tables.values()
        for row in whole(table)
        for name in row
        if name.endswith("_satang") and row[name] is not None
    )
    assert wanted and {figure: words[figure] for figure in wanted} == dict(wanted)


def from_csv(keys: list[str], cells: list[str]) -> dict:
    return {key: figure_of(key, cell) for key, cell in zip(keys, cells, strict=True)}


def figure_of(key: str, cell: str):
    if not cell:
        return None
    if key.endswith("_satang"):
        return int(Decimal(cell) * 100)
    if key.endswith("_ppm"):
        return int(Decimal(cell.rstrip("%")) * 10_000)
    if key == "groups":
        return int(cell)
    if key.endswith("code"):
        return cell.removeprefix('="').removesuffix('"')
    return cell.removeprefix("'")


def from_xlsx(keys: list[str], cells) -> dict:
    found = {}
    for key, cell in zip(keys, cells, strict=True):
        scale = 100 if key.endswith("_satang") else 1_000_000 if key.endswith("_ppm") else 0
        if scale and cell.value is not None:
            found[key] = round(Decimal(str(cell.value)) * scale)
        else:
            found[key] = None if cell.value == "" else cell.value
    return found


# --- Groups --------------------------------------------------------------------------------------
def groups_by_hand(area: str, period, city: str) -> dict:
    incomes = defaultdict(Counter)
    for one in of_cities(transfers_in(area, period), city or None):
        if one.producer_id and not one.event.channel:
            incomes[one.village_code][one.producer_id] += income_of(one)
    sales = [one for one in transfers_in("", None) if one.kind == "sale"]
    first = {
        code: min((s.day for s in sales if s.village_code == code), default=None)
        for code in incomes
    }
    found = {}
    for code, groups in incomes.items():
        earning = [satang for satang in groups.values() if satang > 0]
        is_first = first[code] is not None and period.first <= first[code] <= period.last
        share = round(Fraction(max(earning), sum(earning)) * 1_000_000) if earning else None
        found[code] = (
            sum(groups.values()),
            len(earning),
            max(earning, default=None),
            share,
            is_first,
        )
    return found


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize(("area", "key"), AREAS)
def test_files_of_groups_have_the_rows_of_the_page_and_of_the_ledger(finance, area, key, city):
    if city and area:
        return
    query = {"area": area, "period": key} | ({"city": city} if city else {})
    *rows, total = compare(finance, GROUPS, query, "villages")

    names = ("income_satang", "groups", "top_satang", "top_ppm", "first_sale")
    of_file = {row["code"]: tuple(row[name] for name in names) for row in rows}
    by_hand = groups_by_hand(area, parse_period(key), city)
    assert {code: (*found[:4], bool(found[4])) for code, found in of_file.items()} == by_hand
    page = finance.get(GROUPS, query).context["answer"]
    assert [row["code"] for row in rows] == [village.code for village, *_more in page["rows"]]
    assert (
        total["income_satang"]
        == page["report"].income_satang
        == sum(satang for satang, *_more in by_hand.values())
    )
    assert total["groups"] == page["report"].groups
    tables = told(finance, GROUPS, query)
    assert [row["number"] for row in tables["figures"]["rows"]] == [n for _w, n in page["facts"]]
    assert [row["code"] for row in tables["first_villages"]["rows"]] == [
        village.code for village, _url in page["first_villages"]
    ]
    assert [row["income_satang"] for row in tables["first_groups"]["rows"]] == [
        group.income_satang for group, _url in page["first_groups"]
    ]


# --- Flows ---------------------------------------------------------------------------------------
def flows_by_hand(area: str, period, city: str) -> dict:
    cells = Counter()
    for one in of_cities(transfers_in(area, period), city or None):
        if one.origin_id and not one.event.channel:
            maker = area if len(area) > 2 else one.village_code[:2]
            cells[one.origin.buyer_province_code, maker] += income_of(one)
    return {key: satang for key, satang in cells.items() if satang}


@pytest.mark.parametrize(
    "only",
    [
        {},
        {"from": "10"},
        {"to": "50"},
        {"from": "83", "to": "34"},
        {"city": "secondary"},
        {"city": "main", "from": "10"},
    ],
)
@pytest.mark.parametrize(("area", "key"), AREAS)
def test_files_of_flows_have_the_rows_of_the_page_and_of_the_ledger(finance, area, key, only):
    if only and area:
        return
    query = {"area": area, "period": key} | only
    *rows, total = compare(finance, FLOWS, query, "flows")

    by_hand = flows_by_hand(area, parse_period(key), only.get("city", ""))
    chosen = {
        (origin, to): satang
        for (origin, to), satang in by_hand.items()
        if origin and only.get("from", origin) == origin and only.get("to", to) == to
    }
    income = sum(by_hand.values())
    assert {(row["from_code"], row["to_code"]): row["income_satang"] for row in rows} == chosen
    assert [row["share_ppm"] for row in rows] == [
        round(Fraction(row["income_satang"], income) * 1_000_000) for row in rows
    ]
    assert total["income_satang"] == sum(chosen.values())
    page = finance.get(FLOWS, query).context["answer"]
    assert [(row["from_code"], row["to_code"], row["share_ppm"]) for row in rows] == [
        (flow.origin.code, flow.to.code, share) for flow, share in page["rows"]
    ]
    tables = told(finance, FLOWS, query)
    for name, place in (("origins", 0), ("makers", 1)):
        sums = Counter()
        for cell, satang in by_hand.items():
            sums[cell[place]] += satang
        of_file = {row["code"]: row["income_satang"] for row in tables[name]["rows"]}
        assert of_file == dict(sums) and tables[name]["total"]["income_satang"] == income


@pytest.mark.parametrize("code", ["x", "50\x00", "๕๐", "=1+1", "5" * 9])
def test_what_is_no_province_is_refused_on_the_page_and_as_a_file(finance, code):
    for query in ({"from": code}, {"to": code, "export": "csv"}):
        answer = finance.get(FLOWS, {"area": "", "period": "2569"} | query)
        assert answer.status_code == 400 and 'role="alert"' in answer.text


# --- Why income changed --------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("is_of_a_group", [False, True])
@pytest.mark.parametrize(
    ("area", "against", "city"),
    [("", "", ""), ("50", "just-before", ""), (PUI, "2568-q3", ""), ("", "", "main")],
)
def test_files_of_a_change_have_the_parts_of_the_page_and_of_the_ledger(
    years, finance, area, against, city, is_of_a_group, language
):
    _browser, reader, makers = years
    UserProfile.objects.update_or_create(user=reader, defaults={"preferred_language": language})
    query = {"area": area, "period": "2569"} | ({"against": against} if against else {})
    query |= {"producer": str(makers[0].pk)} if is_of_a_group else {}
    query |= {"city": city} if city else {}
    before, *parts, now = compare(finance, CHANGE, query, "parts")

    page = finance.get(CHANGE, query).context["answer"]
    change = page["change"]
    found, then = (
        [
            one
            for one in of_cities(transfers_in(area, period), city or None)
            if not is_of_a_group or one.producer_id == makers[0].pk
        ]
        for period in (change.period, change.before)
    )
    by_hand = counted_change.parts_of(then, found)
    assert Counter(row["amount_satang"] for row in parts) == Counter(by_hand.values())
    assert before["amount_satang"] == counted_change.income(then)
    assert now["amount_satang"] == counted_change.income(found)
    assert sum(row["amount_satang"] for row in (before, *parts)) == now["amount_satang"]
    assert [(row["words"].lower(), row["amount_satang"]) for row in parts] == [
        (words.lower(), satang) for words, satang in page["parts"]
    ]
    assert ("Income before" in before["reason"]) == (language == "en")


def test_who_took_a_file_is_noted_with_what_was_asked(years, finance):
    maker = years[2][0]
    query = {"area": "50", "period": "2569", "producer": str(maker.pk), "against": "just-before"}
    taken(finance, CHANGE, query, "csv")
    taken(finance, FLOWS, {"area": "", "period": "2569", "from": "10"}, "pdf")

    first, second = AuditEntry.objects.filter(act="report.export").order_by("pk")
    assert first.target == "area:50" and first.details["producer"] == str(maker.pk)
    assert (second.target, second.details["from"], second.details["format"]) == (
        *("area:TH", "10"),
        "pdf",
    )
    assert (first.details["desk"], second.details["desk"]) == ("report-change", "report-flows")


# --- Long ones -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("url", "kind", "more"),
    [
        (GROUPS, "groups", {}),
        (FLOWS, "flows", {}),
        (FLOWS, "flows", {"from": "10", "city": "main"}),
        (GROUPS, "groups", {"city": "secondary"}),
        (DISTRIBUTION, "spread", {}),
        (DISTRIBUTION, "spread", {"city": "main"}),
    ],
)
def test_a_long_file_is_made_in_the_background_with_the_same_bytes(
    finance, settings, tmp_path, monkeypatch, url, kind, more
):
    settings.PRIVATE_ROOT = tmp_path / "private"
    stopped = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: stopped)
    query = {"area": "", "period": "2569"} | more
    small = {format: taken(finance, url, query, format) for format in FORMATS}
    monkeypatch.setattr(sizes, "MOST_ROWS_AT_ONCE", dict.fromkeys(FORMATS, 0))

    page = finance.get(url, query | {"export": "csv"})
    assert page["Content-Type"].startswith("text/html") and f'action="{EXPORTS}"' in page.text
    assert "export=csv" not in page.text
    for format in FORMATS:
        answer = finance.post(EXPORTS, query | {"kind": kind, "format": format})
        assert answer.status_code == 302
        run_ready_jobs()
        file = finance.get(f"{answer.url}file/")
        assert file.getvalue() == small[format], format
    export = Export.objects.latest("pk")
    assert (export.kind, export.rows_done) == (kind, export.rows_to_do) and export.rows_done
    shown = finance.get(answer.url)
    [asked] = re.findall(rf'href="{url}\?([^"]+)"', shown.text)
    assert dict(parse_qsl(asked.replace("&amp;", "&"), keep_blank_values=True)) == query


def test_what_cannot_be_asked_of_a_desk_gets_a_sentence(finance):
    for fields in ({"period": "2569-q9"}, {"period": ""}, {"format": "exe"}, {"city": "34"}):
        asked = {"kind": "groups", "format": "csv", "area": "", "period": "2569"} | fields
        answer = finance.post(EXPORTS, asked)
        assert answer.status_code == 400 and 'role="alert"' in answer.text
    for fields in ({"area": "99"}, {"from": "x\x00"}):
        asked = {"kind": "flows", "format": "csv", "area": "", "period": "2569"} | fields
        answer = finance.post(EXPORTS, asked)
        if answer.status_code == 302:
            run_ready_jobs()
            assert Export.objects.latest("pk").state == "failed"
        else:
            assert answer.status_code == 400
