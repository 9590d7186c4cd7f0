"""What models cannot express: append-only tables, sealed events, a roll-up nobody writes by hand.

`install` runs on `post_migrate` and repeating it changes nothing; `problems` is what the system
check and `ledger verify` ask. README.md explains the order "transfers first, event last".
"""

from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, connections

from marketplace.core import append_only
from marketplace.ledger import rollup

FACT_TABLES = ("ledger_account", "ledger_event", "ledger_transfer", "ledger_rebuild")
TABLES = (*FACT_TABLES, "ledger_villagemonth")

# Conditions under which an event is refused; NEW is the event, in both databases' triggers.
INCOMPLETE = """
coalesce((
  SELECT count(*) = NEW.transfer_count AND sum(amount_satang) = NEW.total_satang
         AND min(day) = NEW.day AND max(day) = NEW.day
  FROM ledger_transfer WHERE event_id = NEW.id
), false) = false
"""
NOT_A_MIRROR = """
EXISTS (
  SELECT 1
  FROM ledger_transfer AS back JOIN ledger_transfer AS sold ON sold.id = back.reverses_id
  WHERE back.event_id = NEW.id AND (
    NEW.reverses_id IS NULL OR sold.event_id <> NEW.reverses_id
    OR back.debit_id <> sold.credit_id OR back.credit_id <> sold.debit_id
    OR back.village_code <> sold.village_code
    OR coalesce(back.producer_id, 0) <> coalesce(sold.producer_id, 0)
    OR coalesce(back.origin_id, 0) <> coalesce(sold.origin_id, 0)
    OR coalesce(back.line_id, 0) <> coalesce(sold.line_id, 0)
    OR NEW.channel <> (SELECT channel FROM ledger_event WHERE id = NEW.reverses_id)
    OR NOT ((sold.kind = 'sale' AND back.kind = 'refund')
            OR (sold.kind = 'delivery' AND back.kind = 'delivery-refund')
            OR (sold.kind = 'declared' AND back.kind = 'declared-reversal'))
    OR sold.amount_satang < (
      SELECT sum(every.amount_satang) FROM ledger_transfer AS every
      WHERE every.reverses_id = sold.id
    )
  )
)
"""
# What producers declare and what was paid here never share an event or an account.
DECLARED_KINDS = "('declared', 'declared-reversal')"
DECLARED_ACCOUNTS = "('declared.elsewhere', 'producer.declared')"
MIXED_ROWS = f"""
  FROM ledger_transfer AS t
  JOIN ledger_account AS debit ON debit.id = t.debit_id
  JOIN ledger_account AS credit ON credit.id = t.credit_id
  WHERE t.event_id = {{event}}.id AND NOT (
    ({{event}}.kind IN {DECLARED_KINDS} AND t.kind = {{event}}.kind
     AND debit.kind IN {DECLARED_ACCOUNTS} AND credit.kind IN {DECLARED_ACCOUNTS})
    OR ({{event}}.kind NOT IN {DECLARED_KINDS} AND t.kind NOT IN {DECLARED_KINDS}
        AND debit.kind NOT IN {DECLARED_ACCOUNTS} AND credit.kind NOT IN {DECLARED_ACCOUNTS})
  )
"""
MIXED = f"EXISTS (SELECT 1 {MIXED_ROWS.format(event='NEW')})"
SEALED = "EXISTS (SELECT 1 FROM ledger_event WHERE id = NEW.event_id)"

SEALED_TEXT = "ledger: this event is sealed, no transfer may follow it"
INCOMPLETE_TEXT = "ledger: transfers of this event differ from its count, sum or day"
MIRROR_TEXT = "ledger: a refund must mirror its sale and may not exceed it"
MIXED_TEXT = "ledger: declared sales and sales of this site are kept apart"
APART_TEXT = "ledger: a transfer belongs to the transaction of its event"
BY_HAND_TEXT = "ledger: the roll-up is written by postings and rebuilds only"

_REBUILT = """
DELETE FROM ledger_villagemonth WHERE month = {month};
INSERT INTO ledger_villagemonth (month, village_code, kind, amount_satang, transfer_count)
{sums};
"""


def install(connection) -> None:
    """Put every trigger in place on this database; also after Django remade a table."""
    for table in FACT_TABLES:
        append_only.install(connection, table)
    if connection.vendor == "postgresql":
        _install_on_postgres(connection)
    else:
        _install_on_sqlite(connection)


def problems(connection) -> list[str]:
    """Sentences about triggers that are missing, switched off, changed or not ours."""
    found = [f"missing: {name}" for name in append_only.missing(connection, FACT_TABLES)]
    if connection.vendor == "postgresql":
        return found + _problems_on_postgres(connection)
    return found + _problems_on_sqlite(connection)


