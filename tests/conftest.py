"""Each test run works on a copy of the template; nothing is ever flushed (the ledger refuses)."""

import gc
import os
from collections import Counter
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import translation
from xdist.scheduler import LoadFileScheduling

from deploy import database_template
from tests import services
from tests.visitor import Visitor

services.load()
hypothesis.settings.register_profile("timing is the bench's", deadline=None)
hypothesis.settings.load_profile("timing is the bench's")
# Folders whose tests share what takes long to make: a running site and a browser, a year of sales.
TOGETHER = ("tests/journeys/", "tests/accessibility/", "tests/shop/reports/year/")
# Files of few tests that take long: last in line, they would let one core wait.
TAKES_LONG = (
    "tests/deploy/test_load_demo.py",
    "tests/marketplace/core/test_photos.py",
    "tests/marketplace/core/test_worker.py",
    "tests/marketplace/ledger/test_invariants.py",
    "tests/marketplace/ledger/test_sealing.py",
    "tests/marketplace/provenance/test_import_real_lists.py",
    "tests/shop/payments/test_all_at_once.py",
    "tests/shop/stall/test_invariants.py",
    "tests/shop/yearpacks/test_killed.py",
)
# What SQLite answers in a way of its own: triggers, locks, statements we wrote, the demo on it. The
# rest, pages over Django's ORM and journeys whose trouble is Stripe or time, a run on SQLite leaves
# to the one on PostgreSQL, the stricter, that follows it.
ON_SQLITE_TOO = (
    "tests/deploy/",
    "tests/marketplace/core/",
    "tests/marketplace/ledger/",
    "tests/marketplace/places/",
    "tests/marketplace/provenance/",
    "tests/marketplace/settings/",
    "tests/search/",
    "tests/shop/bookkeeping/test_corrections.py",
    "tests/shop/bookkeeping/test_payouts.py",
    "tests/shop/partner/",
    "tests/shop/payments/test_all_at_once.py",
    "tests/shop/placing/",
    "tests/shop/stall/test_invariants.py",
    "tests/shop/stall/test_many_taps_at_once.py",
    "tests/shop/targets/test_targets.py",
    "tests/shop/yearpacks/test_making.py",
    "tests/shop/yearpacks/test_signing.py",
)


def pytest_addoption(parser):
    parser.addoption("--postgres-follows", action="store_true", help="run ON_SQLITE_TOO alone")


def pytest_collection_modifyitems(config, items):
    """Leave out what is about the other database or ran beside it, and real lists not there.

    What takes longest comes first, so that no core waits at the end: folders that share something,
    long files, others by their number of tests.
    """
    left_out = [item for item in items if not _belongs_here(item)]
    config.hook.pytest_deselected(items=left_out)
    sizes = Counter(_file_of(item.nodeid) for item in items)
    kept = (item for item in items if item not in set(left_out))
    items[:] = sorted(kept, key=lambda item: _place_in_line(_file_of(item.nodeid), sizes))


def pytest_collection_finish():
    """Look for garbage seldom, and never in what is loaded: it is a twelfth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _file_of(nodeid: str) -> str:
    return nodeid.partition("::")[0]


def _place_in_line(file: str, sizes: Counter) -> tuple:
    return not file.startswith(TOGETHER), file not in TAKES_LONG, -sizes[file], file


class OneProcess(LoadFileScheduling):
    """A file goes to one process, and all of a folder that shares something to the same."""

    def _split_scope(self, nodeid: str) -> str:
        file = _file_of(nodeid)
        return next((folder for folder in TOGETHER if file.startswith(folder)), file)


def pytest_xdist_make_scheduler(config, log):
    return OneProcess(config, log)


def _belongs_here(item) -> bool:
    only_on = item.get_closest_marker("only_on")
    if only_on and connection.vendor not in only_on.args:
        return False
    uses_none = item.get_closest_marker("no_database")
    if uses_none and connection.vendor != "sqlite":
        return False
    is_for_sqlite = only_on or uses_none or item.nodeid.startswith(ON_SQLITE_TOO)
    if item.config.getoption("postgres_follows") and not is_for_sqlite:
        return False
    return not item.get_closest_marker("real_data") or bool(os.environ.get("REAL_DATA"))


def pytest_runtest_setup(item):
    """Skip what a missing server makes impossible, saying why."""
    reason = services.missing_for({marker.name for marker in item.iter_markers()})
    if reason:
        pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Where servers are required, as in CI, whatever is skipped has failed."""
    report = yield
    if report.skipped and services.are_required() and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report


@pytest.fixture
def client() -> Visitor:
    """A browser; `client.force_login(user)` signs in with the second factor."""
    return Visitor()


def _name_of_copy(request) -> str:
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    return f"test_{worker}_{os.getpid()}"


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_blocker):
    """A fresh copy of the migrated template for this process, dropped at the end."""
    with django_db_blocker.unblock():
        copy = FreshDatabase(_name_of_copy(request))
        copy.use()
        yield
        copy.drop()


@pytest.fixture(autouse=True)
def _thai_pages():
    """Begin in Thai: a request for an English page leaves English switched on for its thread."""
    with translation.override("th"):
        yield


@pytest.fixture
def fresh_database(request, django_db_setup, django_db_blocker):
    """A database of one's own with real commits: for threads, and for triggers on commit."""
    with django_db_blocker.unblock():
        usual = connection.settings_dict["NAME"]
        copy = FreshDatabase(f"{_name_of_copy(request)}_alone")
        copy.use()
        yield copy
        copy.drop()
        connection.settings_dict["NAME"] = usual


class FreshDatabase:
    """A copy of the template under its own name; also what tests of concurrency ask for."""

    def __init__(self, name: str) -> None:
        self.template = database_template.ensure()
        self.is_file = connection.vendor == "sqlite"
        folder = settings.VAR / "test-databases"
        self.name = str(folder / f"{name}.sqlite3") if self.is_file else name
        self.usual = connection.settings_dict["NAME"]
        self.drop()
        self._copy()

    def _copy(self) -> None:
        if self.is_file:
            database_template.copy_file(Path(self.template), Path(self.name))
        else:
            self._run(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template}"')

    def _run(self, sql: str) -> None:
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql)

    def use(self) -> None:
        connections.close_all()
        connection.settings_dict["NAME"] = self.name

    def drop(self) -> None:
        connections.close_all()
        connection.settings_dict["NAME"] = self.usual
        if self.is_file:
            for suffix in ("", "-wal", "-shm"):
                Path(self.name + suffix).unlink(missing_ok=True)
        else:
            self._run(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
