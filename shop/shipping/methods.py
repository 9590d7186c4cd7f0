"""What it costs and how long it takes to send one producer's things: the one place to change.

A producer's own steps (`DeliveryRate`) go before the site's (`settings.DELIVERY_STEPS`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from oscar.apps.shipping import methods
from oscar.core import prices

from marketplace.core import money
from marketplace.core.errors import DomainError

PACKING_DAYS = 2
"""Days in which a producer packs what lies on its shelf."""


class UnknownMethod(DomainError):
    message = _("This way of delivery is not offered. Choose one of those shown.")


@dataclass(frozen=True)
class DeliveryMethod:
    """A way of sending a parcel; `days` is how long it travels, from and to."""

    code: str
    name: str
    days: tuple[int, int]


STANDARD = DeliveryMethod("standard", _("Parcel post"), (2, 4))
METHODS = {method.code: method for method in (STANDARD,)}


@dataclass(frozen=True)
class ParcelPlan:
    """One producer's parcel before it exists: what is in it, its fee and when it arrives."""

    producer: object
    lines: tuple
    method: DeliveryMethod
    weight_grams: int
    fee_satang: int
    earliest_on: date
    latest_on: date


def fee_satang(steps: Sequence[tuple[int, int]], weight_grams: int) -> int:
    """Fee of a parcel by steps (up to so many grams, fee in satang), lightest first.

    One step is a flat fee. What is heavier than the last step goes in several boxes: full ones
    at the last step's fee, the rest by its own weight.
    """
    heaviest_grams, heaviest_fee = steps[-1]
    if len(steps) == 1:
        return heaviest_fee
    full_boxes, rest_grams = divmod(weight_grams, heaviest_grams)
    if rest_grams == 0:
        return full_boxes * heaviest_fee
    rest_fee = next(fee for up_to_grams, fee in steps if rest_grams <= up_to_grams)
    return full_boxes * heaviest_fee + rest_fee


def plan_parcel(producer, lines: Sequence, method_code: str, day: date) -> ParcelPlan:
    """Say what it costs and when it arrives if `producer` sends these basket lines from `day` on.

    Each line needs `quantity`, `weight_grams` and `lead_days`. Raises UnknownMethod.
    """
    method = METHODS.get(method_code)
    if method is None:
        raise UnknownMethod
    weight_grams = sum(line.weight_grams * line.quantity for line in lines)
    packed_in = max(line.lead_days for line in lines) + PACKING_DAYS
    return ParcelPlan(
        producer=producer,
        lines=tuple(lines),
        method=method,
        weight_grams=weight_grams,
        fee_satang=fee_satang(_steps_of(producer), weight_grams),
        earliest_on=day + timedelta(days=packed_in - PACKING_DAYS + method.days[0]),
        latest_on=day + timedelta(days=packed_in + method.days[1]),
    )


def _steps_of(producer) -> Sequence[tuple[int, int]]:
    own = [(rate.up_to_grams, rate.fee_satang) for rate in producer.delivery_rates.all()]
    return sorted(own) or settings.DELIVERY_STEPS


class PerParcel(methods.Base):
    """The whole order's delivery as Oscar wants it: one method, the sum of the parcels' fees."""

    code = "per-parcel"
    name = _("Sent by each village")

    def __init__(self, parcels: Sequence[ParcelPlan] = ()) -> None:
        self.parcels = parcels

    def calculate(self, basket):
        fees_baht = money.to_baht(sum(parcel.fee_satang for parcel in self.parcels))
        return prices.Price(
            currency=settings.OSCAR_DEFAULT_CURRENCY, excl_tax=fees_baht, tax=Decimal("0.00")
        )
