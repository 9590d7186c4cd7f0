"""Parts of landscapes in the manner of layered paper: hills, trees, houses, boats, water, light."""

import math
from collections.abc import Sequence
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from deploy.demo.drawing.studio import (
    Colour,
    Point,
    blur,
    darken,
    ellipse_mask,
    levels,
    lighten,
    mix,
    noise,
    row_gradient,
    shade,
)

WIDE = (1600, 900)
TALL = (1080, 1350)
Size = tuple[int, int]


def sky(
    size: Size, top: Colour, low: Colour, sun: tuple[float, float, float] | None, random: Random
) -> Image.Image:
    """A graded sky with soft bands and, if asked, a low sun: x, y and radius as shares."""
    picture = Image.composite(
        Image.new("RGB", size, top),
        Image.new("RGB", size, low),
        row_gradient(size, [(0, 255), (0.75, 0), (1, 0)]),
    )
    clouds = levels(noise(size, (5, 22), random), 0, 80)
    picture.paste(lighten(low, 0.55), (0, 0), clouds)
    if sun:
        x, y, reach = sun[0] * size[0], sun[1] * size[1], sun[2] * size[1]
        halo = blur(
            ellipse_mask(size, (x - reach * 3, y - reach * 3, x + reach * 3, y + reach * 3)), 60
        )
        picture.paste((255, 240, 206), (0, 0), halo.point([i // 2 for i in range(256)]))
        picture.paste(
            (255, 250, 228),
            (0, 0),
            ellipse_mask(size, (x - reach, y - reach, x + reach, y + reach)),
        )
    return picture


def ridge(
    size: Size, base: float, height: float, waves: float, random: Random, sharp: float = 0.3
) -> list[Point]:
    """The line of a range of hills, left to right."""
    bends = [(waves * f, 1 / f**0.9, random.uniform(0, 6.3)) for f in (1, 2.1, 4.3, 9.1)]
    points = []
    for x in range(-20, size[0] + 21, 10):
        u = x / size[0]
        lift = sum(w * math.sin(6.283 * f * u + p) for f, w, p in bends)
        lift += sharp * abs(math.sin(9.4 * waves * u + bends[1][2]))
        points.append((x, base * size[1] - height * size[1] * (lift + 1) / 2.6))
    return points


def layer(
    picture: Image.Image, line: Sequence[Point], colour: Colour, mist: Colour, depth: float = 0.25
) -> None:
    """A sheet of paper below the line: a thin shadow on what is behind, paling to mist below."""
    width, height = picture.size
    top = max(0, round(min(y for _, y in line)) - 40)
    area = (width, height - top)
    mask = Image.new("L", area)
    lowered = [(x, y - top) for x, y in line]
    ImageDraw.Draw(mask).polygon([*lowered, (width + 20, area[1]), (-20, area[1])], fill=255)
    mask = mask.filter(ImageFilter.GaussianBlur(0.8))
    behind = blur(mask, 12).point([i // 5 for i in range(256)])
    picture.paste(darken(colour, 0.5), (0, top - 7), behind)
    start = 40 / area[1]
    fade = row_gradient(
        area, [(start, 255), (min(1.0, start + depth * height / area[1]), 90), (1, 60)]
    )
    sheet = Image.composite(Image.new("RGB", area, colour), Image.new("RGB", area, mist), fade)
    picture.paste(sheet, (0, top), mask)


def water(picture: Image.Image, top: float, colour: Colour, gleam: Colour, random: Random) -> None:
    """Still water from `top` down, with level glints."""
    width, height = picture.size
    y0 = round(top * height)
    area = (width, height - y0)
    sheet = Image.composite(
        Image.new("RGB", area, lighten(colour, 0.4)),
        Image.new("RGB", area, colour),
        row_gradient(area, [(0, 255), (0.7, 0), (1, 0)]),
    )
    sheet = shade(sheet, levels(noise(area, (4, 60), random), 214, 255))
    draw = ImageDraw.Draw(sheet)
    for _ in range(150):
        y = round(area[1] * random.random() ** 1.4)
        reach = 8 + 60 * y / area[1]
        x = random.uniform(0, width)
        draw.line(
            [(x - reach, y), (x + reach, y)],
            fill=mix(colour, gleam, random.uniform(0.3, 0.8)),
            width=2 if y < area[1] / 2 else 3,
        )
    picture.paste(sheet, (0, y0))


def palm(
    draw: ImageDraw.ImageDraw, x: float, foot: float, tall: float, colour: Colour, random: Random
) -> None:
    """A palmyra: a straight trunk and a round head of fans."""
    lean = random.uniform(-0.05, 0.05) * tall
    draw.line(
        [(x, foot), (x + lean * 0.4, foot - tall * 0.5), (x + lean, foot - tall)],
        fill=darken(colour, 0.35),
        width=max(4, round(tall * 0.035)),
        joint="curve",
    )
    cx, cy = x + lean, foot - tall
    for step in range(26):
        angle = step / 26 * 6.283 + random.uniform(-0.1, 0.1)
        reach = tall * random.uniform(0.2, 0.26)
        tip = (cx + reach * math.cos(angle), cy + reach * 0.86 * math.sin(angle))
        side = 0.14
        a = (cx + reach * 0.9 * math.cos(angle - side), cy + reach * 0.78 * math.sin(angle - side))
        b = (cx + reach * 0.9 * math.cos(angle + side), cy + reach * 0.78 * math.sin(angle + side))
        tone = mix(
            colour, (226, 214, 130), 0.34 if math.sin(angle) < -0.2 else random.uniform(0, 0.14)
        )
        draw.polygon([(cx, cy), a, tip, b], fill=tone)


def coconut(
    draw: ImageDraw.ImageDraw, x: float, foot: float, tall: float, lean: float, colour: Colour
) -> None:
    """A coconut palm with drooping fronds."""
    head = (x + lean, foot - tall)
    draw.line(
        [(x, foot), (x + lean * 0.3, foot - tall * 0.45), head],
        fill=(104, 82, 62),
        width=max(5, round(tall * 0.03)),
        joint="curve",
    )
    for step in range(11):
        angle = -3.6 + step * 0.4
        frond = []
        for t in range(9):
            u = t / 8
            px = head[0] + tall * 0.36 * u * math.cos(angle)
            py = head[1] + tall * 0.36 * u * math.sin(angle) + tall * 0.2 * u * u
            frond.append((px, py))
        for (x0, y0), (x1, y1) in zip(frond, frond[1:], strict=False):
            draw.line([(x0, y0), (x1, y1)], fill=colour, width=5)
            for side in (-1, 1):
                draw.line(
                    [(x0, y0), ((x0 + x1) / 2 + side * 6, y0 + tall * 0.07)],
                    fill=lighten(colour, 0.16) if side > 0 else colour,
                    width=4,
                )


def tree(
    draw: ImageDraw.ImageDraw, x: float, foot: float, size: float, colour: Colour, random: Random
) -> None:
    """A round-headed tree of many paper discs."""
    draw.line(
        [(x, foot), (x, foot - size * 0.7)], fill=(92, 66, 46), width=max(4, round(size * 0.08))
    )
    for _ in range(34):
        angle, reach = random.uniform(0, 6.283), size * 0.5 * math.sqrt(random.random())
        cx, cy = x + reach * math.cos(angle), foot - size * 0.95 + reach * 0.75 * math.sin(angle)
        r = size * random.uniform(0.12, 0.2)
        lit = 0.32 if cx < x and cy < foot - size * 0.95 else 0.0
        draw.ellipse(
            (cx - r, cy - r, cx + r, cy + r),
            fill=mix(colour, (226, 216, 130), lit * random.random()),
        )


def stilt_house(
    picture: Image.Image, x: float, foot: float, width: float, wall: Colour, roof: Colour
) -> None:
    """A wooden house on posts, its steep roof and small window lit."""
    draw = ImageDraw.Draw(picture)
    tall = width * 0.4
    floor = foot - width * 0.34
    for share in (0.04, 0.27, 0.5, 0.73, 0.96):
        px = x + width * share
        draw.rectangle(
            (px - width * 0.014, floor, px + width * 0.014, foot), fill=darken(wall, 0.5)
        )
    draw.rectangle((x, floor - tall, x + width, floor), fill=wall)
    for board in range(1, 14):
        bx = x + width * board / 14
        draw.line([(bx, floor - tall), (bx, floor)], fill=darken(wall, 0.16), width=2)
    draw.rectangle(
        (x - width * 0.04, floor - width * 0.03, x + width * 1.04, floor), fill=darken(wall, 0.36)
    )
    draw.rectangle(
        (x + width * 0.14, floor - tall * 0.72, x + width * 0.34, floor - tall * 0.2),
        fill=(250, 214, 140),
    )
    draw.rectangle(
        (x + width * 0.6, floor - tall * 0.8, x + width * 0.8, floor), fill=darken(wall, 0.55)
    )
    _roof(draw, x, floor - tall * 0.86, floor - tall - width * 0.36, width, roof)
    _stairs(draw, x + width * 0.66, floor, foot, width, wall)


def _roof(
    draw: ImageDraw.ImageDraw, x: float, eaves: float, peak: float, width: float, roof: Colour
) -> None:
    draw.polygon(
        [
            (x - width * 0.12, eaves),
            (x + width * 0.2, peak),
            (x + width * 0.8, peak),
            (x + width * 1.12, eaves),
        ],
        fill=roof,
    )
    draw.polygon(
        [
            (x + width * 0.2, peak),
            (x + width * 0.8, peak),
            (x + width * 0.86, peak + width * 0.07),
            (x + width * 0.14, peak + width * 0.07),
        ],
        fill=lighten(roof, 0.2),
    )
    for row in range(1, 6):
        y = peak + (eaves - peak) * row / 6
        spread = width * (0.2 - 0.32 * row / 6)
        draw.line([(x + spread, y), (x + width - spread, y)], fill=darken(roof, 0.18), width=2)


def _stairs(
    draw: ImageDraw.ImageDraw, x: float, floor: float, foot: float, width: float, wall: Colour
) -> None:
    """Two rails leaning to the left."""
    for aside in (0, width * 0.1):
        rail = [(x + aside, floor), (x + aside - width * 0.12, foot)]
        draw.line(rail, fill=darken(wall, 0.45), width=max(3, round(width * 0.02)))


def boat(draw: ImageDraw.ImageDraw, x: float, y: float, length: float, colour: Colour) -> None:
    """A long wooden boat with a raised prow and a ribbon."""
    draw.ellipse(
        (x - length * 0.05, y + length * 0.06, x + length * 1.02, y + length * 0.13),
        fill=darken(colour, 0.6),
    )
    draw.polygon(
        [
            (x, y),
            (x + length * 0.2, y + length * 0.06),
            (x + length * 0.8, y + length * 0.06),
            (x + length * 1.06, y - length * 0.14),
            (x + length * 0.86, y + length * 0.12),
            (x + length * 0.12, y + length * 0.12),
        ],
        fill=colour,
    )
    draw.line(
        [
            (x + 4, y + 2),
            (x + length * 0.2, y + length * 0.07),
            (x + length * 0.8, y + length * 0.07),
            (x + length * 1.05, y - length * 0.13),
        ],
        fill=lighten(colour, 0.4),
        width=4,
        joint="curve",
    )
    for step, ribbon in enumerate(((196, 50, 50), (240, 200, 90), (60, 110, 150))):
        draw.line(
            [
                (x + length * 1.03, y - length * (0.11 - 0.02 * step)),
                (x + length * (1.0 - 0.012 * step), y - length * (0.02 - 0.02 * step)),
            ],
            fill=ribbon,
            width=5,
        )


def figure(
    draw: ImageDraw.ImageDraw, x: float, foot: float, tall: float, cloth: Colour, hat: bool = True
) -> None:
    """A small person from afar: a skirt, a shirt, and a hat against the sun."""
    draw.polygon(
        [
            (x - tall * 0.14, foot),
            (x - tall * 0.1, foot - tall * 0.5),
            (x + tall * 0.1, foot - tall * 0.5),
            (x + tall * 0.14, foot),
        ],
        fill=cloth,
    )
    draw.polygon(
        [
            (x - tall * 0.13, foot - tall * 0.48),
            (x - tall * 0.11, foot - tall * 0.8),
            (x + tall * 0.11, foot - tall * 0.8),
            (x + tall * 0.13, foot - tall * 0.48),
        ],
        fill=lighten(cloth, 0.55),
    )
    draw.ellipse(
        (x - tall * 0.08, foot - tall * 0.97, x + tall * 0.08, foot - tall * 0.8),
        fill=(140, 96, 66),
    )
    if hat:
        draw.polygon(
            [
                (x - tall * 0.2, foot - tall * 0.88),
                (x, foot - tall * 1.04),
                (x + tall * 0.2, foot - tall * 0.88),
            ],
            fill=(226, 196, 130),
        )
