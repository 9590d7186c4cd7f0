"""Things plaited and tied: baskets, mats, hats, brooms and palm-leaf fish."""

from functools import partial

from deploy.demo.vocabulary.archetypes import BASKET_CARE, archetype, choices, v

_home = partial(archetype, "household")

_SIZES = choices(("เล็ก", "Small"), ("กลาง", "Medium", "1.4", "1.5"), ("ใหญ่", "Large", "1.9", "2.2"))

BASKETS = (
    _home(
        "bamboo_basket",
        "basketry",
        title=("{v}", "Bamboo {v}"),
        text=(
            "ไผ่สีสุกอายุสามปี จักตอกสองหน้า รมควันฟางกันมอด ขอบถักหวายคู่ รับน้ำหนักได้ห้ากิโล",
            "Three-year bamboo split fine, smoked over straw against beetles, rims bound in "
            "double "
            "rattan. Carries five kilos.",
        ),
        materials=("ไผ่สีสุก หวาย", "Bamboo, rattan"),
        technique=("สานลายสองและลายขัด", "Twill and plain plaiting"),
        care=BASKET_CARE,
        price_baht=(120, 890),
        grams=480,
        variants=(
            v("ตะกร้าไม้ไผ่หูหิ้ว", "market basket", "ก้นแข็งตั้งได้", "Stands by itself."),
            v("ตะกร้าไม้ไผ่มีฝา", "lidded basket", "ฝาซ้อนพอดี", "A close lid."),
            v("ตะกร้าไม้ไผ่ทรงสูง", "tall basket", "สูง 50 ซม.", "50 cm high."),
            v("กระด้งไม้ไผ่", "winnowing tray", "กว้าง 45 ซม.", "45 cm across."),
            v("ชะลอมไม้ไผ่ของฝาก", "gift chalom", "โปร่งเบา", "Light and open."),
        ),
        pictures=("basket-bamboo",),
        regions=("N", "NE", "C", "E"),
        axis="size",
        options=_SIZES,
        certificates=("tcps",),
    ),
    _home(
        "bamboo_bag",
        "basketry",
        title=("กระเป๋าสานไม้ไผ่ลาย{v}", "Fine bamboo bag, {v}"),
        text=(
            "ตอกบางครึ่งมิลลิเมตรสามพันเส้น สานบนหุ่นไม้ ย้อมรักสีน้ำผึ้ง บุผ้าไหมด้านใน ล็อกทองเหลือง",
            "Three thousand half-millimetre strips woven on a wooden form, honey lacquered, silk "
            "lined, with a brass clasp.",
        ),
        materials=("ไผ่สีสุก ผ้าไหม ทองเหลือง", "Bamboo, silk, brass"),
        technique=("สานละเอียดบนหุ่น", "Fine plaiting on a form"),
        care=BASKET_CARE,
        price_baht=(690, 4500),
        grams=420,
        variants=(
            v("ดอกพิกุล", "star flower", "ดอกเล็กถี่", "Small and close."),
            v("ลูกแก้ว", "diamond", "ตาเพชรซ้อน", "Diamond within diamond."),
            v("สองยืน", "upright twill", "เส้นทแยงนุ่ม", "A soft diagonal."),
            v("เกล็ดเต่า", "tortoise scale", "หกเหลี่ยมละเอียด", "Fine hexagons."),
        ),
        pictures=("basket-bamboo-bag",),
        regions=("C", "E"),
        stock="one_piece",
        certificates=("tcps",),
    ),
    _home(
        "kratip",
        "basketry",
        title=("กระติบข้าว{v}", "Sticky-rice kratip, {v}"),
        text=(
            "สานสองชั้นจากไผ่ไร่ ข้าวเหนียวอุ่นนานและไม่แฉะ ก้านตาลเสริมก้น ใช้ได้เป็นสิบปี",
            "Double-walled hill bamboo keeps sticky rice warm and never wet; a palm-stem foot "
            "makes "
            "it last ten years.",
        ),
        materials=("ไผ่ไร่ ก้านตาล", "Hill bamboo, palm stem"),
        technique=("สานสองชั้น", "Double-wall plaiting"),
        care=BASKET_CARE,
        price_baht=(79, 420),
        grams=220,
        variants=(
            v("ลายสอง", "plain twill", "แบบใช้ทุกวัน", "For every day."),
            v("ลายดอกย้อมครั่ง", "lac-dyed flower", "แดงสลับไม้", "Red on straw."),
            v("คู่จิ๋วของชำร่วย", "tiny pair", "ใส่ข้าวหนึ่งคำ", "One mouthful each."),
            v("สายสะพายไปนา", "field strap", "จุข้าวสี่คน", "Rice for four."),
        ),
        pictures=("basket-kratip",),
        regions=("NE",),
        axis="size",
        options=_SIZES,
        certificates=("tcps",),
    ),
    _home(
        "krajood",
        "basketry",
        title=("{v}", "Krajood sedge {v}"),
        text=(
            "กระจูดนาตากน้ำค้าง รีดแบน ย้อมสีธรรมชาติ สานลายสองเหนียวแน่น บุผ้าฝ้ายด้านใน",
            "Lagoon sedge, dewed and rolled flat, plant dyed, tightly twilled and lined in cotton.",
        ),
        materials=("กระจูด ผ้าฝ้าย", "Sedge, cotton"),
        technique=("รีด ย้อม สานลายสอง", "Rolling, dyeing, twill plaiting"),
        care=BASKET_CARE,
        price_baht=(120, 1290),
        grams=420,
        variants=(
            v(
                "กระเป๋ากระจูดหูหนัง",
                "tote with leather handles",
                "ใส่แล็ปท็อปได้",
                "Fits a laptop.",
                "basket-krajood-tote",
            ),
            v(
                "ตะกร้ากระจูดทรงกลม",
                "round storage basket",
                "ตั้งตรงไม่ยุบ",
                "Keeps its shape.",
                "basket-krajood-round",
            ),
            v(
                "เสื่อกระจูดริมเล",
                "lakeside mat",
                "ยาวสองเมตร",
                "Two metres long.",
                "basket-mat-red",
            ),
            v(
                "ที่รองจานกระจูดหกแผ่น",
                "set of six place mats",
                "ลายตาน้ำ",
                "Ripple weave.",
                "basket-krajood-round",
            ),
            v(
                "หมวกกระจูดปีกกว้าง",
                "wide hat",
                "พับใส่กระเป๋าได้",
                "Packs flat.",
                "basket-hat",
            ),
            v(
                "กระเป๋าคลัตช์กระจูด",
                "clutch",
                "ซับผ้าบาติก",
                "Batik lined.",
                "basket-krajood-tote",
            ),
        ),
        pictures=("basket-krajood-tote",),
        regions=("S",),
        axis="colour",
        options=choices(("สีธรรมชาติ", "Natural"), ("แดงครั่ง", "Lac red"), ("คราม", "Indigo")),
        certificates=("tcps", "gi"),
    ),
    _home(
        "lipao",
        "basketry",
        title=("{v}", "Yan lipao {v}"),
        text=(
            "เถาเฟิร์นสีน้ำตาลดำชักผ่านรูสังกะสีจนเรียบเท่ากัน สานบนโครงหวายถี่ หนึ่งใบใช้สองเดือน",
            "Brown-black fern vine drawn even through pinholes and woven close over rattan. One "
            "bag "
            "takes two months.",
        ),
        materials=("ย่านลิเภา หวาย ถมเงิน", "Lipao fern, rattan, silver niello"),
        technique=("ชักเส้น สานถี่", "Drawing, close coiling"),
        care=BASKET_CARE,
        price_baht=(950, 15800),
        grams=320,
        variants=(
            v("กระเป๋าถือย่านลิเภาทรงรี", "oval handbag", "ฝาถมเงิน", "Niello lid."),
            v("กำไลย่านลิเภา", "bangle", "เบา ใส่ซ้อนได้", "Light, stackable."),
            v("กล่องเครื่องประดับย่านลิเภา", "jewel box", "บุกำมะหยี่", "Velvet lined."),
            v(
                "กระเป๋าคลัตช์ย่านลิเภาลายดอกพิกุล",
                "star-flower clutch",
                "ดอกทุกหนึ่งนิ้ว",
                "A flower each inch.",
            ),
        ),
        pictures=("basket-lipao",),
        regions=("S",),
        stock="made_to_order",
        days=60,
        certificates=("tcps", "gi"),
    ),
    _home(
        "hyacinth",
        "basketry",
        title=("{v}ผักตบชวา", "Water hyacinth {v}"),
        text=(
            "ตัดก้านยาวหกสิบเซน ตากสิบแดด ไม่อบกำมะถัน ถักเปียบนโครงเหล็กพ่นกันสนิม",
            "Long stems dried ten days by sun alone, no sulphur, braided over a rust-proofed "
            "frame.",
        ),
        materials=("ผักตบชวา โครงเหล็ก", "Water hyacinth, steel frame"),
        technique=("ถักเปีย", "Braiding"),
        care=BASKET_CARE,
        price_baht=(150, 890),
        grams=900,
        variants=(
            v("ตะกร้าผ้า", "laundry basket", "มีหูสองข้าง", "Two handles."),
            v("กล่องทิชชู", "tissue box", "ฝาเปิดใต้", "Opens below."),
            v("เบาะนั่งกลม", "round floor seat", "หนาแปดเซน", "Eight cm thick."),
            v("กระเป๋าสะพาย", "shoulder bag", "ซับผ้าทอ", "Handwoven lining."),
        ),
        pictures=("basket-hyacinth",),
        regions=("N", "C"),
        axis="size",
        options=_SIZES,
        certificates=("tcps",),
    ),
    _home(
        "reed_mat",
        "mats",
        title=("เสื่อกก{v}", "Reed mat, {v}"),
        text=(
            "กกน้ำกร่อยจักละเอียด ย้อมสีแล้วทอบนกี่พื้นสองคน เส้นยืนปอกระเจา เย็นสบายและไม่ขึ้นราง่าย",
            "Brackish reed split fine, dyed and woven by two on a floor loom over jute. Cool to "
            "lie "
            "on and slow to mould.",
        ),
        materials=("กก ปอกระเจา", "Reed, jute"),
        technique=("ทอกี่พื้นสองคน", "Two-person floor loom"),
        care=BASKET_CARE,
        price_baht=(180, 1350),
        grams=1100,
        variants=(
            v(
                "ผืนยาวลายดาว",
                "long, star pattern",
                "ดาวกลางผืน",
                "A star at the middle.",
                "basket-mat-red",
            ),
            v("พับสามตอน", "three-fold", "มีหูหิ้ว", "With a handle.", "basket-mat-red"),
            v("ที่รองจาน", "place mats", "หกแผ่น", "Six.", "basket-mat-red"),
            v("กระเป๋าเสื่อ", "mat tote", "ขอบหนังแท้", "Leather trim.", "basket-mat-red"),
            v(
                "ลายกระจับ",
                "water-caltrop pattern",
                "ลายเก่าของบ้าน",
                "The village's own.",
                "basket-mat-red",
            ),
        ),
        pictures=("basket-mat-red",),
        regions=("E", "NE"),
        axis="size",
        options=choices(
            ("60 × 180 ซม.", "60 x 180 cm"), ("90 × 180 ซม.", "90 x 180 cm", "1.4", "1.5")
        ),
        certificates=("tcps", "gi"),
    ),
    _home(
        "palm_hat",
        "basketry",
        title=("{v}สานใบตาล", "Palm-leaf {v}"),
        text=(
            "ใบอ่อนตากน้ำค้างจนขาว เย็บซ้อนบนโครงไผ่ทีละรอบ เบากันแดดและฝนปรอย",
            "Young leaf bleached by dew and sewn round by round on bamboo. Light, and good in sun "
            "or drizzle.",
        ),
        materials=("ใบตาลหรือใบจาก ไม้ไผ่", "Palm leaf, bamboo"),
        technique=("เย็บซ้อนรอบ", "Round sewing"),
        care=BASKET_CARE,
        price_baht=(79, 450),
        grams=220,
        variants=(
            v("งอบชาวสวน", "ngob garden hat", "มีรังงอบปรับได้", "Adjustable crown."),
            v("หมวกปีกเดินเล", "seaside brim hat", "พันผ้าขาวม้า", "With a check band."),
            v("พัดด้ามไผ่", "bamboo-handled fan", "ปักชื่อได้", "A name can be stitched."),
            v("กล่องของชำร่วย", "favour box", "ฝาครอบสี่เหลี่ยม", "Square lidded."),
        ),
        pictures=("basket-hat",),
        regions=("E", "S", "C"),
        certificates=("tcps",),
    ),
    _home(
        "palm_fish",
        "keepsakes",
        title=("ปลาตะเพียนใบลาน{v}", "Palm-leaf fish mobile, {v}"),
        text=(
            "สานใบลานเป็นแม่ปลากับลูกปลา ทาสีน้ำมันสามชั้น แขวนเหนือเปลให้เด็กมองตามลม",
            "A mother carp and her fry woven of palm leaf and painted in three coats, to turn "
            "above "
            "a cradle.",
        ),
        materials=("ใบลาน สี ด้าย", "Palm leaf, paint, thread"),
        technique=("สานใบลาน เขียนสี", "Leaf plaiting, painting"),
        care=("แขวนพ้นฝน ปัดฝุ่นเบา ๆ", "Hang out of rain and dust lightly."),
        price_baht=(89, 650),
        grams=120,
        variants=(
            v("สีแดงทอง", "red and gold", "แบบแขวนเปล", "For a cradle."),
            v("สีธรรมชาติ", "natural", "ไม่ทาสี", "Unpainted."),
            v("พวงเก้าตัว", "of nine fish", "แม่หนึ่งลูกแปด", "One mother and eight."),
            v("สีพาสเทล", "pastel", "สำหรับห้องเด็ก", "For a nursery."),
        ),
        pictures=("basket-palm-fish",),
        regions=("C",),
        axis="size",
        options=_SIZES,
        certificates=("tcps",),
    ),
    _home(
        "broom",
        "basketry",
        title=("ไม้กวาด{v}", "{v} broom"),
        text=(
            "คัดดอกแก่ช่วงมกราคม ถักโคนด้วยด้ายไนลอนสามชั้นไม่หลุดร่วง ด้ามไผ่รมควันกันมอด",
            "Heads cut in January and bound three times so they do not shed, on smoked bamboo.",
        ),
        materials=("ดอกหญ้าหรือทางมะพร้าว ไม้ไผ่", "Grass flower or palm rib, bamboo"),
        technique=("ถักโคน รมควัน", "Binding, smoking"),
        care=("แขวนเก็บ ไม่ตั้งกับพื้น", "Hang it up; do not stand it on the floor."),
        price_baht=(49, 190),
        grams=420,
        variants=(
            v("ดอกหญ้าด้ามยาว", "Long grass-flower", "กวาดในบ้าน", "For indoors."),
            v("ทางมะพร้าว", "Coconut-rib", "กวาดลานดิน", "For the yard."),
            v("จิ๋วปัดโต๊ะ", "Small desk", "ยาวหนึ่งคืบ", "A span long."),
            v(
                "ดอกหญ้าถักลาย",
                "Patterned grass-flower",
                "ถักด้ายสีสามแถว",
                "Three rows of colour.",
            ),
        ),
        pictures=("basket-broom",),
        regions=("NE", "C", "S", "N"),
        axis="pack",
        options=choices(("1 ด้าม", "1 broom"), ("3 ด้าม", "3 brooms", "2.7", "3")),
        certificates=("tcps",),
    ),
)
