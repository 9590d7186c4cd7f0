"""The codes that the demo's authenticator apps show now, for people on this machine."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from deploy.demo import sign_ins
from deploy.demo.vocabulary.people import SIGN_INS

LOOPBACK = ("127.0.0.1", "::1")


@never_cache
def codes(request):
    """Names, addresses and codes; 404 for anybody who does not sit at this machine."""
    is_forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    if request.META.get("REMOTE_ADDR") not in LOOPBACK or is_forwarded:
        raise Http404
    rows = [(plan, sign_ins.current_code(plan.email)) for plan in SIGN_INS]
    context = {
        "rows": rows,
        "password": sign_ins.PASSWORD,
        "seconds_left": sign_ins.seconds_left(),
    }
    return render(request, "demo/codes.html", context)
