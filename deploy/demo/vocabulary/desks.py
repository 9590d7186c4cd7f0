"""What lies on the desks of those who sign in: forms begun, products and changes under review.

By producer. The two who sign in have orders to pack by plan, whatever the other orders hold.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """A product that somebody wrote; `refused_th` is the reason where it was refused."""

    title_th: str
    title_en: str
    description_th: str
    otop_type: str
    category: str
    price_baht: int
    stock: int
    picture_keys: tuple[str, ...]
    weight_grams: int = 300
    refused_th: str = ""


@dataclass(frozen=True)
class Desk:
    """Of one producer; `orders` are the ages in hours of orders that wait to be packed."""

    producer_key: str
    orders: tuple[int, ...] = ()
    notice: tuple[str, str] = ("", "")  # Thai, English
    added_to_the_first_th: str = ""  # what a change that waits adds to its first product
    sent_in: tuple[Piece, ...] = ()
    draft: Piece | None = None


DESKS = (
    Desk(
        "rai-pha-thong-weavers",
        orders=(0, 22, 47, 71),
        notice=(
            "ช่วงลงแขกเกี่ยวข้าว กลุ่มทอเฉพาะวันจันทร์ถึงพฤหัส ส่งของทุกวันศุกร์ค่ะ",
            "During the rice harvest we weave Monday to Thursday and send parcels on Fridays.",
        ),
        added_to_the_first_th="ซักมือด้วยน้ำเย็น ตากในที่ร่ม สีจะอยู่ได้นานขึ้น",
        sent_in=(
            Piece(
                "ผ้าคลุมไหล่ตีนจกลายหงส์คู่",
                "Chok Shawl with Paired Swans",
                "ทอด้วยฝ้ายย้อมครั่ง ลายหงส์คู่แบบเชียงแสน กว้าง 50 ยาว 180 เซนติเมตร",
                "textile",
                "textile-scarves",
                890,
                4,
                ("weave-khit-red", "weave-jok-red"),
            ),
            Piece(
                "ผ้าพันคอฝ้ายย้อมเปลือกมะพร้าว",
                "Scarf Dyed with Coconut Husk",
                "สีน้ำตาลอมชมพูจากเปลือกมะพร้าวแห้ง ซักมือได้",
                "textile",
                "textile-scarves",
                260,
                6,
                ("weave-dye-rose",),
                refused_th="รูปมืดจนไม่เห็นสีจริงของผ้า ถ่ายใหม่ใกล้หน้าต่าง แล้วส่งมาอีกครั้งนะคะ",
            ),
        ),
        draft=Piece(
            "ย่ามฝ้ายลายตีนจก",
            "",
            "สะพายได้สองแบบ สายยาว 110 เซนติเมตร",
            "textile",
            "textile-bags",
            450,
            3,
            ("weave-jok-green", "weave-namlai-red"),
        ),
    ),
    Desk(
        "nang-lung-puppets",
        orders=(9, 52),
        notice=(
            "เปิดบ้านสอนแกะหนังทุกเสาร์แรกของเดือน โทรบอกก่อนหนึ่งวันครับ",
            "Open house for puppet carving each first Saturday; call a day ahead.",
        ),
        draft=Piece(
            "รูปหนังตะลุงทศกัณฐ์ตัวเล็ก",
            "",
            "",
            "household",
            "household-keepsakes",
            690,
            1,
            ("craft-puppet",),
        ),
    ),
    Desk(
        "phu-mak-mao-herb",
        sent_in=(
            Piece(
                "ไวน์หมากเม่า สูตรไม่หมัก",
                "Mao Berry Wine, Unfermented",
                "น้ำหมากเม่าคั้นสดจากภูพาน รสเปรี้ยวฝาด บรรจุขวด 750 มิลลิลิตร",
                "beverage",
                "beverage-juice",
                180,
                24,
                ("drink-bottle-purple",),
                weight_grams=1300,
            ),
        ),
    ),
)
