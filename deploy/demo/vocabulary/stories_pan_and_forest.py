"""Two stories of sharing: one pan for two faiths, and five baht for the forest."""

from deploy.demo.vocabulary.shapes import (
    Paragraph,
    Picture,
    ProductPick,
    Quote,
    StoryPlan,
    VillageCard,
)

ONE_PAN = StoryPlan(
    slug="one-pan-two-faiths",
    title_th="กระทะเดียว สองศาสน์",
    title_en="One pan, two faiths",
    intro_th="สูตรกะละแมของบ้านคลองสองศาสน์ เขียนอย่างที่ป้าสองคนเล่าแย่งกันพูด",
    intro_en="The coconut toffee of Ban Khlong Song Sat, as told by two aunts "
    "who interrupt each other.",
    village_code="23050201",
    hero_picture_key="scene-river-market",
    body=(
        Paragraph(
            "ส่วนผสม แป้งข้าวเหนียวดำห้ากิโล มะพร้าวสามสิบลูก น้ำตาลโตนดแปดกิโล เกลือหยิบมือ "
            "ใบตองรีดร้อยใบ คนแปดคน กระทะทองเหลืองกว้างเมตรยี่สิบหนึ่งใบ "
            "กระทะเป็นของมัสยิด เตาเป็นของวัด ฟืนหารกัน",
            "You need five kilos of black sticky-rice flour, thirty coconuts, eight kilos of palm "
            "sugar, a pinch of salt, a hundred ironed leaves, eight people and a brass pan 1.2 "
            "metres wide. The pan belongs to the mosque, the stove to the temple. Firewood is "
            "shared.",
        ),
        Paragraph(
            "ขั้นที่หนึ่ง คั้นกะทิแยกหัวแยกหาง ป้าสมจิตรว่าใช้น้ำอุ่น ก๊ะเราะห์ว่าน้ำเย็น "
            "เถียงกันมาสามสิบปี ความจริงคือใครมาถึงก่อนคนนั้นได้เลือก",
            "One: press the coconut, first milk apart from second. Aunt Somchit says warm water, "
            "Kak Roh says cold. They have argued for thirty years. In truth, whoever arrives "
            "first "
            "decides.",
        ),
        Paragraph(
            "ขั้นที่สอง เคี่ยวหัวกะทิจนขึ้นมัน ใส่น้ำตาล แล้วเทแป้งที่ละลายหางกะทิลงไปทีเดียว "
            "จากนาทีนี้ไปอีกหกชั่วโมงห้ามหยุดพาย พายไม้ยาวสองเมตร คนสองคนยืนตรงข้ามกันดันกับดึง "
            "เปลี่ยนคู่ทุกครึ่งชั่วโมง",
            "Two: cook the rich milk until it oils, add the sugar, then pour in the batter at "
            "once. "
            "From that minute the paddle may not stop for six hours. It is two metres long; two "
            "people face each other, one pushing, one pulling, and pairs change each half hour.",
        ),
        Paragraph(
            "ที่มาของกระทะ เมื่อ พ.ศ. 2492 น้ำท่วมใหญ่ โรงครัวมัสยิดพัง วัดให้ยืมเตา มัสยิดเอากระทะที่กู้ได้มาตั้ง "
            "กวนขนมเลี้ยงคนทั้งคลองเจ็ดวัน น้ำลดแล้วไม่มีใครขอของคืน กระทะจึงอยู่ที่วัด เตาจึงเป็นของมัสยิดครึ่งหนึ่ง",
            "Where the pan came from: in 1949 a flood took the mosque kitchen. The temple lent "
            "its stove, the mosque its rescued pan, and for seven days sweets fed the whole "
            "canal. When the water fell nobody asked for anything back, so the pan lives at the "
            "temple and half the stove is the mosque's.",
        ),
        Picture(
            "food-leaf-sweets",
            "ห่อใบตองรีด พับสี่มุม มัดตอก",
            "Ironed leaf, four folds, a strip of bamboo",
            "กะละแมห่อใบตองเก้าห่อ สองห่อเปิดให้เห็นเนื้อสีดำ",
            "Nine leaf parcels, two open to show dark toffee",
        ),
        Quote(
            "หกชั่วโมงหน้ากระทะ คนเราโกรธกันไม่ได้หรอก มันเหนื่อยเกินไป",
            "Six hours at one pan and you cannot stay angry. You are too tired.",
            "ก๊ะเราะห์ คลองสองศาสน์",
            "Kak Roh of Khlong Song Sat",
        ),
        Paragraph(
            "ขั้นที่สาม ชั่วโมงที่ห้าเนื้อจะล่อนจากกระทะเหมือนผ้าไหมเปียก ทดสอบด้วยการปั้นก้อนหยอดน้ำ "
            "ถ้าดีดแล้วเด้งเหมือนลูกยางแปลว่าได้ที่ ถ้ายังไม่เด้งให้ร้องเพลงอีกสามเพลง "
            "อานาซีดสลับกับลำตัด",
            "Three: in the fifth hour it slides from the brass like wet silk. Drop a bead in "
            "water; "
            "if it bounces, it is done. If not, sing three more songs, hymns and folk verses in "
            "turn.",
        ),
        Paragraph(
            "ขั้นที่สี่ ตักใส่ถาด พักข้ามคืน เช้าตัดชิ้นละยี่สิบกรัมห่อใบตอง หนึ่งกระทะได้ราวเก้าร้อยชิ้น "
            "สูตรนี้ไม่มีน้ำมันหมูตั้งแต่แรก เพราะกระทะเป็นของมัสยิด ของไหว้วัดก็เลยกินได้ทุกคน",
            "Four: tray it, rest it overnight, cut it at dawn in twenty-gram pieces. One pan "
            "gives "
            "about nine hundred. There was never lard in it, since the pan is the mosque's, and "
            "so "
            "the temple's offering too can be eaten by everyone.",
        ),
        Paragraph(
            "หมายเหตุ เดือนรอมฎอนคนพุทธกวนตอนกลางวัน คนมุสลิมมาเปลี่ยนมือหลังละศีลอด "
            "วันออกพรรษาสลับกัน เราชิมแล้ว แยกไม่ออกว่ากระทะไหนของใคร",
            "Note: in Ramadan the Buddhists stir by day and the Muslims take the paddle after "
            "sunset; at the end of Lent it goes the other way. We tasted both. We could not tell "
            "whose was whose.",
        ),
        Paragraph(
            "ขอแถมเรื่องงอบ ระหว่างรอเปลี่ยนมือ คนที่นั่งพักจะเย็บงอบใบจากไปด้วย งอบหนึ่งใบใช้ใบจากสี่สิบใบ "
            "เวลาเท่ากับกะละแมหนึ่งกระทะพอดี ถ้าซื้อทั้งขนมทั้งงอบ เขาจะแถมเรื่องเล่าให้อีกหนึ่งเรื่อง เลือกไม่ได้",
            "A word on hats. Whoever is resting between turns sews nipa leaf. A hat takes forty "
            "leaves and exactly one pan of toffee to finish. Buy both and you are given a story "
            "as well. You may not choose which.",
        ),
        ProductPick(producer_key="song-sat-sweets", archetype="kalamae", limit=3),
        ProductPick(producer_key="song-sat-hats", limit=2),
        VillageCard("23050201"),
    ),
)

