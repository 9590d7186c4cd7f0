"""Whatever a report is asked about the year, it answers what the books of plain Python say."""

import json
from collections import Counter
from datetime import date
from random import Random

import pytest

from marketplace.ledger import verification
from shop.bookkeeping.queries.months import months
from tests.shop.reports.year.asked import (
    OF_GROUPS,
    OF_VALUES,
    REGIONS,
    Asked,
    Days,
    days,
    fiscal_year,
    month_of,
    quarter,
)
from tests.shop.reports.year.cast import MAE, MERGED_LAST_DAY, PUI, REGISTER, SRI, UBON

URL = "/cms/reports/income/"
YEAR = fiscal_year(2569)
MONTHS = [month_of(2025, month) for month in range(8, 13)]
MONTHS += [month_of(2026, month) for month in range(1, 12)]
ODD = (
    days(date(2026, 2, 27), date(2026, 3, 3)),
    days(date(2025, 12, 15), date(2026, 7, 9)),
    days(date(2026, 6, 30), date(2026, 7, 1)),
    days(date(2024, 2, 29), date(2026, 11, 30)),
)
PERIODS = (YEAR, fiscal_year(2568), fiscal_year(2570), *(quarter(2569, n) for n in (1, 2, 3, 4)))
PERIODS += (*MONTHS, *ODD)
AREAS = (
    "",
    "N",
    "NE",
    "C",
    "S",
    "W",
    "50",
    "34",
    "10",
    "90",
    "5001",
    "500108",
    PUI,
    MAE,
    SRI,
    UBON,
)
LEVELS = ("region", "province", "amphoe", "tambon", "village")
VALUES = ("producer", *OF_VALUES, "programme", "route", "buyers")
MONEY = (
    *("sold_satang", "producer_discount_satang", "refunded_satang", "moved_satang"),
    *("platform_discount_satang", "delivery_satang", "fee_satang", "fee_vat_satang"),
    *("passed_gateway_fee_satang", "gateway_fee_satang", "adjustment_satang"),
    *("paid_out_satang", "declared_satang"),
)
MEASURES = ("sales", "refunds", *MONEY)


def levels_below(area: str) -> list[str]:
    own = "region" if area in REGIONS else None
    sizes = {"region": 1, "province": 2, "amphoe": 4, "tambon": 6, "village": 8}
    size = 1 if own else len(area)
    return [level for level in LEVELS if sizes[level] > size]


def questions(makers: list[int]) -> list[Asked]:
    """Every area by everything once, every period; filters, comparisons and the rest by chance."""
    random = Random(11)
    found = [
        Asked(area, random.choice(PERIODS), by)
        for area in AREAS
        for by in (*levels_below(area), *VALUES)
    ]
    found += [Asked("", period, "village") for period in PERIODS]
    found += [Asked(area, YEAR, "", {}, "last-year") for area in AREAS]
    for _ in range(70):
        area = random.choice(AREAS)
        by = random.choice(["", *levels_below(area), *VALUES])
        before = random.choice(["", "last-year", "three-years"])
        found.append(Asked(area, random.choice(PERIODS), by, only(random, makers), before))
    return [asked for asked in found if not is_gone(asked)]


def only(random: Random, makers: list[int]) -> dict[str, str]:
    values = {
        "type": random.choice(["textile", "household", "food"]),
        "quadrant": random.choice("ABD"),
        "stars": random.choice("045"),
        "income": random.choice(["goods", "stay"]),
        "channel": random.choice(["", "fair"]),
        "programme": random.choice(["nawatwithi", "champion"]),
        "route": "bells",
        "buyers": random.choice(["10", "50", ""]),
        "producer": str(random.choice(makers)),
    }
    return {name: values[name] for name in random.sample(sorted(values), random.choice([0, 1, 2]))}


def is_gone(asked: Asked) -> bool:
    """Asked for after it was merged, the answer is another village's: a test of its own."""
    return asked.area == MAE and asked.period.first > MERGED_LAST_DAY


