"""Wide scenes by water: sea, river, salt, Mekong, lotus lake, limestone bay."""

import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageDraw

from deploy.demo.drawing.land import (
    WIDE,
    boat,
    coconut,
    figure,
    layer,
    ridge,
    sky,
    stilt_house,
    tree,
    water,
)
from deploy.demo.drawing.studio import (
    Colour,
    blur,
    chance,
    darken,
    finish,
    lighten,
    mix,
)


def _sea_stilts(key: str) -> Image.Image:
    random = chance(key)
    picture = sky(WIDE, (120, 180, 204), (252, 226, 190), (0.78, 0.42, 0.055), random)
    layer(picture, ridge(WIDE, 0.58, 0.14, 0.8, random, 0.9), (108, 146, 152), (236, 226, 204))
    water(picture, 0.55, (52, 128, 140), (250, 238, 206), random)
    for x, foot, size in ((60, 640, 250), (330, 610, 190), (540, 660, 280), (860, 620, 200)):
        _reflection(picture, x, foot, size)
        stilt_house(picture, x, foot, size, (164, 116, 78), (122, 84, 62))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((40, 604, 1120, 612), fill=(112, 82, 58))
    for x in range(60, 1120, 46):
        draw.line([(x, 610), (x, 668)], fill=(92, 66, 48), width=5)
    boat(draw, 980, 770, 300, (122, 66, 44))
    boat(draw, 420, 800, 240, (52, 92, 110))
    boat(draw, 1330, 660, 150, (150, 60, 50))
    coconut(draw, 1480, 900, 560, -150, (48, 96, 66))
    return finish(picture)


def _reflection(picture: Image.Image, x: float, foot: float, width: float) -> None:
    veil = Image.new("L", picture.size)
    ImageDraw.Draw(veil).rectangle((x, foot, x + width, foot + width * 0.5), fill=120)
    picture.paste((56, 74, 74), (0, 0), blur(veil, 14))


def _river_market(key: str) -> Image.Image:
    random = chance(key)
    picture = sky(WIDE, (170, 204, 210), (252, 238, 208), None, random)
    draw = ImageDraw.Draw(picture)
    for x in range(-40, 1650, 84):
        tree(draw, x, 520, random.uniform(150, 240), (74, 118, 70), random)
    for x in range(-20, 1600, 300):
        stilt_house(picture, x + random.uniform(0, 30), 540, 240, (150, 106, 72), (124, 74, 52))
    water(picture, 0.58, (86, 124, 104), (250, 240, 206), random)
    draw = ImageDraw.Draw(picture)
    for x, y, length in (
        (90, 640, 330),
        (600, 610, 280),
        (1040, 660, 350),
        (330, 780, 420),
        (900, 810, 440),
    ):
        boat(draw, x, y, length, (116, 76, 50))
        _cargo(draw, x + length * 0.3, y + length * 0.05, length * 0.42, random)
        figure(
            draw,
            x + length * 0.18,
            y + length * 0.08,
            length * 0.3,
            random.choice(((154, 42, 46), (35, 58, 115), (44, 106, 63))),
        )
    return finish(picture)


def _cargo(draw: ImageDraw.ImageDraw, x: float, y: float, width: float, random: Random) -> None:
    """Baskets of fruit amidships."""
    for place in range(3):
        bx, reach = x + width * place / 3, width * 0.15
        draw.ellipse(
            (bx - reach, y - reach * 0.5, bx + reach, y + reach * 0.6), fill=(190, 146, 84)
        )
        tone = random.choice(((236, 170, 50), (206, 66, 50), (120, 160, 70), (240, 214, 110)))
        for _ in range(16):
            px, py = bx + random.uniform(-0.8, 0.8) * reach, y - reach * random.uniform(0.1, 0.8)
            r = reach * 0.22
            draw.ellipse(
                (px - r, py - r, px + r, py + r),
                fill=mix(tone, (255, 250, 220), random.random() * 0.4),
            )


