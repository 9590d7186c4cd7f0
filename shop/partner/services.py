"""Stock is held when an order is placed and given back when it is not paid; what is sold at a stall
is taken away at once. Nothing else."""

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from oscar.apps.partner.models import StockRecord

_HELD = Coalesce(F("num_allocated"), 0)


def hold_stock(stockrecord_id: int, quantity: int) -> bool:
    """Hold so many pieces in one conditional statement; False if not so many are free.

    Call inside the transaction of the order, stock records in order of their id, so that two
    baskets with the same things cannot wait for each other.
    """
    free = StockRecord.objects.filter(pk=stockrecord_id, num_in_stock__gte=_HELD + quantity)
    return free.update(num_allocated=_HELD + quantity) == 1


def release_stock(stockrecord_id: int, quantity: int) -> None:
    """Give back pieces that were held. Not safe to repeat: the caller remembers that it did."""
    held = StockRecord.objects.filter(pk=stockrecord_id, num_allocated__gte=quantity)
    held.update(num_allocated=F("num_allocated") - quantity)


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


def return_stock(stockrecord_id: int, quantity: int) -> None:
    """Put pieces back on the shelf. Not safe to repeat: the caller remembers that it did."""
    counted = StockRecord.objects.filter(pk=stockrecord_id, num_in_stock__isnull=False)
    counted.update(num_in_stock=F("num_in_stock") + quantity)
