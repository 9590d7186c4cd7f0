"""The site signed in as its own role: it sells and proves, and cannot rewrite what it recorded."""

import os
from datetime import date

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from marketplace.core import worker
from marketplace.ledger import rollup, services, verification
from marketplace.ledger.models import Event, Seal
from marketplace.producers.models import Producer
from tests.marketplace.ledger import rig, test_tampering
from tests.marketplace.ledger.test_tampering import ANYWHERE, FORGERIES, ONLY_POSTGRES, PUI, refused
from tests.separate_roles import run, separated

pytestmark = [pytest.mark.postgres, pytest.mark.only_on("postgresql")]

BY_A_CONSTRAINT = {"an account in dollars"}
ROWS = {
    name: sql for name, sql in (ANYWHERE | ONLY_POSTGRES).items() if name not in BY_A_CONSTRAINT
}


@pytest.fixture(scope="module")
def database(django_db_setup, django_db_blocker):
    """What test_tampering changes, recorded by the application; it stays signed in."""
    worker_name = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with (
        django_db_blocker.unblock(),
        separated(f"test_app_{worker_name}_{os.getpid()}") as made,
        made.signed_in(made.roles.application),
    ):
        test_tampering.record_everything()
        with made.signed_in(made.roles.owner):
            services.rebuild_month(rig.NOON.date())
        yield made


@pytest.fixture
def recorded(database, db):
    """All of it is there, and the one who is signed in is the application."""
    assert run("SELECT session_user, current_user") == [(database.roles.application,) * 2]
    assert Event.objects.count() == 2
    return database


# --- What it cannot do ---------------------------------------------------------------------------


@pytest.mark.parametrize("attempt", ROWS)
def test_rows_are_refused_before_any_trigger_is_asked(recorded, attempt):
    refused(lambda: run(ROWS[attempt]), "permission denied")


@pytest.mark.parametrize("attempt", BY_A_CONSTRAINT)
def test_what_may_be_inserted_still_keeps_to_the_constraints(recorded, attempt):
    refused(lambda: run(ANYWHERE[attempt]), "check constraint")


@pytest.mark.parametrize("forgery", FORGERIES)
def test_no_forged_event_is_recorded(recorded, forgery):
    because, act = FORGERIES[forgery]

    refused(act, because)


