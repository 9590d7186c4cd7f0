"""What was done in the year, as its people would note it down: plain values and no ledger.

Amounts are satang. `happened_at` is when it was, the place in `Story.notes` when it was told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

Group = tuple[str, str]  # programme or route, and its code


@dataclass(frozen=True)
class Line:
    """One line of an order, or what was sold elsewhere."""

    id: int
    producer: int
    quantity: int
    paid_satang: int  # by the shopper
    shares: Mapping[str, int]  # village -> millionths, by code
    values: Mapping[str, str]  # type, quadrant, stars, income, channel
    groups: Mapping[str, frozenset[Group]]  # by village
    own_discount_satang: int = 0
    site_discount_satang: int = 0


@dataclass(frozen=True)
class Told:
    happened_at: datetime


@dataclass(frozen=True)
class Sold(Told):
    number: str
    lines: tuple[Line, ...]
    delivery: Mapping[int, tuple[str, int]]  # producer -> from which village, for how much
    buyer: str  # province it was sent to, "" where nothing is


@dataclass(frozen=True)
class FeeKept(Told):
    """What the payment provider kept of an order's money, by its own book."""

    number: str
    amount_satang: int


@dataclass(frozen=True)
class GivenBack(Told):
    number: str
    lines: Mapping[int, int]
    delivery: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class DisputeLost(Told):
    """Who had not sent its parcel bears its part."""

    number: str
    amount_satang: int
    borne_by: frozenset[int]


@dataclass(frozen=True)
class Moved(Told):
    number: str
    line: int
    here: str
    there: str


@dataclass(frozen=True)
class Adjusted(Told):
    producer: int
    village: str
    amount_satang: int


@dataclass(frozen=True)
class PaidOut(Told):
    """All that these producers were owed, from their home villages."""

    homes: Mapping[int, str]


@dataclass(frozen=True)
class Returned(Told):
    """What a producer got in the last payout came back from its bank."""

    producer: int


@dataclass(frozen=True)
class Declared(Told):
    number: str
    line: Line


@dataclass(frozen=True)
class TakenBack(Told):
    number: str


@dataclass(frozen=True)
class Closed(Told):
    """From now on news of this month and those before counts in the next."""

    month: date


@dataclass(frozen=True)
class Signed(Told):
    """The pack of the fiscal year, or an amendment: it knows what was told before."""
