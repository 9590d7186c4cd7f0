"""What the public sees: exact income where the producers agreed, bands elsewhere.

README.md gives the rule and why no sum of exact figures reveals a hidden one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from django.db.models import Q
from django.utils.translation import gettext as _

from marketplace.core import money
from marketplace.ledger.models import ProducerMonth
from marketplace.ledger.periods import Period
from marketplace.ledger.queries import inside, level_of, provinces_of
from marketplace.ledger.queries.figures import EARNED, OF_INCOME, Figures, figures_of, summed
from marketplace.places.models import Province, Region
from marketplace.producers.models import IncomeDisclosure

FEWEST_HIDDEN_TOGETHER = 2
"""A sum is shown when it covers at least so many hidden villages that no smaller sum covers."""

BAND_EDGES_BAHT = (10_000, 50_000, 100_000, 500_000, 1_000_000)


@dataclass(frozen=True)
class Band:
    """From `low_satang` up to, not including, `high_satang`; an open end is None."""

    low_satang: int | None
    high_satang: int | None

    @property
    def label(self) -> str:
        if self.low_satang is None:
            return _("under %(high)s") % {"high": money.format_baht(self.high_satang)}
        low = money.format_baht(self.low_satang)
        if self.high_satang is None:
            return _("%(low)s or more") % {"low": low}
        return _("%(low)s to %(high)s") % {"low": low, "high": money.format_baht(self.high_satang)}


@dataclass(frozen=True)
class PublicIncome:
    """Income of a period as the public may know it: exact, a band, or neither."""

    period: Period
    exact_satang: int | None = None
    band: Band | None = None

    @property
    def is_exact(self) -> bool:
        return self.exact_satang is not None


def band_of(income_satang: int) -> Band:
    """The band of an income; below zero (more refunded than sold) is in the lowest."""
    edges = [edge * money.SATANG_PER_BAHT for edge in BAND_EDGES_BAHT]
    ends = [None, *edges, None]
    above = sum(income_satang >= edge for edge in edges)
    return Band(ends[above], ends[above + 1])


def village_income(code: str, periods: Sequence[Period]) -> list[PublicIncome]:
    """What the public may know of a village's income in each period; at most 3 statements.

    A month is exact when every producer with income of the village in it had agreed by its first
    day; a longer period when each of its months is. Otherwise a band; but neither, where some
    months of a longer period are exact and others are not, since the exact ones would narrow the
    band.
    """
    months = sorted({month for period in periods for month in period.months})
    if not months:
        return []
    here = Q(village_code=code)
    hidden = {month for month, codes in _hidden(here, months).items() if codes}
    sums = _incomes(here, months)
    return [_as_public(period, sums, hidden) for period in periods]


def area_income(code: str, period: Period) -> PublicIncome:
    """What the public may know of an area from tambon to country; four statements."""
    return AreaDisclosure(code, period.months).income(code, period)


class AreaDisclosure:
    """What the public may know of an area and of those inside it, read once; four statements.

    `months` are all that will be asked for.
    """

    def __init__(self, code: str, months: Sequence[date]) -> None:
        self.regions = dict(Province.objects.order_by().values_list("code", "region"))
        here = inside("village_code", code, self.regions)
        months = sorted(set(months))
        self.hidden = _hidden(here, months)
        self.incomes: dict[tuple[date, str], dict[str, int]] = defaultdict(dict)
        for month, village, income in _village_incomes(here, months):
            self.incomes[month, village[:2]][village] = income

    def income(self, code: str, period: Period) -> PublicIncome:
        """Exact or nothing, by the rule of README.md, month by month; never a band, since the exact
        figures inside would narrow it."""
        months = self.hidden.keys() & set(period.months)
        if any(not is_shown(code, self.hidden[month], self.regions) for month in months):
            return PublicIncome(period)
        return PublicIncome(period, sum(income for *_, income in self._inside(code, period)))

    def disclosed_satang(self, code: str, period: Period) -> int:
        """What the exact months of the area's villages add up to.

        Each of them is public by itself, so their sum gives nobody away, whatever else is hidden.
        """
        return sum(
            income
            for month, village, income in self._inside(code, period)
            if village not in self.hidden.get(month, ())
        )

    def _inside(self, code: str, period: Period) -> Iterator[tuple[date, str, int]]:
        for place in product(period.months, provinces_of(code, self.regions)):
            for village, income in self.incomes.get(place, {}).items():
                if _is_in(village, code, self.regions):
                    yield place[0], village, income


def is_shown(code: str, hidden_villages: Iterable[str], regions: Mapping[str, str]) -> bool:
    """Whether the exact income of an area in a month may be public.

    `hidden_villages` are the villages with income in it that show a band, at least all inside
    the area; `regions` gives each province its region.
    """
    exposed = [village for village in hidden_villages if _is_in(village, code, regions)]
    if level_of(code) in ("tambon", "village"):
        return not exposed
    return _may_show(_left_over(code, exposed, regions))


def _left_over(code: str, hidden: list[str], regions: Mapping[str, str]) -> list[str]:
    """Hidden villages of an area that no shown figure inside it covers."""
    parts = defaultdict(list)
    for village in hidden:
        parts[_part_of(village, code, regions)].append(village)
    left = []
    for part, villages in parts.items():
        if level_of(part) != "tambon":
            villages = _left_over(part, villages, regions)
            villages = [] if _may_show(villages) else villages
        left += villages
    return left


def _may_show(left_over: list[str]) -> bool:
    return not left_over or len(left_over) >= FEWEST_HIDDEN_TOGETHER


def _part_of(village: str, code: str, regions: Mapping[str, str]) -> str:
    """The area one level below `code` in which the village lies."""
    if not code:
        return regions.get(village[:2], village[:2])
    return village[:2] if code in Region.values else village[: len(code) + 2]


def _is_in(village: str, code: str, regions: Mapping[str, str]) -> bool:
    if code in Region.values:
        return regions.get(village[:2]) == code
    return village.startswith(code)


def _as_public(period: Period, sums: Mapping[date, int], hidden: set[date]) -> PublicIncome:
    months = set(period.months)
    income = sum(sums.get(month, 0) for month in months)
    if not months & hidden:
        return PublicIncome(period, exact_satang=income)
    if any(month not in hidden for month in months & sums.keys()):
        return PublicIncome(period)
    return PublicIncome(period, band=band_of(income))


def _incomes(here: Q, months: list[date]) -> dict[date, int]:
    """Village income by month, where there was any."""
    rows = ProducerMonth.objects.filter(here, EARNED, month__in=months).values("month")
    return {
        row["month"]: Figures(**figures_of(row)).income_satang for row in summed(rows).order_by()
    }


def _village_incomes(here: Q, months: list[date]) -> Iterator[tuple[date, str, int]]:
    """Month, village and satang, wherever there was any income."""
    rows = ProducerMonth.objects.filter(here, EARNED, month__in=months)
    for row in summed(rows.values("month", "village_code"), OF_INCOME).order_by():
        yield row["month"], row["village_code"], Figures(**figures_of(row)).income_satang


def _hidden(here: Q, months: list[date]) -> dict[date, set[str]]:
    """By month the villages in which some producer earned that had not agreed by its first day.

    The first day, so that what is shown of a month does not change while it runs: two looks at a
    sum, before and after a consent, would give away the figure between them.
    """
    earned = _who_earned(here, months)
    consents = _consents({producer for _month, _village, producer in earned})
    hidden = defaultdict(set)
    for month, village, producer in earned:
        if not any(first <= month <= (last or month) for first, last in consents[producer]):
            hidden[month].add(village)
    return hidden


def _who_earned(here: Q, months: list[date]) -> set[tuple[date, str, int]]:
    rows = ProducerMonth.objects.filter(here, EARNED, month__range=(months[0], months[-1]))
    return set(rows.order_by().values_list("month", "village_code", "producer_id"))


def _consents(producers: set[int]) -> dict[int, list[tuple[date, date | None]]]:
    consents = defaultdict(list)
    rows = IncomeDisclosure.objects.filter(producer__in=producers)
    for producer, *days in rows.values_list("producer_id", "valid_from", "valid_until"):
        consents[producer].append(tuple(days))
    return consents
