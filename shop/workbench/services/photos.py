"""Take in the photos of a form that was sent, without letting anybody wait for too long."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from time import monotonic

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.producers.models import Producer
from marketplace.provenance.services import PhotoRefused, take_photo
from marketplace.provenance.services.draft_reading import MOST_PHOTOS
from marketplace.provenance.services.errors import TooManyPhotos

MOST_SECONDS = 10
"""After this long no further photo is begun: a big one takes 0.7 s of a core here, 4 s at most."""


@dataclass
class Taken:
    """What came of the photos of one request."""

    keys: list[int] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    left: list[File] = field(default_factory=list)  # for want of time
    too_many: int = 0

    def sentences(self) -> Iterator[str]:
        """Everything that must be said about what was not taken."""
        yield from self.refusals
        if self.too_many:
            yield _("A product has 24 photos at most. Not taken: %(count)s.") % {
                "count": self.too_many
            }
        if self.left:
            yield _words_of_left(len(self.keys), len(self.left))


def take_photos(
    *,
    producer: Producer,
    uploads: Sequence[File],
    there: Collection[int | str],
    by: AbstractBaseUser | None,
) -> Taken:
    """Take in photos one after the other while there is time; each is kept as soon as it is in.

    `there` names those that the product has already. At least one is tried. What is sent again is
    known by its bytes and takes neither time nor room, so that everything can simply be sent once
    more.
    """
    taken, ends_at = Taken(), monotonic() + MOST_SECONDS
    for number, upload in enumerate(uploads):
        if len({*there, *taken.keys}) >= MOST_PHOTOS:
            taken.too_many = len(uploads) - number
            break
        if number and monotonic() > ends_at:
            taken.left = list(uploads[number:])
            break
        try:
            taken.keys.append(take_photo(producer=producer, upload=upload, by=by).pk)
        except TooManyPhotos as error:
            taken.refusals.append(str(error.message))
            break
        except PhotoRefused as error:
            taken.refusals.append(f"{upload.name}: {error.message}")
    return taken


def _words_of_left(taken: int, left: int) -> str:
    here = ngettext("%(count)s photo is here.", "%(count)s photos are here.", taken)
    rest = ngettext(
        "There was no time for %(count)s more: choose it once more and send it. Nothing is taken "
        "twice.",
        "There was no time for %(count)s more: choose them once more and send them. Nothing is "
        "taken twice.",
        left,
    )
    return f"{here % {'count': taken}} {rest % {'count': left}}"
