"""How income is spread over villages, against formulas written out by hand."""

from fractions import Fraction
from random import Random

import pytest

from marketplace.ledger import queries
from marketplace.ledger.periods import parse_period
from marketplace.ledger.queries import City, Spread
from marketplace.places.services import UnknownArea
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig

MAY = parse_period("2026-05")
CODES = [f"5001080{n}" for n in range(1, 6)]


@pytest.fixture
def villages(db):
    """Five villages: one without a sale, one that gave everything back, 100, 300 and 600."""
    weavers = make_producer(make_village(CODES[0]))
    for code in CODES[1:]:
        make_village(code, f"บ้าน {code}")
    for code, satang in zip(CODES[1:], (50, 100, 300, 600), strict=True):
        sale = rig.sell_in({code: satang}, producer=weavers)
        if satang == 50:
            rig.refund(sale, {sale.shares[0].line_id: 50})
    return weavers


def test_every_village_counts_those_with_nothing_too(villages):
    found = queries.distribution("500108", MAY)

    assert (found.villages, found.villages_selling, found.total_satang) == (5, 4, 1_000)
    assert found.incomes_satang == (0, 0, 100, 300, 600)
    assert (found.median_satang, found.p10_satang, found.p90_satang) == (100, 0, 480)
    assert dict(found.top_shares) == {
        1: Fraction(3, 100),  # a twentieth of the richest village's 600
        5: Fraction(15, 100),
        10: Fraction(3, 10),
    }
    assert found.bottom_share == 0
    assert found.gini == Fraction(-2 * 0 + 0 * 100 + 2 * 300 + 4 * 600, 5 * 1_000)
    assert found.gini_of_earning == Fraction(-2 * 100 + 0 * 300 + 2 * 600, 3 * 1_000)


@pytest.mark.parametrize("code", ["", "N", "50", "5001", "500108"])
def test_a_larger_area_has_the_villages_of_its_parts(villages, code):
    assert queries.distribution(code, MAY).incomes_satang == (0, 0, 100, 300, 600)


def test_of_cities_of_one_kind_the_villages_of_the_other_are_no_part(villages):
    """Lampang is a secondary city, Chiang Mai none."""
    lampang = make_producer(make_village("52010101", "บ้านลำปาง"))
    make_village("52010102", "บ้านไม่ได้ขาย")
    rig.sell_in({"52010101": 40}, producer=lampang)

    def told(code, period, city):
        found = queries.distribution(code, parse_period(period), city)
        return found.city, [row.code for row in found.rows], found.incomes_satang

    for period in ("2026-05", "2026-05-02--2026-05-30"):
        secondary = (City.SECONDARY, ["52010101", "52010102"], (40, 0))
        assert told("", period, City.SECONDARY) == secondary
        assert told("N", period, City.SECONDARY) == secondary
        assert told("", period, City.MAIN) == (City.MAIN, CODES, (0, 0, 100, 300, 600))
        assert told("50", period, City.SECONDARY) == (City.SECONDARY, [], ())
    nobody = queries.distribution(CODES[0], MAY, City.SECONDARY)
    assert (nobody.villages, nobody.median_satang, nobody.gini, nobody.top_shares) == (
        0,
        0,
        None,
        (),
    )


def test_a_village_below_zero_counts_as_one_with_nothing(villages):
    sale = rig.sell_in({CODES[4]: 900}, rig.NOON.replace(month=4), producer=villages)
    rig.refund(sale, {sale.shares[0].line_id: 900})

    found = queries.distribution("500108", MAY)

    assert found.incomes_satang == (0, 0, 100, 300, -300)
    assert found.total_satang == 100
    assert dict(found.top_shares)[10] == Fraction(150, 400)


def test_where_nobody_sold_there_are_no_shares(villages):
    found = queries.distribution("500108", parse_period("2026-03"))

    assert (found.villages, found.villages_selling, found.median_satang) == (5, 0, 0)
    assert (found.top_shares, found.bottom_share, found.gini) == ((), None, None)


def test_an_area_that_is_none_is_refused(villages):
    with pytest.raises(UnknownArea):
        queries.distribution("99", MAY)


@pytest.mark.parametrize("count", [1, 2, 3, 100, 3_273])
def test_gini_and_shares_are_those_of_their_definitions(count):
    random = Random(count)
    incomes = [random.choice([0, random.randint(1, 10**9)]) for _ in range(count)] + [7]

    spread = Spread(incomes)

    if count <= 100:
        pairs = sum(abs(a - b) for a in incomes for b in incomes)
        assert spread.gini() == Fraction(pairs, 2 * len(incomes) * sum(incomes))
    assert 0 <= spread.gini() < 1
    assert spread.share(Fraction(1)) == 1 and spread.share(Fraction(0)) == 0
    halves = spread.share(Fraction(1, 2))
    assert 0 <= halves <= Fraction(1, 2)
