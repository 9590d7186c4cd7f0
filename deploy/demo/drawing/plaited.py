"""Plaited things that lie or hang: mats, a hat, a broom, palm-leaf fish."""

import math
from collections.abc import Callable

from PIL import Image, ImageChops, ImageDraw

from deploy.demo.drawing.studio import (
    LAC,
    SIDE,
    Colour,
    cast_shadow,
    chance,
    column_gradient,
    darken,
    ellipse_mask,
    finish,
    ground,
    lighten,
    mask_of,
    mix,
    polygon_mask,
    row_gradient,
    shade,
)

OAK: Colour = (206, 168, 122)


def _mat(key: str, colours: tuple[Colour, ...]) -> Image.Image:
    """A reed mat half unrolled."""
    picture = ground("wood", OAK)
    random = chance(key)
    sheet = Image.new("RGB", picture.size, colours[0])
    draw = ImageDraw.Draw(sheet)
    y = 0
    while y < SIDE:
        band = random.choice((9, 9, 18, 27, 45))
        colour = random.choice(colours)
        for line in range(y, y + band, 9):
            tone = mix(colour, (30, 20, 10), random.uniform(0, 0.16))
            draw.rectangle((0, line, SIDE, line + 7), fill=tone)
            draw.line((0, line + 2, SIDE, line + 2), fill=lighten(tone, 0.22), width=2)
        y += band
    for x in range(0, SIDE, 40):
        draw.line((x, 0, x, SIDE), fill=(90, 66, 40), width=2)
    _star(draw, colours)
    flat = polygon_mask(picture.size, [(150, 330), (1050, 330), (1100, 1130), (100, 1130)])
    cast_shadow(picture, flat, (14, 24), 20, 0.45)
    picture.paste(sheet, (0, 0), flat)
    roll = mask_of(
        picture.size,
        lambda d, s: d.rounded_rectangle((110 * s, 170 * s, 1090 * s, 400 * s), 60 * s, fill=255),
    )
    cast_shadow(picture, roll, (8, 34), 22, 0.6)
    tone = row_gradient(picture.size, [(0.14, 150), (0.2, 255), (0.27, 220), (0.335, 90)])
    picture.paste(shade(sheet, tone), (0, 0), roll)
    return finish(picture)


def _star(draw: ImageDraw.ImageDraw, colours: tuple[Colour, ...]) -> None:
    for ring, reach in enumerate((250, 200, 150, 96, 50)):
        steps = [(600, 740 - reach), (600 + reach, 740), (600, 740 + reach), (600 - reach, 740)]
        draw.polygon(steps, fill=colours[(ring + 1) % len(colours)])
    for line in range(490, 990, 9):
        draw.line((340, line, 860, line), fill=(70, 46, 30), width=1)


