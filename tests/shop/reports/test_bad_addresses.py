"""Whatever stands in the address of a report: a sentence and 4xx, what was typed stays, no change.

What is tried here is tried at every address of readers.py that asks for an area and a period.
"""

import re
from datetime import date
from html import unescape
from io import BytesIO
from urllib.parse import quote

import openpyxl
import pytest
from django.urls import reverse

from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.places.models import Succession
from tests.factories import make_producer, make_product, make_user, make_village
from tests.marketplace.ledger import rig
from tests.people import staff
from tests.shop.reports.abolishing import abolish
from tests.shop.reports.readers import ROWS, Asked

PUI, UBON = "50010811", "34010105"
NAMES = [name for name, row in ROWS.items() if isinstance(row, Asked) and row.has_period]
every_report = pytest.mark.parametrize("name", NAMES)
LONG = "๙" * 3_400  # ten kilobytes


@pytest.fixture
def sold(db, monkeypatch):
    monkeypatch.setattr(thai, "today", lambda: date(2026, 11, 22))
    weavers = make_producer(make_village(PUI, "บ้านดอยปุย"))
    rig.sell_in({PUI: 10_050}, producer=weavers)
    return weavers


@pytest.fixture
def finance(client, sold):
    client.force_login(staff(StaffRole.FINANCE))
    return client


def ask(browser, name, raw="", **query):
    return browser.get(reverse(name) + (f"?{raw}" if raw else ""), query or None)


PERIODS = {
    "month 13": "2026-13",
    "month 0": "2026-00",
    "year 0": "0000",
    "month of year 0": "0000-01",
    "year 0 of days": "0000-01-01--2026-05-01",
    "quarter 5": "2569-q5",
    "29 February of no leap year": "2026-02-29--2026-03-01",
    "31 April": "2026-04-01--2026-04-31",
    "backwards": "2026-05-10--2026-05-03",
    "ten years and a day": "2016-05-10--2026-05-10",
    "Buddhist era in days": "2569-05-01--2569-05-31",
    "Thai digits": "๒๕๖๙",
    "beyond all years": "9999",
    "NUL": "2569\x00",
    "ten kilobytes": LONG,
    "SQL": "2569' OR 1=1 --",
    "markup": "<script>alert(1)</script>",
    "two of them": "2569,2570",
}
AREAS = {
    "unknown province": "99",
    "unknown village": "50010899",
    "too short": "5",
    "too long": "500108110",
    "small letters": "n",
    "no region": "X",
    "Thai digits": "๕๐",
    "superscript": "5²",
    "below zero": "-1",
    "space": "50 ",
    "NUL": "50\x00",
    "ten kilobytes": LONG,
    "SQL": "50' OR '1'='1",
    "pattern": "50%",
    "markup": "<script>alert(1)</script>",
}


def refused_with_a_sentence(page) -> str:
    """What the page says is wrong; raises unless it says so."""
    assert page.status_code in (400, 404)
    assert "<script>alert" not in page.text
    found = re.search(r'role="alert">(.*?)</', page.text, re.S)
    assert found, page.text[:500]
    words = unescape(found[1]).strip()
    assert len(words.split()) >= 1 and len(words) > 15
    assert "฿100.50" not in page.text
    return words


@every_report
@pytest.mark.parametrize("period", PERIODS.values(), ids=PERIODS)
def test_a_period_that_cannot_be(finance, name, period):
    before = rig.rows()

    refused_with_a_sentence(ask(finance, name, area="50", period=period))

    assert rig.rows() == before


@every_report
@pytest.mark.parametrize("area", AREAS.values(), ids=AREAS)
def test_an_area_that_cannot_be(finance, name, area):
    before = rig.rows()

    page = ask(finance, name, area=area, period="2569")

    refused_with_a_sentence(page)
    assert rig.rows() == before
    if name != "income-report-shares":  # a list: its form is that of the report
        sentence, form = page.text.index('role="alert"'), page.text.index('name="area"')
        areas, rest = page.text[form:].split("</select>", 1)
        assert sentence < form and 'value="2569" selected' in rest
        [[value, words]] = re.findall(r'<option value="([^"]*)" selected>([^<]*)', areas)
        assert unescape(value) == unescape(words) == area


@every_report
@pytest.mark.parametrize(
    "raw", ["area=50&period=%e0%b8", "area=%ed%a0%80", "area=%00", "period=%ff"]
)
def test_bytes_that_are_no_text(finance, name, raw):
    refused_with_a_sentence(ask(finance, name, raw))


@every_report
@pytest.mark.parametrize("period", ["2580", "2030-01", "2570-q4", "2026-12-01--2031-11-30"])
def test_a_period_to_come_is_no_mistake(finance, name, period):
    """A plan may name next year: there is nothing in it yet, and the page says so."""
    page = ask(finance, name, area="50", period=period)

    assert page.status_code == 200
    assert 'role="alert"' not in page.text


@every_report
def test_the_longest_report_has_ten_years(finance, name):
    page = ask(finance, name, area="50", period="2016-11-23--2026-11-22")

    assert page.status_code == 200 and "฿100.50" in page.text


