"""Cloth patterns as small grids of cells, one cell a crossing of threads, ready to repeat."""

from collections.abc import Callable, Sequence
from random import Random

from PIL import Image, ImageChops, ImageFilter

from deploy.demo.drawing.studio import (
    SIDE,
    Colour,
    chance,
    levels,
    noise,
    shade,
    tile,
    weave_texture,
)

Palette = Sequence[Colour]
Motif = Callable[[int, int], int]


def grid(width: int, height: int, motif: Motif, palette: Palette, scale: int) -> Image.Image:
    """A repeat of cells; `motif(x, y)` names the place of the colour in the palette."""
    small = Image.new("RGB", (width, height))
    small.putdata(
        [palette[motif(x, y) % len(palette)] for y in range(height) for x in range(width)]
    )
    return small.resize((width * scale, height * scale), Image.Resampling.NEAREST)


def woven(repeat: Image.Image, seed: str, texture: int = 4, low: int = 196) -> Image.Image:
    """Lay the repeat over the whole cloth with thread texture and uneven dye."""
    random = chance(seed)
    cloth = shade(tile(repeat, (SIDE, SIDE)), weave_texture(texture, low))
    streaks = ImageChops.multiply(
        levels(noise((SIDE, SIDE), (3, 400), random), 222, 255),
        levels(noise((SIDE, SIDE), (300, 4), random), 234, 255),
    )
    return shade(cloth, streaks)


def feathered(repeat: Image.Image, random: Random, reach: int = 5, row: int = 3) -> Image.Image:
    """The blurred edge of ikat: every weft has slipped a little before it was beaten in."""
    out = repeat.copy()
    for y in range(0, repeat.height, row):
        strip = repeat.crop((0, y, repeat.width, y + row))
        out.paste(ImageChops.offset(strip, round(random.gauss(0, reach)), 0), (0, y))
    return out.filter(ImageFilter.BoxBlur((3, 0)))


