"""The guards as triggers of PostgreSQL.

What writes roll-ups runs with the rights of the owner of the tables, so that the application's own
role needs none on them (deploy/roles).
"""

from dataclasses import dataclass

from marketplace.ledger import rollup
from marketplace.ledger.guards import conditions
from marketplace.ledger.guards.tables import NAMES_OF_APPEND_ONLY, ROLL_UP_TABLES, TABLES

_ROW, _BEFORE, _INSERT, _DELETE, _UPDATE, _TRUNCATE = 1, 2, 4, 8, 16, 32  # pg_trigger.tgtype
# Temporary tables last: else one called ledger_monthclose would stand in for ours.
_PATH = "pg_catalog, public, pg_temp"
CLOSE_LOCK = "hashtextextended('ledger:close', 0)"
"""Held shared while an event is posted, alone while a month is closed."""


@dataclass(frozen=True)
class Trigger:
    """A trigger of ours, with the bits by which PostgreSQL remembers when it fires."""

    table: str
    fires: str
    bits: int
    body: str
    options: str = ""
    is_owners: bool = False  # runs with the rights of who made it

    @property
    def is_deferred(self) -> bool:
        return "DEFERRED" in self.options

    def as_found(self, name: str) -> tuple:
        """What `_found` says of it while it is as we made it."""
        path = [f"search_path={_PATH}"]
        return (self.bits, name, self.body, self.is_deferred, True, self.is_owners, path)


def _refuse_if(condition: str, text: str) -> str:
    return (
        f"IF {condition.strip()} THEN RAISE EXCEPTION '{text}'"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
    )


def _refuse_events() -> str:
    month = "date_trunc('month', NEW.day)::date"
    return " ".join(
        _refuse_if(condition.format(month_of_event=month), text)
        for condition, text in conditions.REFUSALS
    )


_STAMP = "NEW.posted_in := pg_current_xact_id()::text::bigint;"
_CLOSES_WAIT = f"PERFORM pg_advisory_xact_lock_shared({CLOSE_LOCK});"
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
# Waits for postings under way and keeps new ones waiting: sums taken after it are complete.
_LOCK_ROLL_UPS = " ".join(
    f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE;" for table in ROLL_UP_TABLES
)


def _by_hand(table: str) -> Trigger:
    return Trigger(
        table,
        f"BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT",
        _BEFORE | _INSERT | _UPDATE | _DELETE | _TRUNCATE,
        f"BEGIN {_refuse_if('pg_trigger_depth() < 2', conditions.BY_HAND_TEXT)} RETURN NULL; END",
    )


def _after_insert(table: str, statements: list[str], before: str = "") -> Trigger:
    return Trigger(
        table,
        f"AFTER INSERT ON {table} FOR EACH ROW",
        _ROW | _INSERT,
        f"BEGIN {before} {'; '.join(statements)}; RETURN NULL; END",
        is_owners=True,
    )


TRIGGERS = {
    "ledger_transfer_seal": Trigger(
        "ledger_transfer",
        "BEFORE INSERT ON ledger_transfer FOR EACH ROW",
        _ROW | _BEFORE | _INSERT,
        f"BEGIN {_STAMP} {_refuse_if(conditions.SEALED, conditions.SEALED_TEXT)} RETURN NEW; END",
    ),
    # Two transactions at once do not see each other's rows; this looks when one of them commits.
    "ledger_transfer_together": Trigger(
        "ledger_transfer",
        "AFTER INSERT ON ledger_transfer",
        _ROW | _INSERT,
        f"BEGIN {_refuse_if(_APART, conditions.APART_TEXT)} RETURN NULL; END",
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW",
    ),
    "ledger_event_seal": Trigger(
        "ledger_event",
        "BEFORE INSERT ON ledger_event FOR EACH ROW",
        _ROW | _BEFORE | _INSERT,
        f"BEGIN {_STAMP} {_CLOSES_WAIT} {_SAME_ORDER_WAITS} {_refuse_events()} RETURN NEW; END",
    ),
    "ledger_event_roll_up": _after_insert("ledger_event", rollup.posting("postgresql")),
    "ledger_rebuild_month": _after_insert(
        "ledger_rebuild", rollup.rebuilding("postgresql"), before=_LOCK_ROLL_UPS
    ),
    **{f"{table}_by_hand": _by_hand(table) for table in ROLL_UP_TABLES},
}


def install(connection) -> None:
    found = _found(connection)
    with connection.cursor() as cursor:
        for name, trigger in TRIGGERS.items():
            if found.get(name) != trigger.as_found(name):
                _create(cursor, name, trigger)
        for name in found.keys() - TRIGGERS.keys() - NAMES_OF_APPEND_ONLY:
            _drop_former(cursor, name)


def problems(connection) -> list[str]:
    found = _found(connection)
    wrong = [
        f"missing: {name}"
        for name, trigger in TRIGGERS.items()
        if found.get(name) != trigger.as_found(name)
    ]
    strangers = found.keys() - TRIGGERS.keys() - NAMES_OF_APPEND_ONLY
    return wrong + [f"not ours: {name}" for name in sorted(strangers)]


def _create(cursor, name: str, trigger: Trigger) -> None:
    kind = "CONSTRAINT TRIGGER" if trigger.is_deferred else "TRIGGER"
    rights = "SECURITY DEFINER" if trigger.is_owners else ""
    cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {trigger.table}")
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger"
        f" LANGUAGE plpgsql {rights} SET search_path = {_PATH} AS $body${trigger.body}$body$"
    )
    cursor.execute(
        f"CREATE {kind} {name} {trigger.fires} {trigger.options} EXECUTE FUNCTION {name}()"
    )


_FORMER = {"ledger_transfer_roll_up": "ledger_transfer"}
"""Triggers of earlier versions, by table."""


def _drop_former(cursor, name: str) -> None:
    if name in _FORMER:
        cursor.execute(f"DROP TRIGGER {name} ON {_FORMER[name]}")
        cursor.execute(f"DROP FUNCTION {name}()")


def _found(connection) -> dict[str, tuple]:
    """What the triggers of our tables are, in the words of `Trigger.as_found`."""
    sql = """
        SELECT tgname, tgtype, proname, prosrc, tginitdeferred, tgqual IS NULL, prosecdef, proconfig
        FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
        WHERE tgrelid = ANY (SELECT to_regclass(name) FROM unnest(%s::text[]) AS name)
          AND NOT tgisinternal AND tgenabled IN ('O', 'A')
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(TABLES)])
        return {row[0]: tuple(row[1:]) for row in cursor.fetchall()}
