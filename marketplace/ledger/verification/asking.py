"""How a proof asks the database."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from marketplace.core import thai

AT_ONCE = 2
_ROOM = "SET LOCAL work_mem = '256MB'"
_OF_A_MONTH = "SET LOCAL jit = off; SET LOCAL enable_hashjoin = off"
_ALONE = "SET LOCAL max_parallel_workers_per_gather = 0"


@dataclass(frozen=True)
class Look:
    """Whether something may be wrong, in one statement, and if so a line for each thing that is."""

    ask: Callable[[], Any]
    tell: Callable[[Any], Iterator[str]]


@contextmanager
def room_for(month: date | None) -> Iterator[None]:
    """A transaction with more memory for sorting. Statements about a month are not worth compiling,
    and what belongs to its transfers is looked up one by one: PostgreSQL would read the origins of
    all time for it. Inside another transaction this lasts until that one ends."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"{_ROOM}; {_OF_A_MONTH}" if month else _ROOM)
        yield


def answers_of(looks: Iterable[Look], month: date | None) -> Iterator[tuple[Look, Any]]:
    """Each look with what it was answered, in order; on PostgreSQL two are asked at once.

    Each is one statement, so what is posted meanwhile is either in all of it or not at all. Inside
    a transaction they are asked one after the other: another connection would not see its rows.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield from ((look, look.ask()) for look in looks)
        return

    def ask(look: Look) -> Any:
        try:
            with room_for(month), connection.cursor() as cursor:
                cursor.execute(_ALONE)  # the other look has the other core
                return look.ask()
        finally:
            connection.close()

    looks = list(looks)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from zip(looks, pool.map(ask, looks), strict=True)


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
