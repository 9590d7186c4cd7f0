"""Where Stripe calls: its events, and browsers that it sends back."""

import logging

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from shop.payments import gateway
from shop.payments.errors import BadWebhook, PaymentUnavailable
from shop.payments.models import PaymentAttempt
from shop.payments.queries import find_placement
from shop.payments.services import receive_event, settle_attempt

logger = logging.getLogger(__name__)
State = PaymentAttempt.State


@csrf_exempt
@require_POST
def webhook(request):
    """Keep a signed event and answer at once; a job acts on it. The body is never logged."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > gateway.LARGEST_EVENT_BYTES:
        return HttpResponse(status=413)
    try:
        facts = gateway.read_event(
            body=request.body,
            header=request.headers.get("Stripe-Signature", ""),
            secrets=settings.STRIPE_WEBHOOK_SECRETS,
        )
    except BadWebhook:
        logger.warning("event refused: %s bytes from %s", length, request.META["REMOTE_ADDR"])
        return HttpResponse(status=400)
    receive_event(facts)
    return HttpResponse(status=200)


@never_cache
@require_safe
def back_from_stripe(request, token: str):
    """Look what became of this order's payment, then go to a clean address at once.

    Only the order's own payment is asked about, whatever the query says; the query holds a secret
    that must not stay in the address.
    """
    placement = find_placement(token)
    attempt = placement.order.payment_attempts.order_by("-number").first()
    if attempt and attempt.intent_id:
        try:
            attempt = settle_attempt(attempt, stripe=gateway.for_web())
        except PaymentUnavailable:
            logger.warning("order %s: Stripe is silent at the return", placement.order_id)
    was_refused = attempt and attempt.state == State.AWAITING and attempt.decline_code
    is_open = was_refused and placement.expires_at > timezone.now()
    with translation.override(placement.language):
        response = redirect("checkout:pay" if is_open else "storefront:order", token)
    response["Referrer-Policy"] = "no-referrer"
    return response
