"""Close a month: what was reported of it stays. Later news of it counts in the first open month."""

from datetime import date

from django.db import connection

from marketplace.core import thai
from marketplace.ledger import errors, rollup, verification
from marketplace.ledger.closing_totals import totals_of
from marketplace.ledger.guards.postgres import CLOSE_LOCK
from marketplace.ledger.models import Event, MonthClose
from marketplace.ledger.periods import next_month


def close_month(month: date, *, by=None) -> MonthClose:
    """Close the month of a day, once everything in it adds up. `by` is the person who does it.

    Postings under way are waited for, and new ones wait: what comes after counts from the next
    month on. Of two at once one gets AlreadyClosed. Raises MonthNotOver, MonthsBeforeOpen,
    LedgerNotWhole; nothing has changed then.
    """
    month = rollup.first_of_month(month)
    if month >= rollup.first_of_month(thai.today()):
        raise errors.MonthNotOver
    with verification.room_for(month):
        _keep_postings_out()
        _demand_next(month)
        if next(verification.roll_up_differences(month), None):
            raise errors.LedgerNotWhole
        return MonthClose.objects.create(month=month, closed_by=by, **totals_of(month))


def _keep_postings_out() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_xact_lock({CLOSE_LOCK})")


def _demand_next(month: date) -> None:
    latest = MonthClose.objects.order_by("-month").first()
    if latest and latest.month >= month:
        raise errors.AlreadyClosed
    earlier = Event.objects.filter(day__lt=month)
    if latest:
        earlier = earlier.filter(day__gte=next_month(latest.month))
    if earlier.exists():
        raise errors.MonthsBeforeOpen