def test_every_answer_is_what_plain_python_finds(year, finance):
    asked = questions(sorted(year.story.homes))

    found = [(one, told(finance, one)) for one in asked]

    for one, document in found:
        compare(year, one, document)
    assert len(asked) > 280
    earning = [one for one, document in found if document["rows"]["total"]["income_satang"]]
    assert len(earning) > 180  # else little would have been compared


def told(browser, asked: Asked, **more) -> dict:
    answer = browser.get(URL, asked.query | {"export": "json"} | more)
    assert answer.status_code == 200, asked
    return json.loads(answer.getvalue())["tables"]


def compare(year, asked: Asked, document: dict) -> None:
    rows = {row["code"]: row for row in document["rows"]["rows"]}
    wanted = year.answers.rows(asked, asked.period)
    is_place = asked.rows_by in LEVELS
    codes = places(asked) if is_place else set()
    shown = rows.keys() if is_place else {key for key, row in rows.items() if is_something(row)}
    assert shown == codes | with_something(year, asked, wanted), asked
    for code, row in rows.items():
        compare_row(asked, row, wanted[code].measures if code in wanted else Counter())
        if asked.before:
            assert row["before_satang"] == year.answers.held_against(asked, code), asked
            assert row["change_satang"] == row["income_satang"] - row["before_satang"]
        if is_place:
            compare_villages(year, asked, code, row)
    compare_total(year, asked, document)
    assert [*rows] == in_order(asked, rows), asked


def with_something(year, asked: Asked, wanted: dict) -> set[str]:
    """Rows of which there is anything to tell, in the period or in what it is held against."""
    found = {key for key, row in wanted.items() if row.tidy}
    if asked.before:
        ever = year.answers.rows(asked, days(date(2020, 1, 1), date(2030, 1, 1)))
        found |= {key for key in ever if year.answers.held_against(asked, key)}
    return found


def is_something(row: dict) -> bool:
    return any(row[name] for name in (*MEASURES, "before_satang") if name in row)


def compare_row(asked: Asked, row: dict, measures: Counter) -> None:
    names = MEASURES + (("orders",) if asked.counts_orders else ())
    assert {name: row[name] for name in names} == {name: measures[name] for name in names}, asked
    income = (
        measures["sold_satang"]
        - measures["producer_discount_satang"]
        - measures["refunded_satang"]
        + measures["moved_satang"]
    )
    taken = sum(measures[name] for name in MONEY[6:9])
    net = income + measures["delivery_satang"] - taken + measures["adjustment_satang"]
    assert (row["income_satang"], row["net_satang"]) == (income, net), asked
    assert ("orders" in row) == asked.counts_orders


def compare_villages(year, asked: Asked, code: str, row: dict) -> None:
    there, selling = year.answers.villages(asked, code), year.answers.selling(asked, code)
    assert (row["villages"], row["villages_selling"]) == (len([*there]), len(selling)), asked


def compare_total(year, asked: Asked, document: dict) -> None:
    total = document["rows"]["total"]
    wanted = year.answers.total(asked, asked.period).measures
    if not year.answers.counts_orders_in_all(asked) and asked.counts_orders:
        wanted["orders"] = total["orders"]
    compare_row(asked, total, wanted)
    if asked.before:
        assert total["before_satang"] == year.answers.held_against(asked), asked
    for month in document["months"]["rows"]:
        period = month_of(*map(int, month["month"].split("-")))
        compare_row_of_month(asked, month, year.answers.total(asked, period).measures)
    assert len(document["months"]["rows"]) == 24


def compare_row_of_month(asked: Asked, row: dict, measures: Counter) -> None:
    assert {name: row[name] for name in MONEY} == {name: measures[name] for name in MONEY}, asked


def places(asked: Asked) -> set[str]:
    """Of the level of the rows, inside the area, and there on some day of the period."""
    if asked.rows_by == "region":
        return set(REGIONS)
    digits = {"province": 2, "amphoe": 4, "tambon": 6, "village": 8}[asked.rows_by]
    there = [
        code
        for code in REGISTER
        if lies_in(code, asked.area)
        and not (digits == 8 and code == MAE and asked.period.first > MERGED_LAST_DAY)
    ]
    return {code[:digits] for code in there}


