"""Batches of single pieces: one listing, every piece its own picture and price."""

SEASONS = (
    ("หลังเกี่ยวข้าว", "after harvest"),
    ("ออกพรรษา", "end of the rains"),
    ("สงกรานต์", "Songkran"),
    ("ต้นฝน", "first rain"),
)
BATCH_TITLES = {
    "mudmee_silk": ("ผ้าไหมมัดหมี่คัดทีละผืน รุ่น{s}", "One-of-a-kind mudmee silks, {s}"),
    "hol_silk": ("ผ้าโฮลคัดทีละผืน รุ่น{s}", "One-of-a-kind hol silks, {s}"),
    "jok_skirt": ("ผ้าซิ่นตีนจกคัดทีละผืน รุ่น{s}", "One-of-a-kind chok-hem skirts, {s}"),
    "indigo_scarf": ("ผ้าพันคอย้อมครามผืนเดียว รุ่น{s}", "One-off indigo scarves, {s}"),
    "indigo_mudmee": ("ผ้าครามมัดหมี่คัดทีละผืน รุ่น{s}", "One-of-a-kind indigo mudmee, {s}"),
    "natural_scarf": ("ผ้าพันคอสีธรรมชาติผืนเดียว รุ่น{s}", "One-off plant-dyed scarves, {s}"),
    "leaf_tie_dye": ("ผ้ามัดย้อมผืนเดียว รุ่น{s}", "One-off leaf-dyed cloths, {s}"),
    "batik_cloth": ("ผ้าบาติกเขียนมือผืนเดียว รุ่น{s}", "One-off hand-drawn batiks, {s}"),
    "phraewa_silk": ("ผ้าแพรวาคัดทีละผืน รุ่น{s}", "One-of-a-kind phrae wa silks, {s}"),
    "yok_cloth": ("ผ้ายกดอกคัดทีละผืน รุ่น{s}", "One-of-a-kind raised weaves, {s}"),
}
BATCH_NOTE = (
    "ทุกผืนมีผืนเดียว เลือกผืนจากภาพได้เลย ผืนที่ขายแล้วจะไม่ทอซ้ำ",
    "Each is the only one of its kind: choose by its picture. What is sold is not repeated.",
)
