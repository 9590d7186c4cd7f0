"""Wood, paper and shell: carving, umbrellas, books, a drum, a bowl."""

import math
from collections.abc import Callable

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from deploy.demo.drawing.studio import (
    GOLD,
    INDIGO,
    LEAF,
    LINEN,
    SIDE,
    Colour,
    blur,
    cast_shadow,
    chance,
    closer,
    column_gradient,
    darken,
    ellipse_mask,
    finish,
    ground,
    levels,
    lighten,
    mask_of,
    mix,
    noise,
    polygon_mask,
    rounded_mask,
    shade,
    still_life,
)
from deploy.demo.drawing.turning import highlight, mouth, smooth, stand, turn

OAK: Colour = (206, 168, 122)
TEAK: Colour = (160, 100, 54)


def _relief(height: Image.Image, colour: Colour, depth: int = 5) -> Image.Image:
    """Carving: light from the upper left on a grey height map."""
    smooth_height = height.filter(ImageFilter.GaussianBlur(2.4))
    lit = ImageChops.subtract(ImageChops.offset(smooth_height, depth, depth), smooth_height, 1, 0)
    dark = ImageChops.subtract(smooth_height, ImageChops.offset(smooth_height, depth, depth), 1, 0)
    surface = Image.new("RGB", height.size, colour)
    grain = levels(noise(height.size, (160, 5), chance("carved")), 214, 255)
    surface = shade(shade(surface, grain), levels(height, 150, 255))
    surface.paste((30, 14, 6), (0, 0), lit.point([min(200, i * 2) for i in range(256)]))
    surface.paste(lighten(colour, 0.75), (0, 0), dark.point([min(190, i * 2) for i in range(256)]))
    return surface


