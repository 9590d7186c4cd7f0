"""Sales paid on this site, and what was given back of them: village income (ARCHITECTURE §7)."""

from collections import defaultdict
from dataclasses import asdict

from django.db import transaction
from django.db.models import Q

from marketplace.core import money
from marketplace.ledger.errors import AmountsDiffer, NoSuchSale
from marketplace.ledger.models import Account, Event, Transfer
from marketplace.ledger.services.facts import Refundable, Sale, SaleRefund
from marketplace.ledger.services.posting import (
    accounts_of,
    check_origins,
    hash_of,
    mirror_of,
    post,
    recorded_before,
    remaining_of,
    reporting_day,
    wait_for,
)

CLEARING = (Account.Kind.GATEWAY_CLEARING, None)


@transaction.atomic
def record_sale(sale: Sale) -> Event:
    """Credit each line share of a paid order to its village, and delivery to who sends it.

    Repeated with the same money: the first event, no new rows. Raises ContentDiffers when the
    payment reference stands for other money, AlreadySold when the order was paid by another
    reference, AmountsDiffer when the parts are not what was captured, OriginDiffers when a share
    is not the frozen one. Nothing is written then.
    """
    wait_for(f"order:{sale.order_number}")
    draft = _sale_event(sale)
    recorded = recorded_before(draft, other_sale=_is_sale_of(sale.order_number))
    if recorded:
        return recorded
    _check_amounts(sale)
    check_origins(sale.shares)
    return post(draft, _sale_transfers(sale))


@transaction.atomic
def record_refund(refund: SaleRefund) -> Event:
    """Take back from each line share, and from delivery, what was refunded of it.

    An amount of a line is split over what its shares can still give back, so that no share ever
    goes below zero and a full refund ends at exactly zero. Repeated with the same money: the
    first event. Raises ContentDiffers, NoSuchSale, NothingToRecord, and
    money.MoreThanRemaining when more is asked for than is left. Nothing is written then.
    """
    wait_for(f"order:{refund.order_number}")
    draft = _refund_event(refund)
    recorded = recorded_before(draft)
    if recorded:
        return recorded
    draft.reverses = Event.objects.filter(_is_sale_of(refund.order_number)).first()
    if draft.reverses is None:
        raise NoSuchSale
    return post(draft, _refund_transfers(refund, draft.reverses))


def refundable(order_number: str) -> Refundable:
    """What can still be given back of an order; empty for one that was never paid."""
    sale = Event.objects.filter(_is_sale_of(order_number)).first()
    answer = Refundable({}, {})
    for transfer, remaining in remaining_of(sale) if sale else ():
        part, key = answer.lines, transfer.line_id
        if transfer.kind == Transfer.Kind.DELIVERY:
            part, key = answer.delivery, transfer.producer_id
        part[key] = part.get(key, 0) + remaining
    return answer


def _is_sale_of(order_number: str) -> Q:
    return Q(kind=Event.Kind.SALE, order_number=order_number)


# --- From facts to rows --------------------------------------------------------------------------


def _sale_event(sale: Sale) -> Event:
    facts = asdict(sale)
    facts.pop("occurred_at")
    facts["shares"] = sorted(facts["shares"], key=lambda share: share["origin_id"])
    facts["delivery"] = sorted(facts["delivery"], key=lambda part: part["producer_id"])
    return Event(
        kind=Event.Kind.SALE,
        idempotency_key=f"sale:{sale.payment_reference}",
        input_hash=hash_of(facts),
        order_number=sale.order_number,
        provider_reference=sale.payment_reference,
        occurred_at=sale.occurred_at,
        day=reporting_day(sale.occurred_at),
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
        input_hash=hash_of(facts),
        order_number=refund.order_number,
        provider_reference=refund.refund_reference,
        occurred_at=refund.occurred_at,
        day=reporting_day(refund.occurred_at),
        actor_id=refund.actor_id,
        reason=refund.reason,
    )


def _check_amounts(sale: Sale) -> None:
    amounts = [part.amount_satang for part in (*sale.shares, *sale.delivery)]
    if sum(amounts) != sale.captured_satang or min(amounts, default=0) < 0:
        raise AmountsDiffer


def _sale_transfers(sale: Sale) -> list[Transfer]:
    """Debit clearing, credit the producer, for each part above zero."""
    shares = [share for share in sale.shares if share.amount_satang]
    delivery = [part for part in sale.delivery if part.amount_satang]
    accounts = accounts_of(
        {CLEARING}
        | {(Account.Kind.PRODUCER_PAYABLE, share.producer_id) for share in shares}
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
        transfer.debit = accounts[CLEARING]
    return goods + sending


def _refund_transfers(refund: SaleRefund, sale: Event) -> list[Transfer]:
    """The mirror of the sale's transfers, over what each can still give back."""
    by_line, by_producer = defaultdict(list), defaultdict(list)
    for transfer, remaining in remaining_of(sale):
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
    return [mirror_of(sold, share) for (sold, _), share in zip(parts, shares, strict=True) if share]
