"""Keep the flat rows that lists, cards and search results read. Thrown away and rebuilt at will."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Q
from oscar.apps.catalogue.models import Category, Product, ProductCategory, ProductImage
from oscar.apps.partner.models import StockRecord

from marketplace.core import page_cache, thai
from marketplace.core.money import to_satang
from marketplace.core.prepared import Prepared
from marketplace.producers.models import Producer, ProducerClosure
from marketplace.provenance.models import (
    Award,
    IncomeKind,
    Listing,
    ListingCategory,
    Provenance,
    StockKind,
    VillageShare,
)

BATCH_PRODUCTS = 500
_KEPT_ON_REFRESH = {"product", "popularity"}
_gathered: ContextVar[set[int] | None] = ContextVar("listings to refresh at the end", default=None)


@dataclass
class _Sources:
    """Everything that the listings of one batch copy from, read in a fixed number of queries."""

    shares: dict[int, VillageShare] = field(default_factory=dict)  # the largest, by provenance
    stock: dict[int, list[StockRecord]] = field(default_factory=lambda: defaultdict(list))
    awards: dict[int, Award] = field(default_factory=dict)  # the latest, by provenance
    pictures: dict[int, ProductImage] = field(default_factory=dict)  # the first, by product
    categories: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    closed_producers: set[int] = field(default_factory=set)


def refresh_listings(product_ids: Iterable[int]) -> int:
    """Copy these products (or the products of these options) anew into their listings.

    A product that shoppers may not see (draft, withdrawn, producer not active, no price, no
    village) loses its row. Returns how many listings there are now. Safe to repeat; popularity is
    kept. Statements per 500 products do not grow with their number. Inside `refreshed_once` it
    only remembers them.
    """
    ids = sorted(set(product_ids))
    gathered = _gathered.get()
    if gathered is not None:
        gathered.update(ids)
        return 0
    return sum(_refresh_batch(ids[i : i + BATCH_PRODUCTS]) for i in _steps(ids))


@contextmanager
def refreshed_once() -> Iterator[None]:
    """Refresh each product once, at the end, however often the work inside changes it.

    For loading and imports: until the end listings lag behind. A failure inside refreshes nothing.
    """
    gathered: set[int] = set()
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    refresh_listings(gathered)


def rebuild_listings() -> int:
    """Copy every product anew and drop rows that belong to none; returns how many there are.

    One transaction per 500 products, so that shoppers keep buying and a stop loses nothing.
    """
    listed = sum(refresh_listings(ids) for ids in _all_products())
    Listing.objects.exclude(
        product_id__in=Provenance.objects.filter(status=Provenance.Status.PUBLIC).values("product")
    ).delete()
    return listed


def refresh_listings_of_day(day: date | None = None) -> list[int]:
    """Refresh what changes by the calendar alone: shares, closures and seasons that begin or end.

    For a job just after midnight in Bangkok; returns the products looked at.
    """
    day = day or thai.today()
    yesterday = date.fromordinal(day.toordinal() - 1)
    starts = Q(valid_from=day) | Q(valid_until=yesterday)
    closed = ProducerClosure.objects.filter(starts).values("producer_id")
    changed = Q(pk__in=VillageShare.objects.filter(starts).values("provenance_id"))
    changed |= Q(producer_id__in=closed)
    if day.day == 1:
        changed |= Q(stock_kind=StockKind.SEASONAL)
    ids = list(Provenance.objects.filter(changed).values_list("product_id", flat=True))
    refresh_listings(ids)
    return ids


def _steps(ids: list[int]) -> range:
    return range(0, len(ids), BATCH_PRODUCTS)


def _all_products() -> Iterator[list[int]]:
    """Ids of all our products, 500 at a time, paged by key."""
    last = 0
    while ids := list(
        Provenance.objects.filter(product_id__gt=last)
        .order_by("product_id")
        .values_list("product_id", flat=True)[:BATCH_PRODUCTS]
    ):
        yield ids
        last = ids[-1]


def _refresh_batch(ids: list[int]) -> int:
    if not ids:
        return 0
    with transaction.atomic():
        ids = sorted({*ids, *_parents(product_ids=ids)})
        # Locked first, so that of two refreshes at once the later one reads what the other wrote.
        _locked(product_ids=ids)
        public = _public(product_ids=ids)
        sources = _read_sources(public) if public else _Sources()
        listings = [row for row in (_listing(one, sources) for one in public) if row]
        _store(ids, listings, sources)
        page_cache.invalidate()  # by note() too, but some listings change later than that
    return len(listings)


_parents = Prepared(
    lambda product_ids: Product.objects.filter(
        pk__in=product_ids, parent__isnull=False
    ).values_list("parent_id", flat=True)
)
_locked = Prepared(
    lambda product_ids: (
        Provenance.objects.select_for_update()
        .filter(product__in=product_ids)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
)
_public = Prepared(
    lambda product_ids: Provenance.objects.filter(
        product__in=product_ids,
        status=Provenance.Status.PUBLIC,
        producer__status=Producer.Status.ACTIVE,
    ).select_related("product", "producer")
)


def _read_sources(public: list[Provenance]) -> _Sources:
    sources = _Sources()
    ids = [one.product_id for one in public]
    keys = [one.pk for one in public]
    for share in _shares(keys=keys, day=thai.today()):
        sources.shares[share.provenance_id] = share  # the last one is the largest
    for record in (*_own_stock(product_ids=ids), *_stock_of_options(product_ids=ids)):
        sources.stock[record.product.parent_id or record.product_id].append(record)
    for award in _awards(keys=keys):
        sources.awards[award.provenance_id] = award
    sources.pictures = {one.product_id: one for one in _pictures(product_ids=ids)}
    sources.closed_producers = set(
        _closed(producer_ids=sorted({one.producer_id for one in public}), day=thai.today())
    )
    _read_categories(ids, sources)
    return sources


_shares = Prepared(
    lambda keys, day: (
        VillageShare.objects.in_force(day)
        .filter(provenance__in=keys)
        .select_related("village__tambon__amphoe__province")
        .order_by("share_ppm", "-village_id")
    )
)
# Two statements: with one OR over both tables no index is used.
_own_stock = Prepared(
    lambda product_ids: StockRecord.objects.filter(product__in=product_ids).select_related(
        "product"
    )
)
_stock_of_options = Prepared(
    lambda product_ids: StockRecord.objects.filter(product__parent__in=product_ids).select_related(
        "product"
    )
)
_awards = Prepared(lambda keys: Award.objects.filter(provenance__in=keys).order_by("round_year_be"))
_pictures = Prepared(
    lambda product_ids: ProductImage.objects.filter(product__in=product_ids).order_by(
        "-display_order", "-pk"
    )
)
_closed = Prepared(
    lambda producer_ids, day: (
        ProducerClosure.objects.in_force(day)
        .filter(producer__in=producer_ids)
        .values_list("producer_id", flat=True)
    )
)
_paths = Prepared(
    lambda product_ids: ProductCategory.objects.filter(product__in=product_ids).values_list(
        "product_id", "category__path"
    )
)


def _read_categories(ids: list[int], sources: _Sources) -> None:
    """Each product's categories with all that stand above them in the tree."""
    paths = _paths(product_ids=ids)
    length = Category.steplen
    above = {path[:end] for _, path in paths for end in range(length, len(path) + 1, length)}
    by_path = dict(Category.objects.filter(path__in=above).values_list("path", "pk"))
    for product_id, path in paths:
        for end in range(length, len(path) + 1, length):
            sources.categories[product_id].add(by_path[path[:end]])


