"""A migrated, empty database, made once by true `migrate`, then copied for demo and tests.

Two steps, so that a new migration of ours does not replay the packages' 340: first the packages'
tables, keyed by the lock file and the migrations they point back at, then ours on a copy of that.

    python -m deploy.database_template            make it if it is missing, print where it is
    python -m deploy.database_template FILE       copy it to FILE (SQLite)

Works on the database that DATABASE_URL names: a file under `var/templates/` for SQLite, databases
called `template_…` beside the named one for PostgreSQL.
"""

import fcntl
import hashlib
import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

ROOT = Path(__file__).resolve().parent.parent
OURS = ("marketplace", "shop", "cms", "search")
# The packages' migrations depend on these two of ours: the user and Wagtail's picture.
BELOW_PACKAGES = ("marketplace/accounts", "marketplace/core", "cms/media")


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256((ROOT / "deploy" / "lock.txt").read_bytes())
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def packages_key() -> str:
    return _digest([p for d in BELOW_PACKAGES for p in (ROOT / d / "migrations").glob("*.py")])


def template_key() -> str:
    """Changes with our migrations, what runs after them (`guards.py`, `roles.py`) and the lock."""
    patterns = ("migrations/*.py", "guards.py", "roles.py")
    return _digest([p for d in OURS for pattern in patterns for p in (ROOT / d).rglob(pattern)])


@contextmanager
def _one_at_a_time():
    folder = settings.VAR / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield folder


def _migrate_packages() -> None:
    """Bring every app that is not ours, and what those depend on, to its newest migration."""
    executor = MigrationExecutor(connection)
    ours = {app.label for app in django.apps.apps.get_app_configs() if app.name.startswith(OURS)}
    kept = {label for label, name in settings.MIGRATION_MODULES.items() if name.startswith("oscar")}
    targets = [n for n in executor.loader.graph.leaf_nodes() if n[0] not in ours - kept]
    executor.migrate(targets)


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
    with _connected_to(store.path(unfinished)):
        migrate()
    store.rename(unfinished, name)


def ensure(say=lambda line: None) -> str:
    """Return the file or database name of the template, making it first if it is missing."""
    with _one_at_a_time() as folder:
        store = SqliteStore(folder) if connection.vendor == "sqlite" else PostgresStore()
        packages, whole = f"packages_{packages_key()}", template_key()
        if not store.exists(whole):
            if not store.exists(packages):
                say("Making the packages' tables (about a minute, once) …")
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
