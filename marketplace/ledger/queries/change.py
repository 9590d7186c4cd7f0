"""Why income changed from one period to another: parts that sum to the difference to the satang.

For each product with sales in both periods, its sales before discounts are a product of three
things, all of them of the line shares of the area or producer asked for:

    sold = purchases × pieces per purchase × price of a piece

with `purchases` the number of orders that hold the product, `pieces` its units (a piece shared by
villages counts in parts, by the share's millionths), and the price sold / pieces. Each of the
three is credited with its Shapley value: by how much sold changes when that thing alone goes from
its old to its new value, averaged over all six orders in which the three can change. With
f(i, j, k) as sold at old (0) or new (1) purchases, pieces per purchase and price, the part of
purchases is

    (2 (f(1,0,0) - f(0,0,0)) + f(1,1,0) - f(0,1,0) + f(1,0,1) - f(0,0,1)
     + 2 (f(1,1,1) - f(0,1,1))) / 6

and likewise for the others. No order of the three is preferred, and the three add up to the change
of the product exactly. They are rounded to satang by largest remainder, product by product, so that
the parts of a product add up to its change, and the parts of all products to the whole.

A product sold only in the later period counts whole as new, one sold only in the earlier as no
longer sold. Discounts borne by the producers, refunds and corrections of place are parts of their
own: each the later sum less the earlier, with the sign that it has in income.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from marketplace.core import bilingual
from marketplace.ledger.kinds import TransferKind
from marketplace.ledger.models import Transfer
from marketplace.ledger.periods import Period
from marketplace.ledger.queries.areas import City, inside, names_of, path_to, regions
from marketplace.ledger.queries.cities import in_cities, only_city
from marketplace.ledger.queries.crossings import amount_of
from marketplace.ledger.queries.figures import OF_INCOME, Figures
from marketplace.ledger.queries.questions import Question
from marketplace.ledger.queries.row_names import BothNames
from marketplace.ledger.rollup import INCOME_SIGNS
from marketplace.places.services import UnknownArea

SALE = Q(kind=TransferKind.SALE)


class Reason(models.TextChoices):
    """What changed. In this order parts of one size are told, and remainders given."""

    PURCHASES = "purchases", _("number of purchases")
    PIECES = "pieces", _("pieces in each purchase")
    PRICE = "price", _("price of a piece")
    NEW = "new", _("products not sold before")
    GONE = "gone", _("products no longer sold")
    DISCOUNTS = "discounts", _("discounts of the producers")
    REFUNDS = "refunds", _("refunds")
    MOVED = "moved", _("corrections of place")


OF_A_PRODUCT = (Reason.PURCHASES, Reason.PIECES, Reason.PRICE)


@dataclass(frozen=True)
class Sold:
    """One product in one period. Satang before discounts."""

    satang: int
    units_ppm: int
    purchases: int  # orders that hold it


@dataclass(frozen=True)
class Products:
    """What was sold in one period of the products that a part is about."""

    products: int
    satang: int
    units_ppm: int
    purchases: int  # of each product counted for itself

    @classmethod
    def of(cls, sold: Iterable[Sold]) -> "Products":
        found = list(sold)
        return cls(
            products=len(found),
            satang=sum(one.satang for one in found),
            units_ppm=sum(one.units_ppm for one in found),
            purchases=sum(one.purchases for one in found),
        )


@dataclass(frozen=True)
class Part:
    """By how much one reason raised or lowered income, in satang."""

    reason: Reason
    amount_satang: int


@dataclass(frozen=True)
class IncomeChange:
    """The incomes of two periods and the parts of their difference, which sum to it exactly."""

    name_th: str  # of the area
    name_en: str
    period: Period
    before: Period
    now_figures: Figures
    before_figures: Figures
    parts: tuple[Part, ...]  # every reason, in the order of `Reason`; 0 where it did nothing
    kept: Products  # sold in both periods: as they sold in the later …
    kept_before: Products  # … and in the earlier
    new: Products
    gone: Products  # as they sold in the earlier

    @property
    def name(self) -> str:
        return bilingual.pick(self.name_th, self.name_en)

    @property
    def income_satang(self) -> int:
        return self.now_figures.income_satang

    @property
    def before_satang(self) -> int:
        return self.before_figures.income_satang

    @property
    def change_satang(self) -> int:
        return self.income_satang - self.before_satang

    @property
    def told(self) -> list[Part]:
        """Parts that are not zero, the largest first."""
        order = list(Reason)
        parts = [part for part in self.parts if part.amount_satang]
        return sorted(parts, key=lambda one: (-abs(one.amount_satang), order.index(one.reason)))


def income_change(
    code: str,
    period: Period,
    before: Period,
    producer_id: int | None = None,
    city: City | None = None,
) -> IncomeChange:
    """Why the income of an area, or of one producer in it, changed since an earlier period (or any
    other). Raises UnknownArea.

    With `city`, of what was made in provinces of this kind, as the register says today.
    Seven statements, however many sales. The line shares of both periods are read: an area takes
    as long as it has sales.
    """
    known = regions()
    path_to(code, known)
    names = names_of([code], period)
    if code not in names:
        raise UnknownArea
    here = inside("village_code", code, known)
    here &= in_cities("village_code", Question(code, period, only=only_city(city)), known)
    transfers = Transfer.objects.filter(here)
    if producer_id is not None:
        transfers = transfers.filter(producer_id=producer_id)
    return _change(transfers, period, before, names[code])


def _change(transfers: QuerySet, period: Period, before: Period, names: BothNames) -> IncomeChange:
    sold, figures = _sold(transfers, period), _figures(transfers, period)
    sold_before, figures_before = _sold(transfers, before), _figures(transfers, before)
    kept = sold.keys() & sold_before.keys()
    sums: Counter[Reason] = Counter()
    for product in kept:
        sums.update(
            dict(zip(OF_A_PRODUCT, split(sold_before[product], sold[product]), strict=True))
        )
    new = Products.of(one for product, one in sold.items() if product not in kept)
    gone = Products.of(one for product, one in sold_before.items() if product not in kept)
    sums[Reason.NEW] = new.satang
    sums[Reason.GONE] = -gone.satang
    sums[Reason.DISCOUNTS] = (
        figures_before.producer_discount_satang - figures.producer_discount_satang
    )
    sums[Reason.REFUNDS] = figures_before.refunded_satang - figures.refunded_satang
    sums[Reason.MOVED] = figures.moved_satang - figures_before.moved_satang
    return IncomeChange(
        *names,
        period=period,
        before=before,
        now_figures=figures,
        before_figures=figures_before,
        parts=tuple(Part(reason, sums[reason]) for reason in Reason),
        kept=Products.of(sold[product] for product in kept),
        kept_before=Products.of(sold_before[product] for product in kept),
        new=new,
        gone=gone,
    )


def split(before: Sold, now: Sold) -> tuple[int, int, int]:
    """The parts of purchases, of pieces per purchase and of price in the change of one product, in
    satang: Shapley values, rounded by largest remainder so that they sum to the change. Without
    a count of pieces all of it is the price's."""
    purchases, units = (before.purchases, now.purchases), (before.units_ppm, now.units_ppm)
    sold = (before.satang, now.satang)
    whole = purchases[0] * purchases[1] * units[0] * units[1]
    if whole == 0:
        return 0, 0, sold[1] - sold[0]

    def value(i: int, j: int, k: int) -> int:
        """f(i, j, k) times `whole`, so that all of it are whole numbers."""
        return purchases[i] * units[j] * sold[k] * purchases[1 - j] * units[1 - k]

    effects = [
        _averaged(value),
        _averaged(lambda j, i, k: value(i, j, k)),
        _averaged(lambda k, i, j: value(i, j, k)),
    ]
    return _rounded(effects, 6 * whole, sold[1] - sold[0])


