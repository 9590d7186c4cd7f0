"""The roll-ups counted again in plain Python, from the transfers alone: no SQL of the product."""

from collections import Counter

from marketplace.ledger.models import Transfer

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


KEYS = {
    "AreaMonth": ("level", "month", "area_code"),
    "ProducerMonth": ("month", "village_code", "producer_id"),
    "ProvinceMix": (
        *("month", "province_code", "income_kind", "otop_type"),
        *("quadrant", "stars", "channel"),
    ),
    "ProvinceGroup": ("month", "province_code", "kind", "code"),
}
"""What a row of each roll-up is about; its shard is not."""

_MEASURES = tuple(dict.fromkeys((*PLUS.values(), *MINUS.values(), "sales", "refunds", "units_ppm")))
NAMES = {
    "AreaMonth": (*_MEASURES, "orders"),
    "ProducerMonth": (*_MEASURES, "orders"),
    "ProvinceMix": _MEASURES,
    "ProvinceGroup": _MEASURES,
}
"""What is measured in each."""


def keys_of(transfer, regions):
    """(roll-up, *key) of every row that one transfer belongs to."""
    village, month = transfer.village_code, str(transfer.day.replace(day=1))
    province = village[:2]
    for length in (8, 6, 4, 2, 0):
        yield "AreaMonth", length, month, village[:length]
    if province in regions:
        yield "AreaMonth", 1, month, regions[province]
    if transfer.producer_id:
        yield "ProducerMonth", month, village, transfer.producer_id
    if transfer.origin_id:
        yield from _keys_of_origin(transfer, month, province)


def _keys_of_origin(transfer, month, province):
    origin, channel = transfer.origin, transfer.event.channel
    sold_as = (origin.income_kind, origin.otop_type, origin.quadrant, origin.stars)
    yield "ProvinceMix", month, province, *sold_as, channel
    for kind, code in origin.groups:
        yield "ProvinceGroup", month, province, kind, code
    if not channel:
        yield "ProvinceGroup", month, province, "buyers", origin.buyer_province_code


def balances():
    """Debits less credits of every account."""
    sums = Counter()
    for debit, credit, satang in Transfer.objects.values_list(
        "debit__code", "credit__code", "amount_satang"
    ):
        sums[debit] += satang
        sums[credit] -= satang
    return {code: satang for code, satang in sums.items() if satang}
