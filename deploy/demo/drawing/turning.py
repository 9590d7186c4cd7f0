"""Round things that stand: profiles turned on an axis, shaded as clay, glass or basketwork."""

import math
from dataclasses import dataclass

from PIL import Image, ImageDraw

from deploy.demo.drawing.studio import (
    SIDE,
    Colour,
    Point,
    blur,
    column_gradient,
    darken,
    ellipse_mask,
    floor_shadow,
    lighten,
    mask_of,
    shade,
    tile,
)

# Light from the upper left: (place across the body 0..1, brightness).
MATTE = [(0, 92), (0.12, 168), (0.34, 255), (0.55, 226), (0.8, 132), (0.95, 84), (1, 104)]
GLAZED = [(0, 84), (0.1, 176), (0.3, 250), (0.5, 232), (0.78, 136), (0.93, 78), (1, 132)]


@dataclass(frozen=True)
class Body:
    """A turned body: its mask, its brightness, and its outline by row."""

    mask: Image.Image
    light: Image.Image
    rows: dict[int, float]
    centre_x: float


def smooth(points: list[Point], steps: int = 14) -> list[Point]:
    """A curve through (radius, y) points."""
    out: list[Point] = []
    padded = [points[0], *points, points[-1]]
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            t = step / steps
            out.append(tuple(_spline(a[i], b[i], c[i], d[i], t) for i in (0, 1)))
    return [*out, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    curve = 2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t
    return (curve + (3 * b - a - 3 * c + d) * t**3) / 2


def turn(
    profile: list[Point],
    centre_x: float = 600,
    light: list[tuple[float, int]] = MATTE,
    flatten: float = 0.16,
) -> Body:
    """Turn (radius, y) points, top first, into a body; its foot curves by `flatten`."""
    rows = _rows(profile)
    foot_radius, foot_y = profile[-1]
    outline = [(centre_x - r, y) for y, r in rows.items()]
    outline += [(centre_x + r, y) for y, r in reversed(rows.items())]
    foot = (
        centre_x - foot_radius,
        foot_y - foot_radius * flatten,
        centre_x + foot_radius,
        foot_y + foot_radius * flatten,
    )

    def paint(draw: ImageDraw.ImageDraw, s: int) -> None:
        draw.polygon([(x * s, y * s) for x, y in outline], fill=255)
        draw.ellipse([v * s for v in foot], fill=255)

    mask = mask_of((SIDE, SIDE), paint)
    return Body(mask, _light_of(rows, centre_x, light, foot), rows, centre_x)


def _rows(profile: list[Point]) -> dict[int, float]:
    """Radius at every row; a curve that runs back upwards for a moment is passed over."""
    rows: dict[int, float] = {}
    lowest = profile[0][1] - 1
    for (r0, y0), (r1, y1) in zip(profile, profile[1:], strict=False):
        for y in range(max(round(y0), math.ceil(lowest)), round(y1) + 1):
            share = min(1.0, max(0.0, (y - y0) / max(1e-6, y1 - y0)))
            rows[y] = max(1.0, r0 + (r1 - r0) * share)
        lowest = max(lowest, y1)
    return rows


def _light_of(rows, centre_x, light, foot) -> Image.Image:
    strip = column_gradient((256, 1), light)
    out = Image.new("L", (SIDE, SIDE), 128)
    last = 1.0
    for y, radius in sorted(rows.items()):
        last = max(1.0, radius)
        width = max(2, round(radius * 2) + 2)
        out.paste(
            strip.resize((width, 1), Image.Resampling.BILINEAR), (round(centre_x - radius) - 1, y)
        )
    below = strip.resize((round(last * 2) + 2, 1), Image.Resampling.BILINEAR)
    for y in range(max(rows) + 1, min(SIDE, round(foot[3]) + 2)):
        out.paste(below, (round(centre_x - last) - 1, y))
    return out


def wrap(body: Body, texture: Image.Image, flatten: float = 0.16) -> Image.Image:
    """Lay a texture round the body, squeezed towards its edges."""
    out = Image.new(texture.mode, (SIDE, SIDE))
    widest = max(body.rows.values())
    bands = _bands(texture.width)
    top = min(body.rows)
    last = 1.0
    for y in range(top, min(SIDE, max(body.rows) + round(widest * flatten) + 2), 2):
        last = body.rows.get(y, last)
        start = (y - top) % (texture.height - 1)
        row = texture.crop((0, start, texture.width, start + 2))
        _lay_row(out, row, bands, body.centre_x, last, y)
    return out


def _bands(width: int) -> list[tuple[float, float, float, float]]:
    """Slices of a half turn: texture from..to, and where they fall across -1..1."""
    count = 10
    slices = []
    for i in range(count):
        a0, a1 = i / count, (i + 1) / count
        p0, p1 = (-math.cos(a * math.pi) for a in (a0, a1))
        slices.append((a0 * width, a1 * width, p0, p1))
    return slices


def _lay_row(out, row, bands, centre_x: float, radius: float, y: int) -> None:
    for t0, t1, p0, p1 in bands:
        x0, x1 = round(centre_x + radius * p0), round(centre_x + radius * p1)
        if x1 > x0:
            piece = row.resize((x1 - x0, 2), Image.Resampling.BILINEAR, (t0, 0, t1, 2))
            out.paste(piece, (x0, y))


def stand(
    picture: Image.Image, body: Body, skin: Image.Image | Colour, strength: float = 0.5
) -> None:
    """Put a body with its skin on the table, with its shadow."""
    foot_y = max(body.rows)
    foot = body.rows[foot_y]
    floor_shadow(
        picture,
        (body.centre_x - foot, foot_y - foot * 0.1, body.centre_x + foot, foot_y + foot * 0.2),
        strength,
    )
    colour = Image.new("RGB", picture.size, skin) if isinstance(skin, tuple) else skin
    picture.paste(shade(colour, body.light), (0, 0), body.mask)


def mouth(
    picture: Image.Image,
    centre_x: float,
    y: float,
    radius: float,
    rim: Colour,
    inside: Colour,
    thickness: float = 12,
    flatten: float = 0.2,
) -> None:
    """The open mouth of a bowl or jar, seen a little from above."""
    outer = (centre_x - radius, y - radius * flatten, centre_x + radius, y + radius * flatten)
    inner = (
        outer[0] + thickness,
        outer[1] + thickness * 0.55,
        outer[2] - thickness,
        outer[3] - thickness * 0.4,
    )
    lip = Image.new("RGB", picture.size, rim)
    lip = shade(lip, column_gradient(picture.size, _across(centre_x, radius, (200, 255, 225, 150))))
    picture.paste(lip, (0, 0), ellipse_mask(picture.size, outer))
    depth = Image.new("RGB", picture.size, inside)
    depth = shade(
        depth, column_gradient(picture.size, _across(centre_x, radius, (90, 130, 190, 235)))
    )
    picture.paste(depth, (0, 0), ellipse_mask(picture.size, inner))


def _across(centre_x: float, radius: float, greys: tuple[int, ...]) -> list[tuple[float, int]]:
    start, width = (centre_x - radius) / SIDE, 2 * radius / SIDE
    return [(start + width * i / (len(greys) - 1), g) for i, g in enumerate(greys)]


def highlight(
    picture: Image.Image, box: tuple[float, float, float, float], strength: int = 150
) -> None:
    """A window's gleam on glaze or glass."""
    soft = blur(ellipse_mask(picture.size, box), 9).point([i * strength // 255 for i in range(256)])
    picture.paste((255, 253, 246), (0, 0), soft)


def twill(
    strand: int, light: Colour, dark: Colour, size: tuple[int, int] = (1200, 900), over: int = 2
) -> Image.Image:
    """Plaiting: strands that go over two and under two, each rounded by shade."""
    period = over * 2
    side = strand * period
    cell = Image.new("RGB", (side, side))
    across = _strand(strand, light, True)
    upright = _strand(strand, dark, False)
    for row in range(period):
        for column in range(period):
            piece = across if (column + row) % period < over else upright
            cell.paste(piece, (column * strand, row * strand))
    return tile(cell, size)


def _strand(strand: int, colour: Colour, is_across: bool) -> Image.Image:
    piece = Image.new("RGB", (strand, strand), colour)
    draw = ImageDraw.Draw(piece)
    for i in range(strand):
        away = abs(i - strand * 0.4) / strand
        tone = lighten(colour, 0.42 - away * 0.7) if away < 0.5 else darken(colour, 0.22)
        tone = darken(tone, 0.42) if i in (0, strand - 1) else tone
        draw.line((0, i, strand, i) if is_across else (i, 0, i, strand), fill=tone)
    return piece


def coil(strand: int, colour: Colour, size: tuple[int, int] = (1200, 900)) -> Image.Image:
    """Close stitched rounds, as in fern-vine work."""
    cell = Image.new("RGB", (strand, strand * 2), colour)
    draw = ImageDraw.Draw(cell)
    for row in range(2):
        for x in range(strand):
            tone = lighten(colour, 0.28 * (1 - abs(x - strand / 2) / (strand / 2)))
            draw.line((x, row * strand, x, row * strand + strand - 2), fill=tone)
        draw.line(
            (0, row * strand + strand - 1, strand, row * strand + strand - 1),
            fill=darken(colour, 0.5),
        )
    return tile(cell, size)
