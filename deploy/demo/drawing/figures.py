"""Made faces and flying things: the mask, the shadow puppet, the moon kite."""

import math
from collections.abc import Callable

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from deploy.demo.drawing.studio import (
    GOLD,
    LAC,
    LEAF,
    Colour,
    Point,
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
    mask_of,
    noise,
    polygon_mask,
    shade,
)

BLACK: Colour = (34, 28, 28)
CREAM: Colour = (246, 236, 210)


def _mask(key: str) -> Image.Image:
    """Phi Ta Khon: a rice steamer for a crown, a palm stem for a face, a long nose."""
    picture = ground("paper", (240, 230, 210))
    crown = polygon_mask(picture.size, [(250, 130), (950, 130), (800, 430), (400, 430)])
    face = mask_of(
        picture.size,
        lambda d, s: d.polygon([(x * s, y * s) for x, y in _oval(600, 720, 290, 380)], fill=255),
    )
    cast_shadow(picture, ImageChops.lighter(crown, face), (28, 34), 30, 0.5)
    picture.paste(_steamer(picture.size, key), (0, 0), crown)
    picture.paste(_painted_face(picture.size), (0, 0), face)
    _nose(picture)
    return finish(picture)


def _oval(x: float, y: float, rx: float, ry: float) -> list[Point]:
    return [
        (
            x + rx * math.cos(a / 40 * 6.283) * (1 - 0.1 * math.sin(a / 40 * 6.283)),
            y + ry * math.sin(a / 40 * 6.283),
        )
        for a in range(40)
    ]


def _steamer(size: tuple[int, int], key: str) -> Image.Image:
    skin = Image.new("RGB", size, (206, 164, 96))
    draw = ImageDraw.Draw(skin)
    for row, y in enumerate(range(120, 450, 22)):
        for x in range(230, 980, 44):
            shift = 22 if row % 2 else 0
            draw.rounded_rectangle(
                (x + shift, y, x + shift + 40, y + 18),
                6,
                fill=(226, 188, 120),
                outline=(150, 108, 54),
                width=2,
            )
    for y, colour in ((140, LAC), (404, LEAF)):
        draw.rectangle((0, y, size[0], y + 22), fill=colour)
    return shade(skin, column_gradient(size, [(0.2, 120), (0.4, 255), (0.6, 240), (0.8, 120)]))


def _painted_face(size: tuple[int, int]) -> Image.Image:
    skin = Image.new("RGB", size, (196, 52, 44))
    draw = ImageDraw.Draw(skin)
    for side in (-1, 1):
        x = 600 + side * 130
        for reach, colour in ((104, GOLD), (86, CREAM), (58, (40, 90, 130)), (34, BLACK)):
            draw.ellipse((x - reach, 610 - reach * 0.8, x + reach, 610 + reach * 0.8), fill=colour)
        draw.ellipse((x - 22, 584, x - 4, 602), fill=(255, 255, 255))
        for step in range(6):
            angle = -2.6 + step * 0.36
            start = (x + 112 * math.cos(angle), 610 + 96 * math.sin(angle))
            draw.line(
                [start, (x + 156 * math.cos(angle), 610 + 140 * math.sin(angle))],
                fill=CREAM,
                width=9,
            )
        _scroll(draw, 600 + side * 190, 800, side)
    draw.polygon([(400, 880), (800, 880), (740, 1000), (460, 1000)], fill=BLACK)
    for x in range(420, 790, 46):
        draw.polygon([(x, 884), (x + 40, 884), (x + 20, 934)], fill=CREAM)
        draw.polygon([(x + 10, 996), (x + 50, 996), (x + 30, 950)], fill=CREAM)
    for x in range(380, 830, 40):
        draw.ellipse((x, 450, x + 24, 474), fill=GOLD)
    return shade(skin, column_gradient(size, [(0.24, 120), (0.4, 255), (0.62, 240), (0.76, 120)]))


def _scroll(draw: ImageDraw.ImageDraw, x: float, y: float, side: int) -> None:
    points = []
    for step in range(34):
        angle = step * 0.3 * side
        reach = 6 + step * 1.9
        points.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    draw.line(points, fill=GOLD, width=11, joint="curve")


