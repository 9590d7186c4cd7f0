"""For skin and quiet evenings: thanaka with its stone, a candle in a shell."""

from collections.abc import Callable

from PIL import Image, ImageChops, ImageDraw

from deploy.demo.drawing.pieces import lump, pile
from deploy.demo.drawing.studio import (
    LINEN,
    blur,
    cast_shadow,
    chance,
    closer,
    ellipse_mask,
    finish,
    ground,
    levels,
    noise,
    rounded_mask,
    row_gradient,
    shade,
    still_life,
)
from deploy.demo.drawing.turning import mouth, smooth, stand, turn


def _thanaka(key: str) -> Image.Image:
    """Seen from above: the wet stone, a length of the wood, a dish of the powder."""
    picture, random = ground("linen", LINEN), chance(key)
    stone = ellipse_mask(picture.size, (130, 150, 830, 850))
    cast_shadow(picture, stone, (18, 30), 24, 0.55)
    slab = shade(
        Image.new("RGB", picture.size, (150, 144, 136)),
        levels(noise(picture.size, (220, 220), random), 200, 255),
    )
    picture.paste(slab, (0, 0), stone)
    ring = ImageChops.subtract(stone, ellipse_mask(picture.size, (170, 190, 790, 810)))
    picture.paste((112, 106, 98), (0, 0), ring)
    paste = blur(ellipse_mask(picture.size, (280, 300, 690, 690)), 22)
    picture.paste((240, 222, 160), (0, 0), paste)
    draw = ImageDraw.Draw(picture)
    for step in range(7):
        reach = 60 + step * 22
        box = (485 - reach, 495 - reach, 485 + reach, 495 + reach)
        draw.arc(box, 20 + step * 40, 250 + step * 40, fill=(226, 204, 134), width=7)
    _log(picture, key)
    dish = ellipse_mask(picture.size, (720, 700, 1110, 1090))
    cast_shadow(picture, dish, (14, 22), 18, 0.5)
    picture.paste((120, 82, 52), (0, 0), dish)
    well = ellipse_mask(picture.size, (752, 732, 1078, 1058))
    picture.paste((92, 60, 38), (0, 0), well)
    powder = [lump(120, (244, 228, 172), random, 0.9, 0.1) for _ in range(3)]
    places = [(915 + dx, 895 + dy) for dx in (-70, 0, 70) for dy in (-60, 0, 60)]
    pile(picture, powder, places, random, 50)
    return finish(picture)


def _log(picture: Image.Image, key: str) -> None:
    """A hand's length of the wood, its bark rough and its cut end pale."""
    wood = rounded_mask(picture.size, (560, 190, 1120, 380), 40)
    bark = shade(
        Image.new("RGB", picture.size, (190, 152, 104)),
        levels(noise(picture.size, (70, 24), chance(key + "bark")), 140, 255),
    )
    bark = shade(bark, row_gradient(picture.size, [(0.16, 170), (0.2, 255), (0.32, 130)]))
    layer, mask = bark.rotate(-18, center=(840, 285)), wood.rotate(-18, center=(840, 285))
    cast_shadow(picture, mask, (14, 24), 18, 0.55)
    picture.paste(layer, (0, 0), mask)
    end = Image.new("L", picture.size)
    ImageDraw.Draw(end).ellipse((555, 195, 625, 375), fill=255)
    cut = Image.new("RGB", picture.size, (238, 216, 156))
    rings = ImageDraw.Draw(cut)
    for reach in (70, 52, 34, 16):
        box = (590 - reach * 0.36, 285 - reach, 590 + reach * 0.36, 285 + reach)
        rings.ellipse(box, outline=(190, 152, 98), width=4)
    picture.paste(cut.rotate(-18, center=(840, 285)), (0, 0), end.rotate(-18, center=(840, 285)))


def _candle(key: str) -> Image.Image:
    """Wax in half a coconut shell, its wick alight."""
    picture = still_life((226, 212, 190), (150, 112, 78))
    shell = turn(smooth([(380, 620), (372, 700), (320, 830), (210, 930), (130, 950)]))
    bark = shade(
        Image.new("RGB", picture.size, (112, 72, 46)),
        levels(noise(picture.size, (240, 12), chance(key)), 160, 255),
    )
    stand(picture, shell, bark)
    mouth(picture, 600, 620, 380, (92, 58, 36), (250, 240, 214), 22, 0.24)
    warm = blur(ellipse_mask(picture.size, (360, 560, 840, 690)), 24)
    picture.paste((255, 232, 170), (0, 0), warm)
    draw = ImageDraw.Draw(picture)
    draw.line([(600, 628), (603, 560)], fill=(52, 40, 34), width=9)
    halo = blur(ellipse_mask(picture.size, (380, 230, 820, 690)), 70)
    picture.paste((255, 226, 150), (0, 0), halo.point([i * 130 // 255 for i in range(256)]))
    for box, colour in (
        ((556, 340, 648, 590), (244, 150, 40)),
        ((570, 400, 634, 590), (255, 206, 90)),
        ((584, 470, 620, 586), (255, 246, 214)),
    ):
        _flame(picture, box, colour)
    _blossoms(picture, key)
    return closer(finish(picture), 60)


def _flame(picture: Image.Image, box: tuple[int, int, int, int], colour) -> None:
    x0, y0, x1, y1 = box
    middle, belly = (x0 + x1) / 2, y1 - (x1 - x0)
    mask = ellipse_mask(picture.size, (x0, belly, x1, y1))
    tip = Image.new("L", picture.size)
    half = belly + (x1 - x0) / 2
    ImageDraw.Draw(tip).polygon([(middle, y0), (x1, half), (x0, half)], fill=255)
    picture.paste(colour, (0, 0), blur(ImageChops.lighter(mask, tip), 6))


def _blossoms(picture: Image.Image, key: str) -> None:
    """A few petals fallen beside the shell."""
    random = chance(key + "petals")
    draw = ImageDraw.Draw(picture)
    for _ in range(9):
        x, y = random.choice((random.gauss(240, 60), random.gauss(960, 60))), random.gauss(1010, 30)
        draw.ellipse((x - 36, y - 8, x + 40, y + 18), fill=(120, 88, 62))
        draw.ellipse((x - 38, y - 16, x + 38, y + 10), fill=(250, 244, 228))
        draw.ellipse((x - 30, y - 8, x - 6, y + 6), fill=(244, 206, 110))


DRAWINGS: dict[str, Callable[[str], Image.Image]] = {
    "herbal-thanaka": _thanaka,
    "herbal-candle": _candle,
}


def picture_keys() -> tuple[str, ...]:
    return tuple(DRAWINGS)


def draw(key: str) -> Image.Image:
    return DRAWINGS[key](key)
