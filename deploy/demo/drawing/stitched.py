"""Small things of the hills, sewn from wax-drawn hemp: a bag, a purse, a key ring, a cap."""

import math

from PIL import Image, ImageChops, ImageDraw

from deploy.demo.drawing.batik import hemp_panel
from deploy.demo.drawing.sewn import shoulder_bag
from deploy.demo.drawing.studio import (
    LINEN,
    SIDE,
    Colour,
    cast_shadow,
    closer,
    column_gradient,
    darken,
    ellipse_mask,
    finish,
    ground,
    mask_of,
    polygon_mask,
    rounded_mask,
    row_gradient,
    shade,
)

HEMP = "weave-hmong"  # one panel of cloth for everything here
PINK: Colour = (206, 84, 130)
STITCHES = (PINK, (240, 150, 60), (250, 230, 200), (90, 170, 150))
SILVER: Colour = (206, 208, 212)


def bag(key: str) -> Image.Image:
    return shoulder_bag(hemp_panel(HEMP), PINK, key)


def _cloth() -> Image.Image:
    return hemp_panel(HEMP).resize((SIDE, SIDE), Image.Resampling.BICUBIC, (0, 0, 760, 760))


def _stitched(draw: ImageDraw.ImageDraw, x0: int, x1: int, y: int, step: int = 26) -> None:
    """A row of crosses in the colours of the hills."""
    for place, x in enumerate(range(x0, x1, step)):
        colour, arm = STITCHES[place % 4], step * 0.36
        draw.line((x - arm, y - arm, x + arm, y + arm), fill=colour, width=6)
        draw.line((x - arm, y + arm, x + arm, y - arm), fill=colour, width=6)


def _tassel(picture: Image.Image, x: int, top: int, length: int, colour: Colour) -> None:
    threads = Image.new("L", picture.size)
    draw = ImageDraw.Draw(threads)
    for place in range(-6, 7):
        draw.line([(x + place * 3, top), (x + place * 7, top + length)], fill=255, width=6)
    cast_shadow(picture, threads, (10, 14), 10, 0.4)
    picture.paste(colour, (0, 0), threads)
    bind = ImageDraw.Draw(picture)
    for step in range(3):
        y = top + 8 + step * 12
        bind.line([(x - 22, y), (x + 22, y)], fill=darken(colour, 0.3), width=7)


def purse(key: str) -> Image.Image:
    """A purse that fits a palm: a flap with a silver button, a tassel on its zip."""
    picture = ground("linen", LINEN)
    body = rounded_mask(picture.size, (210, 390, 990, 930), 90)
    cast_shadow(picture, body, (18, 30), 26, 0.55)
    tone = ImageChops.multiply(
        column_gradient(picture.size, [(0.17, 180), (0.3, 250), (0.7, 255), (0.83, 176)]),
        row_gradient(picture.size, [(0.32, 220), (0.6, 255), (0.78, 180)]),
    )
    picture.paste(shade(_cloth(), tone), (0, 0), body)
    flap = polygon_mask(picture.size, [(214, 400), (986, 400), (930, 560), (600, 690), (270, 560)])
    cast_shadow(picture, ImageChops.multiply(flap, body), (2, 14), 12, 0.5)
    plain = Image.new("RGB", picture.size, (30, 42, 84))
    _stitched(ImageDraw.Draw(plain), 250, 980, 440)
    _stitched(ImageDraw.Draw(plain), 290, 930, 490)
    picture.paste(shade(plain, tone), (0, 0), ImageChops.multiply(flap, body))
    draw = ImageDraw.Draw(picture)
    draw.line([(270, 560), (600, 690), (930, 560)], fill=PINK, width=12, joint="curve")
    draw.ellipse((562, 612, 638, 688), fill=SILVER, outline=darken(SILVER, 0.5), width=5)
    draw.ellipse((580, 628, 606, 650), fill=(248, 248, 250))
    _tassel(picture, 976, 470, 210, PINK)
    return finish(picture)


