"""How income is spread over the villages of an area: who has how much of all.

A village with less than nothing (more given back than sold in the period) counts as one with
nothing here, and stands with its true figure in the income report. The formulas, as the page
states them, with the incomes x in order from the least and n villages:

- median, p10, p90: at rank (n - 1) q from the least, between two villages in proportion;
- share of the top 10 %: what the last n / 10 villages have, a part of a village in proportion;
- Gini: the sum of (2 i - n - 1) x over all villages, i from 1, divided by n times the total.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from marketplace.core import bilingual
from marketplace.ledger.periods import Period
from marketplace.ledger.queries.areas import City, Level, path_to, regions
from marketplace.ledger.queries.cities import only_city
from marketplace.ledger.queries.figures import OF_INCOME, Figures
from marketplace.ledger.queries.questions import Question
from marketplace.ledger.queries.row_names import BothNames, names_for
from marketplace.ledger.queries.sources import sums_of
from marketplace.places.services import UnknownArea

TOP_PERCENT = (1, 5, 10)
BOTTOM_PERCENT = 40


class Spread:
    """Incomes from the least to the most, none below zero, and what the first so many have."""

    def __init__(self, incomes_satang: Sequence[int]) -> None:
        self.incomes = sorted(max(0, income) for income in incomes_satang)
        self.sums = [0, *accumulate(self.incomes)]
        self.villages = len(self.incomes)
        self.total = self.sums[-1]
        self.without_income = bisect_left(self.incomes, 1)

    def share(self, of_villages: Fraction) -> Fraction:
        """What the lowest so many have of all income; needs some income."""
        whole, rest = divmod(of_villages * self.villages, 1)
        cut = rest * self.incomes[whole] if rest else 0
        return (self.sums[whole] + cut) / Fraction(self.total)

    def at(self, villages: int) -> tuple[Fraction, Fraction]:
        """The share of so many villages, and what the lowest so many have of all income."""
        return Fraction(villages, self.villages), Fraction(self.sums[villages], self.total)

    def quantile(self, share: Fraction) -> Fraction:
        """The income, in satang, at a share of the way from the least to the most."""
        whole, rest = divmod((self.villages - 1) * share, 1)
        step = self.incomes[whole + 1] - self.incomes[whole] if rest else 0
        return self.incomes[whole] + rest * step

    def gini(self) -> Fraction:
        """0 when all have the same, towards 1 when one has all; needs some income."""
        weighed = sum(
            (2 * rank - self.villages - 1) * income
            for rank, income in enumerate(self.incomes, start=1)
        )
        return Fraction(weighed, self.villages * self.total)


@dataclass(frozen=True)
class VillageIncome:
    """A village of the area: what it earned, below zero where more was given back than sold."""

    code: str
    name_th: str
    name_en: str
    sales: int  # line shares sold
    income_satang: int


@dataclass(frozen=True)
class Distribution:
    """The villages of an area in a period. Shares and Ginis are None where nobody has income."""

    code: str
    name_th: str
    name_en: str
    period: Period
    rows: tuple[VillageIncome, ...]  # by code; those without any sale too
    median_satang: Fraction
    p10_satang: Fraction
    p90_satang: Fraction
    top_shares: tuple[tuple[int, Fraction], ...]  # percent of villages, their share of income
    bottom_share: Fraction | None  # of the lowest 40 %
    gini: Fraction | None
    gini_of_earning: Fraction | None  # of villages with income
    city: City | None = None  # the villages of this kind of province alone; None for all

    @property
    def name(self) -> str:
        return bilingual.pick(self.name_th, self.name_en)

    @property
    def villages(self) -> int:
        return len(self.rows)

    @property
    def villages_selling(self) -> int:
        return sum(row.sales > 0 for row in self.rows)

    @property
    def villages_earning(self) -> int:
        """With an income above zero."""
        return sum(row.income_satang > 0 for row in self.rows)

    @property
    def incomes_satang(self) -> tuple[int, ...]:
        return tuple(row.income_satang for row in self.rows)

    @property
    def total_satang(self) -> int:
        return sum(self.incomes_satang)


def distribution(code: str, period: Period, city: City | None = None) -> Distribution:
    """How the income of an area is spread over its villages, those without any among them.

    With `city`, over those in provinces of this kind, as the register says today. Raises
    UnknownArea. At most four statements, and one more for loose days.
    """
    known = regions()
    path = path_to(code, known)
    question = Question(code, period, Level.VILLAGE, only_city(city))
    sums = sums_of(question, known, measures=(*OF_INCOME, "sales"))
    figures = {village: Figures(**measures) for (village, _month), measures in sums.items()}
    names = names_for(question, path, set(figures), known)
    if code not in names.areas:
        raise UnknownArea
    nothing = Figures()
    rows = [
        VillageIncome(village, *both_names, sold.sales, sold.income_satang)
        for village, both_names in names.rows.items()
        for sold in [figures.get(village, nothing)]
    ]
    return _distribution(question, names.areas[code], tuple(rows), city)


def _distribution(
    question: Question, names: BothNames, rows: tuple[VillageIncome, ...], city: City | None
) -> Distribution:
    spread = Spread([row.income_satang for row in rows])
    has_income = spread.total > 0
    earning = Spread([row.income_satang for row in rows if row.income_satang > 0])
    return Distribution(
        code=question.area,
        name_th=names[0],
        name_en=names[1],
        period=question.period,
        rows=rows,
        median_satang=spread.quantile(Fraction(1, 2)) if rows else Fraction(0),
        p10_satang=spread.quantile(Fraction(1, 10)) if rows else Fraction(0),
        p90_satang=spread.quantile(Fraction(9, 10)) if rows else Fraction(0),
        top_shares=tuple(
            (percent, 1 - spread.share(1 - Fraction(percent, 100))) for percent in TOP_PERCENT
        )
        if has_income
        else (),
        bottom_share=spread.share(Fraction(BOTTOM_PERCENT, 100)) if has_income else None,
        gini=spread.gini() if has_income else None,
        gini_of_earning=earning.gini() if has_income else None,
        city=city,
    )