def _salt_field(key: str) -> Image.Image:
    random = chance(key)
    picture = sky(WIDE, (130, 180, 206), (254, 228, 190), (0.62, 0.42, 0.06), random)
    water(picture, 0.52, (150, 176, 186), (255, 244, 220), random)
    draw = ImageDraw.Draw(picture)
    for row in range(6):
        y = 480 + row**1.7 * 26
        draw.line([(0, y), (1600, y)], fill=(150, 118, 88), width=4 + row * 3)
    for place in range(-6, 15):
        draw.line(
            [(800 + (place - 4) * 60, 474), (800 + (place - 4) * 330, 900)],
            fill=(150, 118, 88),
            width=6,
        )
    for row, y in enumerate((560, 650, 770)):
        for place in range(7 - row):
            x, reach = 130 + place * (230 + row * 50) + row * 40, 36 + row * 18
            draw.polygon(
                [(x - reach * 1.2, y), (x, y - reach * 1.1), (x + reach * 1.2, y)],
                fill=(252, 250, 244),
            )
            draw.polygon(
                [(x, y - reach * 1.1), (x + reach * 1.2, y), (x + reach * 0.1, y)],
                fill=(206, 208, 214),
            )
    for x in (180, 1380, 1180):
        _windmill(draw, x, 560, 150)
    for x, y in ((520, 700), (1040, 730)):
        figure(draw, x, y, 100, (35, 58, 115))
        draw.line([(x + 14, y - 60), (x + 90, y + 4)], fill=(120, 84, 50), width=6)
    return finish(picture)


def _windmill(draw: ImageDraw.ImageDraw, x: float, foot: float, tall: float) -> None:
    for lean in (-0.2, 0.2):
        draw.line([(x + lean * tall, foot), (x, foot - tall)], fill=(110, 78, 50), width=7)
    for blade in range(6):
        angle = blade / 6 * 6.283 + 0.3
        tip = (x + tall * 0.5 * math.cos(angle), foot - tall + tall * 0.5 * math.sin(angle))
        side = (
            x + tall * 0.44 * math.cos(angle + 0.5),
            foot - tall + tall * 0.44 * math.sin(angle + 0.5),
        )
        draw.polygon(
            [(x, foot - tall), tip, side], fill=(246, 238, 216), outline=(150, 110, 70), width=2
        )


def _mekong(key: str) -> Image.Image:
    random = chance(key)
    picture = sky(WIDE, (176, 170, 200), (254, 214, 170), (0.5, 0.4, 0.06), random)
    for base, height, tone in ((0.5, 0.22, 0.5), (0.54, 0.14, 0.3)):
        layer(
            picture,
            ridge(WIDE, base, height, 1.0, random),
            mix((76, 90, 122), (246, 214, 180), tone),
            (246, 220, 190),
        )
    water(picture, 0.52, (150, 120, 110), (255, 232, 190), random)
    draw = ImageDraw.Draw(picture)
    for x, y, length in ((420, 620, 230), (980, 590, 170), (660, 700, 280)):
        boat(draw, x, y, length, (84, 54, 44))
        figure(draw, x + length * 0.6, y + length * 0.06, length * 0.34, (35, 58, 115))
    bank = [(x, 790 + 30 * math.sin(x / 300) - x * 0.05) for x in range(-20, 1640, 20)]
    layer(picture, bank, (116, 96, 66), (140, 120, 80))
    stilt_house(picture, 1160, 800, 280, (136, 94, 64), (112, 70, 54))
    stilt_house(picture, 60, 850, 260, (150, 104, 70), (120, 76, 58))
    draw = ImageDraw.Draw(picture)
    for x in (420, 1040, 1500):
        tree(draw, x, 850, 230, (78, 108, 66), random)
    return finish(picture)


def _lotus_lake(key: str) -> Image.Image:
    random = chance(key)
    picture = sky(WIDE, (168, 204, 214), (254, 234, 210), (0.66, 0.36, 0.05), random)
    layer(picture, ridge(WIDE, 0.52, 0.1, 0.9, random), (134, 158, 150), (240, 232, 214))
    water(picture, 0.5, (104, 150, 150), (255, 246, 226), random)
    draw = ImageDraw.Draw(picture)
    places = sorted(
        ((random.uniform(0, 1600), 480 + 420 * random.random() ** 1.3) for _ in range(330)),
        key=lambda p: p[1],
    )
    boat_drawn = False
    for x, y in places:
        if y > 690 and not boat_drawn:
            boat(draw, 560, 680, 420, (112, 74, 50))
            figure(draw, 700, 712, 130, (154, 42, 46))
            boat_drawn = True
        _lotus(draw, x, y, 5 + 34 * (y - 470) / 430, random)
    return finish(picture)


