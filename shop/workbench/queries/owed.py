"""What a producer is owed more or less by each kind of transfer, and what that adds up to."""

from dataclasses import dataclass, field, fields, replace
from datetime import date

from marketplace.ledger.kinds import TransferKind
from marketplace.ledger.periods import Period

T = TransferKind

PARTS = {
    T.SALE: ("price_satang", 1),
    T.REFUND: ("price_satang", -1),
    T.MOVED_IN: ("price_satang", 1),
    T.MOVED_OUT: ("price_satang", -1),
    T.DISCOUNT: ("discount_satang", 1),
    T.DISCOUNT_BACK: ("discount_satang", -1),
    T.DISCOUNT_MOVED_IN: ("discount_satang", 1),
    T.DISCOUNT_MOVED_OUT: ("discount_satang", -1),
    T.DELIVERY: ("delivery_satang", 1),
    T.DELIVERY_REFUND: ("delivery_satang", -1),
    T.FEE: ("fee_satang", 1),
    T.FEE_BACK: ("fee_satang", -1),
    T.FEE_VAT: ("fee_vat_satang", 1),
    T.FEE_VAT_BACK: ("fee_vat_satang", -1),
    T.PASSED_GATEWAY_FEE: ("gateway_fee_satang", 1),
    T.PASSED_GATEWAY_FEE_BACK: ("gateway_fee_satang", -1),
    T.ADJUSTMENT: ("adjustment_satang", 1),
    T.CHARGE: ("adjustment_satang", -1),
    T.PAYOUT: ("paid_out_satang", 1),
    T.PAYOUT_RETURN: ("paid_out_satang", -1),
}
"""What each kind of transfer that changes what a producer is owed adds to, or takes from."""

DECLARED = {T.DECLARED: 1, T.DECLARED_REVERSAL: -1}
"""Kinds that change what a producer declared, and in which direction."""

GIVEN_BACK = (T.REFUND, T.DISCOUNT_BACK, T.DELIVERY_REFUND)


@dataclass(frozen=True)
class Sums:
    """Satang; what was given back is below zero. `net_satang` is what reaches the producer."""

    price_satang: int = 0
    discount_satang: int = 0  # borne by the producer
    delivery_satang: int = 0
    fee_satang: int = 0
    fee_vat_satang: int = 0
    gateway_fee_satang: int = 0  # where the producer bears it
    adjustment_satang: int = 0
    paid_out_satang: int = 0

    @property
    def goods_satang(self) -> int:
        return self.price_satang - self.discount_satang

    @property
    def taken_satang(self) -> int:
        """All fees together."""
        return self.fee_satang + self.fee_vat_satang + self.gateway_fee_satang

    @property
    def has_fees(self) -> bool:
        """Whether anything was taken, or given back of what was."""
        return any((self.fee_satang, self.fee_vat_satang, self.gateway_fee_satang))

    @property
    def net_satang(self) -> int:
        return self.goods_satang + self.delivery_satang - self.taken_satang + self.adjustment_satang

    @property
    def owed_satang(self) -> int:
        """What the producer is owed more than before."""
        return self.net_satang - self.paid_out_satang

    def __add__(self, other: "Sums") -> "Sums":
        names = [one.name for one in fields(Sums)]
        return Sums(**{name: getattr(self, name) + getattr(other, name) for name in names})

    def plus(self, kind: str, satang: int) -> "Sums":
        """With a transfer of this kind."""
        name, sign = PARTS[kind]
        return replace(self, **{name: getattr(self, name) + sign * satang})


@dataclass(frozen=True)
class Month:
    """A month of a producer: what its transfers add up to."""

    period: Period
    sums: Sums = field(default_factory=Sums)  # of all but what was given back
    back_satang: int = 0  # to shoppers, of goods and delivery
    sales: int = 0
    declared_satang: int = 0  # sold elsewhere by the producer's own word: owed by nobody

    @property
    def month(self) -> date:
        """Its first day."""
        return self.period.first

    @property
    def net_satang(self) -> int:
        return self.sums.net_satang - self.back_satang

    @property
    def owed_satang(self) -> int:
        return self.sums.owed_satang - self.back_satang

    def plus(self, kind: str, satang: int, events: int) -> "Month":
        if kind in DECLARED:
            told = self.declared_satang + DECLARED[kind] * satang
            return replace(self, declared_satang=told)
        if kind in GIVEN_BACK:
            back = Sums().plus(kind, satang).net_satang
            return replace(self, back_satang=self.back_satang - back)
        sales = self.sales + (events if kind == T.SALE else 0)
        return replace(self, sums=self.sums.plus(kind, satang), sales=sales)