def _hat(key: str) -> Image.Image:
    """A palm-leaf garden hat from above, leaf over leaf."""
    picture = ground("linen", (224, 212, 190))
    brim = ellipse_mask(picture.size, (120, 200, 1080, 1080))
    cast_shadow(picture, brim, (24, 40), 34, 0.5)
    skin = Image.new("RGB", picture.size, (222, 194, 138))
    draw = ImageDraw.Draw(skin)
    random = chance(key)
    for step in range(150):
        angle = step / 150 * 6.283
        tone = mix((236, 212, 160), (190, 154, 98), random.random())
        a, b = angle - 0.028, angle + 0.028
        far = [(600 + 520 * math.cos(t), 620 + 490 * math.sin(t)) for t in (a, b)]
        draw.polygon([(600, 560), *far], fill=tone)
        draw.line([(600, 560), far[0]], fill=darken(tone, 0.3), width=2)
    for reach in range(90, 500, 52):
        box = (600 - reach, 586 - reach * 0.92, 600 + reach, 586 + reach * 0.92)
        draw.ellipse(box, outline=(140, 104, 62), width=4)
    lit = (
        Image.radial_gradient("L")
        .resize((1300, 1300))
        .point([255 - i * 120 // 255 for i in range(256)])
    )
    tone = Image.new("L", picture.size, 150)
    tone.paste(lit.crop((130, 110, 1330, 1310)).resize(picture.size), (0, 0))
    picture.paste(shade(skin, tone), (0, 0), brim)
    crown = ellipse_mask(picture.size, (430, 380, 770, 690))
    cast_shadow(picture, crown, (26, 46), 26, 0.42)
    picture.paste(shade(skin, tone), (0, 0), crown)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((430, 380, 770, 690), outline=(158, 118, 68), width=7)
    draw.ellipse((575, 500, 625, 546), fill=(150, 106, 58))
    return finish(picture)


def _broom(key: str) -> Image.Image:
    picture = ground("paper", (240, 232, 216))
    random = chance(key)
    head = Image.new("L", picture.size)
    draw = ImageDraw.Draw(head)
    strokes = []
    for _ in range(520):
        side = max(-0.88, min(0.88, random.gauss(0, 0.4)))
        tip = (600 + side * 460, random.uniform(940, 1110) - abs(side) * 130)
        strokes.append(((600 + side * 90, 560), tip))
        draw.line(strokes[-1], fill=255, width=7)
    handle = polygon_mask(picture.size, [(580, 70), (618, 70), (622, 570), (578, 570)])
    cast_shadow(picture, ImageChops.lighter(head, handle), (26, 30), 22, 0.45)
    wood = Image.new("RGB", picture.size, (196, 152, 84))
    picture.paste(
        shade(wood, column_gradient(picture.size, [(0.48, 130), (0.49, 255), (0.52, 110)])),
        (0, 0),
        handle,
    )
    draw = ImageDraw.Draw(picture)
    for y in (170, 310, 440):
        draw.line((578, y, 622, y), fill=(130, 92, 44), width=6)
    for start, tip in strokes:
        tone = mix((214, 186, 124), (150, 108, 60), random.random())
        draw.line([start, tip], fill=tone, width=4)
    for row, colour in enumerate((LAC, (222, 176, 70), LAC)):
        y = 556 + row * 34
        half = 66 + row * 30
        draw.line([(600 - half, y), (600 + half, y)], fill=colour, width=18)
        for x in range(600 - half, 600 + half, 14):
            draw.line([(x, y - 9), (x + 8, y + 9)], fill=darken(colour, 0.4), width=3)
    return finish(picture)


def _palm_fish(key: str) -> Image.Image:
    """A mother carp and her fry on threads."""
    picture = ground("paper", (238, 230, 212))
    places = [(600, 330, 270)]
    places += [(330, 690, 110), (600, 760, 110), (870, 690, 110), (450, 960, 88), (750, 960, 88)]
    draw = ImageDraw.Draw(picture)
    draw.line([(600, 40), (600, 220)], fill=(120, 80, 50), width=4)
    for x, y, _ in places[1:]:
        draw.line([(600 + (x - 600) * 0.5, 400), (x, y - 60)], fill=(120, 80, 50), width=3)
    for place, (x, y, reach) in enumerate(places):
        _one_fish(picture, x, y, reach, LAC if place % 2 == 0 else (214, 130, 50))
    return finish(picture)


def _one_fish(picture: Image.Image, x: float, y: float, reach: float, colour: Colour) -> None:
    r = reach
    body = [
        (x - r, y),
        (x - r * 0.3, y - r * 0.55),
        (x + r * 0.5, y - r * 0.3),
        (x + r * 0.72, y),
        (x + r * 0.5, y + r * 0.3),
        (x - r * 0.3, y + r * 0.55),
    ]
    tail = [
        (x + r * 0.6, y),
        (x + r * 1.1, y - r * 0.36),
        (x + r * 0.98, y),
        (x + r * 1.1, y + r * 0.36),
    ]
    mask = ImageChops.lighter(polygon_mask(picture.size, body), polygon_mask(picture.size, tail))
    cast_shadow(picture, mask, (18, 30), 16, 0.4)
    draw = ImageDraw.Draw(picture)
    gold = (238, 196, 96)
    draw.polygon(tail, fill=darken(colour, 0.15), outline=gold, width=4)
    draw.polygon(body, fill=colour)
    step = r / 5
    for row in range(-3, 4):
        for column in range(-4, 4):
            cx, cy = x + column * step, y + row * step
            half = step * 0.5
            if abs(cy - y) + abs(cx - x) * 0.42 > r * 0.5:
                continue
            square = [(cx, cy - half), (cx + half, cy), (cx, cy + half), (cx - half, cy)]
            draw.polygon(square, fill=lighten(colour, 0.22 if (row + column) % 2 else 0.05))
            draw.line([*square, square[0]], fill=gold, width=2)
    draw.line([*body, body[0]], fill=gold, width=max(3, round(r / 40)), joint="curve")
    eye = r * 0.07
    draw.ellipse(
        (x - r * 0.72 - eye, y - r * 0.1 - eye, x - r * 0.72 + eye, y - r * 0.1 + eye),
        fill=(250, 244, 226),
        outline=(30, 20, 20),
        width=3,
    )


DRAWINGS: dict[str, Callable[[str], Image.Image]] = {
    "basket-mat-red": lambda key: _mat(
        key, ((206, 172, 112), (150, 38, 44), (206, 172, 112), (60, 40, 36))
    ),
    "basket-hat": _hat,
    "basket-broom": _broom,
    "basket-palm-fish": _palm_fish,
}


def picture_keys() -> tuple[str, ...]:
    return tuple(DRAWINGS)


def draw(key: str) -> Image.Image:
    return DRAWINGS[key](key)
