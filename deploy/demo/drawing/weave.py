"""Cloth as the shop shows it: draped, folded or hung."""

import math
from collections.abc import Callable

from PIL import Image, ImageChops, ImageDraw

from deploy.demo.drawing import sewn, stitched
from deploy.demo.drawing.batik import (
    batik_cloth,
    hemp_panel,
    rings_cloth,
    wash_cloth,
)
from deploy.demo.drawing.cloths import cloth as cloth_of
from deploy.demo.drawing.studio import (
    GOLD,
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
    lighten,
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


CLOSER = ("shirt-indigo", "shirt-karen", "shirt-batik", "yaam", "cushion", "hmong-bag")
DRAPED = (
    "mudmee-indigo",
    "mudmee-gold",
    "phraewa-red",
    "namlai-indigo",
    "yok-purple",
    "khaoma-blue",
    "khit-red",
)
HUNG = {
    "mudmee-lac": ((238, 228, 210), (116, 24, 34)),
    "phraewa-green": ((240, 232, 214), (24, 84, 72)),
    "jok-red": ((236, 226, 208), (146, 28, 36)),
    "namlai-red": ((240, 230, 210), (148, 48, 40)),
    "khaoma-green": ((242, 234, 218), (46, 106, 74)),
}
FOLDED = {
    "mudmee-green": ("wood", OAK),
    "khit-indigo": ("wood", WALNUT),
    "kram-mudmee": ("linen", LINEN),
    "jok-green": ("wood", OAK),
    "yok-gold": ("wood", WALNUT),
    "khaoma-red": ("wood", OAK),
}


def picture_keys() -> tuple[str, ...]:
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


def _draped_special(make: Callable) -> Callable:
    return lambda key: finish(drape(make(key), key))


def _folded_special(make: Callable, kind: str, colour: Colour) -> Callable:
    return lambda key: fold(make(key), ground(kind, colour), CREAM, chance(key).uniform(-6, 6))


def _hung_special(make: Callable, fringe: Colour) -> Callable:
    return lambda key: hang(make(key), (242, 235, 222), fringe, key)


SPECIAL: dict[str, Callable[[str], Image.Image]] = {
    "batik-blue": _draped_special(batik_cloth),
    "batik-pink": _hung_special(batik_cloth, (214, 128, 140)),
    "batik-orange": _draped_special(batik_cloth),
    "kram-shibori-rings": _hung_special(rings_cloth, (36, 58, 116)),
    "dye-rose": _folded_special(wash_cloth, "wood", OAK),
    "dye-ochre": _hung_special(wash_cloth, lighten(GOLD, 0.2)),
    "hmong": _folded_special(hemp_panel, "paper", PAPER),
    "shirt-indigo": sewn.indigo_shirt,
    "shirt-karen": sewn.karen_shirt,
    "shirt-batik": sewn.batik_shirt,
    "yaam": sewn.yaam,
    "hmong-bag": stitched.bag,
    "hmong-purse": stitched.purse,
    "akha-keyring": stitched.key_ring,
    "akha-cap": stitched.cap,
    "cushion": sewn.cushion,
}
