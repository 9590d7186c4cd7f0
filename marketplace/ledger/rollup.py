"""How transfers add up to `VillageMonth`: the same statement for posting, rebuilding and checking.

PostgreSQL keeps the roll-up by a statement-level trigger (guards.py), SQLite through
`add_on_sqlite`, which the posting service calls in the same transaction.
"""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from marketplace.ledger.models import Transfer

MONTH_OF_DAY = {
    "postgresql": "date_trunc('month', day)::date",
    "sqlite": "date(day, 'start of month')",
}
SUMS = """
SELECT {month} AS month, village_code, kind, sum(amount_satang) AS amount_satang,
       count(*) AS transfer_count
FROM {source}
WHERE village_code <> ''
GROUP BY 1, 2, 3
"""
ADD = """
INSERT INTO ledger_villagemonth (month, village_code, kind, amount_satang, transfer_count)
{rows}
ON CONFLICT (month, village_code, kind) DO UPDATE SET
    amount_satang = ledger_villagemonth.amount_satang + excluded.amount_satang,
    transfer_count = ledger_villagemonth.transfer_count + excluded.transfer_count
"""


def sums_of(source: str, vendor: str, where: str = "") -> str:
    """SQL that adds up the transfers of `source` by month, village and kind."""
    sql = SUMS.format(month=MONTH_OF_DAY[vendor], source=source)
    return sql.replace("GROUP BY", f"{where} GROUP BY").strip()


def add_on_sqlite(transfers: Iterable[Transfer]) -> None:
    """Add new transfers to their villages' months; does nothing where a trigger does it."""
    if connection.vendor != "sqlite":
        return
    rows = [
        (first_of_month(t.day).isoformat(), t.village_code, t.kind, t.amount_satang)
        for t in transfers
        if t.village_code
    ]
    with connection.cursor() as cursor:
        cursor.executemany(ADD.format(rows="VALUES (%s, %s, %s, %s, 1)"), sorted(rows))


def first_of_month(day: date) -> date:
    return day.replace(day=1)
