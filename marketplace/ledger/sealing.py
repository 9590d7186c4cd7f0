"""What of an event is sealed, and what an outsider is given to check it (`verifier.py`).

Everything counts that a report may say because of it: the event, its transfers, their accounts,
and the origins that were frozen when the order was placed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import Subquery

from marketplace.ledger import verifier
from marketplace.ledger.models import Account, DayRoot, Event, Seal, Transfer
from marketplace.provenance.models import LineOrigin, OriginGroup

BATCH_ROWS = 500
HEADER = ("id", "kind", "day", "order_number", "total_satang")


def facts_of(event_ids: Iterable[UUID]) -> dict[UUID, dict]:
    """What is sealed of each event, in values that JSON knows; five statements for all."""
    events = list(Event.objects.filter(pk__in=event_ids).values())
    ids = [event["id"] for event in events]
    transfers = list(Transfer.objects.filter(event__in=ids).order_by("event", "number").values())
    accounts = _accounts({t[side] for t in transfers for side in ("debit_id", "credit_id")})
    origins = _origins({t["origin_id"] for t in transfers} - {None})
    parts = defaultdict(list)
    for transfer in transfers:
        event_id = transfer.pop("event_id")
        for side in ("debit", "credit"):
            transfer[side] = accounts.get(transfer[f"{side}_id"])
        transfer["origin"] = origins.get(transfer["origin_id"])
        parts[event_id].append(_plain(transfer))
    return {event["id"]: _facts(event, parts[event["id"]]) for event in events}


def _facts(event: dict, transfers: list[dict]) -> dict:
    event = _plain(event)
    header = {name: event[name] for name in HEADER}
    return {"header": header, "details": {"event": event, "transfers": transfers}}


def _accounts(ids: set[int]) -> dict[int, dict]:
    return {row["id"]: row for row in Account.objects.filter(pk__in=ids).values()}


def _origins(ids: set[int]) -> dict[int, dict]:
    groups = defaultdict(list)
    rows = OriginGroup.objects.filter(origin__in=ids).order_by("kind", "code")
    for origin_id, kind, code in rows.values_list("origin", "kind", "code"):
        groups[origin_id].append(f"{kind} {code}")
    found = LineOrigin.objects.filter(pk__in=ids).values()
    return {row["id"]: row | {"groups": groups[row["id"]]} for row in found}


def _plain(value):
    """The same value in JSON's words: instants in UTC, ids and days as text."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, datetime):
        return in_utc(value)
    if isinstance(value, date | UUID):
        return str(value)
    return value


def export_rows() -> Iterator[dict]:
    """The sealed ledger for `verifier.py`: every seal in order, what has none, every day's root.

    Read in batches of 500: nothing grows with the ledger.
    """
    number = 0
    while seals := list(Seal.objects.filter(pk__gt=number).order_by("pk")[:BATCH_ROWS]):
        facts = facts_of([seal.event_id for seal in seals])
        yield from (_seal_row(seal, facts.get(seal.event_id)) for seal in seals)
        number = seals[-1].pk
    for event_id in unsealed().values_list("pk", flat=True).iterator():
        yield {"row": "unsealed", "event": str(event_id)}
    for root in DayRoot.objects.iterator():
        yield {"row": "root", **public_root(root)}


def public_root(root: DayRoot) -> dict:
    """A day's root as it is published, and as the verifier compares it."""
    return {
        "day": str(root.day),
        "first_number": root.first_number,
        "last_number": root.last_number,
        "root_hash": root.root_hash,
        "chain_hash": root.chain_hash,
    }


def in_utc(instant: datetime) -> str:
    """An instant as it is hashed."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def unsealed():
    """Events that have no seal yet, the oldest first."""
    return Event.objects.filter(seal=None).order_by("recorded_at", "pk")


def _seal_row(seal: Seal, facts: dict | None) -> dict:
    return {
        "row": "seal",
        "number": seal.number,
        "leaf_hash": seal.leaf_hash,
        "chain_hash": seal.chain_hash,
        "sealed_at": _plain(seal.sealed_at),
        "facts": facts,  # None: the event is gone
    }


def has_proof(order_number: str) -> bool:
    """Whether the sale of an order lies under the root of a day that is over; one statement."""
    last = DayRoot.objects.order_by("-last_number").values("last_number")[:1]
    sales = Event.objects.filter(order_number=order_number, kind=Event.Kind.SALE)
    return sales.filter(seal__number__lte=Subquery(last)).exists()


def proof_of_sale(order_number: str) -> dict | None:
    """The proof of the sale of an order; None until it is paid and the day of its seal is over."""
    sale = Event.objects.filter(order_number=order_number, kind=Event.Kind.SALE).first()
    return proof_of(sale) if sale else None


def proof_of(event: Event) -> dict | None:
    """What lets anyone check that an event lies under its day's root; None until there is one.

    At most 2 kB: it names the day, the order and the total, and hides the rest behind a hash.
    """
    seal = Seal.objects.filter(event=event).first()
    root = (
        seal
        and DayRoot.objects.filter(
            first_number__lte=seal.number, last_number__gte=seal.number
        ).first()
    )
    if not root:
        return None
    numbers = (root.first_number, root.last_number)
    leaves = Seal.objects.filter(pk__range=numbers).order_by("pk")
    facts = facts_of([event.pk])[event.pk]
    return {
        "header": facts["header"],
        "details_hash": verifier.digest(verifier.canonical(facts["details"])),
        "path": verifier.merkle_path(
            list(leaves.values_list("leaf_hash", flat=True)), seal.number - root.first_number
        ),
        "day": str(root.day),
        "root_hash": root.root_hash,
    }
