"""What can still be given back of an order, and how an amount of it is shared out.

A share of a line consists of its price, discounts and fees. What goes back of the line takes from
each of them in its own ratio, and the last satang takes whatever is left of all: so nothing is ever
taken back twice, and a full refund leaves exactly zero. The ratio is that of everything given back
so far: two refunds end alike, whichever of them the provider tells first.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from marketplace.core import money
from marketplace.ledger.errors import NoSuchSale
from marketplace.ledger.kinds import TransferKind
from marketplace.ledger.models import Transfer
from marketplace.ledger.services.posting import mirror_of, remaining_of_order

T = TransferKind
Kinds = tuple[TransferKind, ...]
PRICES = (T.SALE, T.MOVED_IN)
DISCOUNTS = (T.DISCOUNT, T.DISCOUNT_MOVED_IN, T.PLATFORM_DISCOUNT)
BESIDE_THE_PRICE = (
    *((T.DISCOUNT, T.DISCOUNT_MOVED_IN), (T.PLATFORM_DISCOUNT,)),
    *((T.FEE,), (T.FEE_VAT,)),
)
OF_A_SALE = (*PRICES, *DISCOUNTS, T.FEE, T.FEE_VAT, T.DELIVERY)


@dataclass(frozen=True)
class RemainingShare:
    """What is left of one line share in one village: its transfers, each with its satang."""

    line_id: int
    parts: tuple[tuple[Transfer, int], ...]

    @property
    def paid_satang(self) -> int:
        """What the shopper paid of it and did not get back."""
        return self.left_of(PRICES) - self.left_of(DISCOUNTS)

    def left_of(self, kinds: Kinds) -> int:
        return sum(left for _transfer, left in self._of(kinds))

    def give_back(self, amount_satang: int, along: Mapping[Kinds, int]) -> list[Transfer]:
        """Mirrors that give the shopper so much of it, and so much of each kind beside the price;
        the price makes up for what the discounts give back with it."""
        discounts = sum(satang for kinds, satang in along.items() if kinds[0] in DISCOUNTS)
        return [
            mirror_of(transfer, back)
            for kinds, satang in {**along, PRICES: amount_satang + discounts}.items()
            for transfer, back in self._shared_out(satang, kinds)
        ]

    def _shared_out(self, satang: int, kinds: Kinds) -> list[tuple[Transfer, int]]:
        parts = self._of(kinds)
        backs = money.split_over_remaining(satang, [left for _transfer, left in parts])
        return [(transfer, back) for (transfer, _left), back in zip(parts, backs, strict=True)]

    def _of(self, kinds: Kinds) -> list[tuple[Transfer, int]]:
        return [part for part in self.parts if part[0].kind in kinds]


@dataclass(frozen=True)
class RemainingLine:
    """What is left of an order line, in all its shares."""

    shares: tuple[RemainingShare, ...]

    @property
    def paid_satang(self) -> int:
        return sum(share.paid_satang for share in self.shares)

    def give_back(self, amount_satang: int) -> list[Transfer]:
        """Mirrors that give the shopper so much of it, the last satang all that is left of every
        kind; raises money.MoreThanRemaining."""
        paid = [share.paid_satang for share in self.shares]
        amounts = money.split_over_remaining(amount_satang, paid)
        along = {kinds: self._along(amount_satang, kinds) for kinds in BESIDE_THE_PRICE}
        return [
            back
            for number, (share, amount) in enumerate(zip(self.shares, amounts, strict=True))
            for back in share.give_back(amount, {kinds: along[kinds][number] for kinds in along})
        ]

    def _along(self, amount_satang: int, kinds: Kinds) -> list[int]:
        """Satang of these kinds that go back of each share: all that has gone back of the line is
        always its part of all that was given back, rounded down."""
        left = [share.left_of(kinds) for share in self.shares]
        sold, sold_for = self._sold(kinds), self._sold(PRICES) - self._sold(DISCOUNTS)
        gone_after = sold * (sold_for - self.paid_satang + amount_satang) // sold_for
        back = gone_after - (sold - sum(left))
        return money.split_over_remaining(min(max(back, 0), sum(left)), left)

    def _sold(self, kinds: Kinds) -> int:
        """Satang in the sale itself, wherever they were moved since."""
        parts = [transfer for share in self.shares for transfer, _left in share.parts]
        sale = next(one.event_id for one in parts if one.kind == T.SALE)
        return sum(one.amount_satang for one in parts if one.kind in kinds and one.event_id == sale)


@dataclass(frozen=True)
class Remaining:
    """What is left of an order: the shares of each line, and each producer's delivery."""

    lines: Mapping[int, RemainingLine]
    delivery: Mapping[int, tuple[Transfer, int]]

    def paid_by_line(self) -> dict[int, int]:
        return {line_id: line.paid_satang for line_id, line in self.lines.items()}

    def paid_by_producer(self) -> dict[int, int]:
        """Of delivery."""
        return {producer: left for producer, (_, left) in self.delivery.items()}


def remaining_sale(order_number: str) -> Remaining:
    """What is left of a paid order, wherever its income was moved since; one statement."""
    parts, delivery = defaultdict(list), {}
    for transfer, left in remaining_of_order(order_number, *OF_A_SALE):
        if transfer.kind == T.DELIVERY:
            delivery[transfer.producer_id] = (transfer, left)
        else:
            whose = transfer.line_id, transfer.origin_id, transfer.village_code
            parts[whose].append((transfer, left))
    shares = defaultdict(list)
    for (line_id, *_), found in parts.items():
        shares[line_id].append(RemainingShare(line_id, tuple(found)))
    lines = {line_id: RemainingLine(tuple(found)) for line_id, found in shares.items()}
    return Remaining(lines, delivery)


def give_back_parts(
    left: Remaining, lines: Mapping[int, int], delivery: Mapping[int, int]
) -> list[Transfer]:
    """Mirrors that give back satang of lines, and of delivery by producer.

    Raises NoSuchSale for what is not of the order, money.MoreThanRemaining for more than is left.
    """
    backs = []
    for line, amount in lines.items():
        if amount:
            backs += _of_line(left.lines.get(line), amount)
    for producer, amount in delivery.items():
        if amount:
            backs.append(_of_delivery(left.delivery.get(producer), amount))
    return backs


def _of_line(line: RemainingLine | None, amount: int) -> list[Transfer]:
    if line is None:
        raise NoSuchSale
    return line.give_back(amount)


def _of_delivery(sent: tuple[Transfer, int] | None, amount: int) -> Transfer:
    if sent is None:
        raise NoSuchSale
    transfer, left = sent
    if amount > left:
        raise money.MoreThanRemaining
    return mirror_of(transfer, amount)
