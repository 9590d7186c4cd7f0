"""The database of the bench: filled once, then kept, since filling takes minutes."""

import os

import pytest
from django.core.management import call_command
from django.db import connection, connections

from marketplace.ledger import guards
from tests.bench.ledger import building

TRANSFERS = int(os.environ.get("BENCH_TRANSFERS", "10000000"))
NAME = f"bench_{TRANSFERS}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """Instead of a copy of the template. What a bench changes, it puts back or leaves harmless."""
    with django_db_blocker.unblock():
        if not _is_there():
            _make()
        _use(NAME)
        guards.install(connection)  # those of today: the database may be older
        yield


@pytest.fixture
def say(capsys):
    """Print a line now, whatever pytest keeps."""

    def line(text: str = "") -> None:
        with capsys.disabled():
            print(text, flush=True)

    return line


def _is_there() -> bool:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
        return cursor.fetchone() is not None


def _make() -> None:
    """Under another name until it is whole: what was stopped half-way is no database of ours."""
    unfinished = f"{NAME}_unfinished"
    _run(f'DROP DATABASE IF EXISTS "{unfinished}"', f'CREATE DATABASE "{unfinished}"')
    _use(unfinished)
    call_command("migrate", verbosity=0)
    building.build(TRANSFERS)
    _run(f'ALTER DATABASE "{unfinished}" RENAME TO "{NAME}"')


def _run(*statements: str) -> None:
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)


def _use(name: str) -> None:
    connections.close_all()
    connection.settings_dict["NAME"] = name
