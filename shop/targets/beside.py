"""What stands beside the income of an area and of its parts: target, and figures from before.

Never added to an income: each has fields of its own.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from marketplace.ledger.kinds import Channel
from marketplace.ledger.periods import Period, year_period
from marketplace.ledger.queries.areas import Level, Regions, level_number, part_of
from shop.targets.models import Baseline, IncomeTarget
from shop.targets.queries import baselines_in, incomes_of_villages, ppm_of


@dataclass(frozen=True)
class Aim:
    """An area in a fiscal year: its income, and beside it what is aimed at and what was before."""

    income_satang: int  # of the ledger
    year_is_over: bool
    target_satang: int | None = None
    before_satang: int | None = None  # baselines inside it; None where there are none
    villages_with_both: int = 0  # a baseline, and income above zero in the ledger
    both_before_satang: int = 0  # of these villages, baselines of all channels
    both_income_satang: int = 0  # of the same villages, income of the ledger

    @property
    def reached_ppm(self) -> int | None:
        """Income in millionths of the target."""
        return ppm_of(self.income_satang, self.target_satang) if self.target_satang else None

    @property
    def lacking_satang(self) -> int | None:
        """Still missing to the target; 0 once it is reached."""
        return max(0, self.target_satang - self.income_satang) if self.target_satang else None

    @property
    def of_before_ppm(self) -> int | None:
        """Income of the villages that have both, in millionths of what they had before."""
        if self.both_before_satang <= 0:
            return None
        return ppm_of(self.both_income_satang, self.both_before_satang)

    @property
    def growth_ppm(self) -> int | None:
        """Of villages that have both; None while the year runs: that before had all its days."""
        if self.both_before_satang <= 0 or not self.year_is_over:
            return None
        return ppm_of(self.both_income_satang - self.both_before_satang, self.both_before_satang)


@dataclass(frozen=True)
class BeforeLine:
    """What baselines of one channel, source, confidence and kind of place come to, in satang."""

    channel: str  # "" where the source tells none apart
    source: str
    confidence: str
    of_villages: bool  # else of whole amphoes
    rows: int
    amount_satang: int

    @property
    def channel_label(self) -> str:
        return str(Channel(self.channel).label) if self.channel else ""

    @property
    def confidence_label(self) -> str:
        return str(Baseline.Confidence(self.confidence).label)


@dataclass(frozen=True)
class Beside:
    """Of an area in a fiscal year, and of its parts by code."""

    period: Period
    before: Period  # the year of the baselines
    whole: Aim
    parts: Mapping[str, Aim]
    lines: tuple[BeforeLine, ...]  # of the whole area

    @property
    def has_targets(self) -> bool:
        return any(aim.target_satang for aim in (self.whole, *self.parts.values()))

    @property
    def has_before(self) -> bool:
        return bool(self.lines)


def beside(
    code: str,
    year_be: int,
    income_satang: int,
    part_incomes: Mapping[str, int],
    known: Regions,
    today: date,
) -> Beside:
    """Targets and baselines of an area and of its parts, all of one level, in a fiscal year.

    Incomes are those that the page shows. Two statements, and one more where villages have
    baselines.
    """
    period, before = year_period(year_be), year_period(year_be - 1)
    codes = [code, *part_incomes]
    found = IncomeTarget.objects.filter(fiscal_year_be=year_be, after=None, area_code__in=codes)
    targets = dict(found.values_list("area_code", "amount_satang"))
    baselines = baselines_in(code, known).filter(fiscal_year_be=before.fiscal_year_be)
    rows = list(baselines.only("area_code", "channel", "source", "confidence", "amount_satang"))
    incomes = {}
    if any(len(row.area_code) == Level.VILLAGE for row in rows):
        incomes = incomes_of_villages(code, period, known)
    is_over = period.has_ended(today)

    def aim(area: str, satang: int, inside: Iterable[Baseline]) -> Aim:
        start = Aim(satang, is_over, targets.get(area))
        return _with_baselines(start, list(inside), incomes)

    by_part = _by_part(rows, part_incomes, known)
    return Beside(
        period,
        before,
        aim(code, income_satang, rows),
        {part: aim(part, satang, by_part[part]) for part, satang in part_incomes.items()},
        _lines(rows),
    )


def _by_part(
    rows: Iterable[Baseline], parts: Iterable[str], known: Regions
) -> dict[str, list[Baseline]]:
    found: dict[str, list[Baseline]] = {part: [] for part in parts}
    level = level_number(next(iter(found))) if found else None
    for row in rows:
        part = part_of(row.area_code, level, known) if level is not None else ""
        if part in found:
            found[part].append(row)
    return found


def _with_baselines(aim: Aim, rows: list[Baseline], incomes: Mapping[str, int]) -> Aim:
    if not rows:
        return aim
    before: Counter[str] = Counter()
    for row in rows:
        before[row.area_code] += row.amount_satang
    both = [code for code in before if incomes.get(code, 0) > 0]
    return replace(
        aim,
        before_satang=before.total(),
        villages_with_both=len(both),
        both_before_satang=sum(before[code] for code in both),
        both_income_satang=sum(incomes[code] for code in both),
    )


def _lines(rows: Iterable[Baseline]) -> tuple[BeforeLine, ...]:
    counts: Counter[tuple] = Counter()
    sums: Counter[tuple] = Counter()
    for row in rows:
        is_village = len(row.area_code) == Level.VILLAGE
        key = (row.channel, row.source, row.confidence, is_village)
        counts[key] += 1
        sums[key] += row.amount_satang
    return tuple(BeforeLine(*key, counts[key], sums[key]) for key in sorted(sums))
