"""Things to eat on leaves, linen and racks."""

import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from deploy.demo.drawing.pieces import OAK, Sprite, heap, lump, pile
from deploy.demo.drawing.studio import (
    LINEN,
    SIDE,
    blur,
    cast_shadow,
    chance,
    column_gradient,
    darken,
    ellipse_mask,
    finish,
    ground,
    levels,
    lighten,
    mix,
    noise,
    polygon_mask,
    shade,
)


def _tamarind(key: str) -> Image.Image:
    """Pods on linen, one broken open."""
    picture = ground("linen", LINEN)
    random = chance(key)
    sprites = [_pod(random) for _ in range(5)]
    pile(picture, sprites, heap(random, 17, (600, 560), (330, 300)), random, 130)
    flesh = [lump(96, (96, 44, 24), random, 0.8, 0.1) for _ in range(4)]
    pile(
        picture,
        flesh,
        [(350 + place * 84, 960 + 22 * math.sin(place)) for place in range(7)],
        random,
        130,
    )
    return finish(picture)


def _pod(random: Random) -> Sprite:
    piece = Image.new("RGBA", (460, 460), (0, 0, 0, 0))
    draw = ImageDraw.Draw(piece)
    tone = mix((164, 112, 66), (190, 140, 90), random.random())
    bend = random.uniform(40, 110)
    for step in range(60):
        t = step / 59
        x, y = 50 + 360 * t, 230 - bend * math.sin(math.pi * t)
        reach = 34 * math.sin(math.pi * (0.06 + 0.88 * t)) ** 0.5 * (1 + 0.14 * math.sin(t * 30))
        draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=darken(tone, 0.22))
    for step in range(60):
        t = step / 59
        x, y = 50 + 360 * t, 224 - bend * math.sin(math.pi * t)
        reach = 24 * math.sin(math.pi * (0.06 + 0.88 * t)) ** 0.5 * (1 + 0.14 * math.sin(t * 30))
        draw.ellipse((x - reach, y - reach * 0.8, x + reach, y + reach * 0.7), fill=tone)
    for step in range(8, 52, 4):
        t = step / 59
        x, y = 50 + 360 * t, 212 - bend * math.sin(math.pi * t)
        draw.ellipse((x - 9, y - 4, x + 9, y + 4), fill=lighten(tone, 0.3))
    return piece.filter(ImageFilter.GaussianBlur(0.8))


def _leaf_mat(picture: Image.Image) -> None:
    """A banana leaf laid across the table."""
    outline = []
    for step in range(80):
        angle = step / 80 * 6.283
        x = 560 * math.cos(angle)
        y = math.copysign(400 * abs(math.sin(angle)) ** 0.8, math.sin(angle))
        outline.append((605 + x, 600 + y - x * 0.21))
    leaf = polygon_mask(picture.size, outline)
    cast_shadow(picture, leaf, (14, 22), 16, 0.4)
    skin = Image.new("RGB", picture.size, (74, 124, 62))
    draw = ImageDraw.Draw(skin)
    draw.line([(60, 700), (1150, 470)], fill=(150, 182, 96), width=16)
    for x in range(-200, 1400, 17):
        tone = (62, 110, 54) if x // 17 % 2 else (84, 136, 70)
        y = 700 - (x - 60) * 0.211
        draw.line([(x, y), (x + 210, y - 520)], fill=tone, width=6)
        draw.line([(x, y), (x + 330, y + 480)], fill=tone, width=6)
    draw.line([(60, 700), (1150, 470)], fill=(168, 196, 112), width=9)
    picture.paste(skin.filter(ImageFilter.GaussianBlur(1)), (0, 0), leaf)


