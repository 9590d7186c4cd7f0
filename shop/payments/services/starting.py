"""Start to pay: one PaymentIntent for an order, asked for again as often as anybody likes."""

import logging
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from oscar.apps.order.models import Order

from marketplace.core import money
from shop.payments import gateway
from shop.payments.errors import OrderExpired, OrderSettled
from shop.payments.facts import IntentFacts
from shop.payments.gateway import Gateway
from shop.payments.models import PaymentAttempt
from shop.payments.services.settling import STATES, record_payment, settle_free_order
from shop.placing.models import Placement
from shop.placing.services import locked_placement

logger = logging.getLogger(__name__)
State = PaymentAttempt.State


@dataclass(frozen=True)
class Started:
    """A payment the shopper can make now. `client_secret` is for their page alone, never a log."""

    attempt: PaymentAttempt
    client_secret: str = field(repr=False)


def start_payment(placement: Placement, *, stripe: Gateway | None = None) -> Started:
    """Return the payment of an order that waits for one, made at Stripe if need be.

    Called again, by double clicks and in two tabs too: the same intent. An order of nothing is
    paid at once. Raises OrderSettled when there is nothing to pay any more, OrderExpired when its
    time is over, PaymentUnavailable when Stripe does not answer: the order is kept.
    """
    stripe = stripe or gateway.for_web()
    if money.to_satang(placement.order.total_incl_tax) == 0:
        settle_free_order(placement.order)
        raise OrderSettled
    attempt = open_attempt(placement.order)
    facts = ask_about(attempt, stripe)
    if facts.status == "canceled":  # somebody cancelled it at Stripe: begin another
        record_payment(attempt=attempt, facts=facts, is_live=stripe.is_live)
        attempt = open_attempt(placement.order)
        facts = ask_about(attempt, stripe)
    attempt = record_payment(attempt=attempt, facts=facts, is_live=stripe.is_live)
    if attempt.state == State.SUCCEEDED:
        raise OrderSettled
    is_over = placement.expires_at <= timezone.now() and attempt.state != State.PROCESSING
    if is_over or attempt.state == State.CANCELED:
        raise OrderExpired
    return Started(attempt, facts.client_secret)


def open_attempt(order: Order, *, at: datetime | None = None) -> PaymentAttempt:
    """Return the attempt of an unpaid order that can still be paid, written down before any call.

    `at` is the moment of asking, now unless said: a demo has a past. Raises OrderSettled or
    OrderExpired. Locks the order: nobody releases its stock meanwhile.
    """
    with transaction.atomic():
        placement = locked_placement(order)
        order = placement.order
        if placement.paid_at:
            raise OrderSettled
        if placement.released_at:
            raise OrderExpired
        attempts = list(order.payment_attempts.all())
        live = next((one for one in attempts if one.state != State.CANCELED), None)
        if live and live.state == State.SUCCEEDED:  # paid, but a person has to look at it
            raise OrderSettled
        is_unknown = live is None or live.state == State.NEW
        if is_unknown and placement.expires_at <= (at or timezone.now()):
            raise OrderExpired
        return live or PaymentAttempt.objects.create(
            order=order,
            number=len(attempts) + 1,
            amount_satang=money.to_satang(order.total_incl_tax),
        )


def ask_about(attempt: PaymentAttempt, stripe: Gateway) -> IntentFacts:
    """Ask Stripe about an attempt; make its intent first when we never heard of one.

    The key is the attempt's own, so an intent whose answer was lost is found, not made twice.
    """
    if attempt.intent_id:
        return stripe.retrieve_intent(attempt.intent_id)
    facts = stripe.create_intent(
        amount_satang=attempt.amount_satang,
        order_number=attempt.order.number,
        attempt_number=attempt.number,
        key=f"{attempt.order.number}:{attempt.number}:create",
    )
    is_waiting = STATES[facts.status] == State.AWAITING
    keep_intent(attempt, facts.id, State.AWAITING if is_waiting else State.INTENT_CREATED)
    return facts


def keep_intent(attempt: PaymentAttempt, intent_id: str, state: str = State.INTENT_CREATED) -> None:
    """Write down the intent of an attempt. Called twice, also at once: the first one stays."""
    fresh = PaymentAttempt.objects.filter(pk=attempt.pk, intent_id=None)
    if fresh.update(intent_id=intent_id, state=state):
        attempt.intent_id, attempt.state = intent_id, state
    else:
        attempt.refresh_from_db(fields=["intent_id", "state"])
