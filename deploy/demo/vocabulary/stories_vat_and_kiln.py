"""Two stories of patience: a vat of indigo in seven days, a kiln in twenty-four hours."""

from deploy.demo.vocabulary.shapes import (
    Paragraph,
    Picture,
    ProductPick,
    Quote,
    StoryPlan,
    VillageCard,
)

INDIGO_VAT = StoryPlan(
    slug="the-vat-named-grandma-thong",
    title_th="หม้อครามชื่อยายทอง",
    title_en="The vat named Grandma Thong",
    intro_th="ที่บ้านคำครามฟ้า หม้อครามมีชื่อเหมือนคน กินข้าวเหมือนคน และงอนได้เหมือนคน "
    "เราไปนั่งเฝ้าหม้อที่ดื้อที่สุดอยู่เจ็ดวัน",
    intro_en="In Ban Kham Khram Fa a vat has a name, an appetite and moods. "
    "We sat beside the most stubborn one for a week.",
    village_code="47040706",
    hero_picture_key="scene-indigo-vats",
    body=(
        Paragraph(
            "วันแรก แม่บัวผันตักน้ำในหม้อขึ้นดมก่อนทักทายเราเสียอีก "
            "น้ำขุ่นสีเขียวอมเหลืองเหมือนน้ำชาค้างคืน กลิ่นฉุนนิด ๆ แต่ไม่เหม็น "
            "“ยังหิวอยู่” แกว่า แล้วเติมน้ำมะขามเปียกหนึ่งขันกับปูนแดงปลายช้อน "
            "หม้อนี้ก่อไว้ตั้งแต่ปี 2541 และไม่เคยแห้งสักวัน",
            "On the first morning Mae Buaphan smells the vat before she says hello. "
            "The liquor is the yellow-green of yesterday's tea, sharp but not foul. "
            "“Still hungry,” she says, and feeds it a bowl of tamarind water and a spoon-tip of "
            "red lime. It was started in 1998 and has not been dry for a day since.",
        ),
        Paragraph(
            "ครามไม่ใช่สีที่ละลายน้ำ ต้องให้จุลินทรีย์กินออกซิเจนจนหมดก่อน "
            "เนื้อครามจึงยอมแทรกเข้าไปในเส้นฝ้าย วันที่สองกับวันที่สามจึงไม่มีอะไรให้ทำ นอกจากโจกน้ำ "
            "คือช้อนขึ้นเทลงเช้าครั้งเย็นครั้ง แล้วรอดูฟอง ถ้าฟองสีน้ำเงินเหลือบทองแดงค้างอยู่นาน "
            "แปลว่าหม้อสบาย",
            "Indigo will not dissolve until microbes have used up the oxygen around it. "
            "So days two and three ask only that the liquor be lifted and poured back, once at "
            "dawn and once at dusk, while everyone watches the foam. "
            "Blue bubbles with a copper sheen that linger: the vat is content.",
        ),
        Picture(
            "weave-kram-shibori-rings",
            "ผ้าพันคอมัดวงน้ำกระเพื่อม จุ่มหกน้ำ",
            "A ripple-bound scarf after six dips",
            "ผ้าสีครามมีวงสีขาวเรียงกันหลายวง แขวนบนราวไม้ไผ่",
            "Indigo cloth with rows of pale rings hanging from a bamboo rod",
        ),
        Paragraph(
            "วันที่สี่ยายทองงอน ฟองหายไปทั้งหม้อ ป้าข้างบ้านว่าเพราะมีคนมาถ่ายรูปเสียงดัง "
            "หลานสาวที่เรียนเคมีว่าเพราะคืนนั้นอากาศเย็นลงหกองศา ทั้งสองฝ่ายทำเหมือนกันคือห่มผ้าให้หม้อ "
            "แล้วเติมน้ำข้าวหมากอุ่น ๆ",
            "On the fourth day Grandma Thong sulks: not a bubble. A neighbour blames our noisy "
            "cameras. The granddaughter who studies chemistry blames a night six degrees colder. "
            "They agree on the cure, which is a blanket round the jar and something warm and "
            "sweet.",
        ),
        Paragraph(
            "ครามของที่นี่ปลูกเดือนพฤษภาคม เกี่ยวเดือนกันยายนก่อนออกดอก เกี่ยวเช้ามืดเพราะใบที่โดนแดดแล้วให้สีน้อยลง "
            "แช่น้ำหนึ่งคืน ช้อนกากทิ้ง แล้วตีน้ำครามในโอ่งด้วยชะลอมไม้ไผ่ร้อยห้าสิบครั้งจนฟองยุบ "
            "เนื้อครามที่ตกก้นโอ่งเหมือนดินเหนียวสีน้ำเงิน เก็บในไหปิดผ้าได้ทั้งปี",
            "The plants go in in May and are cut before flowering in September, in the dark, "
            "because leaf that has met the sun gives less. They soak overnight; then the water "
            "is beaten a hundred and fifty strokes with a bamboo basket until the foam "
            "collapses. What settles is a blue clay that keeps all year in a covered jar.",
        ),
        Quote(
            "หม้อครามสอนให้เราไม่รีบ วันไหนใจร้อน วันนั้นผ้าด่าง",
            "The vat teaches you not to hurry. Come impatient and your cloth comes out blotched.",
            "บัวผัน คำฟ้า คนเลี้ยงหม้อคราม",
            "Buaphan Khamfa, keeper of vats",
        ),
        Paragraph(
            "วันที่ห้าหม้อฟื้น ผ้าผืนแรกลงตอนเจ็ดโมง ขยำใต้น้ำช้า ๆ นับหนึ่งถึงสองร้อย "
            "ยกขึ้นมาเป็นสีเขียว แล้วเปลี่ยนเป็นน้ำเงินต่อหน้าต่อตาเมื่อโดนลม เราลองเองแล้ว "
            "นับได้แค่ร้อยสี่สิบก็เมื่อยแขน",
            "The fifth day it wakes. The first length goes in at seven, squeezed slowly under the "
            "surface for a count of two hundred. It comes up green and turns blue in front of you "
            "as the air gets to it. We tried. Our arms gave out at a hundred and forty.",
        ),
        Paragraph(
            "สองวันสุดท้ายคือการทำซ้ำ จุ่ม บีบ ผึ่ง ล้าง วันละสองรอบ ครบแปดน้ำจึงได้สีที่ที่นี่เรียกว่าฟ้าแก่ "
            "กลุ่มมีสมาชิกห้าสิบแปดคน หม้อยี่สิบเอ็ดใบ และไร่ครามหกสิบไร่ "
            "ผ้าผืนหนึ่งจึงเดินทางจากเมล็ดถึงไหล่คนใส่ราวสิบเดือน",
            "The last two days are repetition: dip, wring, air, rinse, twice over. Eight dips "
            "make "
            "the shade they call old sky. There are 58 members, 21 vats and 24 acres of plants, "
            "and about ten months lie between a seed and a shoulder.",
        ),
        Paragraph(
            "ถ้าอยากมาเฝ้าหม้อเอง กลุ่มรับวันละแปดคน เริ่มเจ็ดโมงเช้า ได้ผ้าพันคอที่ย้อมเองกลับบ้านหนึ่งผืน "
            "กับเล็บสีฟ้าอีกราวสองสัปดาห์ ล้างไม่ออก คนที่นี่บอกว่าเป็นใบรับรองว่าเคยมาจริง",
            "The group takes eight visitors a day from seven in the morning. You leave with a "
            "scarf of your own dyeing and blue fingernails for a fortnight. They will not scrub "
            "clean; here they call it your certificate.",
        ),
        ProductPick(producer_key="kham-khram-fa-indigo", limit=3),
        VillageCard("47040706"),
    ),
)