def _nose(picture: Image.Image) -> None:
    nose = polygon_mask(
        picture.size,
        [(560, 640), (640, 640), (668, 800), (730, 880), (690, 900), (590, 850), (548, 760)],
    )
    cast_shadow(picture, nose, (22, 26), 16, 0.5)
    wood = shade(
        Image.new("RGB", picture.size, (222, 116, 44)),
        column_gradient(picture.size, [(0.44, 255), (0.62, 130)]),
    )
    picture.paste(wood, (0, 0), nose)


# Head with its crown, body, legs, and an arm to each side.
_PUPPET_PARTS = (
    [
        (520, 250),
        (600, 140),
        (650, 60),
        (690, 150),
        (720, 260),
        (700, 330),
        (740, 352),
        (700, 380),
        (690, 420),
        (600, 440),
        (530, 400),
        (500, 330),
    ],
    [
        (560, 420),
        (660, 420),
        (760, 560),
        (740, 760),
        (660, 800),
        (500, 800),
        (430, 700),
        (460, 540),
    ],
    [(440, 780), (700, 780), (820, 1000), (700, 1040), (600, 900), (480, 1060), (330, 1040)],
    [(480, 500), (380, 620), (260, 700), (230, 760), (280, 770), (420, 680), (520, 580)],
    [(720, 520), (860, 440), (960, 330), (990, 250), (1010, 350), (930, 470), (760, 620)],
)


def _puppet(key: str) -> Image.Image:
    """A cut-leather figure against a lit screen."""
    picture = ground("linen", (246, 226, 180))
    lamp = blur(ellipse_mask(picture.size, (250, 180, 950, 900)), 140)
    picture.paste((255, 244, 206), (0, 0), lamp)
    leather = Image.new("L", picture.size)
    draw = ImageDraw.Draw(leather)
    for points in _PUPPET_PARTS:
        draw.polygon(points, fill=255)
    holes = Image.new("L", picture.size)
    _punch(ImageDraw.Draw(holes))
    cut = ImageChops.subtract(leather, holes).filter(ImageFilter.GaussianBlur(1.2))
    cast_shadow(picture, cut, (30, 26), 20, 0.4, (120, 70, 20))
    picture.paste(_painted_leather(picture.size, key), (0, 0), cut)
    rods = ImageDraw.Draw(picture)
    rods.line([(590, 440), (575, 1180)], fill=(120, 84, 44), width=14)
    rods.line([(245, 760), (300, 1180)], fill=(150, 110, 60), width=9)
    return finish(picture)


def _painted_leather(size: tuple[int, int], key: str) -> Image.Image:
    skin = Image.composite(
        Image.new("RGB", size, (120, 40, 30)),
        Image.new("RGB", size, (52, 30, 24)),
        noise(size, (6, 6), chance(key)),
    )
    tint = ImageDraw.Draw(skin)
    tint.rectangle((430, 640, 780, 720), fill=(40, 92, 76))
    tint.rectangle((330, 880, 830, 930), fill=(176, 118, 34))
    tint.rectangle((500, 60, 740, 200), fill=(190, 134, 40))
    return skin


