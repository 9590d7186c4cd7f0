"""The desks of groups, flows and changes: who may read, what they show, what they refuse."""

import re
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail.users.models import UserProfile

from marketplace.accounts.models import AreaGrant
from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.ledger.periods import parse_period
from marketplace.ledger.queries import income_change
from shop.reports.change_words import change_sentence
from shop.reports.comparing import Against, just_before, period_against
from tests.factories import make_member, make_producer, make_user, make_village
from tests.marketplace.ledger import counted_change, rig
from tests.marketplace.ledger.two_years import make_two_years, transfers_in

PUI, UBON = "50010811", "34010105"
NAMES = ("groups", "flows", "change", "distribution")
GROUPS, FLOWS, CHANGE, SPREAD = (f"/cms/reports/{name}/" for name in NAMES)
DESKS = (GROUPS, FLOWS, CHANGE, SPREAD)


@pytest.fixture
def weavers(db, monkeypatch):
    monkeypatch.setattr(thai, "today", lambda: date(2026, 11, 22))
    weavers = make_producer(make_village(PUI, "บ้านดอยปุย", name_en="Ban Doi Pui"), "กลุ่มทอผ้า")
    may = datetime(2026, 5, 15, 5, tzinfo=UTC)
    rig.sell([rig.Part(weavers, {PUI: 10_050}, buyer_province_code="10")], at=may)
    rig.sell([rig.Part(weavers, {PUI: 7_000})], at=may.replace(month=4))
    ubon = make_producer(make_village(UBON, "บ้านปะอาว"))
    rig.sell([rig.Part(ubon, {UBON: 900}, buyer_province_code="34")], at=may)
    return weavers


def staff(role, *areas):
    user = make_user(is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    for area in areas:
        AreaGrant.objects.create(user=user, area_code=area, valid_from=date(2020, 1, 1))
    return user


@pytest.fixture
def finance(client, weavers):
    client.force_login(staff(StaffRole.FINANCE))


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_groups_of_each_village_and_first_sales_are_shown(client, finance, weavers):
    page = client.get(GROUPS, {"area": "50", "period": "2026-05"})

    said = text_of(page)
    assert "฿100.50" in said and "100.00%" in said and "กลุ่มทอผ้า" in said
    assert page.context["answer"]["first_villages"] == []
    april = client.get(GROUPS, {"area": "50", "period": "2026-04"})
    assert [village.code for village, _url in april.context["answer"]["first_villages"]] == [PUI]
    assert f"producer={weavers.pk}" in april.content.decode()


def test_flows_are_shown_largest_first_and_of_one_province(client, finance):
    page = client.get(FLOWS, {"area": "", "period": "2026-05"})
    one = client.get(FLOWS, {"area": "", "period": "2026-05", "from": "34"})
    to = client.get(FLOWS, {"area": "", "period": "2569", "to": "50"})

    amounts = [flow.income_satang for flow, _share in page.context["answer"]["rows"]]
    assert amounts == [10_050, 900]
    assert [flow.to.code for flow, _share in one.context["answer"]["rows"]] == ["34"]
    assert [flow.origin.code for flow, _share in to.context["answer"]["rows"]] == ["10"]
    assert "฿70" in text_of(to)  # not sent by us, of April


def test_a_change_is_told_in_a_sentence_a_picture_and_a_table(client, finance):
    query = {"area": PUI, "period": "2026-05", "against": "just-before"}
    page = client.get(CHANGE, query)

    said = page.content.decode()
    assert page.context["answer"]["change"].before.key == "2026-04"
    assert "฿30.50" in page.context["answer"]["sentence"]
    assert said.count('<svg class="picture__drawing parts"') == 1
    assert [satang for _words, satang in page.context["answer"]["parts"]] == [3_050]


def test_a_group_is_asked_for_by_its_number_within_the_area(client, finance, weavers):
    page = client.get(CHANGE, {"area": "34", "period": "2026-05", "producer": weavers.pk})

    assert page.context["answer"]["change"].income_satang == 0
    for number in ("0", "x", "9" * 30, "๑"):
        refused = client.get(CHANGE, {"area": "34", "period": "2026-05", "producer": number})
        assert refused.status_code == 400
        assert 'role="alert"' in refused.content.decode()


@pytest.mark.parametrize("url", DESKS)
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"period": "2569-q9"}, 400),
        ({"period": "2026-05-10--2026-05-03"}, 400),
        ({"period": "2010-01-01--2026-05-03"}, 400),
        ({"area": "99"}, 404),
        ({"area": "<script>alert(1)</script>"}, 404),
        ({"area": "50\x00"}, 404),
        ({"city": "34"}, 400),
    ],
)
def test_bad_choices_get_a_sentence(client, finance, url, query, status):
    page = client.get(url, query)

    assert page.status_code == status
    assert 'role="alert"' in page.content.decode()
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("url", DESKS)
def test_cities_of_one_kind_are_named_and_kept_by_every_link(client, weavers, url, language):
    """All links that ask again of the same period keep what is asked; the form has it chosen."""
    reader = staff(StaffRole.FINANCE)
    UserProfile.objects.create(user=reader, preferred_language=language)
    client.force_login(reader)

    page = client.get(url, {"area": "", "period": "2026-05", "city": "main"})

    words = {"th": "เฉพาะเมืองหลัก", "en": "Only main cities"}
    assert words[language] in text_of(page)
    assert '<option value="main" selected>' in page.text
    links = [link for link in re.findall(r'href="([^"]+)"', page.text) if "period=" in link]
    answer = page.context["answer"]
    links += [answer[name] for name in ("page_url", "villages_url") if name in answer]
    assert links and {"city=main" in link for link in links} == {True}
    exported = [client.get(link.replace("&amp;", "&")) for link in links if "export=" in link]
    assert len(exported) == 4
    assert all("main" in file["Content-Disposition"] for file in exported)


