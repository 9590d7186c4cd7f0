"""Store the provider's own book day by day, each entry once and as it came."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from marketplace.core import thai
from shop.payments.facts import EntryFacts
from shop.payments.gateway import Gateway
from shop.payments.models import Movement, ProviderDay, ProviderEntry

Kind = Movement.Kind
AGAIN = 2
"""How many days that were listed before are listed again, for entries that came late."""
BATCH_ROWS = 100
KINDS = {
    "charge": Kind.PAYMENT,
    "refund": Kind.REFUND,
    "refund_failure": Kind.REFUND,  # the same refund, taken back: together they moved nothing
    "dispute": Kind.DISPUTE,
    "dispute_reversal": Kind.DISPUTE_BACK,
    "payout": Kind.PAYOUT,
    "payout_reversal": Kind.PAYOUT_BACK,
}
"""What each reporting category of Stripe's is a movement of; all else is something else."""


def days_to_list(since: date | None = None) -> list[date]:
    """The whole days not listed yet, the last two of those that were, and all from `since` on."""
    yesterday = thai.today() - timedelta(days=1)
    listed = list(ProviderDay.objects.order_by("day").values_list("day", flat=True))
    first = min([*listed[:1], since or yesterday, yesterday])
    days = [first + timedelta(days=number) for number in range((yesterday - first).days + 1)]
    done = {day for day in listed[:-AGAIN] if since is None or day < since}
    return [day for day in days if day not in done]


def list_day(day: date, *, stripe: Gateway) -> set[int]:
    """Store the entries of a Bangkok day; returns the ids of the movements they belong to.

    Called again: nothing is stored twice. Raises PaymentUnavailable when Stripe falls silent: the
    whole day is listed again then.
    """
    begin = datetime.combine(day, datetime.min.time(), tzinfo=thai.BANGKOK)
    entries = list(stripe.list_balance_transactions(since=begin, until=begin + timedelta(days=1)))
    movements = keep_entries(entries)
    facts = {"entries": len(entries), "listed_at": timezone.now()}
    ProviderDay.objects.update_or_create(day=day, defaults=facts)
    return movements


def keep_entries(entries: Iterable[EntryFacts]) -> set[int]:
    """Store entries of the provider's book once each; returns the ids of their movements."""
    entries = list(entries)
    found = set()
    for start in range(0, len(entries), BATCH_ROWS):
        batch = entries[start : start + BATCH_ROWS]
        known = dict(
            ProviderEntry.objects.filter(provider_id__in=[one.id for one in batch]).values_list(
                "provider_id", "movement"
            )
        )
        fresh = [entry for entry in batch if entry.id not in known]
        with transaction.atomic():
            rows = [_row(entry) for entry in fresh]
            # Another worker may have just stored the same ones, of the same movements.
            ProviderEntry.objects.bulk_create(rows, ignore_conflicts=True)
        found |= {*known.values(), *(row.movement_id for row in rows)}
    return found


def _row(entry: EntryFacts) -> ProviderEntry:
    kind, reference = _name(entry)
    unknown = {
        "result": Movement.Result.MISSING_HERE,  # until it is compared
        "provider_satang": entry.net_satang,
        "value_satang": abs(entry.net_satang),
        "happened_at": entry.created_at,
        "compared_at": timezone.now(),
    }
    names = {"kind": kind, "reference": reference}
    movement, _ = Movement.objects.get_or_create(**names, defaults=unknown)
    return ProviderEntry(
        provider_id=entry.id,
        movement=movement,
        type=entry.type[:64],
        category=entry.category[:64],
        source_id=entry.source_id,
        amount_satang=entry.amount_satang,
        fee_satang=entry.fee_satang,
        net_satang=entry.net_satang,
        currency=entry.currency,
        created_at=entry.created_at,
        payload=entry.payload,
    )


def _name(entry: EntryFacts) -> tuple[str, str]:
    """Which movement an entry belongs to: entries of the same one add up."""
    kind = KINDS.get(entry.category) if entry.source_id else None
    return (kind, entry.source_id) if kind else (Kind.OTHER, entry.id)
