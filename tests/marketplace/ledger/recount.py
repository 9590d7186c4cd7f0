"""The roll-ups counted again in plain Python, from the transfers alone: no SQL of the product."""

from collections import Counter, defaultdict

from marketplace.ledger.models import Transfer
from marketplace.places.models import Province
from tests.marketplace.ledger import rig

PLUS = {
    "sale": "sold_satang",
    "moved-in": "moved_satang",
    "discount-moved-out": "moved_satang",
    "refund": "refunded_satang",
    "discount": "producer_discount_satang",
    "platform-discount": "platform_discount_satang",
    "delivery": "delivery_satang",
    "fee": "fee_satang",
    "fee-vat": "fee_vat_satang",
    "gateway-fee": "gateway_fee_satang",
    "passed-gateway-fee": "passed_gateway_fee_satang",
    "adjustment": "adjustment_satang",
    "payout": "paid_out_satang",
    "declared": "declared_satang",
}
MINUS = {
    "moved-out": "moved_satang",
    "discount-moved-in": "moved_satang",
    "discount-back": "refunded_satang",
    "platform-discount-back": "platform_discount_satang",
    "delivery-refund": "delivery_satang",
    "fee-back": "fee_satang",
    "fee-vat-back": "fee_vat_satang",
    "gateway-fee-back": "gateway_fee_satang",
    "passed-gateway-fee-back": "passed_gateway_fee_satang",
    "charge": "adjustment_satang",
    "payout-return": "paid_out_satang",
    "declared-reversal": "declared_satang",
}


def measures_of(transfer):
    """Column -> what one transfer adds to it."""
    kind, satang = transfer.kind, transfer.amount_satang
    found = {}
    if kind in PLUS:
        found[PLUS[kind]] = satang
    if kind in MINUS:
        found[MINUS[kind]] = -satang
    if kind == "sale":
        found["sales"] = 1
        found["units_ppm"] = transfer.origin.quantity * transfer.origin.share_ppm
    if kind == "refund":
        found["refunds"] = 1
    return found


def keys_of(transfer, regions):
    """(roll-up, key) of every row that one transfer belongs to."""
    village, month = transfer.village_code, transfer.day.replace(day=1)
    province = village[:2]
    for length in (8, 6, 4, 2, 0):
        yield "AreaMonth", (length, month, village[:length])
    if province in regions:
        yield "AreaMonth", (1, month, regions[province])
    if transfer.producer_id:
        yield "ProducerMonth", (month, village, transfer.producer_id)
    if transfer.origin_id:
        yield from _keys_of_origin(transfer, month, province)


def _keys_of_origin(transfer, month, province):
    origin, event = transfer.origin, transfer.event
    sold_as = (origin.income_kind, origin.otop_type, origin.quadrant, origin.stars)
    yield "ProvinceMix", (month, province, *sold_as, event.channel)
    for group in origin.groups.all():
        yield "ProvinceGroup", (month, province, group.kind, group.code)
    if not event.channel:
        yield "ProvinceGroup", (month, province, "buyers", origin.buyer_province_code)


def recounted():
    """Every row of every roll-up as it must be: (roll-up, key) -> measures that are not zero."""
    regions = dict(Province.objects.values_list("code", "region"))
    rows, orders = defaultdict(Counter), defaultdict(set)
    transfers = Transfer.objects.exclude(village_code="").select_related("event", "origin")
    for transfer in transfers.prefetch_related("origin__groups"):
        for key in keys_of(transfer, regions):
            rows[key].update(measures_of(transfer))
            if transfer.kind == "sale":
                orders[key].add(transfer.event_id)
    for key, events in orders.items():
        if key[0] in ("AreaMonth", "ProducerMonth"):
            rows[key]["orders"] = len(events)
    return {key: {name: n for name, n in row.items() if n} for key, row in rows.items()}


KEYS = {
    "AreaMonth": ("level", "month", "area_code"),
    "ProducerMonth": ("month", "village_code", "producer_id"),
    "ProvinceMix": (
        *("month", "province_code", "income_kind", "otop_type"),
        *("quadrant", "stars", "channel"),
    ),
    "ProvinceGroup": ("month", "province_code", "kind", "code"),
}


def stored():
    """Every row of every roll-up as it is, whichever shard it was written to."""
    rows = defaultdict(Counter)
    for model in rig.ROLL_UPS:
        names = KEYS[model.__name__]
        for row in model.objects.values():
            key = model.__name__, tuple(row.pop(name) for name in names)
            row.pop("id")
            row.pop("shard", None)
            rows[key].update(row)
    return {key: {name: n for name, n in row.items() if n} for key, row in rows.items()}


def balances():
    """Debits less credits of every account."""
    sums = Counter()
    for debit, credit, satang in Transfer.objects.values_list(
        "debit__code", "credit__code", "amount_satang"
    ):
        sums[debit] += satang
        sums[credit] -= satang
    return {code: satang for code, satang in sums.items() if satang}
