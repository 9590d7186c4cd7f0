"""What is written down of a month when it is closed, and compared ever after."""

import hashlib
from collections.abc import Iterator
from datetime import date

from django.db.models import Sum

from marketplace.core import thai
from marketplace.ledger.models import AreaMonth, Event, MonthClose, Transfer
from marketplace.ledger.rollup import ROLL_UPS

NAMES = ROLL_UPS[0].measures


def totals_of(month: date) -> dict:
    """What a close writes down of a month: counts, income, and the hash of every village's sums.

    The hash goes over the close before as well, so that closes are a chain.
    """
    days = {"day__range": thai.month_range(month.year, month.month)}
    before = MonthClose.objects.filter(month__lt=month).order_by("-month").first()
    digest = hashlib.sha256(before.totals_hash.encode() if before else b"")
    income = 0
    for row in _villages(month):
        digest.update("|".join(str(value) for value in row.values()).encode() + b"\n")
        income += row["sold_satang"] - row["producer_discount_satang"]
        income += row["moved_satang"] - row["refunded_satang"]
    return {
        "event_count": Event.objects.filter(**days).count(),
        "transfer_count": Transfer.objects.filter(**days).count(),
        "income_satang": income,
        "totals_hash": digest.hexdigest(),
    }


def _villages(month: date) -> Iterator[dict]:
    villages = AreaMonth.objects.filter(month=month, level=AreaMonth.Level.VILLAGE)
    sums = villages.values("area_code").annotate(**{f"{name}_": Sum(name) for name in NAMES})
    for row in sums.order_by("area_code").iterator():
        yield {name.removesuffix("_"): value for name, value in row.items()}
