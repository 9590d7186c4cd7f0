"""Cloth drawn or bound rather than woven: batik, shibori, plant dye and the hemp panel."""

import math
from functools import cache
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from deploy.demo.drawing.studio import (
    GOLD,
    SIDE,
    Colour,
    blur,
    chance,
    darken,
    levels,
    lighten,
    mix,
    noise,
    shade,
    weave_texture,
)

BATIKS: dict[str, tuple[Colour, Colour, Colour, Colour]] = {
    "weave-batik-blue": ((26, 92, 140), (70, 170, 176), (246, 196, 120), (236, 120, 100)),
    "weave-batik-pink": ((214, 110, 132), (246, 190, 170), (178, 36, 72), (250, 206, 96)),
    "weave-batik-orange": ((196, 88, 40), (246, 178, 84), (170, 30, 52), (252, 226, 160)),
}
WAX: Colour = (250, 244, 226)


def batik_cloth(key: str) -> Image.Image:
    """Flowers drawn in wax over a wet wash, with the crackle that wax leaves."""
    random = chance(key)
    ground, wash, petal, heart = BATIKS[key]
    cloth = Image.composite(
        Image.new("RGB", (SIDE, SIDE), wash),
        Image.new("RGB", (SIDE, SIDE), ground),
        noise((SIDE, SIDE), (6, 6), random),
    )
    draw = ImageDraw.Draw(cloth)
    _swells(draw, random, lighten(wash, 0.35))
    for x, y, reach in _places(random):
        _leaf_pair(draw, x, y, reach, random, mix(ground, (30, 90, 50), 0.35))
        _flower(draw, x, y, reach, random, petal, heart)
    cloth = cloth.filter(ImageFilter.GaussianBlur(1.1))
    cloth = shade(cloth, _crackle(random))
    return shade(cloth, weave_texture(3, 226))


def _places(random: Random) -> list[tuple[int, int, int]]:
    """Flowers spread over the cloth, never two upon each other."""
    places: list[tuple[int, int, int]] = []
    for _ in range(260):
        x, y, reach = random.randrange(SIDE), random.randrange(SIDE), random.choice((90, 130, 180))
        if all(math.hypot(x - a, y - b) > (reach + c) * 0.98 for a, b, c in places):
            places.append((x, y, reach))
    return places


def _swells(draw: ImageDraw.ImageDraw, random: Random, colour: Colour) -> None:
    for y in range(-40, SIDE + 60, 58):
        phase, lift = random.uniform(0, 6), random.uniform(10, 24)
        points = [(x, y + lift * math.sin(x / 86 + phase)) for x in range(0, SIDE + 20, 16)]
        draw.line(points, fill=colour, width=3, joint="curve")


def _petal(x: float, y: float, reach: float, turn: float, width: float) -> list:
    points = []
    for step in range(21):
        t = step / 20 * math.pi
        along, across = reach * math.sin(t / 2) ** 1.4, 0.0
        side = 1 if step <= 10 else -1
        t2 = step / 10 if step <= 10 else (20 - step) / 10
        along = reach * t2
        across = side * width * math.sin(math.pi * min(1, t2) ** 0.8) + side * width * 0.35 * t2
        points.append(
            (
                x + along * math.cos(turn) - across * math.sin(turn),
                y + along * math.sin(turn) + across * math.cos(turn),
            )
        )
    return points


def _flower(draw, x, y, reach, random: Random, petal: Colour, heart: Colour) -> None:
    turn = random.uniform(0, 6.3)
    tint = mix(petal, heart, random.uniform(0, 0.35))
    for place in range(5):
        angle = turn + place * 1.2566
        for share, step in ((1.0, 0.0), (0.82, 0.22), (0.6, 0.42), (0.36, 0.6)):
            outline = _petal(x, y, reach * share, angle, reach * 0.32 * share)
            draw.polygon(outline, fill=mix(lighten(tint, 0.3), darken(tint, 0.3), step))
        edge = _petal(x, y, reach, angle, reach * 0.32)
        draw.line([*edge, edge[0]], fill=WAX, width=5, joint="curve")
        tip = (x + reach * 0.7 * math.cos(angle), y + reach * 0.7 * math.sin(angle))
        draw.line([(x, y), tip], fill=lighten(tint, 0.5), width=2)
    size = reach * 0.13
    draw.ellipse((x - size, y - size, x + size, y + size), fill=heart, outline=WAX, width=4)
    for place in range(9):
        angle = place * 0.7
        px, py = x + size * 1.7 * math.cos(angle), y + size * 1.7 * math.sin(angle)
        draw.ellipse((px - 4, py - 4, px + 4, py + 4), fill=WAX)


def _leaf_pair(draw, x, y, reach, random: Random, colour: Colour) -> None:
    for _ in range(3):
        angle = random.uniform(0, 6.3)
        outline = _petal(
            x + reach * 0.5 * math.cos(angle),
            y + reach * 0.5 * math.sin(angle),
            reach * 1.05,
            angle,
            reach * 0.17,
        )
        draw.polygon(outline, fill=colour)
        draw.line([*outline, outline[0]], fill=WAX, width=4, joint="curve")
        draw.line([outline[0], outline[10]], fill=lighten(colour, 0.45), width=3)


def _crackle(random: Random) -> Image.Image:
    lines = Image.new("L", (SIDE, SIDE), 255)
    draw = ImageDraw.Draw(lines)
    for _ in range(70):
        x, y, angle = random.randrange(SIDE), random.randrange(SIDE), random.uniform(0, 6.3)
        points = [(x, y)]
        for _ in range(random.randint(5, 16)):
            angle += random.gauss(0, 0.5)
            x, y = x + 26 * math.cos(angle), y + 26 * math.sin(angle)
            points.append((x, y))
        draw.line(points, fill=random.randint(176, 216), width=random.choice((1, 2)))
    return lines.filter(ImageFilter.GaussianBlur(0.7))