def _listing(provenance: Provenance, sources: _Sources) -> Listing | None:
    """The flat row of one public product, or None when it cannot be sold."""
    share = sources.shares.get(provenance.pk)
    priced = [row for row in sources.stock[provenance.product_id] if row.price is not None]
    if share is None or not priced:
        return None
    product, producer, village = provenance.product, provenance.producer, share.village
    province = village.tambon.amphoe.province
    award = sources.awards.get(provenance.pk)
    picture = sources.pictures.get(product.pk)
    prices = [to_satang(row.price) for row in priced]
    absence = _absence(provenance, priced, sources)
    return Listing(
        product=product,
        title_th=product.title,
        title_en=provenance.title_en,
        slug=product.slug[:80],
        producer_id=producer.pk,
        producer_name_th=producer.name_th,
        producer_name_en=producer.name_en,
        village_code=village.pk,
        village_name_th=village.name_th,
        village_name_en=village.name_en,
        province_code=province.pk,
        province_name_th=province.name_th,
        province_name_en=province.name_en,
        region=province.region,
        otop_type=provenance.otop_type,
        quadrant=provenance.quadrant,
        stars=award.stars if award else 0,
        award_year_be=award.round_year_be if award else None,
        price_satang=min(prices),
        price_to_satang=max(prices),
        has_options=product.is_parent,
        stock_kind=provenance.stock_kind,
        lead_days=provenance.lead_days,
        is_available=not absence,
        absence=absence,
        picture=picture.original.name if picture else "",
        picture_alt_th=(picture.caption or product.title) if picture else "",
        listed_at=provenance.published_at,
        search_text=_search_text(provenance, village, province),
    )


def _absence(provenance: Provenance, priced: list[StockRecord], sources: _Sources) -> str:
    """Why nobody can buy it today, in the order in which its own page gives reasons; "" if not."""
    if provenance.producer_id in sources.closed_producers:
        return Listing.Absence.MAKERS_REST
    if not provenance.is_in_season(thai.today()):
        return Listing.Absence.OUT_OF_SEASON
    if not any(has_stock(provenance, row) for row in priced):
        return Listing.Absence.SOLD_OUT
    return ""


def has_stock(provenance: Provenance, record: StockRecord) -> bool:
    """Whether one more can be sold: always where stock is not counted."""
    is_counted = (
        provenance.income_kind == IncomeKind.GOODS
        and provenance.stock_kind != StockKind.MADE_TO_ORDER
    )
    return not is_counted or record.net_stock_level > 0


def _search_text(provenance: Provenance, village, province) -> str:
    parts = [
        provenance.product.title,
        provenance.title_en,
        provenance.producer.name_th,
        provenance.producer.name_en,
        village.name_th,
        village.name_en,
        province.name_th,
        province.name_en,
        provenance.materials_th,
        provenance.materials_en,
    ]
    return thai.normalise(" ".join(parts)).lower()


def _store(ids: list[int], listings: list[Listing], sources: _Sources) -> None:
    listed = {row.pk for row in listings}
    Listing.objects.filter(pk__in=set(ids) - listed).delete()
    copied = [f.name for f in Listing._meta.fields if f.name not in _KEPT_ON_REFRESH]
    Listing.objects.bulk_create(
        listings, update_conflicts=True, unique_fields=["product"], update_fields=copied
    )
    ListingCategory.objects.filter(listing__in=listed).delete()
    ListingCategory.objects.bulk_create(
        ListingCategory(listing_id=row.pk, category_id=category, listed_at=row.listed_at)
        for row in listings
        for category in sorted(sources.categories[row.pk])
    )
