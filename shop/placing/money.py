"""Where the money of an order goes: every baht, adding up to what the shopper paid.

Of a paid order the ledger says it; of one that waits, what was frozen when it was placed.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from oscar.apps.order.models import Order

from marketplace.core import bilingual, thai
from marketplace.ledger.queries import Figures, OrderMoney, money_of_order
from marketplace.provenance.models import LineOrigin
from marketplace.villages.queries import names_on
from shop.parcels.models import Parcel

BAR_WIDTH = 1000


@dataclass(frozen=True)
class VillageIncome:
    """What is recorded as income of a village, and what its makers keep of it."""

    code: str
    name: str
    amount_satang: int
    kept_satang: int


@dataclass(frozen=True)
class Part:
    """Something the money goes to. `tone` is its colour in the bar, which is `width` of 1000."""

    label: str
    amount_satang: int
    tone: str
    left: int = 0
    width: int = 0


@dataclass(frozen=True)
class MoneySplit:
    """Parts that add up to `paid_satang`: what was paid, less what came back."""

    incomes: tuple[VillageIncome, ...]
    parts: tuple[Part, ...]
    added_satang: int  # by the site, as its discount: parts are that much more than was paid
    paid_satang: int


def split_of(order: Order, parcels: Iterable[Parcel]) -> MoneySplit:
    """Two statements; one more where a correction moved income to a village not in the order."""
    origins = list(LineOrigin.objects.filter(line__order=order).order_by("pk"))
    money = money_of_order(order.number)
    if not money.by_village:
        money = _expected(origins, parcels)
    return MoneySplit(
        incomes=_incomes(money, _names(origins, money, order)),
        parts=tuple(_drawn(_parts(money))),
        added_satang=money.platform_discount_satang,
        paid_satang=money.paid_satang,
    )


def _expected(origins: Iterable[LineOrigin], parcels: Iterable[Parcel]) -> OrderMoney:
    """What will be recorded once the order is paid; the provider's fee is not known before."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in origins:
        here = sums[one.village_code]
        here["sold_satang"] += one.amount_satang
        here["platform_discount_satang"] += one.platform_discount_satang
        here["fee_satang"] += one.fee_satang
        here["fee_vat_satang"] += one.fee_vat_satang
    sums[""]["delivery_satang"] = sum(parcel.fee_satang for parcel in parcels)
    return OrderMoney({code: Figures(**found) for code, found in sums.items()})


def _names(origins: Iterable[LineOrigin], money: OrderMoney, order: Order) -> dict[str, str]:
    """Of the villages in order of their first line, as they were called then."""
    names = {
        one.village_code: bilingual.pick(one.village_name_th, one.village_name_en)
        for one in origins
    }
    moved_to = [
        code for code, one in money.by_village.items() if one.moved_satang and code not in names
    ]
    if moved_to:
        found = names_on(moved_to, thai.bangkok_day(order.date_placed))
        names |= {code: bilingual.pick(*found[code]) for code in moved_to}
    return names


def _incomes(money: OrderMoney, names: dict[str, str]) -> tuple[VillageIncome, ...]:
    none = Figures()
    return tuple(
        VillageIncome(
            code, name, money.by_village.get(code, none).income_satang, money.kept_satang(code)
        )
        for code, name in names.items()
    )


def _parts(money: OrderMoney) -> list[Part]:
    kept = sum(money.kept_satang(code) for code in money.by_village)
    parts = [
        Part(_("What the makers keep"), kept, "ramp-5"),
        Part(_("Delivery"), money.delivery_satang, "ramp-3"),
        Part(_("Fee of this site"), money.fee_satang, "ramp-2"),
        Part(_("VAT on the fee"), money.fee_vat_satang, "ramp-1"),
        Part(_("Fee of the payment provider"), money.payment_fee_satang, "clay"),
    ]
    return [part for part in parts if part.amount_satang]


def _drawn(parts: list[Part]) -> Iterable[Part]:
    """With their places in the bar, rounded so that they fill it."""
    total, before = sum(max(0, part.amount_satang) for part in parts), 0
    for part in parts:
        left = BAR_WIDTH * before // total if total else 0
        before += max(0, part.amount_satang)
        right = BAR_WIDTH * before // total if total else 0
        yield Part(part.label, part.amount_satang, part.tone, left, right - left)
