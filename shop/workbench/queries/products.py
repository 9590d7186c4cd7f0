"""A producer's own products as its people keep them: whatever their state, with price and stock."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.models import Product, ProductImage
from oscar.apps.partner.models import StockRecord

from marketplace.core import bilingual
from marketplace.core.money import to_satang
from marketplace.producers.models import Producer
from marketplace.provenance import roles
from marketplace.provenance.models import Photo, ProductChange, ProductDraft, Provenance, StockKind
from marketplace.provenance.services.drafting import photo_key
from marketplace.provenance.services.plans import class_slug

PER_PAGE = 24
MOST_DRAFTS = 100
ALL = "all"
Status, State = Provenance.Status, ProductChange.State

# What stands in the address, the status behind it, and what makers call it.
SHELVES = {
    "on-sale": (Status.PUBLIC, _("On sale")),
    "waiting": (Status.IN_REVIEW, _("Waiting for review")),
    "refused": (Status.REFUSED, _("To be mended")),
    "off-sale": (Status.WITHDRAWN, _("Off sale")),
    "not-sent": (Status.DRAFT, _("Not sent in yet")),
}
WORDS = {status: words for status, words in SHELVES.values()}


@dataclass(frozen=True)
class Shelf:
    """A filter of the list, with how many products it leaves."""

    which: str
    label: str
    total: int


@dataclass(frozen=True)
class Piece:
    """What has a price and a stock of its own: a product, or one of its options."""

    product_id: int
    title_th: str
    price_satang: int | None
    left: int | None  # free to be sold; None where nothing is counted
    is_single: bool

    @property
    def may_be_more(self) -> bool:
        return not (self.is_single and self.left)


@dataclass(frozen=True)
class ProductRow(bilingual.Titled):
    """A product in the list."""

    pk: int
    title_th: str
    title_en: str
    otop_type: str
    stock_kind: str
    status: str
    reason: str
    picture: str  # storage name, "" without one
    pieces: tuple[Piece, ...]
    has_options: bool
    is_changing: bool  # a change of its words or pictures waits
    change_reason: str  # why the last change was refused

    @property
    def status_words(self) -> str:
        return WORDS[self.status]

    @property
    def prices(self) -> list[int]:
        return sorted({one.price_satang for one in self.pieces if one.price_satang is not None})

    @property
    def left(self) -> int | None:
        """How many of all options are free, or None where nothing is counted."""
        counts = [one.left for one in self.pieces if one.left is not None]
        return sum(counts) if counts else None


@dataclass(frozen=True)
class ProductPage:
    """One page of a producer's products. Templates call it `listing`."""

    rows: tuple[ProductRow, ...]
    shelves: tuple[Shelf, ...]
    which: str
    page: int
    pages: int


@dataclass(frozen=True)
class DraftRow:
    """A form that was begun and not sent in."""

    draft: ProductDraft
    title_th: str
    picture: str


