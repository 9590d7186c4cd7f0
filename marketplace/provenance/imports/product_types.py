"""The official type of a product, from what a list calls it or from sure words in its name."""

import re

from marketplace.provenance.models import OtopType

_NAMES = {
    OtopType.FOOD: "อาหาร food",
    OtopType.BEVERAGE: "เครื่องดื่ม beverage beverages",
    OtopType.TEXTILE: "ผ้าเครื่องแต่งกาย ผ้าและเครื่องแต่งกาย ผ้า/เครื่องแต่งกาย ผ้า textile textiles",
    OtopType.HOUSEHOLD: """ของใช้ของตกแต่งของที่ระลึก ของใช้/ของตกแต่ง/ของที่ระลึก ของใช้ ของตกแต่ง
        ของที่ระลึก ของใช้ของตกแต่งและของที่ระลึก household""",
    OtopType.HERBAL: "สมุนไพรที่ไม่ใช่อาหาร สมุนไพร herbal",
}
TYPE_NAMES = {name: kind.value for kind, names in _NAMES.items() for name in names.split()}
"""What a list may write, in lower case and without spaces -> our value."""

# Words with which a name of this type begins. The first type that fits is taken.
_BEGINNINGS = {
    OtopType.HERBAL: """สบู่ แชมพู ยาหม่อง ลูกประคบ น้ำมันนวด ยาดม พิมเสน ครีมบำรุง ครีมทา โลชั่น น้ำมันไพล ยาสระผม
        น้ำยาล้างจาน น้ำยาอเนกประสงค์ น้ำยาเอนกประสงค์ ลิปบาล์ม น้ำมันเหลือง""",
    OtopType.BEVERAGE: """เครื่องดื่ม กาแฟ น้ำผลไม้ น้ำดื่ม ไวน์ สุรา สาโท เหล้า น้ำสมุนไพร น้ำเต้าหู้ นมสด
        ชาสมุนไพร ชาใบ ชาเขียว ชาดอก ชาหม่อน ชาเจียวกู่หลาน ชาอู่หลง ชาตะไคร้ ชาขิง ชาข้าว ชาผัก
        น้ำมะพร้าว น้ำกระเจี๊ยบ น้ำอ้อย น้ำลูกยอ น้ำมะเม่า น้ำหม่อน น้ำเสาวรส น้ำตะไคร้ น้ำขิง ใบชา""",
    OtopType.TEXTILE: """ผ้าไหม ผ้าฝ้าย ผ้าทอ ผ้าขาวม้า ผ้าซิ่น ผ้าถุง ผ้าบาติก ผ้ามัดย้อม ผ้าพันคอ ผ้าคลุมไหล่
        ผ้ามัดหมี่ ผ้าย้อม ผ้าปัก ผ้าลาย เสื้อ กางเกง กระโปรง เครื่องแต่งกาย สร้อย กำไล แหวน ต่างหู""",
    OtopType.HOUSEHOLD: """จักสาน เครื่องจักสาน ตะกร้า กระเป๋า เสื่อ หมอน ไม้กวาด เครื่องปั้นดินเผา ดอกไม้ประดิษฐ์
        โคมไฟ กระเช้า เฟอร์นิเจอร์ พรมเช็ดเท้า เซรามิก เครื่องเงิน เครื่องทองเหลือง กระติบ ของที่ระลึก พวงกุญแจ
        กรอบรูป ผ้าห่ม ธูป แจกัน กระถาง รูปปั้น""",
}
# Words that say food wherever they stand, if nothing in the name says that it is an ornament.
_FOOD = """ขนม น้ำพริก ข้าว ปลา กล้วย หมู ไก่ กุ้ง หอย ไข่เค็ม แกง ผลไม้ มะม่วง ทุเรียน มะขาม สับปะรด ลำไย ลิ้นจี่
    เห็ด ผัก กะปิ น้ำปลา แหนม ไส้กรอก ไส้อั่ว แคบหมู แค็ปหมู เค้ก คุกกี้ วุ้น กะละแม กาละแม กาลาแม ถั่ว เผือก น้ำตาล
    น้ำผึ้ง เกลือ พริก หน่อไม้ เต้าหู้ เต้าเจี้ยว ซอส น้ำจิ้ม แจ่ว ไอศกรีม ทองม้วน ทองพับ กระยาสารท ครองแครง โรตี
    ลูกชิ้น เฉาก๊วย บ๊ะจ่าง ซาลาเปา ก๋วยเตี๋ยว ขนุน เงาะ มังคุด ส้มโอ แตงโม เมล่อน ลองกอง กระท้อน แช่อิ่ม อบแห้ง
    แดดเดียว ทอดกรอบ จิ้งหรีด ไข่มดแดง เม็ดมะม่วง ไตปลา บูดู รังนก สาหร่าย อาหาร"""
_ORNAMENT = ("สาน", "แกะสลัก", "จำลอง", "ผ้า", "ถัก", "ปั้น", "ประดิษฐ์", "ตุ๊กตา", "กล่อง", "ชาม", "จาน")
_MARK = "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"  # หมู่ is not หมู


def _pattern(words: str) -> str:
    return f"(?:{'|'.join(map(re.escape, words.split()))})(?!{_MARK})"


_BEGINS = {kind: re.compile(f"(?:ผลิตภัณฑ์)?{_pattern(words)}") for kind, words in _BEGINNINGS.items()}
_IS_FOOD = re.compile(_pattern(_FOOD))


def type_by_words(title: str) -> str:
    """The type that a name leaves little doubt about, or ""."""
    for kind, begins in _BEGINS.items():
        if begins.match(title):
            return kind.value
    is_food = _IS_FOOD.search(title) and not any(word in title for word in _ORNAMENT)
    return OtopType.FOOD.value if is_food else ""
