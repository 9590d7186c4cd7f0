"""Hold the provider's book against the ledger's clearing account, movement by movement.

Both say by how much each movement changed what the provider holds of our money. Nothing is
corrected here: what differs for two days needs a person.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, Max, Min, OuterRef, QuerySet, Sum, Value
from django.db.models.functions import Concat
from django.utils import timezone

from shop.payments import gateway
from shop.payments.errors import PaymentUnavailable
from shop.payments.gateway import CURRENCY, Gateway
from shop.payments.models import Attention, Movement, ProviderEntry
from shop.payments.services.attention import let_rest, note_attention
from shop.payments.services.ledger_side import (
    Told,
    find_movements,
    name_orders,
    told_by_ledger,
)
from shop.payments.services.listing import days_to_list, list_day

logger = logging.getLogger(__name__)
Result = Movement.Result
PATIENCE = timedelta(hours=48)
"""How long two books may differ before a person is asked: one of them may only be late."""
BATCH_ROWS = 500
MOST_NOTED = 200


@dataclass(frozen=True)
class Compared:
    """How many days were listed and movements compared, and what still differs of all."""

    days: int = 0
    movements: int = 0
    unmatched: int = 0
    is_complete: bool = True


def compare_books(*, stripe: Gateway | None = None, since: date | None = None) -> Compared:
    """List the provider's book up to yesterday and compare it with the ledger's. Comes round.

    What did not match before is compared again. Days that Stripe was silent about are listed the
    next time. Safe to repeat.
    """
    stripe = stripe or gateway.for_jobs()
    ids, days, is_complete = set(), 0, True
    try:
        for day in days_to_list(since):
            ids |= list_day(day, stripe=stripe) | find_movements(day)
            days += 1
    except PaymentUnavailable:
        logger.warning("the provider's book is not listed to its end: Stripe is silent")
        is_complete = False
    ids |= set(_unmatched().values_list("pk", flat=True))
    compare(ids)
    _ask_people()
    return Compared(days, len(ids), _unmatched().count(), is_complete)


def compare(movement_ids: Iterable[int]) -> None:
    """Say of each of these movements anew whether both books agree."""
    ids = sorted(movement_ids)
    for start in range(0, len(ids), BATCH_ROWS):
        movements = list(Movement.objects.filter(pk__in=ids[start : start + BATCH_ROWS]))
        ledger, provider = told_by_ledger(movements), _told_by_provider(movements)
        for movement in movements:
            _judge(movement, provider.get(movement.pk), ledger.get(movement.pk))
        name_orders(movements)
        Movement.objects.bulk_update(movements, _JUDGED)
        matched = [one.name for one in movements if one.result == Result.MATCHED]
        let_rest(Attention.Reason.UNMATCHED, matched)


_JUDGED = (
    *("result", "provider_satang", "ledger_satang", "value_satang", "happened_at"),
    *("compared_at", "order"),
)


@dataclass(frozen=True)
class _Entries:
    satang: int
    is_baht: bool
    at: datetime


def _told_by_provider(movements: list[Movement]) -> dict[int, _Entries]:
    sums = ProviderEntry.objects.filter(movement__in=movements).values("movement").order_by()
    sums = sums.annotate(
        satang=Sum("net_satang"), at=Min("created_at"), low=Min("currency"), high=Max("currency")
    )
    return {
        row["movement"]: _Entries(row["satang"], row["low"] == row["high"] == CURRENCY, row["at"])
        for row in sums
    }


def _judge(movement: Movement, provider: _Entries | None, ledger: Told | None) -> None:
    if ledger is None and provider and _came_to_nothing(movement, provider):
        ledger = Told(0, provider.at)
    movement.provider_satang = provider.satang if provider else None
    movement.ledger_satang = ledger.satang if ledger else None
    movement.result = _result(provider, ledger)
    sides = [movement.provider_satang or 0, movement.ledger_satang or 0]
    movement.value_satang = max(abs(satang) for satang in sides)
    movement.happened_at = (provider or ledger).at  # one of them knows it, or it were not here
    movement.compared_at = timezone.now()


def _came_to_nothing(movement: Movement, provider: _Entries) -> bool:
    """Whether it is a refund that failed before it succeeded: no event of ours tells of it."""
    return movement.kind == Movement.Kind.REFUND and provider.is_baht and provider.satang == 0


def _result(provider: _Entries | None, ledger: Told | None) -> str:
    if provider is None:
        return Result.MISSING_THERE
    if not provider.is_baht:
        return Result.CURRENCY
    if ledger is None:
        return Result.MISSING_HERE
    return Result.MATCHED if provider.satang == ledger.satang else Result.AMOUNT


def _unmatched() -> QuerySet[Movement]:
    return Movement.objects.exclude(result=Result.MATCHED)


def _ask_people() -> None:
    """Let finance look at what has differed for two days, the oldest that nobody knows of first."""
    noted = Attention.objects.filter(
        reason=Attention.Reason.UNMATCHED, reference=OuterRef("called")
    )
    known = noted.exclude(resolved_at__isnull=False, resolved_by=None)
    late = _unmatched().filter(happened_at__lt=timezone.now() - PATIENCE)
    late = late.annotate(called=Concat("kind", Value(":"), "reference")).exclude(Exists(known))
    for movement in late.select_related("order").order_by("happened_at")[:MOST_NOTED]:
        note_attention(movement.order, Attention.Reason.UNMATCHED, movement.name)
