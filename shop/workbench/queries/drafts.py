"""What the product form shows beside what was typed."""

from dataclasses import dataclass

from oscar.apps.catalogue.models import Category, Product

from marketplace.producers.models import Producer
from marketplace.provenance.models import Photo, ProductDraft
from marketplace.provenance.services.drafting import photo_key, photo_keys


@dataclass(frozen=True)
class DraftPhoto:
    """A picture of the form, in its place; `photo` is None for an older picture of the product."""

    named: int | str
    photo: Photo | None
    name: str


def own_draft(producer: Producer, key) -> ProductDraft | None:
    """A producer's own form, sent in or not; None for another's. One statement."""
    drafts = producer.drafts.select_related("provenance__product")
    return drafts.filter(pk=key).first()


def untouched_draft(producer: Producer, user) -> ProductDraft | None:
    """An empty form that somebody began and typed nothing into: a second tap gets it again."""
    begun = producer.drafts.filter(
        submitted_at=None, provenance=None, version=0, created_by=user.pk
    )
    return next((draft for draft in begun if not draft.data), None)


def names_only_own(draft: ProductDraft, data: dict) -> bool:
    """Whether photos and options that a form names are the producer's; two statements at most.

    What the draft names already passes, so that a photo that is gone can be seen and removed.
    """
    keys = photo_keys(data) - photo_keys(draft.data)
    own = Photo.objects.of(draft.producer).filter(pk__in=keys).count() if keys else 0
    names = {one for one in data["photos"] if photo_key(one) is None}
    known = {one for one in draft.data.get("photos") or () if isinstance(one, str)}
    options = {str(one.get("product_id")) for one in data["options"] if one.get("product_id")}
    return own == len(keys) and names <= known and options <= _options_of(draft, options)


def _options_of(draft: ProductDraft, asked: set[str]) -> set[str]:
    if not asked or draft.provenance is None:
        return set()
    children = Product.objects.filter(parent=draft.provenance.product_id)
    return {str(pk) for pk in children.values_list("pk", flat=True)}


def photos_of(draft: ProductDraft, data: dict) -> list[DraftPhoto]:
    """The photos of a form in order; one statement."""
    named = data.get("photos") or []
    photos = Photo.objects.of(draft.producer).in_bulk(
        [key for key in map(photo_key, named) if key is not None]
    )
    found = []
    for one in named:
        key = photo_key(one)
        photo = photos.get(key) if key is not None else None
        found.append(DraftPhoto(one, photo, photo.name if photo else str(one) * (key is None)))
    return found


def category_choices() -> list[Category]:
    """Every category in the order of the tree; one statement."""
    return list(Category.objects.order_by("path"))
