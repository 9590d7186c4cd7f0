"""How an app says, by `check --database default`, which of its triggers the database has lost."""

from collections.abc import Callable, Iterable

from django.core.checks import Warning
from django.db import connections


def lost_triggers(
    databases: Iterable[str] | None, table: str, missing: Callable[[str], list[str]], id: str
) -> list[Warning]:
    """A warning for each trigger that `missing` names, on databases that have the table.

    Warnings, not errors: `migrate` runs database checks first and brings triggers back. Use
    `--fail-level WARNING` to fail on them.
    """
    return [
        Warning(
            f"The database has no trigger {name} as we made it.",
            hint="Run `manage.py migrate`, and find out who removed it.",
            id=id,
        )
        for using in databases or []
        if table in connections[using].introspection.table_names()
        for name in missing(using)
    ]
