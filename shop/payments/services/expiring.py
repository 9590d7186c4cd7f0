"""Give up orders that were not paid in time: at Stripe first, then their stock."""

import logging

from django.db import transaction
from django.utils import timezone
from oscar.apps.order.models import Order

from shop.payments import gateway
from shop.payments.errors import PaymentRefused, PaymentUnavailable
from shop.payments.gateway import Gateway
from shop.payments.mails import owe_mail
from shop.payments.models import OrderMail, PaymentAttempt
from shop.payments.services.settling import record_payment
from shop.payments.services.starting import ask_about
from shop.placing.models import Placement
from shop.placing.services import cancel_unpaid

logger = logging.getLogger(__name__)
State = PaymentAttempt.State
MOST_SILENCES = 3
"""When Stripe was silent so many times, the rest waits for the next round."""


def expire_unpaid_orders(*, stripe: Gateway | None = None) -> int:
    """Give up every order whose time to pay is over; return how many were.

    An order that turns out to be paid becomes paid instead; one whose payment is with the bank, or
    of which Stripe does not answer, waits for the next round. Safe to repeat and to run twice.
    """
    stripe = stripe or gateway.for_jobs()
    given_up = silences = 0
    for order_id in _overdue():
        try:
            given_up += give_up(Order.objects.get(pk=order_id), stripe)
        except PaymentRefused:
            logger.error("order %s cannot be given up: Stripe does not know it", order_id)
        except PaymentUnavailable:
            silences += 1
            logger.warning("order %s cannot be given up yet: Stripe is silent", order_id)
            if silences == MOST_SILENCES:
                break
    return given_up


def _overdue() -> list[int]:
    """Ids of orders past their time; not those whose money has come and waits for a person."""
    paid = PaymentAttempt.objects.filter(state=State.SUCCEEDED).values("order")
    overdue = Placement.objects.filter(
        expires_at__lte=timezone.now(), paid_at=None, released_at=None
    ).exclude(order__in=paid)
    return list(overdue.order_by("pk").values_list("order_id", flat=True))


def give_up(order: Order, stripe: Gateway) -> bool:
    """Cancel an order's payment at Stripe, then release its stock; True if that was done."""
    for attempt in order.payment_attempts.exclude(state=State.CANCELED):
        attempt.order = order
        if not _is_cancelled(attempt, stripe):
            return False
    return _release(order)


def _is_cancelled(attempt: PaymentAttempt, stripe: Gateway) -> bool:
    """Whether Stripe says that nothing can be paid any more; what it says else is recorded."""
    try:
        facts = ask_about(attempt, stripe)
    except PaymentRefused:
        if attempt.intent_id:
            raise
        return _abandon(attempt)
    if facts.status not in ("canceled", "succeeded"):
        facts = stripe.cancel_intent(facts.id)
    attempt = record_payment(attempt=attempt, facts=facts, is_live=stripe.is_live)
    return attempt.state == State.CANCELED


def _abandon(attempt: PaymentAttempt) -> bool:
    """Close an attempt of which Stripe would not even make an intent."""
    fresh = PaymentAttempt.objects.filter(pk=attempt.pk, state=State.NEW, intent_id=None)
    return fresh.update(state=State.CANCELED, settled_at=timezone.now()) == 1


def _release(order: Order) -> bool:
    """Release the stock unless somebody began to pay anew a moment ago."""
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order.pk)
        if order.payment_attempts.exclude(state=State.CANCELED).exists():
            return False
        if order.placement.paid_at or not cancel_unpaid(order):
            return False
        owe_mail(order, OrderMail.Kind.CANCELLED)
    logger.info("order %s is given up unpaid", order.pk)
    return True
