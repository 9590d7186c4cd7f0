"""What the people of a village see: its totals and why they changed, never one maker's figures."""

import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.accounts.landing import beginning_of
from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.villages.services import add_village_member, end_village_member
from shop.targets.services import set_target
from tests.factories import make_member, make_producer, make_user, make_village
from tests.marketplace.ledger import rig
from tests.people import staff
from tests.shop.targets.test_targets import baseline

PUI, UBON = "50010811", "34010105"
TODAY = date(2026, 11, 22)  # fiscal year 2570
HOME, WHY = f"/my-villages/{PUI}/", f"/my-villages/{PUI}/why/"


def at(year, month, day=15):
    return datetime(year, month, day, 5, tzinfo=UTC)


@pytest.fixture
def village(db, monkeypatch):
    """Two makers: ฿100.50 and ฿70 in November 2026, ฿20 of the first in November 2025 and ฿8 in
    May 2026, ฿40 declared in October 2026. A village of Ubon sold ฿9."""
    monkeypatch.setattr(thai, "today", lambda: TODAY)
    village = make_village(PUI, "บ้านดอยปุย", name_en="Ban Doi Pui")
    weavers, bakers = make_producer(village, "กลุ่มทอผ้า"), make_producer(village, "กลุ่มขนม")
    rig.sell([rig.Part(weavers, {PUI: 10_050}, product_id=1)], at=at(2026, 11))
    rig.sell([rig.Part(bakers, {PUI: 7_000}, product_id=2)], at=at(2026, 11))
    rig.sell([rig.Part(weavers, {PUI: 2_000}, product_id=1)], at=at(2025, 11))
    rig.sell([rig.Part(weavers, {PUI: 800}, product_id=1)], at=at(2026, 5))
    rig.declare_in({PUI: 4_000}, weavers, at=at(2026, 10))
    rig.sell_in({UBON: 900}, producer=make_producer(make_village(UBON, "บ้านปะอาว")))
    return village


@pytest.fixture
def treasurer(client, village):
    user = make_user()
    since = date(2020, 1, 1)
    add_village_member(village=village, user=user, role="treasurer", since=since, by=None)
    client.force_login(user)
    return user


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_a_member_is_led_to_the_village_and_sees_its_totals(client, treasurer):
    assert client.get("/my-villages/").headers["Location"] == HOME
    assert beginning_of(treasurer).url_name == "reports:own-villages"

    page = client.get(HOME)
    totals = page.context["totals"]

    assert [(one.period.key, one.income_satang, one.declared_satang) for one in totals.years] == [
        ("2570", 17_050, 4_000),
        ("2569", 2_800, 0),
        ("2568", 0, 0),
        ("2567", 0, 0),
        ("2566", 0, 0),
    ]
    shown = {
        name: (m.income_satang, b.income_satang, m.declared_satang)
        for name, m, b in page.context["months"]
    }
    assert len(shown) == 12
    assert {name: sums for name, sums in shown.items() if any(sums)} == {
        "พฤศจิกายน 2569": (17_050, 2_000, 0),
        "ตุลาคม 2569": (0, 0, 4_000),
        "พฤษภาคม 2569": (800, 0, 0),
    }
    assert page.content.decode().count('class="picture__drawing bars"') == 2
    assert "กลุ่มทอผ้า" not in text_of(page) and "กลุ่มขนม" not in text_of(page)
    assert "฿170.50" in text_of(page) and "฿40" in text_of(page)


def test_an_earlier_year_is_looked_at_whole(client, treasurer):
    page = client.get(HOME, {"year": "2569"})

    assert page.context["totals"].chosen.income_satang == 2_800
    assert [m.month for _name, m, _before in page.context["months"]][0] == date(2026, 9, 1)
    for year in ("2400", "x", "๒๕๖๙", "9" * 40):
        assert client.get(HOME, {"year": year}).context["totals"].chosen.period.key == "2570"


