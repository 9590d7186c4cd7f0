"""What the demo's market takes: less of villages in a programme, nothing of cheap things."""

from datetime import date

from marketplace.villages.models import Programme
from shop.fees import services
from shop.fees.models import FeeRule


def load_fee_rules(since: date) -> list[FeeRule]:
    """Three rules in the order in which they are tried, in force since the first sale."""
    rules = (
        {"name": "ของราคาไม่เกิน 100 บาท ไม่หัก", "price_until_satang": 10_000},
        {
            "name": "หมู่บ้าน OTOP นวัตวิถี",
            "programme": Programme.objects.get(code="nawatwithi"),
            "percent_ppm": 30_000,
        },
        {"name": "ทั่วไป", "is_default": True, "percent_ppm": 50_000, "max_satang": 30_000},
    )
    return [services.add_rule(by=None, since=since, **facts) for facts in rules]
