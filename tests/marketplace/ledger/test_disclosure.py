"""The public sees exact income where the producers agreed, and cannot compute the rest."""

from datetime import UTC, date, datetime
from fractions import Fraction
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from marketplace.core import thai
from marketplace.core.models import AuditEntry
from marketplace.ledger import disclosure
from marketplace.ledger.periods import parse_period
from marketplace.places.models import Province
from marketplace.producers.models import IncomeDisclosure
from marketplace.producers.services import Backdated, record_disclosure, withdraw_disclosure
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig

PUI, MAE = "50010811", "50010812"
APRIL, MAY, JUNE = (parse_period(f"2026-0{month}") for month in (4, 5, 6))
QUARTER = parse_period("2569-q3")
MILLION = 100_000_000  # satang


@pytest.fixture
def weavers(db):
    return make_producer(make_village(PUI))


def agree(producer, since=date(2020, 1, 1), until=None):
    IncomeDisclosure.objects.create(producer=producer, valid_from=since, valid_until=until)


def sell(producer, satang, month=5, village=PUI):
    return rig.sell_in({village: satang}, datetime(2026, month, 15, 5, tzinfo=UTC), producer)


def seen(*periods, village=PUI):
    """(exact, low, high) of each period as the public sees it."""
    return [
        (p.exact_satang, p.band and p.band.low_satang, p.band and p.band.high_satang)
        for p in disclosure.village_income(village, periods)
    ]


def disclosed(code, period):
    return disclosure.AreaDisclosure(code, period.months).disclosed_satang(code, period)


def test_income_is_exact_when_all_who_earned_agreed_and_a_band_otherwise(weavers):
    agree(weavers)
    sell(weavers, 1_234_567)
    assert seen(MAY) == [(1_234_567, None, None)]

    carvers = make_producer(make_village(PUI))
    sell(carvers, 1)

    assert seen(MAY) == [(None, 1_000_000, 5_000_000)]


def test_a_producer_who_earned_nothing_there_needs_not_agree(weavers):
    agree(weavers)
    sell(weavers, 500)
    make_producer(make_village(PUI))

    assert seen(MAY) == [(500, None, None)]


def test_a_village_without_income_shows_zero(weavers):
    assert seen(MAY, QUARTER) == [(0, None, None)] * 2


@pytest.mark.parametrize(
    ("since", "until", "exact"),
    [
        (date(2026, 5, 1), None, [False, True, True]),
        (date(2026, 5, 2), None, [False, False, True]),
        (date(2020, 1, 1), date(2026, 5, 1), [True, True, False]),
        (date(2020, 1, 1), date(2026, 4, 30), [True, False, False]),
    ],
)
def test_consent_counts_on_the_first_day_of_each_month(weavers, since, until, exact):
    agree(weavers, since, until)
    for month in (4, 5, 6):
        sell(weavers, 700, month)

    public = disclosure.village_income(PUI, [APRIL, MAY, JUNE])

    assert [income.is_exact for income in public] == exact


def test_what_is_shown_of_the_running_month_does_not_change_with_a_consent(weavers, monkeypatch):
    """Two looks at the sum of a pair, with a consent between them, would give the pair away."""
    monkeypatch.setattr(thai, "today", lambda: date(2026, 5, 20))
    carvers = make_producer(make_village(MAE, "บ้านแม่"))
    AuditEntry.objects.filter(act="producer.register").update(at=datetime(2026, 1, 1, tzinfo=UTC))
    agree(carvers)
    sell(weavers, 700)
    sell(carvers, 30, village=MAE)
    before = seen(MAY), seen(MAY, village=MAE), area("5001")
    assert before == ([(None, None, 1_000_000)], [(30, None, None)], None)

    record_disclosure(producer=weavers, since=date(2026, 5, 20), by=None)
    withdraw_disclosure(producer=carvers, last_day=date(2026, 5, 20), by=None)

    assert (seen(MAY), seen(MAY, village=MAE), area("5001")) == before
    sell(weavers, 800, month=6)
    sell(carvers, 40, month=6, village=MAE)
    assert seen(JUNE) == [(800, None, None)]
    assert seen(JUNE, village=MAE) == [(None, None, 1_000_000)]


def test_a_longer_period_shows_nothing_when_only_some_of_its_months_are_hidden(weavers):
    agree(weavers, since=date(2026, 6, 1))
    sell(weavers, 2_000_000, month=4)
    sell(weavers, 2_000_000, month=5)
    assert seen(QUARTER) == [(None, 1_000_000, 5_000_000)]

    sell(weavers, 5, month=6)

    assert seen(QUARTER, JUNE) == [(None, None, None), (5, None, None)]


@pytest.mark.parametrize(
    ("baht", "label"),
    [
        (-5, "under ฿10,000"),
        (0, "under ฿10,000"),
        (9_999.99, "under ฿10,000"),
        (10_000, "฿10,000 to ฿50,000"),
        (50_000, "฿50,000 to ฿100,000"),
        (100_000, "฿100,000 to ฿500,000"),
        (999_999.99, "฿500,000 to ฿1,000,000"),
        (1_000_000, "฿1,000,000 or more"),
    ],
)
def test_bands_begin_at_their_lower_end(baht, label):
    with override("en"):
        assert disclosure.band_of(round(baht * 100)).label == label


def test_public_income_of_a_village_takes_three_statements(weavers):
    for month in (4, 5, 6):
        sell(weavers, 700, month)

    with CaptureQueriesContext(connection) as captured:
        seen(APRIL, MAY, JUNE, QUARTER, parse_period("2569"))

    assert len(captured) == 3


