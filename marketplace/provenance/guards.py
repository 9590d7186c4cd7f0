"""Frozen origins are only ever added; the village shares of a product never leave a gap.

PostgreSQL adds up a product's shares when a transaction commits. SQLite can only refuse a share
that makes too much; too little is refused by `services.set_village_shares` and found by the check.
"""

from django.db import connections

from marketplace.core import append_only
from marketplace.core.money import PPM

FROZEN = ("provenance_lineorigin", "provenance_origingroup")
_SHARES = "provenance_villageshare"
_PG_SHARES = "provenance_check_shares"
_SQLITE_SHARES = ("provenance_villageshare_insert", "provenance_villageshare_update")

# Sums can only change on a day a share begins or on the day after one ended.
_PG_BODY = f"""
DECLARE
  about bigint := COALESCE(NEW.provenance_id, OLD.provenance_id);
BEGIN
  IF EXISTS (
    SELECT 1 FROM (
      SELECT valid_from AS day FROM {_SHARES} WHERE provenance_id = about
      UNION SELECT valid_until + 1 FROM {_SHARES} WHERE provenance_id = about
    ) AS days
    JOIN {_SHARES} AS share ON share.provenance_id = about AND share.valid_from <= days.day
      AND (share.valid_until IS NULL OR share.valid_until >= days.day)
    GROUP BY days.day HAVING sum(share.share_ppm) <> {PPM}
  ) THEN
    RAISE EXCEPTION 'village shares of provenance % do not add to {PPM}', about
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END
"""
_PG_TRIGGER = f"""
CREATE CONSTRAINT TRIGGER {_PG_SHARES} AFTER INSERT OR UPDATE OR DELETE ON {_SHARES}
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {_PG_SHARES}()
"""
_SQLITE_TOO_MUCH = f"""
SELECT RAISE(ABORT, 'village shares add to more than {PPM}') WHERE EXISTS (
  SELECT 1 FROM (
    SELECT DISTINCT valid_from AS day FROM {_SHARES} WHERE provenance_id = NEW.provenance_id
  ) AS days
  JOIN {_SHARES} AS share ON share.provenance_id = NEW.provenance_id
    AND share.valid_from <= days.day
    AND (share.valid_until IS NULL OR share.valid_until >= days.day)
  GROUP BY days.day HAVING sum(share.share_ppm) > {PPM}
);
"""


def install(using: str = "default", **_signal) -> None:
    """Bring every trigger of this app back where it is missing."""
    connection = connections[using]
    for table in FROZEN:
        append_only.install(connection, table)
    if missing_shares(using):
        with connection.cursor() as cursor:
            for statement in _share_statements(connection.vendor):
                cursor.execute(statement)


def missing(using: str = "default") -> list[str]:
    """Names of the triggers that are not there or not as they were made."""
    return append_only.missing(connections[using], FROZEN) + missing_shares(using)


def missing_shares(using: str = "default") -> list[str]:
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT prosrc FROM pg_proc JOIN pg_trigger ON tgfoid = pg_proc.oid"
                " WHERE tgname = %s AND tgrelid = to_regclass(%s) AND tgenabled IN ('O', 'A')",
                [_PG_SHARES, _SHARES],
            )
            return [] if cursor.fetchall() == [(_PG_BODY,)] else [_PG_SHARES]
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = dict(cursor.fetchall())
    wanted = dict(zip(_SQLITE_SHARES, _sqlite_triggers(), strict=True))
    return [name for name, sql in wanted.items() if found.get(name) != sql]


def _share_statements(vendor: str) -> list[str]:
    if vendor == "postgresql":
        function = f"CREATE OR REPLACE FUNCTION {_PG_SHARES}() RETURNS trigger LANGUAGE plpgsql"
        return [
            f"{function} AS $body${_PG_BODY}$body$",
            f"DROP TRIGGER IF EXISTS {_PG_SHARES} ON {_SHARES}",
            _PG_TRIGGER,
        ]
    dropped = [f"DROP TRIGGER IF EXISTS {name}" for name in _SQLITE_SHARES]
    return dropped + _sqlite_triggers()


def _sqlite_triggers() -> list[str]:
    return [
        f"CREATE TRIGGER {name} AFTER {event} ON {_SHARES} BEGIN{_SQLITE_TOO_MUCH}END"
        for name, event in zip(_SQLITE_SHARES, ("INSERT", "UPDATE"), strict=True)
    ]
