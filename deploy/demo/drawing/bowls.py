"""Food heaped in bowls, and a cup of tea."""

import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageDraw

from deploy.demo.drawing.pieces import OAK, Sprite, crisp, heap, lump, pile
from deploy.demo.drawing.studio import (
    Colour,
    blur,
    cast_shadow,
    chance,
    closer,
    darken,
    ellipse_mask,
    finish,
    lighten,
    noise,
    still_life,
)
from deploy.demo.drawing.turning import GLAZED, highlight, mouth, smooth, stand, turn


def _bowl(picture: Image.Image, colour: Colour, fill: Colour) -> None:
    """A wide bowl on the table; its mouth is at 560, 390 either side."""
    body = turn(
        smooth([(400, 570), (388, 640), (330, 780), (220, 890), (160, 930), (160, 956)]),
        light=GLAZED,
    )
    stand(picture, body, colour)
    mouth(picture, 600, 570, 400, lighten(colour, 0.3), fill, 16, 0.24)


def _bowl_of(
    key: str,
    sprites: Callable[[Random], list[Sprite]],
    count: int,
    bowl: Colour,
    fill: Colour,
    wall: Colour = (244, 236, 222),
    table: Colour = OAK,
) -> Image.Image:
    """A bowl heaped with pieces, a few fallen on the table."""
    picture = still_life(wall, table)
    _bowl(picture, bowl, fill)
    random = chance(key)
    pieces = sprites(random)
    places = heap(random, count, (600, 540), (330, 66))
    places += sorted(heap(random, count // 2, (600, 480), (220, 60)), key=lambda p: p[1])
    pile(picture, pieces, places, random)
    pile(
        picture,
        pieces,
        [(random.uniform(120, 330), random.uniform(985, 1080)) for _ in range(3)],
        random,
    )
    pile(
        picture,
        pieces,
        [(random.uniform(880, 1090), random.uniform(985, 1080)) for _ in range(3)],
        random,
    )
    return closer(finish(picture), 110)


def _chips(key: str) -> Image.Image:
    tones = ((238, 190, 82), (226, 168, 62), (246, 208, 112))
    return _bowl_of(
        key,
        lambda r: [crisp(150, r.choice(tones), r) for _ in range(9)],
        70,
        (88, 118, 112),
        (150, 110, 50),
    )


def _banana(key: str) -> Image.Image:
    def sprites(random: Random) -> list[Sprite]:
        return [
            crisp(190, random.choice(((150, 78, 30), (176, 96, 38), (126, 62, 26))), random)
            for _ in range(8)
        ]

    return _bowl_of(
        key, sprites, 46, (232, 226, 208), (90, 50, 24), (240, 234, 218), (176, 134, 92)
    )


def _longan(key: str) -> Image.Image:
    tones = ((206, 142, 52), (190, 120, 40), (222, 166, 78))
    return _bowl_of(
        key,
        lambda r: [lump(92, r.choice(tones), r, 0.7, 0.16) for _ in range(9)],
        120,
        (70, 84, 124),
        (110, 66, 24),
    )


def _mushroom(key: str) -> Image.Image:
    tones = ((184, 128, 74), (206, 158, 100), (150, 98, 54))
    return _bowl_of(
        key,
        lambda r: [crisp(130, r.choice(tones), r) for _ in range(10)],
        90,
        (128, 78, 56),
        (90, 56, 30),
        (242, 236, 226),
    )


def _shallots(key: str) -> Image.Image:
    tones = ((176, 92, 40), (206, 126, 56), (140, 62, 34))

    def sprites(random: Random) -> list[Sprite]:
        rings = []
        for _ in range(9):
            piece = Image.new("RGBA", (84, 84), (0, 0, 0, 0))
            draw = ImageDraw.Draw(piece)
            tone = random.choice(tones)
            draw.arc(
                (12, 22, 72, 62), 0, random.randint(200, 360), fill=darken(tone, 0.2), width=11
            )
            draw.arc((12, 20, 72, 58), 0, 300, fill=lighten(tone, 0.3), width=4)
            rings.append(piece)
        return rings

    return _bowl_of(
        key, sprites, 190, (236, 230, 216), (100, 54, 22), (236, 226, 206), (186, 146, 104)
    )


def _pepper(key: str) -> Image.Image:
    tones = ((52, 40, 34), (76, 58, 46), (36, 28, 26), (104, 62, 44))
    return _bowl_of(
        key,
        lambda r: [lump(34, r.choice(tones), r, 0.95, 0.1) for _ in range(8)],
        620,
        (206, 190, 158),
        (40, 30, 26),
        (244, 238, 224),
    )


def _salt(key: str) -> Image.Image:
    tones = ((250, 248, 242), (236, 234, 228), (255, 253, 248))
    return _bowl_of(
        key,
        lambda r: [lump(26, r.choice(tones), r, 0.9, 0.3) for _ in range(8)],
        760,
        (134, 84, 58),
        (232, 230, 222),
        (226, 222, 210),
        (150, 112, 78),
    )


def _tea_cup(key: str) -> Image.Image:
    """A glass cup of infusion, flowers floating."""
    picture = still_life((242, 236, 226), (190, 152, 112))
    saucer = ellipse_mask(picture.size, (190, 880, 1010, 1060))
    cast_shadow(picture, saucer, (14, 20), 18, 0.5)
    picture.paste((226, 222, 208), (0, 0), saucer)
    picture.paste((206, 202, 188), (0, 0), ellipse_mask(picture.size, (330, 904, 870, 1020)))
    body = turn(smooth([(300, 480), (296, 600), (262, 780), (190, 910), (150, 950)]), light=GLAZED)
    drink = Image.composite(
        Image.new("RGB", picture.size, (96, 72, 150)),
        Image.new("RGB", picture.size, (44, 52, 128)),
        noise(picture.size, (3, 4), chance(key)),
    )
    stand(picture, body, drink, 0.3)
    mouth(picture, 600, 480, 300, (236, 240, 240), (70, 66, 150), 12, 0.24)
    surface = ellipse_mask(picture.size, (316, 430, 884, 546))
    picture.paste((86, 86, 176), (0, 0), surface)
    draw = ImageDraw.Draw(picture)
    for x, y, reach in ((480, 486, 46), (640, 470, 52), (740, 510, 40)):
        for place in range(5):
            angle = place * 1.257
            px, py = x + reach * 0.6 * math.cos(angle), y + reach * 0.3 * math.sin(angle)
            draw.ellipse(
                (px - reach * 0.5, py - reach * 0.28, px + reach * 0.5, py + reach * 0.28),
                fill=(58, 66, 168),
                outline=(140, 150, 226),
                width=2,
            )
        draw.ellipse((x - 10, y - 6, x + 10, y + 6), fill=(244, 226, 150))
    highlight(picture, (352, 560, 396, 760), 160)
    draw.arc((840, 560, 1010, 800), 250, 110, fill=(206, 212, 220), width=22)
    _steam(picture)
    return finish(picture)


def _steam(picture: Image.Image) -> None:
    veil = Image.new("L", picture.size)
    draw = ImageDraw.Draw(veil)
    for x in (520, 610, 700):
        points = [(x + 34 * math.sin(y / 60 + x), y) for y in range(150, 440, 10)]
        draw.line(points, fill=120, width=20, joint="curve")
    picture.paste((255, 255, 250), (0, 0), blur(veil, 26))


DRAWINGS: dict[str, Callable[[str], Image.Image]] = {
    "food-chips": _chips,
    "food-banana": _banana,
    "food-longan": _longan,
    "food-mushroom": _mushroom,
    "food-shallots": _shallots,
    "food-pepper": _pepper,
    "food-salt": _salt,
    "drink-tea-cup": _tea_cup,
}


def picture_keys() -> tuple[str, ...]:
    return tuple(DRAWINGS)


def draw(key: str) -> Image.Image:
    return DRAWINGS[key](key)