def test_target_and_figures_from_before_stand_beside(client, treasurer):
    set_target(area_code=PUI, fiscal_year_be=2569, amount_satang=5_600, by=None)
    baseline(PUI, 4_000, channel="fair")

    page = client.get(HOME, {"year": "2569"})

    aim = page.context["aim"]
    assert (aim.reached_ppm, aim.lacking_satang, aim.growth_ppm) == (500_000, 2_800, -300_000)
    words = text_of(page)
    assert "50.00%" in words and "−30.00%" in words and "งานออกร้าน" in words
    assert page.context["totals"].chosen.income_satang == 2_800
    assert "50.00%" not in text_of(client.get(HOME))  # another year


def test_why_is_told_of_the_village_in_a_sentence_a_picture_and_a_table(client, treasurer):
    page = client.get("/en" + WHY, {"period": "2570"})

    # ฿20 in October and November 2025; now ฿100.50 of the same product, and ฿70 of a new one.
    assert page.context["told"].sentence.startswith(
        "The income of Ban Doi Pui rose by ฿150.50: from ฿20 (1 Oct 2025 – 22 Nov 2025) to ฿170.50"
    )
    assert sum(satang for _words, satang in page.context["told"].parts) == 15_050
    assert [satang for _words, satang in page.context["told"].parts] == [8_050, 7_000]
    assert page.content.decode().count('class="picture__drawing parts"') == 1
    assert page.content.decode().count("<tr>") == 1 + 1 + 2 + 1
    assert "กลุ่ม" not in text_of(page)


@pytest.mark.parametrize(
    "query", [{"period": "2026-13"}, {"period": "2400"}, {"against": "x"}, {"period": "<b>"}]
)
def test_a_choice_that_cannot_be_is_said_in_words(client, treasurer, query):
    page = client.get(WHY, query)

    assert page.status_code == 400
    assert "field__error" in page.content.decode()
    assert "<b>" not in page.content.decode().partition("<main")[2]


@pytest.mark.parametrize("url", [HOME, WHY])
def test_the_village_s_own_people_and_officers_get_in_and_nobody_else(client, village, url):
    maker = make_member(make_producer(village, "กลุ่มไม้"), "owner").user
    other = make_user()
    add_village_member(
        village=make_village("50010899", "บ้านอื่น"),
        user=other,
        role="coordinator",
        since=date(2020, 1, 1),
        by=None,
    )
    assert client.get(url).status_code == 302
    people = {
        404: [make_user(), maker, other, staff(StaffRole.SUPPORT), staff(StaffRole.OFFICER, "34")],
        200: [staff(StaffRole.OFFICER, "50"), staff(StaffRole.FINANCE)],
    }
    for status, those in people.items():
        for person in those:
            client.force_login(person)
            page = client.get(url)
            assert page.status_code == status
            assert ("฿170.50" in text_of(page)) == (status == 200)


def test_who_left_sees_nothing_more_and_the_list_is_not_there_for_others(client, treasurer):
    end_village_member(
        membership=treasurer.village_memberships.get(), last_day=date(2026, 11, 21), by=None
    )

    assert client.get(HOME).status_code == 404
    assert client.get("/my-villages/").status_code == 404
    assert beginning_of(treasurer) is None


def test_nothing_is_kept_by_caches_and_only_reading_is_allowed(client, treasurer):
    assert "no-store" in client.get(HOME).headers["Cache-Control"]
    assert client.post(HOME).status_code == 405
    assert client.get("/my-villages/99999999/").status_code == 404


@pytest.mark.parametrize(("url", "most"), [(HOME, 10), (WHY, 13)])
def test_statements_do_not_grow(client, treasurer, village, url, most):
    for number in range(5):
        maker = make_producer(village, f"กลุ่ม {number}")
        rig.sell_in({PUI: 100 + number}, at(2026, 11), maker)

    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)

    assert len(captured) <= most
