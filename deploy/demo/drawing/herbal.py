"""Soap, balm, compresses and inhalers."""

import math
from collections.abc import Callable

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from deploy.demo.drawing.labels import label
from deploy.demo.drawing.studio import (
    CELADON,
    CLAY,
    GOLD,
    LEAF,
    LINEN,
    PLUM,
    Colour,
    cast_shadow,
    chance,
    closer,
    column_gradient,
    darken,
    ellipse_mask,
    finish,
    floor_shadow,
    ground,
    levels,
    lighten,
    mix,
    noise,
    polygon_mask,
    rounded_mask,
    row_gradient,
    shade,
    still_life,
)
from deploy.demo.drawing.turning import highlight, smooth, stand, turn

OAK: Colour = (206, 168, 122)
METAL = [(0, 110), (0.1, 200), (0.24, 255), (0.4, 196), (0.6, 230), (0.85, 120), (1, 150)]
SOAPS: dict[str, tuple[Colour, str, str, Colour]] = {
    "herbal-soap-gold": ((222, 172, 74), "สบู่ทอง", "Golden soap", GOLD),
    "herbal-soap-green": ((142, 164, 96), "สบู่ใบไม้", "Leaf soap", LEAF),
    "herbal-soap-dark": ((92, 66, 62), "สบู่เข้ม", "Dark soap", PLUM),
}


def _soap(key: str) -> Image.Image:
    """Three cut bars, one in its paper wrap, with what it is made of."""
    colour, title_th, line_en, tint = SOAPS[key]
    picture = ground("linen", LINEN)
    for x, y, angle in ((330, 340, -10), (860, 430, 12)):
        _bar(picture, x, y, angle, colour, key + str(x))
    _bar(picture, 520, 830, -6, colour, key + "wrap", (title_th, line_en, tint))
    _sprigs(picture, key, mix(colour, (70, 110, 60), 0.5))
    return finish(picture)


