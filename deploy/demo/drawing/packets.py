"""Bags and tins: coffee, rice and tea, with a little of it spilt in front."""

from dataclasses import dataclass

from PIL import Image, ImageDraw

from deploy.demo.drawing.labels import label
from deploy.demo.drawing.studio import (
    CELADON,
    CLAY,
    LEAF,
    PLUM,
    Colour,
    chance,
    closer,
    column_gradient,
    darken,
    ellipse_mask,
    finish,
    floor_shadow,
    levels,
    lighten,
    noise,
    polygon_mask,
    shade,
    still_life,
)
from deploy.demo.drawing.turning import smooth, stand, turn

METAL = [(0, 110), (0.1, 200), (0.24, 255), (0.4, 190), (0.6, 226), (0.85, 120), (1, 150)]
OAK: Colour = (206, 168, 122)


@dataclass(frozen=True)
class Pouch:
    """A standing bag or block with a label."""

    colour: Colour
    title_th: str
    line_en: str
    note_th: str
    tint: Colour
    wall: Colour
    loose: tuple[Colour, ...]
    loose_size: int


POUCHES: dict[str, Pouch] = {
    "drink-coffee": Pouch(
        (92, 66, 48),
        "กาแฟคั่ว",
        "Roasted coffee",
        "คั่วทุกวันพุธ",
        CLAY,
        (240, 232, 216),
        ((66, 38, 24), (86, 52, 32), (50, 28, 18)),
        26,
    ),
    "food-rice": Pouch(
        (238, 232, 214),
        "ข้าวใหม่",
        "New-crop rice",
        "สีใหม่ ๑ กิโลกรัม",
        LEAF,
        (242, 236, 222),
        ((250, 246, 232), (240, 234, 214)),
        9,
    ),
    "food-rice-dark": Pouch(
        (226, 214, 222),
        "ข้าวกล้องสี",
        "Dark hill rice",
        "นาอินทรีย์ ๑ กิโลกรัม",
        PLUM,
        (238, 232, 226),
        ((70, 34, 56), (96, 44, 60), (46, 24, 38)),
        9,
    ),
}


def _pouch(key: str) -> Image.Image:
    spec = POUCHES[key]
    picture = still_life(spec.wall, OAK)
    outline = [
        (330, 190),
        (870, 190),
        (890, 300),
        (900, 940),
        (860, 1000),
        (340, 1000),
        (300, 940),
        (310, 300),
    ]
    mask = polygon_mask(picture.size, outline)
    floor_shadow(picture, (320, 960, 880, 1020), 0.55)
    random = chance(key)
    skin = shade(
        Image.new("RGB", picture.size, spec.colour),
        levels(noise(picture.size, (7, 9), random), 214, 255),
    )
    tone = column_gradient(
        picture.size, [(0.25, 120), (0.3, 220), (0.42, 255), (0.62, 236), (0.72, 170), (0.75, 110)]
    )
    picture.paste(shade(skin, tone), (0, 0), mask)
    draw = ImageDraw.Draw(picture)
    draw.line([(334, 252), (866, 252)], fill=darken(spec.colour, 0.35), width=5)
    draw.line([(334, 262), (866, 262)], fill=lighten(spec.colour, 0.3), width=3)
    paper = label((470, 420), spec.title_th, spec.line_en, spec.tint, note_th=spec.note_th)
    paper = shade(paper, column_gradient(paper.size, [(0, 200), (0.3, 255), (0.7, 246), (1, 180)]))
    picture.paste(paper, (365, 410))
    _scatter(picture, spec, random)
    return closer(finish(picture), 70)


def _scatter(picture: Image.Image, spec: Pouch, random) -> None:
    """Some of it spilt at the foot of the bag."""
    draw = ImageDraw.Draw(picture)
    count = 46 if spec.loose_size > 20 else 420
    for _ in range(count):
        x = random.gauss(300, 110) if random.random() < 0.5 else random.gauss(920, 90)
        y = random.uniform(1000, 1100)
        reach, tone = spec.loose_size * random.uniform(0.8, 1.2), random.choice(spec.loose)
        draw.ellipse(
            (x - reach + 4, y - reach * 0.3 + 5, x + reach + 5, y + reach * 0.7 + 5),
            fill=(110, 80, 54),
        )
        draw.ellipse((x - reach, y - reach * 0.6, x + reach, y + reach * 0.6), fill=tone)
        if spec.loose_size > 20:
            draw.line(
                [(x - reach * 0.7, y), (x, y + 3), (x + reach * 0.7, y - 2)],
                fill=darken(tone, 0.5),
                width=4,
            )
        draw.arc(
            (x - reach, y - reach * 0.6, x + reach, y + reach * 0.6),
            190,
            280,
            fill=lighten(tone, 0.4),
            width=2,
        )


def _tea_tin(key: str) -> Image.Image:
    picture = still_life((238, 236, 224), (186, 148, 108))
    body = turn([(250, 420), (250, 960), (244, 972)], light=METAL, flatten=0.12)
    stand(picture, body, (52, 96, 88))
    lid = turn([(258, 280), (258, 420)], light=METAL, flatten=0.12)
    picture.paste(shade(Image.new("RGB", picture.size, (44, 84, 78)), lid.light), (0, 0), lid.mask)
    picture.paste((92, 136, 124), (0, 0), ellipse_mask(picture.size, (342, 248, 858, 312)))
    knob = turn(smooth([(20, 206), (40, 232), (22, 268), (24, 284)]))
    picture.paste(
        shade(Image.new("RGB", picture.size, (186, 140, 70)), knob.light), (0, 0), knob.mask
    )
    paper = label((440, 360), "ใบชา", "Leaf tea", CELADON, note_th="เก็บด้วยมือ")
    tone = column_gradient(paper.size, [(0, 140), (0.2, 232), (0.35, 255), (0.7, 220), (1, 130)])
    picture.paste(shade(paper, tone), (380, 510))
    _leaves(picture, key)
    return closer(finish(picture), 70)


def _leaves(picture: Image.Image, key: str) -> None:
    draw, random = ImageDraw.Draw(picture), chance(key)
    for _ in range(60):
        x, y = random.gauss(880, 90), random.uniform(1010, 1100)
        length, lean = random.uniform(14, 34), random.uniform(-12, 12)
        draw.line(
            [(x, y), (x + length * 0.5, y + lean), (x + length, y + lean * 0.3)],
            fill=random.choice(((40, 52, 38), (66, 76, 46), (30, 40, 32))),
            width=6,
            joint="curve",
        )


def picture_keys() -> tuple[str, ...]:
    return (*POUCHES, "drink-tea-tin")


def draw(key: str) -> Image.Image:
    return _pouch(key) if key in POUCHES else _tea_tin(key)
