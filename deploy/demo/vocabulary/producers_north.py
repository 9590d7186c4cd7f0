"""Producers of the North beyond Chiang Mai and Lamphun."""

from deploy.demo.vocabulary.producer_rows import producer

GROUP, OWNER, SME = "community_group", "single_owner", "sme"

NORTH = (
    producer(
        "tao-fai-ngam-ceramics",
        SME,
        "52030606",
        2529,
        38,
        True,
        ("บริษัท เตาไฟงามเซรามิก จำกัด", "Tao Fai Ngam Ceramics Co., Ltd."),
        (
            "เริ่มจากเตามังกรหนึ่งลูกที่สร้างร่วมกันเจ็ดครอบครัว คนวาดส่วนใหญ่เป็นแม่ที่รับงานกลับไปทำหลังส่งลูกเข้าโรงเรียน",
            "Seven families built one dragon kiln. Most painters are mothers who take work home "
            "once the children are at school.",
        ),
        "rooster_ware",
    ),
    producer(
        "tao-fai-ngam-khao-taen",
        GROUP,
        "52030606",
        2540,
        15,
        False,
        ("กลุ่มแม่บ้านข้าวแต๋นเตาไฟงาม", "Tao Fai Ngam Khao Taen Housewives"),
        (
            "ตากข้าวแต๋นบนลานหน้าเตาเพราะพื้นอุ่นแห้งไว ใช้น้ำแตงโมจากไร่ริมวังเท่านั้น",
            "The kiln yard is warm, so the cakes dry fast. The watermelon comes only from "
            "fields along the Wang.",
        ),
        "khao_taen",
        "namprik_num",
    ),
    producer(
        "ton-rae-miang",
        GROUP,
        "52130403",
        2544,
        26,
        False,
        ("วิสาหกิจชุมชนเมี่ยงบ้านต้นแร่น้ำใส", "Ton Rae Nam Sai Miang Enterprise"),
        (
            "คนเก็บเมี่ยงรุ่นหนุ่มสาวเหลือเก้าคน กลุ่มจึงทำชาซองให้คนเมืองรู้จักต้นเมี่ยงก่อนที่ป่าจะถูกถางทำไร่",
            "Nine young pickers are left. The group bags tea so that the old trees are worth "
            "keeping, before the forest turns to maize.",
        ),
        "miang_tea",
        "herbal_infusion",
    ),
    producer(
        "ton-rae-herbs",
        GROUP,
        "52130403",
        2552,
        14,
        False,
        ("กลุ่มสมุนไพรน้ำแร่แม่บ้านต้นแร่", "Ton Rae Spring Herb Housewives"),
        (
            "ใช้น้ำแร่ต้มแชมพูและอุ่นน้ำมันนวดแทนเตาแก๊ส คนเฒ่าเป็นคนบอกเวลาจากสีของน้ำ",
            "The spring brews the shampoo and warms the oil in place of gas. Elders tell the "
            "time by its colour.",
        ),
        "herb_shampoo",
        "massage_oil",
        "compress_ball",
        "scented_candle",
    ),
    producer(
        "hom-nam-ngoen-dyers",
        GROUP,
        "54010508",
        2528,
        52,
        True,
        ("กลุ่มย้อมหม้อห้อมบ้านห้อมน้ำเงิน", "Hom Nam Ngoen Dyers"),
        (
            "แม่หม้อสามคนผลัดกันชิมน้ำย้อมทุกเช้า ถ้าหวานขมพอดีจึงลงผ้า หม้อที่เก่าที่สุดมีคนดูแลไม่เคยขาดสี่สิบสองปี",
            "Three vat mothers taste the dye each dawn; only when sweet meets bitter does cloth "
            "go in. One vat has not gone a day untended in 42 years.",
        ),
        "indigo_shirt",
        "indigo_scarf",
    ),
    producer(
        "hom-nam-ngoen-studio",
        OWNER,
        "54010508",
        2560,
        3,
        False,
        ("ห้อมสตูดิโอของพี่แต้ว", "Taeo's Hom Studio"),
        (
            "พี่แต้วกลับบ้านหลังทำงานกรุงเทพฯ สิบสองปี เช่าหม้อของแม่ครูวันละสองชั่วโมงจนก่อหม้อเองได้",
            "Taeo came home after twelve years in Bangkok. She rented her teacher's vat two "
            "hours a day until she could keep her own.",
        ),
        "indigo_scarf",
        "yaam_bag",
    ),
    producer(
        "na-chok-kaeo-weavers",
        GROUP,
        "54030109",
        2533,
        28,
        False,
        ("กลุ่มสตรีทอผ้าตีนจกบ้านนาจกแก้ว", "Na Chok Kaeo Chok Women"),
        (
            "เก็บขนเม่นที่ร่วงจากป่าเท่านั้น คนทอเซ็นชื่อด้วยดอกเล็กหนึ่งดอกที่มุมตีนซิ่น",
            "They use only fallen quills. Each weaver signs with one small flower in the corner "
            "of the hem.",
        ),
        "jok_skirt",
    ),
    producer(
        "doi-nam-lai-weavers",
        GROUP,
        "55050407",
        2535,
        44,
        True,
        ("กลุ่มทอผ้าไทลื้อบ้านดอยน้ำไหล", "Doi Nam Lai Tai Lue Weavers"),
        (
            "ยายทวดคนหนึ่งนั่งดูน้ำข้ามฝายแล้วทอตาม ปัจจุบันกลุ่มปลูกต้นสมอและห้อมไว้ริมฝายเดิมเพื่อใช้ย้อม",
            "A great-grandmother watched the weir and wove it. The group now grows myrobalan "
            "and hom along the same bank.",
        ),
        "nam_lai_skirt",
        "natural_scarf",
    ),
    producer(
        "doi-nam-lai-silver",
        GROUP,
        "55050407",
        2538,
        12,
        True,
        ("กลุ่มเครื่องเงินบ้านดอยน้ำไหล", "Doi Nam Lai Silversmiths"),
        (
            "ช่างสิบสองคนจากสามครอบครัว ทำสิ่วเองจากลูกปืนเก่า ทุกชิ้นตอกเลขประจำตัวช่างไว้ด้านใน",
            "Twelve smiths of three families make their own punches from old bearings. Each "
            "stamps a number inside every piece.",
        ),
        "silver_bracelet",
    ),
    producer(
        "tao-kluea-phu-salt",
        GROUP,
        "55120202",
        2532,
        31,
        False,
        ("กลุ่มเกลือภูเขาบ้านเตาเกลือภู", "Tao Kluea Phu Mountain Salt"),
        (
            "เตาหกลูกแบ่งคิวกันตามครอบครัว ฟืนมาจากไม้ตัดแต่งสวนเท่านั้น ทุกปีไหว้บ่อก่อนเริ่มต้มเตาแรก",
            "Six stoves are shared by rota and fed with prunings only. The well is honoured "
            "before the first fire of the year.",
        ),
        "mountain_salt",
        "skin_scrub",
    ),
    producer(
        "doi-cha-mek-tea",
        SME,
        "57150312",
        2537,
        25,
        True,
        ("ห้างหุ้นส่วนจำกัด ดอยชาเมฆ", "Doi Cha Mek Tea Partnership"),
        (
            "ปู่เอาต้นชามาปลูกแทนพืชเสพติด หลานเรียนทำชาจบแล้วกลับมาคุมเตาเอง ใบทุกกระสอบมีชื่อคนเก็บ",
            "Grandfather planted tea where poppies grew; the grandson came back trained and "
            "runs the fire. Every sack bears its picker's name.",
        ),
        "oolong_tea",
    ),
    producer(
        "doi-cha-mek-stitch",
        GROUP,
        "57150312",
        2550,
        19,
        False,
        ("กลุ่มปักผ้าอาข่าดอยชาเมฆ", "Doi Cha Mek Akha Stitchers"),
        (
            "ปักกันที่ศาลากลางหมู่บ้านหลังเก็บชา สมาชิกอายุน้อยสุดเก้าขวบ มากสุดเจ็ดสิบสี่",
            "They stitch in the village hall after tea picking. The youngest is nine, the "
            "oldest 74.",
        ),
        "akha_embroidery",
        "hmong_batik",
    ),
    producer(
        "sop-mok-soy",
        GROUP,
        "58010505",
        2546,
        13,
        False,
        ("กลุ่มแม่บ้านถั่วเน่าบ้านสบหมอก", "Sop Mok Soybean Housewives"),
        (
            "ใช้ถั่วพันธุ์ที่เก็บเมล็ดต่อกันมาหกสิบปี ตากบนราวไม้ไผ่หน้าหนาวเท่านั้นเพราะแดดแห้งและไม่มีแมลง",
            "The bean has been saved for sixty years. Discs dry in winter alone, when the sun "
            "is crisp and flies are few.",
        ),
        "thua_nao",
        "namprik_ta_daeng",
    ),
    producer(
        "sop-mok-herbs",
        OWNER,
        "58010505",
        2557,
        4,
        False,
        ("สวนสมุนไพรพ่อเฒ่าแสง", "Pho Thao Saeng Herb Garden"),
        (
            "พ่อเฒ่าแสงบีบงาด้วยครกน้ำเครื่องสุดท้ายของลำห้วย เอากากงาให้เพื่อนบ้านเลี้ยงไก่",
            "Pho Thao Saeng runs the last water mill on the brook. The pressed cake goes to his "
            "neighbours' hens.",
        ),
        "massage_oil",
        "instant_herb",
        "inhaler",
    ),
    producer(
        "kwan-hyacinth",
        GROUP,
        "56010711",
        2543,
        36,
        True,
        ("กลุ่มจักสานผักตบชวาบ้านกว๊าน", "Kwan Water Hyacinth Group"),
        (
            "เปลี่ยนวัชพืชที่ขวางเรือประมงเป็นตะกร้าส่งโรงแรม หลังน้ำท่วมยังสานต่อได้ที่ศาลาวัด",
            "They turned a weed that blocked the boats into baskets for hotels. Since the flood "
            "they have braided in the temple hall.",
        ),
        "hyacinth",
        "bamboo_basket",
    ),
    producer(
        "kwan-kitchen",
        GROUP,
        "56010711",
        2555,
        11,
        False,
        ("กลุ่มครัวริมกว๊าน", "Kwan-side Kitchen"),
        (
            "แม่บ้านสิบเอ็ดคนทำข้าวแต๋นและกล้วยตากระหว่างรอเรือสามีกลับ เก็บเงินกองกลางวันละสิบบาท",
            "Eleven women make crisp rice and dried banana while the boats are out. Ten baht a "
            "day goes to the common fund.",
        ),
        "khao_taen",
        "dried_banana",
        "kalamae",
    ),
)
