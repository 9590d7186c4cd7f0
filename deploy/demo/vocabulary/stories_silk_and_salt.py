"""Two stories of keeping: an old sampler behind three keys, and a sea on a mountain."""

from deploy.demo.vocabulary.shapes import (
    Paragraph,
    Picture,
    ProductPick,
    Quote,
    StoryPlan,
    VillageCard,
)

THREE_KEYS = StoryPlan(
    slug="the-sampler-behind-three-keys",
    title_th="ผ้าแซ่วกับกุญแจสามดอก",
    title_en="The sampler behind three keys",
    intro_th="ผ้าผืนหนึ่งกว้างเพียงศอก อายุร้อยสี่สิบปี ไม่เคยมีใครสวม แต่คนทั้งบ้านแก้วแพรวาได้ชุดแต่งงานจากมัน",
    intro_en="A cloth one cubit wide and 140 years old that nobody ever wore, "
    "and from which a whole village has been married.",
    village_code="46100204",
    hero_picture_key="weave-phraewa-red",
    body=(
        Paragraph(
            "ตู้ไม้ตั้งอยู่กลางเรือนโรงทอ มีแม่กุญแจสามตัวเรียงกัน "
            "กุญแจดอกแรกอยู่กับแม่ใหญ่คนทอเก่งที่สุด ดอกที่สองอยู่กับครูใหญ่โรงเรียน "
            "ดอกที่สามอยู่กับสะใภ้คนล่าสุดของหมู่บ้าน เปลี่ยนมือทุกครั้งที่มีงานแต่ง",
            "The cabinet in the weaving house has three padlocks. One key is kept by the finest "
            "weaver, one by the headmaster, and one by the newest bride, who passes it on at the "
            "next wedding.",
        ),
        Paragraph(
            "ข้างในคือผ้าแซ่ว ผ้าฝ้ายพื้นขาวที่ปักลายตัวอย่างไว้หกสิบสองลายเหมือนสมุดจดของคนที่เขียนหนังสือไม่ได้ "
            "แม่ทอให้ลูกสาวก่อนออกเรือนไปอยู่บ้านไกล เพื่อไม่ให้ลืมว่าบ้านเรามีลายอะไร",
            "Inside is the pha saeo: white cotton carrying sixty-two motifs, the notebook of "
            "someone who could not write. A mother made it for a daughter who was to marry far "
            "away, so she would not forget what home looked like.",
        ),
        Picture(
            "weave-phraewa-green",
            "แพรวาพื้นเขียวลายนาคสี่แขน ถอดลายจากผ้าแซ่ว",
            "A green phrae wa with the four-armed naga, read from the sampler",
            "ผ้าไหมสีเขียวลายข้าวหลามตัดหลายสีแขวนบนราว",
            "Green silk with many-coloured diamonds on a rod",
        ),
        Paragraph(
            "การเกาะลายใช้นิ้วก้อยเท่านั้น ช้อนเส้นยืนขึ้นทีละกำ สอดไหมสีเล็กจิ๋ว แล้วพันกลับโดยไม่ผูกปม "
            "สไบหนึ่งผืนมีเส้นพุ่งราวสี่พันเส้น คนทอนั่งวันละหกชั่วโมง ได้วันละสองถึงสามเซนติเมตร",
            "Only the little finger works. It lifts a few warps, passes a thread of coloured silk "
            "and turns it back, no knots. A sash has some four thousand wefts. Six hours at the "
            "loom make two or three centimetres.",
        ),
        Paragraph(
            "เมื่อปี 2520 เหลือคนเกาะลายได้เพียงเก้าคน ทอกันคนละบ้านและหวงลาย "
            "ปีนั้นเองที่มีคนเสนอให้เอาผ้าแซ่วออกมากางกลางศาลา ให้ทุกคนนั่งล้อมและทอใต้หลังคาเดียวกัน "
            "ตอนนี้มีเจ็ดสิบหกคน คนอายุน้อยสุดสิบเจ็ดปี",
            "In 1977 nine women could still do it, each alone, guarding her own. That year "
            "someone "
            "proposed spreading the sampler on the hall floor and weaving round it together. "
            "Today "
            "there are seventy-six, the youngest seventeen.",
        ),
        Paragraph(
            "สีแดงพื้นผ้ามาจากครั่งสองกิโลต่อไหมหนึ่งกิโล ต้มไฟอ่อนจนน้ำเป็นสีเลือดนก ใส่มะขามให้แดงขึ้น "
            "ใส่ใบเหมือดให้สีเกาะ ไหมสีเล็ก ๆ ที่ใช้เกาะลายย้อมแยกห้าหม้อ แดง เหลือง เขียว ขาว และน้ำเงินดำ "
            "ครบห้าสีจึงเรียกว่าแพรวาเต็มตัว",
            "The red ground takes two kilos of lac for one of silk, simmered dark, brightened "
            "with tamarind and fixed with muead leaf. The little coloured threads are dyed in "
            "five pots: red, yellow, green, white and blue-black. With fewer than five it is "
            "not called whole.",
        ),
        Quote(
            "ลายที่ซ่อนไว้จะตายพร้อมคนซ่อน ลายที่ให้เพื่อนดูจะมีหลานทอต่อ",
            "A hidden motif dies with the one who hid it. Show it to a friend and "
            "someone's grandchild will weave it.",
            "แม่ใหญ่คำสอน อายุ 78 ปี",
            "Mae Yai Khamson, 78",
        ),
        Paragraph(
            "เราขอให้เปิดตู้ ต้องรอสี่สิบนาทีกว่าคนทั้งสามจะมาครบ ครูใหญ่มาถึงทั้งที่มือยังเปื้อนชอล์ก "
            "ผ้าวางบนกระดาษขาว ไม่มีใครแตะ เด็กสาวคนหนึ่งนับลายด้วยสายตาแล้วกลับไปนั่งกี่ "
            "แก้ที่ทอผิดไว้เมื่อเช้า",
            "We ask to see it. It takes forty minutes to gather three keys; the headmaster "
            "arrives "
            "with chalk on his hands. The cloth is laid on white paper and nobody touches it. A "
            "girl counts with her eyes, goes back to her loom and unpicks the morning's mistake.",
        ),
        Paragraph(
            "ถ้าสั่งทอ ใช้เวลาสองเดือนครึ่งขึ้นไป ระหว่างนั้นคนทอจะส่งภาพมาให้ดูทุกวันพระ และถ้าวันไหนในบ้านมีงานศพ "
            "ทุกกี่จะหยุดพร้อมกัน ผ้าจึงช้าไปสองสามวันโดยไม่มีใครต้องอธิบาย",
            "An order takes ten weeks or more. On each holy day your weaver sends a picture of "
            "how far she has come. When there is a funeral all looms stop together, and the "
            "cloth is some days late without anyone having to say why.",
        ),
        ProductPick(producer_key="kaeo-phrae-wa", limit=3),
        VillageCard("46100204"),
    ),
)

