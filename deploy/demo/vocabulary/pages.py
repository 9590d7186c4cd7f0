"""Words of the home page and of the plain pages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PagePlan:
    slug: str
    title_th: str
    title_en: str
    body_th: str
    body_en: str


HERO_LINE = ("ของทุกชิ้นมีบ้านเกิด", "Everything here comes from somewhere")
INTRO = (
    "ผ้า อาหาร เครื่องจักสาน และสมุนไพร จากมือคนในหมู่บ้าน ทุกบาทที่ท่านจ่ายเป็นค่าของ ถูกบันทึกเป็นรายได้ของหมู่บ้านที่ทำ",
    "Cloth, food, baskets and herbs from people who still make them by hand. "
    "Every baht you pay for a thing is recorded as income of the village that made it.",
)
VILLAGES_INTRO = (
    "หมู่บ้านที่ทีมงานชวนให้รู้จักในสัปดาห์นี้",
    "Villages that our curators would like you to meet this week.",
)
INCOME_INTRO = (
    "ยอดขายที่ชำระแล้ว หักเงินคืน ไม่รวมค่าส่ง นับตามหมู่บ้านที่ทำของชิ้นนั้นในวันที่สั่งซื้อ",
    "Paid sales less refunds, without delivery, counted for the village that made the thing "
    "on the day of the order.",
)
STORIES = (
    "stories",
    "เรื่องเล่าจากหมู่บ้าน",
    "Village stories",
    "ใครทำ ทำอย่างไร และทำไมยังทำอยู่",
    "Who makes it, how, and why they still do.",
)
ROUTES = (
    "routes",
    "เส้นทางเที่ยวหมู่บ้าน",
    "Routes through the villages",
    "เดินทางช้าๆ ผ่านหมู่บ้านที่ทำของ แวะกิน แวะนอน แวะลงมือทำ",
    "Slow journeys through the villages that make things: eat, stay, and try it yourself.",
)

PLAIN_PAGES = (
    PagePlan(
        "about",
        "เกี่ยวกับตลาดนี้",
        "About this market",
        "<p>ตลาดนี้รวมของ OTOP จากกลุ่มผู้ผลิตในหมู่บ้านทั่วประเทศ "
        "ผู้ซื้อเลือกของจากหลายหมู่บ้านใส่ตะกร้าเดียว และจ่ายครั้งเดียว</p>"
        "<h2>ใครทำอะไร</h2><ul><li>ผู้ผลิตตั้งราคา แพ็กของ และส่งของเอง</li>"
        "<li>ทีมงานเขียนเรื่องเล่า ตรวจของใหม่ และจ่ายเงินให้ผู้ผลิต</li>"
        "<li>รายได้ของแต่ละหมู่บ้านเปิดให้ทุกคนดู</li></ul>",
        "<p>This market brings together OTOP goods of producer groups in villages all over "
        "Thailand. You choose from several villages, keep one basket and pay once.</p>"
        "<h2>Who does what</h2><ul><li>Producers set prices, pack and send.</li>"
        "<li>Our team writes the stories, looks at new products and pays the producers.</li>"
        "<li>What each village earns is open to everybody.</li></ul>",
    ),
    PagePlan(
        "how-income-is-recorded",
        "รายได้หมู่บ้านนับอย่างไร",
        "How village income is recorded",
        "<p>เมื่อสั่งซื้อ ระบบจดไว้ว่าของแต่ละชิ้นมาจากหมู่บ้านไหน เมื่อเงินเข้าจริง ยอดนั้นจึงเป็นรายได้ของหมู่บ้าน</p>"
        "<ul><li>นับราคาสินค้าที่ผู้ซื้อจ่าย รวมภาษี ไม่รวมค่าส่ง</li>"
        "<li>เมื่อคืนเงิน รายได้ลดลงตามสัดส่วนเดิม</li>"
        "<li>ถ้าหมู่บ้านเปลี่ยนชื่อหรือผู้ผลิตย้ายไป ตัวเลขเดิมไม่เปลี่ยน</li></ul>",
        "<p>When an order is placed we write down which village made each thing. When the money "
        "has arrived, that amount becomes income of the village.</p>"
        "<ul><li>We count what shoppers paid for the goods, tax included, without delivery.</li>"
        "<li>A refund lowers the income by the same shares.</li>"
        "<li>When a village changes its name or a producer moves, past figures stay.</li></ul>",
    ),
    PagePlan(
        "visiting-a-village",
        "ไปเที่ยวหมู่บ้าน",
        "Visiting a village",
        "<p>หลายหมู่บ้านรับแขก มีที่พัก มีคนพาเดิน และสอนทำงานฝีมือ โทรนัดก่อนทุกครั้ง เพราะคนทำของก็ทำนาด้วย</p>"
        "<p>ดูเส้นทางที่ร้อยหลายหมู่บ้านไว้ด้วยกันได้ที่หน้าเส้นทาง</p>",
        "<p>Many villages welcome guests: somewhere to sleep, somebody to walk with, a craft to "
        "try. Please ring first, since makers are farmers as well.</p>"
        "<p>The routes page joins several villages into a journey.</p>",
    ),
    PagePlan(
        "privacy",
        "ความเป็นส่วนตัว",
        "Privacy",
        "<p>เราเก็บเท่าที่ต้องใช้ส่งของและทำบัญชี</p>"
        "<ul><li>ชื่อ ที่อยู่ และโทรศัพท์ ส่งให้เฉพาะผู้ผลิตที่ต้องส่งของให้ท่าน</li>"
        "<li>เลขบัตรไม่ผ่านเครื่องของเรา ผู้ให้บริการชำระเงินเป็นผู้รับ</li>"
        "<li>ขอดู แก้ไข หรือลบข้อมูลของท่านได้ทางอีเมล</li></ul>",
        "<p>We keep what is needed to send your things and to do the books.</p>"
        "<ul><li>Name, address and telephone go to the producers who send to you.</li>"
        "<li>Card numbers never pass our machines; the payment provider receives them.</li>"
        "<li>Write to us to see, correct or delete what we keep of you.</li></ul>",
    ),
)
