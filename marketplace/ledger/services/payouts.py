"""Money that leaves: to producers by the bank, and from the payment provider to our bank."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from marketplace.ledger.errors import MoreThanOwed, NoSuchPayout
from marketplace.ledger.models import Account, Event, Transfer
from marketplace.ledger.services.facts import Payout, PayoutPart, PayoutReturn
from marketplace.ledger.services.posting import (
    accounts_of,
    balance_of,
    draft_event,
    mirror_of,
    post,
    recorded_as,
    recorded_before,
    remaining_of,
    wait_for,
)
from marketplace.ledger.services.sales import CLEARING

Kind = Account.Kind
BANK = (Kind.BANK, None)


@transaction.atomic
def record_payout(payout: Payout) -> Event:
    """Note what was handed to the bank for each producer; never more than it is owed.

    Repeated with the same money: the first event. Raises ContentDiffers, MoreThanOwed,
    NothingToRecord. A later refund may still leave a producer below zero: it is then owed back.
    """
    wait_for(f"payout:{payout.reference}")
    draft = _event(payout)
    recorded = recorded_before(draft)
    if recorded:
        return recorded
    # In the order of the producers: two payouts at once wait for each other, never crosswise.
    parts = sorted(payout.parts, key=lambda part: part.producer_id)
    for part in parts:
        wait_for(f"producer:{part.producer_id}")
    return post(draft, [transfer for part in parts for transfer in _transfers(part)])


@transaction.atomic
def record_payout_return(back: PayoutReturn) -> Event:
    """Owe a producer again what the bank gave back; repeated: the first event.

    Raises NoSuchPayout when nothing of that payout is left to return, ContentDiffers.
    """
    wait_for(f"payout:{back.payout_reference}")
    payout = recorded_as(Event.Kind.PAYOUT, back.payout_reference)
    if payout is None:
        raise NoSuchPayout
    draft = _return_event(back, payout)
    recorded = recorded_before(draft)
    if recorded:
        return recorded
    transfers = [
        mirror_of(transfer, left)
        for transfer, left in remaining_of(payout)
        if transfer.producer_id == back.producer_id and left
    ]
    if not transfers:
        raise NoSuchPayout
    return post(draft, transfers)


@transaction.atomic
def record_gateway_payout(*, reference: str, occurred_at: datetime, amount_satang: int) -> Event:
    """Note what the payment provider sent to our bank. Repeated: the first event."""
    wait_for(f"gateway-payout:{reference}")
    draft = draft_event(
        Event.Kind.GATEWAY_PAYOUT,
        reference=reference,
        facts={"amount_satang": amount_satang},
        occurred_at=occurred_at,
        provider_reference=reference,
    )
    recorded = recorded_before(draft)
    if recorded:
        return recorded
    accounts = accounts_of({BANK, CLEARING})
    kind = Transfer.Kind.GATEWAY_PAYOUT
    sent = Transfer(kind=kind, debit=accounts[BANK], credit=accounts[CLEARING])
    sent.amount_satang = amount_satang
    return post(draft, [sent])


@transaction.atomic
def record_gateway_payout_return(*, reference: str, occurred_at: datetime) -> Event:
    """Note that a transfer to our bank failed: the provider has the money again.

    Repeated: the first event. Raises NoSuchPayout.
    """
    wait_for(f"gateway-payout:{reference}")
    sent = recorded_as(Event.Kind.GATEWAY_PAYOUT, reference)
    if sent is None:
        raise NoSuchPayout
    draft = draft_event(
        Event.Kind.GATEWAY_PAYOUT_RETURN,
        reference=reference,
        facts={"reverses": str(sent.pk)},
        occurred_at=occurred_at,
        provider_reference=reference,
        reverses=sent,
    )
    recorded = recorded_before(draft)
    return recorded or post(draft, [mirror_of(*part) for part in remaining_of(sent)])


def _event(payout: Payout) -> Event:
    parts = sorted((asdict(part) for part in payout.parts), key=lambda part: part["producer_id"])
    return draft_event(
        Event.Kind.PAYOUT,
        reference=payout.reference,
        facts={"parts": parts},
        occurred_at=payout.occurred_at,
        provider_reference=payout.reference,
        actor_id=payout.actor_id,
    )


def _return_event(back: PayoutReturn, payout: Event) -> Event:
    return draft_event(
        Event.Kind.PAYOUT_RETURN,
        reference=back.reference,
        facts={"reverses": str(payout.pk), "producer_id": back.producer_id},
        occurred_at=back.occurred_at,
        provider_reference=back.reference,
        reverses=payout,
        actor_id=back.actor_id,
        reason=back.reason,
    )


def _transfers(part: PayoutPart) -> list[Transfer]:
    goods = (Kind.PRODUCER_PAYABLE, part.producer_id)
    delivery = (Kind.DELIVERY_PAYABLE, part.producer_id)
    amounts = {goods: part.goods_satang, delivery: part.delivery_satang}
    amounts = {whose: satang for whose, satang in amounts.items() if satang}
    accounts = accounts_of({BANK, *amounts})
    for whose, satang in amounts.items():
        if satang > balance_of(accounts[whose]):
            raise MoreThanOwed
    return [
        Transfer(
            kind=Transfer.Kind.PAYOUT,
            debit=accounts[whose],
            credit=accounts[BANK],
            amount_satang=satang,
            producer_id=part.producer_id,
            village_code=part.village_code,
        )
        for whose, satang in amounts.items()
    ]
