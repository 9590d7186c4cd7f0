"""The words of the ledger: accounts, events and transfers, and which of them go together.

One table a rule, read by models, services, the database's triggers and `verify` alike.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AccountKind(TextChoices):
    """Where money is, or whose it is. The last two are of no money that we ever saw."""

    GATEWAY_CLEARING = "gateway.clearing", _("money at the payment provider")
    BANK = "bank", _("the operator's bank account")
    PRODUCER_PAYABLE = "producer.payable", _("owed to a producer for what was sold")
    DELIVERY_PAYABLE = "delivery.payable", _("owed to a producer for delivery")
    PLATFORM_FEE = "platform.fee", _("the platform's fee")
    FEE_VAT = "fee.vat", _("VAT on the platform's fee")
    PLATFORM_DISCOUNTS = "platform.discounts", _("discounts that the platform bears")
    PLATFORM_ADJUSTMENTS = "platform.adjustments", _("corrections between platform and producers")
    PLATFORM_LOSSES = "platform.losses", _("disputes that the platform lost")
    GATEWAY_FEES = "gateway.fees", _("fees of the payment provider")
    DISPUTE_HELD = "dispute.held", _("held by the payment provider during a dispute")
    DECLARED_ELSEWHERE = "declared.elsewhere", _("money that producers say they took elsewhere")
    PRODUCER_DECLARED = "producer.declared", _("what a producer says was sold elsewhere")


class EventKind(TextChoices):
    SALE = "sale", _("sale")
    REFUND = "refund", _("refund")
    GATEWAY_FEE = "gateway-fee", _("fee of the payment provider")
    DISPUTE = "dispute", _("dispute opened")
    DISPUTE_WON = "dispute-won", _("dispute won")
    DISPUTE_LOST = "dispute-lost", _("dispute lost")
    PAYOUT = "payout", _("payout")
    PAYOUT_RETURN = "payout-return", _("payout returned by the bank")
    GATEWAY_PAYOUT = "gateway-payout", _("transfer from the payment provider to our bank")
    GATEWAY_PAYOUT_RETURN = "gateway-payout-return", _("transfer to our bank that failed")
    ADJUSTMENT = "adjustment", _("adjustment")
    RECLASSIFICATION = "reclassification", _("change of place")
    DECLARED = "declared", _("declared sale")
    DECLARED_REVERSAL = "declared-reversal", _("declared sale taken back")


class TransferKind(TextChoices):
    SALE = "sale", _("sale")
    REFUND = "refund", _("refund")
    MOVED_IN = "moved-in", _("income of another place, moved here")
    MOVED_OUT = "moved-out", _("income moved to another place")
    DISCOUNT_MOVED_IN = "discount-moved-in", _("discount of income that was moved here")
    DISCOUNT_MOVED_OUT = "discount-moved-out", _("discount of income that was moved away")
    DISCOUNT = "discount", _("discount borne by the producer")
    DISCOUNT_BACK = "discount-back", _("discount of the producer taken back")
    PLATFORM_DISCOUNT = "platform-discount", _("discount borne by the platform")
    PLATFORM_DISCOUNT_BACK = "platform-discount-back", _("discount of the platform taken back")
    DELIVERY = "delivery", _("delivery")
    DELIVERY_REFUND = "delivery-refund", _("refund of delivery")
    FEE = "fee", _("fee of the platform")
    FEE_BACK = "fee-back", _("fee of the platform given back")
    FEE_VAT = "fee-vat", _("VAT on the fee")
    FEE_VAT_BACK = "fee-vat-back", _("VAT on the fee given back")
    GATEWAY_FEE = "gateway-fee", _("payment fee borne by the platform")
    GATEWAY_FEE_BACK = "gateway-fee-back", _("payment fee of the platform given back")
    PASSED_GATEWAY_FEE = "passed-gateway-fee", _("payment fee borne by the producer")
    PASSED_GATEWAY_FEE_BACK = "passed-gateway-fee-back", _("payment fee of the producer given back")
    DISPUTE_HELD = "dispute-held", _("held for a dispute")
    DISPUTE_WON = "dispute-won", _("given back after a dispute")
    DISPUTE_LOST = "dispute-lost", _("lost in a dispute by the platform")
    DISPUTE_RELEASED = "dispute-released", _("no longer held: the producer bears it")
    PAYOUT = "payout", _("payout")
    PAYOUT_RETURN = "payout-return", _("payout returned by the bank")
    GATEWAY_PAYOUT = "gateway-payout", _("from the payment provider to our bank")
    GATEWAY_PAYOUT_RETURN = "gateway-payout-return", _("back from our bank")
    ADJUSTMENT = "adjustment", _("adjustment in favour of the producer")
    CHARGE = "charge", _("adjustment against the producer")
    DECLARED = "declared", _("declared sale")
    DECLARED_REVERSAL = "declared-reversal", _("declared sale taken back")


class Channel(TextChoices):
    """Where a declared sale was made. A sale of this site has none."""

    STALL = "stall", _("market stall")
    FAIR = "fair", _("fair")
    HOME = "home", _("at home or the workshop")
    MESSAGE = "message", _("by phone or chat")
    ONLINE = "online", _("another shop online")
    SHOP = "shop", _("a shop or department store")
    HOTEL = "hotel", _("a hotel or restaurant")
    EXPORT = "export", _("abroad")
    OTHER = "other", _("elsewhere")


T, A, E = TransferKind, AccountKind, EventKind

REVERSED_BY = {
    T.SALE: T.REFUND,
    T.MOVED_IN: T.REFUND,
    T.DISCOUNT: T.DISCOUNT_BACK,
    T.DISCOUNT_MOVED_IN: T.DISCOUNT_BACK,
    T.PLATFORM_DISCOUNT: T.PLATFORM_DISCOUNT_BACK,
    T.DELIVERY: T.DELIVERY_REFUND,
    T.FEE: T.FEE_BACK,
    T.FEE_VAT: T.FEE_VAT_BACK,
    T.GATEWAY_FEE: T.GATEWAY_FEE_BACK,
    T.PASSED_GATEWAY_FEE: T.PASSED_GATEWAY_FEE_BACK,
    T.DISPUTE_HELD: T.DISPUTE_WON,
    T.PAYOUT: T.PAYOUT_RETURN,
    T.GATEWAY_PAYOUT: T.GATEWAY_PAYOUT_RETURN,
    T.DECLARED: T.DECLARED_REVERSAL,
}
"""The kind of transfer that takes back each kind; the others are never taken back."""

MOVED_OUT_BY = REVERSED_BY | {
    T.SALE: T.MOVED_OUT,
    T.MOVED_IN: T.MOVED_OUT,
    T.DISCOUNT: T.DISCOUNT_MOVED_OUT,
    T.DISCOUNT_MOVED_IN: T.DISCOUNT_MOVED_OUT,
}
"""The same where nothing is given back, but belongs elsewhere: income keeps words of its own."""

MOVED_IN_AS = {T.SALE: T.MOVED_IN, T.DISCOUNT: T.DISCOUNT_MOVED_IN}
"""What income is called where it arrives; the rest keeps its kind."""

REVERSALS = tuple(dict.fromkeys([*REVERSED_BY.values(), *MOVED_OUT_BY.values()]))

SIDES = {
    T.SALE: [(A.GATEWAY_CLEARING, A.PRODUCER_PAYABLE)],
    T.MOVED_IN: [(A.GATEWAY_CLEARING, A.PRODUCER_PAYABLE)],
    T.DISCOUNT: [(A.PRODUCER_PAYABLE, A.GATEWAY_CLEARING)],
    T.DISCOUNT_MOVED_IN: [(A.PRODUCER_PAYABLE, A.GATEWAY_CLEARING)],
    T.PLATFORM_DISCOUNT: [(A.PLATFORM_DISCOUNTS, A.GATEWAY_CLEARING)],
    T.DELIVERY: [(A.GATEWAY_CLEARING, A.DELIVERY_PAYABLE)],
    T.FEE: [(A.PRODUCER_PAYABLE, A.PLATFORM_FEE)],
    T.FEE_VAT: [(A.PRODUCER_PAYABLE, A.FEE_VAT)],
    T.GATEWAY_FEE: [(A.GATEWAY_FEES, A.GATEWAY_CLEARING)],
    T.PASSED_GATEWAY_FEE: [(A.PRODUCER_PAYABLE, A.GATEWAY_CLEARING)],
    T.DISPUTE_HELD: [(A.DISPUTE_HELD, A.GATEWAY_CLEARING)],
    T.DISPUTE_LOST: [(A.PLATFORM_LOSSES, A.DISPUTE_HELD)],
    T.DISPUTE_RELEASED: [(A.GATEWAY_CLEARING, A.DISPUTE_HELD)],
    T.PAYOUT: [(A.PRODUCER_PAYABLE, A.BANK), (A.DELIVERY_PAYABLE, A.BANK)],
    T.GATEWAY_PAYOUT: [(A.BANK, A.GATEWAY_CLEARING)],
    T.ADJUSTMENT: [(A.PLATFORM_ADJUSTMENTS, A.PRODUCER_PAYABLE)],
    T.CHARGE: [(A.PRODUCER_PAYABLE, A.PLATFORM_ADJUSTMENTS)],
    T.DECLARED: [(A.DECLARED_ELSEWHERE, A.PRODUCER_DECLARED)],
}
"""Debit and credit account of each kind of transfer; a reversal has them the other way round."""

for _kind, _back in [*REVERSED_BY.items(), *MOVED_OUT_BY.items()]:
    SIDES[_back] = [(credit, debit) for debit, credit in SIDES[_kind]]

_SOLD = (T.SALE, T.DISCOUNT, T.PLATFORM_DISCOUNT, T.DELIVERY, T.FEE, T.FEE_VAT)
_GIVEN_BACK = tuple(REVERSED_BY[kind] for kind in _SOLD)
MOVABLE = (
    *(T.SALE, T.MOVED_IN, T.DISCOUNT, T.DISCOUNT_MOVED_IN, T.PLATFORM_DISCOUNT),
    *(T.FEE, T.FEE_VAT, T.GATEWAY_FEE, T.PASSED_GATEWAY_FEE),
)
"""What of a line share goes along when its income belongs to another place."""

_MOVED = {MOVED_OUT_BY[kind] for kind in MOVABLE} | {
    MOVED_IN_AS.get(kind, kind) for kind in MOVABLE
}

MADE_OF = {
    E.SALE: _SOLD,
    E.REFUND: _GIVEN_BACK,
    E.GATEWAY_FEE: (T.GATEWAY_FEE, T.PASSED_GATEWAY_FEE),
    E.DISPUTE: (T.DISPUTE_HELD, T.GATEWAY_FEE),
    E.DISPUTE_WON: (T.DISPUTE_WON, T.GATEWAY_FEE_BACK),
    E.DISPUTE_LOST: (T.DISPUTE_LOST, T.DISPUTE_RELEASED, *_GIVEN_BACK),
    E.PAYOUT: (T.PAYOUT,),
    E.PAYOUT_RETURN: (T.PAYOUT_RETURN,),
    E.GATEWAY_PAYOUT: (T.GATEWAY_PAYOUT,),
    E.GATEWAY_PAYOUT_RETURN: (T.GATEWAY_PAYOUT_RETURN,),
    E.ADJUSTMENT: (T.ADJUSTMENT, T.CHARGE),
    E.RECLASSIFICATION: tuple(sorted(_MOVED)),
    E.DECLARED: (T.DECLARED,),
    E.DECLARED_REVERSAL: (T.DECLARED_REVERSAL,),
}
"""The kinds of transfer that an event may be made of."""

FOLLOWS = {
    E.REFUND: E.SALE,
    E.DISPUTE_WON: E.DISPUTE,
    E.DISPUTE_LOST: E.DISPUTE,
    E.PAYOUT_RETURN: E.PAYOUT,
    E.GATEWAY_PAYOUT_RETURN: E.GATEWAY_PAYOUT,
    E.RECLASSIFICATION: E.SALE,
    E.DECLARED_REVERSAL: E.DECLARED,
}
"""Events that follow another one and name it; the others name none."""

BY_TWO_PEOPLE = (E.ADJUSTMENT, E.RECLASSIFICATION)
"""Events that one person proposes with a reason and another approves."""

DECLARED_EVENTS = (E.DECLARED, E.DECLARED_REVERSAL)

OF_A_SHARE = (
    *(T.SALE, T.REFUND, T.MOVED_IN, T.MOVED_OUT, T.DISCOUNT, T.DISCOUNT_BACK),
    *(T.DISCOUNT_MOVED_IN, T.DISCOUNT_MOVED_OUT, T.PLATFORM_DISCOUNT, T.PLATFORM_DISCOUNT_BACK),
    *(T.FEE, T.FEE_BACK, T.FEE_VAT, T.FEE_VAT_BACK),
    *(T.PASSED_GATEWAY_FEE, T.PASSED_GATEWAY_FEE_BACK),
)
"""Transfers that always name an order line's frozen share and its village."""

OF_A_DECLARATION = (T.DECLARED, T.DECLARED_REVERSAL)
OF_A_PRODUCER = (T.DELIVERY, T.DELIVERY_REFUND, T.PAYOUT, T.PAYOUT_RETURN, T.ADJUSTMENT, T.CHARGE)
"""Transfers that always name a producer, and its village where it has one."""

_KEYS = {
    E.DISPUTE_WON: "dispute-end",  # one end, whichever
    E.DISPUTE_LOST: "dispute-end",
    E.DECLARED_REVERSAL: "declared-back",
}


def key_of(kind: str, reference: str) -> str:
    """The key under which an event of this kind and reference can be recorded once only."""
    return f"{_KEYS.get(kind, kind)}:{reference}"
