"""An order is placed, marked paid, or released: each in one transaction, each safe to repeat."""

from dataclasses import dataclass
from typing import NamedTuple

from shop.placing.models import Placement


@dataclass(frozen=True)
class Contact:
    """Whom to write to; `phone` as it was typed, digits, spaces and + only."""

    email: str
    name: str
    phone: str


@dataclass(frozen=True)
class DeliveryAddress:
    """Where parcels go; `line` is house number, moo, road; the rest follows from the tambon."""

    line: str
    tambon_code: str
    postcode: str
    note: str = ""


class Placed(NamedTuple):
    """What `place_order` gives back; `created` is False when the order was there already."""

    placement: Placement
    created: bool

    @property
    def order(self):
        return self.placement.order

    @property
    def token(self) -> str:
        return self.placement.token


def place_order(
    *,
    basket,
    contact: Contact,
    address: DeliveryAddress | None,
    delivery: dict[int, str],
    language: str,
    form_token: str,
    user=None,
    reviewed_total_satang: int | None = None,
) -> Placed:
    """Turn a basket into an order that waits for payment, holding its stock."""
    raise NotImplementedError


def mark_paid(order, *, by=None) -> bool:
    """Move an order from waiting to paid; True if this call did it."""
    raise NotImplementedError


def cancel_unpaid(order, *, by=None) -> bool:
    """Give up an unpaid order and release its stock exactly once; True if this call did it."""
    raise NotImplementedError