FIVE_BAHT = StoryPlan(
    slug="five-baht-for-the-forest",
    title_th="ห้าบาทของป่า",
    title_en="Five baht for the forest",
    intro_th="กาแฟหนึ่งถุงจากบ้านขุนสายหมอกราคาร้อยแปดสิบบาท เราขอดูบัญชีว่าเงินไปไหนบ้าง",
    intro_en="A bag of coffee from Ban Khun Sai Mok costs 180 baht. We asked to see "
    "where the money goes.",
    village_code="50220409",
    hero_picture_key="scene-mountain-mist",
    body=(
        Paragraph(
            "บัญชีของกลุ่มเขียนด้วยชอล์กบนกระดานดำหน้าโรงคั่ว ลบไม่ได้จนกว่าจะสิ้นเดือน "
            "ใครผ่านไปผ่านมาก็อ่านได้ รวมทั้งนักท่องเที่ยวและเด็กประถมที่หัดบวกเลขจากตรงนี้",
            "The accounts are chalked on a blackboard outside the roastery and may not be wiped "
            "until the month ends. Anyone can read them, including visitors and the children who "
            "learn their sums here.",
        ),
        Paragraph(
            "แปดสิบเอ็ดบาทแรกเป็นของคนเก็บ ต้องใช้ผลแดงหนึ่งกิโลเจ็ดขีดจึงได้กาแฟคั่วหนึ่งถุง "
            "คนเก็บเดินขึ้นสวนตั้งแต่หมอกยังไม่ยก เลือกเฉพาะผลที่บีบแล้วนิ่ม "
            "ต้นเดียวกันต้องกลับมาเก็บห้ารอบเพราะสุกไม่พร้อมกัน",
            "The first eighty-one baht are the pickers'. A bag takes 1.7 kilos of red fruit. They "
            "climb before the mist lifts and take only what gives between the fingers; each tree "
            "must be visited five times, for nothing ripens together.",
        ),
        Paragraph(
            "ยี่สิบเก้าบาทเป็นค่าตาก พลิกทุกสองชั่วโมง ยี่สิบวัน บนแคร่ไม้ไผ่ที่เรียงตามไหล่เขา "
            "ยี่สิบสองบาทเป็นค่าคั่ว ฟืน และถุง สิบแปดบาทเป็นค่าขนส่งลงดอย "
            "สิบหกบาทเป็นเงินเดือนเด็กรุ่นใหม่สามคนที่ดูแลหน้าร้านออนไลน์ เก้าบาทเข้ากองทุนการศึกษา",
            "Twenty-nine go to drying: turned every two hours for twenty days on bamboo along the "
            "ridge. Twenty-two for roasting, wood and bag. Eighteen for the road down. Sixteen "
            "for "
            "three young people who keep the online shop. Nine for school fees.",
        ),
        Picture(
            "drink-coffee",
            "กาแฟคั่ววันพุธ ส่งวันพฤหัส",
            "Roasted on Wednesday, posted on Thursday",
            "ถุงกาแฟสีน้ำตาลวางบนโต๊ะไม้ มีเมล็ดกาแฟกระจายอยู่หน้าถุง",
            "A brown coffee bag on a table with beans spilt before it",
        ),
        Paragraph(
            "เหลือห้าบาท กระดานเขียนว่า “ของป่า” เดือนมีนาคมไฟป่ามาทุกปี "
            "เงินห้าบาทจ่ายค่าอาหารคนเดินแนวกันไฟยี่สิบสี่คน ระยะทางสิบเจ็ดกิโลเมตร ยาวสี่สิบห้าคืน "
            "ปีแรกที่เริ่ม ไฟเข้าสวนสามครั้ง ปีที่แล้วไม่เข้าเลย",
            "Five remain. The board says “the forest's”. Fires come each March, and those five "
            "baht "
            "feed twenty-four people who walk a break of seventeen kilometres for forty-five "
            "nights. In the first year fire entered the gardens three times; last year, never.",
        ),
        Paragraph(
            "ปีที่ราคากาแฟโลกตก กลุ่มไม่ได้ลบบรรทัดของป่า แต่ลบบรรทัดขนส่ง เปลี่ยนจากจ้างรถมาผลัดกันขับเอง "
            "เดือนละสี่เที่ยว ใครขับได้กาแฟกลับบ้านหนึ่งถุงแทนค่าแรง กระดานเดือนนั้นยังบวกได้เท่าราคาถุงเหมือนเดิม",
            "The year world prices fell they did not wipe the forest's line. They wiped the "
            "lorry's and took turns to drive, four trips a month, paid with a bag of coffee "
            "each. The board still added up to the price on the bag.",
        ),
        Quote(
            "กาแฟเราอยู่ใต้ต้นไม้ใหญ่ ถ้าต้นไม้ใหญ่ไม่อยู่ บรรทัดอื่นบนกระดานก็ไม่มี",
            "Our coffee lives under the big trees. Without them there are no other "
            "lines on the board.",
            "พะตีหม่อ หัวหน้าชุดไฟป่า",
            "Pati Mo, head of the fire watch",
        ),
        Paragraph(
            "เราบวกดู แปดสิบเอ็ด ยี่สิบเก้า ยี่สิบสอง สิบแปด สิบหก เก้า ห้า ได้ร้อยแปดสิบพอดี "
            "ถามว่าแล้วกำไรกลุ่มอยู่ตรงไหน เหรัญญิกชี้ขึ้นไปบนเขา บอกว่าเดี๋ยวหมอกลงรอบสองก็เห็น",
            "We add it up: eighty-one, twenty-nine, twenty-two, eighteen, sixteen, nine, five. "
            "One "
            "hundred and eighty. And the group's profit? The treasurer points uphill. Wait for "
            "the "
            "second mist, she says, and you will see it.",
        ),
        Paragraph(
            "สวนกาแฟที่นี่มองจากไกลไม่รู้ว่าเป็นสวน เพราะไม้ใหญ่ยังอยู่ครบ ก่อ ทะโล้ จำปีป่า เด็ก ๆ "
            "ท่องชื่อได้สามสิบชนิด ต้นกาแฟโตช้ากว่าสวนกลางแจ้งสองปี แต่เมล็ดแน่นกว่า "
            "และในรายการแขกประจำมีเก้งสองตัวกับนกเงือกหนึ่งคู่",
            "From a distance you would not call it a plantation. Oaks, schima and wild magnolia "
            "all stand, and children can name thirty kinds. Bushes in shade are two years "
            "slower but the bean is denser, and among the regular guests are two barking deer "
            "and a pair of hornbills.",
        ),
        ProductPick(producer_key="khun-sai-mok-coffee", limit=3),
        VillageCard("50220409"),
    ),
)
