"""Labels on packages: the product's word in Thai, an English line, and a row of diamonds."""

from functools import cache
from importlib import resources
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from deploy.demo.drawing.studio import Colour, darken, lighten

SERIF = ("pylopdf_fonts_th", "NotoSerifThai-Variable.ttf")
BODY = ("fontpkg_sarabun", "Sarabun-Regular.ttf")
BODY_BOLD = ("fontpkg_sarabun", "Sarabun-Bold.ttf")


@cache
def _font_path(package: str, file_name: str) -> str:
    """Where an installed package keeps a font, in whatever folder of its own."""
    root = Path(str(resources.files(package)))
    return str(next(root.rglob(file_name)))


@cache
def font(face: tuple[str, str], size: int) -> ImageFont.FreeTypeFont:
    found = ImageFont.truetype(_font_path(*face), size)
    if face == SERIF:
        found.set_variation_by_axes([700] + [100] * (len(found.get_variation_axes()) - 1))
    return found


def fitted(face: tuple[str, str], text: str, width: int, largest: int) -> ImageFont.FreeTypeFont:
    """The largest size at which the text stays inside the width."""
    size = largest
    while size > 14 and font(face, size).getlength(text) > width:
        size -= 2
    return font(face, size)


def label(
    size: tuple[int, int],
    title_th: str,
    line_en: str,
    colour: Colour,
    paper: Colour = (250, 244, 230),
    note_th: str = "",
) -> Image.Image:
    """A paper label; Thai marks above and below the letters have room."""
    width, height = size
    picture = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, width, height * 0.16), fill=colour)
    draw.rectangle((0, height * 0.9, width, height), fill=colour)
    _diamonds(draw, width, height * 0.08, height * 0.045, lighten(colour, 0.72))
    inner = round(width * 0.86)
    face = fitted(SERIF, title_th, inner, round(height * 0.26))
    draw.text(
        (width / 2, height * 0.45), title_th, font=face, fill=darken(colour, 0.35), anchor="mm"
    )
    small = fitted(BODY_BOLD, line_en, inner, round(height * 0.1))
    draw.text((width / 2, height * 0.68), line_en, font=small, fill=colour, anchor="mm")
    if note_th:
        tiny = fitted(BODY, note_th, inner, round(height * 0.085))
        draw.text((width / 2, height * 0.81), note_th, font=tiny, fill=(80, 70, 60), anchor="mm")
    return picture


def _diamonds(
    draw: ImageDraw.ImageDraw, width: int, y: float, reach: float, colour: Colour
) -> None:
    step = reach * 2.4
    x = width / 2 - step * int(width / step / 2)
    while x < width:
        draw.polygon([(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)], fill=colour)
        inner = reach * 0.4
        draw.polygon(
            [(x, y - inner), (x + inner, y), (x, y + inner), (x - inner, y)],
            fill=darken(colour, 0.5),
        )
        x += step