def _fold(value: int, period: int) -> int:
    """Distance from the middle of the period."""
    return abs(value % period - period // 2)


def hooks(x: int, y: int) -> int:
    """Diamonds that hold hands by hooks."""
    cx, cy = _fold(x, 56), _fold(y, 56)
    ring = cx + cy
    if ring > 34:
        return (0, 2, 0, 3)[(cx - cy) // 4 % 4] if abs(cx - cy) < 9 else 0
    if cx // 3 == 4 and cy // 3 == 4:
        return 2
    return (3, 2, 0, 2, 0, 1, 2, 0, 1)[ring // 4]


def naga(x: int, y: int) -> int:
    """Zigzag serpents with crests."""
    z = (y + _fold(x, 32) * 2) % 48
    if z < 4:
        return 3
    if z < 8 or 20 < z < 24:
        return 2
    if 8 <= z < 20 and (x % 32 in (14, 15, 16, 17) or _fold(x, 8) == 0):
        return 1
    return 0


def lanterns(x: int, y: int) -> int:
    """A large lantern with four small ones."""
    cx, cy = _fold(x, 60), _fold(y, 60)
    small = max(abs(cx - 22), abs(cy - 22))
    if small < 7:
        return (3, 2, 0, 2)[small // 2]
    ring = max(cx, cy) + min(cx, cy) // 2
    return (2, 3, 1, 0, 2, 0, 0, 1, 0, 0)[min(ring // 4, 9)]


def pines(x: int, y: int) -> int:
    """Standing pine tips in columns."""
    column = x // 24 % 2
    tip = (y + column * 14 + _fold(x, 24) * 2) % 28
    if x % 24 in (0, 1):
        return 3
    if x % 24 in (12, 11):
        return 2
    return 2 if tip < 4 else 1 if tip < 7 else 3 if tip == 12 else 0


def leaves(x: int, y: int) -> int:
    """Slim slanting leaves, their side changing with the row."""
    row = y // 22
    u = (x if row % 2 else -x) % 22
    v = y % 22
    lean = abs(u - 4 - v * 0.6)
    width = min(v, 22 - v) * 0.42
    if lean < width * 0.35:
        return 2
    if lean < width:
        return 1
    return 3 if u == 20 and v % 4 < 2 else 0


def tiles(x: int, y: int) -> int:
    """Stepped tiles with their shadow."""
    u, v = (x + (y // 24 % 2) * 18) % 36, y % 24
    step = abs(u - 18) // 3 + v // 3
    return (1, 2, 2, 3, 0, 0, 1, 0, 0, 2, 0, 0, 0)[min(step, 12)]


def sparks(x: int, y: int) -> int:
    """White points on indigo, in a net."""
    cx, cy = _fold(x, 28), _fold(y, 28)
    if cx + cy < 3:
        return 2
    if cx + cy in (8, 9) and (cx < 3 or cy < 3):
        return 2
    if (cx - cy) % 28 == 0 or (cx + cy) in (13, 14):
        return 1
    return 3 if cx > 11 and cy > 11 else 0


def khit_lotus(x: int, y: int) -> int:
    """Bands of lotus and small crosses, as one stick lifts them."""
    v = y % 72
    if v in (0, 1, 44, 45):
        return 2
    if v in (3, 4, 41, 42):
        return 3 if x % 4 < 2 else 0
    if 5 < v < 41:
        cx, cy = _fold(x, 36), abs(v - 23)
        ring = cx + cy
        petal = cx < 12 and cy < 15 and (cx * 2 + cy) % 7 < 3
        return 2 if ring in (17, 18) else 3 if ring < 3 else 1 if petal and ring < 16 else 0
    if 48 < v < 70:
        cx, cy = _fold(x, 18), abs(v - 59)
        return 3 if cx + cy in (0, 1, 8) else 2 if cx == cy and cx < 7 else 0
    return 0


def khit_elephant(x: int, y: int) -> int:
    """Small elephants walking between bars."""
    rows = (
        "....................",
        ".....XXXXXXX........",
        "...XXXXXXXXXX.......",
        "..XXXXXXXXXXXX.XX...",
        ".XXXXXXXXXXXXXXXXX..",
        ".XXXXXXXXXXXXXXX.X..",
        ".X.XXXXXXXXXXXX..X..",
        "...XXX.XXX.XX....X..",
        "...XXX.XXX.XX...XX..",
        "...XX..XX..XX.......",
        "....................",
    )
    v = y % 40
    if v < 22:
        return 1 if rows[v // 2][x // 2 % 20] == "X" else 0
    cx, cy = _fold(x, 20), abs(v - 31)
    return 2 if cx + cy in (6, 7) else 3 if cx + cy < 2 else 2 if v in (23, 39) else 0


def phraewa(x: int, y: int) -> int:
    """Close many-coloured diamonds in bands, the finger-wrapped silk."""
    v = y % 84
    if v in (0, 1, 2, 60, 61, 62):
        return (5, 1, 2)[v % 3]
    if v < 60:
        cx, cy = _fold(x, 48), abs(v - 31)
        ring = cx + cy
        if ring < 26:
            return (2, 5, 1, 3, 0, 4, 2, 0, 1)[ring // 3] if (cx + v) % 2 or ring % 3 else 0
        return (1, 4)[cx // 4 % 2] if (cx - cy) % 6 == 0 else 0
    cx, cy = _fold(x, 16), abs(v - 73)
    return (3, 5, 0, 1, 0, 2)[min((cx + cy) // 2, 5)]


def jok_hem(x: int, y: int) -> int:
    """Large lantern diamonds over rows of birds and a plain red foot."""
    v = y % 132
    if v < 76:
        cx, cy = _fold(x, 64), abs(v - 38)
        ring = cx + cy
        if ring > 36:
            return 4 if (cx + cy) % 8 < 2 else 0
        if ring % 9 < 2:
            return 2
        return (3, 1, 4, 1)[ring // 9] if (cx % 4 < 2) == (cy % 4 < 2) else 0
    if v < 80 or 100 < v < 104:
        return 2 if (x // 2 + v) % 2 else 1
    if v < 101:
        cx, cy = _fold(x, 24), v - 82
        bird = (cy < 12 and abs(cx - cy * 0.6) < 3) or (4 < cy < 12 and cx < 9 and cx + cy < 16)
        return 3 if bird else 0
    return 1 if v < 108 else 5


def flowing_water(x: int, y: int) -> int:
    """Stepped waves of the Tai Lue tapestry."""
    step = abs(x % 72 - 36) // 6 * 4
    return (y + step) // 8


def brocade(x: int, y: int) -> int:
    """A lattice with a flower in every opening."""
    u, v = x % 40, y % 40
    cx, cy = abs(u - 20), abs(v - 20)
    if (cx + cy) in (19, 20):
        return 2
    if cx * cx + cy * cy < 9:
        return 2
    petals = (cx - cy) ** 2 < 7 and 3 < cx + cy < 15
    straight = (cx < 2 and 4 < cy < 11) or (cy < 2 and 4 < cx < 11)
    return 1 if petals or straight else 3 if (x + y) % 2 and cx + cy > 22 else 0


def plaid(stripes: Sequence[tuple[int, int]]) -> Motif:
    """A check: stripes of (colour, width) in warp and weft, meeting thread by thread."""
    threads = [colour for colour, width in stripes for _ in range(width)]

    def motif(x: int, y: int) -> int:
        first = threads[x % len(threads)]
        second = threads[y % len(threads)]
        return first if (x + y) % 2 else second

    return motif


def stripes(rows: Sequence[tuple[int, int]]) -> Motif:
    """Plain stripes of (colour, width)."""
    threads = [colour for colour, width in rows for _ in range(width)]
    return lambda x, y: threads[x % len(threads)]
