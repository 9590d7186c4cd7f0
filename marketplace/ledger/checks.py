"""Says when the database has lost what keeps the ledger honest."""

from django.core import checks
from django.db import connections

from marketplace.ledger import guards


@checks.register(checks.Tags.database)
def ledger_is_guarded(app_configs=None, databases=None, **kwargs) -> list:
    """Warn of every missing trigger; not an error, since `migrate`, the cure, would refuse to run.

    `check --database default --fail-level WARNING` and `ledger verify` do fail.
    """
    found = []
    for alias in databases or ():
        connection = connections[alias]
        if set(guards.TABLES) <= set(connection.introspection.table_names()):
            found += [
                checks.Warning(
                    f"Ledger on {alias}: {problem}", hint="Run migrate.", id="ledger.W001"
                )
                for problem in guards.problems(connection)
            ]
    return found
