"""What models cannot express: append-only tables, sealed events, roll-ups nobody writes by hand.

`install` runs on `post_migrate` and repeating it changes nothing; `problems` is what the system
check and `ledger verify` ask. ../README.md explains the order "transfers first, event last".
"""

from django.db import DEFAULT_DB_ALIAS, connections

from marketplace.core import append_only
from marketplace.ledger.guards import filling, postgres, sqlite
from marketplace.ledger.guards.tables import FACT_TABLES, ROLL_UP_TABLES, TABLES

__all__ = [
    "FACT_TABLES",
    "ROLL_UP_TABLES",
    "TABLES",
    "install",
    "install_after_migrate",
    "problems",
    "remove_before_migrate",
]


def install(connection) -> None:
    """Put every trigger in place on this database; also after Django remade a table."""
    for table in FACT_TABLES:
        append_only.install(connection, table)
    _of(connection).install(connection)


def problems(connection) -> list[str]:
    """Sentences about triggers that are missing, switched off, changed or not ours."""
    found = [f"missing: {name}" for name in append_only.missing(connection, FACT_TABLES)]
    return found + _of(connection).problems(connection)


def install_after_migrate(sender, using=DEFAULT_DB_ALIAS, **kwargs) -> None:
    """Receiver of `post_migrate`."""
    connection = connections[using]
    if set(TABLES) <= set(connection.introspection.table_names()):
        install(connection)
        filling.fill_new_roll_ups(connection)


def remove_before_migrate(sender, using=DEFAULT_DB_ALIAS, plan=(), **kwargs) -> None:
    """Receiver of `pre_migrate`: SQLite cannot remake a table that another's trigger names."""
    connection = connections[using]
    if plan and connection.vendor == "sqlite":
        sqlite.remove(connection)


def _of(connection):
    return postgres if connection.vendor == "postgresql" else sqlite
