"""Silver and brass: bracelets, beads and bells."""

import math
from collections.abc import Callable

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from deploy.demo.drawing.studio import (
    cast_shadow,
    chance,
    closer,
    ellipse_mask,
    finish,
    ground,
    levels,
    noise,
    polygon_mask,
    shade,
    still_life,
)
from deploy.demo.drawing.turning import smooth, stand, turn

BRIGHT = [(0, 70), (0.1, 190), (0.2, 255), (0.34, 120), (0.5, 240), (0.7, 130), (0.9, 70), (1, 150)]


def _bracelet(key: str) -> Image.Image:
    """Two silver bracelets on indigo cloth, chased with ripples."""
    picture = ground("linen", (52, 70, 116))
    for x, y, reach in ((480, 480, 330), (740, 760, 290)):
        _silver_ring(picture, x, y, reach, key)
    return finish(picture)


def _silver_ring(picture: Image.Image, x: int, y: int, reach: int, key: str) -> None:
    outer = (x - reach, y - reach * 0.92, x + reach, y + reach * 0.92)
    thick = reach * 0.22
    inner = (outer[0] + thick, outer[1] + thick, outer[2] - thick, outer[3] - thick)
    ring = ImageChops.subtract(ellipse_mask(picture.size, outer), ellipse_mask(picture.size, inner))
    gap = polygon_mask(
        picture.size, [(x - 40, y), (x + 40, y), (x + 70, y + reach + 60), (x - 70, y + reach + 60)]
    )
    ring = ImageChops.subtract(ring, gap)
    cast_shadow(picture, ring, (16, 24), 14, 0.65, (10, 12, 30))
    silver = Image.new("RGB", picture.size, (222, 224, 228))
    sheen = Image.new("L", (1, 720))
    sheen.putdata([round(176 + 72 * math.sin(i / 720 * 6.283 * 3)) for i in range(720)])
    polished = Image.new("L", picture.size, 200)
    draw = ImageDraw.Draw(polished)
    values = list(sheen.getdata())
    for degree in range(0, 360, 2):
        draw.pieslice(
            (x - reach, y - reach, x + reach, y + reach),
            degree,
            degree + 3,
            fill=values[degree * 2],
        )
    silver = shade(silver, polished.filter(ImageFilter.GaussianBlur(3)))
    chase = ImageDraw.Draw(silver)
    middle = reach - thick / 2
    for row in (-0.26, 0.0, 0.26):
        points = []
        for degree in range(0, 361, 2):
            angle = math.radians(degree)
            r = middle + thick * (row + 0.1 * math.sin(degree / 4.5))
            points.append((x + r * math.cos(angle), y + r * 0.92 * math.sin(angle)))
        chase.line(points, fill=(96, 98, 108), width=5, joint="curve")
        chase.line(
            [(a + 2, b + 2) for a, b in points], fill=(250, 250, 252), width=2, joint="curve"
        )
    picture.paste(silver, (0, 0), ring)
    edge = ImageChops.subtract(ring, ImageChops.offset(ring, 4, 5))
    picture.paste((255, 255, 255), (0, 0), edge.point([i * 2 // 3 for i in range(256)]))


def _beads(key: str) -> Image.Image:
    """A string of silver beads laid in a loop on dark silk."""
    picture = ground("linen", (92, 36, 44))
    places = []
    for step in range(46):
        angle = step / 46 * 6.283 + 1.571
        places.append(
            (
                600 + 400 * math.cos(angle),
                560 + 380 * math.sin(angle) * (1 + 0.12 * math.sin(angle)),
            )
        )
    for place, (x, y) in enumerate(places):
        reach = 22 + 26 * (0.5 + 0.5 * math.cos(place / 46 * 6.283))
        _bead(picture, x, y, reach, place)
    _bead(picture, 600, 1030, 76, 3)
    return finish(picture)


def _bead(picture: Image.Image, x: float, y: float, reach: float, place: int) -> None:
    side = round(reach * 2) + 2
    ball = Image.radial_gradient("L").resize((side * 2, side * 2), Image.Resampling.BILINEAR)
    ball = ball.crop(
        (
            round(side * 0.62),
            round(side * 0.66),
            round(side * 0.62) + side,
            round(side * 0.66) + side,
        )
    )
    bead = shade(
        Image.new("RGB", (side, side), (236, 236, 238)),
        ball.point([max(40, 255 - i * 5 // 4) for i in range(256)]),
    )
    draw = ImageDraw.Draw(bead)
    for step in range(8):
        angle = step / 8 * 6.283 + place
        px, py = reach + reach * 0.55 * math.cos(angle), reach + reach * 0.55 * math.sin(angle)
        draw.ellipse(
            (px - reach * 0.14, py - reach * 0.14, px + reach * 0.14, py + reach * 0.14),
            outline=(90, 90, 100),
            width=2,
        )
    draw.ellipse(
        (reach * 0.75, reach * 0.75, reach * 1.25, reach * 1.25), outline=(80, 80, 92), width=3
    )
    mask = ellipse_mask((side, side), (0, 0, side - 1, side - 1))
    at = (round(x - reach), round(y - reach))
    picture.paste(
        (24, 6, 10),
        (at[0] + 7, at[1] + 12),
        mask.filter(ImageFilter.GaussianBlur(4)).point([i * 2 // 3 for i in range(256)]),
    )
    picture.paste(bead, at, mask)


def _bells(key: str) -> Image.Image:
    """Brass bells, one tall and two small."""
    picture = still_life((238, 228, 208), (116, 78, 50))
    for x, scale, foot in ((420, 1.0, 980), (760, 0.66, 1010), (960, 0.46, 960)):
        _bell(picture, x, scale, foot, key)
    return closer(finish(picture), 60)


def _bell(picture: Image.Image, x: float, scale: float, foot: float, key: str) -> None:
    def at(radius: float, y: float) -> tuple[float, float]:
        return radius * scale, foot - (980 - y) * scale

    body = turn(
        smooth([at(60, 420), at(130, 450), at(180, 560), at(200, 760), at(262, 960), at(270, 980)]),
        x,
        BRIGHT,
        0.14,
    )
    skin = Image.new("RGB", picture.size, (214, 162, 66))
    tarnish = levels(noise(picture.size, (14, 14), chance(key + str(x))), 190, 255)
    lines = Image.new("L", picture.size, 255)
    draw = ImageDraw.Draw(lines)
    for y in (560, 580, 800, 824, 900):
        level = at(0, y)[1]
        draw.arc(
            (x - 280 * scale, level - 36 * scale, x + 280 * scale, level + 36 * scale),
            0,
            180,
            fill=120,
            width=max(3, round(8 * scale)),
        )
    stand(picture, body, shade(shade(skin, tarnish), lines))
    draw = ImageDraw.Draw(picture)
    loop = at(0, 360)[1]
    draw.ellipse(
        (x - 54 * scale, loop - 50 * scale, x + 54 * scale, loop + 70 * scale),
        outline=(150, 104, 36),
        width=round(26 * scale),
    )
    draw.arc(
        (x - 54 * scale, loop - 50 * scale, x + 54 * scale, loop + 70 * scale),
        190,
        290,
        fill=(248, 214, 130),
        width=round(9 * scale),
    )


DRAWINGS: dict[str, Callable[[str], Image.Image]] = {
    "craft-silver-bracelet": _bracelet,
    "craft-silver-beads": _beads,
    "craft-brass-bells": _bells,
}


def picture_keys() -> tuple[str, ...]:
    return tuple(DRAWINGS)


def draw(key: str) -> Image.Image:
    return DRAWINGS[key](key)
