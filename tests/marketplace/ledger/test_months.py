"""Months of an area, and of each row of a report, against transfers added up one by one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.ledger import queries
from marketplace.ledger.periods import parse_period
from marketplace.ledger.queries import Dimension, Level, Question
from tests.marketplace.ledger.recount import measures_of
from tests.marketplace.ledger.two_years import (
    all_transfers,
    income_of,
    make_two_years,
    transfers_in,
)

PERIOD = parse_period("2569-q3")  # so the twelve months begin in July 2025
MONTHS = [date(2025 + (n > 11), (n % 12) + 1, 1) for n in range(6, 18)]


@pytest.fixture
def transfers(db):
    make_two_years(7, orders=80)
    return all_transfers()


def by_hand(transfers):
    incomes = dict.fromkeys(MONTHS, 0)
    for one in transfers:
        if one.day.replace(day=1) in incomes:
            incomes[one.day.replace(day=1)] += income_of(one)
    return tuple(incomes.values())


@pytest.mark.parametrize(
    "question",
    [
        Question("", PERIOD, Level.REGION),
        Question("", PERIOD, Level.PROVINCE),
        Question("N", PERIOD, Level.PROVINCE),
        Question("50", PERIOD, Level.VILLAGE),
        Question("5001", PERIOD, Level.TAMBON),
    ],
)
def test_each_row_has_the_income_of_its_twelve_months(transfers, question):
    report = queries.income_report(question)

    with CaptureQueriesContext(connection) as captured:
        found = queries.courses(report, [row.code for row in report.rows])

    assert len(captured) == 1
    assert [month.month for month in report.months] == MONTHS
    assert found == {
        row.code: by_hand(transfers_in(row.code, among=transfers)) for row in report.rows
    }
    assert any(any(course) for course in found.values())


def test_rows_of_a_dimension_have_theirs_where_a_roll_up_holds_them(transfers):
    by_type = queries.income_report(Question("50", PERIOD, Dimension.OTOP_TYPE))
    by_maker = queries.income_report(Question("50010811", PERIOD))
    regions_of_food = queries.income_report(
        Question("", PERIOD, Level.REGION, {Dimension.OTOP_TYPE: "food"})
    )

    # What is of no line, such as delivery, is income of nobody.
    here = [one for one in transfers_in("50", among=transfers) if one.origin]
    assert queries.courses(by_type, ["food"]) == {
        "food": by_hand(one for one in here if one.origin.otop_type == "food")
    }
    village = transfers_in("50010811", among=transfers)
    codes = [row.code for row in by_maker.rows]
    assert queries.courses(by_maker, codes) == {
        code: by_hand(one for one in village if str(one.producer_id) == code) for code in codes
    }
    food = [one for one in here if one.origin.otop_type == "food"]
    assert queries.courses(regions_of_food, ["N"]) == {"N": by_hand(food)}


def test_what_no_roll_up_holds_has_no_line(transfers):
    report = queries.income_report(Question("5001", PERIOD, Dimension.OTOP_TYPE))

    assert queries.courses(report, ["food"]) is None


@pytest.mark.parametrize("code", ["", "NE", "50", "50010811"])
def test_an_area_has_its_figures_month_by_month(transfers, code):
    period = parse_period("2025-07-01--2026-06-30")

    found = queries.area_months(code, period, queries.regions())

    here = transfers_in(code, period, transfers)
    assert [month.month for month in found] == MONTHS
    assert tuple(month.income_satang for month in found) == by_hand(here)
    declared = sum(measures_of(one).get("declared_satang", 0) for one in here)
    assert sum(month.declared_satang for month in found) == declared
