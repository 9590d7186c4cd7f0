"""What the pictures of reports need: `{% load drawing %}`."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from marketplace.places.outlines import Box
from shop.reports.pictures.standalone import colours

register = template.Library()

PATTERNS = ("hidden", "below")


@register.simple_tag(takes_context=True)
def colour(context, name: str) -> str:
    """A colour of css/tokens.css: its name on a page, the colour itself in a file of its own.

    Raises KeyError for a colour that there is not.
    """
    own = colours()[name]
    return own if context.get("is_standalone") else f"var(--{name})"


@register.simple_tag(takes_context=True)
def shade(context, key: str) -> str:
    """The paint of a shade of `pictures.shades`; patterns are those of the drawing named `id`."""
    if key in PATTERNS:
        return f"url(#{context['id']}-{key})"
    return colour(context, "sunk" if key == "zero" else key)


@register.simple_tag
def placed(box: Box) -> SafeString:
    """The attributes of a rectangle that say where it is."""
    text = 'x="{}" y="{}" width="{}" height="{}"'
    return format_html(text, box.left, box.top, box.width, box.height)
