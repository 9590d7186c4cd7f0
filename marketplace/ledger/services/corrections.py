"""What two people correct together: what a producer is owed, and where income belongs."""

from django.db import transaction

from marketplace.ledger.errors import NothingToMove, NothingToRecord, OneByOneself
from marketplace.ledger.kinds import MOVABLE, MOVED_IN_AS, MOVED_OUT_BY, TransferKind
from marketplace.ledger.models import Account, Event, Transfer
from marketplace.ledger.services.facts import Adjustment, Reclassification
from marketplace.ledger.services.posting import (
    accounts_of,
    draft_event,
    mirror_of,
    post,
    recorded_before,
    remaining_of_order,
    wait_for,
)
from marketplace.ledger.services.sales import sale_of

Kind = Account.Kind
T = TransferKind


@transaction.atomic
def record_adjustment(adjustment: Adjustment) -> Event:
    """Raise or lower what a producer is owed, at the platform's cost or gain; never its income.

    Repeated: the first event. Raises ContentDiffers, NothingToRecord for zero, OneByOneself.
    """
    _demand_two(adjustment)
    if adjustment.amount_satang == 0:
        raise NothingToRecord
    wait_for(f"producer:{adjustment.producer_id}")
    facts = {"producer": adjustment.producer_id, "amount_satang": adjustment.amount_satang}
    draft = _event(Event.Kind.ADJUSTMENT, adjustment, facts)
    recorded = recorded_before(draft)
    return recorded or post(draft, [_adjusting(adjustment)])


@transaction.atomic
def record_reclassification(change: Reclassification) -> Event:
    """Move what is left of an order line's income, with its discounts and fees, to another village.

    The only thing that moves income: dated today, the past stays as it was reported. A refund that
    comes later is taken from where the income is then. Repeated: the first event. Raises
    ContentDiffers, NoSuchSale, NothingToMove, OneByOneself.
    """
    _demand_two(change)
    wait_for(f"order:{change.order_number}")
    facts = {
        "order_number": change.order_number,
        "line": change.line_id,
        "villages": [change.from_village_code, change.to_village_code],
    }
    draft = _event(Event.Kind.RECLASSIFICATION, change, facts)
    draft.order_number = change.order_number
    recorded = recorded_before(draft)
    if recorded:
        return recorded
    draft.reverses = sale_of(change.order_number)
    left = [
        (transfer, amount)
        for transfer, amount in remaining_of_order(change.order_number, *MOVABLE)
        if amount
        and transfer.line_id == change.line_id
        and transfer.village_code == change.from_village_code
    ]
    if not left:
        raise NothingToMove
    here = [mirror_of(transfer, amount, MOVED_OUT_BY) for transfer, amount in left]
    return post(draft, here + [_there(*part, change.to_village_code) for part in left])


def _there(transfer: Transfer, amount_satang: int, village_code: str) -> Transfer:
    return Transfer(
        kind=MOVED_IN_AS.get(transfer.kind, transfer.kind),
        debit_id=transfer.debit_id,
        credit_id=transfer.credit_id,
        amount_satang=amount_satang,
        village_code=village_code,
        producer_id=transfer.producer_id,
        origin_id=transfer.origin_id,
        line_id=transfer.line_id,
    )


def _adjusting(adjustment: Adjustment) -> Transfer:
    platform = (Kind.PLATFORM_ADJUSTMENTS, None)
    producer = (Kind.PRODUCER_PAYABLE, adjustment.producer_id)
    accounts = accounts_of({platform, producer})
    is_charge = adjustment.amount_satang < 0
    debit, credit = (producer, platform) if is_charge else (platform, producer)
    return Transfer(
        kind=T.CHARGE if is_charge else T.ADJUSTMENT,
        debit=accounts[debit],
        credit=accounts[credit],
        amount_satang=abs(adjustment.amount_satang),
        producer_id=adjustment.producer_id,
        village_code=adjustment.village_code,
    )


def _demand_two(fact: Adjustment | Reclassification) -> None:
    if fact.proposed_by_id == fact.approved_by_id or not fact.reason:
        raise OneByOneself


def _event(kind: str, fact: Adjustment | Reclassification, facts: dict) -> Event:
    return draft_event(
        kind,
        reference=fact.reference,
        facts=facts,
        occurred_at=fact.occurred_at,
        provider_reference=fact.reference,
        actor_id=fact.proposed_by_id,
        approved_by_id=fact.approved_by_id,
        reason=fact.reason,
    )
