"""Who is owed how much and can be paid, and how the lines of a payout list stand."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from marketplace.ledger.models import Transfer
from marketplace.producers.models import PayoutAccount, Producer
from shop.bookkeeping.models import PayoutLine, PayoutList
from shop.bookkeeping.queries.owed import Owed, owed_to

MOST_LINES = 500  # a payout waits for each of its producers, and locks are not endless


@dataclass(frozen=True)
class Payable:
    """A producer to whom something is owed, and why it cannot be paid now, if so."""

    producer: Producer
    owed: Owed
    account: PayoutAccount | None
    is_under_way: bool

    @property
    def goods_satang(self) -> int:
        """What is paid of goods: where it owes for one account, the other pays for both."""
        return max(0, self.owed.goods_satang + min(0, self.owed.delivery_satang))

    @property
    def delivery_satang(self) -> int:
        return max(0, self.owed.delivery_satang + min(0, self.owed.goods_satang))

    @property
    def is_frozen(self) -> bool:
        until = self.account and self.account.frozen_until
        return bool(until) and until > timezone.now()

    @property
    def is_payable(self) -> bool:
        return self.owed.satang > 0 and not self.is_under_way and not self.is_frozen


@dataclass(frozen=True)
class StandingLine:
    """A line of a list with what its producer is owed now."""

    line: PayoutLine
    owed: Owed
    has_other_account: bool
    returned_satang: int = 0

    @property
    def has_sunk(self) -> bool:
        """Whether it can no longer be paid as it stands."""
        too_much = (
            self.line.goods_satang > self.owed.goods_satang
            or self.line.delivery_satang > self.owed.delivery_satang
        )
        return too_much or self.line.amount_satang > self.owed.satang or self.has_other_account


def payables(producer_ids: Collection[int] | None = None) -> list[Payable]:
    """Producers that are owed something, the most first; of these, or all. Five statements."""
    owed = {pk: one for pk, one in owed_to(producer_ids).items() if one.satang > 0}
    producers = Producer.objects.select_related("home_village").in_bulk(list(owed))
    accounts = active_accounts(owed)
    under_way = set(
        PayoutLine.objects.filter(list__end=None, producer__in=owed).values_list(
            "producer", flat=True
        )
    )
    rows = [
        Payable(producers[pk], one, accounts.get(pk), pk in under_way) for pk, one in owed.items()
    ]
    return sorted(rows, key=lambda row: (-row.owed.satang, row.producer.pk))


def active_accounts(producer_ids: Collection[int]) -> dict[int, PayoutAccount]:
    """The account each producer is paid to, without its number; one statement."""
    found = PayoutAccount.objects.filter(
        state=PayoutAccount.State.ACTIVE, producer__in=list(producer_ids)
    )
    return {one.producer_id: one for one in found.defer("number")}


def standing_lines(payouts: PayoutList) -> list[StandingLine]:
    """The lines of a list as they stand now; at most five statements."""
    lines = list(lines_of(payouts).defer("account__number"))
    ids = [line.producer_id for line in lines]
    end = getattr(payouts, "end", None)
    if end:
        back = _returned(end.event_id) if end.event_id else {}
        return [StandingLine(line, Owed(), False, back.get(line.producer_id, 0)) for line in lines]
    owed, accounts = owed_to(ids), active_accounts(ids)
    return [
        StandingLine(
            line,
            owed.get(line.producer_id, Owed()),
            getattr(accounts.get(line.producer_id), "pk", None) != line.account_id,
        )
        for line in lines
    ]


def lines_of(payouts: PayoutList) -> QuerySet[PayoutLine]:
    return payouts.lines.select_related("producer__home_village", "account").order_by("pk")


def _returned(event_id) -> dict[int, int]:
    """Satang the bank gave back of a payout, by producer; one statement."""
    back: dict[int, int] = {}
    rows = Transfer.objects.filter(event__reverses=event_id)
    for producer_id, satang in rows.values_list("producer", "amount_satang"):
        back[producer_id] = back.get(producer_id, 0) + satang
    return back
