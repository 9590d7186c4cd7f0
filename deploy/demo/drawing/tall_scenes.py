"""Tall scenes of 4:5 for phones: drying cloth, a village in mist."""

from collections.abc import Callable
from random import Random

from PIL import Image, ImageDraw

from deploy.demo.drawing.land import (
    TALL,
    figure,
    layer,
    ridge,
    sky,
    stilt_house,
    tree,
)
from deploy.demo.drawing.studio import (
    LAC,
    Colour,
    cast_shadow,
    chance,
    column_gradient,
    finish,
    levels,
    lighten,
    noise,
    shade,
)
from deploy.demo.drawing.village_scenes import yard


def _drying_cloth(key: str) -> Image.Image:
    """Tall: dyed lengths drying on lines between trees."""
    random = chance(key)
    picture = yard(TALL, random, 0.6)
    tones = (
        (36, 58, 116),
        (206, 132, 122),
        (222, 170, 60),
        (154, 42, 46),
        (84, 116, 170),
        (92, 128, 74),
    )
    for row, y in enumerate((150, 330, 540)):
        scale = 0.6 + row * 0.25
        x, place = -40 - row * 30, 0
        while x < TALL[0]:
            width = round(random.uniform(150, 210) * scale)
            _hung_length(
                picture, x, y, width, round(520 * scale), tones[(place + row * 2) % 6], random
            )
            x, place = x + width + round(16 * scale), place + 1
        draw = ImageDraw.Draw(picture)
        draw.line([(0, y - 4), (TALL[0], y + 6)], fill=(110, 78, 50), width=round(8 * scale))
    draw = ImageDraw.Draw(picture)
    figure(draw, 300, 1310, 380, (35, 58, 115))
    draw.ellipse((350, 1130, 470, 1200), fill=(190, 146, 84))
    draw.ellipse((360, 1120, 460, 1166), fill=(36, 58, 116))
    return finish(picture)


def _hung_length(
    picture: Image.Image, x: int, y: int, width: int, tall: int, tone: Colour, random: Random
) -> None:
    cloth = Image.new("RGB", (width, tall), tone)
    folds = [(i / 8, random.randint(176, 255)) for i in range(9)]
    cloth = shade(cloth, column_gradient(cloth.size, folds))
    cloth = shade(cloth, levels(noise(cloth.size, (4, 9), random), 206, 255))
    draw = ImageDraw.Draw(cloth)
    for band in (0.06, 0.86, 0.9):
        draw.rectangle((0, tall * band, width, tall * band + 7), fill=lighten(tone, 0.5))
    mask = Image.new("L", cloth.size)
    sway = random.uniform(-16, 16)
    ImageDraw.Draw(mask).polygon(
        [
            (0, 0),
            (width, 0),
            (width + sway - 6, tall - random.uniform(0, 16)),
            (sway + 8, tall - random.uniform(0, 16)),
        ],
        fill=255,
    )
    shadow = Image.new("L", picture.size)
    shadow.paste(mask, (x, y))
    cast_shadow(picture, shadow, (12, 16), 12, 0.28, (60, 44, 30))
    picture.paste(cloth, (x, y), mask)


def _mist_village(key: str) -> Image.Image:
    """Tall: roofs between ranges of hills at dawn."""
    random = chance(key)
    picture = sky(TALL, (120, 150, 184), (254, 220, 188), (0.66, 0.2, 0.035), random)
    colours = ((138, 156, 172), (106, 134, 148), (78, 112, 118), (60, 96, 88), (70, 108, 72))
    for place, colour in enumerate(colours):
        line = ridge(TALL, 0.42 + place * 0.11, 0.2, 0.8 + place * 0.3, random)
        layer(picture, line, colour, (244, 234, 220), 0.12)
        if place in (2, 3):
            for house in range(3 + place):
                x = 60 + house * (880 / (2 + place)) + random.uniform(-20, 20)
                stilt_house(
                    picture,
                    x,
                    1350 * (0.5 + place * 0.1),
                    80 + place * 26,
                    (150, 106, 72),
                    (112, 74, 56),
                )
    draw = ImageDraw.Draw(picture)
    for x in range(-20, 1120, 110):
        tree(draw, x, 1290 + random.uniform(0, 80), random.uniform(180, 260), (58, 100, 62), random)
    figure(draw, 560, 1300, 190, LAC)
    draw.ellipse((590, 1170, 660, 1250), fill=(180, 136, 80))
    return finish(picture)


DRAWINGS: dict[str, Callable[[str], Image.Image]] = {
    "tall-drying-cloth": _drying_cloth,
    "tall-mist-village": _mist_village,
}


def picture_keys() -> tuple[str, ...]:
    return tuple(DRAWINGS)


def draw(key: str) -> Image.Image:
    return DRAWINGS[key](key)
