"""Keeps staff out of everything until a second factor is proved, and ends sessions left idle."""

import time

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from marketplace.accounts import second_factor

IDLE_SECONDS = 30 * 60
SEEN_AT = "staff_seen_at"
SEEN_EVERY_SECONDS = 60
"""How often the time is written down: not at every request, since that is an UPDATE."""

WITHOUT_SECOND_FACTOR = frozenset(
    (
        "mfa_activate_totp",
        "mfa_reauthenticate",
        "account_reauthenticate",
        "account_logout",
    )
)
"""All that a person who must have a second factor may do before it is proved. Not to take one away,
not to make recovery codes: a stolen password would be enough."""


class SecondFactorMiddleware:
    """Stands after allauth's middleware. Visitors without a session cookie cost nothing."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        if not request.user.is_authenticated:
            return None
        user = second_factor.duties_of(request.user)
        if user.is_on_staff and _was_left_idle(request):
            return _end_session(request)
        if user.needs_second_factor and not second_factor.is_in_session(request):
            return _ask(request)
        return None


def _was_left_idle(request: HttpRequest) -> bool:
    now = time.time()
    seen_at = request.session.get(SEEN_AT, now)
    if now - seen_at > IDLE_SECONDS:
        return True
    if now - seen_at > SEEN_EVERY_SECONDS or SEEN_AT not in request.session:
        request.session[SEEN_AT] = now
    return False


def _end_session(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.info(request, _("You were signed out after half an hour without activity."))
    return redirect_to_login(_return_to(request), resolve_url(settings.LOGIN_URL))


def _ask(request: HttpRequest) -> HttpResponse | None:
    if request.resolver_match.view_name in WITHOUT_SECOND_FACTOR:
        return None
    if _is_fragment(request):
        return HttpResponseForbidden()  # a whole page would land inside another one
    has_one = is_mfa_enabled(request.user)
    page = resolve_url("mfa_reauthenticate" if has_one else "mfa_activate_totp")
    return redirect_to_login(_return_to(request), page)


def _is_fragment(request: HttpRequest) -> bool:
    is_script = request.headers.get("x-requested-with") == "XMLHttpRequest"
    return is_script or "HX-Request" in request.headers


def _return_to(request: HttpRequest) -> str:
    return request.get_full_path() if request.method == "GET" else resolve_url("account_home")
