"""Producers of Chiang Mai and Lamphun."""

from deploy.demo.vocabulary.producer_rows import producer

GROUP, OWNER, SME = "community_group", "single_owner", "sme"

CHIANG_MAI = (
    producer(
        "rai-pha-thong-weavers",
        GROUP,
        "50030204",
        2539,
        34,
        False,
        ("กลุ่มทอผ้าตีนจกบ้านไร่ผาทอง", "Rai Pha Thong Chok Weavers"),
        (
            "เริ่มจากหกบ้านที่นำลายของยายมาแลกกันดู ตอนนี้สมาชิกสามสิบสี่คนผลัดกันสอนเด็กทุกเช้าวันเสาร์ "
            "ลายไหนมีคนทอเหลือคนเดียวกลุ่มจะรับเรียนต่อก่อน",
            "Six houses once brought out their grandmothers' hems to compare. Thirty-four "
            "members now teach children on Saturdays, and a pattern with one weaver left is "
            "learnt first.",
        ),
        "jok_skirt",
        "natural_scarf",
    ),
    producer(
        "rai-pha-thong-cotton",
        OWNER,
        "50030204",
        2551,
        3,
        False,
        ("ร้านฝ้ายแม่จันทร์สม", "Mae Chansom Cotton"),
        (
            "แม่จันทร์สมปั่นฝ้ายขาวกับฝ้ายตุ่นเองในสวนหลังบ้าน ลูกสาวสองคนทอและเย็บ ทำได้เดือนละไม่เกินยี่สิบผืน",
            "Mae Chansom grows and spins white and brown cotton behind the house. Two daughters "
            "weave and sew, twenty pieces a month at most.",
        ),
        "cotton_runner",
        "yaam_bag",
    ),
    producer(
        "pa-tan-kham-celadon",
        SME,
        "50130605",
        2534,
        22,
        True,
        ("ห้างหุ้นส่วนจำกัด ป่าตาลศิลาดล", "Pa Tan Celadon Partnership"),
        (
            "ช่างเตารุ่นพ่อขุดดินเองจากหน้านา รุ่นลูกวัดอุณหภูมิด้วยเครื่อง แต่ยังใช้ขี้เถ้าไม้ลำไยเป็นเคลือบเหมือนเดิม "
            "เปิดเตาทุกวันเสาร์",
            "The father dug clay from his own paddy; the children read a thermometer, but the "
            "glaze is still longan ash. The kiln opens each Saturday.",
        ),
        "celadon",
    ),
    producer(
        "pa-tan-kham-saa",
        GROUP,
        "50130605",
        2541,
        18,
        False,
        ("วิสาหกิจชุมชนกระดาษสาบ้านป่าตาลคำ", "Pa Tan Kham Mulberry Paper Enterprise"),
        (
            "ช้อนกระดาษตั้งแต่แดดออกถึงเที่ยง บ่ายทำร่มและโคม "
            "คนเหลาซี่ร่มอายุมากที่สุดเจ็ดสิบเก้าปีและยังเหลาได้วันละร้อยซี่",
            "Sheets are lifted from sunrise to noon, umbrellas built after lunch. The eldest "
            "rib-whittler is 79 and still cuts a hundred a day.",
        ),
        "saa_umbrella",
        "saa_paper",
    ),
    producer(
        "san-don-kaeo-carvers",
        GROUP,
        "50150503",
        2530,
        41,
        True,
        ("กลุ่มแกะสลักไม้บ้านสันดอนแก้ว", "San Don Kaeo Woodcarvers"),
        (
            "รับซื้อไม้สักจากเรือนเก่าที่รื้อพร้อมเอกสาร ไม่รับไม้ใหม่ ช่างแต่ละคนถนัดต่างกัน คนแกะช้างจะไม่แกะดอก",
            "They buy teak from dismantled houses, with papers, and never green timber. Each "
            "hand has its line: the elephant man does not do flowers.",
        ),
        "teak_panel",
    ),
    producer(
        "san-don-kaeo-turners",
        OWNER,
        "50150503",
        2556,
        4,
        False,
        ("โรงกลึงสล่าอินตา", "Sala Inta Turnery"),
        (
            "สล่าอินตากลึงชามจากไม้ก้ามปูที่ล้มเพราะพายุ ไม่ตัดต้นเป็น ขี้เลื่อยทั้งหมดส่งให้เตาศิลาดลใกล้กัน",
            "Sala Inta turns bowls only from storm-felled rain trees. His sawdust goes to the "
            "celadon kilns nearby.",
        ),
        "teak_panel",
        "saa_paper",
    ),
    producer(
        "khun-sai-mok-coffee",
        GROUP,
        "50220409",
        2549,
        47,
        True,
        ("วิสาหกิจชุมชนกาแฟขุนสายหมอก", "Khun Sai Mok Coffee Enterprise"),
        (
            "ครอบครัวสี่สิบเจ็ดหลังตกลงเก็บเฉพาะผลแดงและตากรวมกัน รายได้หักร้อยละห้าเป็นค่าเฝ้าระวังไฟป่า คั่วทุกวันพุธ",
            "Forty-seven families pick only red and dry together. Five per cent goes to the "
            "fire watch. They roast on Wednesdays.",
        ),
        "highland_coffee",
        "honey",
    ),
    producer(
        "khun-sai-mok-hemp",
        GROUP,
        "50220409",
        2545,
        16,
        False,
        ("กลุ่มสตรีใยกัญชงขุนสายหมอก", "Khun Sai Mok Hemp Women"),
        (
            "ปลูกกัญชงเส้นใยตามใบอนุญาต ต่อเส้นด้วยปากและมือระหว่างเดินไปไร่ "
            "ปากกาเขียนเทียนทุกด้ามทำจากทองเหลืองเก่า",
            "Licensed fibre hemp, joined by hand on the walk to the fields. Every wax pen is "
            "made from old brass.",
        ),
        "hmong_batik",
        "akha_embroidery",
    ),
    producer(
        "don-fai-ngam-weavers",
        GROUP,
        "51060307",
        2536,
        62,
        True,
        ("กลุ่มทอผ้าฝ้ายบ้านดอนฝ้ายงาม", "Don Fai Ngam Cotton Weavers"),
        (
            "ทุกบ้านมีกี่อย่างน้อยสองหลัง หกสิบสองคนแบ่งงานย้อม ทอ เย็บ และขาย ใครป่วยคนอื่นทอแทนให้จบผืน",
            "Every house has two looms. Sixty-two people share dyeing, weaving, sewing and "
            "selling, and finish each other's cloth in illness.",
        ),
        "cotton_runner",
        "natural_scarf",
        "cotton_blanket",
    ),
    producer(
        "don-fai-ngam-tailor",
        OWNER,
        "51060307",
        2558,
        5,
        False,
        ("ห้องเสื้อป้าบัวแก้ว", "Pa Bua Kaeo Tailoring"),
        (
            "ป้าบัวแก้วตัดเสื้อจากผ้าหน้าแคบของเพื่อนบ้านโดยไม่ให้เหลือเศษ ชิ้นเล็กที่สุดกลายเป็นกระดุมผ้า",
            "Pa Bua Kaeo cuts neighbours' narrow cloth with nothing left over. The smallest "
            "bits become covered buttons.",
        ),
        "indigo_shirt",
        "yaam_bag",
    ),
    producer(
        "rim-kuang-longan",
        GROUP,
        "51010402",
        2547,
        29,
        True,
        ("กลุ่มแปรรูปลำไยริมกวง", "Rim Kuang Longan Makers"),
        (
            "ปีที่ลำไยราคาตกกลุ่มตัดสินใจอบเนื้อแทนเทขาย คว้านเมล็ดด้วยมือทั้งหมด คนเร็วที่สุดคว้านได้ชั่วโมงละเจ็ดกิโล",
            "In a year of fallen prices they dried the crop instead of dumping it. All stoning "
            "is by hand; the fastest does seven kilos an hour.",
        ),
        "dried_longan",
        "fruit_juice",
    ),
    producer(
        "rim-kuang-bees",
        OWNER,
        "51010402",
        2553,
        2,
        False,
        ("ฟาร์มผึ้งลุงคำมูล", "Uncle Khammun's Bees"),
        (
            "ลุงคำมูลย้ายรังตามดอกไม้ปีละสี่สวน ไม่เก็บหน้าฝนเพื่อให้ผึ้งมีกิน",
            "Uncle Khammun moves hives through four orchards a year. He takes nothing in the "
            "rains, so that the bees can eat.",
        ),
        "honey",
        "herb_balm",
    ),
)
