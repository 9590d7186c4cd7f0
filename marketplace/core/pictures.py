"""Renditions of uploaded pictures: fixed widths and formats at names computed from the original's.

A page that shows a picture therefore needs no query, no cache and no look at the disk. Renditions
are made after the upload by the worker (`make_renditions`). Until then, and for good where a
picture is broken, `views.rendition` answers with the nearest width there is.

Media is a folder (`MEDIA_ROOT`), on one disk or shared.
"""

import logging
import tempfile
from io import BytesIO
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from django.conf import settings
from django.utils._os import safe_join
from django_tasks import task
from oscar.core.thumbnails import AbstractThumbnailer
from PIL.Image import DecompressionBombError
from willow.image import Image

logger = logging.getLogger(__name__)

WIDTHS = (240, 480, 720, 960, 1440)
FORMATS = ("webp", "jpg")
FOLDER = "renditions"
QUALITY = 76
# What decoding raises for files that are damaged, too large to be true, or no picture at all.
NOT_A_PICTURE = (OSError, ValueError, DecompressionBombError)


def rendition_name(original: str, width: int, extension: str) -> str:
    """Name a rendition below MEDIA_ROOT: products/a.jpg -> renditions/products/a.jpg.480.webp.

    The original's extension stays in the name, so that a.jpg and a.png never share a rendition.
    """
    if width not in WIDTHS or extension not in FORMATS:
        raise ValueError(f"no rendition has width {width} and format {extension}")
    return f"{FOLDER}/{original}.{width}.{extension}"


def rendition_url(original: str, width: int, extension: str = "jpg") -> str:
    return settings.MEDIA_URL + _quoted(rendition_name(original, width, extension))


def rendition_stem(original: str) -> str:
    """Return what the addresses of all renditions of a picture begin with, up to `.480.webp`."""
    return settings.MEDIA_URL + _quoted(f"{FOLDER}/{original}")


def _quoted(name: str) -> str:
    return quote(name, safe="/~!*()'")


def split_rendition_name(name: str) -> tuple[str, int, str] | None:
    """Return original, width and extension of a rendition's name below the folder, or None."""
    original, width, extension = ([*name.rsplit(".", 2), "", ""])[:3]
    is_name = original and "\0" not in original
    if is_name and width.isdecimal() and int(width) in WIDTHS and extension in FORMATS:
        return original, int(width), extension
    return None


@task()
def make_renditions(original: str, widths: list[int] | None = None) -> int:
    """Make what is missing of a picture's renditions and return how many were made.

    Safe to repeat and to stop: a file appears under its name only when it is whole. A picture
    narrower than a width is not enlarged; the rendition is then as wide as the picture. A picture
    that is gone, or that cannot be decoded, has no renditions.
    """
    missing = [
        (width, extension)
        for width in (widths or WIDTHS)
        for extension in FORMATS
        if not _path(rendition_name(original, width, extension)).exists()
    ]
    source = _path(original)
    if missing and source.is_file():
        return _make(source, original, missing)
    return 0


def _make(source: Path, original: str, missing: list[tuple[int, str]]) -> int:
    with source.open("rb") as handle:
        try:
            picture = _without_data(Image.open(handle).auto_orient())
        except NOT_A_PICTURE as error:
            logger.warning("no renditions of %s: %s", original, type(error).__name__)
            return 0
        for width, extension in missing:
            target = _path(rendition_name(original, width, extension))
            _write_whole(target, _encode(_narrowed(picture, width), extension))
    return len(missing)


def _without_data(picture):
    """Drop what a camera wrote beside the picture: where it was taken, when, with what."""
    for kind in ("exif", "xmp", "comment"):
        picture.image.info.pop(kind, None)
    return picture


def _narrowed(picture, width: int):
    full_width, full_height = picture.get_size()
    if full_width <= width:
        return picture
    return picture.resize((width, max(1, round(full_height * width / full_width))))


def _encode(picture, extension: str) -> bytes:
    if extension == "webp":
        return picture.save_as_webp(BytesIO(), quality=QUALITY).f.getvalue()
    if picture.has_alpha():
        picture = picture.set_background_color_rgb((255, 255, 255))
    return picture.save_as_jpeg(BytesIO(), quality=QUALITY, progressive=True).f.getvalue()


def _write_whole(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as part:
        part.write(content)
    Path(part.name).chmod(0o644)
    Path(part.name).replace(target)


def _path(name: str) -> Path:
    """Return where a media file lies; raises SuspiciousFileOperation outside of MEDIA_ROOT."""
    return Path(safe_join(settings.MEDIA_ROOT, name))


def nearest(original: str, width: int, extension: str) -> Path | None:
    """Return the file that serves a rendition best today: itself, the next wider, the next
    narrower, and at last the original; None where there is nothing."""
    by_preference = sorted(WIDTHS, key=lambda other: (other < width, abs(other - width)))
    names = [rendition_name(original, other, extension) for other in by_preference]
    for path in map(_path, [*names, original]):
        if path.is_file():
            return path
    return None


def delete_renditions(original: str) -> None:
    for width in WIDTHS:
        for extension in FORMATS:
            _path(rendition_name(original, width, extension)).unlink(missing_ok=True)


class _Thumbnail:
    """What Oscar's dashboard asks of a thumbnail."""

    def __init__(self, url: str) -> None:
        self.url = url

    def __str__(self) -> str:
        return self.url


class Thumbnailer(AbstractThumbnailer):
    """OSCAR_THUMBNAILER: answers every size with the rendition that is wide enough."""

    def generate_thumbnail(self, source, **options) -> _Thumbnail:
        wanted = int(str(options.get("size", "")).partition("x")[0] or WIDTHS[0])
        width = next((width for width in WIDTHS if width >= wanted), WIDTHS[-1])
        name = str(PurePosixPath(getattr(source, "name", None) or source))
        return _Thumbnail(rendition_url(name, width))

    def delete_thumbnails(self, source) -> None:
        delete_renditions(getattr(source, "name", None) or str(source))