def _bar(
    picture: Image.Image,
    x: int,
    y: int,
    angle: float,
    colour: Colour,
    seed: str,
    wrap: tuple[str, str, Colour] | None = None,
) -> None:
    """A bar seen from above at a slant, with its near side in shade."""
    random = chance(seed)
    size = (560, 460)
    sheet = Image.new("RGB", size, darken(colour, 0.34))
    shape = rounded_mask(size, (20, 60, 540, 420), 34)
    top = rounded_mask(size, (20, 30, 540, 366), 34)
    face = Image.composite(
        Image.new("RGB", size, lighten(colour, 0.24)),
        Image.new("RGB", size, colour),
        noise(size, (8, 3), random),
    )
    draw = ImageDraw.Draw(face)
    for _ in range(90):
        px, py, reach = random.randint(20, 540), random.randint(30, 366), random.uniform(2, 6)
        draw.ellipse(
            (px - reach, py - reach, px + reach, py + reach),
            fill=darken(colour, random.uniform(0.2, 0.5)),
        )
    if wrap:
        title_th, line_en, tint = wrap
        face.paste(
            label((330, 350), title_th, line_en, tint, note_th="กวนเย็น บ่ม ๖ สัปดาห์"), (115, 24)
        )
    sheet.paste(face, (0, 0), top)
    edge = ImageChops.subtract(top, ImageChops.offset(top, 3, 4))
    sheet.paste(lighten(colour, 0.6), (0, 0), edge.point([i // 2 for i in range(256)]))
    whole = ImageChops.lighter(shape, top)
    sheet, whole = (
        im.rotate(angle, Image.Resampling.BILINEAR, expand=True) for im in (sheet, whole)
    )
    at = (x - whole.width // 2, y - whole.height // 2)
    mask = Image.new("L", picture.size)
    mask.paste(whole, at)
    cast_shadow(picture, mask, (14, 22), 18, 0.5)
    picture.paste(sheet, at, whole)


def _sprigs(picture: Image.Image, key: str, colour: Colour) -> None:
    draw, random = ImageDraw.Draw(picture), chance(key + "sprig")
    for x, y, turn_by in ((180, 1010, -0.5), (1010, 640, 2.4), (980, 1030, 3.6)):
        tip = (x + 190 * math.cos(turn_by), y + 190 * math.sin(turn_by))
        draw.line([(x, y), tip], fill=darken(colour, 0.3), width=6)
        for step in range(7):
            t = step / 6
            px, py = x + (tip[0] - x) * t, y + (tip[1] - y) * t
            for side in (-1, 1):
                lean = turn_by + side * random.uniform(0.6, 0.9)
                far = (px + 62 * math.cos(lean), py + 62 * math.sin(lean))
                mid = ((px + far[0]) / 2, (py + far[1]) / 2)
                wide = (mid[0] - 15 * math.sin(lean), mid[1] + 15 * math.cos(lean))
                thin = (mid[0] + 15 * math.sin(lean), mid[1] - 15 * math.cos(lean))
                draw.polygon(
                    [(px, py), wide, far, thin],
                    fill=mix(colour, (220, 226, 160), random.uniform(0, 0.3)),
                )


def _balm(key: str) -> Image.Image:
    """Tins of balm, one open."""
    picture = ground("wood", OAK)
    for x, y, reach, is_open in (
        (400, 420, 250, False),
        (800, 520, 200, False),
        (520, 860, 220, True),
    ):
        tin = ellipse_mask(picture.size, (x - reach, y - reach, x + reach, y + reach))
        cast_shadow(picture, tin, (16, 26), 20, 0.55)
        metal = shade(
            Image.new("RGB", picture.size, (204, 200, 190)), _brushed(picture.size, x, reach)
        )
        picture.paste(metal, (0, 0), tin)
        inner = reach - 24
        face = ellipse_mask(picture.size, (x - inner, y - inner, x + inner, y + inner))
        if is_open:
            salve = Image.composite(
                Image.new("RGB", picture.size, (206, 190, 96)),
                Image.new("RGB", picture.size, (176, 160, 70)),
                noise(picture.size, (9, 9), chance(key)),
            )
            picture.paste(salve, (0, 0), face)
            _thumb_mark(picture, x, y)
        else:
            _lid_paper(picture, x, y, inner, face)
    return finish(picture)


def _brushed(size: tuple[int, int], x: int, reach: int) -> Image.Image:
    start, width = (x - reach) / size[0], 2 * reach / size[0]
    greys = (150, 255, 190, 246, 140)
    return column_gradient(size, [(start + width * i / 4, g) for i, g in enumerate(greys)])


def _thumb_mark(picture: Image.Image, x: int, y: int) -> None:
    draw = ImageDraw.Draw(picture)
    for step in range(5):
        draw.arc(
            (x - 110, y - 60 + step * 22, x + 90, y + 60 + step * 22),
            200,
            330,
            fill=(226, 212, 130),
            width=7,
        )


def _lid_paper(picture: Image.Image, x: int, y: int, inner: int, face: Image.Image) -> None:
    paper = Image.new("RGB", picture.size, (246, 238, 214))
    draw = ImageDraw.Draw(paper)
    for reach, colour in ((inner - 8, LEAF), (inner - 26, GOLD)):
        draw.ellipse((x - reach, y - reach, x + reach, y + reach), outline=colour, width=6)
    for place in range(24):
        angle = place / 24 * 6.283
        px, py = x + (inner - 50) * math.cos(angle), y + (inner - 50) * math.sin(angle)
        draw.polygon([(px, py - 12), (px + 12, py), (px, py + 12), (px - 12, py)], fill=LEAF)
    side = round(inner * 1.16)
    plate = label((side, round(side * 0.66)), "ยาบ้านเรา", "Village balm", LEAF, (246, 238, 214))
    plate = plate.crop((0, round(plate.height * 0.17), side, round(plate.height * 0.8)))
    paper.paste(plate, (x - side // 2, y - plate.height // 2))
    picture.paste(paper, (0, 0), face)
    shine = ellipse_mask(
        picture.size, (x - inner * 0.7, y - inner * 0.8, x + inner * 0.1, y - inner * 0.2)
    )
    shine = shine.filter(ImageFilter.GaussianBlur(30)).point([i // 4 for i in range(256)])
    picture.paste((255, 255, 250), (0, 0), shine)


def _compress(key: str) -> Image.Image:
    """A compress ball standing, another lying beside it."""
    picture = still_life((242, 236, 222), (184, 146, 108))
    _ball(picture, 480, 0, key)
    _ball(picture, 850, 90, key + "b", 0.74)
    draw, random = ImageDraw.Draw(picture), chance(key)
    for x in range(200, 380, 42):
        y = 1030 + random.uniform(0, 40)
        draw.ellipse((x - 40, y - 18, x + 40, y + 22), fill=(120, 84, 40))
        draw.ellipse(
            (x - 40, y - 24, x + 40, y + 12),
            fill=random.choice(((226, 150, 40), (206, 176, 90), (150, 160, 80))),
        )
    return closer(finish(picture), 60)


def _ball(picture: Image.Image, x: float, drop: float, seed: str, scale: float = 1.0) -> None:
    def at(radius: float, y: float) -> tuple[float, float]:
        return radius * scale, 1010 + drop - (1010 - y) * scale

    random = chance(seed)
    body = turn(
        smooth([at(40, 470), at(76, 520), at(210, 620), at(280, 770), at(240, 920), at(150, 1000)]),
        x,
    )
    cloth = shade(
        Image.new("RGB", picture.size, (240, 228, 198)),
        levels(noise(picture.size, (160, 160), random), 222, 255),
    )
    creases = ImageDraw.Draw(cloth)
    for place in range(-9, 10):
        foot = at(0, 840)[1]
        top = at(0, 480)[1]
        creases.line(
            [(x + place * 4 * scale, top), (x + place * 26 * scale, foot)],
            fill=(206, 184, 142),
            width=5,
        )
    stand(picture, body, cloth.filter(ImageFilter.GaussianBlur(1.6)))
    stick = turn([at(34, 150), at(38, 470)], x, flatten=0.3)
    handle = Image.new("RGB", picture.size, (232, 218, 182))
    wind = ImageDraw.Draw(handle)
    for y in range(100, 700, 14):
        wind.line([(x - 60, y), (x + 60, y + 10)], fill=(196, 172, 124), width=4)
    picture.paste(shade(handle, stick.light), (0, 0), stick.mask)
    draw = ImageDraw.Draw(picture)
    neck = at(46, 486)
    for turn_by in range(4):
        y = neck[1] + turn_by * 13 * scale
        draw.arc(
            (x - neck[0] - 4, y - 14, x + neck[0] + 4, y + 14), 0, 180, fill=(150, 62, 44), width=8
        )


def _inhaler(key: str) -> Image.Image:
    """A small glass pot of aromatics with a wooden lid beside it."""
    picture = still_life((240, 236, 226), (176, 138, 100))
    body = turn(smooth([(200, 520), (252, 580), (262, 760), (240, 930), (210, 990)]), 520)
    stand(picture, body, _spices(picture.size, key), 0.45)
    lip = ellipse_mask(picture.size, (320, 478, 720, 562))
    picture.paste((226, 232, 230), (0, 0), lip)
    picture.paste(
        darken((150, 104, 62), 0.3), (0, 0), ellipse_mask(picture.size, (340, 490, 700, 550))
    )
    plate = label((330, 240), "ยาดม", "Herbal inhaler", CELADON, note_th="เครื่องหอม ๑๒ อย่าง")
    picture.paste(
        shade(plate, column_gradient(plate.size, [(0, 150), (0.3, 255), (0.7, 240), (1, 150)])),
        (355, 660),
    )
    highlight(picture, (288, 600, 318, 880), 170)
    _wooden_lid(picture)
    return closer(finish(picture), 60)


def _spices(size: tuple[int, int], key: str) -> Image.Image:
    """Barks, seeds and petals, close together."""
    random = chance(key)
    skin = Image.new("RGB", size, (150, 104, 62))
    draw = ImageDraw.Draw(skin)
    tones = (
        (96, 58, 34),
        (196, 150, 86),
        (60, 42, 30),
        (222, 186, 120),
        (128, 140, 90),
        (170, 90, 50),
    )
    for _ in range(900):
        x, y, reach = random.randint(230, 800), random.randint(500, 1060), random.uniform(6, 20)
        tone = random.choice(tones)
        draw.ellipse(
            (x - reach, y - reach * 0.7, x + reach, y + reach * 0.7),
            fill=tone,
            outline=darken(tone, 0.4),
        )
    return skin


def _wooden_lid(picture: Image.Image) -> None:
    floor_shadow(picture, (790, 960, 1090, 1040), 0.5)
    lid = polygon_mask(picture.size, [(790, 900), (1080, 900), (1080, 990), (790, 990)])
    lid = ImageChops.lighter(lid, ellipse_mask(picture.size, (790, 950, 1080, 1030)))
    wood = shade(
        Image.new("RGB", picture.size, (180, 124, 70)),
        row_gradient(picture.size, [(0.74, 255), (0.86, 130)]),
    )
    picture.paste(wood, (0, 0), lid)
    top = ellipse_mask(picture.size, (790, 860, 1080, 940))
    picture.paste(mix((206, 156, 98), CLAY, 0.08), (0, 0), top)
    rings = ImageDraw.Draw(picture)
    for reach in (120, 90, 58, 26):
        rings.ellipse(
            (935 - reach, 900 - reach * 0.27, 935 + reach, 900 + reach * 0.27),
            outline=(160, 110, 62),
            width=3,
        )


DRAWINGS: dict[str, Callable[[str], Image.Image]] = {
    **dict.fromkeys(SOAPS, _soap),
    "herbal-balm": _balm,
    "herbal-compress": _compress,
    "herbal-inhaler": _inhaler,
}


def picture_keys() -> tuple[str, ...]:
    return tuple(DRAWINGS)


def draw(key: str) -> Image.Image:
    return DRAWINGS[key](key)
