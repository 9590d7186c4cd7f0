"""Sizes of pictures in pages: five widths in two formats, made by the worker after an upload."""

from collections.abc import Iterable

from django.db.models import Prefetch, prefetch_related_objects
from django_tasks import task

from cms.media.models import Picture, Rendition
from marketplace.core import page_cache
from marketplace.core.pictures import WIDTHS

FORMATS = ("webp", "jpeg")
SPECS = tuple(f"format-{kind}|width-{width}" for kind in FORMATS for width in WIDTHS)


def load_renditions(pictures: Iterable[Picture | None]) -> None:
    """Read the renditions of all pictures of a page in one statement; none without pictures."""
    shown = [picture for picture in pictures if picture is not None]
    renditions = Rendition.objects.filter(filter_spec__in=SPECS)
    prefetch_related_objects(
        shown, Prefetch("renditions", queryset=renditions, to_attr="prefetched_renditions")
    )


@task()
def make_renditions(picture_id: int) -> int:
    """Make what is missing of a picture's sizes and return how many it has. Safe to repeat.

    Zero for a picture that is gone. Pages made meanwhile show the original, so they are dropped.
    """
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is None:
        return 0
    made = picture.get_renditions(*SPECS)
    page_cache.invalidate()
    return len(made)
