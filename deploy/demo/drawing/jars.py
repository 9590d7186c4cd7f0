"""Pottery: celadon, rooster ware, copper clay, red clay, sangkhalok, dragon jars."""

import math
from collections.abc import Callable

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from deploy.demo.drawing.studio import (
    LINEN,
    SIDE,
    Colour,
    cast_shadow,
    chance,
    closer,
    darken,
    ellipse_mask,
    finish,
    ground,
    levels,
    lighten,
    noise,
    shade,
    still_life,
)
from deploy.demo.drawing.turning import GLAZED, MATTE, Body, highlight, mouth, smooth, stand, turn

OAK: Colour = (206, 168, 122)


def _crackle(seed: str, tone: int = 196) -> Image.Image:
    """The fine net of crazed glaze."""
    random = chance(seed)
    lines = Image.new("L", (SIDE, SIDE), 255)
    draw = ImageDraw.Draw(lines)
    for _ in range(170):
        x, y, angle = random.randrange(SIDE), random.randrange(SIDE), random.uniform(0, 6.3)
        points = [(x, y)]
        for _ in range(9):
            angle += random.gauss(0, 0.4)
            x, y = x + 24 * math.cos(angle), y + 24 * math.sin(angle)
            points.append((x, y))
        draw.line(points, fill=tone, width=2)
    return lines.filter(ImageFilter.GaussianBlur(0.8))


def _glaze(colour: Colour, seed: str, cells: tuple[int, int] = (6, 6)) -> Image.Image:
    """Glaze that pooled thicker here and there."""
    random = chance(seed)
    return Image.composite(
        Image.new("RGB", (SIDE, SIDE), lighten(colour, 0.22)),
        Image.new("RGB", (SIDE, SIDE), darken(colour, 0.12)),
        noise((SIDE, SIDE), cells, random),
    )


