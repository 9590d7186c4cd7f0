"""Keep what a producer types about a product: begin, save, throw away, make several of one.

Nothing here says whether it is right; `services.submitting` does when it is sent in.
"""

from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from marketplace.producers.models import Producer
from marketplace.provenance.models import Photo, ProductDraft, Provenance, StockKind
from marketplace.provenance.services import errors
from marketplace.provenance.services.draft_data import (
    OF_ONE_PRODUCT,
    WAS,
    baht_text,
    copied,
    data_of,
    storable,
)

MOST_PIECES = 24


def start_draft(
    *,
    producer: Producer,
    by: AbstractBaseUser | None,
    provenance: Provenance | None = None,
    copy_of: Provenance | None = None,
) -> ProductDraft:
    """Begin a form: empty, of a product there is, or with the words of another one.

    Of a product whose form is begun already: that form. Raises AnotherProducer.
    """
    source = provenance or copy_of
    if source and source.producer_id != producer.pk:
        raise errors.AnotherProducer
    if provenance is None:
        data = copied(data_of(copy_of)) if copy_of else {}
        return ProductDraft.objects.create(producer=producer, data=data, created_by=by)
    facts = {"producer": producer, "data": data_of(provenance), "created_by": by}
    return ProductDraft.objects.get_or_create(
        provenance=provenance, submitted_at=None, defaults=facts
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
    kept = ProductDraft.objects.filter(pk=draft.pk, version=version, submitted_at=None)
    if not kept.update(data=data, version=version + 1, updated_at=timezone.now()):
        raise errors.StaleDraft
    fresh.refresh_from_db()
    return fresh


def discard_draft(*, draft: ProductDraft, by: AbstractBaseUser | None) -> None:
    """Throw a form away; its product stays. Twice, or once sent in: no change."""
    ProductDraft.objects.filter(pk=draft.pk, submitted_at=None).delete()


def split_draft(
    *, draft: ProductDraft, pieces: Sequence[tuple[int, str, int]], by: AbstractBaseUser | None
) -> list[ProductDraft]:
    """Make of one form with many photos one form a photo, for single pieces that share words.

    A piece is a photo of the draft, what its name ends with, and its price in satang. The one
    form is then gone: a second tap raises DraftClosed. Raises InvalidPieces.
    """
    with transaction.atomic():
        locked = ProductDraft.objects.select_for_update()
        fresh = locked.filter(pk=draft.pk, submitted_at=None, provenance=None).first()
        if fresh is None:
            raise errors.DraftClosed
        _require_pieces(fresh, pieces)
        shared = _without(fresh.data, *OF_ONE_PRODUCT)
        made = ProductDraft.objects.bulk_create(
            ProductDraft(producer=fresh.producer, created_by=by, data=_piece(shared, *piece))
            for piece in pieces
        )
        fresh.delete()
    return made


def photos_of_drafts(names: set[str]) -> set[str]:
    """Speak for photos that forms begun or sent in still name (see `photo_uses`)."""
    photos = Photo.objects.filter(name__in=names)
    producers = set(photos.values_list("producer_id", flat=True))
    open_drafts = ProductDraft.objects.filter(producer__in=producers, submitted_at=None)
    kept: set[int] = set()
    for data in open_drafts.values_list("data", flat=True).iterator():
        kept |= photo_keys(data)
    return set(photos.filter(pk__in=kept).values_list("name", flat=True))


def photo_keys(data: dict) -> set[int]:
    """The photos that a form names, whatever else somebody sent under those names."""
    photos, options = data.get("photos"), data.get("options")
    named = list(photos) if isinstance(photos, list) else []
    for option in options if isinstance(options, list) else ():
        named.append(option.get("photo") if isinstance(option, dict) else None)
    return {key for key in map(photo_key, named) if key is not None}


def photo_key(named: object) -> int | None:
    """The key of a photo as a form names it, None for anything else."""
    text = str(named) if isinstance(named, int | str) and not isinstance(named, bool) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _fresh(draft: ProductDraft) -> ProductDraft:
    fresh = ProductDraft.objects.filter(pk=draft.pk, submitted_at=None).first()
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
