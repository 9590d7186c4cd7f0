"""Light, grounds, shadows and grain: what every drawing shares.

All drawings are made at SIDE pixels and are deterministic: chance comes from `chance(key)`.
"""

import math
from functools import cache
from random import Random
from zlib import crc32

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

SIDE = 1200
Colour = tuple[int, int, int]
# A matrix that deepens colours by 14 % and leaves greys alone.
_RICHER = tuple(
    1.14 * (row == column) - 0.14 * weight if column < 3 else 0
    for row in range(3)
    for column, weight in enumerate((0.299, 0.587, 0.114, 0))
)
_WARMTH = [
    [max(0, round(255 - (255 - i) * lean)) for i in range(256)] for lean in (0.88, 1.0, 1.06)
]
Point = tuple[float, float]

PAPER: Colour = (247, 241, 230)
LINEN: Colour = (236, 222, 198)
CLAY: Colour = (138, 75, 35)
INDIGO: Colour = (35, 58, 115)
INDIGO_DEEP: Colour = (24, 40, 80)
LAC: Colour = (154, 42, 46)
GOLD: Colour = (181, 119, 13)
LEAF: Colour = (44, 106, 63)
PLUM: Colour = (106, 46, 99)
CELADON: Colour = (31, 98, 101)
INK: Colour = (35, 31, 27)


def chance(key: str) -> Random:
    return Random(crc32(key.encode()))


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """The colour `share` of the way from `a` to `b`."""
    return tuple(round(x + (y - x) * share) for x, y in zip(a, b, strict=True))


def lighten(colour: Colour, share: float) -> Colour:
    return mix(colour, (255, 252, 244), share)


def darken(colour: Colour, share: float) -> Colour:
    return mix(colour, (18, 12, 8), share)


def noise(size: tuple[int, int], cells: tuple[int, int], random: Random) -> Image.Image:
    """Soft grey clouds: random cells enlarged smoothly."""
    small = Image.frombytes("L", cells, random.randbytes(cells[0] * cells[1]))
    return small.resize(size, Image.Resampling.BICUBIC)