def _khao_taen(key: str) -> Image.Image:
    """Crisp rice cakes with threads of syrup."""
    picture = ground("wood", OAK)
    _leaf_mat(picture)
    random = chance(key)
    places = [(400, 450), (760, 430), (330, 730), (610, 640), (880, 720), (560, 900)]
    for x, y in places:
        cake = _rice_cake(random)
        dark = cake.getchannel("A").point([i * 130 // 255 for i in range(256)])
        picture.paste((46, 34, 14), (round(x - 150) + 10, round(y - 150) + 16), dark)
        picture.paste(cake, (round(x - 150), round(y - 150)), cake)
    return finish(picture)


def _rice_cake(random: Random) -> Sprite:
    cake = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    draw = ImageDraw.Draw(cake)
    draw.ellipse((14, 22, 288, 290), fill=(196, 148, 84))
    for _ in range(760):
        angle, reach = random.uniform(0, 6.283), 132 * math.sqrt(random.random())
        x, y = 150 + reach * math.cos(angle), 150 + reach * math.sin(angle)
        tone = mix((252, 238, 204), (222, 178, 108), random.random())
        dx, dy = random.uniform(4, 11), random.uniform(4, 7)
        draw.ellipse((x - dx, y - dy + 3, x + dx, y + dy + 3), fill=darken(tone, 0.25))
        draw.ellipse((x - dx, y - dy, x + dx, y + dy), fill=tone)
    points = []
    for step in range(120):
        t = step / 119
        points.append((40 + 220 * (0.5 + 0.5 * math.sin(t * 26)), 44 + 212 * t))
    draw.line(points, fill=(112, 54, 20), width=8, joint="curve")
    draw.line([(x - 2, y - 2) for x, y in points], fill=(190, 112, 52), width=3, joint="curve")
    return cake


def _wafers(key: str) -> Image.Image:
    """Rolled wafers stacked like logs."""
    picture = ground("linen", (232, 222, 202))
    random = chance(key)
    rolls = [
        (x, 900 - row * 128) for row in range(4) for x in range(250 + row * 75, 960 - row * 75, 150)
    ]
    for x, y in rolls:
        piece = _roll(random)
        dark = piece.getchannel("A").point([i * 120 // 255 for i in range(256)])
        at = (round(x - 90), round(y - 250))
        picture.paste((60, 36, 16), (at[0] + 10, at[1] + 16), dark)
        picture.paste(piece, at, piece)
    return finish(picture)


def _roll(random: Random) -> Sprite:
    piece = Image.new("RGB", (180, 400), (226, 172, 92))
    piece = shade(
        piece, column_gradient(piece.size, [(0.06, 120), (0.3, 255), (0.62, 226), (0.94, 110)])
    )
    piece = shade(piece, levels(noise(piece.size, (30, 60), random), 196, 255))
    draw = ImageDraw.Draw(piece)
    for y in range(-60, 420, 44):
        draw.line([(0, y + 40), (180, y)], fill=(176, 116, 50), width=3)
    mask = polygon_mask(piece.size, [(14, 40), (166, 40), (166, 360), (14, 360)])
    mask = ImageChops.lighter(mask, ellipse_mask(piece.size, (14, 8, 166, 72)))
    mask = ImageChops.lighter(mask, ellipse_mask(piece.size, (14, 330, 166, 392)))
    draw.ellipse((14, 330, 166, 392), fill=(206, 150, 76))
    for reach in (60, 46, 32, 18, 6):
        draw.arc(
            (90 - reach, 361 - reach * 0.42, 90 + reach, 361 + reach * 0.42),
            0,
            350,
            fill=(120, 70, 30),
            width=5,
        )
    piece.putalpha(mask)
    return piece


def _leaf_sweets(key: str) -> Image.Image:
    """Toffee in ironed leaf, some of it unwrapped."""
    picture = ground("wood", (184, 140, 98))
    random = chance(key)
    for place in range(9):
        x, y = 240 + place % 3 * 360, 270 + place // 3 * 330
        open_one = place in (4, 8)
        _parcel(
            picture,
            x + random.uniform(-18, 18),
            y + random.uniform(-14, 14),
            random.uniform(-14, 14),
            open_one,
        )
    return finish(picture)


def _parcel(picture: Image.Image, x: float, y: float, angle: float, is_open: bool) -> None:
    piece = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    draw = ImageDraw.Draw(piece)
    green = (88, 132, 66)
    if is_open:
        draw.polygon(
            [(10, 150), (150, 30), (290, 150), (150, 270)],
            fill=green,
            outline=(58, 96, 46),
            width=4,
        )
        for step in range(30, 270, 12):
            draw.line(
                [(step, 150 - abs(step - 150) * 0.0 - 4), (150, 40)], fill=(76, 118, 58), width=2
            )
        draw.rounded_rectangle((90, 98, 214, 206), 18, fill=(44, 24, 18))
        draw.rounded_rectangle((96, 100, 206, 150), 16, fill=(76, 44, 30))
        draw.line([(108, 112), (180, 112)], fill=(150, 104, 74), width=6)
    else:
        draw.polygon(
            [(40, 84), (260, 84), (268, 216), (32, 216)], fill=green, outline=(56, 92, 44), width=4
        )
        for line in range(92, 216, 9):
            draw.line(
                [(38, line), (262, line)],
                fill=(78, 120, 58) if line % 2 else (100, 146, 76),
                width=2,
            )
        draw.polygon([(40, 84), (150, 150), (32, 216)], fill=(74, 116, 56))
        draw.polygon([(260, 84), (150, 150), (268, 216)], fill=(106, 150, 80))
        draw.line([(150, 80), (150, 220)], fill=(214, 186, 122), width=8)
        draw.line([(36, 150), (264, 150)], fill=(214, 186, 122), width=8)
    piece = piece.resize((390, 390), Image.Resampling.BILINEAR)
    piece = piece.rotate(angle, Image.Resampling.BILINEAR)
    at = (round(x - 195), round(y - 195))
    dark = (
        piece.getchannel("A")
        .point([i * 120 // 255 for i in range(256)])
        .filter(ImageFilter.GaussianBlur(8))
    )
    picture.paste((40, 24, 12), (at[0] + 10, at[1] + 16), dark)
    picture.paste(piece, at, piece)


def _eggs(key: str) -> Image.Image:
    """Salted eggs in a tray of straw, one cut to show its yolk."""
    picture = ground("linen", LINEN)
    random = chance(key)
    draw = ImageDraw.Draw(picture)
    for _ in range(520):
        angle, reach = random.uniform(0, 6.283), 430 * math.sqrt(random.random())
        x, y = 600 + reach * math.cos(angle), 600 + reach * 0.92 * math.sin(angle)
        turn_by, length = random.uniform(0, 6.3), random.uniform(60, 130)
        tone = mix((226, 192, 116), (166, 124, 62), random.random())
        draw.line(
            [(x, y), (x + length * math.cos(turn_by), y + length * math.sin(turn_by))],
            fill=tone,
            width=5,
        )
    for x, y in ((420, 430), (640, 390), (830, 520), (390, 680), (600, 620), (800, 760)):
        egg = lump(
            250,
            random.choice(((226, 234, 230), (238, 240, 232), (206, 222, 222))),
            random,
            0.78,
            0.0,
        )
        pile(picture, [egg], [(x, y)], random, 120)
    half = ellipse_mask(picture.size, (440, 800, 690, 1000))
    cast_shadow(picture, half, (10, 16), 12, 0.5)
    picture.paste((250, 248, 238), (0, 0), half)
    yolk = ellipse_mask(picture.size, (496, 838, 636, 962))
    picture.paste((226, 120, 30), (0, 0), yolk)
    picture.paste(
        (246, 166, 70), (0, 0), blur(ellipse_mask(picture.size, (510, 848, 590, 910)), 10)
    )
    return finish(picture)


def _dried_fish(key: str) -> Image.Image:
    """Split fish on a bamboo rack."""
    picture = ground("wood", (196, 160, 116))
    draw = ImageDraw.Draw(picture)
    for y in range(40, SIDE, 52):
        draw.rectangle((0, y, SIDE, y + 24), fill=(206, 172, 108))
        draw.line((0, y + 4, SIDE, y + 4), fill=(236, 210, 156), width=4)
        draw.rectangle((0, y + 24, SIDE, y + 32), fill=(90, 62, 36))
    for place, y in enumerate((250, 540, 830)):
        _split_fish(picture, 600 + (-30, 20, -10)[place], y + 30, -4 + place * 4)
    return finish(picture)


def _split_fish(picture: Image.Image, x: float, y: float, angle: float) -> None:
    piece = Image.new("RGBA", (1000, 300), (0, 0, 0, 0))
    draw = ImageDraw.Draw(piece)
    body = [
        (40, 150),
        (170, 50),
        (420, 20),
        (680, 70),
        (820, 140),
        (960, 60),
        (930, 150),
        (960, 240),
        (820, 160),
        (680, 230),
        (420, 280),
        (170, 250),
    ]
    draw.polygon(body, fill=(176, 122, 78))
    draw.polygon(
        [
            (70, 150),
            (190, 72),
            (420, 44),
            (670, 88),
            (800, 150),
            (670, 212),
            (420, 256),
            (190, 228),
        ],
        fill=(222, 172, 118),
    )
    draw.line([(120, 150), (800, 150)], fill=(244, 216, 174), width=9)
    for step in range(200, 780, 34):
        rise = 92 - abs(step - 430) * 0.16
        for side in (-1, 1):
            draw.line([(step, 150), (step - 40, 150 + side * rise)], fill=(198, 142, 92), width=4)
    draw.ellipse((84, 128, 116, 160), fill=(60, 40, 30), outline=(240, 226, 200), width=5)
    for line in range(846, 950, 18):
        draw.line([(830, 150), (line, 80 + (line - 846))], fill=(140, 92, 58), width=4)
    piece = piece.filter(ImageFilter.GaussianBlur(1)).rotate(angle, Image.Resampling.BILINEAR)
    at = (round(x - 500), round(y - 150))
    dark = (
        piece.getchannel("A")
        .point([i * 140 // 255 for i in range(256)])
        .filter(ImageFilter.GaussianBlur(9))
    )
    picture.paste((40, 24, 12), (at[0] + 10, at[1] + 18), dark)
    picture.paste(piece, at, piece)


def _palm_sugar(key: str) -> Image.Image:
    """Rounds of palm sugar on leaf."""
    picture = ground("wood", OAK)
    _leaf_mat(picture)
    random = chance(key)
    for x, y in (
        (420, 420),
        (690, 380),
        (900, 520),
        (330, 660),
        (590, 620),
        (840, 760),
        (520, 860),
    ):
        cake = lump(300, mix((196, 138, 72), (222, 168, 98), random.random()), random, 0.9, 0.04)
        pressed = Image.new("L", (300, 300), 255)
        rings = ImageDraw.Draw(pressed)
        for reach in (110, 84, 58, 32):
            rings.ellipse(
                (150 - reach, 146 - reach, 150 + reach, 146 + reach), outline=206, width=5
            )
        alpha = cake.getchannel("A")
        face = shade(cake.convert("RGB"), pressed.filter(ImageFilter.GaussianBlur(1.5)))
        face.putalpha(alpha)
        pile(picture, [face], [(x, y)], random, 130)
    return finish(picture)


DRAWINGS: dict[str, Callable[[str], Image.Image]] = {
    "food-tamarind": _tamarind,
    "food-khao-taen": _khao_taen,
    "food-wafers": _wafers,
    "food-leaf-sweets": _leaf_sweets,
    "food-eggs": _eggs,
    "food-dried-fish": _dried_fish,
    "food-palm-sugar": _palm_sugar,
}


def picture_keys() -> tuple[str, ...]:
    return tuple(DRAWINGS)


def draw(key: str) -> Image.Image:
    return DRAWINGS[key](key)
