"""Baskets and plaited bags."""

import math
from collections.abc import Callable

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from deploy.demo.drawing.studio import (
    SIDE,
    Colour,
    cast_shadow,
    chance,
    closer,
    column_gradient,
    darken,
    finish,
    levels,
    lighten,
    mask_of,
    mix,
    noise,
    polygon_mask,
    row_gradient,
    shade,
    still_life,
    tile,
)
from deploy.demo.drawing.turning import MATTE, coil, mouth, smooth, stand, turn, twill, wrap

STRAW: Colour = (206, 172, 112)
HONEY: Colour = (176, 124, 62)
OAK: Colour = (206, 168, 122)


def _aged(texture: Image.Image, seed: str) -> Image.Image:
    """Strips are never one colour."""
    random = chance(seed)
    tones = ImageChops.multiply(
        levels(noise(texture.size, (texture.width // 14, 40), random), 226, 255),
        levels(noise(texture.size, (9, 9), random), 236, 255),
    )
    return shade(texture, tones)


def _rim(picture: Image.Image, y: float, radius: float, colour: Colour, flatten: float) -> None:
    """A bound rim: slanting wraps round an ellipse."""
    draw = ImageDraw.Draw(picture)
    steps = 120
    for step in range(steps):
        angle = step / steps * 6.283
        x, dy = 600 + radius * math.cos(angle), radius * flatten * math.sin(angle)
        tone = mix(darken(colour, 0.45), lighten(colour, 0.3), 0.5 - 0.5 * math.cos(angle - 2.3))
        draw.line([(x - 7, y + dy - 13), (x + 7, y + dy + 13)], fill=tone, width=9)


def _handle(
    picture: Image.Image,
    left: float,
    right: float,
    foot: float,
    top: float,
    colour: Colour,
    width: int = 26,
) -> None:
    """An arched handle, wound about."""
    points = []
    for step in range(41):
        angle = math.pi * (1 - step / 40)
        x = (left + right) / 2 + (right - left) / 2 * math.cos(angle)
        points.append((x, foot - (foot - top) * math.sin(angle) ** 0.8))
    line = mask_of(
        picture.size,
        lambda d, s: d.line(
            [(x * s, y * s) for x, y in points], fill=255, width=width * s, joint="curve"
        ),
    )
    cast_shadow(picture, line, (10, 16), 12, 0.3)
    draw = ImageDraw.Draw(picture)
    for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
        share = (x0 - left) / (right - left)
        draw.line(
            [(x0, y0), (x1, y1)],
            fill=mix(lighten(colour, 0.25), darken(colour, 0.45), share),
            width=width,
        )
    for x, y in points[1:-1]:
        draw.line(
            [(x - width / 2, y - 4), (x + width / 2, y + 6)], fill=darken(colour, 0.4), width=3
        )


def _round_basket(
    key: str,
    profile: list,
    texture: Image.Image,
    rim: Colour,
    wall: Colour = (242, 234, 218),
    table: Colour = OAK,
    flatten: float = 0.18,
    inside: Colour | None = None,
) -> Image.Image:
    picture = still_life(wall, table)
    body = turn(smooth(profile), light=MATTE)
    stand(picture, body, wrap(body, _aged(texture, key)))
    radius, y = profile[0]
    mouth(picture, 600, y, radius, rim, inside or darken(rim, 0.45), 16, flatten)
    _rim(picture, y, radius, rim, flatten)
    return picture


def _bamboo_basket(key: str) -> Image.Image:
    picture = _round_basket(
        key,
        [(330, 560), (340, 640), (310, 780), (250, 940), (244, 960)],
        twill(18, STRAW, darken(STRAW, 0.12)),
        HONEY,
    )
    _handle(picture, 292, 908, 566, 170, HONEY, 30)
    return closer(finish(picture), 50)


def _krajood_round(key: str) -> Image.Image:
    texture = twill(22, (214, 184, 128), (172, 62, 54))
    return closer(
        finish(
            _round_basket(
                key,
                [(350, 480), (372, 600), (374, 800), (346, 950), (340, 966)],
                texture,
                (196, 160, 100),
            )
        ),
        60,
    )


def _kratip(key: str) -> Image.Image:
    """A sticky-rice basket with its lid and cord."""
    picture = still_life((244, 236, 220), (184, 146, 104))
    weave = _aged(twill(14, (216, 182, 118), (186, 142, 76)), key)
    body = turn(smooth([(250, 560), (266, 700), (262, 900), (236, 970)]))
    stand(picture, body, wrap(body, weave))
    foot = turn([(238, 966), (246, 1000)])
    picture.paste(shade(Image.new("RGB", picture.size, HONEY), foot.light), (0, 0), foot.mask)
    lid = turn(smooth([(120, 300), (200, 316), (262, 370), (278, 470), (280, 566)]))
    cast_shadow(picture, lid.mask, (0, 14), 10, 0.4)
    red = _aged(twill(14, (216, 182, 118), (150, 46, 44)), key)
    picture.paste(shade(wrap(lid, red), lid.light), (0, 0), lid.mask)
    draw = ImageDraw.Draw(picture)
    draw.line(
        [(340, 540), (270, 640), (262, 800), (350, 900)],
        fill=(120, 82, 44),
        width=13,
        joint="curve",
    )
    draw.line([(342, 538), (274, 640), (266, 800)], fill=(176, 132, 80), width=4, joint="curve")
    return closer(finish(picture), 70)


def _hyacinth(key: str) -> Image.Image:
    picture = _round_basket(
        key,
        [(330, 430), (352, 560), (360, 760), (340, 950), (336, 966)],
        _braids((166, 128, 80)),
        (142, 104, 62),
        (238, 230, 214),
        (198, 160, 116),
    )
    for side in (-1, 1):
        x = 600 + side * 250
        _handle(picture, x - 74, x + 74, 424, 318, (142, 104, 62), 30)
    return closer(finish(picture), 50)


def _braids(colour: Colour) -> Image.Image:
    """Fat plaits lying one over another."""
    cell = Image.new("RGB", (96, 64), darken(colour, 0.55))
    draw = ImageDraw.Draw(cell)
    for row in (0, 32):
        for x in range(-48, 144, 32):
            tone = lighten(colour, 0.16) if (x // 32) % 2 else darken(colour, 0.1)
            draw.ellipse((x, row + 2, x + 44, row + 22), fill=tone)
            draw.arc((x, row + 2, x + 44, row + 22), 180, 300, fill=lighten(colour, 0.4), width=3)
            draw.ellipse((x + 16, row + 12, x + 60, row + 31), fill=darken(tone, 0.2))
    return tile(cell.filter(ImageFilter.GaussianBlur(0.8)), (1200, 960))


def _lipao(key: str) -> Image.Image:
    """A small oval handbag of fern vine with a silver clasp."""
    picture = still_life((240, 232, 222), (92, 62, 46))
    body = turn(smooth([(280, 520), (350, 600), (366, 740), (330, 890), (250, 960)]), flatten=0.12)
    texture = coil(9, (86, 50, 30))
    draw = ImageDraw.Draw(texture)
    for x in range(0, 1200, 100):
        for y in (150, 290):
            draw.polygon(
                [(x, y), (x + 24, y - 26), (x + 48, y), (x + 24, y + 26)], fill=(206, 160, 96)
            )
            draw.polygon(
                [(x + 14, y), (x + 24, y - 11), (x + 34, y), (x + 24, y + 11)], fill=(60, 34, 22)
            )
    stand(picture, body, wrap(body, texture))
    lid = turn(smooth([(150, 450), (230, 462), (284, 500), (288, 526)]))
    picture.paste(shade(wrap(lid, coil(8, (98, 58, 34))), lid.light), (0, 0), lid.mask)
    _handle(picture, 330, 870, 500, 170, (74, 42, 26), 26)
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle(
        (560, 486, 640, 580), 12, fill=(204, 204, 208), outline=(110, 110, 118), width=4
    )
    draw.ellipse((586, 520, 614, 548), fill=(90, 90, 100))
    draw.arc((566, 492, 634, 574), 200, 300, fill=(250, 250, 252), width=5)
    return closer(finish(picture), 60)


def _flat_bag(key: str, texture: Image.Image, handle: Colour, wall: Colour) -> Image.Image:
    """A tote standing against the wall."""
    picture = still_life(wall, OAK)
    front = polygon_mask(picture.size, [(250, 440), (950, 440), (1000, 990), (200, 990)])
    for offset in (0, 34):
        _handle(picture, 400 + offset, 770 + offset, 470, 130 + offset, handle, 26)
    cast_shadow(picture, front, (30, 26), 30, 0.5)
    tone = column_gradient(
        picture.size, [(0.16, 130), (0.3, 236), (0.42, 255), (0.7, 222), (0.84, 120)]
    )
    tone = ImageChops.multiply(
        tone, row_gradient(picture.size, [(0.36, 190), (0.4, 255), (0.8, 214)])
    )
    picture.paste(shade(_aged(texture, key), tone), (0, 0), front)
    draw = ImageDraw.Draw(picture)
    for x in range(254, 950, 15):
        draw.line([(x, 430), (x + 10, 456)], fill=darken(handle, 0.1), width=8)
    for x in (400, 770):
        draw.rounded_rectangle(
            (x - 22, 440, x + 22, 548), 8, fill=handle, outline=darken(handle, 0.4), width=3
        )
        draw.ellipse((x - 6, 520, x + 6, 532), fill=(222, 190, 120))
    return closer(finish(picture), 60)


def _krajood_tote(key: str) -> Image.Image:
    texture = twill(26, (218, 190, 134), (190, 152, 92), (SIDE, SIDE))
    return _flat_bag(key, texture, (120, 70, 40), (238, 228, 208))


def _bamboo_bag(key: str) -> Image.Image:
    texture = twill(12, (198, 148, 84), (142, 90, 44), (SIDE, SIDE), 3)
    return _flat_bag(key, texture, (150, 96, 44), (242, 236, 226))


DRAWINGS: dict[str, Callable[[str], Image.Image]] = {
    "basket-bamboo": _bamboo_basket,
    "basket-bamboo-bag": _bamboo_bag,
    "basket-krajood-tote": _krajood_tote,
    "basket-krajood-round": _krajood_round,
    "basket-kratip": _kratip,
    "basket-hyacinth": _hyacinth,
    "basket-lipao": _lipao,
}


def picture_keys() -> tuple[str, ...]:
    return tuple(DRAWINGS)


def draw(key: str) -> Image.Image:
    return DRAWINGS[key](key)
