"""What the people of a village and the makers read on pages of their own is what the books say."""

from collections import Counter
from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse

from marketplace.villages.services import add_village_member
from tests.factories import make_member, make_user, make_village
from tests.shop.reports.year.asked import Asked, Days, fiscal_year, month_of
from tests.shop.reports.year.cast import MAE, MERGED_LAST_DAY, PUI, QUIET, REGISTER, SRI, TODAY
from tests.shop.reports.year.reading import baht, month_name, table_under, text_of
from tests.shop.reports.year.test_every_report import YEAR
from tests.shop.reports.year.test_other_pages import by_hand, net

YEARS = [fiscal_year(year) for year in range(2570, 2565, -1)]  # the newest first
NAMES = REGISTER | {PUI: "บ้านม้งดอยปุย"}
MAKERS = ["weavers", "growers", "potters", "soapers", "hosts"]


@pytest.fixture(autouse=True)
def undone(year):
    """Who becomes a member here is none afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def people_of(*codes: str):
    user = make_user()
    for code in codes:
        since = date(2025, 8, 1)
        add_village_member(
            village=make_village(code), user=user, role="treasurer", since=since, by=None
        )
    return user


def months_shown(chosen: Days) -> list[tuple[int, int]]:
    """Twelve that end with the year, or with this month while it runs; the newest first."""
    last = min(chosen.last, TODAY)
    ends = last.year * 12 + last.month - 1
    return [(number // 12, number % 12 + 1) for number in range(ends, ends - 12, -1)]


# --- The people of a village ---------------------------------------------------------------------


@pytest.mark.parametrize("village", REGISTER)
def test_a_member_reads_the_years_and_months_of_the_village(year, client, village):
    client.force_login(people_of(village))
    page = client.get("/my-villages/", follow=True)
    assert page.redirect_chain == [(f"/my-villages/{village}/", 302)]

    has_declared = any(sums_of(year, village, one)["declared_satang"] for one in YEARS)
    for chosen in YEARS[:3]:
        html = client.get(page.redirect_chain[0][0], {"year": chosen.key}).text
        income = baht(sums_of(year, village, chosen)["income_satang"])
        assert f'<dd class="number">{income}</dd>' in html
        assert f"{NAMES[village]}" in text_of(html)
        assert table_under(html, "รายได้ของหมู่บ้านตามปีงบประมาณ") == [
            [one.key, *shown(sums_of(year, village, one), has_declared)] for one in YEARS
        ]
        assert table_under(html, "รายได้ของหมู่บ้านรายเดือน") == [
            month_row(year, village, *month, has_declared) for month in months_shown(chosen)
        ]


def month_row(year, village: str, in_year: int, month: int, has_declared: bool) -> list[str]:
    sums = sums_of(year, village, month_of(in_year, month))
    before = sums_of(year, village, month_of(in_year - 1, month))
    income, *declared = shown(sums, has_declared)
    return [month_name(in_year, month), income, baht(before["income_satang"]), *declared]


def sums_of(year, village: str, period: Days) -> Counter:
    asked = Asked(village, period)
    sums = Counter(year.answers.total(asked, period).measures)
    sums["income_satang"] = year.answers.income(asked, period)
    return sums


def shown(sums: Counter, has_declared: bool) -> list[str]:
    names = ("income_satang", *(["declared_satang"] if has_declared else []))
    return [baht(sums[name]) for name in names]


def test_a_merged_village_keeps_what_it_earned_and_gets_no_more(year, client):
    """Who took its ground goes on with sales of its own; corrections alone move older ones."""
    after = Days("", date.fromordinal(MERGED_LAST_DAY.toordinal() + 1), TODAY)
    asked = Asked(MAE, after)
    sold = [fact for fact in year.answers.told(asked, after) if "sales" in fact.measures]
    assert not sold and year.answers.income(asked, after) < 0

    client.force_login(people_of(MAE, PUI))
    choose = client.get("/my-villages/")

    assert [f"/my-villages/{code}/" in choose.text for code in (MAE, PUI, SRI)] == [1, 1, 0]
    assert NAMES[MAE] in text_of(choose.text) and NAMES[PUI] in text_of(choose.text)
    for code in (MAE, PUI):
        html = client.get(f"/my-villages/{code}/").text
        [this_year, *_] = table_under(html, "รายได้ของหมู่บ้านตามปีงบประมาณ")
        assert this_year[1] == baht(sums_of(year, code, YEARS[0])["income_satang"])


@pytest.mark.parametrize("village", REGISTER)
@pytest.mark.parametrize(
    ("period", "against", "before"),
    [
        (YEAR, "last-year", fiscal_year(2568)),
        (month_of(2026, 7), "just-before", month_of(2026, 6)),  # a village was merged between
    ],
    ids=["year", "month"],
)
def test_a_member_reads_parts_of_a_change_that_add_up(
    year, client, village, period, against, before
):
    client.force_login(people_of(village))

    query = {"period": period.key, "against": against}
    html = client.get(f"/my-villages/{village}/why/", query).text

    now, then = (sums_of(year, village, one)["income_satang"] for one in (period, before))
    assert_change(html, now, then)
    assert period == month_of(2026, 7) or (now == then) == (village == QUIET)


def assert_change(html: str, now: int, before: int) -> None:
    first, *parts, last = table_under(html, "ส่วนประกอบของการเปลี่ยนแปลง")
    assert (first[1], last[1]) == (baht(before), baht(now))
    assert sum(satang_in(part[1]) for part in parts) == now - before
    assert all(
        part[1] == "+" * (satang_in(part[1]) > 0) + baht(satang_in(part[1])) for part in parts
    )
    if now != before:
        assert baht(abs(now - before)) in text_of(html).partition(first[0])[0]


def satang_in(words: str) -> int:
    whole, _dot, rest = words.lstrip("+−฿").partition(".")
    satang = int(whole.replace(",", "")) * 100 + int(rest or 0)
    return -satang if "−" in words else satang


# --- Makers --------------------------------------------------------------------------------------


def whose_page(year, client, whose: str):
    maker = year.story.makers[whose]
    client.force_login(make_member(maker, "finance").user)
    return maker


@pytest.mark.parametrize("whose", MAKERS)
def test_a_maker_reads_every_month_and_year(year, client, whose):
    maker = whose_page(year, client, whose)

    html = client.get(reverse("workbench:income-months", args=[maker.pk])).text

    months = table_under(html, "เงินที่ได้รับรายเดือน")
    declared = [has_declared(year, maker.pk)] * len(months)
    newest_first = [month_at(number) for number in range(len(months))]
    assert months == [
        [month_name(one.first.year, one.first.month), str(sold_in(year, maker.pk, one)), *rest]
        for one, rest in zip(newest_first, map_received(year, maker.pk, newest_first), strict=True)
    ]
    assert all(declared) == (len(months[0]) == 4)
    assert newest_first[-1].first <= min(
        fact.day for fact in year.books.facts if fact.producer == maker.pk
    )
    years = table_under(html, "เงินที่ได้รับตามปีงบประมาณ")
    periods = YEARS[: len(years)]
    assert years == [
        [one.key, *rest]
        for one, rest in zip(periods, map_received(year, maker.pk, periods), strict=True)
    ]


def month_at(before_this: int) -> Days:
    number = TODAY.year * 12 + TODAY.month - 1 - before_this
    return month_of(number // 12, number % 12 + 1)


def has_declared(year, producer: int) -> bool:
    return any(by_hand(year, producer, one)["declared_satang"] for one in YEARS)


def sold_in(year, producer: int, period: Days) -> int:
    """Orders of this site: one purchase of a maker each, whatever was in it."""
    facts = [fact for fact in year.books.facts if fact.producer == producer and fact.day in period]
    return len({fact.order for fact in facts if fact.order})


def map_received(year, producer: int, periods: list[Days]) -> list[list[str]]:
    found = []
    for period in periods:
        sums = by_hand(year, producer, period)
        declared = [baht(sums["declared_satang"])] if has_declared(year, producer) else []
        found.append([baht(net(sums)), *declared])
    return found


@pytest.mark.parametrize("whose", MAKERS)
def test_the_sales_of_a_month_add_up_to_what_the_maker_receives(year, client, whose):
    maker = whose_page(year, client, whose)
    for period in (month_of(2026, 2), month_of(2026, 4), month_of(2026, 10)):
        url = reverse("workbench:income-month", args=[maker.pk, period.key])

        html = client.get(url).text

        sums = by_hand(year, maker.pk, period)
        name = month_name(period.first.year, period.first.month)
        facts = [f for f in year.books.facts if f.producer == maker.pk and f.day in period]
        if any(net(Counter(fact.measures)) for fact in facts):
            rows = table_under(html, f"การขายและการคืนเงินเดือน{name} ล่าสุดขึ้นก่อน")
            assert sum(satang_in(row[-1]) for row in rows) == net(sums)
        assert f'<dd class="facts__total">{baht(net(sums))}</dd>' in html


@pytest.mark.parametrize("whose", MAKERS)
def test_a_maker_reads_parts_of_a_change_that_add_up(year, client, whose):
    maker = whose_page(year, client, whose)

    url = reverse("workbench:income-why", args=[maker.pk])
    html = client.get(url, {"period": "2569", "against": "last-year"}).text

    now, before = (
        sum(fact.income for fact in year.books.facts if is_of(fact, maker.pk, one))
        for one in (YEAR, fiscal_year(2568))
    )
    assert_change(html, now, before)


def is_of(fact, producer: int, period: Days) -> bool:
    return fact.producer == producer and fact.day in period