def _indigo_cloth(white: Image.Image, random: Random) -> Image.Image:
    """Indigo everywhere but where the binding kept the dye out."""
    deep = Image.composite(
        Image.new("RGB", (SIDE, SIDE), (52, 84, 148)),
        Image.new("RGB", (SIDE, SIDE), (24, 40, 88)),
        levels(noise((SIDE, SIDE), (10, 10), random), 20, 200),
    )
    cloth = Image.composite(Image.new("RGB", (SIDE, SIDE), (232, 234, 230)), deep, white)
    return shade(cloth, weave_texture(4, 198))


def rings_cloth(key: str) -> Image.Image:
    """Rings bound round pebbles."""
    random = chance(key)
    white = Image.new("L", (SIDE, SIDE))
    draw = ImageDraw.Draw(white)
    for row in range(8):
        for column in range(8):
            x = column * 168 + (84 if row % 2 else 0) + random.uniform(-14, 14)
            y = row * 164 + 40 + random.uniform(-14, 14)
            _ring(draw, x, y, random.uniform(40, 66), random)
    return _indigo_cloth(white.filter(ImageFilter.GaussianBlur(3.2)), random)


def _ring(draw, x: float, y: float, reach: float, random: Random) -> None:
    phase = random.uniform(0, 6)
    for radius, bright, width in ((reach, 235, 9), (reach * 0.66, 150, 6), (reach * 0.28, 220, 8)):
        points = []
        for step in range(37):
            angle = step / 36 * 6.283
            pull = 1 + 0.09 * math.sin(9 * angle + phase) + random.uniform(-0.05, 0.05)
            points.append(
                (x + radius * pull * math.cos(angle), y + radius * pull * math.sin(angle))
            )
        draw.line(points, fill=bright, width=width, joint="curve")
    for step in range(24):
        angle = step / 24 * 6.283 + phase
        inner, outer = reach * 0.75, reach * random.uniform(1.1, 1.35)
        line = [
            (x + inner * math.cos(angle), y + inner * math.sin(angle)),
            (x + outer * math.cos(angle), y + outer * math.sin(angle)),
        ]
        draw.line(line, fill=130, width=2)


def wash_cloth(key: str) -> Image.Image:
    """Open cloth dyed unevenly, with the prints of the leaves that gave the colour."""
    random = chance(key)
    base: Colour = (206, 132, 122) if key.endswith("rose") else lighten(GOLD, 0.12)
    cloth = Image.composite(
        Image.new("RGB", (SIDE, SIDE), lighten(base, 0.5)),
        Image.new("RGB", (SIDE, SIDE), base),
        noise((SIDE, SIDE), (6, 10), random),
    )
    prints = Image.new("L", (SIDE, SIDE))
    draw = ImageDraw.Draw(prints)
    for _ in range(90):
        x, y, turn = random.randrange(SIDE), random.randrange(SIDE), random.uniform(0, 6.3)
        reach = random.uniform(90, 170)
        outline = _petal(x, y, reach, turn, reach * 0.2)
        draw.polygon(outline, fill=random.randint(40, 120))
        draw.line([outline[0], outline[10]], fill=10, width=3)
        for share in (0.3, 0.5, 0.7):
            px, py = x + reach * share * math.cos(turn), y + reach * share * math.sin(turn)
            for side in (-0.7, 0.7):
                tip = (px + 24 * math.cos(turn + side), py + 24 * math.sin(turn + side))
                draw.line([(px, py), tip], fill=14, width=2)
    cloth.paste(darken(base, 0.42), (0, 0), prints.filter(ImageFilter.GaussianBlur(2.2)))
    return shade(cloth, weave_texture(6, 192))


@cache
def hemp_panel(key: str) -> Image.Image:
    """Spirals drawn in wax on hemp, framed with cross-stitch."""
    random = chance(key)
    deep = _indigo_cloth(Image.new("L", (SIDE, SIDE)), random)
    draw = ImageDraw.Draw(deep)
    cell = 120
    for row in range(SIDE // cell):
        for column in range(SIDE // cell):
            x, y = column * cell + cell / 2, row * cell + cell / 2
            draw.rectangle((x - 56, y - 56, x + 56, y + 56), outline=(206, 214, 224), width=3)
            if (row + column) % 3 == 2:
                _cross_stitch(draw, x, y, random)
            else:
                _spiral(draw, x, y, 1 if (row + column) % 2 else -1)
    return shade(blur(deep, 0.7), weave_texture(5, 204))


def _spiral(draw, x: float, y: float, way: int) -> None:
    for quarter in range(4):
        points = []
        for step in range(30):
            angle = step * 0.3 * way + quarter * 1.571
            reach = 4 + step * 1.5
            points.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
        draw.line(points[4:], fill=(228, 230, 226), width=3, joint="curve")


def _cross_stitch(draw, x: float, y: float, random: Random) -> None:
    colours = ((224, 84, 122), (240, 150, 60), (250, 230, 200), (90, 170, 150))
    for row in range(-4, 5):
        for column in range(-4, 5):
            ring = abs(row) + abs(column)
            if ring > 5 or ring == 3:
                continue
            px, py, colour = x + column * 11, y + row * 11, colours[ring % 4]
            draw.line((px - 4, py - 4, px + 4, py + 4), fill=colour, width=3)
            draw.line((px - 4, py + 4, px + 4, py - 4), fill=colour, width=3)
