"""How income is spread: the desk's figures are those that anybody makes from its CSV."""

import csv
import io
import json
import re
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.core.documents.formats import FORMATS
from marketplace.core.models import AuditEntry
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig
from tests.people import staff

URL = "/cms/reports/distribution/"
MAY = datetime(2026, 5, 15, 5, tzinfo=UTC)
INCOMES = (0, 0, 0, 1, 99, 10_050, 33_333, 33_334, 70_001, 250_000, 999_999)  # satang in May


@pytest.fixture
def villages(db, monkeypatch):
    """Eleven villages of a tambon, three without a sale, and one that gave back more than it sold;
    one of another province."""
    monkeypatch.setattr(thai, "today", lambda: datetime(2026, 11, 22, tzinfo=UTC).date())
    codes = [f"500108{number:02}" for number in range(1, len(INCOMES) + 1)]
    weavers = make_producer(make_village(codes[0], "บ้าน 1"))
    for code, satang in zip(codes, INCOMES, strict=True):
        make_village(code, f"บ้าน {code[-2:]}")
        if satang:
            rig.sell_in({code: satang}, MAY, weavers)
    back = rig.sell_in({"50010812": 5_000}, MAY.replace(month=4), weavers)
    make_village("50010812", "บ้าน 12")
    rig.refund(back, {back.shares[0].line_id: 5_000}, at=MAY)
    rig.sell_in({"34010105": 777}, MAY, make_producer(make_village("34010105", "บ้านปะอาว")))
    rig.declare_in({codes[0]: 123_456}, weavers)
    return weavers


@pytest.fixture
def finance(client, villages):
    client.force_login(staff(StaffRole.FINANCE))


def csv_of(client, **query):
    """Sales and satang of each village, as a stranger reads them from the file."""
    content = client.get(URL, query | {"export": "csv"}).getvalue().decode("utf-8-sig")
    _header, *rows = csv.reader(io.StringIO(content))
    assert all(len(row) == 8 for row in rows)
    return [(int(sales), int(baht.replace(".", ""))) for *_where, sales, baht in rows]


def recomputed(rows):
    """Every figure of the desk once more, in other ways than the product's."""
    incomes = sorted(max(0, satang) for _sales, satang in rows)
    n, total = len(incomes), sum(incomes)

    def at(q):
        place = Fraction(n - 1) * q
        below = int(place)
        above = min(below + 1, n - 1)
        return incomes[below] + (place - below) * (incomes[above] - incomes[below])

    def lowest(share):
        """Village by village, each as long as there is room for it."""
        room, found = share * n, Fraction(0)
        for income in incomes:
            part = min(Fraction(1), room)
            found, room = found + part * income, room - part
        return found / total

    def gini(of):
        pairs = sum(abs(a - b) for a in of for b in of)
        return Fraction(pairs, 2 * len(of) * sum(of))

    return {
        "villages": n,
        "villages_selling": sum(sales > 0 for sales, _satang in rows),
        "total_satang": sum(satang for _sales, satang in rows),
        "median_satang": at(Fraction(1, 2)),
        "p10_satang": at(Fraction(1, 10)),
        "p90_satang": at(Fraction(9, 10)),
        "top_shares": tuple((p, 1 - lowest(Fraction(100 - p, 100))) for p in (1, 5, 10)),
        "bottom_share": lowest(Fraction(2, 5)),
        "gini": gini(incomes),
        "gini_of_earning": gini([income for income in incomes if income]),
    }


