"""What the tests of the provider's side share: what it holds, and what both books say of it."""

from datetime import datetime, timedelta

from django.db.models import Case, F, Sum, Value, When
from django.utils import timezone

from marketplace.core import thai
from marketplace.core.worker import run_ready_jobs
from marketplace.ledger import verification
from marketplace.ledger.models import Account, Event, Transfer
from marketplace.provenance.models import LineOrigin
from marketplace.provenance.services import freezing
from shop.parcels.services import pack_parcel, send_parcel
from shop.payments import services
from shop.payments.models import PaymentAttempt

CLEARING = Account.Kind.GATEWAY_CLEARING
NOW = timedelta(0)


def clearing_satang() -> int:
    """What the ledger says that the provider holds."""
    return account_satang(CLEARING)


def account_satang(kind: str, producer=None) -> int:
    """Debits less credits of an account; owed to somebody, it is below zero."""
    amount = F("amount_satang")
    satang = Case(
        When(debit__kind=kind, then=amount), When(credit__kind=kind, then=-amount), default=Value(0)
    )
    rows = Transfer.objects.all()
    if producer:
        rows = rows.filter(producer=producer)
    return rows.aggregate(satang=Sum(satang, default=0))["satang"]


def ledger() -> list[tuple]:
    """Every transfer: of what event, of what kind, how much."""
    return sorted(Transfer.objects.values_list("event__kind", "kind", "amount_satang"))


def books_agree(standin) -> bool:
    """Whether the ledger says that the provider holds what it holds, and finds itself in order."""
    return clearing_satang() == standin.balance_satang() and not any(verification.verify())


def turn_clock(standin, days_ago=1):
    """Let it be noon in Bangkok so many days ago at Stripe."""
    day = thai.today() - timedelta(days=days_ago)
    noon = datetime.combine(day, datetime.min.time(), tzinfo=thai.BANGKOK) + timedelta(hours=12)
    standin.store.clock_offset_seconds = round((noon - timezone.now()).total_seconds())


def dispute_it(standin, order, reason="fraudulent", **amount):
    return standin.open_dispute(order.payment_attempts.get().intent_id, reason, **amount)


def lose(standin, order, **amount) -> str:
    """Dispute an order's payment and lose it at Stripe; its id there."""
    made = dispute_it(standin, order, **amount)
    standin.end_dispute(made["id"], is_won=False)
    return made["id"]


def send(parcel) -> None:
    pack_parcel(parcel=parcel, by=None)
    send_parcel(parcel=parcel, carrier="thailand-post", tracking_number="EF582568151TH", by=None)


def events(kind: str) -> list[int]:
    """Satang of the ledger's events of a kind."""
    return sorted(Event.objects.filter(kind=kind).values_list("total_satang", flat=True))


def transfers(kind: str) -> list[tuple]:
    """What the ledger's events of a kind move: kind and satang."""
    rows = Transfer.objects.filter(event__kind=kind).order_by("event", "number")
    return list(rows.values_list("kind", "amount_satang"))


def settle_all() -> None:
    """What the worker does sooner or later, without a single event."""
    services.reconcile(waiting=NOW)
    services.look_through_account()
    run_ready_jobs()


def pay_order(standin, placement, number="4242424242424242") -> PaymentAttempt:
    """Pay an order at the stand-in and settle it; its fee is not read yet."""
    started = services.start_payment(placement)
    standin.pay(started.client_secret, number)
    return services.settle_payment(placement.order.payment_attempts.get().intent_id)


def let_pass_on(monkeypatch, *producers) -> None:
    """Freeze in orders of from now on that these producers bear their part of the fee."""
    ids = {producer.pk for producer in producers}

    class Passing:
        objects = LineOrigin.objects

        def __new__(cls, **facts):
            passes = facts["producer_id"] in ids
            return LineOrigin(**(facts | {"passes_gateway_fee": passes}))

    monkeypatch.setattr(freezing, "LineOrigin", Passing)