def key_ring(key: str) -> Image.Image:
    """A ring, a stitched strap, beads of Job's tears and three tassels."""
    picture = ground("paper", (242, 234, 218))
    ring = ImageChops.subtract(
        ellipse_mask(picture.size, (450, 90, 750, 390)),
        ellipse_mask(picture.size, (482, 122, 718, 358)),
    )
    cast_shadow(picture, ring, (12, 18), 12, 0.5)
    tone = column_gradient(picture.size, [(0.37, 150), (0.45, 255), (0.55, 190), (0.63, 120)])
    picture.paste(shade(Image.new("RGB", picture.size, SILVER), tone), (0, 0), ring)
    strap = rounded_mask(picture.size, (490, 330, 710, 760), 24)
    cast_shadow(picture, strap, (16, 24), 18, 0.5)
    picture.paste(shade(_cloth(), Image.new("L", picture.size, 246)), (0, 0), strap)
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((490, 330, 710, 760), 24, outline=PINK, width=12)
    _stitched(draw, 524, 700, 380)
    for x, colour in ((520, PINK), (600, (240, 150, 60)), (680, (90, 170, 150))):
        for y in (780, 814):
            draw.ellipse(
                (x - 14, y - 18, x + 14, y + 18), fill=(240, 234, 222), outline=(150, 140, 130)
            )
        _tassel(picture, x, 836, 200, colour)
    return finish(picture)


def _dome(draw: ImageDraw.ImageDraw, scale: int) -> None:
    arch = [
        (600 + 330 * math.cos(a / 30 * math.pi), 690 - 400 * math.sin(a / 30 * math.pi) ** 0.8)
        for a in range(31)
    ]
    draw.polygon([(x * scale, y * scale) for x, y in arch], fill=255)


def cap(key: str) -> Image.Image:
    """A round cap on a table: panels of cloth, a stitched band, a brim and a pink pompom."""
    picture = closer(ground("linen", LINEN), 40)
    brim = ellipse_mask(picture.size, (170, 620, 1030, 930))
    cast_shadow(picture, brim, (10, 30), 28, 0.6)
    tone = column_gradient(picture.size, [(0.16, 150), (0.35, 255), (0.6, 236), (0.86, 140)])
    indigo = Image.new("RGB", picture.size, (34, 48, 96))
    picture.paste(shade(indigo, tone), (0, 0), brim)
    ImageDraw.Draw(picture).arc((200, 640, 1000, 900), 0, 180, fill=PINK, width=9)
    dome = ImageChops.lighter(
        mask_of(picture.size, _dome), ellipse_mask(picture.size, (270, 600, 930, 810))
    )
    picture.paste(shade(_cloth(), tone), (0, 0), dome)
    draw = ImageDraw.Draw(picture)
    for reach in (-330, 0, 330):
        draw.arc(
            (600 - abs(reach), 288, 600 + abs(reach) + 1, 1090),
            180 if reach < 0 else 270,
            270 if reach < 0 else 360,
            fill=(24, 34, 70),
            width=5,
        )
    for drop, colour in ((0, (24, 34, 70)), (14, PINK), (70, PINK)):
        draw.arc((270, 540 + drop, 930, 750 + drop), 8, 172, fill=colour, width=10)
    for place in range(1, 20):
        angle = math.pi * place / 20
        x, y = 600 + 318 * math.cos(angle), 690 + 100 * math.sin(angle)
        _stitched(draw, round(x) - 8, round(x) + 8, round(y))
    for place in range(60):
        angle, reach = place * 2.4, 8 * math.sqrt(place)
        x, y = 600 + reach * math.cos(angle), 292 + reach * math.sin(angle)
        draw.ellipse((x - 12, y - 12, x + 12, y + 12), fill=darken(PINK, (place % 5) * 0.08))
    return finish(picture)
