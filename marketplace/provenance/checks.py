"""`check --database default` says what the database has lost: triggers, and shares that add up.

Warnings, not errors: `migrate` runs database checks first and is what brings triggers back. Use
`--fail-level WARNING` to fail on them.
"""

from django.core.checks import Tags, Warning, register
from django.db import connections

from marketplace.provenance import guards, queries
from marketplace.provenance.models import VillageShare


@register(Tags.database)
def check_guards(databases=None, **_kwargs) -> list[Warning]:
    """Find missing triggers, and products whose shares of some day are not the whole."""
    found = []
    for using in databases or []:
        if VillageShare._meta.db_table in connections[using].introspection.table_names():
            found += [_missing(name) for name in guards.missing(using)]
            found += [_uneven(product_id) for product_id in queries.uneven_shares(using)]
    return found


def _missing(name: str) -> Warning:
    return Warning(
        f"The database has no trigger {name} as we made it.",
        hint="Run `manage.py migrate`, and find out who removed it.",
        id="provenance.W001",
    )


def _uneven(product_id: int) -> Warning:
    return Warning(
        f"The village shares of product {product_id} do not add up to the whole on every day.",
        hint="Set its shares anew; orders placed are not touched.",
        id="provenance.W002",
    )
