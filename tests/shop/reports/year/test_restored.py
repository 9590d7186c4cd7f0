"""The year dumped and restored by PostgreSQL's tools, as deploy/README.md says: nothing differs."""

import hashlib
import io
import re
import subprocess
from datetime import UTC, datetime

import pytest
from django.core import checks
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from deploy.roles.acts import grant, make
from marketplace.core import thai
from marketplace.core.worker import LONG_JOBS, run_ready_jobs
from marketplace.ledger import sealing, verification, verifier
from marketplace.ledger.models import Event, Transfer
from shop.yearpacks.models import YearPack
from shop.yearpacks.verification import verify_pack
from tests.conftest import FreshDatabase
from tests.marketplace.ledger import rig
from tests.shop.reports.year.asked import Asked
from tests.shop.reports.year.cast import BANG, TODAY
from tests.shop.reports.year.restoring import Restored, tool
from tests.shop.reports.year.test_every_file import ASKED, taken
from tests.shop.reports.year.test_every_report import AREAS, YEAR
from tests.visitor import Visitor

pytestmark = [pytest.mark.postgres, pytest.mark.only_on("postgresql")]

FORMATS = ("csv", "xlsx", "pdf", "json")
OBJECTS = {
    "triggers": "SELECT tgname, pg_get_triggerdef(oid), tgenabled::text FROM pg_trigger"
    " WHERE NOT tgisinternal",
    "functions": "SELECT proname, pg_get_functiondef(oid), '' FROM pg_proc"
    " WHERE pronamespace = 'public'::regnamespace",
    "constraints": "SELECT conname, pg_get_constraintdef(oid), convalidated::text"
    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "indexes": "SELECT indexname, indexdef, '' FROM pg_indexes WHERE schemaname = 'public'",
    "sequences": "SELECT sequencename, coalesce(last_value::text, ''), increment_by::text"
    " FROM pg_sequences",
}


@pytest.fixture(scope="module")
def both(lived, tmp_path_factory, django_db_blocker):
    """Dump, a new empty database, restore, roles: step by step as the recipe has it."""
    dump = tmp_path_factory.mktemp("dump") / "market.dump"
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(thai, "today", lambda: TODAY)
        made = Restored(lived)
        made.drop()
        made.dump = dump
        done = tool("pg_dump", "--format=custom", f"--file={dump}", made.url(made.first))
        assert (done.returncode, done.stderr) == (0, "")
        made.run(f"CREATE DATABASE \"{made.name}\" TEMPLATE template0 ENCODING 'UTF8'")
        to = ("--no-owner", "--no-privileges", "--exit-on-error", f"--dbname={made.url(made.name)}")
        done = tool("pg_restore", *to, str(dump))
        assert (done.returncode, done.stderr) == (0, "")
        with made.opened(made.name):
            make(made.roles, {})
        yield made
        made.drop()


def test_the_ledger_is_whole_and_every_guard_is_in_place(both):
    with both.opened(both.name, both.roles.application):
        assert list(verification.verify()) == []
        assert checks.run_checks(tags=[checks.Tags.database], databases=["default"]) == []
        out = io.StringIO()
        call_command("ledger", "verify", stdout=out)
        call_command("migrate", "--check", verbosity=0)
        assert out.getvalue().startswith("The ledger is whole: ")
        assert Event.objects.count() > 150


@pytest.mark.parametrize("kind", OBJECTS)
def test_all_that_the_database_itself_holds_is_as_it_was(both, kind):
    found = []
    for name in (both.first, both.name):
        with both.opened(name), connection.cursor() as cursor:
            cursor.execute(OBJECTS[kind])
            found.append(sorted(tuple(map(in_one_spelling, row)) for row in cursor.fetchall()))

    assert found[0] == found[1]
    assert len(found[0]) > 10


def in_one_spelling(text: str) -> str:
    """Without the casts and brackets that PostgreSQL sets otherwise when it reads its own words."""
    return re.sub(r"::(character varying|text)(\[\])?|[()]", "", text)


