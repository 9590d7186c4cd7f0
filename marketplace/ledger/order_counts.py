"""How orders are counted in areas, without ever counting an order twice.

An order of three villages is one order of their province. So the orders of a province are not the
sum of those of its villages, and counting different orders over millions of rows is slow. Instead
each sale transfer says, when it is posted, in which areas it is the first of its order: then the
orders of any area are the transfers that are first in it, a plain sum. `verify` checks the marks.
"""

from collections.abc import Iterable, Iterator, Mapping

from marketplace.ledger.kinds import TransferKind
from marketplace.ledger.models import AreaMonth, Transfer
from marketplace.places.models import Province

Level = AreaMonth.Level
BITS = {
    Level.COUNTRY: 1,
    Level.REGION: 2,
    Level.PROVINCE: 4,
    Level.AMPHOE: 8,
    Level.TAMBON: 16,
    Level.VILLAGE: 32,
}
PRODUCER_BIT = 64
"""First of its producer in its village."""


def mark_first(transfers: Iterable[Transfer]) -> None:
    """Set `first_of` on the sales of one order; regions are asked for only where they matter."""
    sales = [transfer for transfer in transfers if transfer.kind == TransferKind.SALE]
    provinces = {transfer.village_code[:2] for transfer in sales}
    regions = _regions(provinces) if len(provinces) > 1 else {}
    seen = set()
    for transfer in sales:
        places = set(_places(transfer, regions)) - seen
        transfer.first_of = sum(bit for bit, _place in places)
        seen |= places


def _regions(provinces: set[str]) -> dict[str, str]:
    found = Province.objects.filter(pk__in=provinces).order_by()
    return dict(found.values_list("pk", "region"))


def _places(transfer: Transfer, regions: Mapping[str, str]) -> Iterator[tuple[int, object]]:
    village = transfer.village_code
    for level, bit in BITS.items():
        is_region = level == Level.REGION
        yield bit, regions.get(village[:2], "") if is_region else village[:level]
    yield PRODUCER_BIT, (village, transfer.producer_id)
