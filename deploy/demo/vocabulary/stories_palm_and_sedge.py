"""Two portraits: the ninth palm climber, and a year in the sedge."""

from deploy.demo.vocabulary.shapes import (
    Paragraph,
    Picture,
    ProductPick,
    Quote,
    StoryPlan,
    VillageCard,
)

NINTH_CLIMBER = StoryPlan(
    slug="the-ninth-climber",
    title_th="คนขึ้นตาลคนที่เก้า",
    title_en="The ninth climber",
    intro_th="ทั้งตำบลเหลือคนขึ้นตาลเก้าคน คนที่เก้าเพิ่งอายุยี่สิบหก และกลัวความสูง",
    intro_en="Nine people in the tambon still climb palms. The ninth is twenty-six "
    "and afraid of heights.",
    village_code="60030407",
    hero_picture_key="scene-sugar-palms",
    body=(
        Quote(
            "ผมไม่เคยมองลง ผมนับข้อไม้ไผ่ ต้นนี้ยี่สิบเจ็ดข้อ ต้นโน้นสามสิบสอง",
            "I never look down. I count the bamboo joints: twenty-seven on this one, "
            "thirty-two on that.",
            "เอก คนขึ้นตาล",
            "Ek, palm climber",
        ),
        Paragraph(
            "ตีสี่ครึ่ง เอกเดินออกจากบ้านพร้อมกระบอกไม้ไผ่สิบสองใบ มีดปาดตาล และไฟฉายคาดหัว "
            "เขาเคยขับรถส่งของอยู่รังสิตหกปี ได้เดือนละหนึ่งหมื่นห้า จ่ายค่าเช่าแล้วเหลือไม่ถึงครึ่ง "
            "ปีที่พ่อตกตาลขาหัก เขากลับมาเฝ้าไข้ แล้วก็ไม่ได้กลับไปอีก",
            "At half past four Ek leaves home with twelve bamboo tubes, a tapping knife and a "
            "head "
            "torch. For six years he drove deliveries in Rangsit for fifteen thousand baht a "
            "month "
            "and kept less than half. The year his father fell and broke a leg he came home to "
            "nurse him, and stayed.",
        ),
        Paragraph(
            "ต้นตาลสูงสิบแปดเมตร บันไดคือไม้ไผ่ลำเดียวมัดติดลำต้น เหลือตาไว้เป็นที่วางเท้า "
            "ข้างบนเขาปาดปลายงวงบางเท่ากระดาษเพื่อเปิดแผลใหม่ เปลี่ยนกระบอก "
            "ใส่เปลือกพะยอมสองชิ้นกันบูด แล้วลง ต้นหนึ่งใช้เวลาเจ็ดนาที วันละยี่สิบต้น เช้าเย็น",
            "The palm is eighteen metres tall and the ladder a single bamboo, its stubs left for "
            "toes. At the top he shaves the flower spike as thin as paper, changes the tube, "
            "drops "
            "in two chips of phayom bark against souring, and descends. Seven minutes a tree, "
            "twenty trees, morning and evening.",
        ),
        Paragraph(
            "ฤดูตาลมีหกเดือน ธันวาคมถึงพฤษภาคม ต้นตัวผู้ให้น้ำก่อน ต้นตัวเมียให้ทีหลังแต่หวานกว่า "
            "ก่อนได้น้ำหยดแรกต้องนวดงวงด้วยไม้คาบทุกวันสิบวัน เบาไปน้ำไม่ออก แรงไปงวงตาย "
            "เอกเสียงวงไปสามสิบสองงวงในปีแรก ปีนี้เสียสี่",
            "The season runs from December to May. Male trees give first, female later and "
            "sweeter. Before the first drop each spike is kneaded daily for ten days with "
            "wooden tongs: too soft and nothing comes, too hard and it dies. In his first year "
            "Ek killed thirty-two. This year, four.",
        ),
        Picture(
            "food-palm-sugar",
            "น้ำตาลโตนดปึก หยอดในพิมพ์ขณะร้อน",
            "Palm sugar, poured hot into rings",
            "ก้อนน้ำตาลสีน้ำตาลอ่อนเจ็ดก้อนวางบนใบตอง",
            "Seven pale brown rounds of sugar on a banana leaf",
        ),
        Paragraph(
            "น้ำตาลสดต้องถึงกระทะก่อนเจ็ดโมง แม่ของเอกกับป้าอีกสามคนเคี่ยวด้วยฟืนสองชั่วโมงครึ่ง "
            "น้ำตาลสดเจ็ดลิตรได้ปึกหนึ่งกิโล ช่วงท้ายต้องกระทุ้งด้วยไม้เร็ว ๆ ไม่ให้ตกทราย "
            "เสียงกระทุ้งดังเป็นจังหวะจนเด็ก ๆ เต้นตาม",
            "The sap must reach the pan by seven. His mother and three aunts cook it over wood "
            "for "
            "two and a half hours; seven litres make a kilo. At the end it is beaten fast so that "
            "it will not grain, to a rhythm the children dance to.",
        ),
        Paragraph(
            "กลุ่มตั้งกติกาที่ไม่เหมือนใคร เงินทุกกิโลจ่ายคนขึ้นก่อนสี่สิบเปอร์เซ็นต์ "
            "กับค่าเสี่ยงภัยกระบอกละสองบาทเข้ากองทุน พ่อของเอกได้ค่ารักษาจากกองทุนนี้ "
            "และตอนนี้เป็นคนสอนมัดพะองให้เด็กที่อยากลอง",
            "The group has a rule of its own. Of each kilo the climber takes forty per cent "
            "first, "
            "and two baht a tube goes to a fund for falls. That fund paid for his father's leg. "
            "The old man now teaches any youngster who will try how to lash a ladder.",
        ),
        Paragraph(
            "เดือนที่แล้วมีเด็กมาสองคน คนหนึ่งขึ้นได้สี่ข้อแล้วร้องไห้ เอกขึ้นไปนั่งข้าง ๆ "
            "ไม่พูดอะไรจนกว่าจะหยุด แล้วชี้ให้ดูแม่น้ำสองสายที่มาพบกัน เห็นได้จากยอดตาลเท่านั้น",
            "Two came last month. One went up four joints and wept. Ek climbed beside him and "
            "said "
            "nothing until it passed, then pointed to where two rivers meet, which can only be "
            "seen "
            "from up there.",
        ),
        Paragraph(
            "นอกฤดูเขาซ่อมพะอง เหลากระบอก และขับเรือรับนักท่องเที่ยวไปดูจุดที่แม่น้ำสองสีมาพบกัน "
            "รายได้ทั้งปีหารสิบสองเดือนแล้วได้เดือนละหนึ่งหมื่นเจ็ด ไม่ต้องจ่ายค่าเช่า และกินข้าวเย็นกับพ่อทุกวัน",
            "Out of season he mends ladders, shapes tubes and rows visitors to where two "
            "colours of water join. Spread over the year it comes to seventeen thousand a "
            "month, with no rent, and supper with his father every night.",
        ),
        ProductPick(producer_key="tan-koei-sugar", limit=3),
        VillageCard("60030407"),
    ),
)

