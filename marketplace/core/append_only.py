"""Tables whose rows are only ever added, held by triggers of the database itself.

Called from an app's `guards.py` on `post_migrate`: Django remakes a table on SQLite whenever its
constraints change and loses the triggers, so they are brought back after every `migrate`. What the
owner of the database does by DDL cannot be refused here; `missing` detects it.
"""

from collections import defaultdict
from collections.abc import Iterable

_PG_FUNCTION = "core_refuse_change"
_PG_BODY = """
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'integrity_constraint_violation';
END
"""
_PG_EVENTS = {
    "no_insert": "BEFORE INSERT ON {table} FOR EACH ROW",
    "no_update": "BEFORE UPDATE ON {table} FOR EACH ROW",
    "no_delete": "BEFORE DELETE ON {table} FOR EACH ROW",
    "no_truncate": "BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
}
_PG_BITS = {"INSERT": 4, "DELETE": 8, "UPDATE": 16}  # of pg_trigger.tgtype
# Each trigger of ours with the columns that an UPDATE OF others leaves open.
_PG_REFUSED = """
SELECT tgrelid::regclass::text, tgtype, ARRAY(
  SELECT attname::text FROM pg_attribute
  WHERE attrelid = tgrelid AND attnum > 0 AND NOT attisdropped
    AND tgattr::text <> '' AND attnum <> ALL (tgattr::int2[])
)
FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE proname = %s AND tgenabled IN ('O', 'A')
"""
_UPDATE = "BEFORE UPDATE ON"
Columns = tuple[str, ...]


class NoColumnsToCompare(ValueError):
    """A unique index over an expression: INSERT OR REPLACE against it cannot be recognised."""


def install(connection, table: str, allow_insert: bool = True, frozen: Columns = ()) -> None:
    """Make the database refuse to change or delete rows of `table`; repeating changes nothing.

    A refused statement raises IntegrityError. On SQLite that covers INSERT OR REPLACE, which
    would overwrite a row in silence, so a repeated key is answered by the same error as a unique
    constraint; on PostgreSQL it covers TRUNCATE. Without `allow_insert` the table is frozen whole;
    with `frozen` other columns than these may still change.
    """
    if connection.vendor == "postgresql":
        _install_function(connection)
    wanted = _triggers(connection, table, allow_insert, frozen)
    found = _installed(connection, table)
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for name, sql in wanted.items():
            if found.get(name) != sql:
                on_table = f" ON {quote(table)}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {quote(name)}{on_table}")
                cursor.execute(sql)


def missing(
    connection, tables: Iterable[str], allow_insert: bool = True, frozen: Columns = ()
) -> list[str]:
    """Names of the triggers that `install` would make for these tables and that are not there.

    One that was disabled or says something else counts as missing. Empty: all is well.
    """
    gone = []
    if connection.vendor == "postgresql" and not _function_is_ours(connection):
        gone.append(_PG_FUNCTION)
    for table in tables:
        found = _installed(connection, table)
        wanted = _triggers(connection, table, allow_insert, frozen)
        gone += [name for name, sql in wanted.items() if found.get(name) != sql]
    return gone


def acts_left(connection) -> dict[str, set[tuple[str, str]]]:
    """What the triggers still let happen to the rows of each guarded table of PostgreSQL.

    Pairs of an act and a column, "" for the whole row: what a role may be granted, and no more.
    """
    left = defaultdict(lambda: {(act, "") for act in _PG_BITS})
    with connection.cursor() as cursor:
        cursor.execute(_PG_REFUSED, [_PG_FUNCTION])
        for table, bits, columns in cursor.fetchall():
            left[table] -= {(act, "") for act, bit in _PG_BITS.items() if bits & bit}
            left[table] |= {("UPDATE", column) for column in columns}
    return dict(left)


