"""Stock is held when an order is placed and given back when it is not paid; what is sold at a stall
is taken away at once. Nothing else."""

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import Coalesce, Greatest, Least
from oscar.apps.partner.models import StockRecord

from marketplace.provenance.models import Provenance, StockKind

_HELD = Coalesce(F("num_allocated"), 0)
_IS_ONE_PIECE = Exists(
    Provenance.objects.filter(
        Q(product=OuterRef("product")) | Q(product__children=OuterRef("product")),
        stock_kind=StockKind.ONE_PIECE,
    )
)


def _single_or(single, several) -> Case:
    """One number for a single piece, another for what there may be several of."""
    is_single = When(Q(_IS_ONE_PIECE), num_in_stock__isnull=False, then=single)
    return Case(is_single, default=several)


def hold_stock(stockrecord_id: int, quantity: int) -> bool:
    """Hold so many pieces in one conditional statement; False if not so many are free.

    Call inside the transaction of the order, stock records in order of their id, so that two
    baskets with the same things cannot wait for each other.
    """
    free = StockRecord.objects.filter(pk=stockrecord_id, num_in_stock__gte=_HELD + quantity)
    return free.update(num_allocated=_HELD + quantity) == 1


def release_stock(stockrecord_id: int, quantity: int) -> None:
    """Give back pieces that were held. Not safe to repeat: the caller remembers that it did.

    Of a single piece one is free at most, however it got there.
    """
    held = StockRecord.objects.filter(pk=stockrecord_id, num_allocated__gte=quantity)
    left = F("num_allocated") - quantity
    free = _single_or(Least(F("num_in_stock"), left + 1), F("num_in_stock"))
    held.update(num_allocated=left, num_in_stock=free)


def sold_out_among(stockrecord_ids: list[int]) -> QuerySet:
    """Those of the records of which not a single piece is free."""
    return StockRecord.objects.filter(pk__in=stockrecord_ids, num_in_stock__lte=_HELD)


def take_stock(stockrecord_id: int, quantity: int) -> bool:
    """Take pieces that were sold elsewhere off the shelf, in one conditional statement.

    False if not so many are free: what is held for orders stays. Call first in the transaction,
    as `hold_stock` is: stock is locked before anything else.
    """
    free = StockRecord.objects.filter(pk=stockrecord_id, num_in_stock__gte=_HELD + quantity)
    return free.update(num_in_stock=F("num_in_stock") - quantity) == 1


def return_stock(stockrecord_id: int, quantity: int) -> int:
    """Put pieces back on the shelf and return how many. Not safe to repeat: the caller remembers
    that it did.

    A single piece only where there is none, held or free: it may have been entered again by hand,
    and even been ordered since. Call with the stock record locked.
    """
    counted = StockRecord.objects.filter(pk=stockrecord_id, num_in_stock__isnull=False)
    before = counted.values_list("num_in_stock", flat=True).first()
    more = _single_or(Greatest(F("num_in_stock"), 1), F("num_in_stock") + quantity)
    counted.update(num_in_stock=more)
    after = counted.values_list("num_in_stock", flat=True).first()
    return 0 if before is None else after - before
