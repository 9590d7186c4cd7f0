"""Secondary cities and main ones: two rows that add up to the total, and a filter of places.

Ubon and Lampang are secondary cities; Chiang Mai and Bangkok are not.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.ledger import queries
from marketplace.ledger.periods import parse_period
from marketplace.ledger.queries import Before, Dimension, Level, Question
from marketplace.places.models import Province
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig

DOI_PUI, DOI_LO, LAMPANG, BANGKOK, UBON = "50010811", "50010101", "52010101", "10010101", "34010105"
MONTH, DAYS = parse_period("2026-05"), parse_period("2026-05-02--2026-05-20")
CITY = Dimension.CITY
MAIN, OTHER = {CITY: "main"}, {CITY: "secondary"}


@pytest.fixture
def sold(db):
    """One order of Chiang Mai, Lampang and Ubon; ฿3 of Ubon given back; one order of Bangkok."""
    villages = (DOI_PUI, DOI_LO, LAMPANG, BANGKOK, UBON)
    makers = {code: make_producer(make_village(code, f"บ้าน {code}")) for code in villages}
    sale, _event = rig.sell(
        [
            rig.Part(makers[DOI_PUI], {DOI_PUI: 10_001}),
            rig.Part(makers[LAMPANG], {LAMPANG: 2_003}, otop_type="food"),
            rig.Part(makers[UBON], {UBON: 707}),
        ],
        {makers[UBON].pk: 5_000},
    )
    rig.refund(sale, {sale.shares[2].line_id: 300})
    rig.sell_in({BANGKOK: 40_009}, producer=makers[BANGKOK])
    rig.declare_in({UBON: 77}, makers[UBON])
    return makers


def ask(area="", period=MONTH, by=CITY, only=None, before=None):
    return queries.income_report(Question(area, period, by, only or {}), before)


def told(report):
    return [
        (row.code, row.income_satang, row.declared_satang, row.villages_selling, row.villages)
        for row in report.rows
    ]


@pytest.mark.parametrize("period", [MONTH, DAYS])
def test_two_rows_add_up_to_the_country(sold, period):
    report = ask(period=period)

    assert told(report) == [
        ("secondary", 2_003 + 407, 77, 2, 2),
        ("main", 10_001 + 40_009, 0, 2, 3),
    ]
    assert [(row.name_th, row.name_en) for row in report.rows] == [
        ("เมืองรอง", "secondary cities"),
        ("เมืองหลัก", "main cities"),
    ]
    assert (report.total.income_satang, report.total.delivery_satang) == (52_420, 5_000)
    assert [row.delivery_satang for row in report.rows] == [5_000, 0]
    assert report.question.rows_add_up


def test_a_region_a_province_and_a_village_have_the_kinds_that_they_are_of(sold):
    assert told(ask("N")) == [("secondary", 2_003, 0, 1, 1), ("main", 10_001, 0, 1, 2)]
    assert told(ask("50")) == [("main", 10_001, 0, 1, 2)]
    assert told(ask("500101")) == [("main", 0, 0, 0, 1)]
    assert told(ask(UBON)) == [("secondary", 407, 77, 1, 1)]
    assert told(ask("", only=OTHER)) == [("secondary", 2_410, 77, 2, 2)]


@pytest.mark.parametrize("period", [MONTH, DAYS])
def test_a_filter_leaves_places_of_its_kind_only(sold, period):
    regions = ask(period=period, by=Level.REGION, only=MAIN)
    provinces = ask("N", period, Level.PROVINCE, MAIN)
    villages = ask(period=period, by=Level.VILLAGE, only=MAIN)

    incomes = {row.code: (row.income_satang, row.villages) for row in regions.rows}
    assert (incomes["N"], incomes["NE"], incomes["C"]) == ((10_001, 2), (0, 0), (40_009, 1))
    assert (regions.total.income_satang, regions.total.villages) == (50_010, 3)
    assert "52" not in {row.code for row in provinces.rows}
    assert {row.code: row.income_satang for row in provinces.rows}["50"] == 10_001
    assert [(row.code, row.income_satang) for row in villages.rows] == [
        (BANGKOK, 40_009),
        (DOI_LO, 0),
        (DOI_PUI, 10_001),
    ]


def test_a_province_of_the_other_kind_has_nothing(sold):
    for period in (MONTH, DAYS):
        for area in ("50", DOI_PUI):
            report = ask(area, period, None, OTHER)
            assert (report.total.income_satang, report.total.villages, report.rows) == (0, 0, ())


def test_it_goes_together_with_other_dimensions(sold):
    by_type = ask(by=Dimension.OTOP_TYPE, only=OTHER)
    by_maker = ask(by=Dimension.PRODUCER, only=OTHER)
    of_food = ask(only={Dimension.OTOP_TYPE: "food"})

    assert [(row.code, row.income_satang) for row in by_type.rows] == [
        ("food", 2_003),
        ("textile", 407),
    ]
    assert [(row.code, row.income_satang) for row in by_maker.rows] == [
        (str(sold[LAMPANG].pk), 2_003),
        (str(sold[UBON].pk), 407),
    ]
    assert told(of_food) == [("secondary", 2_003, 0, 1, 2), ("main", 0, 0, 0, 3)]


def test_orders_are_not_counted_where_kinds_are_told_apart(sold):
    """One order holds goods of two secondary cities and a main one: it is no sum of theirs."""
    country = ask(by=None)
    assert (country.total.orders, country.counts_orders) == (2, True)

    for by, only in (
        (CITY, {}),
        (None, OTHER),
        (Level.PROVINCE, OTHER),
        (Dimension.PRODUCER, MAIN),
    ):
        report = ask(by=by, only=only)
        assert not report.counts_orders
        assert {row.orders for row in report.rows} == {0}


def test_a_past_period_is_told_apart_by_the_register_of_today(sold):
    Province.objects.filter(pk="34").update(is_secondary_city=False)

    assert [(row.code, row.income_satang) for row in ask().rows] == [
        ("secondary", 2_003),
        ("main", 50_417),
    ]


def test_months_of_the_rows_come_in_one_statement(sold):
    report = ask()

    with CaptureQueriesContext(connection) as captured:
        found = queries.courses(report, ["secondary", "main"])

    assert len(captured) == 1
    assert found == {"secondary": (*[0] * 11, 2_410), "main": (*[0] * 11, 50_010)}


@pytest.mark.parametrize(("by", "only"), [(CITY, {}), (None, OTHER), (Level.PROVINCE, MAIN)])
def test_statements_stay_within_the_budget(sold, by, only):
    for area in ("", "N", "50", DOI_PUI) if by != Level.PROVINCE else ("", "N"):
        for before, budget in ((Before.LAST_YEAR, 8), (Before.THREE_YEARS, 9)):
            with CaptureQueriesContext(connection) as captured:
                ask(area, by=by, only=only, before=before)
            assert len(captured) <= budget, (area, by, only)


def test_a_report_in_parts_goes_through_provinces_of_the_kind_only(sold):
    question = Question("", MONTH, Level.VILLAGE, OTHER)

    head, rows = queries.report_in_parts(question)
    with CaptureQueriesContext(connection) as captured:
        found = [(row.code, row.income_satang) for row in rows]

    assert found == [(UBON, 407), (LAMPANG, 2_003)]
    assert (head.total.income_satang, queries.count_rows(question)) == (2_410, 2)
    assert len(captured) <= 8 * Province.objects.filter(is_secondary_city=True).count()


def test_the_sales_behind_a_row_are_those_of_its_cities(sold):
    question = Question("", MONTH, only=OTHER)

    page = queries.shares_behind(question)

    assert [(row.share.village_code, row.income_satang) for row in page.rows] == [
        (UBON, 0),  # declared
        (UBON, 407),
        (LAMPANG, 2_003),
    ]
    assert (page.total.income_satang, queries.count_shares(question)) == (2_410, 3)
