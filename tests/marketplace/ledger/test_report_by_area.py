"""Reports by area: children add up to their parent, nothing later changes a past period."""

import json
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.ledger import queries
from marketplace.ledger.models import Transfer
from marketplace.ledger.periods import parse_period
from marketplace.places.models import FormerName, Province, Tambon
from marketplace.places.services import UnknownArea
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig

MAY = parse_period("2026-05")
YEAR = parse_period("2569")
CODES = ("50010811", "50010812", "50010101", "10010101", "34010105", "34020101", "90010103")
REGIONS = {"50": "N", "10": "C", "34": "NE", "90": "S"}
BUDGETS = json.loads((Path(__file__).parents[2] / "budgets.json").read_text())["reports"]


@pytest.fixture
def producers(db):
    made = {code: make_producer(make_village(code, f"บ้าน {code}")) for code in CODES}
    for code, region in REGIONS.items():
        Province.objects.filter(code=code).update(region=region)
    return made


@pytest.fixture
def sold(producers):
    """Twenty sales with uneven satang over two fiscal years, a third of them partly refunded; and
    as many declared sales, a third of them taken back."""
    random = Random(3)
    for _ in range(20):
        code, other = random.sample(CODES, 2)
        at = datetime(2025, random.randint(1, 12), random.randint(1, 28), 4, tzinfo=UTC)
        sale, _event = rig.sell(
            [
                rig.Part(producers[code], {code: random.randint(1, 99_999), other: 7}),
                rig.Part(producers[other], {other: random.randint(1, 99_999)}),
            ],
            {producers[code].pk: 5_000},
            at,
        )
        if random.random() < 0.3:
            rig.refund(sale, {sale.shares[0].line_id: random.randint(1, 8)}, at=at)
        told = rig.declare_in({code: random.randint(1, 99_999), other: 3}, producers[code], at=at)
        if random.random() < 0.3:
            rig.take_back(told, at)
    return producers


def brute_force(code, period):
    """Income of an area by adding up transfers in plain Python."""
    totals = Counter()
    for transfer in Transfer.objects.exclude(village_code=""):
        village = transfer.village_code
        is_inside = village.startswith(code) or REGIONS[village[:2]] == code
        if is_inside and period.first <= transfer.day <= period.last:
            totals[transfer.kind] += transfer.amount_satang
            totals["sales"] += transfer.kind == "sale"
    declared = totals["declared"] - totals["declared-reversal"]
    return totals["sale"], totals["refund"], declared, totals["sales"]


def figures(row):
    return row.sold_satang, row.refunded_satang, row.declared_satang, row.sales


@pytest.mark.parametrize("key", ["2025-05", "2568-q2", "2568", "2569"])
def test_every_level_adds_up_to_the_satang(sold, key):
    period, front, seen = parse_period(key), [queries.COUNTRY], 0

    while front:
        code = front.pop()
        report = queries.income_report(queries.Question(code, period))
        assert figures(report.total) == brute_force(code, period)
        assert sum(row.income_satang for row in report.rows) == report.total.income_satang
        assert sum(row.declared_satang for row in report.rows) == report.total.declared_satang
        assert sum(row.sales for row in report.rows) == report.total.sales
        if report.question.rows_by != queries.Dimension.PRODUCER:
            front += [row.code for row in report.rows]
        seen += 1

    assert seen == 1 + 6 + 4 + 5 + 6 + 7  # of each level


def test_the_months_of_a_year_add_up_to_it(sold):
    report = queries.income_report(queries.Question("50", YEAR))

    assert len(report.months) == 12
    assert sum(month.income_satang for month in report.months) == report.total.income_satang


def test_a_month_is_shown_with_the_eleven_before_it(producers):
    rig.sell_in({CODES[0]: 5}, producer=producers[CODES[0]])

    months = queries.income_report(queries.Question(CODES[0], parse_period("2027-04"))).months

    assert [(month.month, month.income_satang) for month in months[:2]] == [
        (date(2026, 5, 1), 5),
        (date(2026, 6, 1), 0),
    ]


def test_villages_and_areas_that_sold_nothing_are_listed_with_zero(producers):
    rig.sell_in({CODES[0]: 500}, producer=producers[CODES[0]])

    tambon = queries.income_report(queries.Question("500108", MAY))
    country = queries.income_report(queries.Question(queries.COUNTRY, MAY))

    assert [(row.code, row.income_satang) for row in tambon.rows] == [
        ("50010811", 500),
        ("50010812", 0),
    ]
    assert [(row.code, row.income_satang, row.villages) for row in country.rows] == [
        ("N", 500, 3),
        ("NE", 0, 2),
        ("C", 0, 1),
        ("W", 0, 0),
        ("E", 0, 0),
        ("S", 0, 1),
    ]
    assert (country.total.villages, country.total.villages_selling) == (7, 1)


