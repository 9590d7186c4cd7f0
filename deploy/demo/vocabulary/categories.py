"""The shop's shelves. Families are the five official types; below them, what shoppers look for."""

from deploy.demo.vocabulary.shapes import CategoryPlan


def _family(slug: str, name_th: str, name_en: str, *shelves: tuple[str, str, str]) -> CategoryPlan:
    children = tuple(CategoryPlan(f"{slug}-{tail}", th, en) for tail, th, en in shelves)
    return CategoryPlan(slug, name_th, name_en, children)


CATEGORIES = (
    _family(
        "textile",
        "ผ้าและเครื่องแต่งกาย",
        "Textiles and clothing",
        ("silk", "ผ้าไหม", "Silk"),
        ("cotton", "ผ้าฝ้าย", "Cotton"),
        ("indigo", "ผ้าย้อมครามและสีธรรมชาติ", "Indigo and natural dye"),
        ("batik", "ผ้าบาติก", "Batik"),
        ("scarves", "ผ้าพันคอและผ้าขาวม้า", "Scarves and check cloth"),
        ("clothes", "เสื้อผ้าสำเร็จ", "Ready to wear"),
        ("bags", "ย่ามและกระเป๋าผ้า", "Cloth bags"),
    ),
    _family(
        "food",
        "อาหาร",
        "Food",
        ("chilli", "น้ำพริกและเครื่องแกง", "Chilli pastes and curry"),
        ("rice", "ข้าว", "Rice"),
        ("fruit", "ผลไม้แปรรูป", "Preserved fruit"),
        ("sweets", "ขนมพื้นบ้าน", "Village sweets"),
        ("sea", "ของทะเลและปลาแห้ง", "Sea and fish"),
        ("larder", "เกลือ น้ำตาล น้ำผึ้ง", "Salt, sugar and honey"),
        ("snacks", "ของกินเล่น", "Snacks"),
    ),
    _family(
        "beverage",
        "เครื่องดื่ม",
        "Drinks",
        ("coffee", "กาแฟ", "Coffee"),
        ("tea", "ชา", "Tea"),
        ("infusions", "ชาสมุนไพร", "Herbal infusions"),
        ("juice", "น้ำผลไม้", "Fruit juice"),
        ("instant", "เครื่องดื่มชงพร้อม", "Instant drinks"),
    ),
    _family(
        "household",
        "ของใช้และของตกแต่ง",
        "Home and decoration",
        ("basketry", "จักสาน", "Basketry"),
        ("pottery", "เครื่องปั้นดินเผา", "Pottery"),
        ("wood", "งานไม้", "Wood"),
        ("metal", "เครื่องเงินและโลหะ", "Silver and metal"),
        ("paper", "กระดาษสาและร่ม", "Mulberry paper and umbrellas"),
        ("mats", "เสื่อ หมอน และผ้านวม", "Mats, cushions and quilts"),
        ("keepsakes", "ของเล่นและของที่ระลึก", "Toys and keepsakes"),
    ),
    _family(
        "herbal",
        "สมุนไพรและของใช้ส่วนตัว",
        "Herbs and body care",
        ("soap", "สบู่", "Soap"),
        ("balm", "ยาหม่องและยาดม", "Balms and inhalers"),
        ("oil", "น้ำมันนวดและน้ำมันมะพร้าว", "Massage and coconut oils"),
        ("hair-skin", "ดูแลผมและผิว", "Hair and skin"),
        ("spa", "ลูกประคบและสปา", "Compresses and spa"),
    ),
)
CATEGORY_SLUGS = tuple(shelf.slug for family in CATEGORIES for shelf in family.children)
