"""Cloth as the shop shows it: draped, folded, hung; and things sewn from it."""

import math
from collections.abc import Callable

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from deploy.demo.drawing import patterns
from deploy.demo.drawing.batik import (
    batik_cloth,
    hemp_panel,
    rings_cloth,
    stripes_cloth,
    wash_cloth,
)
from deploy.demo.drawing.cloths import cloth as cloth_of
from deploy.demo.drawing.studio import (
    GOLD,
    INDIGO,
    LINEN,
    PAPER,
    SIDE,
    Colour,
    blur,
    cast_shadow,
    chance,
    closer,
    column_gradient,
    darken,
    finish,
    ground,
    levels,
    lighten,
    noise,
    polygon_mask,
    rounded_mask,
    row_gradient,
    shade,
)

CREAM: Colour = (240, 228, 200)
OAK: Colour = (214, 174, 126)
WALNUT: Colour = (146, 102, 68)


def _waves(angle: float, bends: tuple[tuple[float, float, float], ...]) -> Callable:
    """Height of drapery at a point; bends are (waves, weight, phase)."""

    def height(u: float, v: float) -> float:
        along = u * math.cos(angle) + v * math.sin(angle)
        across = v * math.cos(angle) - u * math.sin(angle)
        return sum(
            weight * math.sin(6.283 * (waves * along + 0.16 * math.sin(3 * across + phase)) + phase)
            for waves, weight, phase in bends
        )

    return height


def drape(cloth: Image.Image, seed: str) -> Image.Image:
    """The cloth fills the picture in soft folds."""
    random = chance(seed)
    bends = tuple((random.uniform(0.9, 2.6), w, random.uniform(0, 6)) for w in (1.0, 0.55, 0.3))
    height = _waves(random.uniform(-0.5, 0.7), bends)
    moved = _displace(cloth, height, 26)
    cells = 64
    lit = Image.new("L", (cells, cells))
    lit.putdata(
        [
            max(0, min(255, round(176 + 130 * _slope(height, x / cells, y / cells))))
            for y in range(cells)
            for x in range(cells)
        ]
    )
    lit = lit.resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    dark = lit.point([min(255, 96 + i) for i in range(256)])
    picture = shade(moved, dark)
    shine = lit.point([max(0, i - 196) for i in range(256)])
    return ImageChops.add(picture, Image.merge("RGB", (shine, shine, shine)))


def _slope(height: Callable, u: float, v: float) -> float:
    step = 0.015
    return (height(u, v) - height(u + step, v + step * 0.6)) / step / 14


def _displace(cloth: Image.Image, height: Callable, reach: float, cells: int = 20) -> Image.Image:
    """Bend a cloth by its own height field."""
    size = SIDE / cells

    def at(x: int, y: int) -> tuple[float, float]:
        h = height(x / cells, y / cells) * reach
        return (x * size * 0.94 + 36 + h, y * size * 0.94 + 36 + h * 0.7)

    mesh = []
    for y in range(cells):
        for x in range(cells):
            quad = (*at(x, y), *at(x, y + 1), *at(x + 1, y + 1), *at(x + 1, y))
            box = (round(x * size), round(y * size), round((x + 1) * size), round((y + 1) * size))
            mesh.append((box, quad))
    return cloth.transform((SIDE, SIDE), Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)