KILN_NIGHT = StoryPlan(
    slug="one-night-at-the-celadon-kiln",
    title_th="ยี่สิบสี่ชั่วโมงหน้าเตาศิลาดล",
    title_en="Twenty-four hours at the celadon kiln",
    intro_th="บันทึกเวลาจากเตาลูกที่สามของบ้านป่าตาลคำ คืนที่ฟืนชื้นและทุกคนอดนอน",
    intro_en="A log kept beside kiln number three in Ban Pa Tan Kham, "
    "on a night of damp wood and no sleep.",
    village_code="50130605",
    hero_picture_key="scene-kiln-yard",
    body=(
        Paragraph(
            "06.00 น. เรียงของเข้าเตา ถ้วยเล็กอยู่หลัง แจกันอยู่กลาง ชามบัวอยู่หน้าไฟ "
            "รวมหกร้อยสี่สิบชิ้น ห้ามให้แตะกันแม้แต่ปลายนิ้ว เพราะเคลือบที่ละลายจะติดกันตลอดชีวิต",
            "06:00. Loading. Cups at the back, vases in the middle, lotus bowls by the fire: 640 "
            "pieces, no two allowed to touch, for melted glaze marries what it meets.",
        ),
        Paragraph(
            "08.30 น. ก่ออิฐปิดปากเตา เหลือช่องเท่าฝ่ามือ ลุงอินถาจุดไฟด้วยเปลือกลำไยแห้ง "
            "ไฟชั่วโมงแรกต้องอ่อนจนเอามือแตะอิฐได้ ดินที่ยังมีน้ำอยู่จะระเบิดถ้ารีบ",
            "08:30. The door is bricked up but for a hole the size of a hand. Uncle Intha lights "
            "dry longan bark. For an hour the bricks must stay cool enough to touch; clay with "
            "water in it bursts if you rush.",
        ),
        Picture(
            "clay-celadon-bowl",
            "ชามกลีบบัวจากเตาลูกที่สาม",
            "A lotus bowl out of kiln three",
            "ชามศิลาดลสีเขียวมีลายกลีบบัวรอบนอก วางบนโต๊ะไม้",
            "A green celadon bowl with carved petals on a wooden table",
        ),
        Paragraph(
            "15.00 น. เก้าร้อยองศา ฟืนชื้นกว่าที่คิด ฝนเมื่อวานซืนซึมเข้ากอง ลูกชายสองคนผลัดกันผ่าเอาแต่แก่น "
            "กินข้าวเหนียวกับน้ำพริกหนุ่มตรงนั้นเลยเพราะทิ้งไฟไม่ได้เกินสิบนาที",
            "15:00. Nine hundred degrees. The wood is wetter than it looked, so the sons split it "
            "down to the heart. Lunch is sticky rice and green chilli dip on the spot, since no "
            "one may leave the fire for more than ten minutes.",
        ),
        Paragraph(
            "22.00 น. หนึ่งพันสองร้อยองศา ปิดช่องลมครึ่งหนึ่งให้ไฟขาดอากาศ "
            "ควันดำทะลักออกทุกรอยร้าว นี่คือชั่วโมงที่เหล็กในขี้เถ้าเปลี่ยนจากน้ำตาลเป็นเขียว "
            "ถ้าปิดเร็วไปได้สีเหลือง ช้าไปได้สีเทา",
            "22:00. Twelve hundred. Half the air is shut off and the fire starved until black "
            "smoke leaks from each crack. This is the hour when iron in the ash turns from brown "
            "to green. Too early gives yellow, too late gives grey.",
        ),
        Paragraph(
            "เคลือบของบ้านนี้มีสามอย่างเท่านั้น ขี้เถ้าไม้ลำไยร่อนสองครั้ง ดินหน้านาชั้นที่ไส้เดือนอยู่ และดินขาวจากลำปาง "
            "ผสมกับน้ำให้ข้นเท่าหางกะทิ จุ่มครั้งเดียวนับสาม ความเขียวไม่ได้มาจากสี แต่มาจากเหล็กในดินนาที่พ่อไถทุกปี",
            "The glaze has three things in it: longan ash sieved twice, paddy clay from the "
            "layer where worms live, and white clay from Lampang, thinned like coconut milk. "
            "One dip to the count of three. The green is no pigment; it is iron from the field "
            "they plough each year.",
        ),
        Quote(
            "พ่อดูสีไฟจากรูเท่าเหรียญบาท ผมดูตัวเลขบนจอ เราทะเลาะกันทุกเตาแล้วก็ได้สีเดียวกัน",
            "My father reads the colour through a hole like a coin, I read a screen. "
            "We argue at each firing and end at the same green.",
            "ธนากร ลูกชายคนโต",
            "Thanakon, the elder son",
        ),
        Paragraph(
            "02.15 น. หนึ่งพันสองร้อยหกสิบองศา ดึงวงแหวนดินตัวอย่างออกมาด้วยเหล็กยาว จุ่มน้ำดังฉ่า "
            "ส่องไฟฉายเห็นรานละเอียดเหมือนน้ำแข็งบาง ลุงอินถาพยักหน้าครั้งเดียว ทุกคนวางฟืน",
            "02:15. Twelve hundred and sixty. A clay ring is hooked out, hissing in a bucket, and "
            "held to a torch: a crackle like thin ice. Uncle Intha nods once. Everyone puts down "
            "their wood.",
        ),
        Paragraph(
            "06.00 น. อุดเตาทุกรู แล้วรอสามวัน วันเสาร์ชาวบ้านมายืนล้อมตอนเปิด "
            "เตานี้เสียสี่สิบเอ็ดใบ นับว่าดี เศษที่แตกเอาไปปูทางเดินหน้าวัด เดินแล้วดังกรุ๊งกริ๊ง",
            "06:00. Every hole is plugged, and then come three days of waiting. On Saturday the "
            "village gathers to see it opened. Forty-one lost, which is good. The shards pave the "
            "temple path, and ring underfoot.",
        ),
        Paragraph(
            "ถ้ามาวันเสาร์ให้ถึงก่อนเก้าโมง จะได้ยินเสียงชามร้อง เคลือบที่เย็นเร็วกว่าดินจะรานทีละเส้น ดังติ๊งเบา ๆ "
            "ต่อเนื่องกันหลายชั่วโมง เด็กในหมู่บ้านเรียกว่าเสียงชามหัวเราะ",
            "Come before nine on a Saturday and you will hear the bowls. Glaze cools faster "
            "than clay and cracks line by line, a faint ringing that goes on for hours. The "
            "children say the bowls are laughing.",
        ),
        ProductPick(producer_key="pa-tan-kham-celadon", archetype="celadon", limit=4),
        VillageCard("50130605"),
    ),
)
