"""Questions that a report may be asked, and their answers from the facts of `counted.py`.

Periods, areas and comparisons are worked out anew here: no period, level or sum of the product.
"""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from tests.shop.reports.year.counted import Fact

REGIONS = ("N", "NE", "C", "W", "E", "S")
DIGITS = {"country": 0, "province": 2, "amphoe": 4, "tambon": 6, "village": 8}
BELOW = {
    "country": "region",
    "region": "province",
    "province": "amphoe",
    "amphoe": "tambon",
    "tambon": "village",
    "village": "producer",
}
OF_VALUES = ("type", "quadrant", "stars", "income", "channel")
OF_GROUPS = ("programme", "route", "story", "campaign")


@dataclass(frozen=True)
class Days:
    """A period: its key in addresses, first and last day."""

    key: str
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def month_of(year: int, month: int) -> Days:
    return Days(
        f"{year}-{month:02}",
        date(year, month, 1),
        date(year, month, monthrange(year, month)[1]),
    )


def fiscal_year(year_be: int) -> Days:
    return Days(str(year_be), date(year_be - 544, 10, 1), date(year_be - 543, 9, 30))


def quarter(year_be: int, number: int) -> Days:
    months = [month_of(year_be - 544, 10 + n) for n in range(3)] + [
        month_of(year_be - 543, n) for n in range(1, 10)
    ]
    three = months[3 * number - 3 : 3 * number]
    return Days(f"{year_be}-q{number}", three[0].first, three[-1].last)


def days(first: date, last: date) -> Days:
    return Days(f"{first}--{last}", first, last)


def years_earlier(period: Days, years: int) -> Days:
    """The same days so many years before: the last day of a month stays one."""
    ends_month = (period.last + timedelta(days=1)).day == 1
    first, last = (_in_year(day, day.year - years) for day in (period.first, period.last))
    return days(first, month_of(last.year, last.month).last if ends_month else last)


def _in_year(day: date, year: int) -> date:
    """29 February is the 28th where there is none."""
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


@dataclass(frozen=True)
class Asked:
    """A question in the words of an address."""

    area: str
    period: Days
    by: str = ""
    only: Mapping[str, str] = field(default_factory=dict)
    before: str = ""

    @property
    def level(self) -> str:
        if self.area in REGIONS:
            return "region"
        return next(word for word, digits in DIGITS.items() if digits == len(self.area))

    @property
    def rows_by(self) -> str:
        return self.by or BELOW[self.level]

    @property
    def query(self) -> dict[str, str]:
        only = {name: value or "-" for name, value in self.only.items()}
        asked = {"area": self.area, "period": self.period.key, **only}
        asked |= {"by": self.by} if self.by else {}
        return asked | ({"before": self.before} if self.before else {})

    @property
    def counts_orders(self) -> bool:
        names = {*self.only} | ({self.rows_by} - {*DIGITS, "region"})
        return not names or (names == {"producer"} and self.level == "village")


@dataclass
class Row:
    """A row of the answer: sums of its facts, and the income it is held against."""

    measures: Counter = field(default_factory=Counter)
    before_satang: int | None = None

    @property
    def tidy(self) -> dict[str, int]:
        return {name: number for name, number in self.measures.items() if number}


class Answers:
    """Answers of one year's facts; `register` has each village's last day, if it has one."""

    def __init__(
        self, facts: Iterable[Fact], regions: Mapping[str, str], register: Mapping, today: date
    ):
        self.facts, self.regions = list(facts), regions
        self.register, self.today = register, today

    def lies_in(self, village: str, area: str) -> bool:
        return village.startswith(area) or self.regions[village[:2]] == area

    def place(self, village: str, level: str) -> str:
        return self.regions[village[:2]] if level == "region" else village[: DIGITS[level]]

    def told(self, asked: Asked, period: Days) -> list[Fact]:
        """What the question is about, in any period."""
        return [
            fact
            for fact in self.facts
            if fact.day in period
            and self.lies_in(fact.village, asked.area)
            and all(value in self.values(fact, name) for name, value in asked.only.items())
        ]

    def values(self, fact: Fact, name: str) -> set[str]:
        """Which values of a dimension a fact has; what is of no line has none but its maker."""
        if name == "producer":
            return {str(fact.producer)}
        if fact.cell is None:
            return set()
        if name in OF_VALUES:
            return {fact.cell.line.values[name]}
        if name == "buyers":
            return set() if fact.channel else {fact.cell.buyer}
        return {code for kind, code in fact.cell.groups if kind == name}

    def keys(self, fact: Fact, by: str) -> set[str]:
        if by in DIGITS or by == "region":
            return {self.place(fact.village, by)}
        return self.values(fact, by)

    def rows(self, asked: Asked, period: Days) -> dict[str, Row]:
        found: dict[str, Row] = defaultdict(Row)
        orders: dict[str, set[str]] = defaultdict(set)
        for fact in self.told(asked, period):
            for key in self.keys(fact, asked.rows_by):
                found[key].measures.update(fact.measures)
                if fact.order:
                    orders[key].add(fact.order)
        if asked.counts_orders:
            for key, numbers in orders.items():
                found[key].measures["orders"] = len(numbers)
        return found

    def total(self, asked: Asked, period: Days) -> Row:
        told = self.told(asked, period)
        row = Row()
        for fact in told:
            row.measures.update(fact.measures)
        if self.counts_orders_in_all(asked):
            row.measures["orders"] = len({fact.order for fact in told if fact.order})
        return row

    def counts_orders_in_all(self, asked: Asked) -> bool:
        return not asked.only or (asked.only.keys() == {"producer"} and asked.level == "village")

    def income(self, asked: Asked, period: Days, key: str | None = None) -> int:
        told = self.told(asked, period)
        return sum(f.income for f in told if key is None or key in self.keys(f, asked.rows_by))

    def held_against(self, asked: Asked, key: str | None = None) -> int:
        """The income of a year before, or the mean of three; of a running period until today."""
        period = asked.period
        if period.first <= self.today < period.last:
            period = days(period.first, self.today)
        years = {"last-year": 1, "three-years": 3}[asked.before]
        sums = [
            self.income(asked, years_earlier(period, number), key) for number in range(1, years + 1)
        ]
        return round(Fraction(sum(sums), years))

    def villages(self, asked: Asked, key: str | None = None) -> Iterator[str]:
        """In the register on some day of the period."""
        for village, last_day in self.register.items():
            there = self.lies_in(village, asked.area) and last_day >= asked.period.first
            if there and (key is None or self.place(village, asked.rows_by) == key):
                yield village

    def selling(self, asked: Asked, key: str | None = None) -> set[str]:
        return {
            fact.village
            for fact in self.told(asked, asked.period)
            if "sales" in fact.measures and (key is None or key in self.keys(fact, asked.rows_by))
        }

    def incomes(self, area: str, period: Days) -> dict[str, int]:
        """Of every village of the area that was there, those without any among them."""
        asked = Asked(area, period)
        found = dict.fromkeys(self.villages(asked), 0)
        for fact in self.told(asked, period):
            found[fact.village] = found.get(fact.village, 0) + fact.income
        return found