def levels(image: Image.Image, low: int, high: int) -> Image.Image:
    """Squeeze a grey image into low..high."""
    return image.point([low + (high - low) * i // 255 for i in range(256)])


def shade(image: Image.Image, grey: Image.Image) -> Image.Image:
    """Darken by a grey image, 255 leaving the colour as it is. Shadows lean to brown."""
    return ImageChops.multiply(image, Image.merge("RGB", [grey.point(c) for c in _WARMTH]))


def glow(image: Image.Image, grey: Image.Image, colour: Colour = (255, 250, 238)) -> Image.Image:
    """Lay light of one colour over the picture where the grey image is bright."""
    return Image.composite(Image.new("RGB", image.size, colour), image, grey)


def tile(cell: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Repeat a cell over a surface, doubling what is laid each time."""
    out = Image.new(cell.mode, size)
    out.paste(cell)
    width, height = cell.size
    while width < size[0]:
        out.paste(out.crop((0, 0, min(width, size[0] - width), height)), (width, 0))
        width *= 2
    while height < size[1]:
        out.paste(out.crop((0, 0, size[0], min(height, size[1] - height))), (0, height))
        height *= 2
    return out


def column_gradient(size: tuple[int, int], stops: list[tuple[float, int]]) -> Image.Image:
    """Grey that changes from left to right through stops of (place 0..1, grey)."""
    row = Image.new("L", (256, 1))
    row.putdata([_between(stops, i / 255) for i in range(256)])
    return row.resize(size, Image.Resampling.BILINEAR)


def row_gradient(size: tuple[int, int], stops: list[tuple[float, int]]) -> Image.Image:
    """Grey that changes from top to bottom."""
    column = Image.new("L", (1, 256))
    column.putdata([_between(stops, i / 255) for i in range(256)])
    return column.resize(size, Image.Resampling.BILINEAR)


def _between(stops: list[tuple[float, int]], place: float) -> int:
    for (p0, v0), (p1, v1) in zip(stops, stops[1:], strict=False):
        if place <= p1:
            return round(v0 + (v1 - v0) * max(0.0, (place - p0) / max(1e-6, p1 - p0)))
    return stops[-1][1]


def mask_of(size: tuple[int, int], draw_on, scale: int = 2) -> Image.Image:
    """A smooth-edged mask: `draw_on(draw, scale)` paints white at twice the size."""
    big = Image.new("L", (size[0] * scale, size[1] * scale))
    draw_on(ImageDraw.Draw(big), scale)
    return big.reduce(scale)


def polygon_mask(size: tuple[int, int], points: list[Point]) -> Image.Image:
    return mask_of(size, lambda d, s: d.polygon([(x * s, y * s) for x, y in points], fill=255))


def ellipse_mask(size: tuple[int, int], box: tuple[float, float, float, float]) -> Image.Image:
    return mask_of(size, lambda d, s: d.ellipse([v * s for v in box], fill=255))


def rounded_mask(
    size: tuple[int, int], box: tuple[float, float, float, float], radius: float
) -> Image.Image:
    return mask_of(
        size, lambda d, s: d.rounded_rectangle([v * s for v in box], radius * s, fill=255)
    )


def blur(image: Image.Image, radius: float) -> Image.Image:
    """Gaussian blur, made at a quarter of the size when the radius allows."""
    if radius < 8:
        return image.filter(ImageFilter.GaussianBlur(radius))
    small = image.reduce(4).filter(ImageFilter.GaussianBlur(radius / 4))
    return small.resize(image.size, Image.Resampling.BILINEAR)


def cast_shadow(
    picture: Image.Image,
    mask: Image.Image,
    offset: tuple[int, int] = (14, 26),
    radius: float = 22,
    strength: float = 0.42,
    colour: Colour = (46, 30, 18),
) -> None:
    """Put a soft shadow of the mask on the picture; only the part it touches is worked on."""
    bounds = mask.getbbox()
    if bounds is None:
        return
    reach = round(radius * 2.6) + 4
    x0, y0 = max(0, bounds[0] - reach), max(0, bounds[1] - reach)
    x1 = min(picture.width, bounds[2] + reach + max(0, offset[0]))
    y1 = min(picture.height, bounds[3] + reach + max(0, offset[1]))
    moved = Image.new("L", (x1 - x0, y1 - y0))
    moved.paste(mask.crop(bounds), (bounds[0] - x0 + offset[0], bounds[1] - y0 + offset[1]))
    soft = blur(moved, radius).point([round(i * strength) for i in range(256)])
    picture.paste(colour, (x0, y0), soft)


def floor_shadow(
    picture: Image.Image, box: tuple[float, float, float, float], strength: float = 0.5
) -> None:
    """The dark pool under a thing that stands; box is the ellipse where it touches."""
    for grow, radius, share in (((-30, -6, 120, 34), 36, 0.55), ((4, 4, 14, 8), 10, 0.8)):
        ellipse = tuple(v + g for v, g in zip(box, grow, strict=True))
        mask = Image.new("L", picture.size)
        ImageDraw.Draw(mask).ellipse(ellipse, fill=255)
        cast_shadow(picture, mask, (0, 0), radius, strength * share, (40, 26, 16))


@cache
def _paper(colour: Colour) -> Image.Image:
    random = chance(f"paper{colour}")
    picture = Image.new("RGB", (SIDE, SIDE), colour)
    picture = shade(picture, levels(noise((SIDE, SIDE), (7, 7), random), 243, 255))
    picture = shade(picture, levels(noise((SIDE, SIDE), (160, 160), random), 250, 255))
    fibres = Image.new("L", (SIDE, SIDE), 255)
    draw = ImageDraw.Draw(fibres)
    for _ in range(420):
        x, y = random.randrange(SIDE), random.randrange(SIDE)
        angle, length = random.uniform(0, 6.3), random.uniform(14, 60)
        end = (x + math.cos(angle) * length, y + math.sin(angle) * length)
        draw.line([(x, y), end], fill=random.randint(232, 248), width=random.choice((1, 1, 2)))
    return shade(picture, fibres.filter(ImageFilter.GaussianBlur(0.8)))


@cache
def _wood(colour: Colour) -> Image.Image:
    random = chance(f"wood{colour}")
    picture = Image.new("RGB", (SIDE, SIDE), colour)
    grain = ImageChops.multiply(
        levels(noise((SIDE, SIDE), (4, 90), random), 208, 255),
        levels(noise((SIDE, SIDE), (7, 520), random), 222, 255),
    )
    boards = Image.new("L", (SIDE, SIDE), 255)
    draw = ImageDraw.Draw(boards)
    for place, y in enumerate(range(0, SIDE, 240)):
        draw.rectangle((0, y, SIDE, y + 239), fill=(246, 255, 238, 250, 242)[place % 5])
        draw.rectangle((0, y, SIDE, y + 3), fill=140)
    return shade(shade(picture, grain), boards.filter(ImageFilter.GaussianBlur(1.2)))


@cache
def weave_texture(step: int = 4, low: int = 205) -> Image.Image:
    """The over-and-under of plain cloth, as grey to multiply with."""
    cell = Image.new("L", (step * 2, step * 2), 255)
    draw = ImageDraw.Draw(cell)
    for x, y in ((0, 0), (step, step)):
        draw.line((x, y, x, y + step - 1), fill=low)
        draw.line((x + step - 1, y, x + step - 1, y + step - 1), fill=low + 22)
    for x, y in ((step, 0), (0, step)):
        draw.line((x, y, x + step - 1, y), fill=low)
        draw.line((x, y + step - 1, x + step - 1, y + step - 1), fill=low + 18)
    return tile(cell, (SIDE, SIDE))


@cache
def _linen(colour: Colour) -> Image.Image:
    random = chance(f"linen{colour}")
    picture = shade(Image.new("RGB", (SIDE, SIDE), colour), weave_texture(5, 212))
    slubs = ImageChops.multiply(
        levels(noise((SIDE, SIDE), (6, 300), random), 226, 255),
        levels(noise((SIDE, SIDE), (300, 6), random), 230, 255),
    )
    return shade(picture, slubs)


def ground(kind: str, colour: Colour) -> Image.Image:
    """A fresh surface seen from above: paper, wood or linen."""
    return {"paper": _paper, "wood": _wood, "linen": _linen}[kind](colour).copy()


@cache
def _set(wall: Colour, table: Colour, kind: str) -> Image.Image:
    horizon = 735
    picture = _paper(wall).copy()
    top = ground(kind, table).resize((SIDE, SIDE - horizon), Image.Resampling.BILINEAR)
    picture.paste(top, (0, horizon))
    edge = row_gradient((SIDE, 60), [(0, 0), (0.5, 70), (1, 0)])
    picture.paste(darken(table, 0.5), (0, horizon - 30), edge)
    fall = row_gradient((SIDE, SIDE), [(0, 248), (0.6, 255), (0.62, 226), (1, 255)])
    return shade(picture, fall)


def still_life(
    wall: Colour = PAPER, table: Colour = (196, 164, 124), kind: str = "wood"
) -> Image.Image:
    """A wall and a table to stand things on; the table begins at 735 of 1,200."""
    return _set(wall, table, kind).copy()


@cache
def _light(size: tuple[int, int]) -> Image.Image:
    radial = ImageOps.invert(Image.radial_gradient("L")).resize((420, 420))
    field = Image.new("L", (256, 256), 0)
    field.paste(radial, (-130, -160))
    return levels(field.resize(size, Image.Resampling.BICUBIC), 0, 52)


@cache
def _vignette(size: tuple[int, int]) -> Image.Image:
    falloff = [255 - max(0, i - 130) * 40 // 125 for i in range(256)]
    radial = Image.radial_gradient("L").point(falloff)
    return radial.resize(size, Image.Resampling.BICUBIC)


@cache
def _grain(size: tuple[int, int]) -> Image.Image:
    random = chance("grain")
    cell = Image.frombytes("L", (300, 300), random.randbytes(90000))
    cell = cell.filter(ImageFilter.GaussianBlur(0.7))
    return levels(tile(cell, size), 243, 255)


def finish(picture: Image.Image) -> Image.Image:
    """Window light from the upper left, darker corners and a trace of grain."""
    picture = glow(picture, _light(picture.size))
    dark = ImageChops.multiply(_vignette(picture.size), _grain(picture.size))
    return shade(picture, dark).convert("RGB", _RICHER)


def closer(picture: Image.Image, margin: int = 95) -> Image.Image:
    """Step nearer: cut the margin away."""
    box = (margin, margin, SIDE - margin, SIDE - margin)
    return picture.resize((SIDE, SIDE), Image.Resampling.BICUBIC, box)
