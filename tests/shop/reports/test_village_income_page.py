"""The public page of what a village earned."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.core import thai
from marketplace.producers.models import IncomeDisclosure
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig
from tests.shop.reports.pictures.markup import parsed, svg_of

PUI = "50010811"
URL = f"/villages/{PUI}/ban-doi-pui/income/"
BUDGETS = json.loads((Path(__file__).parents[2] / "budgets.json").read_text())["reports"]


@pytest.fixture
def today(monkeypatch):
    day = date(2026, 11, 22)
    monkeypatch.setattr(thai, "today", lambda: day)
    return day


@pytest.fixture
def weavers(db, today):
    return make_producer(make_village(PUI, "บ้านดอยปุย", name_en="Ban Doi Pui"))


def url_of(client, prefix=""):
    response = client.get(f"{prefix}/villages/{PUI}/x/income/")
    assert response.status_code == 302
    return response["Location"]


def sell(producer, baht, month, year=2026):
    rig.sell_in({PUI: baht * 100}, datetime(year, month, 15, 5, tzinfo=UTC), producer)


def agree(producer):
    IncomeDisclosure.objects.create(producer=producer, valid_from=date(2020, 1, 1))


def test_a_village_that_agreed_shows_exact_months_and_years(client, weavers):
    agree(weavers)
    sell(weavers, 1_250, 11)
    sell(weavers, 400, 10)
    sell(weavers, 31_000, 5)

    page = client.get(url_of(client, "/en")).content.decode()

    assert "฿1,250" in page and "฿400" in page
    assert "฿1,650" in page  # fiscal year 2570 so far
    assert "฿31,000" in page
    assert "Fiscal year 2570 (Oct 2026 – Sep 2027)" in page
    assert "shown as a range" not in page


def test_another_village_shows_bands_and_never_the_figure(client, weavers):
    sell(weavers, 12_345, 11)
    sell(weavers, 31_000, 5)

    page = client.get(url_of(client, "/en")).content.decode()

    assert page.count("฿10,000 to ฿50,000") >= 3
    for figure in ("12,345", "1234500", "31,000", "3100000"):
        assert figure not in page
    assert "shown as a range" in page


def test_a_change_is_told_where_both_periods_are_exact(client, weavers):
    """October 2026 against October 2025; November still runs."""
    agree(weavers)
    sell(weavers, 1_250, 11)
    sell(weavers, 400, 10)
    sell(weavers, 1_000, 10, 2025)

    page = client.get(url_of(client, "/en")).content.decode()

    assert "October 2026: the village earned ฿400, ฿600 less than in October 2025 (฿1,000)." in page
    assert "purchases" not in page and "bought" not in page


def test_no_change_is_told_where_one_of_two_periods_is_hidden(client, weavers):
    agree(weavers)
    other = make_producer(weavers.home_village, "กลุ่มอื่น")
    sell(weavers, 400, 10)
    sell(other, 1_000, 10, 2025)

    page = client.get(url_of(client, "/en"))

    assert page.context["change"] == ""
    assert "the village earned" not in page.content.decode()


def test_the_page_is_in_thai_without_a_prefix(client, weavers):
    sell(weavers, 50, 11)

    response = client.get(url_of(client))

    assert response.status_code == 200
    assert "พฤศจิกายน 2569" in response.content.decode()
    assert 'lang="th"' in response.content.decode()


def test_the_chart_has_title_description_and_a_bar_a_month(client, weavers):
    agree(weavers)
    sell(weavers, 50, 11)

    page = client.get(url_of(client, "/en")).content.decode()

    svg = parsed(svg_of(page))
    assert svg.find("title").text and svg.find("desc").text
    assert svg.get("aria-labelledby") == "chart-title"
    bars = list(svg.iter("rect"))
    assert len(bars) == 12
    assert [float(bar.get("height")) > 0 for bar in bars] == [False] * 11 + [True]
    assert page.count('<th scope="row">') == 12


def test_a_village_that_sold_nothing_shows_zero(client, weavers):
    page = client.get(url_of(client, "/en"))

    assert page.status_code == 200
    assert "฿0" in page.content.decode()


@pytest.mark.parametrize("code", ["99999999", "5001081", "5001081x", "500108111", "๕๐๐๑๐๘๑๑"])
def test_a_village_that_nobody_knows_is_404(client, weavers, code):
    assert client.get(f"/villages/{code}/x/income/").status_code == 404


def test_writing_methods_are_refused(client, weavers):
    assert client.post(url_of(client)).status_code == 405


def test_a_hostile_name_is_text(client, weavers, db):
    make_village("50010812", "<script>alert(1)</script>")

    page = client.get("/villages/50010812/x/income/", follow=True).content.decode()

    assert "<script>alert" not in page


def test_the_page_is_the_same_for_everybody_and_takes_few_statements(client, weavers):
    url = url_of(client)
    sell(weavers, 50, 11)
    few = statements(client, url)
    for month in range(1, 12):
        sell(make_producer(make_village(PUI)), 70, month)

    assert statements(client, url) == few <= BUDGETS["village-income"]
    response = client.get(url)
    assert response.is_cacheable_page
    assert "Cookie" not in response.get("Vary", "")


def statements(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url, headers={"cookie": ""}).status_code == 200
    return len(captured)
