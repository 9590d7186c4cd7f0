"""Groups that earned, the share of the top one, and first sales: against plain Python."""

from collections import Counter, defaultdict
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.ledger.periods import parse_period
from marketplace.ledger.queries import City, Question, group_report, income_report, only_city
from marketplace.places.services import UnknownArea
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig
from tests.marketplace.ledger.two_years import (
    BY_CITY,
    all_transfers,
    income_of,
    make_two_years,
    of_cities,
    transfers_in,
)

PUI, MAE, UBON = "50010811", "50010812", "34010105"
MAY = parse_period("2026-05")
AREAS = ("", "N", "50", "5001", "500108", PUI)
PERIODS = ("2568", "2569", "2569-q2", "2026-03", "2024-10-15--2024-12-31", "2025-03-07--2025-03-20")


def by_hand(code, period, among, city):
    incomes, sold = defaultdict(Counter), set()
    for one in of_cities(transfers_in(code, period, among), city):
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

    for code, city in (*((area, None) for area in AREAS), *BY_CITY):
        for key in PERIODS:
            period = parse_period(key)
            report = group_report(code, period, city)
            incomes, sold, new_villages, new_groups = by_hand(code, period, among, city)
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
            whole = income_report(Question(code, period, only=only_city(city))).total
            assert (report.income_satang, report.city) == (whole.income_satang, city)


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


def test_a_group_that_had_sold_in_a_city_of_the_other_kind_is_not_new(db):
    make_village(UBON, "บ้าน ข")
    group = make_producer(make_village(PUI, "บ้าน ก"))
    rig.sell_in({PUI: 100}, datetime(2026, 4, 2, 5, tzinfo=UTC), group)
    rig.sell_in({UBON: 100}, datetime(2026, 5, 20, 5, tzinfo=UTC), group)

    report = group_report("", MAY, City.SECONDARY)

    assert [row.code for row in report.first_villages] == [UBON]
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
