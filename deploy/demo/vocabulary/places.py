"""Seventy invented communities in real tambons, and four routes that join some of them."""

from deploy.demo.vocabulary.places_centre import CENTRE
from deploy.demo.vocabulary.places_north import NORTH
from deploy.demo.vocabulary.places_northeast import NORTHEAST
from deploy.demo.vocabulary.places_south import SOUTH
from deploy.demo.vocabulary.places_west_east import EAST, WEST
from deploy.demo.vocabulary.shapes import RoutePlan, RouteStop, VillagePlan

VILLAGES_BY_REGION: dict[str, tuple[VillagePlan, ...]] = {
    "N": NORTH,
    "NE": NORTHEAST,
    "C": CENTRE,
    "W": WEST,
    "E": EAST,
    "S": SOUTH,
}
VILLAGES = tuple(village for group in VILLAGES_BY_REGION.values() for village in group)
VILLAGE_BY_CODE = {village.code: village for village in VILLAGES}
REGION_BY_VILLAGE_CODE = {
    village.code: region for region, group in VILLAGES_BY_REGION.items() for village in group
}

ROUTES = (
    RoutePlan(
        slug="lanna-hands",
        kind="mainstream",
        title_th="เส้นทางมือล้านนา",
        title_en="The hands of Lanna",
        summary_th="สามวันรอบเชียงใหม่และลำพูน ดูเตาเขียวไข่กา ฟังเสียงสิ่ว แล้วทอผ้าเองหนึ่งคืบ",
        summary_en="Three days around Chiang Mai and Lamphun: kilns, chisels, "
        "and a hand's width of cloth you weave yourself.",
        stops=(
            RouteStop(
                "50130605",
                "เช้าวันแรก ปั้นถ้วยหนึ่งใบและฝากเผา เตาเปิดทุกวันเสาร์",
                "Morning one: throw a cup and leave it for Saturday's firing.",
            ),
            RouteStop(
                "50150503",
                "บ่าย นั่งลานไม้ดูช่างขึ้นรูป อยากลองก็มีสิ่วให้ยืม",
                "Afternoon under the rain tree, with chisels to borrow.",
            ),
            RouteStop(
                "51060307",
                "ค้างหนึ่งคืน เช้าวันพระได้เห็นเส้นฝ้ายตากเต็มลานวัด",
                "Stay the night; on a holy day the temple yard fills with yarn.",
            ),
            RouteStop(
                "51010402",
                "แวะสวนลำไยก่อนกลับ เดือนสิงหาคมเก็บกินได้จากต้น",
                "A longan garden on the way home; in August, eat from the tree.",
            ),
        ),
        picture_key="scene-kiln-yard",
    ),
    RoutePlan(
        slug="nan-phrae-quiet-weave",
        kind="secondary_city",
        title_th="แพร่–น่าน ทางเงียบของคนทอผ้า",
        title_en="Phrae to Nan, the quiet weavers' road",
        summary_th="สองเมืองรอง สี่หมู่บ้าน ตั้งแต่หม้อห้อมถึงบ่อเกลือ ขับรถไม่เกินวันละสองชั่วโมง",
        summary_en="Two secondary cities and four villages, from indigo vats to salt wells, "
        "never more than two hours' drive a day.",
        stops=(
            RouteStop(
                "54010508",
                "ย้อมผ้าเช็ดหน้าในหม้อห้อมอายุสี่สิบสองปี",
                "Dip a handkerchief in a vat that is 42 years old.",
            ),
            RouteStop(
                "54030109",
                "ดูการจกด้วยขนเม่น กินข้าวกลางวันบนเรือนคนทอ",
                "See hems picked with a quill, and lunch at a weaver's table.",
            ),
            RouteStop(
                "55050407",
                "ค้างสองคืน ปั่นจักรยานเลียบฝายที่เป็นต้นแบบลายผ้า",
                "Two nights, and a ride along the weir that became a pattern.",
            ),
            RouteStop(
                "55120202",
                "ขึ้นภูไปดูคนต้มเกลือ งดช่วงเข้าพรรษา",
                "Up to the salt boilers, except during Buddhist Lent.",
            ),
        ),
        picture_key="scene-rice-terraces",
    ),
    RoutePlan(
        slug="isan-indigo-and-silk",
        kind="secondary_city",
        title_th="ครามกับไหม สามจังหวัดอีสาน",
        title_en="Indigo and silk through three Isan provinces",
        summary_th="ไล่สีจากน้ำเงินที่สกลนคร แดงที่กาฬสินธุ์ ถึงหนองบัวแดงที่อุดรธานี",
        summary_en="From the blue of Sakon Nakhon and the red of Kalasin "
        "to the lotus lake of Udon Thani.",
        stops=(
            RouteStop(
                "47040706",
                "ก่อหม้อครามตอนเช้า ได้ผ้าพันคอกลับบ้านหนึ่งผืน",
                "Start a vat at dawn and take a scarf home.",
            ),
            RouteStop(
                "47030109",
                "ชิมน้ำเม่าสดจากลาน เดือนสิงหาคมถึงกันยายน",
                "Taste fresh mao juice in August and September.",
            ),
            RouteStop(
                "46100204",
                "ขึ้นเรือนแม่ใหญ่ไปดูผ้าแซ่วร้อยสี่สิบปี",
                "Climb a house to see a sampler of 140 years.",
            ),
            RouteStop(
                "41040607",
                "ลงเรือดูบัวก่อนเก้าโมง แล้วหัดเก็บขิดตอนบ่าย",
                "On the lake before nine, at the loom after lunch.",
            ),
        ),
        picture_key="scene-indigo-vats",
    ),
    RoutePlan(
        slug="lagoon-palm-and-sedge",
        kind="community",
        title_th="โหนด นา เล รอบทะเลสาบ",
        title_en="Palm, paddy and lagoon",
        summary_th="ชุมชนรอบทะเลสาบสงขลารับแขกกันเอง นอนบ้านชาวบ้าน กินตามฤดู รายได้เข้ากองกลาง",
        summary_en="Communities round Songkhla lagoon host you themselves: village beds, "
        "food of the season, income to a common fund.",
        stops=(
            RouteStop(
                "93050203",
                "ลงเรือถอนกระจูด แล้วสานที่รองแก้วหนึ่งใบ",
                "Pull sedge from a boat and plait a coaster.",
            ),
            RouteStop(
                "93010806",
                "คืนเดือนเพ็ญมีหนังลุงใต้ถุน เด็กนั่งหน้าสุด",
                "Shadow play on full-moon nights, children in front.",
            ),
            RouteStop(
                "90020103",
                "ดูขึ้นตาลตอนเช้ามืด เคี่ยวน้ำตาลเองหนึ่งกระทะ",
                "Palm climbing before dawn, and a pan of sugar of your own.",
            ),
            RouteStop(
                "90010605",
                "ข้ามสะพานไปเกาะ ฟังเสียงกี่ก่อนเห็นกี่",
                "Cross to the island and hear the looms before you see them.",
            ),
        ),
        picture_key="scene-lotus-lake",
    ),
)
