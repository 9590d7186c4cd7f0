"""The guards as triggers of SQLite.

SQLite knows no roles and no depth of triggers. So what writes roll-ups asks a function that our
own connections bring along: it says yes inside `writing_roll_ups()` only, and to another program
the table cannot be written at all, since there the function does not exist.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from marketplace.ledger import rollup
from marketplace.ledger.guards import conditions
from marketplace.ledger.guards.tables import NAMES_OF_APPEND_ONLY, ROLL_UP_TABLES, TABLES

_may_write: ContextVar[bool] = ContextVar("ledger_may_write_roll_ups", default=False)


@contextmanager
def writing_roll_ups() -> Iterator[None]:
    """Let what happens inside reach the roll-ups through the triggers of events and rebuilds."""
    token = _may_write.set(True)
    try:
        yield
    finally:
        _may_write.reset(token)


def bring_function(connection, **_signal) -> None:
    """Receiver of `connection_created`."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("ledger_may_write", 0, lambda: int(_may_write.get()))


def install(connection) -> None:
    found = _found(connection)
    with connection.cursor() as cursor:
        for name, sql in TRIGGERS.items():
            if found.get(name) != sql:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(sql)


_FORMER = ("ledger_event_seal", "ledger_event_mirror", "ledger_event_apart")
"""Triggers of earlier versions."""


def remove(connection) -> None:
    """Drop every trigger that names a table which is about to be remade."""
    with connection.cursor() as cursor:
        for name in (*TRIGGERS, *_FORMER):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def problems(connection) -> list[str]:
    found = _found(connection)
    wrong = [f"missing: {name}" for name, sql in TRIGGERS.items() if found.get(name) != sql]
    strangers = found.keys() - TRIGGERS.keys() - NAMES_OF_APPEND_ONLY
    return wrong + [f"not ours: {name}" for name in sorted(strangers)]


def _found(connection) -> dict[str, str]:
    marks = ", ".join(["%s"] * len(TABLES))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({marks})",
            TABLES,
        )
        return dict(cursor.fetchall())


def _refusal(name: str, act: str, table: str, condition: str, text: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {condition.strip()} "
        f"BEGIN SELECT RAISE(ABORT, '{text}'); END"
    )


def _after(name: str, table: str, statements: list[str]) -> str:
    return f"CREATE TRIGGER {name} AFTER INSERT ON {table} BEGIN {'; '.join(statements)}; END"


def _on_events() -> dict[str, str]:
    month = "date(NEW.day, 'start of month')"
    return {
        f"ledger_event_refusal_{number}": _refusal(
            f"ledger_event_refusal_{number}",
            "INSERT",
            "ledger_event",
            condition.format(month_of_event=month),
            text,
        )
        for number, (condition, text) in enumerate(conditions.REFUSALS, start=1)
    }


def _by_hand() -> dict[str, str]:
    return {
        f"{table}_by_hand_{act.lower()}": _refusal(
            f"{table}_by_hand_{act.lower()}",
            act,
            table,
            "NOT ledger_may_write()",
            conditions.BY_HAND_TEXT,
        )
        for table in ROLL_UP_TABLES
        for act in ("INSERT", "UPDATE", "DELETE")
    }


TRIGGERS = {
    "ledger_transfer_seal": _refusal(
        "ledger_transfer_seal",
        "INSERT",
        "ledger_transfer",
        conditions.SEALED,
        conditions.SEALED_TEXT,
    ),
    **_on_events(),
    "ledger_event_roll_up": _after(
        "ledger_event_roll_up", "ledger_event", rollup.posting("sqlite")
    ),
    "ledger_rebuild_month": _after(
        "ledger_rebuild_month", "ledger_rebuild", rollup.rebuilding("sqlite")
    ),
    **_by_hand(),
}