def fold(
    cloth: Image.Image, floor: Image.Image, band: Colour = CREAM, angle: float = -4
) -> Image.Image:
    """A folded length on a table, held by a paper band."""
    sheet = cloth.point([i * 150 // 255 for i in range(256)] * 3)
    covered = rounded_mask(cloth.size, (184, 146, 1056, 1096), 18)
    for depth, (dx, dy) in enumerate(((12, 18), (5, 8))):
        layer = cloth.point([i * (176 + depth * 34) // 255 for i in range(256)] * 3)
        sheet.paste(
            layer, (0, 0), rounded_mask(cloth.size, (160 + dx, 110 + dy, 1030 + dx, 1060 + dy), 16)
        )
    top = rounded_mask(cloth.size, (160, 110, 1030, 1060), 18)
    covered = ImageChops.lighter(covered, top)
    sheet.paste(_folded_face(cloth), (0, 0), top)
    _paper_band(sheet, covered, band)
    sheet = sheet.rotate(angle, Image.Resampling.BILINEAR)
    covered = covered.rotate(angle, Image.Resampling.BILINEAR)
    cast_shadow(floor, covered, (22, 34), 26, 0.5)
    floor.paste(sheet, (0, 0), covered)
    return finish(floor)


def _folded_face(cloth: Image.Image) -> Image.Image:
    """Top of a folded cloth: rounded at the near edge, creased once across."""
    tone = row_gradient(
        cloth.size,
        [
            (0.09, 214),
            (0.14, 240),
            (0.5, 255),
            (0.508, 222),
            (0.52, 250),
            (0.84, 246),
            (0.885, 168),
        ],
    )
    side = column_gradient(
        cloth.size, [(0.13, 205), (0.17, 240), (0.3, 255), (0.8, 250), (0.86, 206)]
    )
    return shade(cloth, ImageChops.multiply(tone, side))


def _paper_band(sheet: Image.Image, covered: Image.Image, colour: Colour) -> None:
    """A band of paper with a row of diamonds, a shadow at its side."""
    band = Image.new("RGB", sheet.size, colour)
    draw = ImageDraw.Draw(band)
    for y in range(116, 1100, 26):
        draw.polygon([(400, y - 10), (412, y), (400, y + 10), (388, y)], fill=darken(colour, 0.5))
    for x in (332, 468):
        draw.line((x, 0, x, SIDE), fill=darken(colour, 0.25), width=3)
    band = shade(
        band, row_gradient(sheet.size, [(0.08, 226), (0.16, 255), (0.84, 250), (0.9, 180)])
    )
    mask = rounded_mask(sheet.size, (316, 106, 484, 1066), 4)
    soft = blur(ImageChops.offset(mask, 5, 6), 7).point([i * 2 // 5 for i in range(256)])
    sheet.paste((30, 20, 12), (0, 0), ImageChops.multiply(soft, covered))
    sheet.paste(band, (0, 0), mask)


def hang(cloth: Image.Image, wall: Colour, fringe: Colour, seed: str) -> Image.Image:
    """A length hung over a bamboo rod, its fringe loose."""
    random = chance(seed)
    picture = ground("paper", wall)
    phase = random.uniform(0, 6)
    edge = [(170 + 6 * math.sin(y / 90 + phase), y) for y in range(112, 1053, 30)]
    other = [(1030 + 6 * math.sin(y / 110 + phase), y) for y in range(1052, 111, -30)]
    mask = polygon_mask((SIDE, SIDE), edge + other)
    loose = Image.new("L", (SIDE, SIDE))
    _draw_fringe(ImageDraw.Draw(loose), random)
    cast_shadow(picture, ImageChops.lighter(mask, loose), (26, 30), 26, 0.45)
    picture.paste(fringe, (0, 0), loose)
    picture.paste(_fall(cloth, random), (0, 0), mask)
    _bamboo(picture)
    return finish(picture)


def _draw_fringe(draw: ImageDraw.ImageDraw, random) -> None:
    for x in range(176, 1026, 10):
        sway = random.uniform(-8, 8)
        foot = 1140 + random.uniform(-14, 14)
        draw.line([(x, 1044), (x + sway * 0.4, 1090), (x + sway, foot)], fill=255, width=4)
        draw.ellipse((x - 5, 1070, x + 5, 1082), fill=255)


def _fall(cloth: Image.Image, random) -> Image.Image:
    """Shade a hanging length: soft upright folds, dark under the rod."""
    folds = [(0.13, 168)]
    folds += [(0.15 + place * 0.06, random.choice((210, 255, 234, 250))) for place in range(12)]
    tone = column_gradient(cloth.size, [*folds, (0.87, 172)])
    under = row_gradient(cloth.size, [(0.09, 110), (0.14, 255), (1, 244)])
    return shade(cloth, ImageChops.multiply(tone, under))


def _bamboo(picture: Image.Image) -> None:
    rod = Image.new("RGB", (1100, 40), (202, 166, 96))
    rod = shade(rod, row_gradient(rod.size, [(0, 170), (0.3, 255), (1, 120)]))
    draw = ImageDraw.Draw(rod)
    for x in (40, 330, 650, 980):
        draw.rectangle((x, 0, x + 5, 40), fill=(140, 104, 52))
        draw.line((x + 7, 2, x + 7, 38), fill=(226, 194, 128), width=2)
    mask = Image.new("L", (SIDE, SIDE))
    mask.paste(255, (50, 86, 1150, 126))
    cast_shadow(picture, mask, (10, 26), 12, 0.4)
    picture.paste(rod, (50, 86))


CLOSER = ("shirt-indigo", "shirt-karen", "yaam", "cushion")
DRAPED = ("mudmee-indigo", "mudmee-gold", "phraewa-red", "namlai-indigo", "yok-purple", "khaoma-blue", "khit-red", "mudmee-purple")  # fmt: skip
HUNG = {
    "mudmee-lac": ((238, 228, 210), (116, 24, 34)),
    "phraewa-green": ((240, 232, 214), (24, 84, 72)),
    "jok-red": ((236, 226, 208), (146, 28, 36)),
    "khit-black": ((240, 230, 212), (40, 34, 34)),
    "kram-stripe": ((242, 236, 224), (34, 56, 112)),
    "namlai-red": ((240, 230, 210), (148, 48, 40)),
    "khaoma-green": ((242, 234, 218), (46, 106, 74)),
}
FOLDED = {
    "mudmee-green": ("wood", OAK),
    "mudmee-brown": ("linen", LINEN),
    "khit-indigo": ("wood", WALNUT),
    "kram-mudmee": ("linen", LINEN),
    "jok-green": ("wood", OAK),
    "yok-gold": ("wood", WALNUT),
    "khaoma-red": ("wood", OAK),
}


def keys() -> tuple[str, ...]:
    names = (*DRAPED, *HUNG, *FOLDED, *SPECIAL)
    return tuple(f"weave-{name}" for name in names)


def draw(key: str) -> Image.Image:
    name = key.removeprefix("weave-")
    if name in SPECIAL:
        picture = SPECIAL[name](key)
        return closer(picture) if name in CLOSER else picture
    cloth = cloth_of(key)
    if name in DRAPED:
        return finish(drape(cloth, key))
    if name in HUNG:
        return hang(cloth, *HUNG[name], key)
    angle = chance(key).uniform(-6, 6)
    return fold(cloth, ground(*FOLDED[name]), CREAM, angle)


def _shirt(cloth: Image.Image, wall: Colour, trim: Colour, tunic: bool) -> Image.Image:
    """A shirt on the wall, hung from a wooden bar."""
    picture = ground("paper", wall)
    neck = [(600, 372)] if tunic else [(560, 268), (600, 286), (640, 268)]
    body = [
        (520, 250), *neck, (680, 250), (830, 300), (1010, 560), (900, 636), (842, 560),
        (850, 1030), (350, 1030), (358, 560), (300, 636), (190, 560), (370, 300),
    ]  # fmt: skip
    mask = polygon_mask((SIDE, SIDE), body)
    cast_shadow(picture, mask, (24, 30), 26, 0.45)
    tone = column_gradient(
        cloth.size, [(0.15, 170), (0.3, 214), (0.36, 255), (0.47, 226), (0.52, 255), (0.66, 236), (0.71, 196), (0.85, 170)]
    )  # fmt: skip
    picture.paste(shade(cloth, tone), (0, 0), mask)
    draw = ImageDraw.Draw(picture)
    for side in (-1, 1):
        draw.line(
            [(600 + side * 242, 560), (600 + side * 236, 400)], fill=darken(trim, 0.4), width=3
        )
        draw.line(
            [(600 + side * 80, 250), (600 + side * 6, 372 if tunic else 300)], fill=trim, width=12
        )
    if tunic:
        draw.line([(600, 372), (600, 1028)], fill=trim, width=5)
        for y in range(440, 620, 22):
            for x in range(450, 760, 26):
                draw.ellipse((x, y, x + 8, y + 12), fill=(246, 240, 222))
    else:
        draw.line([(600, 290), (600, 1028)], fill=darken(trim, 0.35), width=4)
        for y in range(360, 1000, 128):
            draw.ellipse((584, y, 606, y + 22), fill=(150, 110, 66), outline=(90, 62, 34), width=3)
        draw.rounded_rectangle((668, 470, 790, 610), 8, outline=darken(trim, 0.45), width=4)
    return finish(picture)


def _indigo_shirt(key: str) -> Image.Image:
    plain = patterns.grid(4, 4, lambda x, y: 0, ((36, 60, 118),), 5)
    return _shirt(patterns.woven(plain, key, 4, 176), (240, 232, 216), INDIGO, False)


def _karen_shirt(key: str) -> Image.Image:
    return _shirt(cloth_of("weave-karen"), (236, 226, 206), (244, 228, 190), True)


def _yaam(key: str) -> Image.Image:
    """A shoulder bag hanging by its strap."""
    picture = ground("paper", (242, 234, 218))
    cloth = cloth_of(key)
    strap = polygon_mask(
        (SIDE, SIDE),
        [(560, 110), (640, 110), (880, 560), (880, 640), (830, 640), (600, 190), (370, 640), (320, 640), (320, 560)],
    )  # fmt: skip
    body = polygon_mask((SIDE, SIDE), [(310, 560), (890, 560), (916, 980), (284, 980)])
    loose = Image.new("L", (SIDE, SIDE))
    fringe = ImageDraw.Draw(loose)
    random = chance(key)
    for x in range(292, 912, 13):
        fringe.line([(x, 972), (x + random.uniform(-8, 8), 1080)], fill=255, width=7)
    cast_shadow(picture, ImageChops.lighter(ImageChops.lighter(strap, body), loose), (24, 28), 24)
    picture.paste((142, 34, 40), (0, 0), loose)
    turned = cloth.rotate(26, Image.Resampling.BILINEAR)
    picture.paste(shade(turned, Image.new("L", cloth.size, 214)), (0, 0), strap)
    tone = column_gradient(cloth.size, [(0.24, 176), (0.34, 250), (0.6, 255), (0.76, 170)])
    tone = ImageChops.multiply(tone, row_gradient(cloth.size, [(0.46, 180), (0.5, 255), (1, 236)]))
    picture.paste(shade(cloth, tone), (0, 0), body)
    return finish(picture)


def _cushion(key: str) -> Image.Image:
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


def _draped_special(make: Callable) -> Callable:
    return lambda key: finish(drape(make(key), key))


def _folded_special(make: Callable, kind: str, colour: Colour) -> Callable:
    return lambda key: fold(make(key), ground(kind, colour), CREAM, chance(key).uniform(-6, 6))


def _hung_special(make: Callable, fringe: Colour) -> Callable:
    return lambda key: hang(make(key), (242, 235, 222), fringe, key)


SPECIAL: dict[str, Callable[[str], Image.Image]] = {
    "batik-blue": _draped_special(batik_cloth),
    "batik-pink": _hung_special(batik_cloth, (214, 128, 140)),
    "batik-green": _folded_special(batik_cloth, "linen", LINEN),
    "batik-orange": _draped_special(batik_cloth),
    "kram-shibori-rings": _hung_special(rings_cloth, (36, 58, 116)),
    "kram-shibori-stripes": _draped_special(stripes_cloth),
    "dye-rose": _folded_special(wash_cloth, "wood", OAK),
    "dye-ochre": _hung_special(wash_cloth, lighten(GOLD, 0.2)),
    "hmong": _folded_special(hemp_panel, "paper", PAPER),
    "shirt-indigo": _indigo_shirt,
    "shirt-karen": _karen_shirt,
    "yaam": _yaam,
    "cushion": _cushion,
}
