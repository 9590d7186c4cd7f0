"""Wagtail's pictures on pages. `{% load photos %}`.

Unlike Wagtail's `picture` tag this never makes a size while a visitor waits (0.8 s of CPU for the
ten of one picture): sizes are the worker's, and until then the original is shown.
"""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from cms.media.models import Picture
from cms.media.renditions import Size, load_renditions

register = template.Library()

USUAL_WIDTH = 480


@register.simple_tag
def photo(picture: Picture | None, alt: str = "", sizes: str = "100vw", eager: bool = False) -> str:
    """Draw a picture in the widths there are; `eager` is for the first one a visitor sees.

    No statement when `load_renditions` was called for the page, which `queries.py` does.
    """
    if picture is None:
        return ""
    if not hasattr(picture, "sizes"):
        load_renditions([picture])
    webp, jpeg = (_of_format(picture, kind) for kind in ("webp", "jpeg"))
    loading = 'fetchpriority="high"' if eager else 'loading="lazy"'
    return format_html(
        '<picture>{}<img src="{}"{} sizes="{}" alt="{}" width="{}" height="{}" {} '
        'decoding="async"></picture>',
        _source(webp, sizes),
        _usual(jpeg) or picture.file.url,
        format_html(' srcset="{}"', _srcset(jpeg)) if jpeg else "",
        sizes,
        alt,
        picture.width,
        picture.height,
        mark_safe(loading),
    )


def _of_format(picture: Picture, kind: str) -> list[Size]:
    """Each width once: a picture narrower than a width is not enlarged."""
    found = {one.width: one for one in picture.sizes if one.kind == kind}
    return [found[width] for width in sorted(found)]


def _source(renditions: list[Size], sizes: str) -> str:
    if not renditions:
        return ""
    return format_html(
        '<source type="image/webp" srcset="{}" sizes="{}">', _srcset(renditions), sizes
    )


def _srcset(renditions: list[Size]) -> str:
    return format_html_join(", ", "{} {}w", ((one.url, one.width) for one in renditions))


def _usual(renditions: list[Size]) -> str:
    fitting = [one for one in renditions if one.width >= USUAL_WIDTH] or renditions[-1:]
    return fitting[0].url if fitting else ""
