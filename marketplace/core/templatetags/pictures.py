"""Pictures of products and villages in pages, and what stands in for a missing one.

`{% load pictures %}`. Everything here is computed from names and numbers: no query, no disk.
"""

from django import template
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import mark_safe

from marketplace.core import pictures
from marketplace.core.templatetags.page import sprite_url
from marketplace.core.templatetags.thai import monogram

register = template.Library()

CARD_SIZES = "(min-width: 76rem) 18rem, (min-width: 64rem) 23vw, (min-width: 48rem) 31vw, 46vw"
CARD_WIDTHS = (240, 480, 720)
MOTIFS = 4
FAMILIES = frozenset(("textile", "food", "beverage", "household", "herbal"))


@register.simple_tag
def product_picture(name: str, alt: str = "", sizes: str = CARD_SIZES, eager: bool = False) -> str:
    """Draw a picture at all widths; the browser takes the one that fits `sizes`.

    `eager` is for the first picture a visitor sees: loaded at once and first.
    """
    return _picture(name, alt, sizes, eager, pictures.WIDTHS)


def _picture(name: str, alt: str, sizes: str, eager: bool, widths: tuple[int, ...]) -> str:
    stem = escape(pictures.rendition_stem(name))
    srcset = ", ".join(f"{stem}.{width}.webp {width}w" for width in widths)
    loading = 'fetchpriority="high"' if eager else 'loading="lazy"'
    return mark_safe(
        f'<picture><source type="image/webp" srcset="{srcset}" sizes="{conditional_escape(sizes)}">'
        f'<img src="{stem}.480.jpg" alt="{conditional_escape(alt)}" width="480" height="480" '
        f'{loading} decoding="async"></picture>'
    )


@register.simple_tag
def card_picture(listing, eager: bool = False) -> str:
    """Draw the picture of a product card, or its tile. The name beside it says what it is."""
    if not listing.picture:
        return product_tile(listing.pk, listing.otop_type)
    return _picture(listing.picture, "", CARD_SIZES, eager, CARD_WIDTHS)


@register.simple_tag
def product_tile(number: int, otop_type: str) -> str:
    """Draw the woven tile of a product without picture: the same product, always the same tile."""
    family = otop_type if otop_type in FAMILIES else "household"
    return format_html(
        '<div class="tile family--{0}" aria-hidden="true">'
        '<svg class="tile__motif"><use href="{1}#kabkhit-{2}"></use></svg>'
        '<svg class="icon tile__icon"><use href="{1}#{0}"></use></svg></div>',
        family,
        sprite_url(),
        number % MOTIFS + 1,
    )


@register.simple_tag
def picture_url(name, width: int = 480) -> str:
    return pictures.rendition_url(str(name), width)


@register.simple_tag
def motif(name: str) -> str:
    """Return the address of the motif that belongs to a name: always the same one."""
    return f"{sprite_url()}#kabkhit-{sum(map(ord, name)) % MOTIFS + 1}"


@register.filter
def village_monogram(name: str) -> str:
    """The letter of a village: nearly every name begins with the word for village, so skip it."""
    return monogram(name.removeprefix("บ้าน").removeprefix("Ban ")) or monogram(name)