def product_list(producer: Producer, which: str, words: str, page: int) -> ProductPage:
    """A page of a producer's products, the newest first; five statements.

    Words are looked for inside names. `which` is a key of `SHELVES`, or `ALL`.
    """
    mine = producer.products.all()
    if words:
        mine = mine.filter(Q(product__title__icontains=words) | Q(title_en__icontains=words))
    counts = dict(mine.order_by().values_list("status").annotate(Count("pk")))
    totals = {ALL: sum(counts.values())} | {
        shelf: counts.get(status, 0) for shelf, (status, _words) in SHELVES.items()
    }
    if which != ALL:
        mine = mine.filter(status=SHELVES[which][0])
    pages = max(1, -(-totals[which] // PER_PAGE))
    page = min(max(page, 1), pages)
    found = mine.select_related("product").order_by("-product_id")
    shelves = [Shelf(ALL, _("All"), totals[ALL])] + [
        Shelf(shelf, label, totals[shelf])
        for shelf, (_status, label) in SHELVES.items()
        if totals[shelf] or shelf == which
    ]
    rows = _rows(found[(page - 1) * PER_PAGE : page * PER_PAGE])
    return ProductPage(tuple(rows), tuple(shelves), which, page, pages)


def product_row(producer: Producer, product_id: int) -> ProductRow | None:
    """The row of a product, also for one of its options; None for another's. Four statements."""
    mine = Q(product=product_id) | Q(product__children=product_id)
    found = producer.products.filter(mine).select_related("product")
    return next(iter(_rows(found)), None)


def kept_drafts(producer: Producer) -> list[DraftRow]:
    """Forms not sent in and those thrown away, the one touched last first; two statements."""
    drafts = list(producer.drafts.kept()[:MOST_DRAFTS])
    firsts = {draft.pk: _first_photo(draft) for draft in drafts}
    photos = Photo.objects.of(producer).filter(pk__in={key for key in firsts.values() if key})
    names = dict(photos.values_list("pk", "name"))
    return [
        DraftRow(
            draft=draft,
            title_th=str(draft.data.get("title_th") or ""),
            picture=names.get(firsts[draft.pk], ""),
        )
        for draft in drafts
    ]


def _first_photo(draft: ProductDraft) -> int | None:
    photos = draft.data.get("photos")
    return photo_key(photos[0]) if isinstance(photos, list) and photos else None


def _rows(provenances: QuerySet[Provenance]) -> list[ProductRow]:
    provenances = list(provenances)
    pieces, pictures = _pieces(provenances), _pictures(provenances)
    changes = _changes(provenances)
    rows = []
    for one in provenances:
        state, change_reason = changes.get(one.pk, ("", ""))
        rows.append(
            ProductRow(
                pk=one.product_id,
                title_th=one.product.title,
                title_en=one.title_en,
                otop_type=one.otop_type,
                stock_kind=one.stock_kind,
                status=one.status,
                reason=one.status_reason,
                picture=pictures.get(one.product_id, ""),
                pieces=tuple(pieces[one.product_id]),
                has_options=one.product.is_parent,
                is_changing=state == State.WAITING,
                change_reason=change_reason,
            )
        )
    return rows


def _pieces(provenances: list[Provenance]) -> dict[int, list[Piece]]:
    owners = {one.product_id: one for one in provenances}
    records = StockRecord.objects.filter(
        Q(product__in=owners) | Q(product__parent__in=owners)
    ).select_related("product")
    found = defaultdict(list)
    for record in records.order_by("product__option__position", "product_id"):
        owner = owners[record.product.parent_id or record.product_id]
        found[owner.product_id].append(_piece(record, owner))
    return found


def _piece(record: StockRecord, owner: Provenance) -> Piece:
    is_counted = class_slug(owner.stock_kind, owner.income_kind) == roles.TRACKED
    return Piece(
        product_id=record.product_id,
        title_th=record.product.title if record.product_id != owner.product_id else "",
        price_satang=None if record.price is None else to_satang(record.price),
        left=max(0, record.net_stock_level) if is_counted else None,
        is_single=owner.stock_kind == StockKind.ONE_PIECE,
    )


def _pictures(provenances: list[Provenance]) -> dict[int, str]:
    """The first picture of each product."""
    images = ProductImage.objects.filter(product__in=[one.product_id for one in provenances])
    return dict(images.order_by("-display_order", "-pk").values_list("product", "original"))


def _changes(provenances: list[Provenance]) -> dict[int, tuple[str, str]]:
    """State and reason of the last change of each product, if it waits or was refused."""
    later = ProductChange.objects.filter(provenance=OuterRef("provenance"), pk__gt=OuterRef("pk"))
    last = ProductChange.objects.filter(
        ~Exists(later), provenance__in=provenances, state__in=(State.WAITING, State.REFUSED)
    )
    return {
        pk: (state, reason)
        for pk, state, reason in last.values_list("provenance", "state", "reason")
    }


def own_piece(producer: Producer, product_id: int) -> Product | None:
    """A product or option of this producer, in any state; None for another's."""
    mine = Q(provenance__producer=producer) | Q(parent__provenance__producer=producer)
    return Product.objects.filter(mine, pk=product_id).select_related("parent").first()
