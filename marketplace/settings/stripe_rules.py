"""Which Stripe keys and addresses may meet. Real money and the stand-in never do."""

from urllib.parse import urlsplit

from marketplace.settings.env import BadSetting

REAL_API = "https://api.stripe.com"
REAL_SCRIPT = "https://js.stripe.com/"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def _mode(name: str, key: str) -> str:
    """Return "live", "test" or "" (no key)."""
    if not key:
        return ""
    parts = key.split("_")
    if len(parts) < 3 or parts[0] not in ("sk", "rk", "pk") or parts[1] not in ("live", "test"):
        raise BadSetting(name, "must look like sk_test_…, sk_live_…, pk_test_… or pk_live_…")
    return parts[1]


def check(*, secret: str, publishable: str, api_url: str, script_url: str, demo: bool) -> None:
    """Stop the start on a dangerous mixture, naming the variable to mend.

    The stand-in for Stripe is met with DEMO=1 and on this machine only; a live key is met by
    Stripe's own addresses only, and never by a demo.
    """
    secret_mode = _mode("STRIPE_SECRET_KEY", secret)
    publishable_mode = _mode("STRIPE_PUBLISHABLE_KEY", publishable)
    if secret_mode != publishable_mode:
        raise BadSetting("STRIPE_PUBLISHABLE_KEY", "must be of the same mode as STRIPE_SECRET_KEY")
    if demo and secret_mode == "live":
        raise BadSetting("STRIPE_SECRET_KEY", "must not be a live key with DEMO=1")
    if api_url != REAL_API:
        _check_stand_in(api_url, secret_mode, demo)
    if not script_url.startswith(REAL_SCRIPT) and not demo:
        raise BadSetting("STRIPE_JS_URL", f"must start with {REAL_SCRIPT} unless DEMO=1")


def _check_stand_in(api_url: str, mode: str, demo: bool) -> None:
    if mode == "live":
        raise BadSetting("STRIPE_API_URL", f"must be {REAL_API} with a live key")
    if not demo:
        raise BadSetting("STRIPE_API_URL", f"must be {REAL_API} unless DEMO=1")
    if urlsplit(api_url).hostname not in LOOPBACK:
        raise BadSetting("STRIPE_API_URL", "must be on 127.0.0.1: the stand-in is met there only")
