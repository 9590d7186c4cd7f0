"""What counts as village income: the only writers of the ledger.

Every amount is integer satang. Call inside the transaction of the change that causes the event;
each service is safe to repeat: the same reference with the same money returns the first event.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import Q, Sum

from marketplace.core import money, thai
from marketplace.ledger import rollup, verification
from marketplace.ledger.errors import (
    AlreadySold,
    AmountsDiffer,
    ContentDiffers,
    NoSuchSale,
    NothingToRecord,
    OriginDiffers,
)
from marketplace.ledger.models import Account, Event, Rebuild, Transfer
from marketplace.provenance.models import LineOrigin

CLEARING = Account.Kind.GATEWAY_CLEARING.value
BATCH_ROWS = 500
REVERSAL_KINDS = {
    Transfer.Kind.SALE: Transfer.Kind.REFUND,
    Transfer.Kind.DELIVERY: Transfer.Kind.DELIVERY_REFUND,
}


@dataclass(frozen=True)
class SoldShare:
    """A line share as frozen in its `LineOrigin`."""

    origin_id: int
    line_id: int
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


@transaction.atomic
def record_sale(sale: Sale) -> Event:
    """Credit each line share of a paid order to its village, and delivery to who sends it.

    Repeated with the same money: the first event, no new rows. Raises ContentDiffers when the
    payment reference stands for other money, AlreadySold when the order was paid by another
    reference, AmountsDiffer when the parts are not what was captured, OriginDiffers when a share
    is not the frozen one. Nothing is written then.
    """
    _lock_order(sale.order_number)
    draft = _sale_event(sale)
    recorded = _recorded_before(draft, other_sale=_is_sale_of(sale.order_number))
    if recorded:
        return recorded
    _check_amounts(sale)
    _check_origins(sale.shares)
    return _post(draft, _sale_transfers(sale))


@transaction.atomic
def record_refund(refund: SaleRefund) -> Event:
    """Take back from each line share, and from delivery, what was refunded of it.

    An amount of a line is split over what its shares can still give back, so that no share ever
    goes below zero and a full refund ends at exactly zero. Repeated with the same money: the
    first event. Raises ContentDiffers, NoSuchSale, NothingToRecord, and
    money.MoreThanRemaining when more is asked for than is left. Nothing is written then.
    """
    _lock_order(refund.order_number)
    draft = _refund_event(refund)
    recorded = _recorded_before(draft, other_sale=Q())
    if recorded:
        return recorded
    draft.reverses = Event.objects.filter(_is_sale_of(refund.order_number)).first()
    if draft.reverses is None:
        raise NoSuchSale
    return _post(draft, _refund_transfers(refund, draft.reverses))


def refundable(order_number: str) -> Refundable:
    """What can still be given back of an order; empty for one that was never paid."""
    sale = Event.objects.filter(_is_sale_of(order_number)).first()
    answer = Refundable({}, {})
    for transfer, remaining in _remaining(sale) if sale else ():
        part, key = answer.lines, transfer.line_id
        if transfer.kind == Transfer.Kind.DELIVERY:
            part, key = answer.delivery, transfer.producer_id
        part[key] = part.get(key, 0) + remaining
    return answer


# --- One order at a time, each fact once ---------------------------------------------------------


def _lock_order(order_number: str) -> None:
    """Make postings of one order wait for each other; on SQLite all writers already do.

    An advisory lock, because locking the rows would need the right to change them.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"order:{order_number}"]
            )


def _is_sale_of(order_number: str) -> Q:
    return Q(kind=Event.Kind.SALE, order_number=order_number)


def _recorded_before(draft: Event, other_sale: Q) -> Event | None:
    """The event of the same key, in one statement. Raises ContentDiffers when it tells other
    money, AlreadySold when there is none but an `other_sale`."""
    found = Event.objects.filter(Q(idempotency_key=draft.idempotency_key) | other_sale)
    by_key = {event.idempotency_key: event for event in found}
    recorded = by_key.get(draft.idempotency_key)
    if recorded and recorded.input_hash != draft.input_hash:
        raise ContentDiffers
    if by_key and not recorded:
        raise AlreadySold
    return recorded


