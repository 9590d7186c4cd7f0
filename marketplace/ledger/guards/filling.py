"""Roll-ups that a migration has just made are filled from the transfers that are there."""

from django.utils import timezone

from marketplace.ledger import rollup
from marketplace.ledger.guards.sqlite import writing_roll_ups

_MONTHS = "SELECT DISTINCT {month} AS month FROM ledger_transfer t ORDER BY 1"


def fill_new_roll_ups(connection) -> None:
    """Ask for every month to be made anew where there are transfers and no roll-up at all."""
    with connection.cursor() as cursor, writing_roll_ups():
        cursor.execute("SELECT EXISTS (SELECT 1 FROM ledger_areamonth)")
        if cursor.fetchone()[0]:
            return
        cursor.execute(_MONTHS.format(month=rollup.MONTH[connection.vendor]))
        for (month,) in cursor.fetchall():
            cursor.execute(
                "INSERT INTO ledger_rebuild (month, differences, requested_at) VALUES (%s, 0, %s)",
                [month, timezone.now()],
            )
