"""Patterned cloth of cotton and silk: picked hems, flowing water, khit, lac red."""

from functools import partial

from deploy.demo.vocabulary.archetypes import COTTON_CARE, SILK_CARE, archetype, choices, v

_textile = partial(archetype, "textile")

_LENGTHS = choices(
    ("1 เมตร", "1 metre"), ("2 เมตร", "2 metres", "1.95", "2"), ("4 เมตร", "4 metres", "3.8", "4")
)
HEMS = (
    _textile(
        "jok_skirt",
        "cotton",
        title=("ผ้าซิ่นตีนจกลาย{v}", "Chok-hem skirt, {v}"),
        text=(
            "จกเส้นด้ายสีด้วยขนเม่นจากด้านหลัง ต่อหัวซิ่น ตัวซิ่น ตีนซิ่นด้วยมือ ตีนหนึ่งผืนใช้สามเดือน",
            "Coloured yarns lifted by quill from the reverse; head, body and hem joined by hand. "
            "The hem alone takes three months.",
        ),
        materials=("ฝ้ายและไหมประดิษฐ์", "Cotton with rayon floss"),
        technique=("จกด้วยขนเม่น", "Discontinuous supplementary weft"),
        care=SILK_CARE,
        price_baht=(2400, 8900),
        grams=480,
        variants=(
            v(
                "โกมเชียงแสน",
                "Chiang Saen lantern",
                "นกคู่กินน้ำร่วมต้น",
                "Paired birds share a vase.",
                "weave-jok-red",
                ("N",),
            ),
            v(
                "นกคุ้ม",
                "quail",
                "นกคุ้มในเครือดอก",
                "Quails among vines.",
                "weave-jok-green",
            ),
            v(
                "เครือน้อย",
                "small vine",
                "เส้นเครือพันต่อเนื่อง",
                "One vine without end.",
                "weave-jok-red",
                ("C",),
            ),
            v(
                "แปดขอ",
                "eight hooks",
                "แปดขอในหนึ่งดอก",
                "Eight hooks to a bloom.",
                "weave-jok-green",
                ("C",),
            ),
            v(
                "สำเภาลอยน้ำ",
                "sailing junk",
                "เรือเล็กเรียงท้ายซิ่น",
                "Small boats along the hem.",
                "weave-jok-red",
                ("N",),
            ),
        ),
        pictures=("weave-jok-red",),
        regions=("N", "C"),
        stock="one_piece",
        axis="piece",
        certificates=("tcps", "gi"),
        pieces=("weave-jok-red", "weave-jok-green", "weave-khit-red", "weave-khit-indigo"),
    ),
    _textile(
        "nam_lai_skirt",
        "cotton",
        title=("ผ้าทอน้ำไหล{v}", "Nam Lai flowing-water cloth, {v}"),
        text=(
            "เกาะสลับสีเป็นขั้นบันไดแบบไทลื้อ มองไกลเหมือนน้ำตกข้ามฝาย ทอด้วยฝ้ายสองเส้นควบ",
            "Tai Lue tapestry steps its colours so that from afar water falls over a weir.",
        ),
        materials=("ฝ้ายย้อมสีธรรมชาติ", "Naturally dyed cotton"),
        technique=("เกาะหรือล้วง", "Tapestry weave"),
        care=COTTON_CARE,
        price_baht=(690, 2600),
        grams=450,
        variants=(
            v(
                "สีเปลือกสมอ",
                "myrobalan",
                "เหลืองหม่น",
                "A muted yellow.",
                "weave-dye-ochre",
            ),
            v("สีดินแดง", "red earth", "แดงอิฐอุ่น", "Warm brick.", "weave-namlai-red"),
            v(
                "สีห้อม",
                "mountain indigo",
                "น้ำเงินเข้ม",
                "Deep blue.",
                "weave-namlai-indigo",
            ),
            v(
                "สายรุ้งฝาย",
                "weir rainbow",
                "เจ็ดสีไล่ขั้น",
                "Seven stepped colours.",
                "weave-namlai-red",
            ),
        ),
        pictures=("weave-namlai-indigo",),
        regions=("N",),
        axis="size",
        options=choices(
            ("ผ้าซิ่น 1.8 เมตร", "Skirt length 1.8 m"), ("ผ้าคลุมไหล่", "Shawl", "0.6", "0.5")
        ),
        certificates=("tcps",),
    ),
    _textile(
        "khit_cloth",
        "cotton",
        title=("ผ้าขิด{v}", "Khit cloth, {v}"),
        text=(
            "เก็บลายด้วยไม้ซี่เดียวสะกิดเส้นยืนตลอดหน้าผ้า เก็บเขาไว้หลังกี่จึงทอซ้ำลายได้แม่น",
            "One stick lifts the warp across the full width; the pattern is saved in strings "
            "behind the loom.",
        ),
        materials=("ฝ้ายโทเร ฝ้ายเข็น", "Mercerised and hand-spun cotton"),
        technique=("ขิด", "Continuous supplementary weft"),
        care=COTTON_CARE,
        price_baht=(390, 1450),
        grams=360,
        variants=(
            v(
                "ลายดอกบัว",
                "lotus",
                "บัวจากหนองหน้าบ้าน",
                "From the village lake.",
                "weave-khit-red",
            ),
            v(
                "ลายช้างทรง",
                "elephant",
                "ช้างเดินเรียงแถว",
                "Elephants in file.",
                "weave-khit-indigo",
            ),
            v(
                "ลายดอกแก้ว",
                "orange jasmine",
                "ดอกเล็กถี่",
                "Small close flowers.",
                "weave-khit-red",
            ),
            v(
                "ลายขอหลวง",
                "royal hook",
                "ขอใหญ่สลับเล็ก",
                "Large hooks and small.",
                "weave-khit-red",
            ),
            v(
                "ลายตะเภาหลงเกาะ",
                "lost junk",
                "เรือในตาข่าย",
                "Boats in a net.",
                "weave-khit-indigo",
            ),
        ),
        pictures=("weave-khit-red",),
        regions=("NE",),
        axis="size",
        options=_LENGTHS,
        certificates=("tcps",),
    ),
    _textile(
        "lac_cloth",
        "indigo",
        title=("ผ้าลาวครั่ง {v}", "Lao Khrang cloth, {v}"),
        text=(
            "แดงจากครั่งสดย้อมร้อนเจ็ดรอบ มัดหมี่ตัวซิ่น จกตีนแดง เมื่อต้องแดดเห็นชมพูซ่อนอยู่",
            "Seven hot baths of fresh lac, an ikat body, a picked red hem; in sun a pink lies "
            "below.",
        ),
        materials=("ฝ้ายและไหมย้อมครั่ง", "Cotton and silk dyed with lac"),
        technique=("มัดหมี่ต่อตีนจก", "Ikat with chok hem"),
        care=SILK_CARE,
        price_baht=(1500, 5200),
        grams=470,
        variants=(
            v(
                "ซิ่นตีนแดงหมี่ลวด",
                "red hem and plain ikat",
                "ตัวซิ่นหมี่ทั้งผืน",
                "Ikat throughout.",
                "weave-mudmee-lac",
            ),
            v(
                "ผ้าคลุมหัวนาค",
                "ordination veil",
                "ลายเชิงสี่มุม",
                "A motif in each corner.",
                "weave-jok-red",
            ),
            v(
                "หมอนหน้าหก",
                "six-sided cushion cloth",
                "ลายดาวหน้าหมอน",
                "Star-faced.",
                "weave-khit-red",
            ),
            v(
                "สไบขิดครั่ง",
                "khit sash",
                "ขิดเต็มผืน",
                "Khit end to end.",
                "weave-khit-red",
            ),
        ),
        pictures=("weave-mudmee-lac",),
        regions=("C",),
        stock="made_to_order",
        days=45,
        axis="piece",
        certificates=("tcps", "gi"),
        pieces=("weave-mudmee-lac", "weave-jok-red", "weave-khit-red"),
    ),
    _textile(
        "phuan_mudmee",
        "cotton",
        title=("ผ้ามัดหมี่พวน{v}", "Phuan mudmee cotton, {v}"),
        text=(
            "หมี่ฝ้ายของไทยพวนลพบุรี ลายใหญ่สีชัด ทอหน้ากว้างตัดชุดได้ทั้งตัวไม่ต้องต่อ",
            "Phuan cotton ikat of Lop Buri, large and clear, woven wide enough to cut a dress "
            "whole.",
        ),
        materials=("ฝ้าย", "Cotton"),
        technique=("มัดหมี่สี่ตะกอ", "Four-shaft ikat"),
        care=COTTON_CARE,
        price_baht=(450, 1290),
        grams=520,
        variants=(
            v(
                "ลายดอกพิกุล",
                "bullet-wood flower",
                "ดอกแปดกลีบ",
                "Eight petals.",
                "weave-mudmee-indigo",
            ),
            v(
                "ลายขอพระเทพ",
                "crossed hooks",
                "ขอไขว้สองชั้น",
                "Two crossed rows.",
                "weave-mudmee-green",
            ),
            v(
                "ลายดอกมะลิเลื้อย",
                "climbing jasmine",
                "เถาพันขึ้น",
                "A vine that climbs.",
                "weave-mudmee-indigo",
            ),
            v(
                "ลายสายฝน",
                "falling rain",
                "เส้นขาดถี่",
                "Short broken lines.",
                "weave-kram-mudmee",
            ),
        ),
        pictures=("weave-mudmee-indigo",),
        regions=("C",),
        axis="size",
        options=_LENGTHS,
        certificates=("tcps",),
    ),
)
