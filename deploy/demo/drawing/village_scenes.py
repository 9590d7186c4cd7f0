"""Scenes of work: the loom under the house, indigo vats, the kiln yard, the old street."""

import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageDraw

from deploy.demo.drawing import cloths
from deploy.demo.drawing.land import (
    WIDE,
    Size,
    figure,
    layer,
    ridge,
    sky,
    tree,
)
from deploy.demo.drawing.studio import (
    LAC,
    Colour,
    blur,
    cast_shadow,
    chance,
    column_gradient,
    darken,
    ellipse_mask,
    finish,
    levels,
    lighten,
    mix,
    noise,
    row_gradient,
    shade,
)

EARTH: Colour = (206, 172, 128)


def yard(size: Size, random: Random, horizon: float) -> Image.Image:
    """A morning yard: sky, far trees, beaten earth."""
    picture = sky(size, (166, 204, 214), (254, 236, 204), None, random)
    draw = ImageDraw.Draw(picture)
    ground_y = horizon * size[1]
    for x in range(-40, size[0] + 60, 90):
        tree(draw, x, ground_y + 10, random.uniform(120, 220), (104, 140, 88), random)
    layer(
        picture,
        [(x, ground_y + 5 * math.sin(x / 140)) for x in range(-20, size[0] + 30, 20)],
        EARTH,
        lighten(EARTH, 0.2),
        0.5,
    )
    earth = levels(noise(size, (9, 40), random), 214, 255)
    veil = row_gradient(size, [(horizon, 0), (horizon + 0.04, 255), (1, 255)])
    picture.paste(shade(picture, earth), (0, 0), veil)
    return picture


def _loom_house(key: str) -> Image.Image:
    """A loom in the shade below a house on posts."""
    random = chance(key)
    picture = yard(WIDE, random, 0.56)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((140, 0, 1460, 250), fill=(128, 86, 58))
    for y in range(20, 250, 46):
        draw.line([(140, y), (1460, y)], fill=(104, 68, 46), width=4)
    draw.rectangle((110, 236, 1490, 286), fill=(92, 60, 42))
    shadow = Image.new("L", WIDE)
    ImageDraw.Draw(shadow).polygon([(160, 286), (1440, 286), (1560, 820), (240, 820)], fill=96)
    picture.paste((70, 46, 30), (0, 0), blur(shadow, 30))
    draw = ImageDraw.Draw(picture)
    for x in (190, 560, 1010, 1400):
        draw.rectangle((x, 280, x + 34, 790), fill=(110, 74, 50))
        draw.rectangle((x, 280, x + 10, 790), fill=(142, 100, 68))
    _loom(picture, key)
    for x, tone in ((250, LAC), (300, (222, 170, 60)), (350, (35, 58, 115))):
        for strand in range(16):
            sway = 5 * math.sin(strand)
            draw.line(
                [(x + strand * 2.4, 300), (x + strand * 2.4 + sway, 520)],
                fill=mix(tone, (255, 250, 230), random.random() * 0.3),
                width=3,
            )
    return finish(picture)


def _loom(picture: Image.Image, key: str) -> None:
    """Frame, warp, the woven part and the weaver on her bench."""
    draw = ImageDraw.Draw(picture)
    wood = (166, 118, 76)
    for x in (640, 1240):
        draw.rectangle((x, 400, x + 26, 800), fill=wood)
        draw.rectangle((x + 18, 400, x + 26, 800), fill=darken(wood, 0.3))
    for y in (400, 470, 770):
        draw.rectangle((620, y, 1290, y + 20), fill=lighten(wood, 0.1))
    for x in range(690, 1236, 7):
        draw.line([(x, 490), (x + 8, 612)], fill=(244, 232, 206), width=2)
    for heddle in (516, 540):
        draw.rectangle((676, heddle, 1250, heddle + 9), fill=(222, 196, 150))
    cloth = cloths.cloth("weave-khit-red").resize((560, 560)).crop((0, 0, 560, 150))
    cloth = shade(cloth, row_gradient(cloth.size, [(0, 255), (0.7, 230), (1, 130)]))
    picture.paste(cloth, (690, 612))
    draw.rectangle((670, 596, 1262, 620), fill=(150, 104, 66))
    draw.rectangle((670, 756, 1262, 784), fill=(132, 90, 58))
    figure(draw, 960, 900, 330, (52, 70, 120), False)
    draw.ellipse((934, 566, 986, 630), fill=(48, 36, 32))
    draw.ellipse((976, 572, 1004, 600), fill=(48, 36, 32))
    draw.line([(930, 680), (820, 650)], fill=(150, 104, 74), width=18)
    draw.line([(990, 680), (1100, 650)], fill=(150, 104, 74), width=18)
    draw.rectangle((820, 862, 1100, 886), fill=(120, 82, 54))