def install_after_migrate(sender, using=DEFAULT_DB_ALIAS, **kwargs) -> None:
    """Receiver of `post_migrate`."""
    connection = connections[using]
    if set(TABLES) <= set(connection.introspection.table_names()):
        install(connection)


def remove_before_migrate(sender, using=DEFAULT_DB_ALIAS, plan=(), **kwargs) -> None:
    """Receiver of `pre_migrate`: SQLite cannot remake a table that another's trigger names."""
    connection = connections[using]
    if plan and connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in SQLITE_TRIGGERS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def _names_of_append_only() -> set[str]:
    ends = ("no_update", "no_delete", "no_replace", "no_truncate")
    return {f"{table}_{end}" for table in FACT_TABLES for end in ends}


# --- SQLite --------------------------------------------------------------------------------------


def _sqlite_refusal(name: str, table: str, condition: str, text: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN {condition.strip()} "
        f"BEGIN SELECT RAISE(ABORT, '{text}'); END"
    )


def _sqlite_rebuild() -> str:
    month = "date(NEW.month, 'start of month')"
    days = f"AND day >= {month} AND day < date({month}, '+1 month')"
    body = _REBUILT.format(month=month, sums=rollup.sums_of("ledger_transfer", "sqlite", days))
    return f"CREATE TRIGGER ledger_rebuild_month AFTER INSERT ON ledger_rebuild BEGIN{body}END"


SQLITE_TRIGGERS = {
    "ledger_transfer_seal": _sqlite_refusal(
        "ledger_transfer_seal", "ledger_transfer", SEALED, SEALED_TEXT
    ),
    "ledger_event_seal": _sqlite_refusal(
        "ledger_event_seal", "ledger_event", INCOMPLETE, INCOMPLETE_TEXT
    ),
    "ledger_event_mirror": _sqlite_refusal(
        "ledger_event_mirror", "ledger_event", NOT_A_MIRROR, MIRROR_TEXT
    ),
    "ledger_event_apart": _sqlite_refusal("ledger_event_apart", "ledger_event", MIXED, MIXED_TEXT),
    "ledger_rebuild_month": _sqlite_rebuild(),
}


def _sqlite_found(connection) -> dict[str, str]:
    marks = ", ".join(["%s"] * len(TABLES))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({marks})",
            TABLES,
        )
        return dict(cursor.fetchall())


def _install_on_sqlite(connection) -> None:
    found = _sqlite_found(connection)
    with connection.cursor() as cursor:
        for name, sql in SQLITE_TRIGGERS.items():
            if found.get(name) != sql:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(sql)


def _problems_on_sqlite(connection) -> list[str]:
    found = _sqlite_found(connection)
    wrong = [f"missing: {name}" for name, sql in SQLITE_TRIGGERS.items() if found.get(name) != sql]
    strangers = found.keys() - SQLITE_TRIGGERS.keys() - _names_of_append_only()
    return wrong + [f"not ours: {name}" for name in sorted(strangers)]


# --- PostgreSQL ----------------------------------------------------------------------------------

_ROW, _BEFORE, _INSERT, _DELETE, _UPDATE, _TRUNCATE = 1, 2, 4, 8, 16, 32  # pg_trigger.tgtype


@dataclass(frozen=True)
class PostgresTrigger:
    """A trigger of ours, with the bits by which PostgreSQL remembers when it fires."""

    table: str
    fires: str
    bits: int
    body: str
    options: str = ""

    @property
    def is_deferred(self) -> bool:
        return "DEFERRED" in self.options

    def as_found(self, name: str) -> tuple:
        """What `_postgres_found` says of it while it is as we made it."""
        return (self.bits, name, self.body, self.is_deferred, True)


def _refuse_if(condition: str, text: str) -> str:
    return (
        f"IF {condition} THEN RAISE EXCEPTION '{text}'"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
    )


_STAMP = "NEW.posted_in := pg_current_xact_id()::text::bigint;"
_SAME_ORDER_WAITS = """
IF NEW.reverses_id IS NOT NULL THEN
  PERFORM pg_advisory_xact_lock(hashtextextended(
    CASE WHEN NEW.order_number = '' THEN 'event:' || NEW.reverses_id::text
         ELSE 'order:' || NEW.order_number END, 0));
END IF;
"""
_APART = (
    "NOT EXISTS (SELECT 1 FROM ledger_event WHERE id = NEW.event_id AND posted_in = NEW.posted_in)"
)
_FIRST_OF_MONTH = "date_trunc('month', NEW.month)::date"
_DAYS_OF_MONTH = (
    f"AND day >= {_FIRST_OF_MONTH} AND day < ({_FIRST_OF_MONTH} + interval '1 month')::date"
)
# In key order, so that two postings to the same villages wait for each other and never crosswise.
_FRESH_IN_KEY_ORDER = f"{rollup.sums_of('fresh', 'postgresql')} ORDER BY 1, 2, 3"
# Waits for postings under way and keeps new ones waiting: sums taken after it are complete.
_LOCK_ROLL_UP = "LOCK TABLE ledger_villagemonth IN SHARE ROW EXCLUSIVE MODE;"