@pytest.mark.parametrize("city", ["", "secondary", "main"])
@pytest.mark.parametrize(
    ("area", "period"),
    [
        ("", "2569"),
        ("N", "2569-q3"),
        ("50", "2026-05"),
        ("500108", "2026-05"),
        ("5001", "2026-05-02--2026-05-20"),
        ("", "2026-04-10--2026-05-31"),
    ],
)
def test_every_figure_follows_from_the_exported_csv(client, finance, area, period, city):
    if city and area:
        return
    query = {"area": area, "period": period, "city": city}
    rows = csv_of(client, **query)
    found = client.get(URL, query).context["answer"]["found"]

    # Ubon's village is one of a secondary city, the twelve of Chiang Mai are not.
    assert len(rows) == ({"": 13, "secondary": 1, "main": 12}[city] if not area else 12)
    assert {name: getattr(found, name) for name in recomputed(rows)} == recomputed(rows)


def test_the_page_shows_the_figures_with_formula_and_n(client, finance):
    page = client.get(URL, {"area": "500108", "period": "2026-05"})

    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))
    figures = [
        (one.villages, one.amount_satang, one.share_ppm, one.coefficient)
        for one in page.context["answer"]["measures"]
    ]
    # Of 12 villages with 0, 0, 0, 0, 1, 99, 10,050, 33,333, 33,334, 70,001, 250,000, 999,999.
    assert figures == [
        (12, None, None, ""),
        (8, None, 666_667, ""),
        (12, 1_391_817, None, ""),
        (12, 5_074, None, ""),  # half-way from 99 to 10,050: 5,074.5, to the even satang
        (12, 0, None, ""),
        (12, 232_000, None, ""),  # at 9.9 of 11: 70,001 + 0.9 × 179,999
        (12, None, 85_910, ""),  # 0.12 × 999,999 of 1,396,817
        (12, None, 429_548, ""),
        (12, None, 751_708, ""),  # and 0.2 × 250,000
        (12, None, 1, ""),  # 4.8 villages: 0.8 of a satang
        (12, None, None, "0.8362"),
        (8, None, None, "0.7543"),
    ]
    assert "Gini" in words or "จีนี" in words
    assert "(2i − n − 1)" in words and "8.59%" in words and "0.8362" in words
    assert page.content.decode().count('<svg class="picture__drawing lorenz"') == 1


def test_files_of_all_formats_have_the_villages_and_who_took_them_is_noted(client, finance):
    query = {"area": "500108", "period": "2026-05"}
    files = {one: client.get(URL, query | {"export": one}).getvalue() for one in FORMATS}

    told = json.loads(files["json"])["tables"]
    assert files["pdf"][:4] == b"%PDF" and files["xlsx"][:2] == b"PK"
    assert [row["income_satang"] for row in told["villages"]["rows"]] == [*INCOMES, -5_000]
    assert told["figures"]["rows"][3]["amount_satang"] == 5_074
    assert told["curve"]["rows"][-1] == {"villages_ppm": 1_000_000, "income_ppm": 1_000_000}
    notes = AuditEntry.objects.filter(act="report.export", target="area:500108")
    assert sorted(note.details["format"] for note in notes) == sorted(FORMATS)
    assert {note.details["rows"] for note in notes} == {12}


def test_where_nobody_sold_the_page_says_so(client, finance):
    page = client.get(URL, {"area": "500108", "period": "2026-03"})

    assert page.status_code == 200
    assert 'lorenz"' not in page.content.decode()
    assert len(page.context["answer"]["measures"]) == 6


def test_an_officer_takes_no_file_of_another_area(client, villages):
    client.force_login(staff(StaffRole.OFFICER, "50"))

    assert client.get(URL, {"area": "50", "export": "csv"}).status_code == 200
    for area in ("", "N", "34", "34010105"):
        assert client.get(URL, {"area": area, "export": "csv"}).status_code == 403
    assert AuditEntry.objects.filter(act="report.export").count() == 1


def test_statements_do_not_grow_with_the_villages(client, finance):
    def statements():
        client.get(URL, {"area": "", "period": "2569"})
        with CaptureQueriesContext(connection) as captured:
            client.get(URL, {"area": "", "period": "2569"})
        return len(captured)

    few = statements()
    for number in range(20, 30):
        make_village(f"500108{number}", f"บ้าน {number}")

    assert statements() == few <= 17
