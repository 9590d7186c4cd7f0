"""What every writer of the ledger shares: one fact once, frozen origins, and the insert itself."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from marketplace.core import thai
from marketplace.core.prepared import Prepared
from marketplace.ledger import kinds, rollup, verification
from marketplace.ledger.errors import AlreadySold, ContentDiffers, NothingToRecord, OriginDiffers
from marketplace.ledger.guards.postgres import CLOSE_LOCK
from marketplace.ledger.guards.sqlite import writing_roll_ups
from marketplace.ledger.kinds import REVERSED_BY
from marketplace.ledger.models import Account, Event, MonthClose, Rebuild, Transfer
from marketplace.ledger.order_counts import mark_first
from marketplace.ledger.periods import next_month
from marketplace.ledger.services.facts import SoldShare
from marketplace.provenance.models import LineOrigin

BATCH_ROWS = 500
AccountKey = tuple[str, int | None]  # kind, and whose it is; None: everybody's

_WAIT = f"""
SELECT pg_advisory_xact_lock_shared({CLOSE_LOCK}), pg_advisory_xact_lock(hashtextextended(%s, 0))
"""


def wait_for(subject: str) -> None:
    """Make postings about one thing ("order:17") wait for each other, and for a month being
    closed; SQLite's writers all wait anyway.

    Advisory locks, because locking the rows would need the right to change them.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_WAIT, [subject])


def draft_event(kind: str, reference: str, facts: dict, occurred_at: datetime, **more) -> Event:
    """An event of this kind, still to be posted. `facts` is its money and whose it is: what makes
    the same `reference` told again the same or another. Call after `wait_for`."""
    return Event(
        kind=kind,
        idempotency_key=kinds.key_of(kind, reference),
        input_hash=_hash_of(facts),
        occurred_at=occurred_at,
        day=reporting_day(occurred_at),
        **more,
    )


def recorded_as(kind: str, reference: str) -> Event | None:
    """The event of this kind that was recorded under a reference; one statement."""
    return Event.objects.filter(idempotency_key=kinds.key_of(kind, reference)).first()


_of_key = Prepared(lambda key: Event.objects.filter(idempotency_key=key))
_of_key_or_order = Prepared(
    lambda key, order_number: Event.objects.filter(
        Q(idempotency_key=key) | Q(kind=Event.Kind.SALE, order_number=order_number)
    )
)


def recorded_before(draft: Event) -> Event | None:
    """The event of the same key, in one statement. Raises ContentDiffers when it tells other
    money, AlreadySold when there is none but another sale of the same order."""
    key = draft.idempotency_key
    if draft.kind == Event.Kind.SALE:
        found = _of_key_or_order(key=key, order_number=draft.order_number)
    else:
        found = _of_key(key=key)
    by_key = {event.idempotency_key: event for event in found}
    recorded = by_key.get(key)
    if recorded and recorded.input_hash != draft.input_hash:
        raise ContentDiffers
    if by_key and not recorded:
        raise AlreadySold
    return recorded


