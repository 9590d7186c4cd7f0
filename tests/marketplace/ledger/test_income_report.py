"""Reports by kinds of sales, over any days, and against how it was before."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from marketplace.core import thai
from marketplace.ledger.periods import parse_period
from marketplace.ledger.queries import Before, Dimension, Level, Question, income_report
from marketplace.places.models import Province
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig

PUI, MAE, UBON = "50010811", "50010812", "34010105"
MAY, YEAR = parse_period("2026-05"), parse_period("2569")
D = Dimension


@pytest.fixture
def makers(db):
    Province.objects.filter(code="50").update(region="N")
    Province.objects.filter(code="34").update(region="NE")
    return {code: make_producer(make_village(code, f"บ้าน {code}")) for code in (PUI, MAE, UBON)}


def sell(makers, code, satang, day=(2026, 5, 15), **facts):
    part = rig.Part(makers[code], {code: satang}, **facts)
    return rig.sell([part], at=datetime(*day, 5, tzinfo=UTC))[0]


def incomes(report):
    return {row.code: row.income_satang for row in report.rows if row.income_satang}


def test_rows_may_be_types_and_come_from_the_most_income_down(makers):
    sell(makers, PUI, 300, otop_type="food")
    sell(makers, MAE, 500)
    sell(makers, UBON, 9_000, otop_type="food")

    report = income_report(Question("50", MAY, D.OTOP_TYPE))

    assert [(row.code, row.income_satang) for row in report.rows] == [
        ("textile", 500),
        ("food", 300),
    ]
    assert (report.rows[1].name_th, report.rows[1].name_en) == ("อาหาร", "food")
    assert report.total.income_satang == 800
    assert not report.counts_orders and report.rows[0].orders == 0


def test_a_filter_leaves_its_sales_in_every_row_and_in_the_total(makers):
    sell(makers, PUI, 300, otop_type="food")
    sell(makers, MAE, 500)

    report = income_report(Question("", MAY, Level.PROVINCE, {D.OTOP_TYPE: "food"}))
    villages = income_report(Question("500108", MAY, only={D.OTOP_TYPE: "food"}))

    assert (incomes(report), report.total.income_satang) == ({"50": 300}, 300)
    assert (report.total.villages, report.total.villages_selling) == (3, 1)
    assert [(row.code, row.income_satang, row.villages_selling) for row in villages.rows] == [
        (PUI, 300, 1),
        (MAE, 0, 0),
    ]


def test_all_villages_of_the_country_are_one_list(makers):
    sell(makers, PUI, 300)

    report = income_report(Question("", MAY, Level.VILLAGE))

    assert [(row.code, row.income_satang) for row in report.rows] == [
        (UBON, 0),
        (PUI, 300),
        (MAE, 0),
    ]


def test_sales_of_several_programmes_are_in_each_and_once_in_the_total(makers):
    sell(makers, PUI, 300, programmes=("nawatwithi", "d-hope"))
    sell(makers, MAE, 500)

    report = income_report(Question("50", MAY, D.PROGRAMME), Before.LAST_YEAR)

    assert incomes(report) == {"nawatwithi": 300, "d-hope": 300}
    assert not report.question.rows_add_up
    assert (report.total.income_satang, report.total.before_satang) == (800, 0)


def test_money_flows_from_the_province_it_was_sent_to(makers):
    sell(makers, PUI, 300, buyer_province_code="34")
    sell(makers, MAE, 500)

    report = income_report(Question("50", MAY, D.BUYERS))

    assert [(row.code, row.name_en, row.income_satang) for row in report.rows] == [
        ("", "not sent by us", 500),
        ("34", "Ubon Ratchathani", 300),
    ]
    assert report.question.rows_add_up


def test_any_days_count_to_the_day(makers):
    for day, satang in ((2, 1), (3, 10), (17, 100), (18, 1_000)):
        sell(makers, PUI, satang, (2026, 5, day))
    sell(makers, PUI, 7, (2026, 6, 1))

    report = income_report(Question("5001", parse_period("2026-05-03--2026-05-17")))

    assert report.total.income_satang == 110
    assert (report.total.orders, report.total.villages_selling) == (2, 1)
    assert [m.income_satang for m in report.months if m.month == date(2026, 5, 1)] == [1_111]


def test_a_row_is_held_against_the_same_days_a_year_before(makers):
    sell(makers, PUI, 400, (2025, 5, 20))
    sell(makers, MAE, 50, (2025, 5, 20))
    sell(makers, PUI, 500)
    sell(makers, UBON, 70)
    sell(makers, PUI, 9_999, (2025, 6, 1))

    report = income_report(Question("", MAY, Level.VILLAGE), Before.LAST_YEAR)

    told = {row.code: (row.before_satang, row.change_satang, row.change_ppm) for row in report.rows}
    assert told == {
        PUI: (400, 100, 250_000),
        MAE: (50, -50, -1_000_000),
        UBON: (0, 70, None),
    }
    assert (report.total.before_satang, report.total.change_ppm) == (450, 266_667)


def test_the_average_of_three_years_counts_years_without_sales(makers):
    sell(makers, PUI, 100, (2023, 5, 20))
    sell(makers, PUI, 102, (2025, 5, 20))
    sell(makers, MAE, 1, (2025, 5, 20))
    sell(makers, PUI, 5_000, (2022, 5, 20))

    report = income_report(Question("500108", MAY), Before.THREE_YEARS)

    assert [(row.code, row.before_satang) for row in report.rows] == [(PUI, 67), (MAE, 0)]
    assert report.total.before_satang == 68  # of 203: not the sum of rounded rows


def test_loose_days_of_earlier_years_count_too(makers):
    sell(makers, PUI, 100, (2025, 5, 20))
    sell(makers, PUI, 4, (2025, 5, 18))
    sell(makers, PUI, 30, (2025, 6, 30))

    period = parse_period("2026-05-19--2026-07-02")
    report = income_report(Question("500108", period), Before.LAST_YEAR)

    assert report.rows[0].before_satang == 130


def test_without_a_comparison_nothing_is_said_of_before(makers):
    report = income_report(Question("50", MAY))

    assert report.total.before_satang is None
    assert {row.before_satang for row in report.rows} == {None}


def test_the_year_is_shown_with_the_year_before_it(makers):
    sell(makers, PUI, 5, (2025, 4, 20))
    sell(makers, PUI, 7, (2025, 6, 20))

    report = income_report(Question(PUI, MAY))

    assert report.months_before[0].month == date(2024, 6, 1)
    assert report.months_before[10].income_satang == 5
    assert (report.months[0].month, report.months[0].income_satang) == (date(2025, 6, 1), 7)


@pytest.mark.parametrize(
    ("question", "most"),
    [
        (Question("", YEAR), 8),
        (Question("", YEAR, Level.VILLAGE), 8),
        (Question("50", YEAR, D.OTOP_TYPE), 8),
        (Question("", YEAR, Level.PROVINCE, {D.STARS: "5"}), 8),
        (Question(PUI, YEAR), 7),
        (Question("", parse_period("2026-05-03--2026-08-17"), Level.PROVINCE), 14),
    ],
)
def test_statements_are_few_whatever_is_compared(makers, question, most):
    sell(makers, PUI, 300)

    for before in Before:
        with CaptureQueriesContext(connection) as captured:
            income_report(question, before)
        assert len(captured) <= most + (before == Before.THREE_YEARS)


def test_words_of_values_are_in_both_languages(makers):
    sell(makers, PUI, 300)
    with override("en"):
        report = income_report(Question("50", MAY, D.STARS))

    assert (report.rows[0].code, report.rows[0].name_en) == ("0", "no stars")


def test_a_running_period_is_held_against_as_many_days(db, monkeypatch):
    monkeypatch.setattr(thai, "today", lambda: date(2026, 11, 22))
    weavers = make_producer(make_village("50010811"))
    sold = {(2026, 11, 1): 50, (2025, 10, 1): 7, (2025, 11, 22): 30, (2025, 11, 23): 400}
    for day, satang in sold.items():
        rig.sell_in({"50010811": satang}, datetime(*day, 5, tzinfo=UTC), weavers)

    running = income_report(Question("50", parse_period("2570")), Before.LAST_YEAR)
    over = income_report(Question("50", parse_period("2569")), Before.LAST_YEAR)

    assert (running.total.income_satang, running.total.before_satang) == (50, 37)
    assert [(row.code, row.before_satang) for row in running.rows if row.income_satang] == [
        ("5001", 37)
    ]
    assert (over.total.income_satang, over.total.before_satang) == (437, 0)
