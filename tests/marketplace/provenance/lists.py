"""Invented lists in both layouts, and what came of importing them."""

from marketplace.provenance.imports.staging import import_products
from marketplace.provenance.models import ImportRow

HEADINGS = ["ชื่อสินค้า OTOP", "อปท.", "อำเภอ", "จังหวัด", "ชื่อสถานที่จัดจำหน่าย", "ที่อยู่", "LAT", "LONG"]
SUTHEP = "หมู่ที่ 11 บ้านดอยปุย ต.สุเทพ อ.เมืองเชียงใหม่ จ.เชียงใหม่"
OURS = [
    "product_code", "title_th", "title_en", "otop_type", "price_baht", "stock", "stock_kind",
    "lead_days", "option_name", "option_price_baht", "option_stock", "producer", "village_code",
    "province", "weight_grams",
]  # fmt: skip


def government(name, address=SUTHEP, authority="องค์การบริหารส่วนตำบลสุเทพ", outlet="", **facts):
    amphoe, province = facts.get("amphoe", "เมืองเชียงใหม่"), facts.get("province", "เชียงใหม่")
    return [name, authority, amphoe, province, outlet, address, "", ""]


def ours(**facts):
    defaults = {
        "title_th": "ผ้าไหม", "otop_type": "ผ้า เครื่องแต่งกาย", "village_code": "50010811",
        "province": "เชียงใหม่",
    }  # fmt: skip
    return [{**defaults, **facts}.get(name, "") for name in OURS]


def run(path, **options):
    return import_products(path, source="test", default_type="food", **options)


def import_ours(write, *rows, **options):
    return run(write([OURS, *rows], **options))


def staged():
    return list(ImportRow.objects.order_by("line_number"))


def counts(report):
    assert report.read == (
        report.ok + report.warning + report.review + report.rejected + report.already
    )
    return report.ok, report.warning, report.review, report.rejected, report.already
