"""Sales that producers declare they made elsewhere: recorded apart, never village income.

Nobody paid here, so nothing proves the amount: its accounts are its own, its kinds are its own,
and the database refuses to mix them with sales of this site (guards.py).
"""

from django.db import transaction

from marketplace.ledger.errors import AmountsDiffer, NoSuchSale
from marketplace.ledger.models import Account, Event, Transfer
from marketplace.ledger.services.facts import DeclaredReversalFacts, DeclaredSaleFacts
from marketplace.ledger.services.posting import (
    accounts_of,
    check_origins,
    draft_event,
    mirror_of,
    post,
    recorded_as,
    recorded_before,
    remaining_of,
    wait_for,
)

ELSEWHERE = (Account.Kind.DECLARED_ELSEWHERE, None)


@transaction.atomic
def record_declared_sale(sale: DeclaredSaleFacts) -> Event:
    """Note for each share's village what was declared, with its channel and who said so.

    Repeated with the same money: the first event, no new rows. Raises ContentDiffers,
    AmountsDiffer, OriginDiffers when a share is not the frozen one, NothingToRecord for zero.
    Nothing is written then.
    """
    wait_for(f"declared:{sale.reference}")
    draft = _sale_event(sale)
    recorded = recorded_before(draft)
    if recorded:
        return recorded
    amounts = [share.amount_satang for share in sale.shares]
    if sum(amounts) != sale.amount_satang or min(amounts, default=0) < 0:
        raise AmountsDiffer
    check_origins(sale.shares)
    return post(draft, _transfers(sale))


@transaction.atomic
def record_declared_reversal(reversal: DeclaredReversalFacts) -> Event:
    """Take a declared sale back, wholly, on the day this is done; its channel stays named.

    Repeated: the first event. Raises NoSuchSale when nothing of that reference was declared.
    """
    wait_for(f"declared:{reversal.reference}")
    sale = recorded_as(Event.Kind.DECLARED, reversal.reference)
    if sale is None:
        raise NoSuchSale
    draft = _reversal_event(reversal, sale)
    recorded = recorded_before(draft)
    if recorded:
        return recorded
    return post(draft, [mirror_of(sold, left) for sold, left in remaining_of(sale) if left])


def _sale_event(sale: DeclaredSaleFacts) -> Event:
    shares = sorted(
        (share.whose | {"amount_satang": share.amount_satang} for share in sale.shares),
        key=lambda one: one["origin_id"],
    )
    return draft_event(
        Event.Kind.DECLARED,
        reference=sale.reference,
        facts={"channel": sale.channel, "shares": shares},
        occurred_at=sale.occurred_at,
        channel=sale.channel,
        actor_id=sale.actor_id,
    )


def _reversal_event(reversal: DeclaredReversalFacts, sale: Event) -> Event:
    return draft_event(
        Event.Kind.DECLARED_REVERSAL,
        reference=reversal.reference,
        facts={"reverses": str(sale.pk)},
        occurred_at=reversal.occurred_at,
        channel=sale.channel,
        actor_id=reversal.actor_id,
        reverses=sale,
    )


def _transfers(sale: DeclaredSaleFacts) -> list[Transfer]:
    shares = [share for share in sale.shares if share.amount_satang]
    kind = Account.Kind.PRODUCER_DECLARED
    accounts = accounts_of({ELSEWHERE} | {(kind, share.producer_id) for share in shares})
    return [
        Transfer(
            kind=Transfer.Kind.DECLARED,
            debit=accounts[ELSEWHERE],
            credit=accounts[kind, share.producer_id],
            amount_satang=share.amount_satang,
            **share.whose,
        )
        for share in shares
    ]
