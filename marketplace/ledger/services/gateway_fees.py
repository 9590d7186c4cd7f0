"""What the payment provider keeps of an order's money: an event of its own, read from its book.

It is known only after the payment, sometimes days later, so it never waits for the sale nor the
sale for it.
"""

from collections import Counter

from django.db import transaction

from marketplace.core import money
from marketplace.ledger.models import Account, Event, Transfer
from marketplace.ledger.services.facts import GatewayFee
from marketplace.ledger.services.posting import (
    accounts_of,
    draft_event,
    post,
    recorded_before,
    wait_for,
)
from marketplace.ledger.services.sales import CLEARING, sale_of

Kind = Account.Kind
T = Transfer.Kind
FEES = (Kind.GATEWAY_FEES, None)


@transaction.atomic
def record_gateway_fee(fee: GatewayFee) -> Event:
    """Share what the provider kept over all parts of the order, by what was paid for each.

    The platform bears it, save the parts of producers whose frozen terms say otherwise. Repeated
    with the same money: the first event. Raises ContentDiffers, NoSuchSale, NothingToRecord.
    """
    wait_for(f"order:{fee.order_number}")
    draft = _event(fee)
    recorded = recorded_before(draft)
    if recorded:
        return recorded
    return post(draft, _transfers(fee, sale_of(fee.order_number)))


def _event(fee: GatewayFee) -> Event:
    facts = {"order_number": fee.order_number, "amount_satang": fee.amount_satang}
    return draft_event(
        Event.Kind.GATEWAY_FEE,
        reference=fee.reference,
        facts=facts | {"passed_on": sorted(fee.passed_on)},
        occurred_at=fee.occurred_at,
        order_number=fee.order_number,
        provider_reference=fee.reference,
    )


def _transfers(fee: GatewayFee, sale: Event) -> list[Transfer]:
    posted = list(sale.transfers.order_by("number"))
    parts = [part for part in posted if part.kind in (T.SALE, T.DELIVERY)]
    amounts = money.split_satang(fee.amount_satang, _paid_for(parts, posted))
    passed = {part.producer_id for part in parts} & fee.passed_on
    accounts = accounts_of(
        {CLEARING, FEES} | {(Kind.PRODUCER_PAYABLE, producer_id) for producer_id in passed}
    )
    return [_transfer(part, amount, accounts) for part, amount in zip(parts, amounts, strict=True)]


def _paid_for(parts: list[Transfer], posted: list[Transfer]) -> list[int]:
    """What the shopper paid for each part: its price less the discounts on it."""
    discounts: Counter[int | None] = Counter()
    for transfer in posted:
        if transfer.kind in (T.DISCOUNT, T.PLATFORM_DISCOUNT):
            discounts[transfer.origin_id] += transfer.amount_satang
    return [part.amount_satang - discounts[part.origin_id] for part in parts]


def _transfer(part: Transfer, amount_satang: int, accounts: dict) -> Transfer:
    payable = accounts.get((Kind.PRODUCER_PAYABLE, part.producer_id))
    is_passed = payable is not None and part.kind == T.SALE
    return Transfer(
        kind=T.PASSED_GATEWAY_FEE if is_passed else T.GATEWAY_FEE,
        debit=payable if is_passed else accounts[FEES],
        credit=accounts[CLEARING],
        amount_satang=amount_satang,
        producer_id=part.producer_id,
        village_code=part.village_code,
        origin_id=part.origin_id,
        line_id=part.line_id,
    )
