"""Any question has the answer that plain Python finds by adding up the transfers one by one."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime
from random import Random

import pytest

from marketplace.ledger.models import Transfer
from marketplace.ledger.periods import parse_period
from marketplace.ledger.queries.areas import Level, level_number, regions
from marketplace.ledger.queries.questions import Dimension, InvalidFilter, Question
from marketplace.ledger.queries.sources import counts_orders, roll_up_for, sums_of
from marketplace.places.models import Province
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig
from tests.marketplace.ledger.recount import measures_of

D = Dimension
CODES = ("50010811", "50010812", "50010101", "10010101", "34010105", "34020101")
REGIONS = {"50": "N", "10": "C", "34": "NE"}
SECONDARY = {"34"}
AREAS = ("", "N", "NE", "50", "34", "5001", "500108", "50010811")
PERIODS = ("2569", "2026-05", "2569-q2", "2026-03-07--2026-03-20", "2025-11-15--2026-05-09")
OWN = {
    D.OTOP_TYPE: lambda one: one.origin.otop_type,
    D.QUADRANT: lambda one: one.origin.quadrant,
    D.STARS: lambda one: str(one.origin.stars),
    D.INCOME_KIND: lambda one: one.origin.income_kind,
    D.CHANNEL: lambda one: one.event.channel,
}


@pytest.fixture
def sold(db):
    """Thirty orders of one to three villages over a year, with all that can follow."""
    random = Random(7)
    for code, region in REGIONS.items():
        Province.objects.filter(code=code).update(region=region)
    makers = {code: make_producer(make_village(code, f"บ้าน {code}")) for code in CODES}
    for _ in range(30):
        at = datetime(2025, 10, 1, 4, tzinfo=UTC).replace(
            month=random.choice([10, 11, 12]), day=random.randint(1, 28)
        )
        at = at.replace(year=2026, month=random.randint(1, 9)) if random.random() < 0.7 else at
        parts = [_part(makers, random) for _ in range(random.randint(1, 3))]
        parts = list({part.producer.pk: part for part in parts}.values())
        sale, _event = rig.sell(parts, {parts[0].producer.pk: 5_000}, at)
        if random.random() < 0.4:
            rig.refund(sale, {sale.shares[0].line_id: random.randint(1, 500)}, at=at)
        told = rig.declare(_part(makers, random), random.choice(["stall", "fair"]), at)
        rig.services.record_declared_sale(told)
    return makers


def _part(makers, random):
    code, other = random.sample(CODES, 2)
    amounts = {code: random.randint(600, 90_000)} | ({other: 701} if random.random() < 0.3 else {})
    return rig.Part(
        makers[code],
        amounts,
        rig.Terms(producer_discount=100_000, platform_discount=50_000, fee=30_000),
        otop_type=random.choice(["food", "textile"]),
        programmes=tuple(random.sample(["nawatwithi", "d-hope", "champion"], random.randint(0, 2))),
        buyer_province_code=random.choice(["", "10", "50"]),
    )


def questions():
    random, found = Random(11), []
    for area in AREAS:
        level = level_number(area)
        below = [one for one in Level if one > level]
        for period in PERIODS:
            for rows_by in random.sample([None, *below, *D], 5):
                found.append((area, period, rows_by, {}))
            found.append((area, period, random.choice([None, *below]), _filters(random)))
            found.append((area, period, random.choice([*D]), _filters(random)))
    found += [(code, PERIODS[-1], D.PRODUCER, {}) for code in CODES]
    for area in AREAS:
        below = [one for one in Level if one > level_number(area)]
        for period in (PERIODS[0], PERIODS[-1]):
            found.append((area, period, D.CITY, {}))
            found.append((area, period, D.CITY, _filters(random)))
            kind = {D.CITY: random.choice(["main", "secondary"])}
            found.append((area, period, random.choice([None, *below]), kind))
            found.append((area, period, random.choice([*D]), kind | _filters(random)))
    return found


def _filters(random):
    values = {
        D.OTOP_TYPE: "textile",
        D.STARS: "0",
        D.QUADRANT: "D",
        D.CHANNEL: random.choice(["", "stall"]),
        D.PROGRAMME: "nawatwithi",
        D.BUYERS: random.choice(["10", ""]),
        D.PRODUCER: "first",
    }
    return {name: values[name] for name in random.sample(list(values), random.randint(1, 2))}


def by_hand(question, known, transfers):
    """Sums by row and month, of transfers looked at one by one."""
    rows, orders = defaultdict(Counter), defaultdict(set)
    for one in transfers:
        if not (question.period.first <= one.day <= question.period.last):
            continue
        if question.area not in ("", known[one.village_code[:2]]) and not (
            one.village_code.startswith(question.area)
        ):
            continue
        if not all(value in values(one, name) for name, value in question.only.items()):
            continue
        by = question.rows_by
        keys = values(one, by) if isinstance(by, D) else {place(one, by, known)}
        if by in question.only:  # of several programmes, the row of the one that is asked for
            keys &= {question.only[by]}
        for key in keys:
            rows[key, one.day.replace(day=1)].update(measures_of(one))
            if one.kind == "sale":
                orders[key, one.day.replace(day=1)].add(one.event_id)
    if counts_orders(question):
        for key, events in orders.items():
            rows[key]["orders"] = len(events)
    return {key: tidy(row) for key, row in rows.items() if tidy(row)}


def values(one, name):
    if name == D.PRODUCER:
        return {str(one.producer_id)} if one.producer_id else set()
    if name == D.CITY:
        return {"secondary" if one.village_code[:2] in SECONDARY else "main"}
    if one.origin_id is None:
        return set()
    if name == D.BUYERS:
        return set() if one.event.channel else {one.origin.buyer_province_code}
    if name in OWN:
        return {OWN[name](one)}
    return {group.code for group in one.origin.groups.all() if group.kind == name.value}


def place(one, level, known):
    if level is None:
        return ""
    return known[one.village_code[:2]] if level == Level.REGION else one.village_code[:level]


def tidy(measures):
    return {name: number for name, number in measures.items() if number}


def test_every_question_has_the_answer_of_plain_python(sold, django_assert_max_num_queries):
    known, asked, served = regions(), questions(), 0
    everything = Transfer.objects.exclude(village_code="").select_related("event", "origin")
    everything = list(everything.prefetch_related("origin__groups"))

    for area, key, rows_by, only in asked:
        if D.PRODUCER in only:
            only = only | {D.PRODUCER: str(sold[CODES[0]].pk)}
        question = Question(area, parse_period(key), rows_by, only)
        with django_assert_max_num_queries(2):
            sums = sums_of(question, known, by_month=True)
        told = {row: tidy(measures) for row, measures in sums.items() if tidy(measures)}
        assert told == by_hand(question, known, everything), (area, key, rows_by, only)
        served += roll_up_for(question, known) is not None

    assert (len(asked), served) == (350, 211)


def test_months_are_added_up_where_they_are_not_asked_for(sold):
    known = regions()
    question = Question("50", parse_period("2025-11-15--2026-05-09"), Level.AMPHOE)

    together = sums_of(question, known)

    months = Counter()
    for (row, _month), measures in sums_of(question, known, by_month=True).items():
        months.update({(row, name): number for name, number in measures.items()})
    assert {key for _row, key in together} == {None}
    assert {
        (row, name): n for (row, _), measures in together.items() for name, n in measures.items()
    } == months


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (D.CITY, "34"),
        (D.CITY, ""),
        (D.OTOP_TYPE, "gold"),
        (D.STARS, "6"),
        (D.QUADRANT, "E"),
        (D.INCOME_KIND, ""),
        (D.CHANNEL, "moon"),
        (D.PRODUCER, "1 OR 1=1"),
        (D.PRODUCER, "9" * 30),
        (D.PRODUCER, "๑"),
        (D.ROUTE, "x" * 65),
        (D.BUYERS, "\x00"),
    ],
)
def test_a_value_that_cannot_be_is_refused(name, value):
    with pytest.raises(InvalidFilter):
        Question("", parse_period("2569"), only={name: value})


def test_a_region_without_provinces_has_nothing_on_any_days(sold):
    Province.objects.exclude(pk__in=REGIONS).update(region="C")

    for key in ("2569", "2025-11-15--2026-05-09"):
        sums = sums_of(Question("W", parse_period(key)), regions())
        assert [tidy(measures) for measures in sums.values() if tidy(measures)] == []


def test_a_hostile_code_finds_nothing_and_harms_nothing(sold):
    period = parse_period("2026-03-07--2026-03-20")
    question = Question("", period, Level.PROVINCE, {D.ROUTE: "' OR 1=1 --"})

    assert sums_of(question, regions()) == {}
    assert Question("", period).period.first == date(2026, 3, 7)
