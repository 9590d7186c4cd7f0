"""Fired clay: celadon, rooster ware, copper clay, red clay, sangkhalok, dragon jars."""

from functools import partial

from deploy.demo.vocabulary.archetypes import POTTERY_CARE, archetype, choices, v

_home = partial(archetype, "household")

_SIZES = choices(("เล็ก", "Small"), ("กลาง", "Medium", "1.5", "1.6"), ("ใหญ่", "Large", "2.2", "2.6"))

CLAY = (
    _home(
        "celadon",
        "pottery",
        title=("{v}ศิลาดล", "Celadon {v}"),
        text=(
            "เคลือบขี้เถ้าไม้กับดินหน้านา เผาฟืน 1,260 องศาจนรานละเอียดเหมือนน้ำแข็ง สีเขียวไม่ซ้ำกันสักเตา",
            "Wood-ash and paddy-clay glaze, fired to 1,260 degrees until it crackles like ice. "
            "Each kiln gives its own green.",
        ),
        materials=("ดินขาว เคลือบขี้เถ้า", "Stoneware, ash glaze"),
        technique=("ขึ้นแป้น เผาฟืน", "Thrown, wood fired"),
        care=POTTERY_CARE,
        price_baht=(180, 2900),
        grams=650,
        variants=(
            v(
                "ถ้วยชาคู่",
                "tea cup pair",
                "ขอบบาง จับพอดีอุ้งมือ",
                "Thin-lipped, palm-sized.",
                "clay-celadon-bowl",
            ),
            v(
                "ชามกลีบบัว",
                "lotus bowl",
                "แกะกลีบรอบนอก",
                "Petals cut outside.",
                "clay-celadon-bowl",
            ),
            v(
                "แจกันคอยาว",
                "long-neck vase",
                "ใส่ดอกเดียวสวย",
                "For a single stem.",
                "clay-celadon-vase",
            ),
            v(
                "จานปลาคู่",
                "twin-fish plate",
                "ปลานูนใต้เคลือบ",
                "Fish under the glaze.",
                "clay-celadon-bowl",
            ),
            v(
                "โคมเทียนฉลุ",
                "pierced candle lamp",
                "เจาะมือทีละรู",
                "Pierced by hand.",
                "clay-celadon-vase",
            ),
        ),
        pictures=("clay-celadon-bowl",),
        regions=("N",),
        axis="size",
        options=_SIZES,
        certificates=("tcps",),
    ),
    _home(
        "rooster_ware",
        "pottery",
        title=("{v}ลายไก่", "Rooster ware, {v}"),
        text=(
            "ดินขาวลำปางขึ้นรูปด้วยใบมีด วาดไก่ดอกโบตั๋นใต้เคลือบด้วยพู่กันสามแปรง ใช้กับไมโครเวฟได้",
            "Lampang white clay, jiggered and painted under glaze with rooster and peony in three "
            "strokes. Microwave safe.",
        ),
        materials=("ดินขาว สีใต้เคลือบ", "White clay, underglaze colour"),
        technique=("วาดมือใต้เคลือบ", "Hand-painted underglaze"),
        care=POTTERY_CARE,
        price_baht=(39, 450),
        grams=420,
        variants=(
            v(
                "ชามก๋วยเตี๋ยว",
                "noodle bowl",
                "ปากแปดเหลี่ยมแบบเดิม",
                "The old eight-sided lip.",
            ),
            v("ถ้วยกาแฟ", "coffee mug", "หูจับใหญ่", "A generous handle."),
            v("จานข้าว", "dinner plate", "กว้าง 22 ซม.", "22 cm across."),
            v("ชุดช้อนหกคัน", "six spoons", "คละลายดอก", "Assorted flowers."),
            v("กระปุกออมสินเซรามิก", "rooster bank", "ปั้นมือทาสี", "Hand modelled."),
        ),
        pictures=("clay-rooster-bowl",),
        regions=("N",),
        axis="pack",
        options=choices(("1 ใบ", "1 piece"), ("4 ใบ", "Set of 4", "3.8", "4")),
        certificates=("tcps", "gi"),
    ),
    _home(
        "copper_clay",
        "pottery",
        title=("{v}ดินเผาด่าน", "Dan clay {v}"),
        text=(
            "ดินริมมูลเหล็กสูง ขัดผิวด้วยหินน้ำ เผาแกร่งจนขึ้นเงาทองแดงเอง ไม่เคลือบ วางนอกบ้านได้",
            "Iron-rich river clay burnished with pebbles and fired to a copper sheen, unglazed, "
            "and happy outdoors.",
        ),
        materials=("ดินแม่น้ำมูล", "Mun river clay"),
        technique=("ขึ้นแป้น ขัดหิน เผาสูง", "Thrown, burnished, high fired"),
        care=POTTERY_CARE,
        price_baht=(150, 1890),
        grams=1800,
        variants=(
            v("แจกันทรงน้ำเต้า", "gourd vase", "เส้นขูดรอบคอ", "Combed at the neck."),
            v("โคมไฟสวน", "garden lamp", "ฉลุลายใบไม้", "Leaf cut-outs."),
            v("อ่างบัว", "lotus basin", "ลึกพอปลูกบัวแคระ", "Deep enough for dwarf lotus."),
            v("กระถางกล้วยไม้", "orchid pot", "เจาะข้างระบายอากาศ", "Pierced for air."),
            v("นกฮูกเฝ้าบ้าน", "owl", "ตาไม่เท่ากันทุกตัว", "No two look alike."),
        ),
        pictures=("clay-dankwian",),
        regions=("NE",),
        axis="size",
        options=_SIZES,
        certificates=("tcps", "gi"),
    ),
    _home(
        "red_clay",
        "pottery",
        title=("{v}ดินแดง", "Red clay {v}"),
        text=(
            "ปั้นด้วยการเดินรอบแท่น ตีด้วยไม้ลาย เผาฟางกลางแจ้ง น้ำซึมผ่านผิวจึงเย็นเองโดยไม่ต้องแช่",
            "Shaped by walking round the stand, beaten with a carved paddle and straw fired. "
            "It sweats, so water cools itself.",
        ),
        materials=("ดินเหนียวแดง", "Red earthenware"),
        technique=("เดินปั้น ตีลาย เผาฟาง", "Walk-built, paddled, straw fired"),
        care=POTTERY_CARE,
        price_baht=(89, 690),
        grams=1600,
        variants=(
            v("หม้อกรันน้ำเย็น", "water cooler", "ฝาครอบกะลา", "With a shell lid."),
            v("เตาอั้งโล่จิ๋ว", "small brazier", "ประหยัดถ่าน", "Thrifty with coal."),
            v("หม้อแกงฝาปิด", "lidded curry pot", "ตั้งไฟได้", "Goes on the fire."),
            v("กระถางแขวน", "hanging planter", "เจาะสามรู", "Three holes."),
        ),
        pictures=("clay-terracotta",),
        regions=("C",),
        axis="size",
        options=_SIZES,
        certificates=("tcps",),
    ),
    _home(
        "sangkhalok",
        "pottery",
        title=("{v}สังคโลก", "Sangkhalok {v}"),
        text=(
            "เขียนสีน้ำตาลเหล็กใต้เคลือบใสตามเศษชามโบราณที่ไถเจอในนา ปลากาหนึ่งตัวใช้เจ็ดเส้น",
            "Iron-brown brushwork under clear glaze, after shards ploughed up in the paddies. "
            "A fish takes seven strokes.",
        ),
        materials=("ดินสโตนแวร์ สีเหล็ก", "Stoneware, iron pigment"),
        technique=("เขียนใต้เคลือบ", "Underglaze brushwork"),
        care=POTTERY_CARE,
        price_baht=(190, 2400),
        grams=780,
        variants=(
            v("จานปลากา", "fish plate", "ปลาอยู่กลางวงคลื่น", "A fish among waves."),
            v(
                "ชามดอกเบญจมาศ",
                "chrysanthemum bowl",
                "ดอกเดียวกลางก้น",
                "One bloom at the foot.",
            ),
            v("กระปุกฝาลูกพลับ", "persimmon jar", "ใส่เครื่องประดับ", "For small jewels."),
            v(
                "ตุ๊กตาเสียกบาล",
                "small figure",
                "ปั้นมือแบบเก่า",
                "Hand pinched, the old way.",
            ),
        ),
        pictures=("clay-sangkhalok",),
        regions=("C",),
        stock="made_to_order",
        days=21,
        axis="size",
        options=_SIZES,
        certificates=("tcps", "gi"),
    ),
    _home(
        "dragon_jar",
        "pottery",
        title=("โอ่งมังกร{v}", "Dragon jar, {v}"),
        text=(
            "ขึ้นรูปสามท่อนต่อกัน ปาดดินขาวเป็นมังกรด้วยหัวแม่มือ เคลือบน้ำตาลมูลเถ้า เผาเตามังกรสองวัน",
            "Thrown in three joined rings, a dragon smeared in white slip by thumb, ash glazed "
            "and "
            "two days in the long kiln.",
        ),
        materials=("ดินราชบุรี ดินขาว เคลือบขี้เถ้า", "Ratchaburi clay, slip, ash glaze"),
        technique=("ต่อสามท่อน เขียนมือ", "Joined rings, thumb-drawn slip"),
        care=POTTERY_CARE,
        price_baht=(290, 3900),
        grams=4200,
        variants=(
            v("ทรงเดิม", "classic", "มังกรห้าเล็บ", "A five-clawed dragon."),
            v("ใบเล็กใส่ร่ม", "umbrella stand", "สูง 45 ซม.", "45 cm high."),
            v("ดอกบัวแทนมังกร", "with lotus", "สำหรับสวนเล็ก", "For small gardens."),
            v("กระปุกเกลือ", "salt crock", "ฝาไม้สัก", "Teak lid."),
        ),
        pictures=("clay-dragon-jar",),
        regions=("W",),
        axis="size",
        options=_SIZES,
        certificates=("tcps", "gi"),
    ),
)