def test_a_village_is_made_of_its_producers(producers):
    code = CODES[0]
    rig.sell_in({code: 100}, producer=producers[code])
    sale = rig.sell_in({code: 50}, producer=producers[CODES[1]])
    rig.refund(sale, {sale.shares[0].line_id: 20})

    report = queries.income_report(queries.Question(code, MAY))

    assert report.question.rows_by == queries.Dimension.PRODUCER
    assert [(row.code, row.name_th, row.income_satang) for row in report.rows] == [
        (str(producers[code].pk), producers[code].name_th, 100),
        (str(producers[CODES[1]].pk), producers[CODES[1]].name_th, 30),
    ]
    assert (report.total.villages, report.total.villages_selling) == (1, 1)
    assert [step.code for step in report.path] == ["", "N", "50", "5001", "500108", code]


def test_names_are_those_of_the_last_day_of_the_period(producers):
    Tambon.objects.filter(code="500108").update(name_th="สุเทพใหม่", name_en="New Suthep")
    FormerName.objects.create(
        code="500108", name_th="สุเทพ", name_en="Suthep", valid_until=date(2026, 5, 31)
    )

    names = {
        key: [
            row.name_th
            for row in queries.income_report(queries.Question("5001", parse_period(key))).rows
        ]
        for key in ("2026-05", "2569-q3", "2026-06")
    }

    assert "สุเทพ" in names["2026-05"] and "สุเทพใหม่" not in names["2026-05"]
    assert "สุเทพใหม่" in names["2569-q3"] and "สุเทพใหม่" in names["2026-06"]


def test_an_abolished_area_keeps_its_past_and_leaves_later_lists(producers):
    rig.sell_in({"34020101": 900}, producer=producers["34020101"])
    Tambon.objects.filter(code="340201").update(valid_until=date(2026, 5, 20))

    def tambons(key):
        return {
            r.code: r.income_satang
            for r in queries.income_report(queries.Question("3402", parse_period(key))).rows
        }

    assert tambons("2026-05") == {"340201": 900}
    Tambon.objects.filter(code="340201").update(valid_until=date(2026, 4, 30))
    assert tambons("2026-05") == {"340201": 900}
    assert queries.income_report(queries.Question("340201", MAY)).total.income_satang == 900


@pytest.mark.parametrize(
    "code", ["99", "5", "501", "X", "ne", "50010899", "999999", "๕๐", "producer:1", "50' OR 1=1"]
)
def test_an_area_that_nobody_knows_is_refused(producers, code):
    with pytest.raises(UnknownArea):
        queries.income_report(queries.Question(code, MAY))


def statements(code, period):
    with CaptureQueriesContext(connection) as captured:
        queries.income_report(queries.Question(code, period))
    return len(captured)


@pytest.mark.parametrize("code", ["", "N", "50", "5001", "500108", "50010811"])
def test_the_number_of_statements_is_small_and_does_not_grow(sold, code):
    few = statements(code, YEAR)
    for number in range(20, 60):
        village = make_village(f"500108{number}", f"บ้าน {number}")
        if number % 10 == 0:
            rig.sell_in({village.code: number}, producer=make_producer(village))

    assert statements(code, YEAR) == few <= BUDGETS["income-by-area"]


def test_rows_made_by_province_are_those_made_at_once(sold):
    for area, key, by, before in (
        ("", "2569", queries.Level.VILLAGE, queries.Before.LAST_YEAR),
        ("", "2568", queries.Level.TAMBON, queries.Before.THREE_YEARS),
        ("N", "2025-03-05--2026-02-10", queries.Level.AMPHOE, None),
        ("50", "2569", queries.Level.VILLAGE, None),
        ("", "2569", queries.Level.PROVINCE, None),
        ("", "2569", queries.Dimension.PRODUCER, None),
    ):
        question = queries.Question(area, parse_period(key), by)
        whole = queries.income_report(question, before)

        report, rows = queries.report_in_parts(question, before)

        assert list(rows) == list(whole.rows), (area, by)
        assert (report.total, report.months) == (whole.total, whole.months)
        assert (report.question, report.path) == (question, whole.path)
        assert queries.count_rows(question) in (None, len(whole.rows))


def test_only_the_provinces_that_were_gone_through_were_read(sold):
    question = queries.Question("", YEAR, queries.Level.VILLAGE)
    _report, rows = queries.report_in_parts(question)

    with CaptureQueriesContext(connection) as captured:
        assert next(iter(rows)).code == CODES[3]

    assert 0 < len(captured) <= 12 and not any("'5000" in q["sql"] for q in captured)
