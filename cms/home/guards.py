"""Two turns of one village on one home page never share a day: said by the database itself.

The form and the page say so first; this holds when two editors publish at once, and for whatever
writes past them. An exclusion constraint on PostgreSQL, which every village's code fits as a
number; triggers on SQLite, run on `post_migrate`, because Django remakes tables there.
"""

from django.db import connections

NAME = "turns_never_overlap"
TABLE = "home_featuredvillage"
_END = "COALESCE({row}.valid_until, '9999-12-31')"
_CLASH = (
    f"SELECT 1 FROM {TABLE} AS other WHERE other.id IS NOT NEW.id"
    " AND other.page_id = NEW.page_id AND other.village_id = NEW.village_id"
    f" AND other.valid_from <= {_END.format(row='NEW')}"
    f" AND NEW.valid_from <= {_END.format(row='other')}"
)
SQLITE_TRIGGERS = {
    f"{NAME}_on_{act}": (
        f"CREATE TRIGGER {NAME}_on_{act} BEFORE {act} ON {TABLE} "
        f"WHEN EXISTS ({_CLASH}) BEGIN SELECT RAISE(ABORT, '{NAME}'); END"
    )
    for act in ("insert", "update")
}
# Ranges of one number stand for equality: gist has no other without an extension.
_PG_RULE = (
    "EXCLUDE USING gist (int8range(page_id, page_id, '[]') WITH &&,"
    " int8range(village_id::bigint, village_id::bigint, '[]') WITH &&,"
    " daterange(valid_from, valid_until, '[]') WITH &&)"
)


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
                cursor.execute(f"ALTER TABLE {TABLE} ADD CONSTRAINT {name} {_PG_RULE}")


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
