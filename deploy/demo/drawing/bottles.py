"""Labelled glass: juices, honey, chilli pastes, oils, shampoo."""

from dataclasses import dataclass

from PIL import Image, ImageDraw

from deploy.demo.drawing.labels import label
from deploy.demo.drawing.studio import (
    CELADON,
    CLAY,
    GOLD,
    INDIGO,
    LAC,
    LEAF,
    PLUM,
    SIDE,
    Colour,
    Point,
    blur,
    cast_shadow,
    chance,
    closer,
    column_gradient,
    darken,
    ellipse_mask,
    finish,
    lighten,
    mix,
    noise,
    rounded_mask,
    row_gradient,
    shade,
    still_life,
)
from deploy.demo.drawing.turning import Body, highlight, smooth, stand, turn

GLASS = [
    (0, 120),
    (0.05, 214),
    (0.16, 250),
    (0.3, 255),
    (0.6, 238),
    (0.84, 190),
    (0.95, 130),
    (1, 180),
]
METAL = [(0, 110), (0.1, 200), (0.24, 255), (0.4, 190), (0.6, 226), (0.85, 120), (1, 150)]
OAK: Colour = (206, 168, 122)


@dataclass(frozen=True)
class Jar:
    """A jar or bottle of something: profile of the glass, colours, label and closure."""

    profile: tuple[Point, ...]
    filling: Colour
    grain: int
    label_box: tuple[int, int, int, int]
    title_th: str
    line_en: str
    note_th: str
    tint: Colour
    cap: Colour
    cap_box: tuple[int, int, int, int]
    wall: Colour = (245, 238, 224)
    table: Colour = OAK


SQUAT = ((300, 400), (330, 450), (334, 520), (334, 880), (316, 960), (300, 980))
TALL = ((88, 230), (92, 340), (190, 450), (206, 520), (206, 900), (196, 990), (186, 1004))
FLASK = ((70, 270), (74, 350), (150, 430), (168, 500), (168, 900), (160, 986), (150, 1000))
CHILLI_BOX = (330, 560, 870, 860)

JARS: dict[str, Jar] = {
    "food-chilli-red": Jar(
        SQUAT,
        (168, 44, 26),
        46,
        CHILLI_BOX,
        "พริกตำมือ",
        "Hand-pounded chilli",
        "ตำครก คั่วแห้ง",
        LAC,
        (196, 158, 96),
        (300, 316, 900, 430),
    ),
    "food-chilli-green": Jar(
        SQUAT,
        (112, 138, 58),
        40,
        CHILLI_BOX,
        "น้ำพริกหนุ่ม",
        "Roasted green chilli",
        "ย่างเตาถ่าน",
        LEAF,
        (196, 158, 96),
        (300, 316, 900, 430),
        (242, 238, 222),
    ),
    "food-chilli-dark": Jar(
        SQUAT,
        (86, 48, 28),
        46,
        CHILLI_BOX,
        "หมักบ้านเรา",
        "Village ferment",
        "หมักครบปี",
        CLAY,
        (52, 46, 42),
        (300, 316, 900, 430),
        (242, 232, 216),
    ),
    "food-shrimp-paste": Jar(
        SQUAT,
        (112, 66, 78),
        26,
        CHILLI_BOX,
        "กะปิเคย",
        "Krill shrimp paste",
        "หมักไห ๕ เดือน",
        PLUM,
        (214, 178, 116),
        (300, 316, 900, 430),
        (240, 236, 228),
    ),
    "food-honey": Jar(
        SQUAT,
        (214, 136, 30),
        10,
        CHILLI_BOX,
        "น้ำผึ้ง",
        "Raw honey",
        "กรองเย็น ปีละครั้ง",
        GOLD,
        (178, 132, 70),
        (300, 316, 900, 430),
        (248, 240, 222),
        (196, 154, 108),
    ),
    "drink-bottle-purple": Jar(
        TALL,
        (78, 20, 56),
        8,
        (396, 590, 804, 860),
        "น้ำหมากเม่า",
        "Mao berry juice",
        "ไม่หมัก ไม่มีแอลกอฮอล์",
        PLUM,
        (44, 36, 40),
        (502, 150, 698, 262),
    ),
    "drink-bottle-orange": Jar(
        TALL,
        (226, 144, 30),
        14,
        (396, 590, 804, 860),
        "น้ำผลไม้",
        "Pressed fruit juice",
        "คั้นสดทุกวัน",
        (170, 84, 20),
        (240, 236, 226),
        (502, 150, 698, 262),
        (246, 240, 224),
    ),
    "drink-infusion-jar": Jar(
        SQUAT,
        (176, 120, 70),
        60,
        CHILLI_BOX,
        "สมุนไพรชง",
        "Herbal infusion",
        "อบลมร้อนต่ำ",
        CELADON,
        (206, 170, 112),
        (300, 316, 900, 430),
        (240, 238, 226),
    ),
    "herbal-scrub": Jar(
        SQUAT,
        (214, 172, 108),
        50,
        CHILLI_BOX,
        "สครับขัดผิว",
        "Skin scrub",
        "เกลือกับสมุนไพร",
        LEAF,
        (232, 226, 212),
        (300, 316, 900, 430),
        (236, 238, 228),
    ),
    "herbal-oil": Jar(
        FLASK,
        (128, 70, 20),
        8,
        (434, 590, 766, 850),
        "สมุนไพรบ้าน",
        "Village herbs",
        "เคี่ยวไฟอ่อน",
        LEAF,
        (40, 36, 34),
        (516, 170, 684, 292),
        (238, 236, 222),
        (180, 142, 102),
    ),
    "herbal-shampoo": Jar(
        FLASK,
        (84, 96, 52),
        10,
        (434, 560, 766, 850),
        "แชมพูสมุนไพร",
        "Herbal shampoo",
        "น้ำสมุนไพรสด",
        INDIGO,
        (236, 230, 216),
        (516, 170, 684, 292),
        (236, 240, 226),
        (202, 172, 132),
    ),
}


