"""A picture as an SVG file of its own: colours in it, no links, nothing that a page would add."""

import re
from functools import lru_cache
from typing import ClassVar, Protocol

from django.template.loader import render_to_string

from marketplace.core import assets

# Drawn by typst, the letter after a whole ำ stands on top of it. Its ring goes under a tone mark.
_SARA_AM = re.compile("([\u0e48-\u0e4b]?)\u0e33")
_TWO_PARTS = "\u0e4d\\1\u0e32"


class Picture(Protocol):
    drawing: ClassVar[str]
    """The template of its SVG."""


def as_svg(picture: Picture, *, title: str, description: str = "") -> str:
    """The picture as a document that asks for nothing but the font Sarabun.

    The words in it are in the language that is switched on; ำ is written as its two parts.
    """
    context = {
        "picture": picture,
        "id": "picture",
        "title": title,
        "description": description,
        "is_standalone": True,
    }
    return _SARA_AM.sub(_TWO_PARTS, render_to_string(picture.drawing, context).strip())


@lru_cache(maxsize=1)
def colours() -> dict[str, str]:
    """The colours of css/tokens.css by name; a page itself asks the browser for them."""
    css = (assets.SOURCES / "tokens.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", css))