def _lotus(draw: ImageDraw.ImageDraw, x: float, y: float, reach: float, random: Random) -> None:
    leaf = mix((60, 116, 70), (120, 158, 84), random.random())
    draw.ellipse((x - reach * 1.5, y - reach * 0.3, x + reach * 1.2, y + reach * 0.5), fill=leaf)
    if random.random() < 0.5:
        return
    pink = mix((206, 60, 104), (244, 150, 170), random.random())
    for step in range(5):
        angle = -2.6 + step * 0.52
        tip = (x + reach * math.cos(angle), y - reach * 0.3 + reach * math.sin(angle))
        a = (
            x + reach * 0.5 * math.cos(angle - 0.5),
            y - reach * 0.2 + reach * 0.5 * math.sin(angle - 0.5),
        )
        b = (
            x + reach * 0.5 * math.cos(angle + 0.5),
            y - reach * 0.2 + reach * 0.5 * math.sin(angle + 0.5),
        )
        draw.polygon([(x, y), a, tip, b], fill=lighten(pink, 0.12 * (step % 3)))


def _karst_bay(key: str) -> Image.Image:
    random = chance(key)
    picture = sky(WIDE, (128, 188, 208), (250, 236, 210), (0.8, 0.28, 0.05), random)
    draw = ImageDraw.Draw(picture)
    for place, (x, tall, wide, tone) in enumerate(
        (
            (300, 250, 220, 0.62),
            (1250, 310, 260, 0.55),
            (760, 210, 190, 0.5),
            (520, 340, 230, 0.26),
            (1060, 400, 220, 0.2),
            (60, 380, 320, 0.12),
            (1500, 450, 270, 0.06),
        )
    ):
        _karst(
            draw, x, 520 + place * 8, tall, wide, mix((62, 100, 92), (236, 236, 220), tone), random
        )
    water(picture, 0.57, (46, 136, 142), (250, 246, 220), random)
    draw = ImageDraw.Draw(picture)
    boat(draw, 640, 640, 300, (128, 62, 46))
    boat(draw, 1120, 740, 360, (44, 84, 104))
    boat(draw, 180, 780, 330, (160, 106, 60))
    figure(draw, 780, 664, 100, (35, 58, 115))
    return finish(picture)


def _karst(
    draw: ImageDraw.ImageDraw,
    x: float,
    foot: float,
    tall: float,
    wide: float,
    tone: Colour,
    random: Random,
) -> None:
    """A limestone tower: steep sides, a leaning crown of trees, pale scars."""
    lean = random.uniform(-0.14, 0.14) * wide
    points = []
    for step in range(31):
        t = step / 30
        rise = math.sin(math.pi * (0.03 + 0.94 * t)) ** 0.62 * random.uniform(0.95, 1.03)
        points.append((x - wide * 0.56 + wide * 1.12 * t + lean * rise, foot - tall * rise))
    draw.polygon([(x - wide * 0.6, foot), *points, (x + wide * 0.6, foot)], fill=tone)
    half = [(px, py) for px, py in points if px > x + lean * 0.6]
    draw.polygon(
        [(x + lean, foot - tall * 0.8), *half, (x + wide * 0.56, foot), (x + wide * 0.1, foot)],
        fill=darken(tone, 0.12),
    )
    for px, py in points[5:-5]:
        reach = wide * random.uniform(0.05, 0.1)
        leaf = mix(tone, (74, 126, 68), random.uniform(0.3, 0.55))
        draw.ellipse((px - reach, py - reach * 0.8, px + reach, py + reach * 1.3), fill=leaf)
    for _ in range(7):
        px, py = x + random.uniform(-0.36, 0.3) * wide, foot - tall * random.uniform(0.15, 0.6)
        end = (px + random.uniform(-6, 6), py + tall * random.uniform(0.08, 0.2))
        draw.line([(px, py), end], fill=lighten(tone, 0.34), width=max(3, round(wide * 0.022)))


DRAWINGS: dict[str, Callable[[str], Image.Image]] = {
    "scene-sea-stilts": _sea_stilts,
    "scene-river-market": _river_market,
    "scene-salt-field": _salt_field,
    "scene-mekong": _mekong,
    "scene-lotus-lake": _lotus_lake,
    "scene-karst-bay": _karst_bay,
}


def picture_keys() -> tuple[str, ...]:
    return tuple(DRAWINGS)


def draw(key: str) -> Image.Image:
    return DRAWINGS[key](key)
