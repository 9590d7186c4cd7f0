"""What an area, a producer or a month adds up to: one set of words for every report."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from django.db.models import Q, QuerySet, Sum

from marketplace.core.money import PPM


@dataclass(frozen=True)
class Figures:
    """Sums of a roll-up (`rollup.COLUMNS`), in satang unless said. Zero where nothing happened."""

    sold_satang: int = 0  # prices before discounts
    producer_discount_satang: int = 0
    refunded_satang: int = 0
    moved_satang: int = 0  # by changes of place
    platform_discount_satang: int = 0  # lowers no income
    delivery_satang: int = 0
    fee_satang: int = 0
    fee_vat_satang: int = 0
    gateway_fee_satang: int = 0  # borne by the platform
    passed_gateway_fee_satang: int = 0  # borne by the producers
    adjustment_satang: int = 0
    paid_out_satang: int = 0
    declared_satang: int = 0  # sold elsewhere, as producers say; part of no other figure
    sales: int = 0  # line shares sold
    refunds: int = 0  # line shares given back, wholly or in part
    orders: int = 0
    units_ppm: int = 0

    @property
    def income_satang(self) -> int:
        """Village income as ARCHITECTURE §7 defines it."""
        return (
            self.sold_satang
            - self.producer_discount_satang
            - self.refunded_satang
            + self.moved_satang
        )

    @property
    def net_satang(self) -> int:
        """What reaches the producers: income and delivery less what they bear."""
        return (
            self.income_satang
            + self.delivery_satang
            - self.fee_satang
            - self.fee_vat_satang
            - self.passed_gateway_fee_satang
            + self.adjustment_satang
        )

    @property
    def owed_satang(self) -> int:
        """Of what reached the producers, not yet paid out."""
        return self.net_satang - self.paid_out_satang

    @property
    def units(self) -> float:
        """Pieces sold; a shared piece counts in parts."""
        return self.units_ppm / PPM


EARNED = Q(sales__gt=0) | Q(refunds__gt=0) | ~Q(moved_satang=0)
"""Rows of a roll-up in which income changed."""

NAMES = tuple(field.name for field in fields(Figures))


OF_INCOME = ("sold_satang", "producer_discount_satang", "refunded_satang", "moved_satang")
"""The measures of which income is made."""


def summed(rows: QuerySet, measures: Iterable[str] = NAMES) -> QuerySet:
    """Annotate groups of a roll-up's rows with the sum of each measure, for `figures_of`."""
    kept = {field.name for field in rows.model._meta.fields}
    names = [name for name in measures if name in kept]
    return rows.annotate(**{f"all_{name}": Sum(name, default=0) for name in names})


def figures_of(row: dict) -> dict[str, int]:
    """The measures of a row of `summed`, as arguments of `Figures`."""
    return {name: int(row[f"all_{name}"]) for name in NAMES if f"all_{name}" in row}
