"""How a page of the admin turns somebody away."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.defaults import permission_denied


def refused(request: HttpRequest) -> HttpResponse:
    """403. Returned, not raised: the admin would answer the exception with a redirect."""
    return permission_denied(request, PermissionDenied())
