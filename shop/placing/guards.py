"""Rows of OrderNumber are only added, and stock never goes below zero: said by the database itself.

Run on `post_migrate`, because Django remakes tables on SQLite and drops their triggers. The stock
table is Oscar's and no model of its is forked, so its rule cannot be a constraint of a model.
"""

from django.db import connections

STOCK_RULE = (
    "{row}num_in_stock IS NULL OR "
    "(COALESCE({row}num_allocated, 0) >= 0 AND "
    "COALESCE({row}num_allocated, 0) <= {row}num_in_stock)"
)

SQLITE = [
    *(
        f"CREATE TRIGGER stock_not_below_zero_on_{act} BEFORE {act} ON partner_stockrecord "
        f"WHEN NOT ({STOCK_RULE.format(row='NEW.')}) "
        "BEGIN SELECT RAISE(ABORT, 'stock_not_below_zero'); END"
        for act in ("INSERT", "UPDATE")
    ),
    *(
        f"CREATE TRIGGER order_number_kept_on_{act} BEFORE {act} ON placing_ordernumber "
        "BEGIN SELECT RAISE(ABORT, 'order_number_kept'); END"
        for act in ("UPDATE", "DELETE")
    ),
]

POSTGRESQL = [
    "ALTER TABLE partner_stockrecord DROP CONSTRAINT IF EXISTS stock_not_below_zero",
    "ALTER TABLE partner_stockrecord ADD CONSTRAINT stock_not_below_zero "
    f"CHECK ({STOCK_RULE.format(row='')})",
    "CREATE OR REPLACE FUNCTION order_number_kept() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'order_number_kept' USING ERRCODE = 'check_violation'; END $$",
    "CREATE OR REPLACE TRIGGER order_number_kept BEFORE UPDATE OR DELETE ON placing_ordernumber "
    "FOR EACH ROW EXECUTE FUNCTION order_number_kept()",
]


def install(using: str = "default", **_signal) -> None:
    """Make sure every rule is in force on that database. Called twice: the same rules."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for statement in POSTGRESQL:
                cursor.execute(statement)
            return
        for statement in SQLITE:
            cursor.execute(f"DROP TRIGGER IF EXISTS {statement.split()[2]}")
            cursor.execute(statement)


def missing(using: str = "default") -> list[str]:
    """Names of rules that the database lacks; empty is well."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        wanted = {"stock_not_below_zero", "order_number_kept"}
        sql = "SELECT conname FROM pg_constraint UNION SELECT tgname FROM pg_trigger"
    else:
        wanted = {statement.split()[2] for statement in SQLITE}
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return sorted(wanted - {name for (name,) in cursor.fetchall()})
