"""Producers of the Mun valley: Si Sa Ket, Surin, Ubon Ratchathani and Korat."""

from deploy.demo.vocabulary.producer_rows import producer

GROUP, OWNER, SME = "community_group", "single_owner", "sme"

MUN = (
    producer(
        "hom-daeng-shallots",
        GROUP,
        "33020108",
        2539,
        40,
        True,
        ("กลุ่มแปรรูปหอมแดงยางชุมน้อย", "Yang Chum Noi Shallot Makers"),
        (
            "ราคาหอมสดขึ้นลงทุกสัปดาห์ หอมเจียวขายได้ทั้งปี กลุ่มรับซื้อหัวเล็กที่ตลาดไม่เอาในราคาเดียวกับหัวใหญ่",
            "Fresh shallots swing weekly; fried ones sell all year. Small bulbs the market "
            "refuses earn the same here.",
        ),
        "fried_shallot",
        "jaew_bong",
    ),
    producer(
        "hom-daeng-kitchen",
        OWNER,
        "33020108",
        2562,
        4,
        False,
        ("น้ำพริกยายเพ็ง", "Yai Pheng Chilli"),
        (
            "ยายเพ็งตำน้ำพริกขายหน้าโรงเรียนสามสิบปี หลานสาวขอ อย. ให้จนได้ขายข้ามจังหวัด",
            "Yai Pheng pounded relish at the school gate for thirty years. Her granddaughter "
            "won it a licence to travel.",
        ),
        "namprik_ta_daeng",
        "jaew_bong",
    ),
    producer(
        "suan-phu-fai-durian",
        SME,
        "33080503",
        2548,
        27,
        True,
        ("ห้างหุ้นส่วนจำกัด สวนภูไฟ", "Suan Phu Fai Partnership"),
        (
            "ทุเรียนลูกบิดเบี้ยวขายสดไม่ได้ราคา จึงทอดขายข้ามฤดู ทุกถุงบอกชื่อสวนและวันทอด",
            "Crooked durian sells poorly fresh, so it is fried. Every bag tells the orchard and "
            "the day.",
        ),
        "durian_chips",
    ),
    producer(
        "prakham-ngoen-silver",
        GROUP,
        "32160106",
        2530,
        24,
        True,
        ("กลุ่มเครื่องเงินบ้านประคำเงิน", "Prakham Ngoen Silver Beads"),
        (
            "ปู่ย่ามาจากฝั่งเขมรพร้อมค้อนเล็กชุดเดียว ตอนนี้ใช้ค้อนเดิมหกเล่มและทำใหม่อีกร้อยกว่า",
            "The forebears came with one set of small hammers. Six are still in use beside a "
            "hundred newer.",
        ),
        "silver_beads",
        "silver_bracelet",
    ),
    producer(
        "prakham-ngoen-hol",
        GROUP,
        "32160106",
        2534,
        30,
        False,
        ("กลุ่มทอผ้าโฮลบ้านประคำเงิน", "Prakham Ngoen Hol Weavers"),
        (
            "เหยียบผ้าด้วยเท้าบนท่อนไม้ให้ขึ้นมันแทนการรีด ผู้ชายช่วยมัดลายตอนค่ำ",
            "Finished cloth is trodden on a log for its sheen. Men help to tie the pattern "
            "after dark.",
        ),
        "hol_silk",
        "mudmee_shawl",
    ),
    producer(
        "khao-hom-organic",
        GROUP,
        "32020504",
        2545,
        310,
        True,
        ("วิสาหกิจชุมชนข้าวอินทรีย์ทุ่งกว้าง", "Thung Kwang Organic Rice Enterprise"),
        (
            "สามร้อยสิบครัวเรือนตรวจแปลงกันเองปีละสองครั้ง แปลงใครใช้ยาแม้ครั้งเดียวพักขายหนึ่งปี",
            "Three hundred and ten farms inspect each other twice a year. One spray and you sit "
            "out a season.",
        ),
        "jasmine_rice",
        "roasted_rice_tea",
        "sticky_rice",
    ),
    producer(
        "khao-hom-soap",
        GROUP,
        "32020504",
        2558,
        12,
        False,
        ("กลุ่มสบู่น้ำนมข้าวทุ่งกว้าง", "Thung Kwang Rice-milk Soap"),
        (
            "ใช้ข้าวหักที่เหลือจากโรงสีต้มเอาน้ำนม บ่มสบู่บนชั้นไม้ไผ่หกสัปดาห์",
            "Broken grains from the mill give the milk. Bars cure six weeks on bamboo shelves.",
        ),
        "herb_soap",
        "skin_scrub",
    ),
    producer(
        "kap-bua-cotton",
        GROUP,
        "34050108",
        2538,
        35,
        True,
        ("กลุ่มทอผ้ากาบบัวริมโขง", "Rim Khong Lotus-petal Weavers"),
        (
            "ปั่นเส้นควบสองสีที่เรียกมับไม ให้เหลือบเหมือนกลีบบัว ขายทุกเย็นวันเสาร์บนถนนไม้เก่า",
            "Two colours are plied as one for a lotus shimmer. They sell on the timber street "
            "each Saturday.",
        ),
        "natural_scarf",
        "khaoma",
        "plain_silk",
    ),
    producer(
        "kap-bua-kitchen",
        OWNER,
        "34050108",
        2556,
        3,
        False,
        ("ครัวแม่อรริมโขง", "Mae On's River Kitchen"),
        (
            "แม่อรทำแจ่วบองปลาแม่น้ำตามฤดู น้ำลดมีปลาตะเพียน น้ำหลากมีปลาสร้อย",
            "Mae On follows the river. Barb when it falls, mud carp when it floods.",
        ),
        "jaew_bong",
        "namprik_ta_daeng",
    ),
    producer(
        "tao-thong-lo-brass",
        GROUP,
        "34010504",
        2524,
        18,
        False,
        ("กลุ่มหล่อทองเหลืองบ้านเตาทองหล่อ", "Tao Thong Lo Brass Casters"),
        (
            "ช่างรุ่นสุดท้ายสิบแปดคนหล่อเดือนละสองเตา ใครซื้อกระดิ่งไปแล้วเสียงเพี้ยนส่งกลับมาเทียบเสียงได้ตลอดชีวิต",
            "Eighteen casters pour twice a month. A bell gone sour may be sent back for tuning "
            "for life.",
        ),
        "brass_bell",
    ),
    producer(
        "din-kraeng-potters",
        SME,
        "30071008",
        2527,
        33,
        True,
        ("ห้างหุ้นส่วนจำกัด ดินแกร่งริมมูล", "Din Kraeng Pottery Partnership"),
        (
            "ขุดดินจากคุ้งน้ำที่เดิมเมื่อน้ำลดเดือนเมษายน หมักหกเดือนก่อนขึ้นแป้น เตาใหญ่จุได้สองพันชิ้น",
            "Clay is dug from the same bend in April and rests six months. The big kiln holds "
            "two thousand pieces.",
        ),
        "copper_clay",
    ),
)