SEDGE_YEAR = StoryPlan(
    slug="a-year-in-the-sedge",
    title_th="หนึ่งปีในทุ่งกระจูด",
    title_en="A year in the sedge",
    intro_th="ลมว่าว ลมพลัด ลมตะเภา ลมสลาตัน ชีวิตริมทะเลสาบนับปีด้วยลม ไม่ใช่ปฏิทิน",
    intro_en="By the lagoon the year is told in winds, not on a calendar.",
    village_code="93050203",
    hero_picture_key="scene-lotus-lake",
    body=(
        Paragraph(
            "ลมตะวันออก กุมภาพันธ์ถึงเมษายน น้ำลดถึงเอว เวลาถอนกระจูด "
            "ผู้หญิงห้าสิบคนลงเรือตั้งแต่หกโมง เดินเรียงหน้ากระดานเพื่อเตือนกันเรื่องงู "
            "ถอนทีละกำให้หลุดถึงโคน ไม่ใช้เคียวเพราะตอจะเน่า คนหนึ่งได้วันละหกมัด มัดละเท่าเอวเด็ก",
            "East wind, February to April. The water drops to the waist and fifty women go out at "
            "six, walking in line so that they can warn each other of snakes. The sedge is "
            "pulled, "
            "never cut, for stumps rot. Six bundles a day each, as thick as a child's waist.",
        ),
        Picture(
            "basket-krajood-tote",
            "กระเป๋าหูหนังของรุ่นหลาน ลายสองของรุ่นยาย",
            "The grandchildren's leather, the grandmothers' twill",
            "กระเป๋าสานสีฟางมีหูหนังสีน้ำตาล",
            "A straw-coloured woven tote with brown leather handles",
        ),
        Paragraph(
            "ลมพัทธยา พฤษภาคมถึงกันยายน ฟ้าเปิด ตากได้ คลุกโคลนขาวกันแห้งกรอบ "
            "ตากแดดวันหนึ่ง ตากน้ำค้างสามคืน แล้วรีดด้วยลูกกลิ้งหินปูนหนักแปดสิบกิโล "
            "สมัยก่อนใช้คนยืนโยกบนลูกกลิ้งเหมือนเดินอยู่กับที่ ตอนนี้มีเครื่อง แต่ป้าแดงว่าเครื่องไม่รู้จักเบามือ",
            "South-west wind, May to September: clear skies for drying. The stems are rolled in "
            "white mud, given one day of sun and three nights of dew, then flattened under eighty "
            "kilos of stone. People used to rock on the roller as if walking nowhere. There is a "
            "machine now; Aunt Daeng says it has no idea how to be gentle.",
        ),
        Paragraph(
            "ฤดูนี้เองที่ใต้ถุนทุกบ้านมีเสียงสาน ลายสอง ลายสาม ลายลูกแก้ว คนแก่สานโดยไม่มอง "
            "ตาดูหนังตะลุงในโทรศัพท์ นิ้วนับเส้นเอง กระเป๋าใบกลางใช้กระจูดเจ็ดสิบเส้น เวลาหกชั่วโมง",
            "Now each house sounds of plaiting: twos, threes, marbles. The old do it without "
            "looking, eyes on a shadow play on the telephone while their fingers count. A "
            "medium bag takes seventy stems and six hours.",
        ),
        Paragraph(
            "ทุ่งกระจูดไม่มีเจ้าของ แต่มีกติกา ถอนแปลงไหนต้องเว้นแปลงนั้นสองปี "
            "ใครเห็นควายหลงเข้าไปต้องต้อนออกไม่ว่าควายใคร และห้ามเผาหน้าแล้งเด็ดขาด เพราะใต้ทุ่งเป็นพรุ "
            "ไฟลงดินแล้วดับไม่ได้เป็นเดือน กลุ่มจัดเวรเฝ้าไฟสิบสองคนตลอดเดือนเมษายน",
            "Nobody owns the sedge, but there are rules. A plot once pulled rests two years. A "
            "stray buffalo is driven out, whoever's it is. And nothing is burnt in the dry "
            "months: the ground is peat, and a fire beneath it lasts for weeks. In April twelve "
            "people keep watch.",
        ),
        Quote(
            "หลานเอาหูหนังมาใส่ ยายว่าแปลก พอขายได้ใบละพัน ยายว่าสวย",
            "When they put leather on it I said it was odd. When it sold for a thousand "
            "I said it was pretty.",
            "ยายหนูพิน คนสานวัย 74 ปี",
            "Yai Nuphin, plaiter, 74",
        ),
        Paragraph(
            "ลมเปลี่ยน ตุลาคม ย้อมสี ทุกคนย้อมในครัวเดียวกัน เพราะเคยย้อมคนละบ้านแล้วได้แดงสิบเจ็ดแดง "
            "ร้านที่สั่งสองร้อยใบส่งคืนหมด ตอนนี้ป้าแดงถือช้อนตวงคนเดียว ไม่มีใครกล้าเถียง",
            "The turn of the wind, October, is for dye. All of it is done in one kitchen, because "
            "once it was done at home and made seventeen reds, and a shop sent two hundred bags "
            "back. Aunt Daeng alone now holds the spoon, and nobody argues.",
        ),
        Paragraph(
            "ลมอุกา พฤศจิกายนถึงมกราคม ฝนใหญ่ น้ำท่วมถึงบันไดขั้นที่สี่ ออกเรือไม่ได้ "
            "เป็นฤดูเย็บซับใน ติดหู และนับเงิน ปีที่แล้วกลุ่มหักกำไรครึ่งหนึ่งเป็นบำนาญยายคนสานสิบเก้าคน "
            "คนละแปดร้อยบาทต่อเดือน เท่ากับค่าข้าวสารพอดี",
            "The storm wind, November to January. Water climbs to the fourth step and no boat "
            "goes "
            "out: a season for linings, handles and accounts. Last year half the profit became a "
            "pension for nineteen old plaiters, eight hundred baht a month each, which is just "
            "the "
            "price of their rice.",
        ),
        Paragraph(
            "คนมาเยือนชอบเดือนมีนาคมที่สุด เพราะเช้าลงเรือถอนกระจูด สายดูนกน้ำ บ่ายหัดสานที่รองแก้ว "
            "ส่วนคนที่นี่ชอบพฤศจิกายน เพราะฝนตกจนไม่มีใครมา ได้นั่งฟังกันเล่าเรื่องที่เก็บไว้ทั้งปี",
            "Visitors like March: sedge at dawn, water birds by nine, a coaster of your own in "
            "the afternoon. The villagers prefer November, when it rains too hard for anyone to "
            "come and they can tell each other what they have been saving up all year.",
        ),
        ProductPick(archetype="krajood", limit=4),
        VillageCard("93050203"),
    ),
)
