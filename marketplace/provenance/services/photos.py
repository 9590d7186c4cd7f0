"""Take in what producers photograph, turn it, and forget what came to nothing.

A picture is cleaned (`core.photos`) before anything is stored, and never changes under its name.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from oscar.apps.catalogue.models import ProductImage

from marketplace.core import audit
from marketplace.core.photos import checksum_of, clean_photo, stored_photo
from marketplace.core.pictures import delete_renditions, make_renditions
from marketplace.producers.models import Producer
from marketplace.provenance import photo_uses
from marketplace.provenance.models import Photo
from marketplace.provenance.services.day_limits import (
    require_room_for_a_photo,
    require_room_for_a_turn,
)

FOLDER = "images/photos"
KEPT = timedelta(days=30)
BATCH = 500


def take_photo(*, producer: Producer, upload: File, by: AbstractBaseUser | None) -> Photo:
    """Keep a clean copy of a picture for a producer's drafts; the worker makes its widths.

    The same bytes again, as after a network that dropped: at once the photo made of them before,
    turned as it is by now. Raises PhotoRefused, also as TooManyPhotos, with nothing stored.
    """
    known = _known(producer, checksum_of(upload))
    if known:
        return known
    require_room_for_a_photo(producer)
    cleaned = clean_photo(upload)
    with stored_photo(cleaned, FOLDER, default_storage) as name, transaction.atomic():
        photo, created = Photo.objects.get_or_create(
            producer=producer,
            sha256=cleaned.sha256,
            defaults={
                "name": name,
                "width": cleaned.width,
                "height": cleaned.height,
                "remarks": list(cleaned.remarks),
                "uploaded_by": by,
            },
        )
        if created:
            make_renditions.enqueue(name)
            audit.note(actor=by, act="photo.take", target=f"photo:{photo.pk}")
        # Where another request was quicker, this file is forgotten with the unused ones.
    return photo


def rotate_photo(*, photo: Photo, by: AbstractBaseUser | None) -> Photo:
    """Turn a photo a quarter clockwise; it gets a new name, and products keep the old one.

    Two at once turn it once: the row as it was read says from where. Raises PhotoRefused where the
    stored picture is broken, also as TooManyTurns.
    """
    require_room_for_a_turn(by)
    with default_storage.open(photo.name) as content:
        turned = clean_photo(content, quarter_turns=1)
    with stored_photo(turned, FOLDER, default_storage) as name, transaction.atomic():
        as_read = Photo.objects.filter(pk=photo.pk, name=photo.name)
        if as_read.update(name=name, width=turned.width, height=turned.height):
            make_renditions.enqueue(name)
            audit.note(actor=by, act="photo.rotate", target=f"photo:{photo.pk}")
    photo.refresh_from_db()
    return photo


def forget_unused_photos() -> int:
    """Delete photos that were sent 30 days ago and that nothing keeps; return how many files.

    Goes by the files, so that those left by a turning or by a crash go too. Safe to repeat.
    """
    before = timezone.now() - KEPT
    return sum(_forget(names, before) for names in _batches_of_old_names(before))


def photos_of_products(names: set[str]) -> set[str]:
    """Speak for pictures of products, whatever their state (see `photo_uses`)."""
    shown = ProductImage.objects.filter(original__in=names)
    return set(shown.values_list("original", flat=True))


def _known(producer: Producer, sha256: str) -> Photo | None:
    """Return the photo made of these bytes before, which now counts as sent today."""
    photos = Photo.objects.of(producer).filter(sha256=sha256)
    photos.update(uploaded_at=timezone.now())
    return photos.first()


def _batches_of_old_names(before: datetime) -> Iterator[set[str]]:
    if not default_storage.exists(FOLDER):
        return
    stored = (f"{FOLDER}/{file}" for file in sorted(default_storage.listdir(FOLDER)[1]))
    old = [name for name in stored if default_storage.get_modified_time(name) < before]
    for start in range(0, len(old), BATCH):
        yield set(old[start : start + BATCH])


def _forget(names: set[str], before: datetime) -> int:
    unused = names - photo_uses.in_use(names)
    Photo.objects.filter(name__in=unused, uploaded_at__lt=before).delete()
    # What is left was sent again since.
    unused -= set(Photo.objects.filter(name__in=unused).values_list("name", flat=True))
    for name in unused:
        delete_renditions(name)
        default_storage.delete(name)
    return len(unused)
