"""Groups that earned, the share of the top one, and first sales: against plain Python."""

from collections import Counter, defaultdict
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.ledger.periods import parse_period
from marketplace.ledger.queries import Question, group_report, income_report
from marketplace.places.services import UnknownArea
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig
from tests.marketplace.ledger.two_years import (
    all_transfers,
    income_of,
    make_two_years,
    transfers_in,
)

PUI, MAE = "50010811", "50010812"
MAY = parse_period("2026-05")
AREAS = ("", "N", "50", "5001", "500108", PUI)
PERIODS = ("2568", "2569", "2569-q2", "2026-03", "2024-10-15--2024-12-31", "2025-03-07--2025-03-20")


def by_hand(code, period, among):
    incomes, sold = defaultdict(Counter), set()
    for one in transfers_in(code, period, among):
        if one.producer_id:
            incomes[one.village_code][one.producer_id] += income_of(one)
        if one.kind == "sale":
            sold.add((one.village_code, one.producer_id))
    before = [
        (one.village_code, one.producer_id)
        for one in among
        if one.kind == "sale" and one.day < period.first
    ]
    new_villages = {village for village, _ in sold} - {village for village, _ in before}
    new_groups = {group for _, group in sold} - {group for _, group in before}
    return incomes, sold, new_villages, new_groups


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_groups_and_first_sales_are_those_of_plain_python(db, seed):
    make_two_years(seed)
    among = all_transfers()

    for code in AREAS:
        for key in PERIODS:
            period = parse_period(key)
            report = group_report(code, period)
            incomes, sold, new_villages, new_groups = by_hand(code, period, among)
            totals = Counter()
            for village in incomes.values():
                totals.update(village)
            earned = {village for village in incomes if any(incomes[village].values())}
            there = {village for village, _ in sold} | earned
            assert [row.code for row in report.villages] == sorted(there), (code, key)
            for row in report.villages:
                earning = {g: n for g, n in incomes[row.code].items() if n > 0}
                assert row.groups == len(earning)
                assert row.income_satang == sum(incomes[row.code].values())
                if earning:
                    assert row.top_share == Fraction(max(earning.values()), sum(earning.values()))
                    assert earning[row.top.producer_id] == max(earning.values())
                else:
                    assert (row.top, row.top_share) == (None, None)
            assert report.groups == sum(n > 0 for n in totals.values())
            assert {row.code for row in report.first_villages} == new_villages
            assert {row.producer_id: row.income_satang for row in report.first_groups} == {
                group: totals[group] for group in new_groups
            }
            assert report.income_satang == income_report(Question(code, period)).total.income_satang


def test_a_group_below_zero_is_no_part_of_the_share(db):
    village = make_village(PUI, "บ้าน ก")
    one, two, three = (make_producer(village, f"กลุ่ม {n}") for n in (1, 2, 3))
    rig.sell([rig.Part(one, {PUI: 300}), rig.Part(two, {PUI: 100})])
    sale = rig.sell_in({PUI: 50}, datetime(2026, 4, 3, 5, tzinfo=UTC), three)
    rig.refund(sale, {sale.shares[0].line_id: 50})

    report = group_report("500108", MAY)

    (row,) = report.villages
    assert (row.income_satang, row.earned_satang, row.groups) == (350, 400, 2)
    assert (row.top.name_th, row.top_share) == ("กลุ่ม 1", Fraction(3, 4))
    assert (report.groups, report.villages_earning, report.villages_of_one_group) == (2, 1, 0)
    assert [row.producer_id for row in report.first_groups] == [one.pk, two.pk]
    assert report.first_villages == []


def test_a_group_that_had_sold_in_another_village_is_not_new(db):
    make_village(MAE, "บ้าน ข")
    group = make_producer(make_village(PUI, "บ้าน ก"))
    rig.sell_in({MAE: 100}, datetime(2026, 5, 2, 5, tzinfo=UTC), group)
    rig.sell_in({PUI: 100}, datetime(2026, 5, 20, 5, tzinfo=UTC), group)

    report = group_report(PUI, parse_period("2026-05-10--2026-05-31"))

    assert [row.code for row in report.first_villages] == [PUI]
    assert report.first_groups == ()


def test_declared_sales_are_no_first_sales(db):
    group = make_producer(make_village(PUI, "บ้าน ก"))
    rig.declare_in({PUI: 4_000}, group)

    report = group_report("", MAY)

    assert (report.villages, report.first_groups, report.groups) == ((), (), 0)


def test_an_area_that_is_none_is_refused(db):
    for code in ("99", "5", "x" * 8, "99999999"):
        with pytest.raises(UnknownArea):
            group_report(code, MAY)


@pytest.mark.parametrize(("key", "most"), [("2569", 7), ("2025-11-15--2026-05-09", 10)])
def test_statements_do_not_grow(db, key, most):
    make_two_years(4, orders=30)

    for code in AREAS:
        with CaptureQueriesContext(connection) as captured:
            group_report(code, parse_period(key))
        assert len(captured) <= most
