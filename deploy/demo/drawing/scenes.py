"""Wide landscapes of 16:9: terraces, tea hills, orchard, palms, the field after harvest."""

import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageDraw

from deploy.demo.drawing.land import (
    WIDE,
    figure,
    layer,
    palm,
    ridge,
    sky,
    stilt_house,
    tree,
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

GREEN: Colour = (92, 128, 74)
MIST: Colour = (238, 232, 212)


def _terraces(key: str) -> Image.Image:
    random = chance(key)
    picture = sky(WIDE, (150, 186, 200), (250, 232, 196), (0.72, 0.3, 0.05), random)
    for base, height, tone in ((0.5, 0.24, 0.62), (0.56, 0.2, 0.42), (0.62, 0.16, 0.2)):
        layer(picture, ridge(WIDE, base, height, 1.3, random), mix((60, 96, 100), MIST, tone), MIST)
    terrace_field(picture, random, 0.56)
    stilt_house(picture, 1080, 640, 190, (150, 106, 70), (112, 76, 56))
    draw = ImageDraw.Draw(picture)
    for x in (1020, 1300, 1340):
        tree(draw, x, 650, 120, (70, 110, 66), random)
    for x, y in ((420, 760), (480, 770), (620, 745)):
        figure(draw, x, y, 64, (36, 58, 115))
    return finish(picture)


def terrace_field(picture: Image.Image, random: Random, top: float) -> None:
    """Steps of paddies down the slope, each lip catching the light."""
    width, height = picture.size
    count = 15
    for step in range(count):
        share = step / (count - 1)
        base = top * height + (height * 1.05 - top * height) * share**1.3
        amplitude, phase = 10 + 46 * share, random.uniform(0, 0.9)
        line = [
            (
                x,
                base
                + amplitude * math.sin(x / width * 5.2 + step * 0.42 + phase)
                + 12 * math.sin(x / 90 + step),
            )
            for x in range(-20, width + 30, 14)
        ]
        tone = mix((176, 186, 96), (72, 116, 62), share)
        if step % 4 == 2:
            tone = mix(tone, (200, 216, 206), 0.5)
        draw = ImageDraw.Draw(picture)
        draw.line([(x, y - 5) for x, y in line], fill=darken(tone, 0.3), width=10)
        draw.polygon([*line, (width + 20, height), (-20, height)], fill=tone)
        draw.line(line, fill=lighten(tone, 0.5), width=3)
        for x, y in line[:: max(2, 9 - step // 2)]:
            for blade in range(3):
                px = x + blade * 9 + random.uniform(-4, 4)
                draw.line(
                    [(px, y + 18 + 14 * share), (px + 2, y + 6)], fill=darken(tone, 0.24), width=2
                )


def _mountain_mist(key: str) -> Image.Image:
    random = chance(key)
    picture = sky(WIDE, (118, 150, 176), (248, 222, 196), (0.3, 0.36, 0.06), random)
    colours = ((120, 146, 160), (92, 124, 138), (66, 104, 112), (52, 90, 84))
    for place, colour in enumerate(colours):
        line = ridge(WIDE, 0.56 + place * 0.1, 0.3 - place * 0.03, 1.1 + place * 0.5, random)
        layer(picture, line, colour, (240, 234, 222), 0.2)
    _tea_rows(picture, random)
    draw = ImageDraw.Draw(picture)
    for x, y, cloth in (
        (520, 800, (154, 42, 46)),
        (610, 790, (35, 58, 115)),
        (980, 830, (106, 46, 99)),
    ):
        figure(draw, x, y, 82, cloth)
        draw.ellipse((x + 12, y - 52, x + 44, y - 14), fill=(170, 124, 70))
    return finish(picture)


def _tea_rows(picture: Image.Image, random: Random) -> None:
    width, height = picture.size
    draw = ImageDraw.Draw(picture)
    for row in range(9):
        base = height * (0.78 + 0.036 * row)
        reach = 26 + row * 6
        for x in range(-40, width + 60, 30):
            y = base + 26 * math.sin(x / 260 + row * 0.35)
            tone = mix((62, 108, 58), (126, 160, 84), random.random())
            draw.ellipse(
                (x - reach, y - reach * 0.5, x + reach, y + reach * 0.8), fill=darken(tone, 0.18)
            )
            draw.ellipse(
                (x - reach * 0.8, y - reach * 0.56, x + reach * 0.5, y + reach * 0.3), fill=tone
            )


def _orchard(key: str) -> Image.Image:
    random = chance(key)
    picture = sky(WIDE, (150, 198, 206), (252, 240, 210), (0.2, 0.26, 0.05), random)
    layer(picture, ridge(WIDE, 0.56, 0.2, 0.9, random), (126, 156, 140), MIST)
    layer(
        picture,
        [(x, 520 + 12 * math.sin(x / 200)) for x in range(-20, 1640, 20)],
        (156, 170, 92),
        (196, 190, 120),
    )
    draw = ImageDraw.Draw(picture)
    for row in range(4):
        y, size = 560 + row * 92, 130 + row * 56
        gap = 190 + row * 60
        for place in range(-1, 1600 // gap + 2):
            x = place * gap + (gap / 2 if row % 2 else 0) + random.uniform(-14, 14)
            draw.ellipse(
                (x - size * 0.5, y - size * 0.08, x + size * 0.6, y + size * 0.1),
                fill=(120, 138, 70),
            )
            tree(draw, x, y, size, mix((58, 108, 58), (96, 136, 70), random.random()), random)
            for _ in range(9):
                px, py = (
                    x + random.gauss(0, size * 0.26),
                    y - size * 0.95 + random.gauss(0, size * 0.2),
                )
                draw.ellipse(
                    (px - size * 0.04, py - size * 0.04, px + size * 0.04, py + size * 0.04),
                    fill=(244, 180, 60),
                )
    figure(draw, 700, 840, 110, (154, 42, 46))
    draw.ellipse((740, 800, 810, 850), fill=(176, 130, 74))
    draw.ellipse((748, 796, 802, 822), fill=(244, 186, 70))
    return finish(picture)


def _sugar_palms(key: str) -> Image.Image:
    random = chance(key)
    picture = sky(WIDE, (240, 178, 122), (254, 232, 186), (0.36, 0.5, 0.08), random)
    layer(picture, ridge(WIDE, 0.64, 0.08, 0.7, random), (160, 136, 110), (236, 206, 160))
    layer(
        picture,
        [(x, 580 + 4 * math.sin(x / 120)) for x in range(-20, 1640, 20)],
        (170, 164, 82),
        (206, 190, 104),
    )
    draw = ImageDraw.Draw(picture)
    for row in range(7):
        y = 600 + row**1.5 * 20
        draw.line([(0, y), (1600, y + 12)], fill=(124, 128, 62), width=3 + row * 2)
    for x, foot, tall in (
        (130, 640, 300),
        (300, 610, 220),
        (470, 600, 190),
        (1010, 620, 260),
        (1180, 680, 400),
        (1420, 740, 540),
        (760, 596, 170),
    ):
        palm(draw, x, foot, tall, (84, 110, 62), random)
    draw.line([(1180, 680), (1150, 340)], fill=(196, 150, 90), width=7)
    figure(draw, 1164, 470, 70, (154, 42, 46), False)
    stilt_house(picture, 560, 720, 220, (146, 102, 66), (170, 134, 82))
    draw = ImageDraw.Draw(picture)
    smoke = Image.new("L", picture.size)
    ImageDraw.Draw(smoke).line(
        [(770 + 26 * math.sin(y / 40), y) for y in range(420, 680, 10)], fill=110, width=30
    )
    picture.paste((255, 248, 236), (0, 0), blur(smoke, 18))
    return finish(picture)


def _dry_field(key: str) -> Image.Image:
    random = chance(key)
    picture = sky(WIDE, (156, 196, 214), (254, 230, 186), (0.24, 0.36, 0.06), random)
    layer(picture, ridge(WIDE, 0.56, 0.05, 0.6, random), (150, 160, 130), (226, 212, 164))
    layer(picture, [(x, 500) for x in range(-20, 1640, 40)], (220, 188, 112), (206, 166, 92))
    draw = ImageDraw.Draw(picture)
    for row in range(60):
        y = 508 + row**1.55 * 0.7
        for _ in range(50):
            x = random.uniform(0, 1600)
            tall = 3 + row * 0.34
            draw.line(
                [(x, y), (x + random.uniform(-3, 3), y - tall)],
                fill=mix((238, 210, 136), (166, 124, 62), random.random()),
                width=2,
            )
    for x, y, reach in ((300, 620, 90), (1180, 590, 70), (900, 720, 130)):
        _haystack(draw, x, y, reach, random)
    for x, foot, size in ((120, 540, 170), (560, 520, 120), (1440, 560, 240), (1040, 516, 100)):
        tree(draw, x, foot, size, (94, 122, 66), random)
    stilt_house(picture, 1250, 640, 210, (150, 104, 68), (124, 84, 60))
    draw = ImageDraw.Draw(picture)
    for x, y, cloth in (
        (500, 740, (35, 58, 115)),
        (590, 760, (154, 42, 46)),
        (680, 735, (106, 46, 99)),
    ):
        figure(draw, x, y, 110, cloth)
    return finish(picture)


def _haystack(draw: ImageDraw.ImageDraw, x: float, y: float, reach: float, random: Random) -> None:
    draw.ellipse(
        (x - reach, y - reach * 0.16, x + reach * 1.2, y + reach * 0.2), fill=(150, 112, 60)
    )
    draw.pieslice(
        (x - reach, y - reach * 1.3, x + reach, y + reach * 1.3), 180, 360, fill=(216, 174, 92)
    )
    for _ in range(160):
        angle, r = random.uniform(3.2, 6.2), reach * math.sqrt(random.random())
        px, py = x + r * math.cos(angle), y + r * 1.26 * math.sin(angle)
        draw.line(
            [(px, py), (px + random.uniform(-6, 6), py + 22)],
            fill=mix((244, 214, 136), (166, 122, 56), random.random()),
            width=3,
        )


DRAWINGS: dict[str, Callable[[str], Image.Image]] = {
    "scene-rice-terraces": _terraces,
    "scene-mountain-mist": _mountain_mist,
    "scene-orchard": _orchard,
    "scene-sugar-palms": _sugar_palms,
    "scene-dry-field": _dry_field,
}


def picture_keys() -> tuple[str, ...]:
    return tuple(DRAWINGS)


def draw(key: str) -> Image.Image:
    return DRAWINGS[key](key)
