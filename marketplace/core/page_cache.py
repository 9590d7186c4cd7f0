"""Whole pages for anonymous visitors, kept in the cache that all processes share.

A view says that its page is the same for everybody with `@cacheable` (or `mark`). The middleware
stands before session and basket, so that a repeated view costs two look-ups and no statement. A
visitor with a session, a basket or a waiting message is never answered from here.

A stored page is of one day in Thailand: yesterday's is never shown.

After `invalidate()` the first request for a page renders it again; requests that come meanwhile
get the page as it was, for a few seconds, instead of all rendering at once.
"""

import gzip
import hashlib
import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from marketplace.core import thai

logger = logging.getLogger(__name__)

QUERY_KEYS = frozenset(("q", "page"))
"""Keys that a cacheable page may depend on. A request with any other key is not cached."""
IGNORED_QUERY_KEYS = frozenset(
    ("fbclid", "gclid", "utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")
)
"""What LINE, Facebook and mail programs hang on a shared link; no page depends on them."""
LONGEST_QUERY = 200
STALE_SECONDS = 600
RENDER_SECONDS = 10
"""How long one process may take to render a page before another one tries as well."""
GENERATION = "pages:generation"
_GONE = frozenset((301, 302, 404, 410))
_DROPPED_HEADERS = frozenset(("content-length", "content-encoding", "vary", "date", "etag"))


def cacheable(view: Callable) -> Callable:
    """Declare that a view's page is the same for every visitor without a cookie."""

    @wraps(view)
    def marked(request, *args, **kwargs):
        return mark(view(request, *args, **kwargs))

    return marked


def mark(response: HttpResponse) -> HttpResponse:
    """Declare that this response is the same for every visitor without a cookie."""
    response.is_cacheable_page = True
    return response


def invalidate() -> None:
    """Let every page be rendered afresh, once the current transaction is committed."""
    transaction.on_commit(_begin_generation)


def _begin_generation() -> str:
    generation = uuid.uuid4().hex
    cache.set(GENERATION, generation, None)
    return generation


@dataclass(frozen=True)
class StoredPage:
    """A rendered page, compressed, and until when it is fresh."""

    generation: str
    fresh_until: float
    etag: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def is_fresh(self, generation: str) -> bool:
        return self.generation == generation and time.time() < self.fresh_until

    def response(self, request: HttpRequest) -> HttpResponse:
        if request.headers.get("If-None-Match") == self.etag:
            response = HttpResponseNotModified()
        else:
            response = self._whole(request)
        response["ETag"] = self.etag
        response["Cache-Control"] = "no-cache"  # keep it, but ask each time whether it changed
        response["Vary"] = "Accept-Encoding"
        return response

    def _whole(self, request: HttpRequest) -> HttpResponse:
        takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
        body = self.body if takes_gzip else gzip.decompress(self.body)
        response = HttpResponse(body, headers=dict(self.headers))
        if takes_gzip:
            response["Content-Encoding"] = "gzip"
        return response


class PageCacheMiddleware:
    """Answers anonymous requests with the stored page; stores pages that views marked."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = key_of(request)
        if key is None:
            return self.get_response(request)
        generation = cache.get(GENERATION) or _begin_generation()
        page = cache.get(key)
        if page is not None and (page.is_fresh(generation) or not _may_render(key)):
            return page.response(request)
        return self._render(request, key, generation)

    def _render(self, request: HttpRequest, key: str, generation: str) -> HttpResponse:
        try:
            return self._render_and_store(request, key, generation)
        finally:
            cache.delete(f"{key}:rendering")

    def _render_and_store(self, request: HttpRequest, key: str, generation: str) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in _GONE:
            cache.delete(key)  # else the page as it was would come back for a moment
        if not getattr(response, "is_cacheable_page", False) or response.status_code != 200:
            return response
        if reason := what_is_personal(response):
            logger.warning("%s is marked cacheable but %s", request.path, reason)
            return response
        page = _stored(response, generation)
        if request.method == "GET":
            cache.set(key, page, settings.PAGE_CACHE_SECONDS + STALE_SECONDS)
        return page.response(request)


def key_of(request: HttpRequest) -> str | None:
    """Return the key of a request's page, or None where it must not be answered from the cache."""
    if not settings.PAGE_CACHE_SECONDS or request.method not in ("GET", "HEAD"):
        return None
    if _is_personal(request) or set(request.GET) - QUERY_KEYS - IGNORED_QUERY_KEYS:
        return None
    query = [(key, value) for key in sorted(QUERY_KEYS) for value in request.GET.getlist(key)]
    if sum(len(value) for _, value in query) > LONGEST_QUERY:
        return None
    release = getattr(staticfiles_storage, "manifest_hash", "")
    # Pages say what holds today (turns, closures, seasons): at midnight in Thailand all are others.
    parts = (request.scheme, request.get_host(), request.path_info, query, release, thai.today())
    return "pages:" + hashlib.sha256(repr(parts).encode("utf-8", "replace")).hexdigest()


def _is_personal(request: HttpRequest) -> bool:
    names = (settings.SESSION_COOKIE_NAME, settings.OSCAR_BASKET_COOKIE_OPEN, "messages")
    return (
        any(name in request.COOKIES for name in names)
        or "Authorization" in request.headers
        or "HX-Request" in request.headers
    )


def _may_render(key: str) -> bool:
    return cache.add(f"{key}:rendering", True, RENDER_SECONDS)


def what_is_personal(response: HttpResponse) -> str:
    """Say why a response must not be shown to anybody else; empty where it may."""
    if response.streaming:
        return "streams"
    if response.cookies:
        return "sets a cookie"
    if "cookie" in response.get("Vary", "").lower():
        return "varies by cookie"
    if b"csrfmiddlewaretoken" in response.content:
        return "holds a CSRF token"
    if "'nonce-" in response.get("Content-Security-Policy", ""):
        return "holds a nonce"
    return ""


def _stored(response: HttpResponse, generation: str) -> StoredPage:
    return StoredPage(
        generation=generation,
        fresh_until=time.time() + settings.PAGE_CACHE_SECONDS,
        etag=f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"',
        headers=tuple(
            (name, value)
            for name, value in response.items()
            if name.lower() not in _DROPPED_HEADERS
        ),
        body=gzip.compress(response.content, compresslevel=6, mtime=0),
    )
