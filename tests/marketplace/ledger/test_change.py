"""Parts of a change of income: exact, and those of an independent count."""

from datetime import UTC, datetime
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.ledger.periods import parse_period
from marketplace.ledger.queries import Question, Reason, income_change, income_report, only_city
from marketplace.ledger.queries.change import Sold, split
from marketplace.places.services import UnknownArea
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import counted_change, rig
from tests.marketplace.ledger.two_years import BY_CITY, make_two_years, of_cities, transfers_in

PUI = "50010811"
APRIL, MAY = parse_period("2026-04"), parse_period("2026-05")
PAIRS = (
    ("2569", "2568"),
    ("2569-q2", "2568-q2"),
    ("2026-03", "2026-02"),
    ("2025-11-15--2026-05-09", "2024-11-15--2025-05-09"),
    ("2569-q3", "2569"),  # of which the first is part
)


def told(change):
    return {part.reason.value: part.amount_satang for part in change.parts if part.amount_satang}


@pytest.mark.parametrize("seed", [8, 9])
def test_parts_of_an_area_are_those_of_plain_python_and_sum_to_the_difference(db, seed):
    make_two_years(seed, orders=90)

    areas = ("", "N", "50", "5001", "500108", PUI)
    for code, city in (*((area, None) for area in areas), *BY_CITY):
        for key, key_before in PAIRS:
            period, before = parse_period(key), parse_period(key_before)
            change = income_change(code, period, before, city=city)
            now, then = (of_cities(transfers_in(code, when), city) for when in (period, before))
            assert told(change) == counted_change.parts_of(then, now), (code, key)
            assert change.change_satang == counted_change.income(now) - counted_change.income(then)
            assert sum(part.amount_satang for part in change.parts) == change.change_satang
            report = income_report(Question(code, period, only=only_city(city)))
            assert change.income_satang == report.total.income_satang


def test_parts_of_a_producer_are_those_of_plain_python(db):
    makers = make_two_years(10, orders=90)

    for maker in makers:
        period, before = parse_period("2569"), parse_period("2568")
        change = income_change("", period, before, maker.pk)
        now, then = (
            [one for one in transfers_in("", when) if one.producer_id == maker.pk]
            for when in (period, before)
        )
        assert told(change) == counted_change.parts_of(then, now)
        assert change.change_satang == counted_change.income(now) - counted_change.income(then)


def sell(maker, satang, quantity, product, month, **facts):
    part = rig.Part(maker, {PUI: satang}, quantity=quantity, product_id=product, **facts)
    return rig.sell([part], at=datetime(2026, month, 15, 5, tzinfo=UTC))[0]


@pytest.fixture
def maker(db):
    return make_producer(make_village(PUI, "บ้านดอยปุย"))


def test_each_reason_alone_is_told_alone(maker):
    sell(maker, 1_000, 1, 1, 4)  # dearer in May
    sell(maker, 1_300, 1, 1, 5)
    sell(maker, 2_000, 1, 2, 4)  # two pieces at once
    sell(maker, 4_000, 2, 2, 5)
    sell(maker, 500, 1, 3, 4)  # bought twice
    sell(maker, 500, 1, 3, 5)
    sell(maker, 500, 1, 3, 5)
    sell(maker, 70, 1, 4, 4)
    sale = sell(maker, 900, 1, 5, 5)
    rig.refund(sale, {sale.shares[0].line_id: 40})
    sell(maker, 990, 1, 6, 5, terms=rig.Terms(producer_discount=10_000))

    change = income_change(PUI, MAY, APRIL)

    assert [(part.reason, part.amount_satang) for part in change.told] == [
        (Reason.PIECES, 2_000),
        (Reason.NEW, 999 + 900),
        (Reason.PURCHASES, 500),
        (Reason.PRICE, 300),
        (Reason.GONE, -70),
        (Reason.REFUNDS, -40),
        (Reason.DISCOUNTS, -9),
    ]
    assert (change.before_satang, change.income_satang) == (3_570, 8_150)
    assert (change.kept.products, change.kept.purchases, change.kept_before.purchases) == (3, 4, 3)
    assert (change.new.products, change.gone.products) == (2, 1)


def test_what_three_things_do_together_is_shared_alike(maker):
    parts = split(Sold(100, 1_000_000, 1), Sold(800, 4_000_000, 2))

    # Each doubled: 700 in three equal parts, the satang left over to the first.
    assert parts == (234, 233, 233)


def test_rounding_loses_and_makes_nothing():
    random = Random(12)
    for _ in range(2_000):
        before, now = (
            Sold(random.randint(1, 10**9), random.randint(1, 10**9), random.randint(1, 500))
            for _ in range(2)
        )
        exact = counted_change.shapley(
            *((one.satang, one.units_ppm, one.purchases) for one in (before, now))
        )
        parts = split(before, now)
        assert sum(parts) == now.satang - before.satang
        assert all(
            abs(part - effect) < 1 for part, effect in zip(parts, exact.values(), strict=True)
        )


def test_without_pieces_the_change_is_the_price(maker):
    assert split(Sold(100, 0, 1), Sold(150, 1_000_000, 2)) == (0, 0, 50)


def test_where_nothing_was_sold_nothing_is_told(maker):
    change = income_change("", MAY, APRIL)

    assert (change.change_satang, change.told, change.kept.products) == (0, [], 0)


def test_an_area_that_is_none_is_refused(db):
    for code in ("99", "5", "x" * 8, "99999999"):
        with pytest.raises(UnknownArea):
            income_change(code, MAY, APRIL)


def test_statements_do_not_grow(db):
    make_two_years(4, orders=30)

    for code in ("", "N", "50", PUI):
        with CaptureQueriesContext(connection) as captured:
            income_change(code, MAY, APRIL)
        assert len(captured) <= 7


def test_of_a_producer_only_what_counts_in_the_area_is_told(maker):
    make_village("50010812", "บ้านแม่")
    rig.sell_in({PUI: 100, "50010812": 900}, producer=maker)
    rig.sell_in({PUI: 5_000})

    change = income_change(PUI, MAY, APRIL, maker.pk)

    assert (change.income_satang, told(change)) == (100, {"new": 100})