@every_report
def test_the_area_and_the_period_that_were_asked_for_stay_chosen(finance, name):
    page = ask(finance, name, area="50", period="2026-05-10--2026-05-03")

    assert page.status_code == 400
    if name != "income-report-shares":  # a list, without a form
        assert re.search(r'<option value="50" selected', page.text)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("29/2/2570", "1/3/2570", "first"),  # 2027
        ("29/2/2567", "1/3/2567", None),  # 2024
        ("31/4/2569", "1/5/2569", "first"),
        ("1/13/2569", "1/5/2569", "first"),
        ("1/5/0", "1/5/2569", "first"),
        ("0/0/0", "1/5/2569", "first"),
        ("1/5/2569", "30/4/2569", "last"),
        ("1/5/2559", "1/5/2569", "last"),
        ("=1+1", "2/5/2569", "first"),
        (LONG, "2/5/2569", "first"),
        ("<script>alert(1)</script>", "2/5/2569", "first"),
    ],
)
def test_days_as_they_are_typed(finance, first, last, field):
    page = ask(finance, "income-report", area="50", period="days", first=first, last=last)

    assert page.status_code == (400 if field else 200)
    assert list(page.context["form"].errors) == ([field] if field else [])
    kept = re.findall(r'name="(first|last)" value="([^"]*)"', page.text)
    assert [unescape(value) for _name, value in kept] == [first, last]
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("name", [name for name in NAMES if ROWS[name].formats])
@pytest.mark.parametrize("format", ["doc", "CSV", "../csv", "csv\x00", "x" * 9_000])
def test_a_format_that_nobody_writes(finance, name, format):
    page = ask(finance, name, area="50", period="2569", export=format)

    refused_with_a_sentence(page)
    if name != "income-report-shares":  # a list: its form is that of the report
        assert re.search(r'<option value="50" selected', page.text)


# --- Abolished areas -----------------------------------------------------------------------------


@every_report
def test_an_abolished_area_leads_on_and_says_so(finance, name):
    abolish("500101", "500108")

    page = ask(finance, name, area="500101", period="2026-05")

    assert page.status_code == 200
    assert "500101" in re.search(r'role="status">(.*?)</p>', page.text, re.S)[1]
    assert "฿100.50" in page.text  # of the tambon that took its ground


@every_report
def test_an_area_that_was_divided_names_its_heirs(finance, name):
    abolish("500101", "500108", "500201")

    page = ask(finance, name, area="500101", period="2026-05")

    assert "500108, 500201" in refused_with_a_sentence(page)


@every_report
def test_a_village_that_went_into_another_leads_there(finance, name):
    gone = make_village("50010812", "บ้านแม่", valid_until=date(2026, 4, 30))
    Succession.objects.create(old_code=gone.code, new_code=PUI, basis="notice")

    page = ask(finance, name, area=gone.code, period="2026-05")

    assert page.status_code == 200 and "฿100.50" in page.text
    assert gone.code in re.search(r'role="status">(.*?)</p>', page.text, re.S)[1]


# --- Cells that a spreadsheet would compute ------------------------------------------------------

HOSTILE = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", '=HYPERLINK("http://x","y")', "＝1+1")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_names_stay_text_in_every_file(client, db, monkeypatch, words):
    monkeypatch.setattr(thai, "today", lambda: date(2026, 11, 22))
    village = make_village(PUI, words)
    maker = make_producer(village, words)
    maker.name_en = words
    maker.save(update_fields=["name_en"])
    make_product(maker, title_th=words)
    rig.sell_in({PUI: 10_050}, producer=maker)
    client.force_login(make_user(is_staff=True, is_superuser=True))
    shown = village.name_th
    assert shown.lstrip("\t")[0] in "=+-@＝"

    for area, by in (("500108", "village"), (PUI, "producer")):
        query = {"area": area, "period": "2026-05", "by": by}
        csv = ask(client, "income-report", **query, export="csv").getvalue().decode("utf-8-sig")
        xlsx = ask(client, "income-report", **query, export="xlsx").getvalue()
        quoted = f"'{shown}".replace('"', '""')
        assert f'"{quoted}"' in csv
        assert not re.search(r'(^|,)"[=+\-@\t](?!"")(?!\d)', csv, re.M)
        cells = [
            cell
            for sheet in openpyxl.load_workbook(BytesIO(xlsx))
            for row in sheet.iter_rows()
            for cell in row
        ]
        assert {cell.data_type for cell in cells if cell.value == shown} == {"s"}
        assert "f" not in {cell.data_type for cell in cells}


@every_report
@pytest.mark.parametrize(
    "value", ["\x00", LONG, "<script>alert(1)</script>", "9" * 40, "{{ 7*7 }}"]
)
def test_nonsense_in_every_field_is_an_answer(finance, name, value):
    others = ("by", "before", "first", "last", "type", "quadrant", "stars", "income", "channel")
    others += ("programme", "route", "producer", "buyers", "p", "from", "to", "against", "older")
    before = rig.rows()

    for fields in (others, others[:2], ("producer",), ("buyers", "route"), ("p", "older", "from")):
        query = "&".join(f"{field}={quote(value)}" for field in fields)
        page = ask(finance, name, f"area=50&period=2569&{query}")
        assert page.status_code in (200, 400)
        assert "<script>alert" not in page.text

    assert rig.rows() == before