def _jar(key: str) -> Image.Image:
    spec = JARS[key]
    picture = still_life(spec.wall, spec.table)
    body = turn(smooth(list(spec.profile)), light=GLASS, flatten=0.1)
    stand(picture, body, _filling(spec, key), 0.45)
    if key == "drink-infusion-jar":
        _dried_petals(picture, body, key)
    _shoulder(picture, spec)
    _cap(picture, spec)
    left = 600 - max(body.rows.values())
    highlight(picture, (left + 34, 470, left + 62, 900), 150)
    highlight(picture, (600 + (600 - left) - 46, 520, 600 + (600 - left) - 34, 860), 90)
    _label(picture, spec)
    return closer(finish(picture), 70)


def _filling(spec: Jar, key: str) -> Image.Image:
    """What is in the jar, seen through glass: flecks for pastes, a glow for honey and juice."""
    random = chance(key)
    light, dark = lighten(spec.filling, 0.18), darken(spec.filling, 0.22)
    cells = 150 if spec.grain > 20 else 6
    grain = noise((SIDE, SIDE), (cells, cells), random)
    filling = Image.composite(
        Image.new("RGB", (SIDE, SIDE), light), Image.new("RGB", (SIDE, SIDE), dark), grain
    )
    draw = ImageDraw.Draw(filling)
    for _ in range(spec.grain * 16 if spec.grain > 20 else 0):
        x, y, reach = random.randrange(SIDE), random.randrange(SIDE), random.uniform(3, 11)
        tone = random.choice(
            (lighten(light, 0.4), darken(dark, 0.35), mix(light, (240, 190, 80), 0.4))
        )
        draw.ellipse((x - reach, y - reach * 0.6, x + reach, y + reach * 0.6), fill=tone)
    if spec.grain <= 20:
        heart = blur(ellipse_mask((SIDE, SIDE), (420, 480, 700, 1010)), 60)
        filling.paste(
            lighten(spec.filling, 0.42), (0, 0), heart.point([i // 2 for i in range(256)])
        )
    return filling


def _dried_petals(picture: Image.Image, body: Body, key: str) -> None:
    random = chance(key)
    layer = picture.copy()
    draw = ImageDraw.Draw(layer)
    tones = ((60, 70, 140), (150, 60, 60), (206, 170, 90), (96, 110, 60), (230, 210, 170))
    for _ in range(520):
        x, y = random.randint(270, 930), random.randint(430, 1000)
        reach, lean = random.uniform(10, 28), random.uniform(-14, 14)
        tone = random.choice(tones)
        draw.polygon(
            [
                (x - reach, y),
                (x, y - reach * 0.4 + lean),
                (x + reach, y),
                (x, y + reach * 0.4 + lean),
            ],
            fill=tone,
            outline=darken(tone, 0.3),
        )
    picture.paste(shade(layer, body.light), (0, 0), body.mask)


def _shoulder(picture: Image.Image, spec: Jar) -> None:
    """Air above the filling: clear glass at the neck."""
    top = spec.profile[0][1]
    depth = 60 if spec.profile is SQUAT else 110
    air = row_gradient(
        picture.size,
        [
            ((top - 2) / SIDE, 150),
            ((top + depth) / SIDE, 120),
            ((top + depth + 6) / SIDE, 0),
            (1, 0),
        ],
    )
    radius = spec.profile[1][0] - 6
    area = rounded_mask(picture.size, (600 - radius, top, 600 + radius, top + depth + 12), 20)
    picture.paste((244, 242, 232), (0, 0), Image.composite(air, Image.new("L", picture.size), area))


def _label(picture: Image.Image, spec: Jar) -> None:
    x0, y0, x1, y1 = spec.label_box
    paper = label((x1 - x0, y1 - y0), spec.title_th, spec.line_en, spec.tint, note_th=spec.note_th)
    tone = column_gradient(paper.size, [(0, 150), (0.12, 226), (0.35, 255), (0.7, 240), (1, 150)])
    paper = shade(paper, tone)
    mask = Image.new("L", picture.size)
    mask.paste(255, (x0, y0, x1, y1))
    cast_shadow(picture, mask, (2, 5), 5, 0.35)
    picture.paste(paper, (x0, y0))


def _cap(picture: Image.Image, spec: Jar) -> None:
    x0, y0, x1, y1 = spec.cap_box
    cap = turn([((x1 - x0) / 2, y0), ((x1 - x0) / 2, y1)], light=METAL, flatten=0.06)
    skin = Image.new("RGB", picture.size, spec.cap)
    draw = ImageDraw.Draw(skin)
    for x in range(x0, x1, 14):
        draw.line((x, y0 + 34, x, y1), fill=darken(spec.cap, 0.14), width=3)
    picture.paste(shade(skin, cap.light), (0, 0), cap.mask)
    top = ellipse_mask(picture.size, (x0, y0 - (x1 - x0) * 0.07, x1, y0 + (x1 - x0) * 0.07))
    picture.paste(lighten(spec.cap, 0.2), (0, 0), top)


def picture_keys() -> tuple[str, ...]:
    return tuple(JARS)


def draw(key: str) -> Image.Image:
    return _jar(key)