def test_a_comparison_that_cannot_be_gets_a_sentence(client, finance):
    for against in ("x", "2026-13", "2569-q9"):
        page = client.get(CHANGE, {"against": against})
        assert page.status_code == 400


@pytest.mark.parametrize("url", DESKS)
def test_officers_read_their_areas_only(client, weavers, url):
    client.force_login(staff(StaffRole.OFFICER, "50"))

    assert client.get(url).status_code == 200
    assert client.get(url, {"area": PUI, "period": "2569"}).status_code == 200
    for area in ("", "N", "34", UBON):
        page = client.get(url, {"area": area, "period": "2569"})
        assert page.status_code == 403
        assert "฿" not in page.content.decode()


@pytest.mark.parametrize("url", DESKS)
def test_others_get_no_figures(client, weavers, url):
    maker = make_member(weavers, "owner").user
    for user in (None, make_user(), maker, staff(StaffRole.SUPPORT)):
        if user:
            client.force_login(user)
        page = client.get(url, {"area": PUI, "period": "2569"})
        assert page.status_code in (302, 403)
        assert "฿" not in page.content.decode()


@pytest.mark.parametrize(("url", "most"), [(GROUPS, 20), (FLOWS, 17), (CHANGE, 18)])
def test_statements_do_not_grow_with_the_villages(client, finance, url, most):
    make_two_years(4, orders=30)

    with CaptureQueriesContext(connection) as captured:
        page = client.get(url, {"area": "", "period": "2569"})

    assert page.status_code == 200
    assert len(captured) <= most


@pytest.mark.parametrize(
    ("key", "before"),
    [
        ("2026-03", "2026-02"),
        ("2569-q1", "2568-q4"),
        ("2569", "2568"),
        ("2026-05-10--2026-05-19", "2026-04-30--2026-05-09"),
        ("2026-04-01--2026-05-31", "2026-02-01--2026-03-31"),
    ],
)
def test_just_before_is_as_long_and_ends_the_day_before(key, before):
    assert just_before(parse_period(key)).key == before


def test_a_year_before_is_the_same_days():
    assert period_against("", parse_period("2569-q3")).key == "2568-q3"
    assert period_against(Against.LAST_YEAR, parse_period("2026-05")).key == "2025-05"
    assert period_against("2567", parse_period("2569")).key == "2567"


# --- Every number of the sentence ----------------------------------------------------------------


def baht(satang):
    whole, rest = divmod(abs(satang), 100)
    sign = "−" if satang < 0 else ""
    return f"{sign}฿{whole:,}.{rest:02}" if rest else f"{sign}฿{whole:,}"


def pieces(number):
    hundredths = round(number * 100)
    whole, rest = divmod(hundredths, 100)
    return f"{whole:,}.{rest:02}" if rest else f"{whole:,}"


def numbers_by_hand(before, now):
    """The numbers that the sentence must have after its first full stop, in its order."""
    old, new = counted_change.products_of(before), counted_change.products_of(now)
    kept = old.keys() & new.keys()
    was, is_now = counted_change.totals_of(before), counted_change.totals_of(now)
    facts = {
        "purchases": [sum(found[p][2] for p in kept) for found in (new, old)],
        "pieces": [pieces(sum(found[p][1] for p in kept)) for found in (new, old)],
        "price": [len(kept)],
        "new": [len(new.keys() - kept)],
        "gone": [len(old.keys() - kept)],
        "discounts": [baht(one["producer_discount_satang"]) for one in (is_now, was)],
        "refunds": [baht(one["refunded_satang"]) for one in (is_now, was)],
        "moved": [baht(one["moved_satang"]) for one in (is_now, was)],
    }
    parts = counted_change.parts_of(before, now)
    order = sorted(parts, key=lambda name: (-abs(parts[name]), list(facts).index(name)))
    found = []
    for name in order:
        amount = baht(parts[name])
        found += [*map(str, facts[name]), f"+{amount}" if parts[name] > 0 else amount]
    return found


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("seed", [21, 22])
def test_every_number_of_the_sentence_is_that_of_the_ledger(db, seed, language):
    make_two_years(seed, orders=90)
    period, before = parse_period("2569"), parse_period("2568")

    for code in ("", "N", "50", "5001", PUI, UBON):
        change = income_change(code, period, before)
        with override(language):
            sentence = change_sentence(change, "X").replace("\N{WORD JOINER}", "")
        head, told = re.split(r"(?<=\))\s*\.?\s(?=\D*:)", sentence, maxsplit=1)
        now, then = transfers_in(code, period), transfers_in(code, before)
        incomes = {counted_change.income(now), counted_change.income(then)}
        size = counted_change.income(now) - counted_change.income(then)
        assert {baht(one) for one in (*incomes, abs(size))} == set(
            re.findall(r"−?฿[\d,.]*\d", head)
        )
        assert re.findall(r"[+−]?฿?\d(?:[\d,.]*\d)?", told) == numbers_by_hand(then, now)


def test_a_change_of_nothing_is_said_plainly(db):
    change = income_change("", parse_period("2026-05"), parse_period("2026-04"))

    with override("en"):
        sentence = change_sentence(change, "Thailand")

    assert sentence == "The income of Thailand stayed the same: ฿0 (May 2026), and ฿0 (April 2026)."
