"""What every page needs from its request alone: icons, languages, waiting messages, page numbers.

None of these touches the session or the user, so that a page made with them can be cached whole.
"""

from functools import lru_cache
from urllib.parse import quote, urlencode

from django import template
from django.conf import settings
from django.contrib import messages
from django.templatetags.static import static
from django.urls import reverse, translate_url
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_info, ngettext

from marketplace.core import money, thai

register = template.Library()

SPRITE = "img/sprite.svg"
SHORT_NAMES = {"th": "ไทย", "en": "EN"}
KEPT_QUERY_KEYS = ("q", "page")
"""What of a query string the language switch takes along."""


@lru_cache(maxsize=1)
def sprite_url() -> str:
    """The sprite's address: the same for the life of a process, and asked for 50 times a page."""
    return static(SPRITE)


@register.simple_tag
@lru_cache(maxsize=64)
def asset(name: str) -> str:
    """Return the address of a file of ours, which stays the same for the life of a process."""
    return static(name)


class FixedNode(template.Node):
    """Keeps what stands in it for each language, rendered without the page's context: nothing of
    a visitor or of a row can get in. For words and addresses of ours that every page repeats."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist
        self.rendered: dict[str | None, str] = {}

    def render(self, context) -> str:
        language = get_language()
        if language not in self.rendered:
            bare = template.Context({"LANGUAGE_CODE": language})
            with bare.bind_template(context.template):
                self.rendered[language] = self.nodelist.render(bare)
        return self.rendered[language]


@register.tag
def fixed(parser, token) -> FixedNode:
    """`{% fixed %}…{% endfixed %}`: the same on every page of a language while a process lives."""
    nodelist = parser.parse(("endfixed",))
    parser.delete_first_token()
    return FixedNode(nodelist)


@register.simple_tag
def page_path(name: str) -> str:
    """Return the address of a page that has no arguments; worked out once for each language."""
    return _page_path(name, get_language())


@lru_cache(maxsize=64)
def _page_path(name: str, language: str) -> str:
    return reverse(name)


@register.simple_tag
def product_path(slug: str, product_id: int) -> str:
    """Return what `reverse("catalogue:detail")` would, which takes 30 times as long a card."""
    return mark_safe(f"{page_path('catalogue:index')}{quote(slug)}_{product_id}/")


@register.simple_tag
def basket_add_path(product_id: int) -> str:
    """Return what `reverse("basket:add")` would, likewise."""
    return mark_safe(f"{page_path('basket:summary')}add/{int(product_id)}/")


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, modifier: str = "") -> str:
    """Draw an icon of the sprite; it says nothing to a screen reader, words stand beside it."""
    css = f"icon icon--{modifier}" if modifier else "icon"
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>', css, sprite_url(), name
    )


@register.simple_tag(takes_context=True)
def waiting_messages(context) -> list:
    """Return the messages for this visitor; looks for them only when a cookie may hold some.

    Looking sets a cookie even when there is nothing, which would make every page uncacheable.
    """
    request = context.get("request")
    if request is None or not hasattr(request, "_messages"):
        return []
    may_have = request._messages.added_new or any(
        name in request.COOKIES for name in ("messages", settings.SESSION_COOKIE_NAME)
    )
    return list(messages.get_messages(request)) if may_have else []


@register.simple_tag(takes_context=True)
def other_languages(context) -> list[dict]:
    """Return code, name in itself and address of this page in the languages it is not in.

    A view whose page has another path in the other language passes `language_urls`.
    """
    request, current = context.get("request"), context.get("LANGUAGE_CODE", settings.LANGUAGE_CODE)
    given = context.get("language_urls") or {}
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"].capitalize(),
            "short": SHORT_NAMES[code],
            "url": given.get(code) or _same_page(request, code),
        }
        for code, _ in settings.LANGUAGES
        if code != current
    ]


def _same_page(request, code: str) -> str:
    if request is None:
        return "/" if code == settings.LANGUAGE_CODE else f"/{code}/"
    return translate_url(request.path, code) + _kept_query(request)


def _kept_query(request) -> str:
    if not request.GET:
        return ""
    kept = request.GET.copy()
    for key in set(kept) - set(KEPT_QUERY_KEYS):
        del kept[key]
    return f"?{kept.urlencode()}" if kept else ""


@register.filter
def page_numbers(listing) -> list[int | None]:
    """Return the page numbers worth a link, None for a gap: 1 … 6 7 8 … 2000."""
    near = range(listing.page - 1, listing.page + 2)
    shown = sorted({1, listing.pages, *near} & set(range(1, listing.pages + 1)))
    numbers: list[int | None] = []
    for number in shown:
        if numbers and numbers[-1] is not None and number > numbers[-1] + 1:
            numbers.append(None)
        numbers.append(number)
    return numbers


@register.simple_tag
def sprite() -> str:
    return sprite_url()


@register.simple_tag
def is_demo() -> bool:
    return settings.DEMO


@register.simple_tag(takes_context=True)
def page_url(context, number: int) -> str:
    """Return the address of another page of this list, keeping the words searched for."""
    request = context["request"]
    query = {"q": request.GET["q"]} if request.GET.get("q") else {}
    if number > 1:
        query["page"] = number
    return f"{request.path}?{urlencode(query)}" if query else request.path


@register.filter
def era_year(year_be: int) -> int:
    """Write a year of the Buddhist era as the page's language counts: 2566, or 2023 in English."""
    in_english = (get_language() or "th").startswith("en")
    return thai.common_year(year_be) if in_english else year_be


@register.simple_tag
def price_range(satang: int, to_satang: int | None = None, variant: str = "") -> str:
    """Write a price, or the lowest and the highest with an en dash between them."""
    css = f"price price--{variant}" if variant else "price"
    text = money.format_baht(satang)
    if to_satang and to_satang != satang:
        text = f"{text}–{money.format_baht(to_satang)}"
    return format_html('<span class="{}">{}</span>', css, text)


@register.simple_tag
def star_badge(stars: int, year_be: int | None = None) -> str:
    """Draw the stars a product won, with the year where it is said; nothing for none."""
    return _star_badge(stars, year_be, get_language()) if stars else ""


@lru_cache(maxsize=256)
def _star_badge(stars: int, year_be: int | None, language: str) -> str:
    words = ngettext("%(stars)s star", "%(stars)s stars", stars) % {"stars": stars}
    year = format_html(' <span class="stars__year">{}</span>', era_year(year_be)) if year_be else ""
    glyphs = format_html_join("", "{}", [(icon("star", "star"),)] * stars)
    return format_html(
        '<span class="stars"><span class="stars__glyphs">{}</span><span>{}{}</span></span>',
        glyphs,
        words,
        year,
    )