def _hash_of(facts: dict) -> str:
    """Hash of the money of an event. Not of `occurred_at`: of a webhook and a browser's return
    that tell the same fact, the first says when."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


_latest_close = Prepared(lambda: MonthClose.objects.order_by("-month")[:1])


def reporting_day(occurred_at: datetime) -> date:
    """The Bangkok day of the fact, or the first open day when its month is closed.

    Call after `wait_for`: no month is closed then until the transaction ends.
    """
    day = thai.bangkok_day(occurred_at)
    latest = _latest_close.first()
    return max(day, next_month(latest.month)) if latest else day


_FROZEN = (
    *("pk", "line_id", "producer_id", "village_code", "amount_satang"),
    *("producer_discount_satang", "platform_discount_satang", "fee_satang", "fee_vat_satang"),
)


_origins = Prepared(
    lambda pks: LineOrigin.objects.filter(pk__in=pks).values_list(*_FROZEN, "quantity", "share_ppm")
)


def check_origins(shares: tuple[SoldShare, ...]) -> dict[int, int]:
    """Raise OriginDiffers unless each share is, column by column, the frozen one.

    Returns the pieces of each origin, in millionths.
    """
    rows = _origins(pks=[share.origin_id for share in shares]) if shares else []
    frozen = {SoldShare(*row[:-2]) for row in rows}
    if frozen != set(shares) or len(frozen) != len(shares):
        raise OriginDiffers
    return {row[0]: row[-2] * row[-1] for row in rows}


_accounts = Prepared(lambda codes: Account.objects.filter(code__in=codes))


def accounts_of(wanted: Iterable[AccountKey]) -> dict[AccountKey, Account]:
    """The accounts of these kinds and producers, made where they are missing.

    In the order of their codes: two first sales of the same two producers would otherwise wait
    for each other for ever.
    """
    keys = {f"{kind}:{pk}" if pk else str(kind): (kind, pk) for kind, pk in wanted}
    known = {account.code: account for account in _accounts(codes=sorted(keys))}
    for code in sorted(keys.keys() - known.keys()):
        kind, producer_id = keys[code]
        facts = {"kind": kind, "producer_id": producer_id}
        known[code] = Account.objects.get_or_create(code=code, defaults=facts)[0]
    return {key: known[code] for code, key in keys.items()}


def mirror_of(sold: Transfer, amount_satang: int, back: Mapping = REVERSED_BY) -> Transfer:
    """What takes back so much of a transfer: its accounts the other way round."""
    return Transfer(
        kind=back[sold.kind],
        debit_id=sold.credit_id,
        credit_id=sold.debit_id,
        amount_satang=amount_satang,
        village_code=sold.village_code,
        producer_id=sold.producer_id,
        origin_id=sold.origin_id,
        line_id=sold.line_id,
        reverses=sold,
    )


def remaining_of(event: Event, *kinds: str) -> list[tuple[Transfer, int]]:
    """Each transfer of an event with the satang not yet taken back, in the order of the event."""
    return _with_remaining(Transfer.objects.filter(event=event), kinds)


def remaining_of_order(order_number: str, *kinds: str) -> list[tuple[Transfer, int]]:
    """As `remaining_of`, of all that was posted for an order: what moved to another place too."""
    return _with_remaining(Transfer.objects.filter(event__order_number=order_number), kinds)


def _with_remaining(transfers: QuerySet, kinds: tuple[str, ...]) -> list[tuple[Transfer, int]]:
    found = transfers.filter(kind__in=kinds or REVERSED_BY, reverses=None)
    found = found.annotate(reversed=Sum("reversals__amount_satang", default=0))
    return [
        (transfer, transfer.amount_satang - transfer.reversed) for transfer in found.order_by("pk")
    ]


def balance_of(account: Account) -> int:
    """Satang credited to an account less those debited: what is owed, for a payable account."""
    credited = account.credits.aggregate(satang=Sum("amount_satang", default=0))["satang"]
    return credited - account.debits.aggregate(satang=Sum("amount_satang", default=0))["satang"]


def post(event: Event, transfers: list[Transfer]) -> Event:
    """Insert the transfers under the event's ready-made id, then the event, which seals them.

    Transfers of nothing are left out.
    """
    transfers = [transfer for transfer in transfers if transfer.amount_satang]
    if not transfers:
        raise NothingToRecord
    mark_first(transfers)
    for number, transfer in enumerate(transfers, start=1):
        transfer.event_id, transfer.number, transfer.day = event.id, number, event.day
    event.transfer_count = len(transfers)
    event.total_satang = sum(transfer.amount_satang for transfer in transfers)
    Transfer.objects.bulk_create(transfers, batch_size=BATCH_ROWS)
    with writing_roll_ups():
        event.save(force_insert=True)
    return event


def rebuild_month(month: date) -> list[str]:
    """Make the roll-ups of a month that are wrong anew from its transfers; return what was wrong, a
    line each.

    `month` is any day of it. Called twice: the second time nothing is wrong, and nothing is made.
    """
    with verification.room_for(month):
        wrong = list(verification.differences_of_roll_ups(month))
        with writing_roll_ups():
            for roll_up, rows in Counter(roll_up.table for roll_up, _line in wrong).items():
                Rebuild.objects.create(
                    month=rollup.first_of_month(month), roll_up=roll_up, differences=rows
                )
    return [line for _roll_up, line in wrong]
