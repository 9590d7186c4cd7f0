"""Sales paid on this site, and what was given back of them: village income (ARCHITECTURE §7)."""

from collections.abc import Mapping
from dataclasses import asdict

from django.db import transaction

from marketplace.ledger.errors import AmountsDiffer, NoSuchSale
from marketplace.ledger.models import Account, Event, Transfer
from marketplace.ledger.services.facts import Refundable, Sale, SaleRefund, SoldShare
from marketplace.ledger.services.giving_back import give_back_parts, remaining_sale
from marketplace.ledger.services.posting import (
    AccountKey,
    accounts_of,
    check_origins,
    draft_event,
    post,
    recorded_before,
    wait_for,
)

Kind = Account.Kind
CLEARING = (Kind.GATEWAY_CLEARING, None)


@transaction.atomic
def record_sale(sale: Sale) -> Event:
    """Credit each line share of a paid order to its village, and delivery to who sends it.

    What was frozen with the share goes along: discounts with who bears them, the platform's fee
    and the VAT on it. Repeated with the same money: the first event, no new rows. Raises
    ContentDiffers when the payment reference stands for other money, AlreadySold when the order
    was paid by another reference, AmountsDiffer when the parts are not what was captured,
    OriginDiffers when a share is not the frozen one. Nothing is written then.
    """
    wait_for(f"order:{sale.order_number}")
    draft = _sale_event(sale)
    recorded = recorded_before(draft)
    if recorded:
        return recorded
    _check_amounts(sale)
    units_ppm = check_origins(sale.shares)
    return post(draft, _sale_transfers(sale, units_ppm))


@transaction.atomic
def record_refund(refund: SaleRefund) -> Event:
    """Take back from each line share, and from delivery, what was refunded of it.

    An amount of a line is split over what its shares can still give back, so that no share ever
    goes below zero and a full refund ends at exactly zero. Discounts and fees of a share go back
    in their own ratio. Repeated with the same money: the first event. Raises ContentDiffers,
    NoSuchSale, NothingToRecord, and money.MoreThanRemaining when more is asked for than is left.
    Nothing is written then.
    """
    wait_for(f"order:{refund.order_number}")
    draft = _refund_event(refund)
    recorded = recorded_before(draft)
    if recorded:
        return recorded
    draft.reverses = sale_of(refund.order_number)
    left = remaining_sale(refund.order_number)
    return post(draft, give_back_parts(left, refund.lines, refund.delivery))


def refundable(order_number: str) -> Refundable:
    """What can still be given back of an order; empty for one that was never paid."""
    left = remaining_sale(order_number)
    return Refundable(left.paid_by_line(), left.paid_by_producer())


def sale_of(order_number: str) -> Event:
    """The event by which an order was paid; raises NoSuchSale."""
    sale = Event.objects.filter(kind=Event.Kind.SALE, order_number=order_number).first()
    if sale is None:
        raise NoSuchSale
    return sale


# --- From facts to rows --------------------------------------------------------------------------


def _sale_event(sale: Sale) -> Event:
    facts = asdict(sale)
    facts.pop("occurred_at")
    facts["shares"] = sorted(facts["shares"], key=lambda share: share["origin_id"])
    facts["delivery"] = sorted(facts["delivery"], key=lambda part: part["producer_id"])
    return draft_event(
        Event.Kind.SALE,
        reference=sale.payment_reference,
        facts=facts,
        occurred_at=sale.occurred_at,
        order_number=sale.order_number,
        provider_reference=sale.payment_reference,
    )


def _refund_event(refund: SaleRefund) -> Event:
    facts = {
        "order_number": refund.order_number,
        "lines": sorted(refund.lines.items()),
        "delivery": sorted(refund.delivery.items()),
    }
    return draft_event(
        Event.Kind.REFUND,
        reference=refund.refund_reference,
        facts=facts,
        occurred_at=refund.occurred_at,
        order_number=refund.order_number,
        provider_reference=refund.refund_reference,
        actor_id=refund.actor_id,
        reason=refund.reason,
    )


def _check_amounts(sale: Sale) -> None:
    paid = [share.paid_satang for share in sale.shares]
    paid += [part.amount_satang for part in sale.delivery]
    extras = [
        amount
        for share in sale.shares
        for amount in (
            *(share.producer_discount_satang, share.platform_discount_satang),
            *(share.fee_satang, share.fee_vat_satang),
        )
    ]
    if sum(paid) != sale.captured_satang or min([*paid, *extras], default=0) < 0:
        raise AmountsDiffer


def _sale_transfers(sale: Sale, units_ppm: Mapping[int, int]) -> list[Transfer]:
    accounts = accounts_of(_accounts_wanted(sale))
    goods = [part for share in sale.shares for part in _of_share(share, accounts)]
    for transfer in goods:
        if transfer.kind == Transfer.Kind.SALE:
            transfer.units_ppm = units_ppm[transfer.origin_id]
    sending = [
        Transfer(
            kind=Transfer.Kind.DELIVERY,
            debit=accounts[CLEARING],
            credit=accounts[Kind.DELIVERY_PAYABLE, part.producer_id],
            **asdict(part),
        )
        for part in sale.delivery
        if part.amount_satang
    ]
    return goods + sending


def _accounts_wanted(sale: Sale) -> set[AccountKey]:
    shares, delivery = sale.shares, sale.delivery
    wanted = {(Kind.PRODUCER_PAYABLE, share.producer_id) for share in shares if share.price_satang}
    wanted |= {(Kind.DELIVERY_PAYABLE, part.producer_id) for part in delivery if part.amount_satang}
    shared = {
        Kind.PLATFORM_DISCOUNTS: any(share.platform_discount_satang for share in shares),
        Kind.PLATFORM_FEE: any(share.fee_satang for share in shares),
        Kind.FEE_VAT: any(share.fee_vat_satang for share in shares),
    }
    return wanted | {CLEARING} | {(kind, None) for kind, is_wanted in shared.items() if is_wanted}


def _of_share(share: SoldShare, accounts: dict) -> list[Transfer]:
    """The price, what was taken off it and by whom, and the fee on it."""
    clearing, kinds = CLEARING, Transfer.Kind
    producer = (Kind.PRODUCER_PAYABLE, share.producer_id)
    rows = (
        (kinds.SALE, clearing, producer, share.price_satang),
        (kinds.DISCOUNT, producer, clearing, share.producer_discount_satang),
        (
            kinds.PLATFORM_DISCOUNT,
            (Kind.PLATFORM_DISCOUNTS, None),
            clearing,
            share.platform_discount_satang,
        ),
        (kinds.FEE, producer, (Kind.PLATFORM_FEE, None), share.fee_satang),
        (kinds.FEE_VAT, producer, (Kind.FEE_VAT, None), share.fee_vat_satang),
    )
    return [
        Transfer(
            kind=kind,
            debit=accounts[debit],
            credit=accounts[credit],
            amount_satang=amount,
            **share.whose,
        )
        for kind, debit, credit, amount in rows
        if amount
    ]
