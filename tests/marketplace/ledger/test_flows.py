"""Money from buyers' provinces to makers' provinces, against plain Python and the income report."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.ledger.periods import parse_period
from marketplace.ledger.queries import Dimension, Question, income_report, money_flows, only_city
from marketplace.places.services import UnknownArea
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig
from tests.marketplace.ledger.two_years import (
    BY_CITY,
    income_of,
    make_two_years,
    of_cities,
    transfers_in,
)

PUI, BANGKOK = "50010811", "10010101"
MAY = parse_period("2026-05")
AREAS = ("", "N", "50", "5001", PUI)
PERIODS = ("2568", "2569-q2", "2026-03", "2024-10-15--2025-12-31", "2025-03-07--2025-03-20")


def by_hand(code, period, city):
    cells = Counter()
    for one in of_cities(transfers_in(code, period), city):
        if one.origin_id and not one.event.channel:
            maker = code if len(code) > 2 else one.village_code[:2]
            cells[one.origin.buyer_province_code, maker] += income_of(one)
    return {key: satang for key, satang in cells.items() if satang}


@pytest.mark.parametrize("seed", [5, 6])
def test_each_cell_row_and_column_is_that_of_plain_python(db, seed):
    make_two_years(seed)

    for code, city in (*((area, None) for area in AREAS), *BY_CITY):
        for key in PERIODS:
            period = parse_period(key)
            flows, cells = money_flows(code, period, city), by_hand(code, period, city)
            only = only_city(city)
            report = income_report(Question(code, period, Dimension.BUYERS, only))
            assert dict(flows.cells) == cells, (code, key)
            assert {place.code: place.income_satang for place in flows.origins} == {
                origin: sum(n for (one, _), n in cells.items() if one == origin)
                for origin, _ in cells
            }
            assert {place.code: place.income_satang for place in flows.makers} == {
                to: sum(n for (_, one), n in cells.items() if one == to) for _, to in cells
            }
            assert {row.code: row.income_satang for row in report.rows if row.income_satang} == {
                place.code: place.income_satang for place in flows.origins if place.income_satang
            }
            assert flows.total_satang == report.total.income_satang
            assert flows.sent_satang + flows.not_sent_satang == flows.total_satang


def test_what_was_not_sent_stands_apart(db):
    pui = make_producer(make_village(PUI, "บ้าน ก"))
    bangkok = make_producer(make_village(BANGKOK, "บ้าน ข"))
    rig.sell([rig.Part(pui, {PUI: 100}, buyer_province_code="10")])
    rig.sell([rig.Part(pui, {PUI: 900}, buyer_province_code="50")])
    rig.sell([rig.Part(bangkok, {BANGKOK: 300}, buyer_province_code="50")])
    rig.sell([rig.Part(pui, {PUI: 7})])
    rig.declare_in({PUI: 4_000}, pui)

    flows = money_flows("", MAY)

    told = [(one.origin.code, one.to.code, one.income_satang) for one in flows.largest]
    assert told == [("50", "50", 900), ("50", "10", 300), ("10", "50", 100)]
    assert (flows.total_satang, flows.sent_satang, flows.not_sent_satang) == (1_307, 1_300, 7)
    assert flows.inside_satang == 900
    assert [(place.code, place.income_satang) for place in flows.makers] == [
        ("50", 1_007),
        ("10", 300),
    ]


def test_an_area_that_is_none_is_refused(db):
    for code in ("99", "5", "x" * 8, "99999999"):
        with pytest.raises(UnknownArea):
            money_flows(code, MAY)


@pytest.mark.parametrize(("key", "most"), [("2569", 4), ("2025-11-15--2026-05-09", 5)])
def test_statements_do_not_grow(db, key, most):
    make_two_years(4, orders=30)

    for code in AREAS:
        with CaptureQueriesContext(connection) as captured:
            money_flows(code, parse_period(key))
        assert len(captured) <= most
