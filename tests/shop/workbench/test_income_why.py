"""Why a producer's income changed; and what it declared, beside what it receives."""

import re
from datetime import UTC, date, datetime

import pytest

from marketplace.core import thai
from marketplace.villages.services import add_village_member
from shop.workbench.queries import income
from tests.factories import make_member, make_producer, make_village
from tests.marketplace.ledger import rig

PUI, UBON = "50010811", "34010105"


def at(year, month):
    return datetime(year, month, 15, 5, tzinfo=UTC)


@pytest.fixture
def weavers(db, monkeypatch):
    """Three scarves of ฿100 in two orders a year ago; now six of ฿110 in three, one shared with
    another village, ฿50 given back. Another producer of the village sold ฿999."""
    monkeypatch.setattr(thai, "today", lambda: date(2026, 11, 22))
    make_village(UBON, "บ้านปะอาว")
    weavers = make_producer(make_village(PUI, "บ้านดอยปุย"), "กลุ่มทอผ้า", name_en="Weavers")
    for pieces in (1, 2):
        part = rig.Part(weavers, {PUI: pieces * 10_000}, product_id=1, quantity=pieces)
        rig.sell([part], at=at(2025, 10))
    for villages in ({PUI: 22_000}, {PUI: 22_000}, {PUI: 11_000, UBON: 11_000}):
        sale, _event = rig.sell(
            [rig.Part(weavers, villages, product_id=1, quantity=2)], at=at(2026, 11)
        )
    rig.refund(sale, {sale.shares[0].line_id: 5_000}, at=at(2026, 11))
    bakers = make_producer(weavers.home_village, "กลุ่มขนม")
    rig.sell_in({PUI: 99_900}, at(2026, 11), bakers)
    rig.declare_in({PUI: 4_000}, weavers, at=at(2026, 10))
    rig.take_back(rig.declare_in({PUI: 700}, weavers, at=at(2026, 10)), at=at(2026, 11))
    rig.declare_in({PUI: 50_000}, bakers, at=at(2026, 10))
    return weavers


@pytest.fixture
def owner(client, weavers):
    user = make_member(weavers, "owner").user
    client.force_login(user)
    return user


def test_the_sentence_and_its_parts_are_of_this_producer_alone(client, weavers, owner):
    page = client.get(f"/en/workbench/{weavers.pk}/income/why/", {"period": "2570"})

    told = page.context["told"]
    assert told.sentence.startswith(
        "The income of Weavers rose by ฿310: from ฿300 (1 Oct 2025 – 22 Nov 2025) to ฿610"
        " (Fiscal year 2570 (Oct 2026 – Sep 2027))."
    )
    # Purchases 2 to 3, pieces a purchase 1.5 to 2, price ฿100 to ฿110. Shapley values by hand:
    # purchases (2·150 + 200 + 165 + 2·220)/6 = 184.1667,
    # pieces (2·100 + 150 + 110 + 2·165)/6 = 131.6667, price (2·30 + 45 + 40 + 2·60)/6 = 44.1667.
    assert [satang for _words, satang in told.parts] == [18_417, 13_167, -5_000, 4_416]
    assert page.content.decode().count('class="picture__drawing parts"') == 1
    assert "999" not in page.content.decode().partition("<main")[2]


def test_the_period_before_may_stand_against_it(client, weavers, owner):
    page = client.get(
        f"/workbench/{weavers.pk}/income/why/", {"period": "2026-11", "against": "just-before"}
    )

    assert page.context["told"].change.before.key.startswith("2026-10")
    assert page.context["told"].change.before_satang == 0


def test_a_choice_that_cannot_be_is_said_in_words(client, weavers, owner):
    page = client.get(f"/workbench/{weavers.pk}/income/why/", {"period": "2569-q9"})

    assert page.status_code == 400
    assert "field__error" in page.content.decode()


def test_declared_sales_have_a_column_and_a_picture_of_their_own(client, weavers, owner):
    months = {month.period.key: month for month in income.months_of(weavers)}
    page = client.get(f"/en/workbench/{weavers.pk}/income/")

    told = {key: month.declared_satang for key, month in months.items() if month.declared_satang}
    assert told == {"2026-10": 4_700, "2026-11": -700}
    assert months["2026-11"].net_satang == 61_000
    assert months["2026-11"] == income.month_of(weavers, months["2026-11"].period)
    assert [
        (one.period.key, one.net_satang, one.declared_satang) for one in page.context["years"]
    ] == [("2570", 61_000, 4_000), ("2569", 30_000, 0)]
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))
    assert page.content.decode().count('class="picture__drawing bars"') == 2
    assert "Sold elsewhere ฿" not in words and "฿47" in words and "−฿7" in words


def test_without_declared_sales_there_is_no_empty_column(client, db, monkeypatch):
    monkeypatch.setattr(thai, "today", lambda: date(2026, 11, 22))
    bakers = make_producer(make_village(PUI))
    client.force_login(make_member(bakers).user)

    page = client.get(f"/en/workbench/{bakers.pk}/income/").content.decode()

    assert page.count('class="picture__drawing bars"') == 1
    assert "Sold elsewhere" not in page


def test_a_member_of_the_village_finds_its_totals_there(client, weavers, owner):
    url = f"/workbench/{weavers.pk}/income/"
    assert f"/my-villages/{PUI}/" not in client.get(url).content.decode()

    add_village_member(
        village=weavers.home_village,
        user=owner,
        role="coordinator",
        since=date(2020, 1, 1),
        by=None,
    )

    assert f"/my-villages/{PUI}/" in client.get(url).content.decode()
