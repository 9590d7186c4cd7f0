"""The makers' own pages, the desks beside the report and the orders: one book."""

import csv
import io
from collections import Counter
from decimal import Decimal

import pytest
from django.urls import reverse

from shop.placing.money import split_of
from shop.workbench.queries import income
from shop.workbench.queries.owed import Month
from tests.factories import make_member
from tests.shop.reports.year.asked import REGIONS, Asked, Days, fiscal_year, month_of
from tests.shop.reports.year.cast import PUI, UBON
from tests.shop.reports.year.test_every_report import MONTHS, ODD, YEAR

# --- What makers see -----------------------------------------------------------------------------


def by_hand(year, producer: int, period: Days) -> Counter:
    sums = Counter()
    for fact in year.books.facts:
        if fact.producer == producer and fact.day in period:
            sums.update(fact.measures)
    return sums


def net(sums: Counter) -> int:
    return (
        sums["sold_satang"]
        - sums["producer_discount_satang"]
        - sums["refunded_satang"]
        + sums["delivery_satang"]
        - sums["fee_satang"]
        - sums["fee_vat_satang"]
        - sums["passed_gateway_fee_satang"]
        + sums["adjustment_satang"]
    )


@pytest.mark.parametrize("whose", ["weavers", "growers", "potters", "soapers", "hosts"])
def test_every_month_at_the_workbench_is_that_of_the_books(year, client, whose):
    maker = year.story.makers[whose]
    shown = {month.period.key: month for month in income.months_of(maker)}

    for period in MONTHS:
        sums = by_hand(year, maker.pk, period)
        month = shown.get(period.key, Month(period))  # begins with the first sale
        assert month.net_satang == net(sums), period.key
        assert month.sums.paid_out_satang == sums["paid_out_satang"]
        assert month.sums.adjustment_satang == sums["adjustment_satang"]
    owed = year.books.owed
    left = owed[maker.pk, "goods"] + owed[maker.pk, "delivery"]
    assert sum(month.owed_satang for month in shown.values()) == left


@pytest.mark.parametrize("whose", ["weavers", "potters"])
def test_the_file_of_a_maker_adds_up_to_the_books(year, client, whose):
    maker = year.story.makers[whose]
    client.force_login(make_member(maker, "finance").user)

    url = reverse("workbench:income-csv", args=[maker.pk, "2569"])
    file = client.get(url).getvalue().decode("utf-8-sig")

    _header, *rows, total = csv.reader(io.StringIO(file))
    sums = by_hand(year, maker.pk, YEAR)
    assert [Decimal(total[n]) * 100 for n in (-2, -1)] == [net(sums), sums["paid_out_satang"]]
    assert sum(Decimal(row[-2]) for row in rows) == Decimal(total[-2])


def test_where_the_money_of_each_order_went_adds_up_to_what_was_paid(year):
    for handle in year.story.handles.values():
        order = handle.order
        split = split_of(order, list(order.parcels.all()))
        facts = [fact for fact in year.books.facts if is_of(fact, handle, year)]
        incomes = Counter()
        for fact in facts:
            incomes[fact.village] += fact.income
        assert {one.code: one.amount_satang for one in split.incomes} == {
            one.code: incomes[one.code] for one in split.incomes
        }
        assert sum(incomes.values()) == sum(one.amount_satang for one in split.incomes)
        cells = year.books.cells[handle.number]
        sent = year.books.delivery[handle.number].values()
        left = sum(cell.paid for cell in cells) + sum(satang for _village, satang in sent)
        assert split.paid_satang == left
        assert sum(part.amount_satang for part in split.parts) == left + split.added_satang


def is_of(fact, handle, year) -> bool:
    lines = set(handle.things.values())
    return fact.cell is not None and fact.cell.line.id in lines


# --- The desks beside the report -----------------------------------------------------------------


@pytest.mark.parametrize("area", ["", "N", "50", PUI])
@pytest.mark.parametrize("period", [YEAR, ODD[1]], ids=lambda one: one.key)
def test_groups_of_villages_are_those_of_the_books(year, finance, area, period):
    page = finance.get("/cms/reports/groups/", {"area": area, "period": period.key})

    report = page.context["answer"]["report"]
    by_group: dict[str, Counter] = {}
    for fact in year.answers.told(Asked(area, period), period):
        by_group.setdefault(fact.village, Counter())[fact.producer] += fact.income
    for village in report.villages:
        earned = {group: satang for group, satang in by_group[village.code].items() if satang > 0}
        assert village.income_satang == sum(by_group[village.code].values())
        assert (village.groups, village.earned_satang) == (len(earned), sum(earned.values()))
        if earned:
            assert village.top.income_satang == max(earned.values())
    assert report.income_satang == year.answers.income(Asked(area, period), period)


@pytest.mark.parametrize("area", ["", "N", "50", PUI])
@pytest.mark.parametrize("period", [YEAR, ODD[1]], ids=lambda one: one.key)
def test_flows_from_province_to_province_are_those_of_the_books(year, finance, area, period):
    page = finance.get("/cms/reports/flows/", {"area": area, "period": period.key})

    cells = Counter()
    for fact in year.answers.told(Asked(area, period), period):
        if fact.cell is not None and not fact.channel:
            to = area if len(area) > 2 else fact.village[:2]
            cells[fact.cell.buyer, to] += fact.income
    found = page.context["answer"]["flows"].cells
    assert found == {key: satang for key, satang in cells.items() if satang}


@pytest.mark.parametrize("area", ["", *REGIONS[:2], "34", UBON])
@pytest.mark.parametrize("against", ["last-year", "2568", "2026-03"])
def test_why_income_changed_adds_up_to_the_difference(year, finance, area, against):
    query = {"area": area, "period": "2569", "against": against}
    page = finance.get("/cms/reports/change/", query)

    change = page.context["answer"]["change"]
    before = month_of(2026, 3) if against == "2026-03" else fiscal_year(2568)
    now, then = (year.answers.income(Asked(area, one), one) for one in (YEAR, before))
    assert (change.income_satang, change.before_satang) == (now, then)
    assert sum(part.amount_satang for part in change.parts) == now - then