def _wood_panel(key: str) -> Image.Image:
    """A carved panel of peonies and leaves in a plain frame."""
    picture = ground("paper", (240, 232, 216))
    height = Image.new("L", (SIDE, SIDE), 70)
    draw = ImageDraw.Draw(height)
    vine = [(600 + 240 * math.sin(y / 150), y) for y in range(140, 1070, 8)]
    draw.line(vine, fill=150, width=26, joint="curve")
    for place, y in enumerate(range(220, 1060, 118)):
        x = 600 + 240 * math.sin(y / 150)
        way = -1 if place % 2 else 1
        for turn_by in (0.5, -0.6, 1.4):
            _carved_leaf(draw, x, y, way * (0.2 + turn_by), 210)
    for x, y, reach in ((600, 300, 150), (440, 640, 170), (760, 900, 140)):
        _carved_flower(draw, x, y, reach)
    panel = _relief(height, TEAK)
    frame = rounded_mask(picture.size, (170, 70, 1030, 1130), 8)
    cast_shadow(picture, frame, (24, 32), 28, 0.5)
    picture.paste(
        shade(
            Image.new("RGB", picture.size, (128, 76, 40)),
            levels(noise(picture.size, (6, 90), chance(key)), 190, 255),
        ),
        (0, 0),
        frame,
    )
    inner = rounded_mask(picture.size, (224, 124, 976, 1076), 4)
    picture.paste(panel, (0, 0), inner)
    edge = ImageChops.subtract(inner, ImageChops.offset(inner, 9, 10))
    picture.paste((30, 16, 8), (0, 0), blur(edge, 4).point([i * 2 // 3 for i in range(256)]))
    return finish(picture)


def _carved_leaf(
    draw: ImageDraw.ImageDraw, x: float, y: float, turn_by: float, bright: int
) -> None:
    length, half = 170, 44
    for share in (1.0, 0.72, 0.4):
        points = []
        for side in (-1, 1):
            steps = range(11) if side == 1 else range(10, -1, -1)
            for step in steps:
                t = step / 10
                along = length * t
                across = side * half * share * math.sin(math.pi * t) * (1 + 0.16 * math.cos(t * 28))
                points.append(
                    (
                        x + along * math.cos(turn_by) - across * math.sin(turn_by),
                        y + along * math.sin(turn_by) + across * math.cos(turn_by),
                    )
                )
        draw.polygon(points, fill=round(bright * (0.62 + 0.38 * (1 - share))))
    draw.line(
        [(x, y), (x + length * math.cos(turn_by), y + length * math.sin(turn_by))], fill=90, width=4
    )


def _carved_flower(draw: ImageDraw.ImageDraw, x: float, y: float, reach: float) -> None:
    for ring, (share, petals) in enumerate(((1.0, 9), (0.72, 7), (0.46, 5))):
        for place in range(petals):
            angle = place / petals * 6.283 + ring * 0.4
            px, py = (
                x + reach * share * 0.62 * math.cos(angle),
                y + reach * share * 0.62 * math.sin(angle),
            )
            size = reach * share * 0.42
            draw.ellipse((px - size, py - size, px + size, py + size), fill=140 + ring * 36)
            draw.ellipse(
                (px - size * 0.6, py - size * 0.6, px + size * 0.6, py + size * 0.6),
                fill=110 + ring * 36,
            )
    draw.ellipse((x - reach * 0.2, y - reach * 0.2, x + reach * 0.2, y + reach * 0.2), fill=255)


def _wood_tray(key: str) -> Image.Image:
    """A lotus-leaf tray with its veins."""
    picture = ground("linen", LINEN)
    height = Image.new("L", (SIDE, SIDE), 120)
    draw = ImageDraw.Draw(height)
    for step in range(18):
        angle = step / 18 * 6.283 + 0.1
        tip = (600 + 470 * math.cos(angle), 620 + 430 * math.sin(angle))
        bend = (600 + 240 * math.cos(angle + 0.1), 620 + 220 * math.sin(angle + 0.1))
        draw.line([(600, 600), bend, tip], fill=190, width=12, joint="curve")
        for side in (-0.16, 0.16):
            fork = (600 + 460 * math.cos(angle + side), 620 + 420 * math.sin(angle + side))
            draw.line([bend, fork], fill=170, width=7)
    draw.ellipse((560, 566, 640, 640), fill=210)
    outline = []
    for step in range(120):
        angle = step / 120 * 6.283
        wave = 1 + 0.045 * math.sin(angle * 9) + 0.02 * math.sin(angle * 4)
        outline.append((600 + 490 * wave * math.cos(angle), 620 + 440 * wave * math.sin(angle)))
    mask = polygon_mask(picture.size, outline)
    cast_shadow(picture, mask, (22, 36), 28, 0.55)
    wood = _relief(height, (186, 122, 66))
    bowl = (
        Image.radial_gradient("L")
        .resize((SIDE, SIDE))
        .point([200 + i * 55 // 255 for i in range(256)])
    )
    picture.paste(shade(wood, bowl), (0, 0), mask)
    rim = ImageChops.subtract(mask, ImageChops.offset(mask, 8, 9))
    picture.paste((250, 220, 176), (0, 0), blur(rim, 3).point([i // 2 for i in range(256)]))
    return finish(picture)


def _umbrella(key: str) -> Image.Image:
    """An open mulberry-paper umbrella seen from above, with a painted branch."""
    is_red = key.endswith("red")
    colour: Colour = (186, 46, 40) if is_red else (40, 66, 124)
    picture = ground("paper", (242, 234, 218))
    mask = polygon_mask(
        picture.size,
        [
            (600 + 520 * math.cos(a / 32 * 6.283), 600 + 520 * math.sin(a / 32 * 6.283))
            for a in range(32)
        ],
    )
    cast_shadow(picture, mask, (30, 44), 36, 0.5)
    skin = Image.new("RGB", picture.size, colour)
    tone = Image.new("L", picture.size, 255)
    draw = ImageDraw.Draw(tone)
    for rib in range(32):
        bright = round(206 + 46 * math.cos(rib / 32 * 6.283 - 3.9))
        start = rib * 11.25
        draw.pieslice((60, 60, 1140, 1140), start, start + 6, fill=bright)
        draw.pieslice((60, 60, 1140, 1140), start + 5.6, start + 11.6, fill=max(0, bright - 22))
    skin = shade(skin, tone.filter(ImageFilter.GaussianBlur(2)))
    skin = shade(skin, levels(noise(picture.size, (120, 120), chance(key)), 232, 255))
    _painted_branch(skin, is_red)
    draw = ImageDraw.Draw(skin)
    for rib in range(32):
        angle = rib / 32 * 6.283
        draw.line(
            [(600, 600), (600 + 520 * math.cos(angle), 600 + 520 * math.sin(angle))],
            fill=darken(colour, 0.35),
            width=3,
        )
    for reach, width in ((512, 12), (150, 4), (60, 4)):
        draw.ellipse(
            (600 - reach, 600 - reach, 600 + reach, 600 + reach),
            outline=darken(colour, 0.45),
            width=width,
        )
    draw.ellipse((560, 560, 640, 640), fill=(60, 40, 28))
    draw.ellipse((580, 576, 612, 606), fill=(150, 112, 70))
    picture.paste(skin, (0, 0), mask)
    return finish(picture)


def _painted_branch(skin: Image.Image, is_red: bool) -> None:
    draw = ImageDraw.Draw(skin)
    branch = (54, 30, 24) if is_red else (226, 222, 206)
    path = [(230, 800), (340, 720), (430, 740), (560, 850), (720, 880), (860, 800)]
    draw.line(path, fill=branch, width=12, joint="curve")
    draw.line([(560, 850), (640, 780), (760, 740)], fill=branch, width=8, joint="curve")
    for place, (x, y) in enumerate([*path, (640, 780), (760, 740), (480, 780)]):
        petal = (252, 240, 236) if is_red else (244, 206, 210)
        for step in range(5):
            angle = step * 1.257 + place
            px, py = x + 22 * math.cos(angle), y + 22 * math.sin(angle)
            draw.ellipse(
                (px - 19, py - 19, px + 19, py + 19),
                fill=petal,
                outline=darken(petal, 0.2),
                width=2,
            )
        draw.ellipse((x - 9, y - 9, x + 9, y + 9), fill=GOLD)


def _notebook(key: str) -> Image.Image:
    """Handmade-paper books tied with string, a leaf in the cover."""
    picture = ground("wood", OAK)
    random = chance(key)
    for x, y, angle, colour in ((660, 520, 9, INDIGO), (540, 640, -7, (238, 226, 198))):
        sheet = Image.new("RGB", (700, 880), colour)
        sheet = shade(sheet, levels(noise(sheet.size, (90, 120), random), 226, 255))
        draw = ImageDraw.Draw(sheet)
        for _ in range(90):
            px, py = random.randrange(700), random.randrange(880)
            draw.line(
                [(px, py), (px + random.gauss(0, 30), py + random.gauss(0, 30))],
                fill=lighten(colour, 0.4),
                width=2,
            )
        draw.rectangle((0, 0, 76, 880), fill=darken(colour, 0.2))
        for stitch in range(60, 880, 110):
            draw.line([(76, stitch), (76, stitch + 60)], fill=(240, 230, 206), width=6)
        if colour != INDIGO:
            _pressed_leaf(draw)
        mask = Image.new("L", picture.size)
        turned = Image.new("L", sheet.size, 255).rotate(
            angle, Image.Resampling.BILINEAR, expand=True
        )
        sheet = sheet.rotate(angle, Image.Resampling.BILINEAR, expand=True)
        at = (x - turned.width // 2, y - turned.height // 2)
        mask.paste(turned, at)
        cast_shadow(picture, mask, (20, 30), 22, 0.5)
        picture.paste(sheet, at, turned)
    return finish(picture)


def _pressed_leaf(draw: ImageDraw.ImageDraw) -> None:
    for turn_by in (-2.2, -1.85, -1.5, -1.15, -0.8):
        points = []
        for side in (-1, 1):
            steps = range(11) if side == 1 else range(10, -1, -1)
            for step in steps:
                t = step / 10
                along, across = 320 * t, side * 48 * math.sin(math.pi * t)
                points.append(
                    (
                        400 + along * math.cos(turn_by) - across * math.sin(turn_by),
                        640 + along * math.sin(turn_by) + across * math.cos(turn_by),
                    )
                )
        draw.polygon(points, fill=mix(LEAF, GOLD, 0.35), outline=darken(LEAF, 0.3), width=3)
        draw.line([points[11], points[10]], fill=darken(LEAF, 0.2), width=3)
    draw.line([(400, 640), (400, 780)], fill=darken(LEAF, 0.3), width=8)


def _drum(key: str) -> Image.Image:
    """A long drum on its stand, head towards us."""
    picture = still_life((236, 226, 206), (150, 106, 70))
    body = turn(
        smooth([(250, 300), (290, 380), (250, 560), (120, 690), (110, 760), (190, 960), (210, 990)])
    )
    wood = shade(
        Image.new("RGB", picture.size, (150, 66, 40)),
        levels(noise(picture.size, (90, 5), chance(key)), 190, 255),
    )
    draw = ImageDraw.Draw(wood)
    for y in (560, 690, 760, 900):
        draw.rectangle((200, y, 1000, y + 14), fill=(216, 168, 80))
    stand(picture, body, wood)
    draw = ImageDraw.Draw(picture)
    for place in range(13):
        share = -math.cos(place / 12 * math.pi)
        draw.line(
            [(600 + 262 * share, 330), (600 + 250 * share, 560)], fill=(236, 220, 184), width=8
        )
    mouth(picture, 600, 300, 262, (206, 178, 130), (240, 226, 196), 18, 0.3)
    head = ellipse_mask(picture.size, (358, 236, 842, 364))
    picture.paste((244, 232, 206), (0, 0), head)
    draw.ellipse((500, 276, 700, 330), fill=(56, 40, 32))
    for place in range(28):
        angle = place / 28 * 6.283
        x, y = 600 + 256 * math.cos(angle), 302 + 76 * math.sin(angle)
        draw.ellipse((x - 8, y - 7, x + 8, y + 7), fill=(120, 76, 40))
    return closer(finish(picture), 120)


def _coconut_bowl(key: str) -> Image.Image:
    picture = still_life((244, 238, 224), (198, 160, 116))
    body = turn(smooth([(370, 560), (366, 640), (310, 800), (190, 910), (110, 930)]))
    skin = shade(
        Image.new("RGB", picture.size, (104, 64, 40)),
        levels(noise(picture.size, (260, 9), chance(key)), 170, 255),
    )
    stand(picture, body, skin)
    mouth(picture, 600, 560, 370, (186, 136, 88), (150, 104, 66), 20, 0.24)
    highlight(picture, (330, 650, 400, 780), 100)
    spoon = mask_of(
        picture.size,
        lambda d, s: (
            d.line([(760 * s, 600 * s), (1050 * s, 250 * s)], fill=255, width=34 * s),
            d.ellipse((620 * s, 510 * s, 810 * s, 650 * s), fill=255),
        ),
    )
    cast_shadow(picture, spoon, (8, 14), 10, 0.5)
    picture.paste(
        shade(
            Image.new("RGB", picture.size, (136, 88, 54)),
            column_gradient(picture.size, [(0.5, 170), (0.6, 255), (0.9, 190)]),
        ),
        (0, 0),
        spoon,
    )
    return closer(finish(picture), 100)


DRAWINGS: dict[str, Callable[[str], Image.Image]] = {
    "craft-wood-panel": _wood_panel,
    "craft-wood-tray": _wood_tray,
    "craft-umbrella-red": _umbrella,
    "craft-umbrella-blue": _umbrella,
    "craft-saa-notebook": _notebook,
    "craft-drum": _drum,
    "craft-coconut-bowl": _coconut_bowl,
}


def picture_keys() -> tuple[str, ...]:
    return tuple(DRAWINGS)


def draw(key: str) -> Image.Image:
    return DRAWINGS[key](key)
