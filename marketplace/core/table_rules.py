"""A rule of a table that the database itself holds and no model can say.

Either the table is a package's, or the rule compares a row with others. A constraint on PostgreSQL;
triggers on SQLite, where Django remakes tables and drops them: an app's `guards.py` declares the
rule and connects `install` to `post_migrate`. What may never change is in `append_only.py`.
"""

from dataclasses import dataclass

from django.db import connections


@dataclass(frozen=True)
class TableRule:
    """`broken_when` is a condition on NEW, for SQLite; `constraint` is the rule for PostgreSQL."""

    name: str
    table: str
    broken_when: str
    constraint: str

    def install(self, using: str = "default", **_signal) -> None:
        """Make sure the rule is in force on that database. Called twice: the same rule."""
        connection = connections[using]
        absent = self.missing(using)
        with connection.cursor() as cursor:
            for name in absent:
                if connection.vendor == "sqlite":
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                    cursor.execute(self._triggers()[name])
                else:
                    cursor.execute(
                        f"ALTER TABLE {self.table} ADD CONSTRAINT {name} {self.constraint}"
                    )

    def missing(self, using: str = "default") -> list[str]:
        """Names of what the database lacks, or holds in other words (SQLite); empty is well."""
        connection = connections[using]
        if connection.vendor == "sqlite":
            wanted = self._triggers()
            sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        else:
            wanted = {self.name: True}
            sql = "SELECT conname, convalidated FROM pg_constraint"
        with connection.cursor() as cursor:
            cursor.execute(sql)
            found = dict(cursor.fetchall())
        return [name for name, fingerprint in wanted.items() if found.get(name) != fingerprint]

    def _triggers(self) -> dict[str, str]:
        return {
            f"{self.name}_on_{act}": (
                f"CREATE TRIGGER {self.name}_on_{act} BEFORE {act} ON {self.table} "
                f"WHEN {self.broken_when} BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
            )
            for act in ("insert", "update")
        }
