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

from marketplace.ledger.models import AreaMonth
from marketplace.ledger.periods import Period
from marketplace.ledger.queries.areas import (
    Level,
    codes_inside,
    inside,
    names_of,
    path_to,
    regions,
    was_there,
)
from marketplace.ledger.queries.figures import Figures, figures_of, summed
from marketplace.places.services import UnknownArea
from marketplace.villages.models import Village

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
class Distribution:
    """The villages of an area in a period. Shares and Ginis are None where nobody has income."""

    villages: int
    villages_selling: int
    total_satang: int
    incomes_satang: tuple[int, ...]  # by village code; those without any are 0
    median_satang: Fraction
    p10_satang: Fraction
    p90_satang: Fraction
    top_shares: tuple[tuple[int, Fraction], ...]  # percent of villages, their share of income
    bottom_share: Fraction | None  # of the lowest 40 %
    gini: Fraction | None
    gini_of_selling: Fraction | None  # of villages with income


def distribution(code: str, period: Period) -> Distribution:
    """How the income of an area is spread over its villages, those without any among them.

    Raises UnknownArea. At most 6 statements.
    """
    known = regions()
    if path_to(code, known)[-1] not in names_of([code], period):
        raise UnknownArea
    villages = Village.objects.filter(inside("code", code, known), was_there(period))
    incomes = dict.fromkeys(villages.order_by("code").values_list("code", flat=True), 0)
    rows = AreaMonth.objects.filter(
        codes_inside("area_code", code, Level.VILLAGE, known),
        level=Level.VILLAGE,
        month__range=(period.first, period.last),
    ).values("area_code")
    selling = 0
    for row in summed(rows).order_by("area_code"):
        figures = Figures(**figures_of(row))
        incomes[row["area_code"]] = figures.income_satang
        selling += figures.sales > 0
    return _distribution(tuple(incomes.values()), selling)


def _distribution(incomes: tuple[int, ...], selling: int) -> Distribution:
    spread = Spread(incomes)
    has_income = spread.total > 0
    earning = Spread([income for income in incomes if income > 0])
    return Distribution(
        villages=len(incomes),
        villages_selling=selling,
        total_satang=sum(incomes),
        incomes_satang=incomes,
        median_satang=spread.quantile(Fraction(1, 2)) if incomes else Fraction(0),
        p10_satang=spread.quantile(Fraction(1, 10)) if incomes else Fraction(0),
        p90_satang=spread.quantile(Fraction(9, 10)) if incomes else Fraction(0),
        top_shares=tuple(
            (percent, 1 - spread.share(1 - Fraction(percent, 100))) for percent in TOP_PERCENT
        )
        if has_income
        else (),
        bottom_share=spread.share(Fraction(BOTTOM_PERCENT, 100)) if has_income else None,
        gini=spread.gini() if has_income else None,
        gini_of_selling=earning.gini() if has_income else None,
    )
