"""What application and reporting may do with each thing of the database.

Which tables are append-only is asked of their triggers (core/append_only.py), which roll-ups there
are of the ledger's guards: no second list says so.
"""

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from marketplace.core import append_only
from marketplace.ledger.guards import ROLL_UP_TABLES, TABLES

Right = tuple[str, str]
"""SELECT, INSERT … and the column it is about, "" for the whole of the thing."""

READ = {("SELECT", "")}
ALL_ROWS = {*READ, ("INSERT", ""), ("UPDATE", ""), ("DELETE", "")}

REPORTED = {
    *TABLES,
    *("provenance_lineorigin", "provenance_origingroup"),
    *("places_province", "places_amphoe", "places_tambon", "places_postcode"),
    *("places_succession", "places_formername", "villages_village", "villages_programme"),
    *("villages_programmemembership", "villages_route", "villages_routestop"),
}
"""Tables that reporting may read: all that the ledger guards, and what its codes mean."""

WRITTEN_FREELY = {"reason", "status_reason"}
"""Fields of these that may name a person; those that point at a user are left out as well."""


class Rights:
    """Rights by kind and name of a thing, on the database as it is now."""

    def __init__(self) -> None:
        self.acts_left = append_only.acts_left(connection)
        self.reported = _reported_columns()
        # Repairs are the owner's to ask for, and so is what was migrated.
        own = (apps.get_model("ledger", "rebuild"), MigrationRecorder.Migration)
        self.only_read = {*ROLL_UP_TABLES, *(model._meta.db_table for model in own)}

    def of_application(self, kind: str, name: str) -> set[Right]:
        if kind == "TABLE":
            return READ if name in self.only_read else READ | self.acts_left.get(name, ALL_ROWS)
        if kind == "SEQUENCE":
            return {("USAGE", "")}
        return _to_come_in(kind)

    def of_reporting(self, kind: str, name: str) -> set[Right]:
        if kind == "TABLE":
            return {("SELECT", column) for column in self.reported.get(name, ())}
        return _to_come_in(kind)


def _to_come_in(kind: str) -> set[Right]:
    return {"DATABASE": {("CONNECT", "")}, "SCHEMA": {("USAGE", "")}}.get(kind, set())


def _reported_columns() -> dict[str, list[str]]:
    """By table; column by column, so that one which comes later is closed."""
    user = apps.get_model(settings.AUTH_USER_MODEL)
    return {
        model._meta.db_table: [
            field.column
            for field in model._meta.concrete_fields
            if field.related_model is not user and field.name not in WRITTEN_FREELY
        ]
        for model in apps.get_models()
        if model._meta.db_table in REPORTED
    }
