"""Oscar's dashboard for superusers only, without what would bypass ledger, parcels or sign-in.

Closed addresses keep their names, because pages of the dashboard link to them, and answer 404.
"""

from functools import wraps

from django.apps import apps
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import resolve_url
from django.urls import URLPattern

CLOSED = (
    # Only allauth signs people in, and nobody else makes users or sends passwords.
    "login",
    "user-password-reset",
    "partner-user-",
    # Producers own partners; flat pages are not served.
    "partner-create",
    "partner-delete",
    "page-",
    # An offer of Oscar's does not say who bears it, and a village's income depends on that.
    "offer-",
    "range-",
    "voucher-",
    # Fees are steps of the producer (DeliveryRate).
    "shipping-method-",
    # Not offered: reviews, Oscar's own mails, waiting for stock.
    "reviews-",
    "comms-",
    "user-alert-",
)
"""Names, or beginnings of names, that answer 404."""

READ_ONLY = ("order-", "users-", "user-")
"""Names, or beginnings of names, that refuse everything but looking."""

_SAFE = ("GET", "HEAD", "OPTIONS")


def urls() -> tuple[list, str, str]:
    """Return the dashboard's addresses, each behind the guard, as Oscar's app names them."""
    patterns, label, namespace = apps.get_app_config("dashboard").urls
    _guard_all(patterns)
    return patterns, label, namespace


def _guard_all(patterns: list) -> None:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = _guarded(pattern.callback, pattern.name or "")
        else:
            _guard_all(pattern.url_patterns)


def _guarded(view, name: str):
    is_closed, is_read_only = name.startswith(CLOSED), name.startswith(READ_ONLY)

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
        if not (request.user.is_active and request.user.is_superuser) or is_closed:
            raise Http404
        if is_read_only and request.method not in _SAFE:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
