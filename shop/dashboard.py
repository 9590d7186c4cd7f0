"""Oscar's dashboard for superusers only, and only what looks: orders, people, figures.

Its forms would write past our services: stock and prices without listing and audit, orders without
ledger and parcels, people without their sign-in. What they are for stands in Wagtail's admin or in
the workbench. Closed addresses keep their names, because pages of the dashboard link to them, and
answer 404.
"""

from functools import wraps

from django.apps import apps
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import resolve_url
from django.urls import URLPattern

OPEN = frozenset(
    {
        "index",
        "order-list",
        "order-stats",
        "order-detail",
        "order-line-detail",
        "users-index",
        "user-detail",
        "reports-index",
        "logout",
    }
)
"""Names of the addresses there are; whatever Oscar adds one day is not among them."""

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
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
        if not (request.user.is_active and request.user.is_superuser) or name not in OPEN:
            raise Http404
        if request.method not in _SAFE:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