def test_every_report_has_the_same_bytes(both, monkeypatch):
    now = datetime.now(UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    monkeypatch.setattr(thai, "today", lambda: TODAY)
    wanted = [(asked, format) for asked in ASKED[:3] for format in FORMATS]
    wanted += [(asked, "csv") for asked in ASKED[3:]]
    wanted += [(Asked(area, YEAR, by), "csv") for area in AREAS for by in ("", "type")]
    files = []
    for name in (both.first, both.name):
        with both.opened(name):
            browser = Visitor()
            browser.force_login(both.clerk)
            files.append({(str(a), format): taken(browser, a, format) for a, format in wanted})
            files[-1]["roots"] = browser.get("/income/proof/roots.json").content

    assert files[0] == files[1]
    assert len(files[0]) > 40


def test_the_sealed_chain_is_the_same_and_proves_it(both, tmp_path):
    rows = []
    for name in (both.first, both.name):
        with both.opened(name):
            rows.append([verifier.canonical(row) for row in sealing.export_rows()])

    assert rows[0] == rows[1] and len(rows[0]) > 150
    with both.opened(both.name, both.roles.application):
        file = tmp_path / "ledger.jsonl"
        call_command("ledger", "export", "--to", str(file), stdout=io.StringIO())
    checked = subprocess.run(
        ["python3", verifier.__file__, str(file)], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_packs_are_held_against_the_restored_ledger_and_handed_out_unchanged(both, monkeypatch):
    """Their files lie beside the database, under the hashes that it keeps."""
    monkeypatch.setattr(thai, "today", lambda: TODAY)
    found = []
    for name, role in ((both.first, ""), (both.name, both.roles.application)):
        with both.opened(name, role):
            browser = Visitor()
            browser.force_login(both.clerk)
            packs = list(YearPack.objects.order_by("number"))
            files = [
                hashlib.sha256(
                    browser.get(reverse("year-pack-file", args=[pack.pk])).getvalue()
                ).hexdigest()
                for pack in packs
            ]
            assert files == [pack.sha256 for pack in packs]
            assert [list(verify_pack(pack)) for pack in packs] == [[], [], []]
            found.append(files)

    assert found[0] == found[1]


def test_the_worker_makes_the_same_files(both, monkeypatch, settings, tmp_path):
    now = datetime.now(UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    monkeypatch.setattr(thai, "today", lambda: TODAY)
    settings.PRIVATE_ROOT = tmp_path / "private"
    found = []
    for name, role in ((both.first, ""), (both.name, both.roles.application)):
        with both.opened(name, role), transaction.atomic():
            browser = Visitor()
            browser.force_login(both.clerk)
            asked = {"format": "csv", **Asked("", YEAR).query}
            places = [
                browser.post("/cms/reports/exports/", {"kind": kind, **asked}).url
                for kind in ("income", "sales")
            ]
            run_ready_jobs(which=LONG_JOBS)
            found.append([browser.get(f"{place}file/").getvalue() for place in places])
            transaction.set_rollback(True)

    assert found[0] == found[1]
    assert all(len(content.splitlines()) > 5 for content in found[0])


TAMPERING = {
    "change a transfer": "UPDATE ledger_transfer SET amount_satang = amount_satang + 1",
    "delete an event": "DELETE FROM ledger_event",
    "empty a table": "TRUNCATE ledger_transfer CASCADE",
    "write a roll-up": "UPDATE ledger_areamonth SET sold_satang = 0",
    "open a month": "DELETE FROM ledger_monthclose",
    "change a frozen origin": "UPDATE provenance_lineorigin SET village_code = '10010101'",
    # Numbers of transactions begin anew on another server: an old event may meet its own again.
    "add to an old event": "INSERT INTO ledger_transfer (event_id, number, day, kind, debit_id,"
    " credit_id, amount_satang, village_code, first_of, units_ppm, posted_in)"
    " SELECT event_id, 99, day, kind, debit_id, credit_id, amount_satang, village_code, 0, 0,"
    " posted_in FROM ledger_transfer LIMIT 1",
}


@pytest.mark.parametrize("what", TAMPERING)
@pytest.mark.parametrize("whose", ["the administrator", "application"])
def test_triggers_and_rights_refuse_as_before(both, what, whose):
    role = "" if whose == "the administrator" else both.roles.application
    with both.opened(both.name, role):
        before = rig.rows()

        with pytest.raises(DatabaseError) as refusal, connection.cursor() as cursor:
            cursor.execute(TAMPERING[what])

        assert any(
            words in str(refusal.value) for words in ("append-only", "ledger:", "permission denied")
        )
        assert rig.rows() == before


def test_the_market_goes_on_where_it_was(both, monkeypatch):
    """As its own role: numbers go on, roll-ups follow, closed months stay closed."""
    monkeypatch.setattr(thai, "today", lambda: TODAY)
    with both.opened(both.name, both.roles.application), transaction.atomic():
        newest = Transfer.objects.order_by("-pk").values_list("pk", flat=True).first()
        maker = Transfer.objects.filter(village_code=BANG).first().producer
        late = datetime(2026, 8, 15, 5, tzinfo=UTC)

        sale = rig.sell_in({BANG: 12_345}, at=late, producer=maker)

        event = Event.objects.get(order_number=sale.order_number)
        assert f"{event.day:%Y-%m-%d}" == "2026-10-01"
        assert event.transfers.get().pk > newest
        assert list(verification.verify()) == []
        transaction.set_rollback(True)


def test_roles_have_what_they_had_and_a_second_grant_changes_nothing(both):
    with both.opened(both.name, both.roles.owner):
        assert grant(both.roles) == []


def test_rows_alone_are_refused_by_a_database_that_has_its_triggers(both):
    """Else whoever fills a migrated database from a dump would have events without transfers."""
    empty = FreshDatabase(f"{both.name}_rows")
    try:
        to = ("--data-only", "--single-transaction", f"--dbname={both.url(empty.name)}")
        done = tool(
            "pg_restore", *to, "--table=ledger_account", "--table=ledger_event", str(both.dump)
        )

        assert done.returncode != 0
        assert "ledger: transfers of this event differ from its count, sum or day" in done.stderr
        with both.opened(empty.name):
            assert not Event.objects.exists()
            assert verification.guards.problems(connection) == []
    finally:
        with both.opened(both.first):
            pass
        empty.drop()
