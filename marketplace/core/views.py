"""Pictures where no web server of its own hands them out, and pages for what went wrong."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.views.static import serve

from marketplace.core import pictures

A_YEAR = 365 * 24 * 60 * 60
LONGEST_NAME_BYTES = 255  # of a file; a longer one cannot even be looked for


def media(request, path: str) -> FileResponse:
    """Send an uploaded file. In production nginx does, and nothing comes here."""
    if len(path.encode()) > LONGEST_NAME_BYTES:
        raise Http404
    return serve(request, path, document_root=settings.MEDIA_ROOT)


def rendition(request, name: str) -> FileResponse:
    """Send a rendition, or until the worker has made it the nearest there is, for a minute.

    In production nginx sends the files that exist and asks here for the others.
    """
    parts = pictures.split_rendition_name(name)
    path = parts and pictures.nearest(*parts)
    if path is None:
        raise Http404
    is_itself = path.name == name.rpartition("/")[2]
    response = FileResponse(path.open("rb"))
    cached = f"max-age={A_YEAR}, immutable" if is_itself else "max-age=60"
    response["Cache-Control"] = f"public, {cached}"
    return response


def csrf_failure(request, reason: str = "") -> HttpResponse:
    """A form was sent without its token, mostly because cookies are off or the page was old."""
    return render(request, "403_csrf.html", status=403)


def robots(request) -> HttpResponse:
    lines = ("User-agent: *", *(f"Disallow: {path}" for path in _PRIVATE), "")
    return HttpResponse("\n".join(lines), content_type="text/plain")


_PRIVATE = tuple(
    prefix + path
    for prefix in ("", "/en")
    for path in ("/basket/", "/checkout/", "/orders/", "/accounts/", "/search/", "/workbench/")
) + ("/cms/", "/dashboard/")
