"""Which lines a rule is for. Pure: what is compared was read before."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from shop.fees.models import FeeRule

_SAME = ("otop_type", "income_kind", "producer_id", "producer_kind")
NAMES = {
    "otop_type": _("official type"),
    "income_kind": _("kind of sale"),
    "producer_id": _("producer"),
    "producer_kind": _("kind of producer"),
    "programme_id": _("programme"),
    "area_code": _("area"),
    "price": _("price of one piece"),
}


@dataclass(frozen=True)
class Sold:
    """What rules are compared with: an order line, or something that might be sold.

    Made in several villages it lies in an area, or belongs to a programme, with all of them:
    a rule for one of its villages is never for the others' share.
    """

    otop_type: str
    income_kind: str
    producer_id: int
    producer_kind: str
    village_codes: frozenset[str]
    programmes: frozenset[str]  # codes of those to which all its villages belong
    quantity: int
    amount_satang: int  # of all pieces together


def missed(rule: FeeRule, sold: Sold) -> list[str]:
    """Names of the conditions that do not hold; empty when the rule is for this line."""
    wrong = [name for name in _SAME if getattr(rule, name) not in ("", None, getattr(sold, name))]
    if rule.programme_id is not None and rule.programme_id not in sold.programmes:
        wrong.append("programme_id")
    if not all(code.startswith(rule.area_code) for code in sold.village_codes):
        wrong.append("area_code")
    if not _is_priced_within(rule, sold):
        wrong.append("price")
    return [NAMES[name] for name in wrong]


def _is_priced_within(rule: FeeRule, sold: Sold) -> bool:
    # Multiplied, because an amount need not be a whole number of satang a piece.
    lowest, highest = rule.price_from_satang, rule.price_until_satang
    if lowest is not None and sold.amount_satang < lowest * sold.quantity:
        return False
    return highest is None or sold.amount_satang <= highest * sold.quantity


def first_matching(rules: Iterable[FeeRule], sold: Sold) -> FeeRule | None:
    """The rule that a line falls under; None: nothing is taken of it."""
    return next((rule for rule in rules if not missed(rule, sold)), None)


def covers(first: FeeRule, second: FeeRule) -> bool:
    """Whether whatever meets the second rule meets the first, as long as the second holds.

    Tried after the first, the second then never comes to its turn.
    """
    same = all(
        getattr(first, name) in ("", None, getattr(second, name))
        for name in (*_SAME, "programme_id")
    )
    ends = first.valid_until is None or (
        second.valid_until is not None and second.valid_until <= first.valid_until
    )
    begins = first.valid_from <= second.valid_from or (first.has_begun and second.has_begun)
    return (
        same
        and second.area_code.startswith(first.area_code)
        and (first.price_from_satang or 0) <= (second.price_from_satang or 0)
        and _is_up_to(second.price_until_satang, first.price_until_satang)
        and begins
        and ends
    )


def _is_up_to(price: int | None, limit: int | None) -> bool:
    return limit is None or (price is not None and price <= limit)