MOUNTAIN_SEA = StoryPlan(
    slug="how-the-sea-came-to-the-mountain",
    title_th="ทะเลมาอยู่บนภูเขาได้อย่างไร",
    title_en="How the sea came to the mountain",
    intro_th="คำถามของเด็กแปดขวบที่บ้านเตาเกลือภู และคำตอบสามแบบที่ผู้ใหญ่ให้",
    intro_en="An eight-year-old's question in Ban Tao Kluea Phu, "
    "and three answers from the grown-ups.",
    village_code="55120202",
    hero_picture_key="tall-mist-village",
    body=(
        Paragraph(
            "น้องข้าวฟ่างไปทะเลครั้งแรกตอนแปดขวบ กลับมาถึงบ้านบนภูสูง 760 เมตร "
            "ชิมน้ำในบ่อกลางหมู่บ้านแล้วถามว่า ใครเอาทะเลมาไว้ตรงนี้",
            "Khaofang saw the sea for the first time at eight. Back home, at 760 metres, she "
            "tasted "
            "the village well and asked who had put the sea there.",
        ),
        Paragraph(
            "คำตอบของยาย: นายพรานเห็นกวางมากินน้ำตรงนี้ทุกวันจึงลองชิม เจ้าเมืองสองเมืองพุ่งหอกแข่งกัน "
            "ใครพุ่งถึงก่อนได้บ่อ หอกตกพร้อมกัน บ่อจึงเป็นของทุกคน ทุกวันนี้ยังไม่มีใครเป็นเจ้าของ",
            "Grandmother's answer: a hunter saw deer drink here and tried it himself. Two lords "
            "threw spears for the well, and the spears fell together, so it belongs to all. It "
            "still has no owner.",
        ),
        Paragraph(
            "คำตอบของครู: เมื่อหลายล้านปีก่อนที่นี่เป็นทะเลตื้น น้ำแห้งเหลือเกลือทับอยู่ใต้หิน "
            "แผ่นดินยกตัวขึ้นเป็นภูเขา น้ำฝนซึมลงไปละลายแล้วไหลกลับขึ้นมา",
            "The teacher's answer: millions of years ago this was a shallow sea. It dried, the "
            "salt "
            "was buried, the land rose, and now rain seeps down, dissolves it and returns.",
        ),
        Picture(
            "food-salt",
            "เกลือที่เพิ่งตักพักน้ำ ยังอุ่นอยู่",
            "Salt just lifted to drain, still warm",
            "เกลือเม็ดขาวพูนชามดินสีน้ำตาล",
            "White salt heaped in a brown clay bowl",
        ),
        Paragraph(
            "คำตอบของพ่อคือพาไปต้มด้วยกัน ตีสามตักน้ำบ่อแปดสิบปี๊บใส่กระทะเหล็กสองใบ "
            "ไฟฟืนไม้ตัดแต่งสวนแรงพอให้เดือดปุดแต่ไม่ล้น หกโมงเช้าผิวน้ำเริ่มเป็นฝ้า "
            "เก้าโมงใช้พายไม้กวาดเกลือขึ้นตะกร้าไผ่ที่แขวนเหนือกระทะ ให้น้ำขมหยดกลับลงไป",
            "Father's answer is to take her boiling. At three they carry eighty tins of brine to "
            "two iron pans over orchard prunings, hot enough to bubble and no more. By six the "
            "surface clouds. By nine the salt is raked into bamboo baskets hung above, so the "
            "bitter water drips back.",
        ),
        Paragraph(
            "น้องข้าวฟ่างได้งานของตัวเอง คือเฝ้าใบพลูที่ลอยในกระทะ ถ้าใบลอยนิ่งแปลว่าน้ำเค็มพอ "
            "ถ้าใบจมแปลว่าฝนลงบ่อเมื่อคืน ต้องต้มนานขึ้นอีกชั่วโมง วิธีนี้ใช้กันมาก่อนมีเครื่องวัดความเค็ม "
            "และยังแม่นกว่าเมื่อถ่านหมด",
            "Khaofang is given a job of her own: watching a betel leaf on the brine. If it "
            "floats still, there is salt enough; if it sinks, rain got into the well and the "
            "pan needs an hour more. It is older than the salinity meter, and more reliable "
            "when the battery is flat.",
        ),
        Quote(
            "หนูรู้แล้วว่าใครเอาทะเลมา ทุกคนช่วยกันตักคนละกระป๋อง",
            "I know who brought the sea. Everybody, one tin each.",
            "ข้าวฟ่าง อายุ 8 ปี",
            "Khaofang, aged eight",
        ),
        Paragraph(
            "หนึ่งกระทะได้เกลือสิบสี่กิโลกรัม เติมไอโอดีนตามที่อนามัยสอน แล้วบรรจุในชะลอมสานของผู้เฒ่าข้างเตา "
            "หมู่บ้านมีเตาหกลูก ครอบครัวสามสิบเอ็ดครอบครัวเวียนกันต้มคนละห้าวัน "
            "พอเข้าพรรษาดับไฟสามเดือนให้ทั้งบ่อ ทั้งป่า และคนได้พัก",
            "One pan yields fourteen kilos, iodised as the health post taught them and packed in "
            "baskets the old men weave beside the stove. Six stoves, thirty-one families, five "
            "days "
            "each in turn. In Buddhist Lent the fires go out for three months, and well, forest "
            "and "
            "people rest.",
        ),
        Paragraph(
            "ถ้าจะมา ให้มาเดือนธันวาคม หมอกเช้าปนไอเกลือจนแว่นตาเป็นคราบขาว "
            "คนที่นี่เช็ดให้ด้วยชายเสื้อแล้วบอกว่า เลียดูสิ",
            "If you come, come in December, when mist and steam mix and leave a white film on "
            "your "
            "glasses. Someone will wipe them with a sleeve and tell you to lick it.",
        ),
        Paragraph(
            "เกลือที่นี่เคยเดินทางด้วยวัวต่างข้ามเขาไปแลกฝ้าย แลกชา แลกแม้กระทั่งควาย "
            "ปู่ทวดของข้าวฟ่างออกเดินทางครั้งละยี่สิบวัน ตอนนี้เกลือไปทางไปรษณีย์สามวันถึง "
            "แต่ยังใส่ชะลอมแบบเดียวกับที่เคยแขวนข้างหลังวัว",
            "Salt used to leave on pack oxen, twenty days over the ridges, to be traded for "
            "cotton, tea and once a buffalo. Now it goes by post in three days, still in the "
            "kind of basket that hung at the ox's side.",
        ),
        ProductPick(producer_key="tao-kluea-phu-salt", limit=3),
        VillageCard("55120202"),
    ),
)
