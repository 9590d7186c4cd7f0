"""Step 3: the page where the card is entered, in a frame that is not ours."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh

from shop.checkout.views import steps
from shop.payments import declines
from shop.payments.errors import OrderExpired, OrderSettled, PaymentUnavailable
from shop.payments.models import PaymentAttempt
from shop.payments.policy import with_stripe_policy
from shop.payments.queries import PaymentStage, find_placement, stage_of
from shop.payments.services import Started, start_payment
from shop.placing.models import Placement
from shop.placing.queries import summarise_order


@never_cache
@require_safe
@with_stripe_policy
def pay(request, token: str):
    """Show the card fields of an order that waits for payment; where it does not, say why.

    The secret of the payment is shown to whoever holds the order's link, and to nobody else.
    """
    placement = find_placement(token)
    try:
        started = start_payment(placement)
    except OrderSettled:
        return redirect("storefront:order", token)
    except OrderExpired as refusal:
        return _page(request, placement, status=410, refusal=refusal, is_over=True)
    except PaymentUnavailable as refusal:
        return _page(request, placement, status=503, refusal=refusal)
    if started.attempt.state == PaymentAttempt.State.PROCESSING:
        return redirect("storefront:order", token)
    return _page(request, placement, status=200, **_entry(placement, started))


def _entry(placement: Placement, started: Started) -> dict:
    return {
        "entry": {
            "key": settings.STRIPE_PUBLISHABLE_KEY,
            "clientSecret": started.client_secret,
            "returnPath": reverse("payments:return", args=[placement.token]),
            "locale": get_language(),
            "declines": declines.all_texts(),
        },
        "decline": declines.text_for(started.attempt.decline_code),
    }


def _page(request, placement: Placement, *, status: int, **context):
    context |= {
        "order": summarise_order(placement),
        "steps": steps(2),
        "stripe_js_url": settings.STRIPE_JS_URL,
    }
    response = render(request, "checkout/pay.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@never_cache
@require_safe
def payment_state(request, token: str):
    """Answer the order page that asks again and again: whether to look at the whole page anew."""
    placement = find_placement(token)
    stage = stage_of(placement)
    if stage == PaymentStage.OVER:
        return HttpResponseClientRefresh()
    if stage == PaymentStage.OPEN:
        return HttpResponse(status=204)
    context = {"stage": stage, "token": placement.token}
    return render(request, "checkout/payment_state.html", context)