# --- Sums of areas -------------------------------------------------------------------------------


def test_an_area_is_exact_unless_it_would_give_one_village_away(weavers):
    carvers = make_producer(make_village(MAE, "บ้านแม่"))
    agree(weavers)
    sell(weavers, 700)
    assert disclosure.area_income("500108", MAY).exact_satang == 700

    sell(carvers, 30, village=MAE)
    assert [area(code) for code in ("500108", "5001", "50", "N", "")] == [None] * 5

    potters = make_producer(make_village("50010101", "บ้านอื่น"))
    sell(potters, 8, village="50010101")

    assert [area(code) for code in ("500108", "500101")] == [None, None]
    assert [area(code) for code in ("5001", "50", "N", "")] == [738] * 4


def test_a_consent_given_later_does_not_split_a_hidden_pair(weavers):
    """The pair's sum of a month gone by is known; one figure of it would give away the other."""
    carvers = make_producer(make_village(MAE, "บ้านแม่"))
    sell(weavers, 700)
    sell(carvers, 30, village=MAE)
    AuditEntry.objects.filter(act="producer.register").update(at=datetime(2026, 1, 1, tzinfo=UTC))
    assert area("5001") == 730

    with pytest.raises(Backdated):
        record_disclosure(producer=weavers, since=date(2026, 5, 31), by=None)
    record_disclosure(producer=weavers, since=thai.today(), by=None)

    assert (area("5001"), seen(MAY)) == (730, [(None, None, 1_000_000)])


def area(code):
    return disclosure.area_income(code, MAY).exact_satang


def test_what_villages_publish_adds_up_whatever_else_is_hidden(weavers):
    """April hidden, May and June exact for one; the other never agreed."""
    agree(weavers, since=date(2026, 5, 1))
    carvers = make_producer(make_village(MAE, "บ้านแม่"))
    for month, satang in ((4, 100), (5, 700), (6, 50)):
        sell(weavers, satang, month)
    sell(carvers, 30, village=MAE)

    assert disclosed("", QUARTER) == 750
    assert disclosed("500108", MAY) == 700
    assert disclosed(MAE, QUARTER) == 0
    assert disclosure.area_income("", QUARTER).exact_satang is None


def test_a_year_of_an_area_is_hidden_when_one_of_its_months_is(weavers):
    carvers = make_producer(make_village(MAE, "บ้านแม่"))
    sell(weavers, 700, month=4)
    sell(carvers, 30, month=4, village=MAE)
    assert disclosure.area_income("5001", QUARTER).exact_satang == 730

    sell(weavers, 700, month=5)

    assert disclosure.area_income("5001", APRIL).exact_satang == 730
    assert disclosure.area_income("5001", MAY).exact_satang is None
    assert disclosure.area_income("5001", QUARTER).exact_satang is None


def test_area_income_takes_four_statements(weavers):
    sell(weavers, 700)

    with CaptureQueriesContext(connection) as captured:
        area("50")

    assert len(captured) <= 4


def revealed(equations, unknowns):
    """Villages whose figure follows from sums of villages: plain elimination over fractions."""
    order = sorted(unknowns)
    rows = [[Fraction(village in sum_) for village in order] for sum_ in equations]
    rank = 0
    for column in range(len(order)):
        pivot = next((r for r in range(rank, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        rows[rank] = [x / rows[rank][column] for x in rows[rank]]
        for r in range(len(rows)):
            if r != rank and rows[r][column]:
                rows[r] = [
                    x - rows[r][column] * y for x, y in zip(rows[r], rows[rank], strict=True)
                ]
        rank += 1
    return [row for row in rows if sum(x != 0 for x in row) == 1]


REGIONS = {"10": "C", "11": "C", "50": "N", "51": "N", "90": "S"}


def areas_around(village):
    code = village
    return ["", REGIONS[code[:2]], code[:2], code[:4], code[:6]]


@pytest.mark.parametrize("seed", range(300))
def test_no_hidden_village_follows_from_the_sums_that_are_shown(seed):
    """The attacker subtracts everything from everything; what was exact is known to him anyway."""
    random = Random(seed)
    hidden = {
        f"{random.choice(sorted(REGIONS))}0{random.randint(1, 2)}0{random.randint(1, 3)}"
        f"0{random.randint(1, 2)}"
        for _ in range(random.randint(1, 12))
    }
    areas = {area for village in hidden for area in areas_around(village)}
    shown = [code for code in sorted(areas) if disclosure.is_shown(code, hidden, REGIONS)]

    sums = [[v for v in hidden if code in areas_around(v)] for code in shown]

    assert revealed(sums, hidden) == []
    assert not [code for code in shown if len(code) == 6]


def test_the_attacker_of_that_test_is_able():
    """Shown without the rule, the same sums give villages away."""
    assert revealed([["a", "b", "c"], ["a", "b"]], {"a", "b", "c"})
    assert not revealed([["a", "b", "c"]], {"a", "b", "c"})


def test_two_areas_with_one_hidden_village_each_are_shown_from_where_they_meet():
    hidden = {"50010101", "51010101"}

    shown = [c for c in ("5001", "50", "51", "N", "") if disclosure.is_shown(c, hidden, REGIONS)]

    assert shown == ["N", ""]


def test_a_region_is_found_in_the_register(weavers):
    Province.objects.filter(code="50").update(region="N")
    agree(weavers)
    sell(weavers, 9)

    assert (area("N"), area("S")) == (9, 0)
