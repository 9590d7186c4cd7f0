"""What producers are owed, straight from the ledger's accounts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum

from marketplace.ledger.kinds import AccountKind
from marketplace.ledger.models import Transfer

GOODS, DELIVERY = AccountKind.PRODUCER_PAYABLE, AccountKind.DELIVERY_PAYABLE


@dataclass(frozen=True)
class Owed:
    """Satang owed to one producer; below zero it owes the market."""

    goods_satang: int = 0
    delivery_satang: int = 0

    @property
    def satang(self) -> int:
        return self.goods_satang + self.delivery_satang


def owed_to(producer_ids: Iterable[int] | None = None) -> dict[int, Owed]:
    """What each of these producers is owed, or each that ever was; two statements for all.

    Producers that the ledger does not know are left out.
    """
    sums: dict[int, dict[str, int]] = defaultdict(lambda: {GOODS: 0, DELIVERY: 0})
    whose = {} if producer_ids is None else {"producer__in": list(producer_ids)}
    for side, sign in (("credit", 1), ("debit", -1)):
        found = Transfer.objects.filter(
            **whose, **{f"{side}__kind__in": (GOODS, DELIVERY)}
        ).values_list(f"{side}__producer", f"{side}__kind")
        for producer_id, kind, satang in found.annotate(satang=Sum("amount_satang")).order_by():
            sums[producer_id][kind] += sign * satang
    return {pk: Owed(one[GOODS], one[DELIVERY]) for pk, one in sums.items()}
