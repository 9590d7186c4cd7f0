"""Settle a payment: the one way in which an order becomes paid.

Webhook, browser and reconciler all come here, in any order and at once. They bring no facts, only
the id of a payment: what happened is asked of Stripe, then written under a lock.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from oscar.apps.order.models import Order

from marketplace.core import money
from marketplace.ledger.errors import LedgerError
from marketplace.ledger.services import Sale, SoldDelivery, SoldShare, record_sale
from marketplace.provenance.models import LineOrigin
from shop.payments import gateway
from shop.payments.facts import IntentFacts
from shop.payments.gateway import CURRENCY, Gateway
from shop.payments.mails import owe_mail
from shop.payments.models import Attention, OrderMail, PaymentAttempt
from shop.payments.services.attention import note_attention
from shop.payments.services.refunding import give_back_late
from shop.placing.errors import OrderIsReleased
from shop.placing.services import mark_paid

logger = logging.getLogger(__name__)
State = PaymentAttempt.State
STATES = {
    "requires_payment_method": State.AWAITING,
    "requires_confirmation": State.AWAITING,
    "requires_action": State.AWAITING,
    "processing": State.PROCESSING,
    "succeeded": State.SUCCEEDED,
    "canceled": State.CANCELED,
}


def settle_payment(intent_id: str, *, stripe: Gateway | None = None) -> PaymentAttempt | None:
    """Make an order's state agree with what Stripe says of its payment.

    Called by webhook, browser and reconciler, in any order, any number of times, at once: one
    paid order, one ledger event, one mail. Returns the attempt, or None when the intent is none
    of ours. Raises PaymentUnavailable when Stripe does not answer; nothing has changed then.
    """
    attempt = PaymentAttempt.objects.filter(intent_id=intent_id).first()
    if attempt is None:
        logger.info("payment %s is none of ours", intent_id)
        return None
    return settle_attempt(attempt, stripe=stripe)


def settle_attempt(attempt: PaymentAttempt, *, stripe: Gateway | None = None) -> PaymentAttempt:
    """As `settle_payment`, for an attempt of ours that has an intent."""
    if attempt.state == State.SUCCEEDED:
        return attempt
    stripe = stripe or gateway.for_jobs()
    facts = stripe.retrieve_intent(attempt.intent_id)
    return record_payment(attempt=attempt, facts=facts, is_live=stripe.is_live)


def record_payment(
    *, attempt: PaymentAttempt, facts: IntentFacts, is_live: bool = False, with_mail: bool = True
) -> PaymentAttempt:
    """Write down what Stripe says of an attempt: all that follows from it, or nothing.

    Money is accepted only as the order's whole total, in baht, of this payment; anything else is
    kept for a person to look at and pays nothing. Money for an order that was given up goes back.
    A payment that succeeded never changes again, whatever comes later. Returns the attempt anew;
    an unfinished one of which Stripe says nothing new is neither locked nor written.
    """
    if _is_known(attempt, facts):
        return attempt
    try:
        with transaction.atomic():
            return _recorded(attempt, facts, is_live, with_mail)
    except LedgerError:
        # Money has come and our own figures disagree: never lose it, never guess.
        logger.exception("payment %s of order %s: the ledger refused", facts.id, attempt.order_id)
        with transaction.atomic():
            attempt = locked_attempt(attempt)
            note_attention(attempt.order, Attention.Reason.LEDGER, facts.id)
            return _succeed(attempt, facts)


def _is_known(attempt: PaymentAttempt, facts: IntentFacts) -> bool:
    is_unfinished = attempt.state in (State.AWAITING, State.PROCESSING)
    told = (STATES[facts.status], facts.decline_code[:64])
    return is_unfinished and (attempt.state, attempt.decline_code) == told


def _recorded(
    attempt: PaymentAttempt, facts: IntentFacts, is_live: bool, with_mail: bool
) -> PaymentAttempt:
    attempt = locked_attempt(attempt)
    if attempt.state == State.SUCCEEDED:
        return attempt
    if facts.status != "succeeded":
        return _move(attempt, facts)
    problem = _problem(attempt, facts, is_live)
    if problem:
        logger.error("payment %s of order %s: wrong %s", facts.id, attempt.order_id, problem)
        note_attention(attempt.order, problem, facts.id)
    elif attempt.state == State.CANCELED:
        give_back_late(attempt, facts.received_satang)
        return attempt
    else:
        _pay(attempt, facts, with_mail)
    return _succeed(attempt, facts)


def locked_attempt(attempt: PaymentAttempt) -> PaymentAttempt:
    """Lock the order, then its attempt: everything about an order's money waits here."""
    rows = PaymentAttempt.objects.select_related("order")
    return rows.select_for_update(of=("order", "self")).get(pk=attempt.pk)