def _punch(draw: ImageDraw.ImageDraw) -> None:
    """Rows of small holes and crescents, cut with a dozen punches."""
    for row in range(14):
        for column in range(12):
            x, y = 450 + column * 28, 470 + row * 24
            if (row // 2 + column) % 3 == 0:
                draw.ellipse((x - 6, y - 6, x + 6, y + 6), fill=255)
            elif (row + column) % 3 == 1:
                draw.arc((x - 10, y - 8, x + 10, y + 10), 200, 340, fill=255, width=4)
    for row in range(9):
        for column in range(22):
            x, y = 350 + column * 23, 800 + row * 27
            if (row + column) % 2:
                draw.polygon([(x, y - 8), (x + 7, y), (x, y + 8), (x - 7, y)], fill=255)
    draw.ellipse((640, 286, 676, 310), fill=255)
    draw.arc((640, 350, 720, 392), 20, 150, fill=255, width=6)
    for step in range(9):
        draw.ellipse((548 + step * 17, 236, 558 + step * 17, 248), fill=255)
        draw.ellipse((590 + step * 9, 200 - step * 14, 600 + step * 9, 210 - step * 14), fill=255)
    for step in range(8):
        draw.ellipse((300 + step * 24, 690 - step * 18, 312 + step * 24, 702 - step * 18), fill=255)
        draw.ellipse((780 + step * 24, 540 - step * 24, 792 + step * 24, 552 - step * 24), fill=255)


def _kite(key: str) -> Image.Image:
    """The moon kite, paper cut in vines, against the sky."""
    picture = Image.composite(
        Image.new("RGB", (1200, 1200), (206, 226, 232)),
        Image.new("RGB", (1200, 1200), (120, 172, 200)),
        levels(noise((1200, 1200), (4, 6), chance(key)), 40, 255),
    )
    wing = polygon_mask(picture.size, _wing(600, 430, 510, 250))
    tail = polygon_mask(picture.size, _wing(600, 930, 300, 140))
    moon = ImageChops.subtract(
        ellipse_mask(picture.size, (410, 560, 790, 900)),
        ellipse_mask(picture.size, (440, 520, 760, 800)),
    )
    whole = ImageChops.lighter(ImageChops.lighter(wing, tail), moon)
    cast_shadow(picture, whole, (30, 60), 34, 0.25, (20, 50, 80))
    for mask, colour, centre in (
        (wing, LAC, (600, 430, 510, 250)),
        (tail, (36, 92, 86), (600, 930, 300, 140)),
        (moon, (214, 150, 44), None),
    ):
        skin = Image.new("RGB", picture.size, colour)
        if centre:
            _vines(ImageDraw.Draw(skin), *centre)
        picture.paste(
            shade(skin, levels(noise(picture.size, (90, 90), chance(key)), 226, 255)), (0, 0), mask
        )
    draw = ImageDraw.Draw(picture)
    draw.line([(600, 190), (600, 1070)], fill=(150, 110, 56), width=12)
    draw.arc((90, 60, 1110, 520), 200, 340, fill=(176, 134, 74), width=9)
    for x, y in ((120, 470), (1080, 470), (320, 950), (880, 950)):
        for step in range(7):
            lean = (step - 3) * 9
            draw.line(
                [(x, y), (x + lean, y + 90)], fill=(250, 226, 150) if step % 2 else LAC, width=6
            )
    return finish(picture)


def _wing(x: float, y: float, rx: float, ry: float) -> list[Point]:
    points = []
    for step in range(60):
        angle = step / 60 * 6.283
        lift = -0.3 * ry * abs(math.cos(angle)) ** 2
        points.append(
            (
                x + rx * math.cos(angle),
                y + lift + ry * math.sin(angle) * (1 - 0.72 * abs(math.cos(angle)) ** 1.5),
            )
        )
    return points


def _vines(draw: ImageDraw.ImageDraw, x: float, y: float, rx: float, ry: float) -> None:
    for side in (-1, 1):
        for row, colour in enumerate(((250, 214, 120), (252, 240, 214), (60, 130, 110))):
            points = []
            for step in range(40):
                t = step / 39
                px = x + side * rx * (0.08 + 0.84 * t)
                points.append(
                    (px, y - ry * 0.3 * t + (row - 1) * ry * 0.34 * (1 - t) + 16 * math.sin(t * 26))
                )
            draw.line(points, fill=colour, width=7, joint="curve")
            for px, py in points[3::5]:
                draw.ellipse(
                    (px - 13, py - 13, px + 13, py + 13),
                    fill=lighten(colour, 0.2),
                    outline=darken(colour, 0.4),
                    width=3,
                )
    for reach, colour in (
        (86, (250, 214, 120)),
        (62, (36, 92, 86)),
        (40, (252, 240, 214)),
        (18, LAC),
    ):
        reach *= ry / 250
        draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=colour)


DRAWINGS: dict[str, Callable[[str], Image.Image]] = {
    "craft-mask": _mask,
    "craft-puppet": _puppet,
    "craft-kite": _kite,
}


def picture_keys() -> tuple[str, ...]:
    return tuple(DRAWINGS)


def draw(key: str) -> Image.Image:
    return DRAWINGS[key](key)
