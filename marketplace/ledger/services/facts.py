"""What callers tell the ledger. Every amount is integer satang."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class SoldShare:
    """A line share as frozen in its `LineOrigin`.

    `amount_satang` is its income: after the producer's discount, whatever the platform bears.
    """

    origin_id: int
    line_id: int | None  # None: declared, of no order line
    producer_id: int
    village_code: str
    amount_satang: int
    producer_discount_satang: int = 0
    platform_discount_satang: int = 0
    fee_satang: int = 0
    fee_vat_satang: int = 0

    @property
    def price_satang(self) -> int:
        """Before all discounts."""
        return self.amount_satang + self.producer_discount_satang

    @property
    def paid_satang(self) -> int:
        """By the shopper."""
        return self.amount_satang - self.platform_discount_satang

    @property
    def whose(self) -> dict:
        """What its transfers have in common."""
        return {
            "origin_id": self.origin_id,
            "line_id": self.line_id,
            "producer_id": self.producer_id,
            "village_code": self.village_code,
        }


@dataclass(frozen=True)
class SoldDelivery:
    """What was paid for sending a producer's parcel; `village_code` is where it is sent from."""

    producer_id: int
    amount_satang: int
    village_code: str = ""


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


@dataclass(frozen=True)
class GatewayFee:
    """What the payment provider kept of an order's money, as its own book says.

    `passed_on` names the producers who bear their part by the terms frozen in the order.
    """

    order_number: str
    reference: str  # the provider's own entry
    occurred_at: datetime
    amount_satang: int
    passed_on: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Dispute:
    """A payment that the shopper's bank took back for now, and what the provider asks for it."""

    order_number: str
    reference: str
    occurred_at: datetime
    amount_satang: int
    fee_satang: int = 0


@dataclass(frozen=True)
class DisputeEnd:
    """How a dispute ended. Of a lost one, the producers in `borne_by` bear their part."""

    reference: str
    occurred_at: datetime
    is_won: bool
    borne_by: frozenset[int] = frozenset()
    fee_returned: bool = False


@dataclass(frozen=True)
class PayoutPart:
    """What is paid to one producer, of what it is owed for goods and for delivery."""

    producer_id: int
    goods_satang: int
    delivery_satang: int = 0
    village_code: str = ""


@dataclass(frozen=True)
class Payout:
    """What was handed to the bank for producers under one reference."""

    reference: str
    occurred_at: datetime
    parts: tuple[PayoutPart, ...]
    actor_id: int | None = None


@dataclass(frozen=True)
class PayoutReturn:
    """Part of a payout that the bank gave back: all of what one producer was to get."""

    payout_reference: str
    producer_id: int
    reference: str
    occurred_at: datetime
    reason: str = ""
    actor_id: int | None = None


@dataclass(frozen=True)
class Adjustment:
    """A correction of what a producer is owed; below zero it is charged. Two people's act."""

    reference: str
    producer_id: int
    village_code: str
    amount_satang: int
    occurred_at: datetime
    reason: str
    proposed_by_id: int
    approved_by_id: int


@dataclass(frozen=True)
class Reclassification:
    """Income of an order line that belongs to another village than was frozen. Two people's act."""

    reference: str
    order_number: str
    line_id: int
    from_village_code: str
    to_village_code: str
    occurred_at: datetime
    reason: str
    proposed_by_id: int
    approved_by_id: int
