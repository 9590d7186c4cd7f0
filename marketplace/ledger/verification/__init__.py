"""Proof that the ledger is whole: everything is added up again and compared, both ways.

Finds what the database cannot refuse: changes made by its owner with triggers switched off.
"""

from collections.abc import Iterator
from datetime import date

from django.db import connection

from marketplace.core import thai
from marketplace.ledger import closing_totals, guards, rollup
from marketplace.ledger.models import AreaMonth, Event, MonthClose, Transfer
from marketplace.ledger.verification import roll_ups, rows
from marketplace.ledger.verification.asking import answers_of, room_for
from marketplace.ledger.verification.roll_ups import (
    differences_of_roll_ups,
    roll_up_differences,
)

__all__ = [
    "changed_closes",
    "counts",
    "differences_of_roll_ups",
    "roll_up_differences",
    "room_for",
    "verify",
]


def verify(month: date | None = None) -> Iterator[str]:
    """Yield a line for each thing that is wrong, of one month or of all time; none is perfect."""
    yield from guards.problems(connection)
    looks = [roll_ups.look(month), *rows.looks(month)]  # the longest first
    for look, answer in answers_of(looks, month):
        if answer:
            with room_for(month):
                yield from look.tell(answer)
    yield from changed_closes(month)


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
