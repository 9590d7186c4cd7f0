"""Food of the mortar and the mill: chilli pastes, curry pastes and rice."""

from functools import partial

from deploy.demo.vocabulary.archetypes import DRY_FOOD_CARE, JAR_CARE, archetype, choices, v

_food = partial(archetype, "food")

_JARS = choices(("100 กรัม", "100 g"), ("200 กรัม", "200 g", "1.85", "2"))
_BAGS = choices(("1 ถุง", "1 bag"), ("3 ถุง", "3 bags", "2.8", "3"), ("6 ถุง", "6 bags", "5.4", "6"))

CHILLI = (
    _food(
        "namprik_num",
        "chilli",
        title=("น้ำพริกหนุ่ม{v}", "{v} roasted green chilli dip"),
        text=(
            "พริกหนุ่ม หอม และกระเทียมย่างบนเตาถ่านจนเปลือกไหม้ ลอกแล้วตำด้วยครกไม้ ไม่ใส่ผงชูรส",
            "Young chillies, shallots and garlic charred over coals, peeled and pounded in a "
            "wooden mortar. No flavour enhancer.",
        ),
        materials=("พริกหนุ่ม หอมแดง กระเทียม เกลือ", "Green chilli, shallot, garlic, salt"),
        technique=("ย่างถ่าน ตำครก พาสเจอไรซ์", "Charcoal roasting, pounding, pasteurising"),
        care=JAR_CARE,
        price_baht=(55, 95),
        grams=180,
        variants=(
            v(
                "สูตรดั้งเดิม",
                "Original",
                "เผ็ดกลาง กินกับแคบหมู",
                "Medium hot; eat with crackling.",
            ),
            v(
                "เผ็ดน้อย",
                "Mild",
                "คัดเม็ดออกครึ่งหนึ่ง เด็กกินได้",
                "Half the seeds out, for children.",
            ),
            v("ใส่ปลาแห้ง", "Dried-fish", "ได้กลิ่นปลาย่าง", "With smoked fish folded in."),
            v(
                "มะแขว่น",
                "Prickly-ash",
                "ใส่มะแขว่นป่า หอมซ่า",
                "With wild prickly ash, a cool tingle.",
            ),
            v(
                "เจ",
                "Vegan",
                "ใช้เกลือภูเขาแทนน้ำปลา",
                "Mountain salt in place of fish sauce.",
            ),
        ),
        pictures=("food-chilli-green",),
        regions=("N",),
        axis="size",
        options=_JARS,
        certificates=("fda_food", "tcps", "gmp_ghp"),
    ),
    _food(
        "namprik_ta_daeng",
        "chilli",
        title=("น้ำพริกตาแดง{v}", "{v} red-eye chilli relish"),
        text=(
            "พริกแห้งคั่วไฟอ่อน ตำกับกระเทียมและกะปิจนเนียน ผัดแห้งจนเก็บได้นาน",
            "Dried chillies toasted slowly, pounded smooth with garlic and shrimp paste, "
            "then fried dry so that it keeps.",
        ),
        materials=("พริกแห้ง กระเทียม กะปิ น้ำมะขาม", "Dried chilli, garlic, shrimp paste, tamarind"),
        technique=("คั่ว ตำ ผัดแห้ง", "Toasting, pounding, dry frying"),
        care=JAR_CARE,
        price_baht=(45, 89),
        grams=160,
        variants=(
            v(
                "ปลาร้า",
                "Fermented-fish",
                "ใช้ปลาร้าหมักครบปี",
                "Uses year-old fermented fish.",
            ),
            v(
                "ปลาย่าง",
                "Grilled-fish",
                "ใส่ปลาช่อนย่างฟาง",
                "With straw-grilled snakehead.",
            ),
            v(
                "แมงดา",
                "Water-bug",
                "หอมแมงดาสดตามฤดูฝน",
                "Scented with rainy-season water bug.",
            ),
            v(
                "สมุนไพร",
                "Herb",
                "ใส่ตะไคร้และใบมะกรูดกรอบ",
                "Crisp lemongrass and lime leaf.",
            ),
            v("เห็ด", "Mushroom", "ใช้เห็ดแทนเนื้อสัตว์", "Mushroom in place of meat."),
        ),
        pictures=("food-chilli-red",),
        regions=("N", "NE", "C"),
        axis="size",
        options=_JARS,
        certificates=("fda_food", "tcps"),
    ),
    _food(
        "jaew_bong",
        "chilli",
        title=("แจ่วบอง{v}", "Jaew bong, {v}"),
        text=(
            "ปลาร้าต้มสุกสับกับข่าและหอมคั่ว กวนไฟอ่อนสี่ชั่วโมง จิ้มข้าวเหนียวได้เลยไม่ต้องอุ่น",
            "Cooked fermented fish chopped with galangal and toasted shallot, stirred four hours. "
            "Ready to scoop with sticky rice.",
        ),
        materials=("ปลาร้าต้มสุก ข่า หอมแดง พริกคั่ว", "Cooked pla ra, galangal, shallot, chilli"),
        technique=("กวนไฟอ่อน", "Slow stirring"),
        care=JAR_CARE,
        price_baht=(49, 85),
        grams=170,
        variants=(
            v(
                "สูตรแม่ใหญ่",
                "grandmother's recipe",
                "ข่าอ่อนมากเป็นพิเศษ",
                "Extra young galangal.",
            ),
            v(
                "หอมแดงเจียว",
                "fried shallot",
                "โรยหอมเจียวกรอบ",
                "Topped with crisp shallots.",
            ),
            v(
                "หนังควายกรอบ",
                "crisp hide",
                "เคี้ยวกรุบแบบภูไท",
                "Crunchy, the Phu Thai way.",
            ),
            v("เผ็ดจัด", "extra hot", "พริกจินดาล้วน", "Chinda chillies only."),
        ),
        pictures=("food-chilli-dark",),
        regions=("NE",),
        axis="size",
        options=_JARS,
        certificates=("fda_food", "tcps"),
    ),
    _food(
        "southern_curry_paste",
        "chilli",
        title=("เครื่องแกง{v}", "{v} curry paste"),
        text=(
            "ตำขมิ้นสด ตะไคร้ และพริกขี้หนูแห้งตามสูตรใต้ รสจัดเพราะไม่ผสมแป้ง ถุงเดียวแกงได้หม้อใหญ่",
            "Fresh turmeric, lemongrass and dried bird chilli pounded the southern way, "
            "with no filler. One pack makes a big pot.",
        ),
        materials=("พริกแห้ง ขมิ้น ตะไคร้ กะปิ", "Chilli, turmeric, lemongrass, shrimp paste"),
        technique=("โม่หินและตำมือ", "Stone milled, hand finished"),
        care=JAR_CARE,
        price_baht=(35, 75),
        grams=250,
        variants=(
            v(
                "แกงส้มใต้",
                "Southern sour",
                "ใช้กับปลากะพงและยอดมะพร้าว",
                "For sea bass and palm heart.",
            ),
            v(
                "คั่วกลิ้ง",
                "Khua kling",
                "ผัดแห้งกับหมูหรือไก่",
                "For dry-fried pork or chicken.",
            ),
            v(
                "แกงไตปลา",
                "Tai pla",
                "หอมใบมะกรูด ไม่คาว",
                "Lime leaf rounds off the fish.",
            ),
            v("แกงกะทิ", "Coconut", "เผ็ดน้อย เหมาะกับกุ้ง", "Milder, good with prawns."),
            v(
                "มัสมั่น",
                "Massaman",
                "เครื่องเทศคั่วสิบเอ็ดอย่าง",
                "Eleven roasted spices.",
            ),
        ),
        pictures=("food-chilli-red", "food-pepper"),
        regions=("S",),
        axis="pack",
        options=_BAGS,
        certificates=("fda_food", "halal", "tcps"),
    ),
    _food(
        "thua_nao",
        "chilli",
        title=("ถั่วเน่าแผ่น{v}", "Sun-dried soybean discs, {v}"),
        text=(
            "ถั่วเหลืองพื้นเมืองต้มข้ามคืน หมักในใบตองตึงสามวัน ตำแล้วแผ่ตากแดดเป็นแผ่นกลม ใช้แทนกะปิได้",
            "Local soybeans boiled overnight, three days in broad forest leaves, pounded and "
            "sunned "
            "in thin rounds. Use as you would shrimp paste.",
        ),
        materials=("ถั่วเหลืองพื้นเมือง", "Local soybeans"),
        technique=("หมักธรรมชาติ ตากแดด", "Natural ferment, sun drying"),
        care=DRY_FOOD_CARE,
        price_baht=(39, 69),
        grams=120,
        variants=(
            v("รสเค็ม", "salted", "ปิ้งกรอบกินกับข้าวได้เลย", "Toast and eat with rice."),
            v("พริก", "with chilli", "ผสมพริกแห้งคั่ว", "With toasted chilli."),
            v(
                "งาดำ",
                "with black sesame",
                "โรยงาดำจากครกน้ำ",
                "Black sesame from the water mill.",
            ),
            v("ป่น", "ground", "ตำละเอียด โรยน้ำซุป", "Ground fine for soups."),
        ),
        pictures=("food-mushroom",),
        regions=("N",),
        certificates=("tcps",),
    ),
)

