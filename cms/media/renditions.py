"""Sizes of pictures in pages: five widths in two formats, made by the worker after an upload."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django_tasks import task

from cms.media.models import Picture, Rendition
from marketplace.core import page_cache
from marketplace.core.pictures import WIDTHS
from marketplace.core.prepared import Prepared

FORMATS = ("webp", "jpeg")
SPECS = tuple(f"format-{kind}|width-{width}" for kind in FORMATS for width in WIDTHS)


class Size(NamedTuple):
    """A rendition as pages need it: `kind` is one of FORMATS."""

    width: int
    kind: str
    url: str


_rendition_rows = Prepared(
    lambda picture_ids: Rendition.objects.filter(
        image__in=picture_ids, filter_spec__in=SPECS
    ).values_list("image", "filter_spec", "file", "width")
)


def load_renditions(pictures: Iterable[Picture | None]) -> None:
    """Give all pictures of a page their `sizes` in one statement; none without pictures."""
    shown = [picture for picture in pictures if picture is not None]
    sizes = _sizes_of({picture.pk for picture in shown}) if shown else {}
    for picture in shown:
        picture.sizes = sizes[picture.pk]


def _sizes_of(picture_ids: set[int]) -> dict[int, list[Size]]:
    """The sizes of each picture, in any order."""
    url = Rendition._meta.get_field("file").storage.url
    sizes: dict[int, list[Size]] = defaultdict(list)
    for picture_id, spec, name, width in _rendition_rows(picture_ids=list(picture_ids)):
        kind = spec.partition("|")[0].removeprefix("format-")
        sizes[picture_id].append(Size(width, kind, url(name)))
    return sizes


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