POWER = {
    "disable all triggers": "ALTER TABLE ledger_transfer DISABLE TRIGGER ALL",
    "disable our triggers": "ALTER TABLE ledger_transfer DISABLE TRIGGER USER",
    "disable one trigger": "ALTER TABLE ledger_event DISABLE TRIGGER ledger_event_seal",
    "enable it for replicas only": "ALTER TABLE ledger_event ENABLE REPLICA TRIGGER"
    " ledger_event_seal",
    "drop a trigger": "DROP TRIGGER ledger_event_no_update ON ledger_event",
    "rename a trigger": "ALTER TRIGGER ledger_event_seal ON ledger_event RENAME TO x",
    "replace a guard": "CREATE OR REPLACE FUNCTION ledger_event_seal() RETURNS trigger"
    " LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "replace what refuses changes": "CREATE OR REPLACE FUNCTION core_refuse_change()"
    " RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "let a guard run as itself": "ALTER FUNCTION ledger_event_roll_up() SECURITY INVOKER",
    "change a guard's path": "ALTER FUNCTION ledger_event_roll_up() SET search_path = pg_temp",
    "drop a guard": "DROP FUNCTION ledger_event_seal() CASCADE",
    "call a guard": "SELECT ledger_event_roll_up()",
    "a trigger of its own": "CREATE TRIGGER x BEFORE INSERT ON ledger_event FOR EACH ROW"
    " EXECUTE FUNCTION ledger_rebuild_month()",
    "a rule": "CREATE RULE x AS ON INSERT TO ledger_event DO INSTEAD NOTHING",
    "a policy": "ALTER TABLE ledger_event ENABLE ROW LEVEL SECURITY",
    "act as a replica": "SET session_replication_role = replica",
    "act as a replica, in a transaction": "SET LOCAL session_replication_role = 'replica'",
    "act as a replica, by a function": "SELECT set_config('session_replication_role',"
    " 'replica', true)",
    "act as a replica from now on": "ALTER ROLE {application} SET session_replication_role ="
    " replica",
    "become the owner": "SET ROLE {owner}",
    "become the owner in the session": "SET SESSION AUTHORIZATION {owner}",
    "join the owner": "GRANT {owner} TO {application}",
    "become a superuser": "ALTER ROLE {application} SUPERUSER",
    "a role of its own": "CREATE ROLE test_mine",
    "take over a table": "ALTER TABLE ledger_transfer OWNER TO {application}",
    "take over everything": "REASSIGN OWNED BY {owner} TO {application}",
    "give itself UPDATE": "GRANT UPDATE ON ledger_transfer TO {application};"
    " UPDATE ledger_transfer SET amount_satang = 1",
    "give itself everything": "GRANT ALL ON ledger_areamonth TO {application};"
    " DELETE FROM ledger_areamonth",
    "give itself the schema": "GRANT CREATE ON SCHEMA public TO {application};"
    " CREATE TABLE mine (id integer)",
    "take rights from the owner": "REVOKE ALL ON ledger_event FROM {owner};"
    " UPDATE ledger_event SET kind = 'x'",
    "drop a table": "DROP TABLE ledger_transfer CASCADE",
    "drop the schema": "DROP SCHEMA public CASCADE",
    "a new table": "CREATE TABLE ledger_more (id integer)",
    "a new schema": "CREATE SCHEMA mine",
    "a table in front of ours": "CREATE TEMP TABLE ledger_monthclose (month date)",
    "a function in front of ours": "CREATE FUNCTION pg_temp.sum(integer) RETURNS integer"
    " LANGUAGE sql AS 'SELECT 1'",
    "a column": "ALTER TABLE ledger_transfer ADD COLUMN x integer",
    "a column less": "ALTER TABLE ledger_transfer DROP COLUMN village_code",
    "a constraint less": "ALTER TABLE ledger_account DROP CONSTRAINT ledger_account_pkey CASCADE",
    "a child table": "CREATE TABLE mine () INHERITS (ledger_transfer)",
    "an index": "CREATE INDEX mine ON ledger_transfer (day)",
    "a name less": "ALTER TABLE ledger_transfer RENAME TO x",
    "rows back in their sequence": "SELECT setval('ledger_transfer_id_seq', 1)",
    "a rebuild of its own": "INSERT INTO ledger_rebuild (month, differences, requested_at)"
    " VALUES ('2026-05-01', 0, now())",
    "a roll-up locked": "LOCK TABLE ledger_areamonth IN ACCESS EXCLUSIVE MODE",
    "a fact locked for a change": "SELECT 1 FROM ledger_transfer FOR UPDATE",
    "what was migrated": "DELETE FROM django_migrations",
    "what a fee rule says": "UPDATE fees_feerule SET valid_from = '2020-01-01'",
    "a fee rule less": "DELETE FROM fees_feerule",
    "what a target was": "UPDATE targets_incometarget SET amount_satang = 1",
    "a target less": "DELETE FROM targets_incometarget",
    "what was signed of a year": "UPDATE yearpacks_yearpack SET sha256 = tables_sha256",
    "a signed year less": "DELETE FROM yearpacks_yearpack",
    "a number of an order less": "DELETE FROM placing_ordernumber",
    "a program of the server": "COPY ledger_event TO PROGRAM 'cat'",
    "a file of the server": "COPY ledger_event FROM '/etc/hostname'",
    "a block of code": "DO $$BEGIN UPDATE ledger_transfer SET amount_satang = 1; END$$",
}
DENIED = (
    "permission denied|must be owner|must be superuser|must be member|must have admin option"
    "|not member of role|unrecognized configuration|must have CREATEROLE"
)