RICE = (
    _food(
        "jasmine_rice",
        "rice",
        title=("ข้าว{v}", "{v} rice"),
        text=(
            "ปลูกนาปีในทุ่งกุลา เกี่ยวเดือนพฤศจิกายนแล้วสีทีละน้อยตามใบสั่ง จึงยังหอมเมื่อถึงบ้าน",
            "Grown once a year on the Kula plain, harvested in November and milled in small lots "
            "to order, so it still smells of itself at your door.",
        ),
        materials=("ข้าวอินทรีย์", "Organic rice"),
        technique=("สีด้วยโรงสีชุมชน บรรจุสุญญากาศ", "Milled in the village, vacuum packed"),
        care=DRY_FOOD_CARE,
        price_baht=(59, 110),
        grams=1050,
        variants=(
            v(
                "หอมมะลิ 105",
                "Jasmine 105",
                "ข้าวใหม่ หุงน้ำน้อย",
                "New rice: use less water.",
            ),
            v(
                "กล้องหอมมะลิ",
                "Brown jasmine",
                "จมูกข้าวยังอยู่ครบ",
                "The germ is still on.",
            ),
            v(
                "หอมมะลิแดง",
                "Red jasmine",
                "เคี้ยวหนึบ หอมคล้ายถั่ว",
                "Chewy, a little nutty.",
                "food-rice-dark",
            ),
            v(
                "ไรซ์เบอร์รี่",
                "Riceberry",
                "สีม่วงเข้มจากรำ",
                "Deep purple from its bran.",
                "food-rice-dark",
            ),
            v(
                "มะลินิลสุรินทร์",
                "Black jasmine",
                "พันธุ์พื้นถิ่น ปลูกไม่กี่บ้าน",
                "Only a few farms grow it.",
                "food-rice-dark",
            ),
        ),
        pictures=("food-rice",),
        regions=("NE",),
        axis="pack",
        options=choices(
            ("1 กก.", "1 kg"), ("2 กก.", "2 kg", "1.9", "2"), ("5 กก.", "5 kg", "4.6", "5")
        ),
        certificates=("organic", "gi", "fda_food", "gmp_ghp"),
    ),
    _food(
        "sticky_rice",
        "rice",
        title=("ข้าวเหนียว{v}", "{v} sticky rice"),
        text=(
            "ข้าวเหนียวจากหุบเขา น้ำเย็นและดินปูนทำให้เม็ดนุ่มนานถึงเย็น แช่น้ำสามชั่วโมงก่อนนึ่ง",
            "Valley sticky rice; cold water and chalky soil keep it soft till evening. "
            "Soak three hours, then steam.",
        ),
        materials=("ข้าวเหนียวนาปี", "Single-crop glutinous rice"),
        technique=("ตากลานสามแดด สีมือหมุน", "Sunned three days, small mill"),
        care=DRY_FOOD_CARE,
        price_baht=(49, 89),
        grams=1050,
        variants=(
            v(
                "เขี้ยวงู",
                "Khiao Ngu",
                "เม็ดเรียวยาว ทำข้าวเหนียวมูนสวย",
                "Slim grains, for sweet rice.",
            ),
            v("กข6", "RD6", "หอมแรง กินกับส้มตำ", "Fragrant; for everyday."),
            v(
                "ลืมผัว",
                "Luem Phua",
                "ข้าวดำไร่บนภู เคี้ยวกรุบ",
                "Black hill rice with a pop.",
                "food-rice-dark",
            ),
            v(
                "ก่ำน้อย",
                "Kam Noi",
                "สีม่วง หุงผสมได้",
                "Purple; mix with white.",
                "food-rice-dark",
            ),
        ),
        pictures=("food-rice",),
        regions=("NE", "N"),
        axis="pack",
        options=choices(("1 กก.", "1 kg"), ("5 กก.", "5 kg", "4.6", "5")),
        certificates=("organic", "gi", "tcps"),
    ),
    _food(
        "khao_taen",
        "snacks",
        title=("ข้าวแต๋น{v}", "{v} crisp rice cakes"),
        text=(
            "ข้าวเหนียวคลุกน้ำแตงโม กดเป็นแผ่น ตากสองแดดแล้วทอดพองในน้ำมันใหม่ ราดน้ำอ้อยเป็นเส้น",
            "Sticky rice mixed with watermelon juice, pressed, sunned two days and puffed in "
            "fresh "
            "oil, then laced with cane syrup.",
        ),
        materials=("ข้าวเหนียว น้ำแตงโม น้ำอ้อย", "Sticky rice, watermelon, cane syrup"),
        technique=("ตากแดด ทอดพอง", "Sun drying, puffing"),
        care=DRY_FOOD_CARE,
        price_baht=(35, 60),
        grams=150,
        variants=(
            v("น้ำแตงโม", "Watermelon", "รสดั้งเดิม", "The original."),
            v("งาดำ", "Black-sesame", "โรยงาทั้งสองหน้า", "Sesame on both sides."),
            v(
                "หน้าธัญพืช",
                "Seed-topped",
                "เมล็ดฟักทองและทานตะวัน",
                "Pumpkin and sunflower seeds.",
            ),
            v("หมูหยอง", "Pork-floss", "คาวหวานในคำเดียว", "Sweet and savoury at once."),
            v(
                "ข้าวก่ำ",
                "Purple-rice",
                "ใช้ข้าวก่ำทั้งแผ่น",
                "Made wholly of purple rice.",
            ),
        ),
        pictures=("food-khao-taen",),
        regions=("N",),
        axis="pack",
        options=_BAGS,
        certificates=("fda_food", "tcps"),
    ),
)
