"""How the craft modules write an archetype: every text is a pair (Thai, English)."""

from deploy.demo.vocabulary.shapes import REGIONS, Archetype, Choice, Variant

Pair = tuple[str, str]

SILK_CARE = (
    "ซักมือด้วยน้ำเย็นกับสบู่อ่อน ไม่บิด ตากในร่ม รีดไฟอ่อนด้านใน",
    "Hand wash cold with mild soap, do not wring, dry in shade, iron inside out.",
)
COTTON_CARE = (
    "ซักมือแยกสีสองครั้งแรก ตากในร่มลมโกรก",
    "Wash by hand and apart the first two times; dry in moving shade.",
)
DRY_FOOD_CARE = (
    "เก็บในที่แห้งและเย็น เปิดแล้วปิดปากถุงให้สนิท กินให้หมดภายในสองสัปดาห์",
    "Keep dry and cool; once open, seal and finish within two weeks.",
)
JAR_CARE = (
    "เก็บนอกตู้เย็นได้ก่อนเปิด เปิดแล้วแช่เย็นและใช้ช้อนแห้งตัก",
    "Keeps on the shelf unopened; once open, chill and use a dry spoon.",
)
DRINK_CARE = (
    "เก็บให้พ้นแดดและความชื้น ปิดซองให้สนิททุกครั้ง",
    "Keep from sun and damp; close the pack after each use.",
)
BASKET_CARE = (
    "ปัดฝุ่นด้วยแปรงนุ่ม เปียกแล้วผึ่งลมให้แห้ง อย่าเก็บในถุงพลาสติก",
    "Brush off dust, air if damp, and never store in plastic.",
)
POTTERY_CARE = (
    "ล้างมือด้วยฟองน้ำนุ่ม เลี่ยงการเปลี่ยนร้อนเย็นทันที",
    "Wash with a soft sponge and avoid sudden heat or cold.",
)
WOOD_CARE = (
    "เช็ดด้วยผ้าแห้ง ทาน้ำมันธรรมชาติปีละสองครั้ง ไม่แช่น้ำ",
    "Wipe dry, oil twice a year, and do not soak.",
)
METAL_CARE = (
    "เช็ดด้วยผ้านุ่ม หมองเมื่อไรขัดด้วยผงมะขามหรือผ้าขัดเงิน",
    "Wipe with soft cloth; brighten with tamarind or a silver cloth.",
)
SKIN_CARE = (
    "ใช้ภายนอกเท่านั้น ทดลองที่ท้องแขนก่อน เก็บให้พ้นแดด",
    "For the skin only. Try a little on the forearm first; keep from sun.",
)


def v(
    th: str,
    en: str,
    note_th: str,
    note_en: str,
    picture: str = "",
    regions: tuple[str, ...] = (),
) -> Variant:
    return Variant(th, en, note_th, note_en, picture, regions)


def choices(*rows: tuple[str, ...]) -> tuple[Choice, ...]:
    """Rows of Thai, English and, if they differ from one, price and weight factors."""
    return tuple(Choice(*row) for row in rows)


def archetype(
    otop_type: str,
    key: str,
    shelf: str,
    *,
    title: Pair,
    text: Pair,
    materials: Pair,
    technique: Pair,
    care: Pair,
    price_baht: tuple[int, int],
    grams: int,
    variants: tuple[Variant, ...],
    pictures: tuple[str, ...],
    regions: tuple[str, ...] = REGIONS,
    stock: str = "in_stock",
    days: int = 0,
    months: tuple[int, ...] = (),
    axis: str = "",
    options: tuple[Choice, ...] = (),
    certificates: tuple[str, ...] = (),
    pieces: tuple[str, ...] = (),
) -> Archetype:
    """An archetype on the shelf `<type>-<shelf>`; titles hold `{v}` where the variant goes."""
    texts = {"title": title, "text": text, "materials": materials, "technique": technique}
    return Archetype(
        key=key,
        otop_type=otop_type,
        category=f"{otop_type}-{shelf}",
        **_in_both_languages(texts | {"care": care}),
        price_baht=price_baht,
        weight_grams=grams,
        variants=variants,
        pictures=pictures,
        regions=regions,
        stock=stock,
        days=days,
        months=months,
        axis=axis,
        choices=options,
        certificates=certificates,
        piece_pictures=pieces,
    )


def _in_both_languages(texts: dict[str, Pair]) -> dict[str, str]:
    languages = ("th", "en")
    return {
        f"{name}_{language}": pair[place]
        for name, pair in texts.items()
        for place, language in enumerate(languages)
    }