POSTGRES_TRIGGERS = {
    "ledger_transfer_seal": PostgresTrigger(
        "ledger_transfer",
        "BEFORE INSERT ON ledger_transfer FOR EACH ROW",
        _ROW | _BEFORE | _INSERT,
        f"BEGIN {_STAMP} {_refuse_if(SEALED, SEALED_TEXT)} RETURN NEW; END",
    ),
    # Two transactions at once do not see each other's rows; this looks when one of them commits.
    "ledger_transfer_together": PostgresTrigger(
        "ledger_transfer",
        "AFTER INSERT ON ledger_transfer",
        _ROW | _INSERT,
        f"BEGIN {_refuse_if(_APART, APART_TEXT)} RETURN NULL; END",
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW",
    ),
    "ledger_transfer_roll_up": PostgresTrigger(
        "ledger_transfer",
        "AFTER INSERT ON ledger_transfer REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT",
        _INSERT,
        f"BEGIN {rollup.ADD.format(rows=rollup.sums_of('fresh', 'postgresql'))}; RETURN NULL; END",
    ),
    "ledger_event_seal": PostgresTrigger(
        "ledger_event",
        "BEFORE INSERT ON ledger_event FOR EACH ROW",
        _ROW | _BEFORE | _INSERT,
        f"BEGIN {_STAMP} {_SAME_ORDER_WAITS} {_refuse_if(INCOMPLETE, INCOMPLETE_TEXT)}"
        f" {_refuse_if(NOT_A_MIRROR, MIRROR_TEXT)} {_refuse_if(MIXED, MIXED_TEXT)}"
        " RETURN NEW; END",
    ),
    "ledger_villagemonth_by_hand": PostgresTrigger(
        "ledger_villagemonth",
        "BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON ledger_villagemonth FOR EACH STATEMENT",
        _BEFORE | _INSERT | _UPDATE | _DELETE | _TRUNCATE,
        f"BEGIN {_refuse_if('pg_trigger_depth() < 2', BY_HAND_TEXT)} RETURN NULL; END",
    ),
    "ledger_rebuild_month": PostgresTrigger(
        "ledger_rebuild",
        "AFTER INSERT ON ledger_rebuild FOR EACH ROW",
        _ROW | _INSERT,
        f"BEGIN {_LOCK_ROLL_UP}"
        + _REBUILT.format(
            month=_FIRST_OF_MONTH,
            sums=rollup.sums_of("ledger_transfer", "postgresql", _DAYS_OF_MONTH),
        )
        + "RETURN NULL; END",
    ),
}


def _install_on_postgres(connection) -> None:
    found = _postgres_found(connection)
    with connection.cursor() as cursor:
        for name, trigger in POSTGRES_TRIGGERS.items():
            if found.get(name) != trigger.as_found(name):
                _create_on_postgres(cursor, name, trigger)


def _create_on_postgres(cursor, name: str, trigger: PostgresTrigger) -> None:
    kind = "CONSTRAINT TRIGGER" if trigger.is_deferred else "TRIGGER"
    cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {trigger.table}")
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger"
        f" LANGUAGE plpgsql AS $body${trigger.body}$body$"
    )
    cursor.execute(
        f"CREATE {kind} {name} {trigger.fires} {trigger.options} EXECUTE FUNCTION {name}()"
    )


def _postgres_found(connection) -> dict[str, tuple]:
    """Name -> (bits, function, its body, deferred, unconditional) of triggers on our tables."""
    sql = """
        SELECT tgname, tgtype, proname, prosrc, tginitdeferred, tgqual IS NULL
        FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
        WHERE tgrelid = ANY (SELECT to_regclass(name) FROM unnest(%s::text[]) AS name)
          AND NOT tgisinternal AND tgenabled IN ('O', 'A')
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(TABLES)])
        return {row[0]: tuple(row[1:]) for row in cursor.fetchall()}


def _problems_on_postgres(connection) -> list[str]:
    found = _postgres_found(connection)
    wrong = [
        f"missing: {name}"
        for name, trigger in POSTGRES_TRIGGERS.items()
        if found.get(name) != trigger.as_found(name)
    ]
    strangers = found.keys() - POSTGRES_TRIGGERS.keys() - _names_of_append_only()
    return wrong + [f"not ours: {name}" for name in sorted(strangers)]
