"""Django remakes a table on SQLite and loses its triggers; `migrate` brings them back."""

import sys
from pathlib import Path
from textwrap import dedent

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from marketplace.ledger import checks, guards, verification
from marketplace.ledger.migrations import __file__ as migrations_file
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig

MODELS = ("account", "event", "transfer", "areamonth", "rebuild")


@pytest.fixture
def next_migration(tmp_path, settings, monkeypatch):
    """Our migrations and one more, which adds a constraint to every table of the ledger."""
    package = tmp_path / "ledger_one_later"
    package.mkdir()
    (package / "__init__.py").write_text("")
    ours = sorted(Path(migrations_file).parent.glob("0*.py"))
    for path in ours:
        (package / path.name).write_text(path.read_text())
    adds = ", ".join(
        f"migrations.AddConstraint('{model}', models.CheckConstraint("
        f"condition=models.Q(id__isnull=False), name='later_{model}'))"
        for model in MODELS
    )
    (package / "0999_later.py").write_text(
        dedent(f"""
        from django.db import migrations, models

        class Migration(migrations.Migration):
            dependencies = [("ledger", "{ours[-1].stem}")]
            operations = [{adds}]
        """)
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    settings.MIGRATION_MODULES = settings.MIGRATION_MODULES | {"ledger": package.name}
    yield
    for name in [name for name in sys.modules if name.startswith(package.name)]:
        del sys.modules[name]


def test_a_constraint_on_every_table_leaves_every_trigger_in_place(fresh_database, next_migration):
    weavers = make_producer(make_village("50010811"))
    rig.sell([rig.Part(weavers, {"50010811": 100})], {weavers.pk: 5})

    call_command("migrate", "ledger", verbosity=0)

    assert constraints() == {f"later_{model}" for model in MODELS}
    assert list(verification.verify()) == []
    rig.sell([rig.Part(weavers, {"50010811": 100})])
    for table in guards.FACT_TABLES[1:3]:
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
    assert rig.income("50010811") == {"sale": 200}
    assert list(verification.verify()) == []


def constraints():
    with connection.cursor() as cursor:
        return {
            name
            for model in MODELS
            for name in connection.introspection.get_constraints(cursor, f"ledger_{model}")
            if name.startswith("later_")
        }


def test_the_system_check_warns_of_each_missing_trigger(db):
    assert checks.ledger_is_guarded(databases=["default"]) == []

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER ledger_event_no_update")
        else:
            cursor.execute("DROP TRIGGER ledger_event_no_update ON ledger_event")

    (warning,) = checks.ledger_is_guarded(databases=["default"])
    assert (warning.id, warning.msg) == (
        "ledger.W001",
        "Ledger on default: missing: ledger_event_no_update",
    )
