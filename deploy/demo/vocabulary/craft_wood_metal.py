"""Wood, silver, brass and mulberry paper."""

from functools import partial

from deploy.demo.vocabulary.archetypes import METAL_CARE, WOOD_CARE, archetype, choices, v

_home = partial(archetype, "household")

_SIZES = choices(("เล็ก", "Small"), ("กลาง", "Medium", "1.5", "1.6"), ("ใหญ่", "Large", "2.2", "2.6"))

WOOD_AND_METAL = (
    _home(
        "teak_panel",
        "wood",
        title=("ไม้แกะสลัก{v}", "Carved {v}"),
        text=(
            "ไม้สักเก่าจากบ้านรื้อ มีใบรับรองที่มา แกะนูนสามชั้นด้วยสิ่วสิบสองเล่ม ขัดขี้ผึ้งไม่ทาสี",
            "Teak reclaimed from old houses with papers, carved in three planes with twelve "
            "chisels and waxed, not painted.",
        ),
        materials=("ไม้สักเก่า ขี้ผึ้ง", "Reclaimed teak, beeswax"),
        technique=("แกะนูนสามชั้น", "Three-plane relief"),
        care=WOOD_CARE,
        price_baht=(450, 12500),
        grams=2600,
        variants=(
            v(
                "แผงดอกพุดตาน",
                "peony panel",
                "ใบพลิกเห็นหลัง",
                "Leaves that turn over.",
                "craft-wood-panel",
            ),
            v(
                "ช้างคู่เดินทาง",
                "pair of elephants",
                "งาทำจากไม้ขาว",
                "Tusks of pale wood.",
                "craft-wood-panel",
            ),
            v(
                "ถาดใบบัว",
                "lotus-leaf tray",
                "เส้นใบเห็นชัด",
                "With every vein.",
                "craft-wood-tray",
            ),
            v(
                "กรอบกระจก",
                "mirror frame",
                "ลายเครือเถา",
                "Vines all round.",
                "craft-wood-panel",
            ),
            v(
                "ชามไม้ก้ามปู",
                "rain-tree bowl",
                "ลายไม้สองสี",
                "Two-tone grain.",
                "craft-wood-tray",
            ),
        ),
        pictures=("craft-wood-panel",),
        regions=("N",),
        stock="made_to_order",
        days=30,
        axis="size",
        options=_SIZES,
        certificates=("tcps",),
    ),
    _home(
        "silver_bracelet",
        "metal",
        title=("กำไลเงิน{v}", "Silver bracelet, {v}"),
        text=(
            "เงินร้อยละ 96 ขึ้นไป ตีเย็นสลับเผา ตอกลายจากด้านในด้วยสิ่วทำเอง ปรับขนาดได้สองเบอร์",
            "Silver of 96 per cent or more, hammered and annealed, chased from inside with "
            "home-made punches. Opens two sizes.",
        ),
        materials=("เงิน 96%", "96% silver"),
        technique=("ตีขึ้นรูป ตอกลาย", "Hammering, chasing"),
        care=METAL_CARE,
        price_baht=(890, 4900),
        grams=60,
        variants=(
            v(
                "ลายน้ำไหล",
                "flowing water",
                "คลื่นเดียวกับผ้า",
                "The wave of the cloth.",
                "",
                ("N",),
            ),
            v("เกลียวสามเส้น", "three-strand twist", "บิดด้วยมือ", "Twisted by hand."),
            v("ดอกพิกุล", "star flower", "ตอกสี่สิบดอก", "Forty flowers."),
            v("ก้านแข็งเรียบ", "plain cuff", "รอยค้อนคงไว้", "Hammer marks kept."),
            v(
                "ลายตะเกา",
                "takao scroll",
                "ลวดขดเม็ดไข่ปลา",
                "Coils and granules.",
                "",
                ("NE",),
            ),
        ),
        pictures=("craft-silver-bracelet",),
        regions=("N", "NE", "C"),
        axis="size",
        options=choices(
            ("เบอร์ 5.5 ซม.", "5.5 cm"),
            ("เบอร์ 6 ซม.", "6 cm", "1.05"),
            ("เบอร์ 6.5 ซม.", "6.5 cm", "1.1"),
        ),
        certificates=("tcps",),
    ),
    _home(
        "silver_beads",
        "metal",
        title=("{v}เงินประคำ", "Silver bead {v}"),
        text=(
            "ตีแผ่นเงินบางหุ้มครั่ง ตอกลายเก้าแบบ เบาและมีเสียงเมื่อเขย่า งานเจ็ดชั่วคนของเมืองสุรินทร์",
            "Thin silver closed over lac and punched in nine patterns; light, and it rings. "
            "Seven generations of Surin work.",
        ),
        materials=("เงิน ครั่ง", "Silver, lac"),
        technique=("หุ้มครั่ง ตอกลาย", "Lac-filled, punched"),
        care=METAL_CARE,
        price_baht=(490, 5900),
        grams=70,
        variants=(
            v("สร้อยคอ", "necklace", "ไล่ขนาดเม็ด", "Graduated."),
            v("ต่างหูตะเกา", "takao earrings", "ซ้อนสามชั้น", "Three tiers."),
            v("สร้อยข้อมือ", "bracelet", "ร้อยด้ายย้อมคราม", "On indigo thread."),
            v("แหวนดอกบัว", "lotus ring", "ปรับได้", "Adjustable."),
        ),
        pictures=("craft-silver-beads",),
        regions=("NE",),
        stock="one_piece",
        certificates=("tcps", "gi"),
    ),
    _home(
        "brass_bell",
        "metal",
        title=("{v}ทองเหลือง", "Cast brass {v}"),
        text=(
            "พันเส้นขี้ผึ้งรอบหุ่นดิน พอกดินโพน เผาไล่ขี้ผึ้งแล้วเทโลหะ ทุบพิมพ์ทิ้ง แต่ละชิ้นจึงมีใบเดียว",
            "Wax thread wound on a clay core, cased in anthill earth, fired out, poured and "
            "broken "
            "open: one mould, one piece.",
        ),
        materials=("ทองเหลือง", "Brass"),
        technique=("หล่อขี้ผึ้งหาย", "Lost wax"),
        care=METAL_CARE,
        price_baht=(120, 1900),
        grams=520,
        variants=(
            v("กระดิ่งวัว", "cow bell", "เสียงไกลหนึ่งทุ่ง", "Carries a whole field."),
            v("กระพรวนพวง", "cluster bells", "แขวนประตู", "For a door."),
            v("เชี่ยนหมากจิ๋ว", "small betel set", "ใส่เครื่องประดับ", "For trinkets."),
            v("ขันลงหิน", "temple bowl", "เสียงก้องยาว", "A long note."),
        ),
        pictures=("craft-brass-bells",),
        regions=("NE",),
        axis="size",
        options=_SIZES,
        certificates=("tcps",),
    ),
    _home(
        "saa_umbrella",
        "paper",
        title=("ร่มกระดาษสา{v}", "Mulberry paper umbrella, {v}"),
        text=(
            "โครงไผ่สามสิบสองซี่เหลามือ ปิดกระดาษสาสามชั้นด้วยยางตะโก ทาน้ำมันมะพอกกันฝนปรอย",
            "Thirty-two whittled ribs, three layers of mulberry paper set with persimmon gum and "
            "oiled against light rain.",
        ),
        materials=("กระดาษสา ไม้ไผ่ น้ำมันพืช", "Mulberry paper, bamboo, plant oil"),
        technique=("ปิดกระดาษ วาดมือ", "Papering, hand painting"),
        care=("ตากให้แห้งก่อนหุบ เก็บพ้นแดดจัด", "Dry before closing; keep from hard sun."),
        price_baht=(190, 890),
        grams=520,
        variants=(
            v(
                "สีแดงชาด",
                "vermilion",
                "สีงานบุญ",
                "The festival red.",
                "craft-umbrella-red",
            ),
            v(
                "สีครามลายนกกระยาง",
                "indigo with egrets",
                "วาดนกสามตัว",
                "Three birds.",
                "craft-umbrella-blue",
            ),
            v(
                "ดอกบ๊วยขาว",
                "white plum",
                "กิ่งเดียว",
                "A single branch.",
                "craft-umbrella-red",
            ),
            v(
                "กันแดดระเบียง",
                "veranda shade",
                "กว้างสองเมตร สั่งทำ",
                "Two metres wide.",
                "craft-umbrella-blue",
            ),
        ),
        pictures=("craft-umbrella-red",),
        regions=("N",),
        axis="size",
        options=choices(("กว้าง 60 ซม.", "60 cm wide"), ("กว้าง 85 ซม.", "85 cm wide", "1.5", "1.5")),
        certificates=("tcps",),
    ),
    _home(
        "saa_paper",
        "paper",
        title=("{v}กระดาษสา", "Mulberry paper {v}"),
        text=(
            "ต้มเปลือกสาด้วยน้ำขี้เถ้า ทุบด้วยค้อนไม้ ช้อนแผ่นในบ่อแล้วตากแดดทั้งตะแกรง แทรกใบไม้จริง",
            "Bark boiled in ash water, beaten with mallets, lifted sheet by sheet and sunned on "
            "the "
            "screen with real leaves.",
        ),
        materials=("เปลือกปอสา", "Mulberry bark"),
        technique=("ช้อนแผ่น ตากแดด", "Sheet forming, sun drying"),
        care=("เก็บที่แห้ง", "Keep dry."),
        price_baht=(45, 390),
        grams=220,
        variants=(
            v("สมุดบันทึก", "notebook", "เย็บกี่แปดสิบหน้า", "Sewn, eighty pages."),
            v("โคมแขวน", "lantern", "พับส่งได้", "Folds flat."),
            v("การ์ดดอกไม้", "flower cards", "สิบใบพร้อมซอง", "Ten with envelopes."),
            v("อัลบั้มภาพ", "photo album", "ปกไผ่", "Bamboo cover."),
        ),
        pictures=("craft-saa-notebook",),
        regions=("N",),
        axis="colour",
        options=choices(("ขาวธรรมชาติ", "Natural"), ("คราม", "Indigo"), ("ดาวเรือง", "Marigold")),
        certificates=("tcps",),
    ),
)