def _averaged(value: Callable[[int, int, int], int]) -> int:
    """Six times the effect of the first argument, averaged over the orders of change."""
    return (
        2 * (value(1, 0, 0) - value(0, 0, 0))
        + (value(1, 1, 0) - value(0, 1, 0))
        + (value(1, 0, 1) - value(0, 0, 1))
        + 2 * (value(1, 1, 1) - value(0, 1, 1))
    )


def _rounded(effects: list[int], divisor: int, total: int) -> tuple[int, int, int]:
    """Each effect divided, in whole satang, so that all come to `total`."""
    shares = [divmod(effect, divisor) for effect in effects]
    parts = [whole for whole, _rest in shares]
    by_remainder = sorted(range(len(parts)), key=lambda position: -shares[position][1])
    for position in by_remainder[: total - sum(parts)]:
        parts[position] += 1
    first, second, third = parts
    return first, second, third


# --- From the ledger -----------------------------------------------------------------------------


def _of(transfers: QuerySet, period: Period) -> QuerySet:
    return transfers.filter(day__range=(period.first, period.last)).exclude(village_code="")


def _sold(transfers: QuerySet, period: Period) -> dict[int, Sold]:
    """Each product that was sold, by its number; one statement."""
    rows = (
        _of(transfers, period)
        .filter(SALE)
        .values(product=F("origin__product_id"))
        .annotate(
            satang=Sum("amount_satang"),
            # Of the origin: the transfer's own column is younger than some sales.
            units=Sum(Cast("origin__quantity", models.BigIntegerField()) * F("origin__share_ppm")),
            purchases=Count("event", distinct=True),
        )
        .order_by()
    )
    return {
        row["product"]: Sold(int(row["satang"]), int(row["units"]), row["purchases"])
        for row in rows
    }


def _figures(transfers: QuerySet, period: Period) -> Figures:
    """What income is made of; one statement."""
    sums = (
        _of(transfers, period)
        .filter(kind__in=INCOME_SIGNS)
        .aggregate(
            **{f"all_{name}": amount_of(name) for name in OF_INCOME},
            all_sales=Count("pk", filter=SALE),
            all_orders=Count("event", filter=SALE, distinct=True),
        )
    )
    return Figures(**{name.removeprefix("all_"): int(value) for name, value in sums.items()})
