"""Which other hosts the payment page may load from: Stripe's, and on no other page."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from csp import constants as csp
from csp.decorators import csp_update
from django.conf import settings

STRIPE_ORIGIN = "https://js.stripe.com"
# From Stripe's guide; the script loads parts of itself from numbered hosts below its own.
_STRIPE = {
    "script-src": [csp.NONCE, STRIPE_ORIGIN, "https://*.js.stripe.com"],
    "frame-src": [STRIPE_ORIGIN, "https://*.js.stripe.com", "https://hooks.stripe.com"],
    "connect-src": ["https://api.stripe.com"],
}


def policy_for(script_url: str) -> dict[str, list]:
    """What the site's policy needs besides, for the script at this address."""
    parts = urlsplit(script_url)
    origin = f"{parts.scheme}://{parts.netloc}"
    if origin == STRIPE_ORIGIN:
        return _STRIPE
    return {"script-src": [csp.NONCE, origin], "frame-src": [origin]}


def with_stripe_policy(view: Callable) -> Callable:
    """Let a page load Stripe's script and frames from where the settings say."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        return csp_update(policy_for(settings.STRIPE_JS_URL))(view)(request, *args, **kwargs)

    return wrapped
