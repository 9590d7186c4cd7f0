"""What Stripe says, as frozen facts of ours; read from its answers, which are plain dicts here.

Money is integer satang (of an entry in another currency: that currency's smallest unit), instants
are aware UTC. `gateway` asks; nothing here does.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime


@dataclass(frozen=True)
class IntentFacts:
    """A PaymentIntent as Stripe has it now. `paid_at` is None until it succeeded."""

    id: str
    status: str
    amount_satang: int
    received_satang: int
    currency: str
    livemode: bool
    order_number: str
    attempt_number: str = ""
    charge_id: str = ""
    paid_at: datetime | None = None
    decline_code: str = ""
    client_secret: str = field(default="", repr=False)


@dataclass(frozen=True)
class RefundFacts:
    """A refund as Stripe has it now; `refund_key` is the id of our row, "" for a foreign one."""

    id: str
    status: str
    amount_satang: int
    intent_id: str
    refund_key: str
    created_at: datetime


@dataclass(frozen=True)
class EntryFacts:
    """An entry of Stripe's own book (a balance transaction): it moved `net_satang` of our money.

    Fees are above zero when they cost something. Entries never change, but for when their money
    becomes available, which is not among these facts.
    """

    id: str
    type: str
    category: str  # tells the kinds of "adjustment" apart
    source_id: str  # the charge, refund, dispute or payout; "" where there is none
    amount_satang: int
    fee_satang: int
    net_satang: int
    currency: str
    created_at: datetime
    payload: dict = field(repr=False, default_factory=dict)


@dataclass(frozen=True)
class DisputeFacts:
    """A dispute as Stripe has it now. `due_at` is None where no answer is possible."""

    id: str
    status: str
    amount_satang: int
    currency: str
    reason: str
    intent_id: str
    created_at: datetime
    due_at: datetime | None
    entries: tuple[EntryFacts, ...] = ()  # what was taken back for it, and given back

    @property
    def withdrawal(self) -> EntryFacts | None:
        """What the bank took back; None while it only asks."""
        return next((entry for entry in self.entries if entry.amount_satang < 0), None)

    @property
    def reinstatement(self) -> EntryFacts | None:
        """What came back after a dispute that was won."""
        return next((entry for entry in self.entries if entry.amount_satang > 0), None)


@dataclass(frozen=True)
class PayoutFacts:
    """A transfer from Stripe to our bank as Stripe has it now; `back` is what the bank returned."""

    id: str
    status: str
    amount_satang: int
    currency: str
    sent: EntryFacts | None
    back: EntryFacts | None


@dataclass(frozen=True)
class EventFacts:
    """A verified event. `intent_id` is the PaymentIntent it is about, "" where there is none."""

    id: str
    type: str
    object_id: str
    intent_id: str
    created_at: datetime
    api_version: str
    livemode: bool
    payload: dict = field(repr=False)


def intent_facts(data: dict) -> IntentFacts:
    charge, metadata = data.get("latest_charge") or {}, data.get("metadata") or {}
    succeeded = data["status"] == "succeeded"
    error = data.get("last_payment_error") or {}
    return IntentFacts(
        id=data["id"],
        status=data["status"],
        amount_satang=data["amount"],
        received_satang=data["amount_received"],
        currency=data["currency"],
        livemode=data["livemode"],
        order_number=metadata.get("order_number", ""),
        attempt_number=metadata.get("payment_attempt", ""),
        charge_id=charge.get("id", ""),
        paid_at=instant(charge.get("created", data["created"])) if succeeded else None,
        decline_code=error.get("decline_code") or error.get("code") or "",
        client_secret=data["client_secret"],
    )


def refund_facts(data: dict) -> RefundFacts:
    return RefundFacts(
        id=data["id"],
        status=data["status"] or "pending",
        amount_satang=data["amount"],
        intent_id=data.get("payment_intent") or "",
        refund_key=(data.get("metadata") or {}).get("refund", ""),
        created_at=instant(data["created"]),
    )


def entry_facts(data: dict) -> EntryFacts:
    return EntryFacts(
        id=data["id"],
        type=data["type"],
        category=data["reporting_category"],
        source_id=data.get("source") or "",
        amount_satang=data["amount"],
        fee_satang=data["fee"],
        net_satang=data["net"],
        currency=data["currency"],
        created_at=instant(data["created"]),
        payload=data,
    )


def dispute_facts(data: dict) -> DisputeFacts:
    due_by = data["evidence_details"].get("due_by")
    return DisputeFacts(
        id=data["id"],
        status=data["status"],
        amount_satang=data["amount"],
        currency=data["currency"],
        reason=data["reason"],
        intent_id=data.get("payment_intent") or "",
        created_at=instant(data["created"]),
        due_at=instant(due_by) if due_by else None,  # 0: the bank wants no answer
        entries=tuple(entry_facts(entry) for entry in data["balance_transactions"]),
    )


def payout_facts(data: dict) -> PayoutFacts:
    """Read a payout whose two balance transactions were asked for with it."""
    sent, back = data.get("balance_transaction"), data.get("failure_balance_transaction")
    return PayoutFacts(
        id=data["id"],
        status=data["status"],
        amount_satang=data["amount"],
        currency=data["currency"],
        sent=entry_facts(sent) if sent else None,
        back=entry_facts(back) if back else None,
    )


def event_facts(payload: dict) -> EventFacts:
    """Raises TypeError, KeyError, ValueError … for what is no event."""
    about = payload["data"]["object"]
    object_id = _text(about.get("id") or "")  # a balance has none
    is_intent = about["object"] == "payment_intent"
    return EventFacts(
        id=_text(payload["id"]),
        type=_text(payload["type"]),
        object_id=object_id,
        intent_id=object_id if is_intent else _text(about.get("payment_intent") or ""),
        created_at=instant(payload["created"]),
        api_version=_text(payload["api_version"] or ""),
        livemode=payload["livemode"] is True,
        payload=payload,
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > 255 or "\x00" in value:
        raise TypeError
    return value


def instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
