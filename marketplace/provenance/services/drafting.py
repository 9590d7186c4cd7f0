"""Keep what a producer types about a product: begin, save, make several of one.

Nothing here says whether it is right; `services.submitting` does when it is sent in, and
`services.closing` throws forms away.
"""

from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from marketplace.producers.models import Producer
from marketplace.provenance.models import Photo, ProductDraft, Provenance, StockKind
from marketplace.provenance.services import errors
from marketplace.provenance.services.day_limits import require_room_for_drafts
from marketplace.provenance.services.draft_data import (
    OF_ONE_PRODUCT,
    WAS,
    baht_text,
    copied,
    data_of,
    storable,
)

MOST_PIECES = 24
Closing = ProductDraft.Closing


def start_draft(
    *,
    producer: Producer,
    by: AbstractBaseUser | None,
    provenance: Provenance | None = None,
    copy_of: Provenance | None = None,
) -> ProductDraft:
    """Begin a form: empty, of a product there is, or with the words of another one.

    Of a product whose form is begun already: that form. Raises AnotherProducer, TooManyDrafts.
    """
    source = provenance or copy_of
    if source and source.producer_id != producer.pk:
        raise errors.AnotherProducer
    if provenance is None:
        require_room_for_drafts(producer)
        data = copied(data_of(copy_of)) if copy_of else {}
        return ProductDraft.objects.create(producer=producer, data=data, created_by=by)
    begun = ProductDraft.objects.unfinished().filter(provenance=provenance).first()
    if begun:
        return begun
    require_room_for_drafts(producer)
    facts = {"producer": producer, "data": data_of(provenance), "created_by": by}
    return ProductDraft.objects.get_or_create(
        provenance=provenance, submitted_at=None, closed_at=None, defaults=facts
    )[0]


def save_draft(
    *, draft: ProductDraft, data: dict, version: int, by: AbstractBaseUser | None
) -> ProductDraft:
    """Keep the form as it is now, if nobody else kept it since `version`; returns it anew.

    The same again, as after an answer that was lost: no change. Raises StaleDraft, DraftTooLarge,
    and DraftClosed once it is sent in or thrown away.
    """
    data = storable(data)
    fresh = _fresh(draft)
    data = {**data, WAS: fresh.data[WAS]} if WAS in fresh.data else _without(data, WAS)
    if fresh.data == data:
        return fresh
    kept = ProductDraft.objects.unfinished().filter(pk=draft.pk, version=version)
    if not kept.update(data=data, version=version + 1, updated_at=timezone.now()):
        raise errors.StaleDraft
    fresh.refresh_from_db()
    return fresh


def split_draft(
    *, draft: ProductDraft, pieces: Sequence[tuple[int, str, int]], by: AbstractBaseUser | None
) -> list[ProductDraft]:
    """Make of one form with many photos one form a photo, for single pieces that share words.

    A piece is a photo of the draft, what its name ends with, and its price in satang. The one
    form is then closed. Split before: the pieces that were made then, in the order of their
    photos. Raises InvalidPieces, TooManyDrafts, and DraftClosed for a form sent in or thrown away.
    """
    with transaction.atomic():
        locked = ProductDraft.objects.select_for_update()
        fresh = locked.filter(pk=draft.pk, submitted_at=None, provenance=None).first()
        if fresh is None or fresh.closing == Closing.DISCARDED:
            raise errors.DraftClosed
        if fresh.closing == Closing.SPLIT:
            return list(fresh.pieces.order_by("created_at", "pk"))
        _require_pieces(fresh, pieces)
        require_room_for_drafts(fresh.producer, len(pieces))
        return _split(fresh, pieces, by)


def _split(draft: ProductDraft, pieces: Sequence[tuple[int, str, int]], by) -> list[ProductDraft]:
    facts = {"producer": draft.producer, "created_by": by, "made_of": draft}
    shared = _without(draft.data, *OF_ONE_PRODUCT)
    made = ProductDraft.objects.bulk_create(
        ProductDraft(data=_piece(shared, *piece), **facts) for piece in pieces
    )
    draft.closed_at, draft.closing = timezone.now(), Closing.SPLIT
    draft.save(update_fields=["closed_at", "closing"])
    return made


def photos_of_drafts(names: set[str]) -> set[str]:
    """Speak for pictures that forms still name, by key or by name (see `photo_uses`)."""
    keys: set[int] = set()
    kept: set[str] = set()
    for data in ProductDraft.objects.kept().values_list("data", flat=True).iterator():
        keys |= photo_keys(data)
        kept |= picture_names(data)
    photos = Photo.objects.filter(name__in=names)
    rows = photos.values_list("pk", "name")
    return {name for pk, name in rows if pk in keys} | (kept & names)


def photo_keys(data: dict) -> set[int]:
    """The photos that a form names, whatever else somebody sent under those names."""
    return {key for key in map(photo_key, _named(data)) if key is not None}


def picture_names(data: dict) -> set[str]:
    """The older pictures that a form names, which are no photos that can be turned."""
    return {one for one in _named(data) if isinstance(one, str) and photo_key(one) is None}


def _named(data: dict) -> list:
    photos, options = data.get("photos"), data.get("options")
    named = list(photos) if isinstance(photos, list) else []
    for option in options if isinstance(options, list) else ():
        named.append(option.get("photo") if isinstance(option, dict) else None)
    return named


def photo_key(named: object) -> int | None:
    """The key of a photo as a form names it, None for anything else."""
    text = str(named) if isinstance(named, int | str) and not isinstance(named, bool) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _fresh(draft: ProductDraft) -> ProductDraft:
    fresh = ProductDraft.objects.unfinished().filter(pk=draft.pk).first()
    if fresh is None:
        raise errors.DraftClosed
    return fresh


def _require_pieces(draft: ProductDraft, pieces: Sequence[tuple[int, str, int]]) -> None:
    photos = [photo for photo, _, _ in pieces]
    is_of_draft = set(photos) <= photo_keys(draft.data) and len(set(photos)) == len(photos)
    if not 2 <= len(pieces) <= MOST_PIECES or not is_of_draft:
        raise errors.InvalidPieces
    if any(price < 1 for _, _, price in pieces):
        raise errors.InvalidPieces


def _piece(shared: dict, photo: int, suffix: str, price_satang: int) -> dict:
    return storable(
        {
            **shared,
            "title_th": f"{shared.get('title_th', '')} {suffix}".strip(),
            "stock_kind": StockKind.ONE_PIECE.value,
            "price_baht": baht_text(price_satang),
            "quantity": "1",
            "options": [],
            "photos": [photo],
        }
    )


def _without(data: dict, *names: str) -> dict:
    return {name: fact for name, fact in data.items() if name not in names}