@pytest.mark.parametrize("attempt", POWER)
def test_it_cannot_take_more_power_than_it_has(recorded, attempt):
    before = rights()

    refused(lambda: run(POWER[attempt].format(**vars(recorded.roles))), DENIED)

    assert rights() == before


def rights():
    """Rights, owners, triggers and functions of the ledger."""
    return [
        run(sql)
        for sql in (
            "SELECT relname, relowner, relacl::text FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace ORDER BY 1",
            "SELECT tgname, tgenabled, tgfoid FROM pg_trigger ORDER BY 1",
            "SELECT proname, prosrc, prosecdef, proowner, proconfig FROM pg_proc"
            " WHERE pronamespace = 'public'::regnamespace ORDER BY 1",
        )
    ]


@pytest.mark.parametrize("attempt", ROWS)
def test_what_the_owner_may_change_its_triggers_refuse(database, django_db_blocker, attempt):
    """Two walls: with the right to it, a change of a row is still refused."""
    with django_db_blocker.unblock(), database.signed_in(database.roles.owner):
        refused(lambda: run(ROWS[attempt]), "append-only|written by postings|no_truncate")


def test_well_over_a_hundred_attempts_are_made():
    assert len(ROWS) + len(BY_A_CONSTRAINT) + len(FORGERIES) + len(POWER) >= 100


# --- What it can do ------------------------------------------------------------------------------


def whole():
    return list(verification.verify()) == []


def test_sales_refunds_declared_sales_and_closes_are_recorded(recorded):
    weavers = Producer.objects.get()
    before = rig.income(PUI)

    sale, _ = rig.sell([rig.Part(weavers, {PUI: 70}, rig.Terms(fee=100_000))], {weavers.pk: 50})
    rig.refund(sale, {sale.shares[0].line_id: 30})
    rig.take_back(rig.declare_in({PUI: 20}, weavers))
    rig.declare_in({PUI: 15}, weavers)
    close = services.close_month(date(2026, 5, 1))

    assert before == {"sale": 100, "refund": 40}
    assert rig.income(PUI) == {"sale": 170, "refund": 70, "declared": 15}
    assert close.event_count == 7
    assert whole()


def test_events_are_sealed_and_the_commands_prove_it(recorded, capsys, tmp_path):
    rig.sell_in({PUI: 5}, producer=Producer.objects.get())

    call_command("ledger", "seal")
    call_command("ledger", "verify")
    call_command("ledger", "export", "--to", str(tmp_path / "ledger.jsonl"))

    assert capsys.readouterr().out.startswith("1 events sealed.\nThe ledger is whole: 3 events")
    assert Seal.objects.count() == 3


def test_a_rebuild_is_the_owners(recorded, monkeypatch):
    """It repairs what the roll-ups say; the application is refused, and nothing changed."""
    before = rig.rows()
    wrong = [(rollup.ROLL_UPS[0], "a line")]
    monkeypatch.setattr(verification, "differences_of_roll_ups", lambda _month: wrong)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        services.rebuild_month(rig.NOON.date())
    with pytest.raises(CommandError, match="Repairs are the owner's"):
        call_command("ledger", "rebuild", "--month", "2026-05")
    assert rig.rows() == before


def test_sessions_are_kept_and_forgotten(recorded):
    session = SessionStore()
    session["basket"] = 1
    session.create()

    assert SessionStore(session.session_key)["basket"] == 1
    session.delete()
    call_command("clearsessions")


def test_the_worker_runs_all_its_rounds_and_seals(recorded, caplog):
    rig.sell_in({PUI: 5}, producer=Producer.objects.get())

    worker.run_ready_jobs()
    worker.reap_jobs()
    worker.forget_finished_jobs()
    ran = worker.run_due_rounds()

    assert {"ledger.seal", "ledger.public_total", "provenance.drain_outbox"} <= set(ran)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
    assert Seal.objects.count() == 3


def test_pages_are_served(recorded, client):
    assert client.get("/").status_code == 200
    assert client.get("/accounts/login/").status_code == 200


def test_it_can_tell_that_no_migration_waits(recorded):
    call_command("migrate", "--check", verbosity=0)
