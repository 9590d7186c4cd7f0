"""The net under everything: ask Stripe about whatever has been waiting for too long."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from shop.payments import gateway
from shop.payments.errors import PaymentRefused, PaymentUnavailable, RefundRefused
from shop.payments.gateway import Gateway
from shop.payments.models import Dispute, PaymentAttempt, Refund, StripeEvent
from shop.payments.services.disputes import record_dispute_facts, settle_dispute
from shop.payments.services.fees import read_fee
from shop.payments.services.provider_payouts import record_payout_facts
from shop.payments.services.receiving import process_event
from shop.payments.services.refunding import UNFINISHED, send_refund
from shop.payments.services.settling import record_payment
from shop.payments.services.starting import ask_about

logger = logging.getLogger(__name__)
WAITING = timedelta(minutes=3)
RECENT = timedelta(days=30)
"""How far back the account is looked through for what no event told us."""
BATCH_ROWS = 200
FeeState = PaymentAttempt.FeeState
SETTLED = (PaymentAttempt.State.SUCCEEDED, PaymentAttempt.State.CANCELED)


@dataclass(frozen=True)
class Reconciled:
    """How much was looked at, and whether Stripe fell silent before the end."""

    payments: int = 0
    paid: int = 0
    refunds: int = 0
    events: int = 0
    fees: int = 0
    is_complete: bool = True


def reconcile(*, stripe: Gateway | None = None, waiting: timedelta = WAITING) -> Reconciled:
    """Bring payments, refunds, fees and events further that have waited so long.

    With this alone, without a single event, every payment is found. Safe to repeat at any time.
    """
    stripe = stripe or gateway.for_jobs()
    before = timezone.now() - waiting
    try:
        payments, paid = _ask_about_payments(stripe, before)
        refunds = _send_refunds(stripe, before)
        fees = _read_fees(stripe, before)
    except PaymentUnavailable:
        logger.warning("reconciliation stops: Stripe is silent")
        return Reconciled(is_complete=False)
    return Reconciled(payments, paid, refunds, _process_events(before), fees)


def look_through_account(*, stripe: Gateway | None = None, recent: timedelta = RECENT) -> bool:
    """Settle disputes and transfers to our bank of which no event told us; False when Stripe fell
    silent. Safe to repeat.

    Whatever of the last 30 days Stripe lists, and every older dispute that has not ended.
    """
    stripe = stripe or gateway.for_jobs()
    since = timezone.now() - recent
    try:
        seen = _record_disputes(stripe, since)
        for stripe_id in _open_disputes(besides=seen):
            settle_dispute(stripe_id, stripe=stripe)
        for payout in stripe.list_payouts(since=since):
            record_payout_facts(payout)
    except PaymentUnavailable:
        logger.warning("the account is not looked through: Stripe is silent")
        return False
    return True


def _record_disputes(stripe: Gateway, since: datetime) -> set[str]:
    listed = list(stripe.list_disputes(since=since))
    for facts in listed:
        record_dispute_facts(facts, stripe=stripe)
    return {facts.id for facts in listed}


def _open_disputes(besides: set[str]) -> list[str]:
    unsettled = Dispute.objects.filter(settled_at=None).exclude(stripe_id__in=besides)
    return list(unsettled.order_by("asked_at").values_list("stripe_id", flat=True)[:BATCH_ROWS])


def _ask_about_payments(stripe: Gateway, before: datetime) -> tuple[int, int]:
    """Ask about open attempts, also those whose intent we never heard of."""
    waiting = PaymentAttempt.objects.filter(asked_at__lt=before).exclude(state__in=SETTLED)
    attempts = list(waiting.select_related("order").order_by("asked_at")[:BATCH_ROWS])
    paid = 0
    for attempt in attempts:
        # First of all, so that one that always fails does not stand before the others for ever.
        PaymentAttempt.objects.filter(pk=attempt.pk).update(asked_at=timezone.now())
        try:
            facts = ask_about(attempt, stripe)
        except PaymentRefused:
            logger.error("Stripe does not know payment %s", attempt.pk)
            continue
        settled = record_payment(attempt=attempt, facts=facts, is_live=stripe.is_live)
        paid += settled.state == PaymentAttempt.State.SUCCEEDED
    return len(attempts), paid


def _send_refunds(stripe: Gateway, before: datetime) -> int:
    waiting = Refund.objects.filter(state__in=UNFINISHED, asked_at__lt=before)
    ids = list(waiting.order_by("asked_at").values_list("pk", flat=True)[:BATCH_ROWS])
    for refund_id in ids:
        try:
            send_refund(refund_id, stripe=stripe)
        except RefundRefused:
            logger.error("refund %s was refused", refund_id)
    return len(ids)


def _read_fees(stripe: Gateway, before: datetime) -> int:
    """Ask what payments cost that have waited for it; how many of them are known now."""
    waiting = PaymentAttempt.objects.filter(fee_state=FeeState.WAITING, asked_at__lt=before)
    known = 0
    for attempt in list(waiting.order_by("asked_at")[:BATCH_ROWS]):
        PaymentAttempt.objects.filter(pk=attempt.pk).update(asked_at=timezone.now())
        known += read_fee(attempt, stripe=stripe).fee_state == FeeState.RECORDED
    return known


def _process_events(before: datetime) -> int:
    waiting = StripeEvent.objects.filter(state=StripeEvent.State.PENDING, received_at__lt=before)
    ids = list(waiting.order_by("received_at").values_list("pk", flat=True)[:BATCH_ROWS])
    for event_id in ids:
        process_event.call(event_id)
    return len(ids)
