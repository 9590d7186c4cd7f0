"""What the public sees of areas' income, how it is told, and what anyone can check it with."""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.core import thai
from marketplace.ledger import services, verifier
from marketplace.ledger.models import PublicTotal
from marketplace.ledger.public_totals import count_public_totals, public_totals
from marketplace.producers.models import IncomeDisclosure
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig

PUI, MAE, UBON = "50010811", "50010812", "34010105"
BUDGETS = json.loads((Path(__file__).parents[2] / "budgets.json").read_text())["reports"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(thai, "today", lambda: date(2026, 11, 22))


def sell(code, baht, month=11, *, agreed, year=2026):
    producer = make_producer(make_village(code))
    if agreed:
        IncomeDisclosure.objects.create(producer=producer, valid_from=date(2020, 1, 1))
    rig.sell_in({code: baht * 100}, datetime(year, month, 15, 5, tzinfo=UTC), producer)
    return producer


def page_of(client, url):
    """The page after the redirect to its readable address."""
    return client.get(url, follow=True).content.decode()


def test_the_country_shows_what_was_counted_and_a_map(client):
    sell(PUI, 1_250, agreed=True)
    sell(UBON, 777, agreed=True)
    count_public_totals()

    page = page_of(client, "/en/income/")

    assert "฿2,027" in page and "฿1,250" in page and "฿777" in page
    assert "Fiscal year 2570" in page
    assert page.count('class="province-map') >= 1
    assert "/en/provinces/50/" in page


def test_a_province_whose_sum_is_one_hidden_village_is_not_shown(client):
    sell(PUI, 1_250, agreed=False)
    sell(UBON, 777, agreed=True)
    count_public_totals()

    told = {code: one.exact_satang for code, one in public_totals(2570).items()}
    page = page_of(client, "/en/income/") + page_of(client, "/en/provinces/50/x/income/")

    assert (told["50"], told["N"], told[""]) == (None, None, None)
    assert (told["34"], told["NE"], told["S"]) == (77_700, 77_700, 0)
    assert "1,250" not in page and "2,027" not in page
    assert "not shown" in page
    assert "Income of the villages that publish theirs" in page and "฿777" in page


def test_totals_are_the_sums_of_their_villages_and_are_counted_anew(client):
    sell(PUI, 100, agreed=True)
    sell(MAE, 20, agreed=True)
    count_public_totals()
    sell(UBON, 3, 5, agreed=True)  # of the fiscal year before
    count_public_totals()

    this, before = public_totals(2570), public_totals(2569)
    assert {code: one.exact_satang for code, one in this.items() if one.exact_satang} == {
        "": 12_000,
        "N": 12_000,
        "50": 12_000,
    }
    assert {code: one.village_count for code, one in this.items() if one.village_count} == {
        "": 2,
        "N": 2,
        "50": 2,
    }
    assert before["34"].exact_satang == 300
    assert PublicTotal.objects.count() == 2 * (1 + 6 + len(this) - 7)
    page = page_of(client, "/en/income/2569/")
    assert "฿3" in page and "Fiscal year 2570" in page


def test_a_year_that_was_not_counted_is_not_there(client):
    count_public_totals()

    assert client.get("/income/2560/").status_code == 404
    assert client.get("/income/2570/").status_code == 200


def test_before_the_first_count_the_page_says_so(client):
    assert "Nothing was counted for this year yet" in page_of(client, "/en/income/")


def test_a_province_shows_months_years_and_its_amphoe(client):
    sell(PUI, 1_250, agreed=True)
    sell(MAE, 400, 10, agreed=True)
    sell("50020301", 31_000, 5, agreed=True)

    page = page_of(client, "/en/provinces/50/x/income/")

    assert "฿1,650" in page and "฿31,000" in page and "฿1,250" in page and "฿400" in page
    rows = re.findall(r'<tr><th scope="row"><span class="name">(.*?)</span>(.*?)</tr>', page, re.S)
    amphoe = {name: re.findall(r"฿[\d,.]+", cells) for name, cells in rows}
    assert amphoe["Mueang Chiang Mai"] == ["฿1,650", "฿0"]
    assert ["฿0", "฿31,000"] in amphoe.values()


def test_the_number_of_statements_does_not_grow(client):
    sell(PUI, 5, agreed=True)
    count_public_totals()
    pages = ("/provinces/50/x/income/", "/income/", "/income/how-it-is-counted/")
    few = [statements(client, url) for url in pages]
    for number in range(20, 40):
        sell(f"500108{number}", 5, agreed=number % 2)
    count_public_totals()

    assert [statements(client, url) for url in pages] == few
    names = ("province-income", "country-income", "how-it-is-counted")
    assert dict(zip(names, few, strict=True)) == {name: BUDGETS[name] for name in names}


def statements(client, url):
    address = client.get(url).get("Location", url)
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_rules_are_told_in_both_languages(client, prefix):
    page = client.get(f"{prefix}/income/how-it-is-counted/").content.decode()

    assert page.count("<h2>") == 6 + 3  # the footer's
    assert page.count("<li>") >= 6
    assert ("฿10,000 to ฿50,000" in page) == (prefix == "/en")


# --- Proof ---------------------------------------------------------------------------------------


@pytest.fixture
def sealed(monkeypatch):
    """A sale sealed yesterday, with its day's root."""
    rig.sell_in({PUI: 500})
    services.seal_events()
    later = date(2100, 1, 1)
    monkeypatch.setattr(thai, "today", lambda: later)
    [root] = services.publish_roots()
    return root


def test_every_day_shows_its_root(client, sealed):
    page = client.get("/income/proof/").content.decode()

    assert sealed.root_hash in page
    assert statements(client, "/income/proof/") == BUDGETS["proof"]


def test_the_file_of_roots_is_what_the_verifier_reads(client, sealed, tmp_path):
    response = client.get("/income/proof/roots.json")

    assert response["Content-Disposition"] == 'attachment; filename="roots.json"'
    [root] = json.loads(response.content)
    assert root["root_hash"] == sealed.root_hash and root["day"] == str(sealed.day)
    assert client.get("/en/income/proof/roots.json").content == response.content


def test_the_verifier_can_be_downloaded_as_it_is(client):
    response = client.get("/income/proof/verifier.py")

    assert b"".join(response.streaming_content) == Path(verifier.__file__).read_bytes()
    assert response["Content-Disposition"] == 'attachment; filename="verifier.py"'
    assert response["X-Content-Type-Options"] == "nosniff"


def test_no_page_of_proof_is_empty_before_the_first_day(client):
    assert "No day is over yet" in client.get("/en/income/proof/").content.decode()
    assert json.loads(client.get("/income/proof/roots.json").content) == []
