"""A migrated, empty database, made once by true `migrate`, then copied for demo and tests.

Two steps, so that a new migration of ours does not replay the packages' 340: first the packages'
tables, keyed by the lock file and the migrations they point back at, then ours on a copy of that.

    python -m deploy.database_template            make it if it is missing, print where it is
    python -m deploy.database_template FILE       copy it to FILE (SQLite)

Works on the database that DATABASE_URL names: a file under `var/templates/` for SQLite, databases
called `template_…` beside the named one for PostgreSQL.
"""

import fcntl
import gc
import os
import shutil
import sys
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from deploy.template_keys import OURS, packages_key, template_key


@contextmanager
def _one_at_a_time():
    folder = settings.VAR / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"lock-{connection.vendor}").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield folder


def _migrate_packages() -> None:
    """Bring every app that is not ours, and what those depend on, to its newest migration.

    Wagtail's first: at each step Django makes all models anew that are linked to the changed one,
    and Wagtail's hundred steps are quick while Oscar's models are not among them.
    """
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith(OURS)}
    kept = {label for label, name in settings.MIGRATION_MODULES.items() if name.startswith("oscar")}
    for prefix in ("wagtail", ""):
        executor = MigrationExecutor(connection)
        leaves = [n for n in executor.loader.graph.leaf_nodes() if n[0] not in ours - kept]
        executor.migrate([node for node in leaves if node[0].startswith(prefix)])


@contextmanager
def _swiftly():
    """Halve the time of migrating: less garbage collection, and one question asked once.

    Migrations make 40,000 models that refer to each other, and ask for every relation of each
    which setting swaps its target. While one process migrates, the answer does not change.
    """
    thresholds, asked = gc.get_threshold(), apps.get_swappable_settings_name
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)
    apps.get_swappable_settings_name = lru_cache(maxsize=None)(asked)
    try:
        yield
    finally:
        del apps.get_swappable_settings_name
        gc.set_threshold(*thresholds)
        gc.unfreeze()


class SqliteStore:
    """Templates are files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> str:
        return str(self.folder / f"{name}.sqlite3")

    def exists(self, name: str) -> bool:
        return Path(self.path(name)).exists()

    def copy(self, source: str, target: str) -> None:
        copy_file(Path(self.path(source)), Path(self.path(target)))

    def create(self, name: str) -> None:
        self.drop(name)

    def drop(self, name: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(self.path(name) + suffix).unlink(missing_ok=True)

    def rename(self, old: str, new: str) -> None:
        Path(self.path(old)).replace(self.path(new))


class PostgresStore:
    """Templates are databases of the same server; copied with CREATE DATABASE … TEMPLATE."""

    def path(self, name: str) -> str:
        return f"template_{name}"

    def _run(self, sql: str, *names: str) -> list:
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql.format(*(connection.ops.quote_name(self.path(n)) for n in names)))
            return cursor.fetchall() if cursor.description else []

    def exists(self, name: str) -> bool:
        sql = f"SELECT 1 FROM pg_database WHERE datname = '{self.path(name)}'"
        return bool(self._run(sql))

    def create(self, name: str) -> None:
        self.drop(name)
        self._run(
            "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'",
            name,
        )

    def copy(self, source: str, target: str) -> None:
        self._run("CREATE DATABASE {} TEMPLATE {}", target, source)

    def drop(self, name: str) -> None:
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def rename(self, old: str, new: str) -> None:
        self._run("ALTER DATABASE {} RENAME TO {}", old, new)


def copy_file(source: Path, target: Path) -> None:
    """Copy a SQLite database that nobody writes to; replaces the target and its journals."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for suffix in ("-wal", "-shm"):
        Path(f"{target}{suffix}").unlink(missing_ok=True)
    shutil.copyfile(source, target)


@contextmanager
def _connected_to(name: str):
    usual = settings.DATABASES["default"]["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def _build(store, name: str, begin, migrate) -> None:
    """Build under a passing name, so that a stop half-way never leaves a half-made template."""
    unfinished = f"{name}_unfinished"
    store.drop(unfinished)
    begin(unfinished)
    with _connected_to(store.path(unfinished)), _swiftly():
        migrate()
    store.rename(unfinished, name)


def ensure(say=lambda line: None) -> str:
    """Return the file or database name of the template, making it first if it is missing."""
    with _one_at_a_time() as folder:
        store = SqliteStore(folder) if connection.vendor == "sqlite" else PostgresStore()
        packages, whole = f"packages_{packages_key()}", template_key()
        if not store.exists(whole):
            if not store.exists(packages):
                say("Making the packages' tables (half a minute, once) …")
                _build(store, packages, store.create, _migrate_packages)
            say("Making our tables …")
            _build(
                store,
                whole,
                lambda name: store.copy(packages, name),
                lambda: call_command("migrate", verbosity=0),
            )
        return store.path(whole)


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.local")
    django.setup()
    template = ensure(say=print)
    if arguments:
        copy_file(Path(template), Path(arguments[0]))
    connections.close_all()
    print(template)


if __name__ == "__main__":
    main(sys.argv[1:])
