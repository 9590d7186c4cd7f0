"""What can still be given back of an order, and how an amount of it is shared out.

A share of a line consists of its price, discounts and fees. What goes back of it takes from each
of them in the share's own ratio, and the last satang takes whatever is left of all: so nothing is
ever taken back twice, and a full refund leaves exactly zero.
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
PRICES = (T.SALE, T.MOVED_IN)
DISCOUNTS = (T.DISCOUNT, T.DISCOUNT_MOVED_IN, T.PLATFORM_DISCOUNT)
OF_A_SALE = (*PRICES, *DISCOUNTS, T.FEE, T.FEE_VAT, T.DELIVERY)


@dataclass(frozen=True)
class RemainingShare:
    """What is left of one line share in one village: its transfers, each with its satang."""

    line_id: int
    parts: tuple[tuple[Transfer, int], ...]

    @property
    def paid_satang(self) -> int:
        """What the shopper paid of it and did not get back."""
        return sum(self._left(*PRICES)) - sum(self._left(*DISCOUNTS))

    def _left(self, *kinds: str) -> list[int]:
        return [left for transfer, left in self.parts if transfer.kind in kinds]

    def give_back(self, amount_satang: int) -> list[Transfer]:
        """Mirrors that give the shopper so much of it; at most `paid_satang`.

        Everything but the price goes back by its ratio, rounded down; the price makes up for what
        the discounts give back with it.
        """
        paid = self.paid_satang
        if amount_satang == paid:
            return [mirror_of(transfer, left) for transfer, left in self.parts]
        backs = {
            transfer: left * amount_satang // paid
            for transfer, left in self.parts
            if transfer.kind not in PRICES
        }
        discounts = sum(back for transfer, back in backs.items() if transfer.kind in DISCOUNTS)
        prices = [(transfer, left) for transfer, left in self.parts if transfer.kind in PRICES]
        shared = money.split_over_remaining(amount_satang + discounts, [left for _, left in prices])
        backs |= {transfer: back for (transfer, _), back in zip(prices, shared, strict=True)}
        return [mirror_of(transfer, back) for transfer, back in backs.items()]


@dataclass(frozen=True)
class Remaining:
    """What is left of an order: the shares of each line, and each producer's delivery."""

    shares: Mapping[int, tuple[RemainingShare, ...]]
    delivery: Mapping[int, tuple[Transfer, int]]

    def paid_by_line(self) -> dict[int, int]:
        return {
            line: sum(share.paid_satang for share in shares) for line, shares in self.shares.items()
        }

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
    return Remaining({line: tuple(found) for line, found in shares.items()}, delivery)


def give_back_parts(
    left: Remaining, lines: Mapping[int, int], delivery: Mapping[int, int]
) -> list[Transfer]:
    """Mirrors that give back satang of lines, and of delivery by producer.

    Raises NoSuchSale for what is not of the order, money.MoreThanRemaining for more than is left.
    """
    backs = []
    for line, amount in lines.items():
        if amount:
            backs += _of_line(left.shares.get(line), amount)
    for producer, amount in delivery.items():
        if amount:
            backs.append(_of_delivery(left.delivery.get(producer), amount))
    return backs


def _of_line(shares: tuple[RemainingShare, ...] | None, amount: int) -> list[Transfer]:
    if shares is None:
        raise NoSuchSale
    amounts = money.split_over_remaining(amount, [share.paid_satang for share in shares])
    is_last = amount == sum(share.paid_satang for share in shares)
    return [
        back
        for share, part in zip(shares, amounts, strict=True)
        if part or is_last
        for back in share.give_back(part)
    ]


def _of_delivery(sent: tuple[Transfer, int] | None, amount: int) -> Transfer:
    if sent is None:
        raise NoSuchSale
    transfer, left = sent
    if amount > left:
        raise money.MoreThanRemaining
    return mirror_of(transfer, amount)
