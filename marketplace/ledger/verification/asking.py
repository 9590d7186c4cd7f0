"""How a proof asks the database."""

from collections.abc import Iterator
from datetime import date

from django.db import connection

from marketplace.core import thai


def in_month(column: str, month: date | None) -> str:
    """The condition that a day is of the month of `month`; none for all time."""
    if month is None:
        return ""
    first, last = thai.month_range(month.year, month.month)
    return f"AND {column} BETWEEN '{first:%Y-%m-%d}' AND '{last:%Y-%m-%d}'"


def rows_of(sql: str) -> Iterator[tuple]:
    """One row after the other: what is wrong can be as long as the ledger."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        yield from iter(cursor.fetchone, None)


def text_of(row: tuple | list) -> str:
    return " ".join(str(value) for value in row)
