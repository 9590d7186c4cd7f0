"""What the tests of the provider's side share: what it holds, and what both books say of it."""

from datetime import timedelta

from django.db.models import Case, F, Sum, Value, When

from marketplace.ledger.models import Account, Transfer
from marketplace.provenance.models import LineOrigin
from marketplace.provenance.services import freezing
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
