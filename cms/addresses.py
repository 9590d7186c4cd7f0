"""From an address to a page and back, and which first words of addresses are taken."""

import re
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import LocalePrefixPattern, URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation
from wagtail.models import Page, Site

from marketplace.core.prepared import Prepared

_FIRST_WORD = re.compile(r"\^?([\w-]+)(?:/|\$|\\Z|$)")


_pages_at = Prepared(
    lambda url_path: Page.objects.live().filter(url_path=url_path).only("content_type")
)
_translations = Prepared(
    lambda key: (
        Page.objects.live()
        .filter(translation_key=key)
        .select_related("locale")
        .only("url_path", "locale__language_code")
    )
)


def find_page(path: str) -> Page:
    """Return the published page at this path of the current language; raises Http404.

    Two statements at any depth. Wagtail's own way down the tree takes two for every level.
    """
    root = next(_roots(translation.get_language()), None)
    if root is None:
        raise Http404
    page = _pages_at.first(url_path=f"{root}{path}")
    if page is None or not hasattr(page.specific_class, "read"):
        raise Http404
    return page.specific_class.read(page.pk)


def _roots(language: str) -> Iterator[str]:
    """Paths in the tree of the home pages of a language; kept in the cache by Wagtail."""
    return (site.root_path for site in Site.get_site_root_paths() if site.language_code == language)


def pages_below_home() -> Iterable[Page]:
    """Published pages right below the home page of the current language, as editors order them."""
    root = next(_roots(translation.get_language()), None)
    if root is None:
        return Page.objects.none()
    depth = root.strip("/").count("/") + 3  # the tree's root is 1, a home page 2
    return Page.objects.live().filter(url_path__startswith=root, depth=depth).order_by("path")


def home_urls() -> dict[str, str]:
    return {code: _reversed(code) for code, _ in settings.LANGUAGES}


def _reversed(language: str) -> str:
    with translation.override(language):
        return reverse("wagtail_serve", args=[""])


def page_url(page: Page, request: HttpRequest | None = None) -> str:
    """The path of a page. There is one site, so that nobody needs to look for it."""
    parts = page.get_url_parts(request)
    return parts[2] if parts else ""


def translation_urls(page: Page, request: HttpRequest) -> dict[str, str]:
    """Addresses of the published translations of a page, itself included, in one statement."""
    pages = _translations(key=page.translation_key)
    return {one.locale.language_code: page_url(one, request) for one in pages}


def reserved_slugs() -> frozenset[str]:
    """First words of every address that something else than a page answers to."""
    files = {url.strip("/").split("/")[0] for url in (settings.STATIC_URL, settings.MEDIA_URL)}
    languages = {code for code, _ in settings.LANGUAGES}
    return frozenset(files | languages | set(_first_words(get_resolver().url_patterns)))


def _first_words(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        text = str(pattern.pattern)
        is_prefix = isinstance(pattern.pattern, LocalePrefixPattern) or text in ("", "^")
        if is_prefix and isinstance(pattern, URLResolver):
            yield from _first_words(pattern.url_patterns)
        elif found := _FIRST_WORD.match(text):
            yield found[1]
