"""What every writer of the ledger shares: one fact once, frozen origins, and the insert itself."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import Q, Sum

from marketplace.core import thai
from marketplace.ledger import rollup, verification
from marketplace.ledger.errors import AlreadySold, ContentDiffers, NothingToRecord, OriginDiffers
from marketplace.ledger.models import Account, Event, Rebuild, Transfer
from marketplace.ledger.services.facts import SoldShare
from marketplace.provenance.models import LineOrigin

BATCH_ROWS = 500
REVERSAL_KINDS = {
    Transfer.Kind.SALE: Transfer.Kind.REFUND,
    Transfer.Kind.DELIVERY: Transfer.Kind.DELIVERY_REFUND,
    Transfer.Kind.DECLARED: Transfer.Kind.DECLARED_REVERSAL,
}
AccountKey = tuple[str, int | None]  # kind, and whose it is; None: everybody's


def wait_for(subject: str) -> None:
    """Make postings about one thing ("order:17") wait for each other; SQLite's writers all do.

    An advisory lock, because locking the rows would need the right to change them.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [subject])


def recorded_before(draft: Event, other_sale: Q | None = None) -> Event | None:
    """The event of the same key, in one statement. Raises ContentDiffers when it tells other
    money, AlreadySold when there is none but an `other_sale`."""
    found = Event.objects.filter(Q(idempotency_key=draft.idempotency_key) | (other_sale or Q()))
    by_key = {event.idempotency_key: event for event in found}
    recorded = by_key.get(draft.idempotency_key)
    if recorded and recorded.input_hash != draft.input_hash:
        raise ContentDiffers
    if by_key and not recorded:
        raise AlreadySold
    return recorded


def hash_of(facts: dict) -> str:
    """Hash of the money of an event. Not of `occurred_at`: of a webhook and a browser's return
    that tell the same fact, the first says when."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def reporting_day(occurred_at: datetime) -> date:
    """The Bangkok day of the fact. Issue 5 moves it to the first open day once months close."""
    return thai.bangkok_day(occurred_at)


def check_origins(shares: tuple[SoldShare, ...]) -> None:
    frozen = {
        SoldShare(*row)
        for row in LineOrigin.objects.filter(pk__in=[s.origin_id for s in shares]).values_list(
            "pk", "line_id", "producer_id", "village_code", "amount_satang"
        )
    }
    if frozen != set(shares) or len(frozen) != len(shares):
        raise OriginDiffers


def accounts_of(wanted: Iterable[AccountKey]) -> dict[AccountKey, Account]:
    """The accounts of these kinds and producers, made where they are missing.

    In the order of their codes: two first sales of the same two producers would otherwise wait
    for each other for ever.
    """
    keys = {f"{kind}:{pk}" if pk else str(kind): (kind, pk) for kind, pk in wanted}
    known = {a.code: a for a in Account.objects.filter(code__in=keys)}
    for code in sorted(keys.keys() - known.keys()):
        kind, producer_id = keys[code]
        facts = {"kind": kind, "producer_id": producer_id}
        known[code] = Account.objects.get_or_create(code=code, defaults=facts)[0]
    return {key: known[code] for code, key in keys.items()}


def mirror_of(sold: Transfer, amount_satang: int) -> Transfer:
    """What takes back so much of a transfer: its accounts the other way round."""
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


def remaining_of(event: Event) -> list[tuple[Transfer, int]]:
    """Each transfer of an event with the satang not yet reversed, in the order of the event."""
    sold = event.transfers.annotate(reversed=Sum("reversals__amount_satang", default=0))
    return [
        (transfer, transfer.amount_satang - transfer.reversed)
        for transfer in sold.order_by("number")
    ]


def post(event: Event, transfers: list[Transfer]) -> Event:
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
