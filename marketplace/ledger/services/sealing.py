"""Seal what was recorded: the worker's job, a minute apart. Postings never wait for it."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from marketplace.core import thai
from marketplace.ledger import verifier
from marketplace.ledger.models import DayRoot, Seal
from marketplace.ledger.sealing import BATCH_ROWS, facts_of, in_utc, unsealed
from marketplace.ledger.services.posting import wait_for

TURN = "ledger:seal"

LOOK_BACK = timedelta(days=1)
"""How far back the common look for unsealed events reaches; a posting lasts seconds."""


def seal_events() -> int:
    """Seal every recorded event, in order, and publish the root of each day that is over.

    Safe to repeat and to stop anywhere; two at once take turns. Returns how many were sealed.
    """
    sealed = 0
    while batch := _seal_batch():
        sealed += batch
    publish_roots()
    return sealed


def publish_roots() -> list[DayRoot]:
    """The Merkle roots of days that are over and have seals, and none yet; safe to repeat."""
    with transaction.atomic():
        wait_for(TURN)
        made = []
        while root := _next_root(thai.today()):
            root.save(force_insert=True)
            made.append(root)
        return made


def _seal_batch() -> int:
    with transaction.atomic():
        wait_for(TURN)
        latest = Seal.objects.order_by("-pk").first()
        ids = list(_waiting(latest).values_list("pk", flat=True)[:BATCH_ROWS])
        facts = facts_of(ids)
        at = max(timezone.now(), latest.sealed_at) if latest else timezone.now()
        number, chain = (latest.number, latest.chain_hash) if latest else (0, verifier.GENESIS)
        seals = []
        for event_id in ids:
            leaf = verifier.leaf_of(facts[event_id])
            number, chain = number + 1, verifier.link(chain, leaf, in_utc(at))
            seals.append(Seal(number, event_id, leaf, chain, at))
        Seal.objects.bulk_create(seals)
        return len(seals)


def _waiting(latest: Seal | None):
    """Unsealed events; all of them are looked through once a night, else those of the last day."""
    waiting = unsealed()
    if latest is None or _is_night(timezone.now()):
        return waiting
    return waiting.filter(recorded_at__gte=latest.sealed_at - LOOK_BACK)


def _is_night(now: datetime) -> bool:
    return now.astimezone(thai.BANGKOK).hour == 3


def _next_root(today: date) -> DayRoot | None:
    latest = DayRoot.objects.order_by("-day").first()
    waiting = Seal.objects.filter(pk__gt=latest.last_number if latest else 0).order_by("pk")
    first = waiting.first()
    day = first and thai.bangkok_day(first.sealed_at)
    if day is None or day >= today:
        return None
    seals = waiting.filter(sealed_at__lt=_midnight_after(day))
    leaves = list(seals.values_list("leaf_hash", flat=True))
    last = seals.last()
    return DayRoot(
        day=day,
        first_number=first.number,
        last_number=last.number,
        root_hash=verifier.merkle_root(leaves),
        chain_hash=last.chain_hash,
    )


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=thai.BANGKOK)
