"""How far an area is towards its target, and how it grew since before this site.

Targets and baselines stand beside the income of the ledger and are never added to it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Q, QuerySet, Sum

from marketplace.core import bilingual
from marketplace.ledger.periods import Period, year_period
from marketplace.ledger.queries import COUNTRY, TABLES, Level, inside, level_of, regions
from marketplace.ledger.queries.areas import (
    Regions,
    codes_inside,
    level_number,
    names_of,
    path_to,
    was_there,
)
from marketplace.ledger.queries.figures import OF_INCOME, Figures
from marketplace.ledger.queries.questions import Question
from marketplace.ledger.queries.sources import sums_of
from marketplace.places.models import Amphoe
from marketplace.places.queries import provinces
from marketplace.places.services import UnknownArea
from marketplace.villages.models import Village
from shop.targets.models import Baseline, BaselineBatch, IncomeTarget
from shop.targets.services import target_of


@dataclass(frozen=True)
class BaselineSum:
    """What baselines of one source, confidence and kind of place come to, in satang."""

    source: str
    confidence: str
    of_villages: bool  # else of amphoes
    rows: int
    amount_satang: int

    @property
    def confidence_label(self) -> str:
        return str(Baseline.Confidence(self.confidence).label)


@dataclass(frozen=True)
class Attainment:
    """An area in a fiscal year: its target, its income, and the year that it is held against."""

    code: str
    name_th: str
    name_en: str
    period: Period
    income_satang: int  # of the ledger, so far
    target: IncomeTarget | None
    baseline_year_be: int
    baselines: tuple[BaselineSum, ...]
    villages: int  # in the register during the year
    villages_missing: int  # of these, without a baseline of their own
    villages_with_both: int  # a baseline, and income above zero in the ledger
    both_before_satang: int  # of these villages, baselines of all channels
    both_income_satang: int  # of the same villages, income of the ledger

    @property
    def name(self) -> str:
        return bilingual.pick(self.name_th, self.name_en) or self.code

    @property
    def baseline_satang(self) -> int:
        return sum(one.amount_satang for one in self.baselines)

    @property
    def reached_ppm(self) -> int | None:
        """Income in millionths of the target."""
        return ppm_of(self.income_satang, self.target.amount_satang) if self.target else None

    @property
    def lacking_satang(self) -> int:
        """Still missing to the target; 0 once it is reached."""
        return max(0, self.target.amount_satang - self.income_satang) if self.target else 0

    @property
    def growth_ppm(self) -> int | None:
        """Of villages that have both; None where none has, or their baselines are nothing."""
        if self.both_before_satang <= 0:
            return None
        return ppm_of(self.both_income_satang - self.both_before_satang, self.both_before_satang)


def ppm_of(part: int, whole: int) -> int:
    """Of a whole that is not zero, in millionths."""
    return round(Fraction(part * 1_000_000, whole))


def attainment(code: str, year_be: int, baseline_year_be: int | None = None) -> Attainment:
    """Target and growth of an area in a fiscal year. Raises UnknownArea; at most eight statements.

    The baseline is that of the year before, unless another year is asked for.
    """
    known, period = regions(), year_period(year_be)
    path_to(code, known)
    names = names_of([code], period)
    if code not in names:
        raise UnknownArea
    before_be = baseline_year_be or year_be - 1
    rows = baselines_in(code, known).filter(fiscal_year_be=before_be)
    before = _by_village(rows)
    incomes = incomes_of_villages(code, period, known)
    there = Village.objects.filter(inside("code", code, known), was_there(period))
    both = [village for village in before if incomes.get(village, 0) > 0]
    villages = set(there.values_list("pk", flat=True))
    return Attainment(
        code,
        *names[code],
        period=period,
        income_satang=sum(incomes.values()),
        target=target_of(code, year_be),
        baseline_year_be=before_be,
        baselines=_sums(rows),
        villages=len(villages),
        villages_missing=len(villages - before.keys()),
        villages_with_both=len(both),
        both_before_satang=sum(before[village] for village in both),
        both_income_satang=sum(incomes[village] for village in both),
    )


def incomes_of_villages(code: str, period: Period, known: Regions) -> dict[str, int]:
    """Income of the ledger of each village of an area; one statement over a fiscal year."""
    is_village = level_number(code) == Level.VILLAGE
    question = Question(code, period, None if is_village else Level.VILLAGE)
    sums = sums_of(question, known, measures=OF_INCOME)
    return {
        village or code: Figures(**measures).income_satang
        for (village, _month), measures in sums.items()
    }


def baselines_in(code: str, known: Regions | None = None) -> QuerySet[Baseline]:
    """Rows in force of villages and whole amphoes that lie in an area; a statement for the regions
    that are not `known`."""
    known = regions() if known is None else known
    rows = Baseline.objects.filter(batch__status=BaselineBatch.Status.IN_FORCE, problem_th="")
    places = Q(pk__in=[])
    for level in (Level.AMPHOE, Level.VILLAGE):
        if level >= level_number(code):
            within = codes_inside("area_code", code, level, known)
            places |= within & Q(area_code__regex=rf"^[0-9]{{{level.value}}}$")
    return rows.filter(places)


def _sums(rows: QuerySet[Baseline]) -> tuple[BaselineSum, ...]:
    of_villages = Q(area_code__regex=r"^[0-9]{8}$")
    groups = (
        rows.values("source", "confidence")
        .annotate(
            village_rows=Count("pk", filter=of_villages),
            village_satang=Sum("amount_satang", filter=of_villages, default=0),
            amphoe_rows=Count("pk", filter=~of_villages),
            amphoe_satang=Sum("amount_satang", filter=~of_villages, default=0),
        )
        .order_by("source", "confidence")
    )
    found = []
    for row in groups:
        for of, rows_of in ((True, "village"), (False, "amphoe")):
            if row[f"{rows_of}_rows"]:
                found.append(
                    BaselineSum(
                        row["source"],
                        row["confidence"],
                        of,
                        row[f"{rows_of}_rows"],
                        int(row[f"{rows_of}_satang"]),
                    )
                )
    return tuple(found)


def _by_village(rows: QuerySet[Baseline]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for code, satang in rows.values_list("area_code", "amount_satang"):
        if len(code) == Level.VILLAGE:
            found[code] += satang
    return dict(found)


# --- The desk ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TargetRow:
    """An area with its target in force and its income so far; None where no target is set."""

    code: str
    name: str
    target: IncomeTarget | None
    income_satang: int

    @property
    def reached_ppm(self) -> int | None:
        return ppm_of(self.income_satang, self.target.amount_satang) if self.target else None


def target_rows(codes: Sequence[str], year_be: int) -> list[TargetRow]:
    """Targets of these areas, in their order; at most four statements and one for each level."""
    known, period = regions(), year_period(year_be)
    names = names_of(codes, period)
    rows = IncomeTarget.objects.filter(fiscal_year_be=year_be, after=None, area_code__in=codes)
    targets = {row.area_code: row for row in rows}
    incomes = _incomes(codes, period, known)
    return [
        TargetRow(code, bilingual.pick(*names[code]), targets.get(code), incomes.get(code, 0))
        for code in codes
        if code in names
    ]


def _incomes(codes: Iterable[str], period: Period, known: Regions) -> dict[str, int]:
    found = {}
    for level in {level_number(code) for code in codes}:
        asked = Question(COUNTRY, period, level if level > Level.COUNTRY else None)
        sums = sums_of(asked, known, measures=OF_INCOME)
        for (code, _month), measures in sums.items():
            found[code] = Figures(**measures).income_satang
    return found


def history_of(code: str, year_be: int) -> list[IncomeTarget]:
    """All targets that an area had for a year, the newest first; one statement."""
    rows = IncomeTarget.objects.filter(area_code=code, fiscal_year_be=year_be)
    return list(rows.select_related("set_by").order_by("-pk"))


def areas_called(words: str, levels: Iterable[int] = tuple(TABLES), limit: int = 30) -> list[str]:
    """Codes of areas whose name has the words, or whose code begins with them."""
    found: list[str] = []
    for digits in levels:
        rows = TABLES[digits].objects.filter(
            Q(name_th__contains=words) | Q(name_en__icontains=words) | Q(pk__startswith=words)
        )
        found += rows.order_by("pk").values_list("pk", flat=True)[: limit - len(found)]
    return found


def provinces_among(areas: Iterable[str]) -> list[tuple[str, str]]:
    """Code and name of the provinces that have one of the areas, or lie in it; one statement."""
    areas = list(areas)
    return [
        (province.code, province.display_name)
        for province in provinces()
        if any(province.code.startswith(area) or area.startswith(province.code) for area in areas)
    ]


def area_and_parts(code: str) -> list[str]:
    """A province and its amphoes that are there today, or what else the code is; [] for none."""
    if level_of(code) != "province":
        return [code] if level_of(code) else []
    parts = Amphoe.objects.filter(province_id=code, valid_until=None).order_by("pk")
    return [code, *parts.values_list("pk", flat=True)]


def batches() -> QuerySet[BaselineBatch]:
    """Files that were read, the newest first, with their rows counted; one statement."""
    rows = BaselineBatch.objects.select_related("read_by").order_by("-pk")
    return rows.annotate(
        row_count=Count("rows"), good_count=Count("rows", filter=Q(rows__problem_th=""))
    )


def counts_of(batch: BaselineBatch) -> dict[str, int]:
    """Rows of a file, how many can count, and what these come to in satang; one statement."""
    good = Q(problem_th="")
    return batch.rows.aggregate(
        row_count=Count("pk"),
        good_count=Count("pk", filter=good),
        good_satang=Sum("amount_satang", filter=good, default=0),
    )
