"""How much one producer can send in a day: far more than a village makes, far less than somebody
needs who came by its password to fill the disks."""

from datetime import datetime, time

from django.contrib.auth.models import AbstractBaseUser
from django.utils.timezone import make_aware

from marketplace.core import thai
from marketplace.core.models import AuditEntry
from marketplace.producers.models import Producer
from marketplace.provenance.models import Photo, ProductDraft
from marketplace.provenance.services import errors

PHOTOS_A_DAY = 300
DRAFTS_A_DAY = 300
TURNS_A_DAY = 300
"""Of one person: each turn leaves a file that is forgotten a month later."""


def require_room_for_a_photo(producer: Producer) -> None:
    """Raise TooManyPhotos where a producer has sent enough today; one statement.

    Requests at the same moment may each find the last place free: that is near enough.
    """
    sent = Photo.objects.of(producer).filter(uploaded_at__gte=_midnight()).count()
    if sent >= PHOTOS_A_DAY:
        raise errors.TooManyPhotos


def require_room_for_drafts(producer: Producer, count: int = 1) -> None:
    """Raise TooManyDrafts where a producer has begun enough today; one statement."""
    begun = ProductDraft.objects.filter(producer=producer, created_at__gte=_midnight()).count()
    if begun + count > DRAFTS_A_DAY:
        raise errors.TooManyDrafts


def require_room_for_a_turn(by: AbstractBaseUser | None) -> None:
    """Raise TooManyTurns where somebody has turned enough photos today; one statement."""
    today = AuditEntry.objects.filter(at__gte=_midnight(), act="photo.rotate", actor=by)
    if today.count() >= TURNS_A_DAY:
        raise errors.TooManyTurns


def _midnight() -> datetime:
    return make_aware(datetime.combine(thai.today(), time()), thai.BANGKOK)