def _problem(attempt: PaymentAttempt, facts: IntentFacts, is_live: bool) -> str:
    """Say why this money does not pay this order; empty when it does."""
    checks = {
        Attention.Reason.ORDER: facts.id == attempt.intent_id
        and facts.order_number == attempt.order.number,
        Attention.Reason.AMOUNT: facts.received_satang
        == attempt.amount_satang
        == money.to_satang(attempt.order.total_incl_tax),
        Attention.Reason.CURRENCY: facts.currency == CURRENCY,
        Attention.Reason.LIVEMODE: facts.livemode == is_live,
    }
    return next((reason for reason, is_right in checks.items() if not is_right), "")


def _move(attempt: PaymentAttempt, facts: IntentFacts) -> PaymentAttempt:
    """Follow an unfinished payment. A cancelled one stays so; a bank may hand back a card."""
    if attempt.state == State.CANCELED:
        return attempt
    attempt.state = STATES[facts.status]
    attempt.decline_code = facts.decline_code[:64]
    attempt.asked_at = timezone.now()
    attempt.settled_at = timezone.now() if attempt.state == State.CANCELED else None
    attempt.save(update_fields=["state", "decline_code", "asked_at", "settled_at"])
    return attempt


def _succeed(attempt: PaymentAttempt, facts: IntentFacts) -> PaymentAttempt:
    attempt.state = State.SUCCEEDED
    attempt.charge_id = facts.charge_id
    attempt.decline_code = ""
    attempt.asked_at = timezone.now()
    attempt.settled_at = facts.paid_at
    changed = ("state", "charge_id", "fee_state", "decline_code", "asked_at", "settled_at")
    attempt.save(update_fields=changed)
    return attempt


def _pay(attempt: PaymentAttempt, facts: IntentFacts, with_mail: bool) -> None:
    """Make the order paid and its villages richer, in the same breath."""
    try:
        mark_paid(attempt.order, at=facts.paid_at)
    except OrderIsReleased:
        give_back_late(attempt, facts.received_satang)
        return
    record_sale(_sale(attempt.order, facts))
    if facts.charge_id:  # its entry in Stripe's book says the fee
        attempt.fee_state = PaymentAttempt.FeeState.WAITING
    if with_mail:
        owe_mail(attempt.order, OrderMail.Kind.PAID)
    logger.info("order %s is paid by %s", attempt.order_id, facts.id)


_FROZEN = (
    *("pk", "line_id", "producer_id", "village_code", "amount_satang"),
    *("producer_discount_satang", "platform_discount_satang", "fee_satang", "fee_vat_satang"),
)
"""Columns of a line's origin in the order of the fields of SoldShare."""


def _sale(order: Order, facts: IntentFacts) -> Sale:
    shares = LineOrigin.objects.filter(line__order=order).order_by("pk").values_list(*_FROZEN)
    delivery = order.parcels.values_list("producer_id", "fee_satang", "village_code")
    return Sale(
        order_number=order.number,
        payment_reference=facts.id,
        occurred_at=facts.paid_at,
        captured_satang=facts.received_satang,
        shares=tuple(SoldShare(*share) for share in shares),
        delivery=tuple(SoldDelivery(*part) for part in delivery),
    )


def settle_free_order(order: Order, *, at: datetime | None = None) -> bool:
    """Make an order that costs nothing paid without Stripe; True if this call did it.

    There is no income to record. Raises OrderIsReleased when it was given up.
    """
    with transaction.atomic():
        is_new = mark_paid(order, at=at)
        owe_mail(order, OrderMail.Kind.PAID)
    return is_new
