"""Things sewn from cloth: shirts, a shoulder bag, a cushion."""

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from deploy.demo.drawing import patterns
from deploy.demo.drawing.batik import batik_cloth
from deploy.demo.drawing.cloths import cloth as cloth_of
from deploy.demo.drawing.studio import (
    INDIGO,
    SIDE,
    Colour,
    cast_shadow,
    chance,
    column_gradient,
    darken,
    finish,
    ground,
    levels,
    noise,
    polygon_mask,
    row_gradient,
    shade,
)

OAK: Colour = (214, 174, 126)


def _shirt(cloth: Image.Image, wall: Colour, trim: Colour, tunic: bool) -> Image.Image:
    """A shirt on the wall, hung from a wooden bar."""
    picture = ground("paper", wall)
    neck = [(600, 372)] if tunic else [(560, 268), (600, 286), (640, 268)]
    body = [
        (520, 250),
        *neck,
        (680, 250),
        (830, 300),
        (1010, 560),
        (900, 636),
        (842, 560),
        (850, 1030),
        (350, 1030),
        (358, 560),
        (300, 636),
        (190, 560),
        (370, 300),
    ]
    mask = polygon_mask((SIDE, SIDE), body)
    cast_shadow(picture, mask, (24, 30), 26, 0.45)
    tone = column_gradient(
        cloth.size,
        [
            (0.15, 170),
            (0.3, 214),
            (0.36, 255),
            (0.47, 226),
            (0.52, 255),
            (0.66, 236),
            (0.71, 196),
            (0.85, 170),
        ],
    )
    picture.paste(shade(cloth, tone), (0, 0), mask)
    draw = ImageDraw.Draw(picture)
    _seams(draw, trim, 372 if tunic else 300)
    (_tunic_front if tunic else _buttons_and_pocket)(draw, trim)
    return finish(picture)


def _seams(draw: ImageDraw.ImageDraw, trim: Colour, neck: int) -> None:
    for side in (-1, 1):
        arm = [(600 + side * 242, 560), (600 + side * 236, 400)]
        draw.line(arm, fill=darken(trim, 0.4), width=3)
        draw.line([(600 + side * 80, 250), (600 + side * 6, neck)], fill=trim, width=12)


def _tunic_front(draw: ImageDraw.ImageDraw, trim: Colour) -> None:
    draw.line([(600, 372), (600, 1028)], fill=trim, width=5)
    for y in range(440, 620, 22):
        for x in range(450, 760, 26):
            draw.ellipse((x, y, x + 8, y + 12), fill=(246, 240, 222))


def _buttons_and_pocket(draw: ImageDraw.ImageDraw, trim: Colour) -> None:
    draw.line([(600, 290), (600, 1028)], fill=darken(trim, 0.35), width=4)
    for y in range(360, 1000, 128):
        draw.ellipse((584, y, 606, y + 22), fill=(150, 110, 66), outline=(90, 62, 34), width=3)
    draw.rounded_rectangle((668, 470, 790, 610), 8, outline=darken(trim, 0.45), width=4)


def indigo_shirt(key: str) -> Image.Image:
    plain = patterns.grid(4, 4, lambda x, y: 0, ((36, 60, 118),), 5)
    return _shirt(patterns.woven(plain, key, 4, 176), (240, 232, 216), INDIGO, False)


def batik_shirt(key: str) -> Image.Image:
    return _shirt(batik_cloth("weave-batik-blue"), (242, 236, 222), (28, 96, 116), False)


def karen_shirt(key: str) -> Image.Image:
    return _shirt(cloth_of("weave-karen"), (236, 226, 206), (244, 228, 190), True)


def yaam(key: str) -> Image.Image:
    return shoulder_bag(cloth_of(key), (142, 34, 40), key)


def shoulder_bag(cloth: Image.Image, fringe_colour: Colour, key: str) -> Image.Image:
    """A bag hanging by its strap, its threads loose at the foot."""
    picture = ground("paper", (242, 234, 218))
    strap = polygon_mask(
        (SIDE, SIDE),
        [
            (560, 110),
            (640, 110),
            (880, 560),
            (880, 640),
            (830, 640),
            (600, 190),
            (370, 640),
            (320, 640),
            (320, 560),
        ],
    )
    body = polygon_mask((SIDE, SIDE), [(310, 560), (890, 560), (916, 980), (284, 980)])
    loose = Image.new("L", (SIDE, SIDE))
    fringe = ImageDraw.Draw(loose)
    random = chance(key)
    for x in range(292, 912, 13):
        fringe.line([(x, 972), (x + random.uniform(-8, 8), 1080)], fill=255, width=7)
    cast_shadow(picture, ImageChops.lighter(ImageChops.lighter(strap, body), loose), (24, 28), 24)
    picture.paste(fringe_colour, (0, 0), loose)
    turned = cloth.rotate(26, Image.Resampling.BILINEAR)
    picture.paste(shade(turned, Image.new("L", cloth.size, 214)), (0, 0), strap)
    tone = column_gradient(cloth.size, [(0.24, 176), (0.34, 250), (0.6, 255), (0.76, 170)])
    tone = ImageChops.multiply(tone, row_gradient(cloth.size, [(0.46, 180), (0.5, 255), (1, 236)]))
    picture.paste(shade(cloth, tone), (0, 0), body)
    return finish(picture)


def cushion(key: str) -> Image.Image:
    """The triangle cushion with its khit end towards us."""
    picture = ground("wood", OAK)
    cloth = cloth_of(key)
    back = polygon_mask(
        (SIDE, SIDE), [(520, 250), (1010, 330), (1090, 850), (900, 960), (500, 520)]
    )
    face = polygon_mask((SIDE, SIDE), [(520, 250), (150, 930), (900, 960)])
    cast_shadow(picture, ImageChops.lighter(back, face), (20, 40), 30, 0.55)
    side = cloth.rotate(38, Image.Resampling.BILINEAR)
    picture.paste(
        shade(side, levels(noise((SIDE, SIDE), (9, 3), chance(key)), 120, 196)), (0, 0), back
    )
    picture.paste(shade(cloth, row_gradient(cloth.size, [(0.2, 255), (0.8, 206)])), (0, 0), face)
    draw = ImageDraw.Draw(picture)
    draw.line(
        [(520, 250), (150, 930), (900, 960), (520, 250)],
        fill=(240, 210, 130),
        width=12,
        joint="curve",
    )
    for share in (0.25, 0.5, 0.75):
        end = (520 + 490 * share, 250 + 80 * share)
        draw.line([end, (900 + 190 * share, 960 - 110 * share)], fill=(90, 20, 30), width=6)
    return finish(picture.filter(ImageFilter.GaussianBlur(0.6)))
