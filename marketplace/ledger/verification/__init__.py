"""Proof that the ledger is whole: everything is added up again and compared, both ways.

Finds what the database cannot refuse: changes made by its owner with triggers switched off.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connection, transaction

from marketplace.core import thai
from marketplace.ledger import closing_totals, guards, rollup
from marketplace.ledger.models import AreaMonth, Event, MonthClose, Transfer
from marketplace.ledger.verification.roll_ups import (
    differences_of_roll_ups,
    roll_up_differences,
)
from marketplace.ledger.verification.rows import wrong_rows

__all__ = [
    "changed_closes",
    "counts",
    "differences_of_roll_ups",
    "roll_up_differences",
    "room_for",
    "verify",
]

_ROOM = "SET LOCAL work_mem = '256MB'; SET LOCAL jit = off"
_ONE_BY_ONE = "SET LOCAL enable_hashjoin = off"


def verify(month: date | None = None) -> Iterator[str]:
    """Yield a line for each thing that is wrong, of one month or of all time; none is perfect."""
    yield from guards.problems(connection)
    with room_for(month):
        yield from wrong_rows(month)
        yield from roll_up_differences(month)
        yield from changed_closes(month)


@contextmanager
def room_for(month: date | None) -> Iterator[None]:
    """A transaction with more memory for sorting, and no compiling of statements that are asked
    once. What belongs to the transfers of a month is looked up one by one: PostgreSQL would read
    the origins of all time for it. Inside another transaction this lasts until that one ends."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"{_ROOM}; {_ONE_BY_ONE}" if month else _ROOM)
        yield


def changed_closes(month: date | None = None) -> Iterator[str]:
    """Closed months that no longer add up to what was written down when they were closed."""
    closes = MonthClose.objects.order_by("month")
    if month:
        closes = closes.filter(month=rollup.first_of_month(month))
    for close in closes:
        for name, value in closing_totals.totals_of(close.month).items():
            if getattr(close, name) != value:
                yield f"closed month {close.month:%Y-%m}: {name} was {getattr(close, name)}"


def counts(month: date | None = None) -> dict[str, int]:
    """How many rows `verify` looked at."""
    days = {"day__range": thai.month_range(month.year, month.month)} if month else {}
    months = {"month": rollup.first_of_month(month)} if month else {}
    return {
        "events": Event.objects.filter(**days).count(),
        "transfers": Transfer.objects.filter(**days).count(),
        "roll-up rows": AreaMonth.objects.filter(**months).count(),
    }