def _indigo_vats(key: str) -> Image.Image:
    """Clay jars of indigo in a row, skeins dripping above."""
    random = chance(key)
    picture = yard(WIDE, random, 0.5)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 150, 1600, 172), fill=(150, 112, 66))
    for x in (60, 560, 1060, 1540):
        draw.rectangle((x, 150, x + 22, 640), fill=(124, 88, 54))
    for place, x in enumerate(range(110, 1540, 74)):
        depth = (0.1, 0.4, 0.65, 0.85, 1.0)[place % 5]
        tone = mix((226, 232, 230), (28, 46, 98), depth)
        for strand in range(17):
            sway, foot = 4 * math.sin(strand * 1.7), 420 + random.uniform(-8, 12)
            draw.line(
                [(x + strand * 3, 160), (x + strand * 3 + sway, foot)],
                fill=mix(tone, (255, 255, 255), random.random() * 0.18),
                width=4,
            )
    for x, y, reach in ((240, 690, 130), (620, 720, 150), (1010, 700, 140), (1390, 730, 150)):
        _vat(picture, x, y, reach)
    draw = ImageDraw.Draw(picture)
    for x, y in ((430, 860), (1190, 870)):
        figure(draw, x, y, 330, (36, 58, 116))
        draw.line([(x + 40, y - 220), (x + 130, y - 130)], fill=(52, 70, 120), width=22)
    return finish(picture)


def _vat(picture: Image.Image, x: float, y: float, reach: float) -> None:
    body = ellipse_mask(picture.size, (x - reach, y - reach * 0.7, x + reach, y + reach * 1.1))
    cast_shadow(picture, body, (24, 26), 26, 0.45)
    clay = shade(
        Image.new("RGB", picture.size, (166, 92, 58)),
        column_gradient(
            picture.size,
            [((x - reach) / 1600, 120), ((x - reach * 0.3) / 1600, 255), ((x + reach) / 1600, 90)],
        ),
    )
    picture.paste(clay, (0, 0), body)
    draw = ImageDraw.Draw(picture)
    top = y - reach * 0.52
    draw.ellipse(
        (x - reach * 0.72, top - reach * 0.24, x + reach * 0.72, top + reach * 0.24),
        fill=(188, 112, 74),
    )
    draw.ellipse(
        (x - reach * 0.62, top - reach * 0.19, x + reach * 0.62, top + reach * 0.19),
        fill=(24, 38, 84),
    )
    for dx, dy, r in ((-0.2, 0.02, 0.16), (0.1, -0.05, 0.2), (0.3, 0.05, 0.1), (-0.05, 0.08, 0.09)):
        draw.ellipse(
            (
                x + reach * (dx - r),
                top + reach * (dy - r * 0.4),
                x + reach * (dx + r),
                top + reach * (dy + r * 0.4),
            ),
            fill=(84, 104, 170),
            outline=(150, 164, 214),
            width=2,
        )


def _kiln_yard(key: str) -> Image.Image:
    """A long kiln breathing smoke, pots drying on boards."""
    random = chance(key)
    picture = yard(WIDE, random, 0.52)
    draw = ImageDraw.Draw(picture)
    draw.polygon([(980, 170), (1560, 170), (1620, 300), (920, 300)], fill=(150, 96, 62))
    for x in (960, 1250, 1560):
        draw.rectangle((x, 290, x + 20, 620), fill=(112, 78, 52))
    draw.pieslice((1000, 340, 1560, 860), 180, 360, fill=(176, 104, 72))
    for row in range(6):
        for column in range(15):
            x, y = 1010 + column * 38 + (19 if row % 2 else 0), 380 + row * 38
            if (x - 1280) ** 2 + (y - 600) ** 2 < 262**2 and y < 596:
                draw.rectangle((x, y, x + 32, y + 30), outline=(140, 76, 52), width=3)
    draw.rectangle((1000, 596, 1560, 616), fill=(140, 82, 58))
    draw.pieslice((1200, 470, 1360, 720), 180, 360, fill=(50, 24, 18))
    draw.pieslice((1226, 510, 1334, 700), 180, 360, fill=(244, 140, 50))
    draw.pieslice((1250, 546, 1310, 680), 180, 360, fill=(254, 220, 120))
    smoke = Image.new("L", WIDE)
    trail = ImageDraw.Draw(smoke)
    for step in range(26):
        x, y, r = 1480 - step * 12 + 30 * math.sin(step / 3), 330 - step * 12, 22 + step * 4
        trail.ellipse((x - r, y - r, x + r, y + r), fill=max(20, 130 - step * 4))
    picture.paste((252, 248, 240), (0, 0), blur(smoke, 24))
    draw = ImageDraw.Draw(picture)
    for row, y in enumerate((600, 700, 820)):
        draw.rectangle((60, y, 860, y + 16), fill=(150, 108, 68))
        for place in range(9 - row * 2):
            _small_pot(draw, 110 + place * (88 + row * 30), y, 30 + row * 12, random)
    figure(draw, 960, 860, 300, (120, 70, 44))
    return finish(picture)


