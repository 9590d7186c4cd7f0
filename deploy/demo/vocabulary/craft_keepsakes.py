"""Toys and keepsakes: masks, drums, puppets, kites and coconut shell."""

from functools import partial

from deploy.demo.vocabulary.archetypes import WOOD_CARE, archetype, v

_home = partial(archetype, "household")

KEEPSAKES = (
    _home(
        "spirit_mask",
        "keepsakes",
        title=("หน้ากากผีตาโขน{v}", "Phi Ta Khon mask, {v}"),
        text=(
            "หวดนึ่งข้าวเหนียวเป็นเขา โคนทางมะพร้าวเป็นหน้า ถากจมูกไม้ต่อทีหลัง วาดลายไม่ร่าง",
            "A rice steamer for the crown, a palm stem for the face, a nose whittled and pegged "
            "on, "
            "painted without a sketch.",
        ),
        materials=("หวดไม้ไผ่ ทางมะพร้าว ไม้", "Bamboo steamer, palm stem, wood"),
        technique=("ถากไม้ วาดมือ", "Whittling, hand painting"),
        care=WOOD_CARE,
        price_baht=(150, 2400),
        grams=700,
        variants=(
            v("ขนาดสวมจริง", "full size", "ใช้แห่ได้", "Made to be worn."),
            v("ตั้งโต๊ะ", "desk size", "สูง 25 ซม.", "25 cm high."),
            v("พวงกุญแจ", "key ring", "ถากทีละอัน", "Each whittled."),
            v("คู่ตายาย", "old couple", "ขายเป็นคู่", "Sold as a pair."),
        ),
        pictures=("craft-mask",),
        regions=("NE",),
        stock="one_piece",
        certificates=("tcps",),
    ),
    _home(
        "drum",
        "keepsakes",
        title=("กลอง{v}", "{v} drum"),
        text=(
            "กลึงจากไม้จามจุรีท่อนเดียว ขึงหนังควายตากสองแดด ใส่หมุดไม้ เทียบเสียงกับกลองครูก่อนส่ง",
            "Turned from one rain-tree log, headed with twice-sunned hide on wooden pegs and "
            "tuned "
            "to the master's drum.",
        ),
        materials=("ไม้จามจุรี หนังควาย", "Rain-tree wood, buffalo hide"),
        technique=("กลึง ขึงหนัง ตอกหมุด", "Turning, stretching, pegging"),
        care=WOOD_CARE,
        price_baht=(250, 9800),
        grams=3200,
        variants=(
            v("รำวงคู่", "Ramwong pair", "เสียงสูงต่ำ", "High and low."),
            v("ยาว", "Long klong yao", "สะพายเดินได้", "Carried on a strap."),
            v("เพลวัด", "Temple", "สั่งทำตามขนาดหอ", "To the size of the tower."),
            v("จิ๋วตั้งโต๊ะ", "Desk-size", "ตีได้จริง", "It really sounds."),
        ),
        pictures=("craft-drum",),
        regions=("C",),
        stock="made_to_order",
        days=40,
        certificates=("tcps",),
    ),
    _home(
        "shadow_puppet",
        "keepsakes",
        title=("รูปหนังตะลุง{v}", "Shadow puppet, {v}"),
        text=(
            "หนังวัวฟอกบางขูดใส ตอกด้วยมุกสิบสองขนาด ลงสีหมึกสองหน้า ขยับมือและปากได้",
            "Hide scraped clear, cut with twelve punches and inked both sides, with moving arm "
            "and "
            "mouth.",
        ),
        materials=("หนังวัว ไม้ไผ่ หมึก", "Cowhide, bamboo, ink"),
        technique=("ตอกมุก ลงสีสองหน้า", "Punching, two-sided inking"),
        care=("แขวนในที่ร่ม ไม่พับ", "Hang in shade; never fold."),
        price_baht=(180, 3200),
        grams=240,
        variants=(
            v("ตัวตลกท้องกลม", "round-bellied clown", "ปากขยับได้", "His mouth moves."),
            v("เจ้าเมือง", "city lord", "เครื่องทรงละเอียด", "Finely dressed."),
            v("นางเอก", "heroine", "ฉลุผมทีละเส้น", "Hair cut strand by strand."),
            v("ยักษ์เขี้ยว", "tusked giant", "สูงครึ่งเมตร", "Half a metre tall."),
            v("ทำเป็นโคมไฟ", "as a lamp", "ใส่หลอดเล็กได้", "Takes a small bulb."),
        ),
        pictures=("craft-puppet",),
        regions=("S",),
        stock="one_piece",
        certificates=("tcps",),
    ),
    _home(
        "moon_kite",
        "keepsakes",
        title=("ว่าววงเดือน{v}", "Moon kite, {v}"),
        text=(
            "โครงไผ่สีสุกเหลาถ่วงน้ำหนักสองข้างเท่ากัน ปิดกระดาษฉลุลายเครือหกชั้น ติดแอกใบลานให้ร้อง",
            "Balanced bamboo ribs, six layers of cut-paper vines, and a palm-leaf bow that hums.",
        ),
        materials=("ไม้ไผ่ กระดาษสี ใบลาน", "Bamboo, coloured paper, palm leaf"),
        technique=("เหลาไผ่ ฉลุกระดาษ", "Whittling, paper cutting"),
        care=("แขวนในร่ม พ้นความชื้น", "Hang in shade, away from damp."),
        price_baht=(150, 2500),
        grams=420,
        variants=(
            v("ขึ้นจริงหนึ่งเมตร", "flying, one metre", "มีสายแอก", "With its hum."),
            v("ประดับผนัง", "for the wall", "ลายสิบหกแฉก", "Sixteen rays."),
            v(
                "ชุดทำเองสำหรับเด็ก",
                "children's kit",
                "มีภาพบอกขั้นตอน",
                "With picture steps.",
            ),
            v("ลายนกเปอตาลา", "petala bird", "นกในตำนาน", "A bird of legend."),
        ),
        pictures=("craft-kite",),
        regions=("S",),
        stock="made_to_order",
        days=14,
        certificates=("tcps",),
    ),
    _home(
        "coconut_shell",
        "keepsakes",
        title=("{v}กะลามะพร้าว", "Coconut-shell {v}"),
        text=(
            "กะลาแก่ขัดเจ็ดเบอร์กระดาษทราย ลงน้ำมันมะพร้าวแทนแลกเกอร์ ใช้กับอาหารได้จริง",
            "Old shells sanded through seven grits and oiled, not lacquered, so food is safe in "
            "them.",
        ),
        materials=("กะลามะพร้าว น้ำมันมะพร้าว", "Coconut shell, coconut oil"),
        technique=("เลื่อย ขัด ลงน้ำมัน", "Sawing, sanding, oiling"),
        care=WOOD_CARE,
        price_baht=(45, 390),
        grams=180,
        variants=(
            v("ชามสลัด", "salad bowl", "คู่ช้อนกะลา", "With a shell spoon."),
            v("ทัพพี", "ladle", "ด้ามไม้ตาล", "Palm-wood handle."),
            v("โคมฉลุ", "pierced lamp", "เงาเป็นดอกไม้", "Throws flowers."),
            v("ชุดกระดุม", "button set", "สิบสองเม็ด", "Twelve."),
            v("ที่วางสบู่", "soap dish", "รูระบายน้ำสามรู", "Three drains."),
        ),
        pictures=("craft-coconut-bowl",),
        regions=("W", "S", "C"),
        certificates=("tcps",),
    ),
)