def _celadon_bowl(key: str) -> Image.Image:
    picture = still_life((244, 238, 226), OAK)
    body = turn(
        smooth([(380, 520), (372, 590), (330, 720), (230, 850), (150, 900), (146, 940)]),
        light=GLAZED,
    )
    skin = shade(_glaze((142, 178, 150), key), _crackle(key))
    skin = shade(skin, _petals(body))
    stand(picture, body, skin)
    mouth(picture, 600, 520, 380, (196, 212, 188), (128, 168, 142), 16, 0.22)
    inner = ellipse_mask(picture.size, (330, 480, 870, 590))
    picture.paste(
        lighten((128, 168, 142), 0.15),
        (0, 0),
        inner.filter(ImageFilter.GaussianBlur(20)).point([i // 2 for i in range(256)]),
    )
    highlight(picture, (330, 610, 420, 760), 130)
    return finish(picture)


def _petals(body: Body) -> Image.Image:
    """Lotus petals cut into the outside."""
    lines = Image.new("L", (SIDE, SIDE), 255)
    draw = ImageDraw.Draw(lines)
    for place in range(9):
        share = -math.cos((place + 0.5) / 9 * math.pi)
        x = 600 + 360 * share
        foot = 600 + 150 * share
        half = 46 * math.sqrt(max(0.05, 1 - share * share))
        draw.line(
            [
                (foot - half * 0.5, 890),
                (x - half, 700),
                (x, 600),
                (x + half, 700),
                (foot + half * 0.5, 890),
            ],
            fill=168,
            width=7,
            joint="curve",
        )
    return lines.filter(ImageFilter.GaussianBlur(1.6))


def _celadon_vase(key: str) -> Image.Image:
    picture = still_life((240, 234, 222), (178, 140, 100))
    body = turn(
        smooth(
            [
                (92, 170),
                (62, 230),
                (58, 380),
                (92, 470),
                (220, 600),
                (270, 740),
                (220, 890),
                (140, 980),
                (142, 1010),
            ]
        ),
        light=GLAZED,
    )
    stand(picture, body, shade(_glaze((150, 184, 158), key, (5, 9)), _crackle(key)))
    mouth(picture, 600, 172, 94, (196, 212, 190), (84, 116, 96), 13, 0.26)
    highlight(picture, (418, 640, 478, 820), 170)
    highlight(picture, (556, 260, 572, 420), 130)
    _stem(picture)
    return finish(picture)


def _stem(picture: Image.Image) -> None:
    """A single orchid spray leaning from the vase."""
    draw = ImageDraw.Draw(picture)
    path = [(602, 168), (640, 96), (700, 60), (790, 58)]
    draw.line(path, fill=(84, 106, 60), width=6, joint="curve")
    for x, y, size in ((648, 92, 26), (700, 58, 32), (756, 56, 28), (798, 66, 22)):
        for place in range(5):
            angle = place * 1.257 + 0.3
            px, py = x + size * 0.7 * math.cos(angle), y + size * 0.7 * math.sin(angle)
            draw.ellipse(
                (px - size * 0.55, py - size * 0.45, px + size * 0.55, py + size * 0.45),
                fill=(244, 232, 238),
                outline=(206, 160, 190),
            )
        draw.ellipse((x - 7, y - 7, x + 7, y + 7), fill=(168, 70, 130))


def _rooster_bowl(key: str) -> Image.Image:
    picture = still_life((246, 240, 230), (200, 160, 118))
    body = turn(
        smooth([(390, 500), (376, 590), (316, 740), (210, 860), (160, 900), (164, 944)]),
        light=[(0, 150), (0.2, 232), (0.36, 255), (0.62, 240), (0.9, 156), (1, 170)],
    )
    skin = Image.new("RGB", picture.size, (240, 238, 226))
    _rooster(ImageDraw.Draw(skin))
    stand(picture, body, skin.filter(ImageFilter.GaussianBlur(0.8)))
    mouth(picture, 600, 500, 390, (250, 248, 240), (226, 224, 212), 14, 0.22)
    highlight(picture, (290, 560, 350, 700), 190)
    return finish(picture)


def _rooster(draw: ImageDraw.ImageDraw) -> None:
    """The rooster and the peony, a stroke for every feather."""
    black, red, green = (40, 44, 48), (196, 50, 44), (60, 120, 84)
    for angle, length in ((-2.5, 150), (-2.2, 170), (-1.95, 165), (-2.8, 120)):
        tip = (470 + length * math.cos(angle), 700 + length * math.sin(angle))
        draw.line(
            [(470, 700), ((470 + tip[0]) / 2 - 26, (700 + tip[1]) / 2 - 8), tip],
            fill=black,
            width=20,
            joint="curve",
        )
    draw.ellipse((440, 650, 570, 760), fill=(214, 96, 48))
    draw.ellipse((530, 590, 600, 690), fill=(226, 130, 56))
    draw.ellipse((566, 570, 620, 622), fill=(226, 130, 56))
    draw.polygon([(618, 590), (648, 600), (618, 608)], fill=(230, 180, 60))
    for x in (576, 592, 608):
        draw.ellipse((x - 10, 548, x + 10, 580), fill=red)
    draw.ellipse((598, 588, 606, 596), fill=black)
    for x in (490, 524):
        draw.line([(x, 756), (x + 4, 816), (x + 26, 818)], fill=black, width=7)
    for place in range(8):
        angle = place * 0.785
        x, y = 770 + 42 * math.cos(angle), 650 + 38 * math.sin(angle)
        draw.ellipse(
            (x - 30, y - 26, x + 30, y + 26), fill=(198, 88, 130), outline=(150, 50, 96), width=3
        )
    draw.ellipse((746, 628, 794, 672), fill=(240, 190, 90))
    for x, y in ((690, 730), (820, 740), (730, 590), (842, 600)):
        draw.ellipse((x - 36, y - 14, x + 36, y + 14), fill=green)
    for x in range(300, 900, 34):
        draw.line([(x, 846), (x + 14, 820)], fill=green, width=6)


def _copper_vase(key: str) -> Image.Image:
    picture = still_life((232, 220, 202), (150, 108, 76))
    body = turn(
        smooth(
            [
                (110, 220),
                (80, 270),
                (96, 350),
                (190, 420),
                (150, 500),
                (240, 620),
                (320, 780),
                (270, 930),
                (190, 1010),
            ]
        ),
        light=MATTE,
    )
    random = chance(key)
    skin = Image.composite(
        Image.new("RGB", picture.size, (188, 104, 66)),
        Image.new("RGB", picture.size, (84, 52, 44)),
        noise((SIDE, SIDE), (5, 8), random),
    )
    skin = shade(skin, levels(noise((SIDE, SIDE), (200, 200), random), 206, 255))
    lines = Image.new("L", picture.size, 255)
    draw = ImageDraw.Draw(lines)
    for y in (430, 446, 462, 640, 660, 860, 876):
        draw.arc((240, y - 40, 960, y + 40), 0, 180, fill=150, width=6)
    stand(picture, body, shade(skin, lines))
    mouth(picture, 600, 222, 112, (150, 88, 60), (44, 26, 20), 16, 0.24)
    highlight(picture, (400, 700, 470, 840), 90)
    return finish(picture)


def _red_pot(key: str) -> Image.Image:
    picture = still_life((240, 230, 210), (190, 158, 118), "linen")
    body = turn(
        smooth(
            [
                (210, 400),
                (186, 440),
                (200, 480),
                (320, 600),
                (362, 740),
                (300, 890),
                (190, 970),
                (180, 990),
            ]
        ),
    )
    random = chance(key)
    skin = Image.composite(
        Image.new("RGB", picture.size, (214, 118, 76)),
        Image.new("RGB", picture.size, (170, 78, 48)),
        noise((SIDE, SIDE), (7, 7), random),
    )
    skin = shade(skin, levels(noise((SIDE, SIDE), (260, 260), random), 214, 255))
    skin = shade(skin, _paddled())
    stand(picture, body, skin)
    lid = turn(smooth([(18, 270), (34, 292), (20, 318), (120, 350), (214, 396), (216, 408)]))
    picture.paste(
        shade(Image.new("RGB", picture.size, (196, 102, 64)), lid.light), (0, 0), lid.mask
    )
    return finish(picture)


def _paddled() -> Image.Image:
    """The print of a carved paddle round the shoulder."""
    lines = Image.new("L", (SIDE, SIDE), 255)
    draw = ImageDraw.Draw(lines)
    for row in range(5):
        for column in range(26):
            x, y = 230 + column * 29, 620 + row * 40 + 26 * math.sin((column - 13) / 9)
            draw.line([(x, y), (x + 14, y + 20), (x, y + 40)], fill=176, width=5)
    return lines.filter(ImageFilter.GaussianBlur(1.4))


def _sangkhalok_plate(key: str) -> Image.Image:
    """A plate seen from above, a fish in its middle."""
    picture = ground("linen", LINEN)
    rim = ellipse_mask(picture.size, (130, 130, 1070, 1070))
    cast_shadow(picture, rim, (20, 30), 26, 0.5)
    skin = shade(_glaze((206, 204, 178), key), _crackle(key, 214))
    draw = ImageDraw.Draw(skin)
    brown = (92, 60, 40)
    for reach, width in ((450, 10), (400, 5), (270, 8), (258, 4)):
        draw.ellipse(
            (600 - reach, 600 - reach, 600 + reach, 600 + reach), outline=brown, width=width
        )
    for place in range(16):
        angle = place / 16 * 6.283
        x, y = 600 + 332 * math.cos(angle), 600 + 332 * math.sin(angle)
        for turn_by in (-0.9, -0.3, 0.3, 0.9):
            tip = (x + 44 * math.cos(angle + turn_by), y + 44 * math.sin(angle + turn_by))
            draw.line([(x, y), tip], fill=brown, width=9)
    _fish(draw, brown)
    skin = skin.filter(ImageFilter.GaussianBlur(1.1))
    picture.paste(skin, (0, 0), rim)
    well = ellipse_mask(picture.size, (316, 316, 884, 884)).filter(ImageFilter.GaussianBlur(14))
    ring = ImageChops.difference(well, ImageChops.offset(well, -10, -14))
    picture.paste((60, 50, 36), (0, 0), ring.point([i // 3 for i in range(256)]))
    highlight(picture, (250, 240, 420, 330), 110)
    return finish(picture)


def _fish(draw: ImageDraw.ImageDraw, brown: Colour) -> None:
    draw.polygon(
        [(420, 600), (520, 520), (650, 520), (730, 590), (650, 670), (520, 680)],
        outline=brown,
        width=9,
    )
    draw.polygon([(722, 590), (800, 530), (782, 594), (806, 660)], outline=brown, width=9)
    draw.ellipse((458, 576, 484, 602), fill=brown)
    draw.arc((470, 530, 560, 670), -70, 70, fill=brown, width=7)
    for column in range(4):
        for row in range(3):
            x, y = 556 + column * 36, 552 + row * 36
            draw.arc((x, y, x + 36, y + 36), -80, 80, fill=brown, width=5)
    draw.line([(540, 520), (590, 478), (640, 520)], fill=brown, width=8, joint="curve")


def _dragon_jar(key: str) -> Image.Image:
    picture = still_life((236, 226, 206), (170, 130, 92))
    body = turn(
        smooth(
            [(226, 260), (214, 300), (300, 400), (356, 560), (346, 740), (270, 920), (220, 1000)]
        ),
        light=GLAZED,
    )
    random = chance(key)
    skin = Image.composite(
        Image.new("RGB", picture.size, (150, 86, 40)),
        Image.new("RGB", picture.size, (92, 48, 26)),
        noise((SIDE, SIDE), (4, 9), random),
    )
    _dragon(ImageDraw.Draw(skin))
    stand(picture, body, skin.filter(ImageFilter.GaussianBlur(1.2)))
    mouth(picture, 600, 262, 230, (168, 106, 56), (40, 24, 14), 24, 0.2)
    highlight(picture, (330, 470, 390, 700), 150)
    return finish(picture)


def _dragon(draw: ImageDraw.ImageDraw) -> None:
    """A dragon smeared on by thumb in pale slip."""
    slip = (232, 196, 122)
    body = [(330 + t * 9, 620 + 90 * math.sin(t / 9)) for t in range(62)]
    for place, (x, y) in enumerate(body):
        reach = 34 * math.sin(math.pi * (place + 6) / 74)
        draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=slip)
    for place, (x, y) in enumerate(body):
        if place % 3 == 0:
            draw.arc((x - 22, y - 26, x + 22, y + 26), 200, 330, fill=(176, 120, 60), width=4)
            draw.polygon([(x - 9, y - 32), (x, y - 58), (x + 9, y - 32)], fill=slip)
    head = body[-1]
    draw.ellipse((head[0] - 44, head[1] - 46, head[0] + 48, head[1] + 36), fill=slip)
    draw.ellipse((head[0] + 2, head[1] - 24, head[0] + 16, head[1] - 10), fill=(80, 40, 20))
    for lift in (-60, -40):
        draw.line(
            [(head[0] - 10, head[1] - 40), (head[0] - 50, head[1] + lift - 20)], fill=slip, width=9
        )
    for place in (12, 26, 44):
        x, y = body[place]
        foot = (x - 26, y + 78)
        draw.line([(x, y), (x + 12, y + 46), foot], fill=slip, width=18, joint="curve")
        for claw in (-20, 0, 20):
            draw.line([foot, (foot[0] - 16, foot[1] + 14 + claw * 0.5)], fill=slip, width=6)
    for x, y in ((360, 470), (520, 450), (690, 460), (850, 480)):
        draw.arc((x - 46, y - 22, x + 46, y + 22), 180, 360, fill=slip, width=10)
    for x in range(330, 900, 66):
        draw.arc((x, 850, x + 60, 910), 180, 360, fill=slip, width=9)


DRAWINGS: dict[str, Callable[[str], Image.Image]] = {
    "clay-celadon-bowl": _celadon_bowl,
    "clay-celadon-vase": _celadon_vase,
    "clay-rooster-bowl": _rooster_bowl,
    "clay-dankwian": _copper_vase,
    "clay-terracotta": _red_pot,
    "clay-sangkhalok": _sangkhalok_plate,
    "clay-dragon-jar": _dragon_jar,
}


def picture_keys() -> tuple[str, ...]:
    return tuple(DRAWINGS)


def draw(key: str) -> Image.Image:
    picture = DRAWINGS[key](key)
    return picture if key == "clay-celadon-vase" else closer(picture, 60)
