"""Take in events of Stripe: kept once, answered at once, acted on by a job.

An event is a hint. Which payment it is about is read from it; what happened is asked of Stripe.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from shop.payments import gateway
from shop.payments.facts import EventFacts
from shop.payments.models import PaymentAttempt, StripeEvent
from shop.payments.services.disputes import settle_dispute
from shop.payments.services.fees import read_fee
from shop.payments.services.provider_payouts import settle_provider_payout
from shop.payments.services.refunding import settle_refund
from shop.payments.services.settling import settle_payment

logger = logging.getLogger(__name__)
State = StripeEvent.State
FEE_IS_KNOWN = "charge.updated"
MOST_TRIES = 10
PAYLOAD_KEPT = timedelta(days=90)


def receive_event(facts: EventFacts) -> bool:
    """Keep an event and ask for it to be acted on; False when it had come before."""
    if facts.api_version != settings.STRIPE_API_VERSION:
        logger.error("event %s speaks API version %s", facts.id, facts.api_version)
    try:
        with transaction.atomic():
            StripeEvent(
                id=facts.id,
                type=facts.type[:100],
                object_id=facts.object_id,
                intent_id=facts.intent_id,
                created_at=facts.created_at,
                api_version=facts.api_version[:64],
                livemode=facts.livemode,
                payload=facts.payload,
            ).save(force_insert=True)
            process_event.enqueue(facts.id)
    except IntegrityError:
        return False
    return True


@task(priority=10)
def process_event(event_id: str) -> None:
    """Act on an event; one that fails is tried again by the reconciler, ten times in all."""
    event = StripeEvent.objects.filter(pk=event_id, state=State.PENDING).first()
    if event is None:
        return
    try:
        _act_on(event)
    except Exception:  # the outermost loop of a job: the event must not be lost
        logger.exception("event %s (%s) failed", event.id, event.type)
        _count_failure(event)
    else:
        StripeEvent.objects.filter(pk=event_id).update(state=State.DONE, tries=F("tries") + 1)


def _act_on(event: StripeEvent) -> None:
    stripe = gateway.for_jobs()
    if event.livemode != stripe.is_live:
        logger.warning("event %s is of the other mode", event.id)
        return
    if event.type.startswith("charge.dispute."):
        settle_dispute(event.object_id, stripe=stripe)
    elif event.type.startswith("payout."):
        settle_provider_payout(event.object_id, stripe=stripe)
    elif event.type.startswith("refund."):
        if PaymentAttempt.objects.filter(intent_id=event.intent_id).exists():
            settle_refund(event.object_id, stripe=stripe)
    elif event.intent_id:
        attempt = settle_payment(event.intent_id, stripe=stripe)
        if attempt and event.type == FEE_IS_KNOWN:
            read_fee(attempt, stripe=stripe)


def _count_failure(event: StripeEvent) -> None:
    tries = event.tries + 1
    state = State.FAILED if tries >= MOST_TRIES else State.PENDING
    StripeEvent.objects.filter(pk=event.pk).update(tries=tries, state=state)
    if state == State.FAILED:
        logger.critical("event %s is given up after %s tries", event.id, tries)


def forget_payloads() -> int:
    """Empty the payloads of events of 90 days ago; their ids stay."""
    old = StripeEvent.objects.filter(received_at__lt=timezone.now() - PAYLOAD_KEPT)
    return old.exclude(payload={}).update(payload={})
