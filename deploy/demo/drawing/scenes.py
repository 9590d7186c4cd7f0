"""Landscapes for villages, routes and stories: wide ones of 16:9."""

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
    palm,
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
        layer(picture, line, tone, darken(tone, 0.16), 0.2)
        draw = ImageDraw.Draw(picture)
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
            (300, 330, 170, 0.62),
            (1240, 390, 210, 0.55),
            (760, 300, 150, 0.5),
            (520, 400, 180, 0.26),
            (1040, 440, 190, 0.2),
            (80, 430, 240, 0.12),
            (1500, 460, 220, 0.06),
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


def _karst(draw: ImageDraw.ImageDraw, x: float, foot: float, tall: float, wide: float, tone: Colour, random: Random) -> None:  # fmt: skip
    """A limestone tower: steep sides, a wooded crown, a pale scar."""
    points = [(x - wide * 0.5, foot)]
    for step in range(13):
        t = step / 12
        rise = math.sin(math.pi * (0.12 + 0.76 * t)) ** 0.45
        points.append(
            (x - wide * 0.52 + wide * 1.04 * t, foot - tall * rise * random.uniform(0.9, 1.04))
        )
    points.append((x + wide * 0.5, foot))
    draw.polygon(points, fill=tone)
    for px, py in points[2:-2]:
        reach = wide * random.uniform(0.09, 0.15)
        draw.ellipse(
            (px - reach, py - reach * 0.7, px + reach, py + reach),
            fill=mix(tone, (70, 120, 66), 0.42),
        )
    for _ in range(4):
        px, py = x + random.uniform(-0.3, 0.3) * wide, foot - tall * random.uniform(0.2, 0.6)
        draw.line(
            [(px, py), (px + random.uniform(-8, 8), py + tall * 0.2)],
            fill=lighten(tone, 0.3),
            width=round(wide * 0.04),
        )


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
    "scene-sea-stilts": _sea_stilts,
    "scene-river-market": _river_market,
    "scene-orchard": _orchard,
    "scene-salt-field": _salt_field,
    "scene-sugar-palms": _sugar_palms,
    "scene-mekong": _mekong,
    "scene-lotus-lake": _lotus_lake,
    "scene-karst-bay": _karst_bay,
    "scene-dry-field": _dry_field,
}


def keys() -> tuple[str, ...]:
    return tuple(DRAWINGS)


def draw(key: str) -> Image.Image:
    return DRAWINGS[key](key)
