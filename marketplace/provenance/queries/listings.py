"""Lists of what shoppers may see, read from `Listing` alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from marketplace.core import thai
from marketplace.core.prepared import Prepared
from marketplace.provenance.models import Listing, ListingCategory

PER_PAGE = 24
WORDS_MAX_LENGTH = 200
WORDS_MAX = 8
_NEWEST = ("-listed_at", "-pk")


@dataclass(frozen=True)
class ListFilter:
    """Which listings to show; what is not said is not asked for. `words` must all occur."""

    category_id: int | None = None
    province_code: str = ""
    village_code: str = ""
    producer_id: int | None = None
    words: str = ""


@dataclass(frozen=True)
class ListingPage:
    """One page of listings, newest first. Templates know it as `listing`."""

    rows: Sequence[Listing]
    total: int
    page: int
    pages: int


def list_products(wanted: ListFilter, page: int = 1, per_page: int = PER_PAGE) -> ListingPage:
    """Return one page of what shoppers may see, newest first, without a search engine.

    Three statements for any page: the count and the page's keys come from an index alone, only
    then are the rows of one page read. A page below 1 is the first, one beyond the end the last.
    """
    keys = _keys(wanted)
    total = keys.count()
    pages = max(1, -(-total // per_page))
    page = min(max(page, 1), pages)
    start = (page - 1) * per_page
    name = "listing_id" if wanted.category_id else "pk"
    ids = list(keys.values_list(name, flat=True)[start : start + per_page]) if total else []
    return ListingPage(cards(ids), total, page, pages)


def cards(product_ids: Sequence[int]) -> list[Listing]:
    """Listings of these products in this order, in one statement; those not listed are left out."""
    if not product_ids:
        return []
    found = {row.pk: row for row in _rows_of(product_ids=list(product_ids))}
    return [found[key] for key in product_ids if key in found]


def newest(limit: int = 12) -> list[Listing]:
    """What was listed last and can be bought, in one statement."""
    return _available(limit)


def starred(stars: int, limit: int) -> list[Listing]:
    """The newest with that many stars that can be bought, in one statement."""
    return _starred(limit, stars=stars)


def more_from_village(village_code: str, exclude: int | None = None, limit: int = 8):
    """Other listings of the same village, available ones first, in one statement."""
    return _in_village(limit, village_code=village_code, exclude=exclude or 0)


def _rows() -> QuerySet[Listing]:
    return Listing.objects.defer("search_text")


_rows_of = Prepared(lambda product_ids: _rows().filter(pk__in=product_ids))


_available = Prepared(lambda limit: _rows().filter(is_available=True).order_by(*_NEWEST)[:limit])
_starred = Prepared(
    lambda limit, stars: _rows().filter(stars=stars, is_available=True).order_by(*_NEWEST)[:limit]
)
_in_village = Prepared(
    lambda limit, village_code, exclude: (
        _rows()
        .filter(village_code=village_code)
        .exclude(pk=exclude)
        .order_by("-is_available", *_NEWEST)[:limit]
    )
)


def split_words(text: str) -> list[str]:
    """The words to look for: normalised, lower case, at most eight.

    Thai is written without spaces, so a "word" is whatever stands between two of them.
    """
    return (
        thai.normalise(text[: WORDS_MAX_LENGTH * 4])[:WORDS_MAX_LENGTH].lower().split()[:WORDS_MAX]
    )


def _keys(wanted: ListFilter):
    """Listings, or their category rows, that fit; narrow enough to be read from an index."""
    about = {
        name: getattr(wanted, name)
        for name in ("province_code", "village_code", "producer_id")
        if getattr(wanted, name)
    }
    words = split_words(wanted.words)
    prefix = "listing__" if wanted.category_id else ""
    asked = Q(**{f"{prefix}{name}": one for name, one in about.items()})
    for word in words:
        asked &= Q(**{f"{prefix}search_text__contains": word})
    if wanted.category_id:
        rows = ListingCategory.objects.filter(asked, category_id=wanted.category_id)
        return rows.order_by("-listed_at", "-listing_id")
    return Listing.objects.filter(asked).order_by(*_NEWEST)
