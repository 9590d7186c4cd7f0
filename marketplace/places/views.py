"""Completing an address while it is typed."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from marketplace.places.queries import complete_address

ONE_DAY_SECONDS = 24 * 60 * 60


@require_safe
@vary_on_headers("Accept")
@cache_control(public=True, max_age=ONE_DAY_SECONDS)
def complete(request: HttpRequest) -> HttpResponse:
    """Options for `?q=`, or JSON for who accepts that and not HTML; the same for everybody."""
    candidates = complete_address(request.GET.get("q", ""))
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"candidates": [_as_json(candidate) for candidate in candidates]})
    return render(request, "places/options.html", {"candidates": candidates})


def _as_json(candidate) -> dict:
    return asdict(candidate) | {"label": candidate.label}