def lies_in(code: str, area: str) -> bool:
    regions = {"50": "N", "34": "NE", "10": "C", "90": "S"}
    return code.startswith(area) or regions[code[:2]] == area


def in_order(asked: Asked, rows: dict) -> list[str]:
    if asked.rows_by == "region":
        return list(REGIONS)
    if asked.rows_by in LEVELS:
        return sorted(rows)
    return sorted(rows, key=lambda code: (-rows[code]["income_satang"], code))


def test_children_add_up_to_their_parent_at_every_level(year, finance):
    for area in ("", "N", "NE", "50", "5001", "500108", PUI):
        document = told(finance, Asked(area, YEAR))["rows"]
        for name in MEASURES:
            assert sum(row[name] for row in document["rows"]) == document["total"][name]


def test_names_are_those_of_the_last_day(year, finance):
    def names(period: Days) -> dict[str, str]:
        rows = told(finance, Asked("500108", period))["rows"]["rows"]
        return {row["code"]: row["name_th"] for row in rows}

    assert names(month_of(2026, 3)) == {PUI: "บ้านดอยปุย", MAE: "บ้านแม่สา"}
    assert names(month_of(2026, 4)) == {PUI: "บ้านม้งดอยปุย", MAE: "บ้านแม่สา"}
    assert names(YEAR) == names(month_of(2026, 4))
    assert names(fiscal_year(2568)) == names(month_of(2026, 3))


def test_a_village_that_was_merged_answers_with_who_took_its_ground(year, finance):
    for period in (month_of(2026, 7), fiscal_year(2570), days(date(2026, 7, 1), date(2026, 9, 9))):
        asked = Asked(MAE, period, "producer")
        page = finance.get(URL, asked.query)

        assert page.context["followed"].gone == MAE
        assert f"{MAE}" in page.text and 'role="status"' in page.text
        compare(year, Asked(PUI, period, "producer"), told(finance, asked))


def test_months_at_the_desk_of_finance_are_those_of_the_books(year):
    for row in months():
        period = month_of(row.month.year, row.month.month)
        assert row.income_satang == year.answers.income(Asked("", period), period)


def test_the_year_had_everything_in_it(year):
    """Else the proof would prove less than it says."""
    facts = year.books.facts
    happened = {name for fact in facts for name in fact.measures}
    late = [fact for fact in facts if fact.order in late_orders(year)]

    assert happened == {*MEASURES, "units_ppm"}
    assert any(fact.measures.get("paid_out_satang", 0) < 0 for fact in facts)
    assert any(fact.measures.get("declared_satang", 0) < 0 for fact in facts)
    assert {fact.day for fact in late} == {date(2026, 1, 1), date(2026, 10, 1)}
    assert {kind for fact in facts if fact.cell for kind, _code in fact.cell.groups} < {*OF_GROUPS}
    assert {fact.village for fact in facts} == REGISTER.keys() - {"90110101"}
    assert len(year.story.handles) > 50
    assert list(verification.verify()) == []


def late_orders(year) -> set[str]:
    return {year.story.handles[name].number for name in ("december", "september")}


@pytest.mark.parametrize("period", [YEAR, quarter(2569, 3), *ODD[:3]], ids=lambda one: one.key)
def test_parts_of_a_period_add_up_to_it(year, finance, period: Days):
    """Days before a cut and after it, wherever it is."""
    cut = period.first + (period.last - period.first) // 3
    halves = [days(period.first, cut), days(date.fromordinal(cut.toordinal() + 1), period.last)]
    sums = Counter()
    for half in halves:
        total = told(finance, Asked("", half))["rows"]["total"]
        sums.update({name: total[name] for name in MEASURES})

    whole = told(finance, Asked("", period))["rows"]["total"]
    assert {name: whole[name] for name in MEASURES} == {name: sums[name] for name in MEASURES}