def _triggers(connection, table: str, allow_insert: bool, frozen: Columns) -> dict[str, str]:
    """Name -> the statement that makes the trigger, letter by letter what `_installed` finds."""
    update = f"BEFORE UPDATE OF {', '.join(frozen)} ON" if frozen else _UPDATE
    if connection.vendor == "postgresql":
        return _postgres_triggers(table, allow_insert, update)
    return _sqlite_triggers(connection, table, allow_insert, update)


def _postgres_triggers(table: str, allow_insert: bool, update: str) -> dict[str, str]:
    # As PostgreSQL itself writes it: names that need no quotes have none.
    return {
        f"{table}_{name}": (
            f"CREATE TRIGGER {table}_{name} {event.format(table=table).replace(_UPDATE, update)}"
            f" EXECUTE FUNCTION {_PG_FUNCTION}()"
        )
        for name, event in _PG_EVENTS.items()
        if not (allow_insert and name == "no_insert")
    }


def _sqlite_triggers(connection, table: str, allow_insert: bool, update: str) -> dict[str, str]:
    events = {"no_update": f"{update} {{}}", "no_delete": "BEFORE DELETE ON {}"}
    if allow_insert:
        events["no_replace"] = "BEFORE INSERT ON {} WHEN " + _key_exists(connection, table)
    else:
        events["no_insert"] = "BEFORE INSERT ON {}"
    triggers = {}
    for name, event in events.items():
        on_table = event.replace("{}", connection.ops.quote_name(table), 1)
        triggers[f"{table}_{name}"] = (
            f'CREATE TRIGGER "{table}_{name}" {on_table} BEGIN'
            f" SELECT RAISE(ABORT, '{table} is append-only: {name}'); END"
        )
    return triggers


def _key_exists(connection, table: str) -> str:
    """A condition that is true when NEW repeats the primary key or a unique key of a row."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA table_info({quote(table)})")
        columns = cursor.fetchall()
        keys = [([row[1] for row in columns if row[5]], "")]
        cursor.execute(f"PRAGMA index_list({quote(table)})")
        for _, index, is_unique, _, _ in cursor.fetchall():
            if is_unique:
                keys.append(_unique_key(cursor, index))
    fresh = ", ".join(f"NEW.{quote(row[1])} AS {quote(row[1])}" for row in columns)
    tests = []
    for names, condition in sorted(keys):
        same = " AND ".join(f"{quote(name)} = NEW.{quote(name)}" for name in names)
        holds = f" AND ({condition})" if condition else ""
        test = f"EXISTS (SELECT 1 FROM {quote(table)} WHERE {same}{holds})"
        if condition:
            test += f" AND EXISTS (SELECT 1 FROM (SELECT {fresh}) WHERE {condition})"
        tests.append(f"({test})")
    return " OR ".join(tests)


def _unique_key(cursor, index: str) -> tuple[list[str], str]:
    """Columns of a unique index and the condition under which it holds ("" for always)."""
    cursor.execute(f'PRAGMA index_info("{index}")')
    names = [row[2] for row in cursor.fetchall()]
    if None in names:
        raise NoColumnsToCompare(index)
    cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [index])
    sql = cursor.fetchone()[0] or ""
    return names, sql.partition(" WHERE ")[2]


def _installed(connection, table: str) -> dict[str, str]:
    """Triggers that are there and switched on, each with its statement.

    What the function of PostgreSQL's triggers does is asked by `_function_is_ours`.
    """
    if connection.vendor == "postgresql":
        sql = (
            "SELECT tgname, pg_get_triggerdef(oid, true) FROM pg_trigger"
            " WHERE tgrelid = to_regclass(%s) AND tgenabled IN ('O', 'A')"
        )
        table = connection.ops.quote_name(table)
    else:
        sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [table])
        return dict(cursor.fetchall())


def _install_function(connection) -> None:
    if not _function_is_ours(connection):
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {_PG_FUNCTION}() RETURNS trigger"
                f" LANGUAGE plpgsql AS $body${_PG_BODY}$body$"
            )


def _function_is_ours(connection) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [_PG_FUNCTION])
        return cursor.fetchall() == [(_PG_BODY,)]
