"""`check --database default` says what the database has lost: triggers, and shares that add up."""

from django.core.checks import Tags, Warning, register
from django.db import connections

from marketplace.core.guard_checks import lost_triggers
from marketplace.provenance import guards, queries
from marketplace.provenance.models import VillageShare

TABLE = VillageShare._meta.db_table


@register(Tags.database)
def check_guards(databases=None, **_kwargs) -> list[Warning]:
    """Find missing triggers, and products whose shares of some day are not the whole."""
    uneven = [
        _uneven(product_id)
        for using in databases or []
        if TABLE in connections[using].introspection.table_names()
        for product_id in queries.uneven_shares(using)
    ]
    return lost_triggers(databases, TABLE, guards.missing, "provenance.W001") + uneven


def _uneven(product_id: int) -> Warning:
    return Warning(
        f"The village shares of product {product_id} do not add up to the whole on every day.",
        hint="Set its shares anew; orders placed are not touched.",
        id="provenance.W002",
    )
