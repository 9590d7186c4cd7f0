"""Stock never goes below zero: said by the database itself, on both databases.

The table is Oscar's and no model of its is forked, so the rule cannot be a constraint of a model.
Run on `post_migrate`, because Django remakes tables on SQLite and drops their triggers. Products
made to order and visits count nothing: their `num_in_stock` is null.
"""

from django.db import connections

RULE = (
    "{row}num_in_stock IS NULL OR (COALESCE({row}num_allocated, 0) >= 0"
    " AND COALESCE({row}num_allocated, 0) <= {row}num_in_stock)"
)
NAME = "stock_not_below_zero"
SQLITE_TRIGGERS = {
    f"{NAME}_on_{act}": (
        f"CREATE TRIGGER {NAME}_on_{act} BEFORE {act} ON partner_stockrecord "
        f"WHEN NOT ({RULE.format(row='NEW.')}) BEGIN SELECT RAISE(ABORT, '{NAME}'); END"
    )
    for act in ("insert", "update")
}


def install(using: str = "default", **_signal) -> None:
    """Make sure the rule is in force on that database. Called twice: the same rule."""
    connection = connections[using]
    absent = missing(using)
    with connection.cursor() as cursor:
        for name in absent:
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(SQLITE_TRIGGERS[name])
            else:
                cursor.execute(
                    f"ALTER TABLE partner_stockrecord ADD CONSTRAINT {name}"
                    f" CHECK ({RULE.format(row='')})"
                )


def missing(using: str = "default") -> list[str]:
    """Names of what the database lacks, or holds in other words (SQLite); empty is well."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        wanted = SQLITE_TRIGGERS
        sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        wanted = {NAME: True}
        sql = "SELECT conname, convalidated FROM pg_constraint"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found = dict(cursor.fetchall())
    return [name for name, fingerprint in wanted.items() if found.get(name) != fingerprint]
