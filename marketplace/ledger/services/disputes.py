"""A shopper's bank takes a payment back for a while, or for good.

While it is open nothing happens to what villages earned: the money is held, not lost. Won, it
comes back. Lost, the platform bears it, and the village keeps what it earned and delivered; or a
producer bears its part, which is then given back like a refund.
"""

from django.db import transaction

from marketplace.core import money
from marketplace.ledger.errors import NoSuchSale
from marketplace.ledger.models import Account, Event, Transfer
from marketplace.ledger.services.facts import Dispute, DisputeEnd
from marketplace.ledger.services.giving_back import Remaining, give_back_parts, remaining_sale
from marketplace.ledger.services.posting import (
    accounts_of,
    draft_event,
    mirror_of,
    post,
    recorded_as,
    recorded_before,
    remaining_of,
    wait_for,
)
from marketplace.ledger.services.sales import CLEARING, sale_of

Kind = Account.Kind
HELD, LOSSES = (Kind.DISPUTE_HELD, None), (Kind.PLATFORM_LOSSES, None)
FEES = (Kind.GATEWAY_FEES, None)


@transaction.atomic
def record_dispute(dispute: Dispute) -> Event:
    """Hold what the provider took back, and note its fee, which the platform bears.

    Repeated: the first event. Raises ContentDiffers, NoSuchSale when the order was never paid.
    """
    wait_for(f"order:{dispute.order_number}")
    draft = _opened(dispute)
    recorded = recorded_before(draft)
    if recorded:
        return recorded
    sale_of(dispute.order_number)  # or NoSuchSale
    accounts = accounts_of({CLEARING, HELD, FEES})
    rows = (
        (Transfer.Kind.DISPUTE_HELD, HELD, dispute.amount_satang),
        (Transfer.Kind.GATEWAY_FEE, FEES, dispute.fee_satang),
    )
    return post(
        draft,
        [
            Transfer(
                kind=kind, debit=accounts[debit], credit=accounts[CLEARING], amount_satang=amount
            )
            for kind, debit, amount in rows
        ],
    )


@transaction.atomic
def end_dispute(end: DisputeEnd) -> Event:
    """Give back what was held, or let it go for good.

    Of a lost dispute each producer in `borne_by` bears its part of what its shares and delivery
    can still give back; the rest, and what nobody can give back any more, is the platform's loss.
    Repeated: the first event. Raises NoSuchSale when no such dispute was recorded, ContentDiffers
    when it ended otherwise.
    """
    held = recorded_as(Event.Kind.DISPUTE, end.reference)
    if held is None:
        raise NoSuchSale
    wait_for(f"order:{held.order_number}")
    draft = _ended(end, held)
    recorded = recorded_before(draft)
    if recorded:
        return recorded
    return post(draft, _won(end, held) if end.is_won else _lost(end, held))


def _opened(dispute: Dispute) -> Event:
    facts = {"order_number": dispute.order_number, "amount_satang": dispute.amount_satang}
    return draft_event(
        Event.Kind.DISPUTE,
        reference=dispute.reference,
        facts=facts | {"fee_satang": dispute.fee_satang},
        occurred_at=dispute.occurred_at,
        order_number=dispute.order_number,
        provider_reference=dispute.reference,
    )


def _ended(end: DisputeEnd, held: Event) -> Event:
    facts = {"is_won": end.is_won, "borne_by": sorted(end.borne_by)}
    return draft_event(
        Event.Kind.DISPUTE_WON if end.is_won else Event.Kind.DISPUTE_LOST,
        reference=end.reference,
        facts=facts | {"fee_returned": end.fee_returned},
        occurred_at=end.occurred_at,
        order_number=held.order_number,
        provider_reference=end.reference,
        reverses=held,
    )


def _won(end: DisputeEnd, held: Event) -> list[Transfer]:
    return [
        mirror_of(transfer, left)
        for transfer, left in remaining_of(held)
        if transfer.kind == Transfer.Kind.DISPUTE_HELD or end.fee_returned
    ]


def _lost(end: DisputeEnd, held: Event) -> list[Transfer]:
    amount = held.transfers.get(kind=Transfer.Kind.DISPUTE_HELD).amount_satang
    left = remaining_sale(held.order_number)
    lines, delivery = _borne(left, amount, end.borne_by)
    borne = sum(lines.values()) + sum(delivery.values())
    accounts = accounts_of({CLEARING, HELD, LOSSES})
    rows = (
        (Transfer.Kind.DISPUTE_LOST, LOSSES, amount - borne),
        (Transfer.Kind.DISPUTE_RELEASED, CLEARING, borne),
    )
    released = [
        Transfer(kind=kind, debit=accounts[debit], credit=accounts[HELD], amount_satang=satang)
        for kind, debit, satang in rows
    ]
    return released + give_back_parts(left, lines, delivery)


def _borne(
    left: Remaining, amount: int, producers: frozenset[int]
) -> tuple[dict[int, int], dict[int, int]]:
    """Satang that the producers give back, by line and by producer for delivery: their part of
    the disputed amount, shared over everything of the order that is still there."""
    whose = {pk: line.shares[0].parts[0][0].producer_id for pk, line in left.lines.items()}
    parts = [("line", line, paid) for line, paid in left.paid_by_line().items()]
    parts += [("delivery", pk, paid) for pk, paid in left.paid_by_producer().items()]
    weights = [paid for *_, paid in parts]
    amounts = money.split_over_remaining(min(amount, sum(weights)), weights)
    lines, delivery = {}, {}
    for (part, key, _paid), satang in zip(parts, amounts, strict=True):
        producer = whose[key] if part == "line" else key
        if producer in producers:
            (lines if part == "line" else delivery)[key] = satang
    return lines, delivery
