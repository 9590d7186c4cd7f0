"""What callers tell the ledger. Every amount is integer satang."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class SoldShare:
    """A line share as frozen in its `LineOrigin`."""

    origin_id: int
    line_id: int | None  # None: declared, of no order line
    producer_id: int
    village_code: str
    amount_satang: int


@dataclass(frozen=True)
class SoldDelivery:
    producer_id: int
    amount_satang: int


@dataclass(frozen=True)
class Sale:
    """A paid order: the shares of its lines and the delivery of each producer's parcel."""

    order_number: str
    payment_reference: str
    occurred_at: datetime
    captured_satang: int
    shares: tuple[SoldShare, ...]
    delivery: tuple[SoldDelivery, ...] = ()


@dataclass(frozen=True)
class SaleRefund:
    """What was paid back of an order: satang by order line, and by producer for delivery."""

    order_number: str
    refund_reference: str
    occurred_at: datetime
    lines: Mapping[int, int] = field(default_factory=dict)
    delivery: Mapping[int, int] = field(default_factory=dict)
    actor_id: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Refundable:
    """Satang that can still be given back, by order line and by producer for delivery."""

    lines: dict[int, int]
    delivery: dict[int, int]


@dataclass(frozen=True)
class DeclaredSaleFacts:
    """What a producer says was sold elsewhere; `reference` names that declaration for ever."""

    reference: str
    channel: str  # Event.Channel
    occurred_at: datetime
    amount_satang: int
    shares: tuple[SoldShare, ...]
    actor_id: int | None = None


@dataclass(frozen=True)
class DeclaredReversalFacts:
    """A declaration that is taken back, as a whole."""

    reference: str
    occurred_at: datetime
    actor_id: int | None = None
