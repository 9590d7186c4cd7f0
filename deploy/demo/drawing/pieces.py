"""Small pieces of food, and heaps of them."""

import math
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from deploy.demo.drawing.studio import (
    Colour,
    blur,
    darken,
    ellipse_mask,
    lighten,
    polygon_mask,
    shade,
)

OAK: Colour = (206, 168, 122)
Sprite = Image.Image


def lump(
    size: int, colour: Colour, random: Random, squash: float = 0.8, rough: float = 0.12
) -> Sprite:
    """A rounded piece of something, lit from the upper left."""
    points = []
    phases = [random.uniform(0, 6.3) for _ in range(3)]
    for step in range(40):
        angle = step / 40 * 6.283
        bumps = sum(math.sin((lobe + 2) * angle + p) / (lobe + 1) for lobe, p in enumerate(phases))
        reach = size * 0.44 * (1 + rough * 0.6 * bumps)
        points.append(
            (size / 2 + reach * math.cos(angle), size / 2 + reach * squash * math.sin(angle))
        )
    mask = polygon_mask((size, size), points).filter(ImageFilter.GaussianBlur(0.6))
    lit = (
        Image.radial_gradient("L")
        .resize((size * 2, size * 2))
        .point([255 - i * 150 // 255 for i in range(256)])
    )
    piece = Image.new("RGB", (size, size), lighten(colour, 0.16))
    piece = shade(
        piece,
        lit.crop((round(size * 0.72), round(size * 0.78), round(size * 1.72), round(size * 1.78))),
    )
    gleam = blur(ellipse_mask((size, size), (size * 0.26, size * 0.22, size * 0.5, size * 0.38)), 3)
    piece.paste(lighten(colour, 0.72), (0, 0), gleam.point([i * 150 // 255 for i in range(256)]))
    piece.putalpha(mask)
    return piece


def crisp(size: int, colour: Colour, random: Random) -> Sprite:
    """A thin curled crisp."""
    piece = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    bend, half = random.uniform(0.12, 0.3) * size, size * 0.2
    upper, lower = [], []
    for step in range(15):
        x = size * (0.06 + 0.88 * step / 14)
        arch = bend * math.sin(math.pi * step / 14)
        width = half * math.sin(math.pi * (step + 1.2) / 16.4) ** 0.6
        wobble = random.uniform(-2, 2)
        upper.append((x, size * 0.62 - arch - width + wobble))
        lower.append((x, size * 0.62 - arch + width))
    draw = ImageDraw.Draw(piece)
    draw.polygon([*upper, *reversed(lower)], fill=colour)
    draw.line(upper, fill=lighten(colour, 0.5), width=4, joint="curve")
    draw.line(lower, fill=darken(colour, 0.35), width=5, joint="curve")
    for _ in range(4):
        x, y = random.choice(upper)
        draw.ellipse((x, y + half * 0.7, x + 5, y + half * 0.7 + 4), fill=darken(colour, 0.28))
    return piece


def pile(
    picture: Image.Image,
    sprites: list[Sprite],
    places: list[tuple[float, float]],
    random: Random,
    shadow: int = 90,
) -> None:
    """Lay pieces one over another, each turned its own way and with a little shadow."""
    turned = []
    for place in range(max(len(sprites), min(30, len(places)))):
        piece = sprites[place % len(sprites)]
        piece = piece.rotate(random.uniform(0, 360), Image.Resampling.BILINEAR)
        dark = piece.getchannel("A").point([i * shadow // 255 for i in range(256)])
        turned.append((piece.convert("RGB"), piece.getchannel("A"), dark))
    for x, y in places:
        piece, alpha, dark = random.choice(turned)
        at = (round(x - piece.width / 2), round(y - piece.height / 2))
        picture.paste((50, 28, 14), (at[0] + 5, at[1] + 8), dark)
        picture.paste(piece, at, alpha)


def heap(
    random: Random, count: int, centre: tuple[float, float], reach: tuple[float, float]
) -> list:
    """Places of a heap, the far ones first."""
    places = []
    while len(places) < count:
        u, w = random.uniform(-1, 1), random.uniform(-1, 1)
        if u * u + w * w < 1:
            places.append((centre[0] + u * reach[0], centre[1] + w * reach[1]))
    return sorted(places, key=lambda place: place[1])
