"""What the product form shows beside what was typed."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from oscar.apps.catalogue.models import Category, Product

from marketplace.producers.models import Producer
from marketplace.provenance.models import Photo, ProductDraft
from marketplace.provenance.services.drafting import photo_key, photo_keys, picture_names


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


def closed_words(draft: ProductDraft) -> str:
    """What became of a form that is closed; at most one statement."""
    if draft.closing == ProductDraft.Closing.DISCARDED:
        return _("This form was thrown away. You can bring it back from the list of products.")
    if draft.closing == ProductDraft.Closing.SPLIT:
        made = draft.pieces.count()
        words = _("These photos were made into %(count)s products already. They are in the list.")
        return words % {"count": made}
    return _("This was sent in already. Its product is in the list.")


def untouched_draft(producer: Producer, user) -> ProductDraft | None:
    """An empty form that somebody began and typed nothing into: a second tap gets it again."""
    begun = producer.drafts.unfinished().filter(provenance=None, version=0, created_by=user.pk)
    return next((draft for draft in begun if not draft.data), None)


def names_only_own(draft: ProductDraft, data: dict) -> bool:
    """Whether photos and options that a form names are the producer's; two statements at most.

    What the draft names already passes, so that a photo that is gone can be seen and removed.
    """
    keys = photo_keys(data) - photo_keys(draft.data)
    own = Photo.objects.of(draft.producer).filter(pk__in=keys).count() if keys else 0
    names, known = picture_names(data), picture_names(draft.data)
    options = {str(one.get("product_id")) for one in data["options"] if one.get("product_id")}
    return own == len(keys) and names <= known and options <= _options_of(draft, options)


def _options_of(draft: ProductDraft, asked: set[str]) -> set[str]:
    if not asked or draft.provenance is None:
        return set()
    children = Product.objects.filter(parent=draft.provenance.product_id)
    return {str(pk) for pk in children.values_list("pk", flat=True)}


@dataclass(frozen=True)
class PhotosOfForm:
    """The pictures of a form in order; options choose among them."""

    photos: list[DraftPhoto]
    others: dict[str, DraftPhoto]  # that options show and the product itself does not

    def choices(self, option: dict) -> list[DraftPhoto]:
        """What an option can show: the photos of the form, and what it shows already."""
        there = [one for one in self.photos if one.name]
        own = self.others.get(str(option.get("photo", "")))
        return [*there, own] if own and own.name else there


def photos_of(draft: ProductDraft, data: dict) -> PhotosOfForm:
    """The photos of a form; one statement."""
    found = Photo.objects.of(draft.producer).in_bulk(photo_keys(data))
    photos = [_draft_photo(one, found) for one in data.get("photos") or []]
    names = {str(one.named) for one in photos}
    of_options = {str(one["photo"]) for one in data.get("options") or () if one.get("photo")}
    return PhotosOfForm(photos, {one: _draft_photo(one, found) for one in of_options - names})


def _draft_photo(named: int | str, found: dict[int, Photo]) -> DraftPhoto:
    key = photo_key(named)
    photo = found.get(key) if key is not None else None
    return DraftPhoto(named, photo, photo.name if photo else str(named) * (key is None))


def category_choices() -> list[Category]:
    """Every category in the order of the tree; one statement."""
    return list(Category.objects.order_by("path"))