def _hash(facts: dict) -> str:
    """Hash of the money of an event. Not of `occurred_at`: of a webhook and a browser's return
    that tell the same fact, the first says when."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _reporting_day(occurred_at: datetime) -> date:
    """The Bangkok day of the fact. Issue 5 moves it to the first open day once months close."""
    return thai.bangkok_day(occurred_at)


# --- From facts to rows --------------------------------------------------------------------------


def _sale_event(sale: Sale) -> Event:
    facts = asdict(sale)
    facts.pop("occurred_at")
    facts["shares"] = sorted(facts["shares"], key=lambda share: share["origin_id"])
    facts["delivery"] = sorted(facts["delivery"], key=lambda part: part["producer_id"])
    return Event(
        kind=Event.Kind.SALE,
        idempotency_key=f"sale:{sale.payment_reference}",
        input_hash=_hash(facts),
        order_number=sale.order_number,
        provider_reference=sale.payment_reference,
        occurred_at=sale.occurred_at,
        day=_reporting_day(sale.occurred_at),
    )


def _refund_event(refund: SaleRefund) -> Event:
    facts = {
        "order_number": refund.order_number,
        "lines": sorted(refund.lines.items()),
        "delivery": sorted(refund.delivery.items()),
    }
    return Event(
        kind=Event.Kind.REFUND,
        idempotency_key=f"refund:{refund.refund_reference}",
        input_hash=_hash(facts),
        order_number=refund.order_number,
        provider_reference=refund.refund_reference,
        occurred_at=refund.occurred_at,
        day=_reporting_day(refund.occurred_at),
        actor_id=refund.actor_id,
        reason=refund.reason,
    )


def _check_amounts(sale: Sale) -> None:
    amounts = [part.amount_satang for part in (*sale.shares, *sale.delivery)]
    if sum(amounts) != sale.captured_satang or min(amounts, default=0) < 0:
        raise AmountsDiffer


def _check_origins(shares: tuple[SoldShare, ...]) -> None:
    frozen = {
        SoldShare(*row)
        for row in LineOrigin.objects.filter(pk__in=[s.origin_id for s in shares]).values_list(
            "pk", "line_id", "producer_id", "village_code", "amount_satang"
        )
    }
    if frozen != set(shares) or len(frozen) != len(shares):
        raise OriginDiffers


def _sale_transfers(sale: Sale) -> list[Transfer]:
    """Debit clearing, credit the producer, for each part above zero."""
    shares = [share for share in sale.shares if share.amount_satang]
    delivery = [part for part in sale.delivery if part.amount_satang]
    accounts = _accounts(
        {(Account.Kind.PRODUCER_PAYABLE, share.producer_id) for share in shares}
        | {(Account.Kind.DELIVERY_PAYABLE, part.producer_id) for part in delivery}
    )
    goods = [
        Transfer(
            kind=Transfer.Kind.SALE,
            credit=accounts[Account.Kind.PRODUCER_PAYABLE, share.producer_id],
            **asdict(share),
        )
        for share in shares
    ]
    sending = [
        Transfer(
            kind=Transfer.Kind.DELIVERY,
            credit=accounts[Account.Kind.DELIVERY_PAYABLE, part.producer_id],
            **asdict(part),
        )
        for part in delivery
    ]
    for transfer in (*goods, *sending):
        transfer.debit = accounts[CLEARING, None]
    return goods + sending


def _refund_transfers(refund: SaleRefund, sale: Event) -> list[Transfer]:
    """The mirror of the sale's transfers, over what each can still give back."""
    by_line, by_producer = defaultdict(list), defaultdict(list)
    for transfer, remaining in _remaining(sale):
        if transfer.kind == Transfer.Kind.SALE:
            by_line[transfer.line_id].append((transfer, remaining))
        else:
            by_producer[transfer.producer_id].append((transfer, remaining))
    asked = [(by_line.get(line_id), amount) for line_id, amount in refund.lines.items()]
    asked += [(by_producer.get(pk), amount) for pk, amount in refund.delivery.items()]
    return [mirror for parts, amount in asked for mirror in _mirrors(parts, amount)]


def _mirrors(parts: list[tuple[Transfer, int]] | None, amount: int) -> list[Transfer]:
    if amount == 0:
        return []
    if parts is None:
        raise NoSuchSale
    shares = money.split_over_remaining(amount, [remaining for _, remaining in parts])
    return [_mirror(sold, share) for (sold, _), share in zip(parts, shares, strict=True) if share]


def _mirror(sold: Transfer, amount_satang: int) -> Transfer:
    return Transfer(
        kind=REVERSAL_KINDS[sold.kind],
        debit_id=sold.credit_id,
        credit_id=sold.debit_id,
        amount_satang=amount_satang,
        village_code=sold.village_code,
        producer_id=sold.producer_id,
        origin_id=sold.origin_id,
        line_id=sold.line_id,
        reverses=sold,
    )


def _remaining(sale: Event) -> list[tuple[Transfer, int]]:
    """Each transfer of a sale with the satang not yet reversed, in the order of the sale."""
    sold = sale.transfers.annotate(reversed=Sum("reversals__amount_satang", default=0))
    return [
        (transfer, transfer.amount_satang - transfer.reversed)
        for transfer in sold.order_by("number")
    ]


def _accounts(wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int | None], Account]:
    """The clearing account and those of the producers, made where they are missing.

    In the order of their codes: two first sales of the same two producers would otherwise wait
    for each other for ever.
    """
    keys = {f"{kind}:{producer_id}": (kind, producer_id) for kind, producer_id in wanted}
    keys[CLEARING] = (CLEARING, None)
    known = {a.code: a for a in Account.objects.filter(code__in=keys)}
    for code in sorted(keys.keys() - known.keys()):
        kind, producer_id = keys[code]
        facts = {"kind": kind, "producer_id": producer_id}
        known[code] = Account.objects.get_or_create(code=code, defaults=facts)[0]
    return {key: known[code] for code, key in keys.items()}


# --- The one place that inserts ------------------------------------------------------------------


def _post(event: Event, transfers: list[Transfer]) -> Event:
    """Insert the transfers under the event's ready-made id, then the event, which seals them."""
    if not transfers:
        raise NothingToRecord
    event.id = uuid4()
    for number, transfer in enumerate(transfers, start=1):
        transfer.event_id, transfer.number, transfer.day = event.id, number, event.day
    event.transfer_count = len(transfers)
    event.total_satang = sum(transfer.amount_satang for transfer in transfers)
    Transfer.objects.bulk_create(transfers, batch_size=BATCH_ROWS)
    rollup.add_on_sqlite(transfers)
    event.save(force_insert=True)
    return event


def rebuild_month(month: date) -> list[str]:
    """Make the roll-up of a month anew from its transfers; return what was wrong, a line each.

    `month` is any day of it. Called twice: the second time nothing is wrong.
    """
    with transaction.atomic():
        wrong = list(verification.roll_up_differences(month))
        Rebuild.objects.create(month=rollup.first_of_month(month), differences=len(wrong))
    return wrong
