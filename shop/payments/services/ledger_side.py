"""What the ledger says of movements at the provider: which of its events stand for each, and by
how much they changed its clearing account.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, F, Sum, Value, When
from django.utils import timezone

from marketplace.core import thai
from marketplace.ledger.kinds import key_of
from marketplace.ledger.models import Account, Event, Transfer
from shop.payments.models import Dispute, Movement, PaymentAttempt, ProviderDay, Refund

Kind, EventKind = Movement.Kind, Event.Kind
CLEARING = Account.Kind.GATEWAY_CLEARING
STAND_FOR = {
    EventKind.SALE: Kind.PAYMENT,  # together with the order's event of the fee
    EventKind.REFUND: Kind.REFUND,
    EventKind.DISPUTE: Kind.DISPUTE,
    EventKind.DISPUTE_WON: Kind.DISPUTE_BACK,
    EventKind.GATEWAY_PAYOUT: Kind.PAYOUT,
    EventKind.GATEWAY_PAYOUT_RETURN: Kind.PAYOUT_BACK,
}
EVENT_OF = {movement: event for event, movement in STAND_FOR.items()}


@dataclass(frozen=True)
class Told:
    """By how many satang a movement changed what the provider holds, and when."""

    satang: int
    at: datetime


def told_by_ledger(movements: Iterable[Movement]) -> dict[int, Told]:
    """What the ledger says of each movement, by its id; those it does not know are left out."""
    movement_of = _events_of(movements)
    moved = _clearing_of(movement_of)
    told = {}
    for event, pk in movement_of.items():
        before = told.get(pk)
        at = before.at if before else event.occurred_at
        told[pk] = Told(moved[event.pk] + (before.satang if before else 0), at)
    return told


def _events_of(movements: Iterable[Movement]) -> dict[Event, int]:
    """The events that stand for these movements, each with its movement's id; sales come first."""
    keys = _event_keys(movements)
    events = Event.objects.filter(idempotency_key__in=keys, kind__in=STAND_FOR)
    movement_of = {event: keys[event.idempotency_key] for event in events}
    sold = {one.order_number: pk for one, pk in movement_of.items() if one.kind == EventKind.SALE}
    fees = Event.objects.filter(kind=EventKind.GATEWAY_FEE, order_number__in=sold)
    return movement_of | {fee: sold[fee.order_number] for fee in fees}


def events_of(movement: Movement) -> list[tuple[Event, int]]:
    """The ledger's events of a movement, each with the satang it brought at the provider."""
    events = list(_events_of([movement]))
    moved = _clearing_of(events)
    return [(event, moved[event.pk]) for event in sorted(events, key=lambda one: one.occurred_at)]


def _event_keys(movements: Iterable[Movement]) -> dict[str, int]:
    """The key of the event that stands for each movement, with the movement's id."""
    movements = list(movements)
    charges = [one.reference for one in movements if one.kind == Kind.PAYMENT]
    attempts = PaymentAttempt.objects.filter(charge_id__in=charges)
    intents = dict(attempts.values_list("charge_id", "intent_id"))
    keys = {}
    for one in movements:
        event = EVENT_OF.get(one.kind)
        if event:
            known_as = intents.get(one.reference, one.reference)  # a sale goes by its intent
            keys[key_of(event, known_as)] = one.pk
    return keys


def _clearing_of(events: Iterable[Event]) -> dict:
    """Satang that each event brought into the clearing account, by its id."""
    amount = F("amount_satang")
    satang = Case(
        When(debit__kind=CLEARING, then=amount),
        When(credit__kind=CLEARING, then=-amount),
        default=Value(0),
    )
    sums = Transfer.objects.filter(event__in=[event.pk for event in events]).values("event")
    return dict(sums.annotate(satang=Sum(satang)).order_by().values_list("event", "satang"))


def find_movements(day: date) -> set[int]:
    """Ids of the movements that the ledger's events of a day stand for.

    One that the provider's book knows nothing of is made here, if the day it happened on was
    listed: before the first such day nothing can be missing.
    """
    listed = set(ProviderDay.objects.values_list("day", flat=True))
    events = Event.objects.filter(day=day, kind__in=STAND_FOR)
    named = _named(one for one in events if thai.bangkok_day(one.occurred_at) in listed)
    known = Movement.objects.filter(reference__in={reference for _, reference in named})
    found = {(one.kind, one.reference): one.pk for one in known}
    return {found.get(name) or _make(name, event) for name, event in named.items()}


def _named(events: Iterable[Event]) -> dict[tuple[str, str], Event]:
    """Events by the kind and reference of their movement: a sale's is that of its charge."""
    events = list(events)
    intents = [one.provider_reference for one in events if one.kind == EventKind.SALE]
    attempts = PaymentAttempt.objects.filter(intent_id__in=intents).exclude(charge_id="")
    charges = dict(attempts.values_list("intent_id", "charge_id"))
    return {
        (STAND_FOR[one.kind], charges.get(one.provider_reference, one.provider_reference)): one
        for one in events
    }


def _make(name: tuple[str, str], event: Event) -> int:
    unknown = {
        "result": Movement.Result.MISSING_THERE,  # until it is compared
        "ledger_satang": 0,
        "value_satang": 0,
        "happened_at": event.occurred_at,
        "compared_at": timezone.now(),
    }
    kind, reference = name
    made, _ = Movement.objects.get_or_create(kind=kind, reference=reference, defaults=unknown)
    return made.pk


def name_orders(movements: Iterable[Movement]) -> None:
    """Say of each movement which order it is about, as far as our own rows know it."""
    rows = {
        Kind.PAYMENT: (PaymentAttempt, "charge_id"),
        Kind.REFUND: (Refund, "stripe_id"),
        Kind.DISPUTE: (Dispute, "stripe_id"),
        Kind.DISPUTE_BACK: (Dispute, "stripe_id"),
    }
    for kind, (model, field) in rows.items():
        mine = {one.reference: one for one in movements if one.kind == kind}
        known = model.objects.filter(**{f"{field}__in": mine}) if mine else model.objects.none()
        for reference, order_id in known.values_list(field, "order"):
            mine[reference].order_id = order_id
