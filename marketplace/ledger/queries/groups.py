"""Which groups earned, how much of each village's income one group has, and who sold first.

A group earns with an income above zero in the period. The share of the top group of a village is
its income divided by that of all groups of the village that earned: groups below zero (more given
back than sold) count as nothing, as they do in `distribution`. A village or group sold for the
first time where a sale of this site was recorded for it in the period and none before, anywhere;
declared sales do not count, and a refund afterwards does not undo it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import QuerySet

from marketplace.core import bilingual
from marketplace.ledger.kinds import TransferKind
from marketplace.ledger.models import AreaMonth, ProducerMonth, Transfer
from marketplace.ledger.periods import Period
from marketplace.ledger.queries.areas import (
    City,
    Level,
    Regions,
    codes_inside,
    inside,
    names_of,
    path_to,
    regions,
)
from marketplace.ledger.queries.cities import in_cities, only_city
from marketplace.ledger.queries.crossings import crossed
from marketplace.ledger.queries.figures import Figures
from marketplace.ledger.queries.questions import Question
from marketplace.ledger.queries.row_names import BothNames
from marketplace.places.services import UnknownArea
from marketplace.producers.models import Producer


@dataclass(frozen=True)
class GroupIncome:
    """A producer and its income in the area, in satang."""

    producer_id: int
    name_th: str
    name_en: str
    income_satang: int

    @property
    def name(self) -> str:
        return bilingual.pick(self.name_th, self.name_en)


@dataclass(frozen=True)
class VillageGroups:
    """A village in which somebody sold or earned, and its groups that earned."""

    code: str
    name_th: str
    name_en: str
    income_satang: int  # of all its groups, also those below zero
    groups: int  # that earned
    earned_satang: int  # by these
    top: GroupIncome | None  # the group that earned most; None where none did
    sold_first: bool

    @property
    def name(self) -> str:
        return bilingual.pick(self.name_th, self.name_en) or self.code

    @property
    def top_share(self) -> Fraction | None:
        return Fraction(self.top.income_satang, self.earned_satang) if self.top else None


@dataclass(frozen=True)
class GroupReport:
    """The groups of an area in a period. Villages come by code, groups by income downwards."""

    code: str
    name_th: str
    name_en: str
    period: Period
    income_satang: int  # as in the income report
    groups: int  # different ones that earned; one of several villages counts once
    villages: tuple[VillageGroups, ...]
    first_groups: tuple[GroupIncome, ...]  # that sold for the first time
    city: City | None = None  # the villages of this kind of province alone; None for all

    @property
    def name(self) -> str:
        return bilingual.pick(self.name_th, self.name_en) or self.code

    @property
    def first_villages(self) -> list[VillageGroups]:
        return [village for village in self.villages if village.sold_first]

    @property
    def villages_earning(self) -> int:
        return sum(village.groups > 0 for village in self.villages)

    @property
    def villages_of_one_group(self) -> int:
        """In which one group earned all."""
        return sum(village.groups == 1 for village in self.villages)


def group_report(code: str, period: Period, city: City | None = None) -> GroupReport:
    """The groups of an area in a period, village by village. Raises UnknownArea.

    With `city`, the villages in provinces of this kind, as the register says today; who sold
    anywhere before is still no group that sold for the first time.

    At most seven statements over whole months, three more for loose days, however many villages.
    """
    known = regions()
    path_to(code, known)
    figures = _by_village_and_group(Question(code, period, only=only_city(city)), known)
    sold = {key for key, one in figures.items() if one.sales}
    new_villages = {village for village, _group in sold} - _villages_before(code, period, known)
    new_groups = {group for _village, group in sold}
    new_groups -= _groups_before(new_groups, period)
    by_village: dict[str, dict[int, int]] = defaultdict(dict)
    for (village, group), one in figures.items():
        by_village[village][group] = one.income_satang
    totals: Counter[int] = Counter()
    for incomes in by_village.values():
        totals.update(incomes)
    areas = names_of([code, *by_village], period)
    if code not in areas:
        raise UnknownArea
    tops = {village: _top(incomes) for village, incomes in by_village.items()}
    names = _names({group for group in tops.values() if group} | new_groups)
    rows = [
        _village(village, areas, by_village[village], tops[village], names, new_villages)
        for village in sorted(by_village)
    ]
    return GroupReport(
        code,
        *areas[code],
        period=period,
        income_satang=sum(totals.values()),
        groups=sum(income > 0 for income in totals.values()),
        villages=tuple(rows),
        first_groups=tuple(_first_groups(new_groups, totals, names)),
        city=city,
    )


def _by_village_and_group(question: Question, known: Regions) -> dict[tuple[str, int], Figures]:
    """Where income changed. Everything that is income names a producer."""
    here = inside("village_code", question.area, known)
    here &= in_cities("village_code", question, known)
    found = crossed(
        ("village_code", "producer_id"),
        ProducerMonth.objects.filter(here),
        Transfer.objects.filter(here, producer__isnull=False),
        question.period,
    )
    figures = {key: Figures(**measures) for key, measures in found.items()}
    return {key: one for key, one in figures.items() if one.sales or one.income_satang}


def _top(incomes: Mapping[int, int]) -> int | None:
    """The group that earned most; of two alike, the one that was registered first."""
    earning = [(-income, group) for group, income in incomes.items() if income > 0]
    return min(earning)[1] if earning else None


def _village(
    code: str,
    areas: Mapping[str, BothNames],
    incomes: Mapping[int, int],
    top: int | None,
    names: Mapping[int, BothNames],
    new_villages: set[str],
) -> VillageGroups:
    earning = [income for income in incomes.values() if income > 0]
    return VillageGroups(
        code,
        *areas.get(code, ("", "")),
        income_satang=sum(incomes.values()),
        groups=len(earning),
        earned_satang=sum(earning),
        top=GroupIncome(top, *names[top], income_satang=incomes[top]) if top else None,
        sold_first=code in new_villages,
    )


def _first_groups(
    groups: Iterable[int], totals: Mapping[int, int], names: Mapping[int, BothNames]
) -> list[GroupIncome]:
    rows = [GroupIncome(group, *names[group], income_satang=totals[group]) for group in groups]
    return sorted(rows, key=lambda row: (-row.income_satang, row.producer_id))


# --- Who had sold before --------------------------------------------------------------------------


def _villages_before(code: str, period: Period, known: Regions) -> set[str]:
    """Villages of the area with a sale before the period."""
    months = AreaMonth.objects.filter(
        codes_inside("area_code", code, Level.VILLAGE, known),
        level=Level.VILLAGE,
        month__lt=period.first.replace(day=1),
        sales__gt=0,
    )
    found = set(months.order_by().values_list("area_code", flat=True).distinct())
    days = _days_before(period)
    if days is not None:
        here = days.filter(inside("village_code", code, known))
        found |= set(here.values_list("village_code", flat=True).distinct())
    return found


def _groups_before(groups: set[int], period: Period) -> set[int]:
    """Of these groups, those with a sale before the period, in any village."""
    months = ProducerMonth.objects.filter(month__lt=period.first.replace(day=1), sales__gt=0)
    found = set(months.order_by().values_list("producer_id", flat=True).distinct())
    days = _days_before(period)
    if days is not None:
        found |= set(days.values_list("producer_id", flat=True).distinct())
    return found & groups


def _days_before(period: Period) -> QuerySet | None:
    """Sales before the period in the month in which it begins; None where it begins with it."""
    month = period.first.replace(day=1)
    if month == period.first:
        return None
    days = Transfer.objects.filter(kind=TransferKind.SALE, day__gte=month, day__lt=period.first)
    return days.order_by()


def _names(groups: set[int]) -> dict[int, BothNames]:
    """Names of today; one statement."""
    rows = Producer.objects.filter(pk__in=groups).order_by()
    return {pk: names for pk, *names in rows.values_list("pk", "name_th", "name_en")}