def _small_pot(
    draw: ImageDraw.ImageDraw, x: float, foot: float, reach: float, random: Random
) -> None:
    tone = random.choice(
        ((196, 110, 70), (152, 182, 150), (168, 84, 54), (226, 214, 190), (120, 74, 52))
    )
    draw.ellipse((x - reach, foot - reach * 1.9, x + reach, foot), fill=tone)
    draw.ellipse(
        (x - reach * 0.75, foot - reach * 1.7, x - reach * 0.1, foot - reach * 0.7),
        fill=lighten(tone, 0.22),
    )
    draw.rectangle(
        (x - reach * 0.42, foot - reach * 2.3, x + reach * 0.42, foot - reach * 1.7), fill=tone
    )
    draw.ellipse(
        (x - reach * 0.52, foot - reach * 2.42, x + reach * 0.52, foot - reach * 2.16),
        fill=darken(tone, 0.35),
    )


def _old_street(key: str) -> Image.Image:
    """Wooden shophouses, their shutters folded back, lanterns at dusk."""
    random = chance(key)
    picture = sky(WIDE, (96, 110, 150), (252, 202, 150), None, random)
    layer(picture, ridge(WIDE, 0.4, 0.16, 1.0, random), (110, 112, 136), (240, 200, 170))
    draw = ImageDraw.Draw(picture)
    x = -30
    for place in range(6):
        width = random.randint(250, 310)
        _shophouse(
            draw, x, width, mix((130, 84, 54), (176, 130, 88), random.random()), place, random
        )
        x += width
    draw.polygon([(0, 740), (1600, 740), (1600, 900), (0, 900)], fill=(168, 142, 118))
    for y in range(746, 900, 26):
        draw.line([(0, y), (1600, y)], fill=(146, 120, 98), width=3)
    light = Image.new("L", WIDE)
    pools = ImageDraw.Draw(light)
    for px in range(100, 1600, 270):
        pools.ellipse((px - 120, 700, px + 160, 860), fill=150)
    picture.paste((255, 214, 140), (0, 0), blur(light, 40))
    draw = ImageDraw.Draw(picture)
    for px, cloth in (
        (330, (154, 42, 46)),
        (400, (35, 58, 115)),
        (1080, (106, 46, 99)),
        (1240, (44, 106, 63)),
    ):
        figure(draw, px, 840, 160, cloth, False)
    return finish(picture)


def _shophouse(
    draw: ImageDraw.ImageDraw, x: int, width: int, wood: Colour, place: int, random: Random
) -> None:
    top = 250 + random.randint(-26, 26)
    draw.rectangle((x, top, x + width, 740), fill=wood)
    for board in range(0, width, 18):
        draw.line([(x + board, top), (x + board, 490)], fill=darken(wood, 0.14), width=2)
    draw.polygon(
        [
            (x - 16, top),
            (x + width * 0.12, top - 96),
            (x + width * 0.88, top - 96),
            (x + width + 16, top),
        ],
        fill=(116, 66, 54),
    )
    for share in (0.14, 0.42, 0.7):
        left = x + width * share
        draw.rectangle((left, top + 60, left + width * 0.16, top + 190), fill=(255, 214, 140))
        draw.rectangle((left - 22, top + 60, left, top + 190), fill=darken(wood, 0.35))
        draw.rectangle(
            (left + width * 0.16, top + 60, left + width * 0.16 + 22, top + 190),
            fill=darken(wood, 0.35),
        )
    draw.polygon(
        [(x - 8, 500), (x + width + 8, 500), (x + width + 26, 548), (x - 26, 548)],
        fill=(142, 86, 64),
    )
    draw.rectangle((x + 26, 560, x + width - 26, 740), fill=(70, 44, 34))
    draw.rectangle((x + 40, 574, x + width - 40, 740), fill=(244, 190, 110))
    for fold in range(4):
        tone = random.choice(
            ((154, 42, 46), (35, 58, 115), (222, 170, 60), (44, 106, 63), (240, 230, 210))
        )
        left = x + 54 + fold * (width - 110) / 4
        draw.rectangle((left, 590, left + (width - 140) / 5, 690), fill=tone)
    for lamp in (0.2, 0.8):
        px = x + width * lamp
        draw.line([(px, 548), (px, 576)], fill=(60, 40, 30), width=3)
        draw.ellipse(
            (px - 22, 572, px + 22, 620), fill=(206, 56, 44) if place % 2 else (250, 200, 110)
        )


DRAWINGS: dict[str, Callable[[str], Image.Image]] = {
    "scene-loom-house": _loom_house,
    "scene-indigo-vats": _indigo_vats,
    "scene-kiln-yard": _kiln_yard,
    "scene-old-street": _old_street,
}


def picture_keys() -> tuple[str, ...]:
    return tuple(DRAWINGS)


def draw(key: str) -> Image.Image:
    return DRAWINGS[key](key)
