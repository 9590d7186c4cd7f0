"""Invented shoppers with addresses in real tambons, and the people who can sign in to the demo.

Telephone numbers are of the form 08x-555-01xx, which no operator hands out in bulk; the mail
domain ends in `.example` and can never receive mail.
"""

from deploy.demo.vocabulary.shapes import AddressPlan, ShopperPlan, SignInPlan

_ROWS = (
    ("ณัฐวดี ศรีอำไพ", "Natthawadi Si-amphai", "59/12 ซอยลาดปลาเค้า 30", "103802", "10230"),
    ("ปกรณ์ วงศ์ไพศาล", "Pakon Wongphaisan", "188 ถนนประชาราษฎร์", "120101", "11000"),
    ("สุภาวรรณ ใจเย็น", "Suphawan Chaiyen", "7/3 หมู่ 4", "130201", "12120"),
    ("ธีรพล บุญมั่น", "Thiraphon Bunman", "42 ถนนช้างเผือก", "500107", "50300"),
    ("กัญญาณัฐ ทองสุข", "Kanyanat Thongsuk", "315 ถนนหน้าเมือง", "400101", "40000"),
    ("อาทิตย์ มณีรัตน์", "Athit Manirat", "21/9 หมู่ 2", "901101", "90110"),
    ("ฟาติมะห์ หลีเส็น", "Fatimah Lisen", "88 หมู่ 1", "830101", "83000"),
    ("วรัญญู โคราชกุลชัย", "Waranyu Khoratkunchai", "120 ถนนโพธิ์กลาง", "300101", "30000"),
    ("มาลัย แสงเดือน", "Malai Saengduean", "9/1 ถนนลงหาด", "200104", "20130"),
    ("จิรายุ พรหมดี", "Chirayu Phromdi", "54 ถนนบรมไตรโลกนารถ", "650101", "65000"),
    ("นวลจันทร์ เกาะแก้ว", "Nuanchan Kokaeo", "17 ถนนตลาดใหม่", "840101", "84000"),
    ("พิชญา น่านนคร", "Phitchaya Nannakhon", "33 ถนนสุมนเทวราช", "550101", "55000"),
    ("เอกชัย ดอนมูล", "Ekkachai Donmun", "201 ถนนอุปราช", "340101", "34000"),
    ("รัตนา พระปฐมพร", "Rattana Phrapathomphon", "66 ถนนราชดำเนิน", "730101", "73000"),
    ("ก้องภพ ระยองศิลป์", "Kongphop Rayongsin", "12 ถนนสุขุมวิท", "210101", "21000"),
    ("ดารินทร์ อยู่ยั่งยืน", "Darin Yuyangyuen", "5 หมู่ 3", "140105", "13000"),
    ("สมพงษ์ คลองใหญ่", "Somphong Khlongyai", "77 ถนนวรเดช", "700101", "70000"),
    ("อรพิน เมฆขาว", "Oraphin Mekkhao", "8/14 ถนนประดิพัทธ์", "101401", "10400"),
)


def _shopper(place: int, row: tuple[str, str, str, str, str]) -> ShopperPlan:
    name_th, name_en, line, tambon_code, postcode = row
    return ShopperPlan(
        name_th=name_th,
        name_en=name_en,
        email=f"shopper{place:02d}@demo.example",
        phone=f"08{place % 10}-555-01{place:02d}",
        address=AddressPlan(line, tambon_code, postcode),
    )


SHOPPERS = tuple(_shopper(place, row) for place, row in enumerate(_ROWS, start=1))

# The producers are those of `desks`; the officer's province is that of the first.
SIGN_INS = (
    SignInPlan("shopper", "ชลธิชา ร่มเย็น", "Chonthicha Romyen", "shopper@demo.example"),
    SignInPlan(
        "producer",
        "บัวผัน คำฟ้า",
        "Buaphan Khamfa",
        "producer@demo.example",
        scope="rai-pha-thong-weavers",
    ),
    SignInPlan(
        "producer",
        "หนูจร ทะเลน้อย",
        "Nuchon Thalenoi",
        "producer2@demo.example",
        scope="nang-lung-puppets",
    ),
    SignInPlan("curator", "ปาริชาต เรื่องเล่า", "Parichat Rueanglao", "curator@demo.example"),
    SignInPlan("finance", "สิริพร บัญชีงาม", "Siriphon Banchingam", "finance@demo.example"),
    SignInPlan(
        "officer", "วิทยา พัฒนาเวียง", "Witthaya Phatthanawiang", "officer@demo.example", scope="50"
    ),
    SignInPlan("administrator", "กิตติ ดูแล", "Kitti Dulae", "admin@demo.example"),
)
