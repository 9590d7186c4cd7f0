"""Reads what the templates of pictures made: it must be balanced, as XML demands."""

from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"


def parsed(markup: str) -> ElementTree.Element:
    """The one element that the markup is, names without their namespace."""
    element = ElementTree.fromstring(markup.strip())
    for part in element.iter():
        part.tag = part.tag.removeprefix(SVG)
    return element


def svg_of(markup: str) -> str:
    """The first drawing in it that is not a sample of the key."""
    start = markup.index('<svg class="picture__drawing')
    return markup[start : markup.index("</svg>", start) + len("</svg>")]
