"""What each role of a deployment may do, asked of PostgreSQL itself."""

import os
import subprocess
import sys
from argparse import ArgumentTypeError
from dataclasses import replace
from urllib.parse import quote

import pytest
from django.db import DatabaseError, connection, transaction

from deploy.roles import Refusal, catalogue
from deploy.roles import __main__ as command
from deploy.roles.acts import grant
from shop.bookkeeping import guards as bookkeeping
from shop.targets import guards as targets
from shop.yearpacks import guards as yearpacks
from tests.marketplace.ledger import rig
from tests.separate_roles import PASSWORD, run, separated

pytestmark = [pytest.mark.postgres, pytest.mark.only_on("postgresql")]

FACTS = {
    *("ledger_account", "ledger_event", "ledger_transfer"),
    *("ledger_monthclose", "ledger_seal", "ledger_dayroot"),
    *("provenance_lineorigin", "provenance_origingroup", "placing_ordernumber"),
}
DECISIONS = {*bookkeeping.TABLES, targets.TABLE, yearpacks.TABLE}
ROLL_UPS = {model._meta.db_table for model in rig.ROLL_UPS}
THE_OWNERS = {"ledger_rebuild", "django_migrations"}
ABOUT_PEOPLE = (
    *("accounts_user", "account_emailaddress", "mfa_authenticator", "django_session"),
    *("address_useraddress", "order_shippingaddress", "order_billingaddress", "order_order"),
    *("communication_email", "payments_ordermail", "producers_payoutaccount", "core_auditentry"),
    *("producers_producer", "producers_membership", "villages_villagemembership"),
    *("parcels_parcel", "stall_declaredsale", "payments_stripeevent", "core_outboxentry"),
)


@pytest.fixture(scope="module")
def database(django_db_setup, django_db_blocker):
    with (
        django_db_blocker.unblock(),
        separated(
            f"test_rights_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
        ) as made,
    ):
        yield made


@pytest.fixture
def undone(database, django_db_blocker):
    """What the administrator changes in the test is undone, roles included."""
    with django_db_blocker.unblock(), database.signed_in(), transaction.atomic():
        yield database
        transaction.set_rollback(True)


TABLE_ACTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")


def tables_by_acts(role):
    """Acts on whole rows -> the tables on which the role may do just these."""
    acts = ", ".join(f"has_table_privilege('{role}', oid, '{act}')" for act in TABLE_ACTS)
    found = {}
    for table, *may in run(
        f"SELECT relname, {acts} FROM pg_class"
        " WHERE relkind IN ('r', 'p', 'v', 'm') AND relnamespace = 'public'::regnamespace"
    ):
        words = " ".join(act for act, is_so in zip(TABLE_ACTS, may, strict=True) if is_so)
        found.setdefault(words, set()).add(table)
    return found


def columns(role, act):
    """Table -> columns on which the role may do it."""
    found = {}
    for table, column in run(
        "SELECT relname, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
        " WHERE relkind IN ('r', 'p', 'v', 'm') AND relnamespace = 'public'::regnamespace"
        " AND attnum > 0 AND NOT attisdropped"
        f" AND has_column_privilege('{role}', attrelid, attnum, '{act}')"
    ):
        found.setdefault(table, set()).add(column)
    return found


def test_the_application_changes_no_fact_and_writes_no_roll_up(undone):
    role = undone.roles.application

    found = tables_by_acts(role)

    ordinary = found.pop("SELECT INSERT UPDATE DELETE")
    assert found == {
        "SELECT INSERT": FACTS | DECISIONS | {"fees_feerule"},
        "SELECT": ROLL_UPS | THE_OWNERS,
        "": {"catalogue_product_category_hierarchy"},  # Oscar's view, which the site does not use
    }
    assert len(ordinary) > 150
    assert {"accounts_user", "django_session", "core_joblease", "order_order"} <= ordinary
    may_update = columns(role, "UPDATE")
    assert may_update["fees_feerule"] == {"id", "position", "is_active", "valid_until"}
    assert not may_update.keys() & (FACTS | DECISIONS | ROLL_UPS | THE_OWNERS)


def test_reporting_reads_the_ledger_and_its_places_and_nothing_of_people(undone):
    role = undone.roles.reporting

    assert set(tables_by_acts(role)) == {""}  # column by column only
    read = columns(role, "SELECT")
    assert set(read) == (FACTS - {"placing_ordernumber"}) | ROLL_UPS | {
        "ledger_rebuild",
        *("places_province", "places_amphoe", "places_tambon"),
        *("places_postcode", "places_succession", "places_formername"),
        *("villages_village", "villages_programme", "villages_programmemembership"),
        *("villages_route", "villages_routestop"),
    }
    assert not set(read) & set(ABOUT_PEOPLE)
    assert {"actor_id", "approved_by_id", "reason", "closed_by_id", "status_reason"}.isdisjoint(
        set().union(*read.values())
    )
    for act in ("INSERT", "UPDATE", "REFERENCES"):
        assert columns(role, act) == {}


def test_all_tables_about_people_are_there():
    """Else the test above would prove nothing of them."""
    assert len(set(ABOUT_PEOPLE)) == 19


@pytest.mark.parametrize("whose", ["application", "reporting"])
def test_nobody_but_the_owner_makes_anything(undone, whose):
    role = getattr(undone.roles, whose)
    database = undone.copy.name

    assert run(
        f"SELECT has_database_privilege('{role}', '{database}', 'CONNECT'),"
        f" has_database_privilege('{role}', '{database}', 'CREATE'),"
        f" has_database_privilege('{role}', '{database}', 'TEMP'),"
        f" has_schema_privilege('{role}', 'public', 'USAGE'),"
        f" has_schema_privilege('{role}', 'public', 'CREATE'),"
        f" pg_has_role('{role}', '{undone.roles.owner}', 'MEMBER')"
    ) == [(True, False, False, True, False, False)]
    assert (
        run(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            f" AND has_function_privilege('{role}', oid, 'EXECUTE')"
        )
        == []
    )
    sequences = run(
        f"SELECT DISTINCT has_sequence_privilege('{role}', oid, 'USAGE'),"
        f" has_sequence_privilege('{role}', oid, 'UPDATE') FROM pg_class WHERE relkind = 'S'"
    )
    assert sequences == [(whose == "application", False)]


def test_what_triggers_do_for_others_is_done_as_the_owner(undone):
    functions = run(
        "SELECT proname, pg_get_userbyid(proowner), proconfig FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace AND prosecdef ORDER BY 1"
    )

    path = ["search_path=pg_catalog, public, pg_temp"]
    assert functions == [
        ("ledger_event_roll_up", undone.roles.owner, path),
        ("ledger_rebuild_month", undone.roles.owner, path),
    ]
    assert run(
        "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        f" AND pg_get_userbyid(relowner) <> '{undone.roles.owner}'"
    ) == [(0,)]


def test_roles_are_plain_and_their_passwords_kept_as_hashes(undone):
    names = [undone.roles.owner, undone.roles.application, undone.roles.reporting]

    assert [catalogue.roles()[name] for name in names] == [True] * 3
    kept = run(f"SELECT rolpassword FROM pg_authid WHERE rolname IN {tuple(names)}")
    assert [password.partition("$")[0] for (password,) in kept] == ["SCRAM-SHA-256"] * 3


def state():
    """Owners and rights of everything."""
    return catalogue.rights(), run("SELECT oid, relowner FROM pg_class ORDER BY 1")


def test_a_second_run_changes_nothing(undone):
    before = state()

    assert undone.make() == []
    assert grant(undone.roles) == []
    assert state() == before


def test_the_owner_itself_opens_what_a_migration_made_and_no_view(undone):
    run("CREATE TABLE places_later (id integer GENERATED BY DEFAULT AS IDENTITY, person text)")
    run("CREATE VIEW later AS SELECT * FROM ledger_transfer")
    run(f"ALTER TABLE places_later OWNER TO {undone.roles.owner}")
    run(f"ALTER VIEW later OWNER TO {undone.roles.owner}")
    run(f"SET LOCAL ROLE {undone.roles.owner}")
    assert tables_by_acts(undone.roles.application)[""] >= {"places_later", "later"}

    done = grant(undone.roles)

    role = undone.roles.application
    assert done == [
        f"sequence places_later_id_seq: {role} USAGE",
        f"table places_later: {role} DELETE, INSERT, SELECT, UPDATE",
    ]
    assert "places_later" not in columns(undone.roles.reporting, "SELECT")


def test_a_column_that_comes_later_is_closed_to_reporting(undone):
    run("ALTER TABLE ledger_transfer ADD COLUMN person text")

    assert grant(undone.roles) == []
    assert "person" not in columns(undone.roles.reporting, "SELECT")["ledger_transfer"]


def test_a_table_that_becomes_append_only_is_closed(undone):
    run(
        "CREATE TRIGGER accounts_user_no_delete BEFORE DELETE ON accounts_user"
        " FOR EACH ROW EXECUTE FUNCTION core_refuse_change()"
    )

    done = grant(undone.roles)

    assert done == [f"table accounts_user: {undone.roles.application} INSERT, SELECT, UPDATE"]


@pytest.mark.parametrize(
    "given",
    [
        "GRANT UPDATE ON ledger_transfer TO {application}",
        "GRANT UPDATE (day) ON ledger_transfer TO {application}",
        "GRANT SELECT ON fees_feerule TO {application} WITH GRANT OPTION",
        "GRANT TRUNCATE ON accounts_user TO {application}",
        "GRANT SELECT ON accounts_user TO {reporting}",
        "GRANT SELECT ON accounts_user TO PUBLIC",
        "GRANT CREATE ON SCHEMA public TO {application}",
        "GRANT EXECUTE ON FUNCTION ledger_event_roll_up() TO {application}",
        "GRANT UPDATE ON SEQUENCE ledger_transfer_id_seq TO {application}",
    ],
)
def test_what_somebody_gave_beside_it_is_taken_back(undone, given):
    before = state()
    run(given.format(**vars(undone.roles)))
    assert state() != before

    assert len(grant(undone.roles)) == 1
    assert state() == before


@pytest.mark.parametrize(
    ("wrong", "because"),
    [
        ("ALTER ROLE {application} SUPERUSER", "{application} must be a plain role"),
        ("ALTER ROLE {application} CREATEROLE", "{application} must be a plain role"),
        ("ALTER ROLE {owner} SUPERUSER", "{owner} must be a plain role"),
        ("GRANT {owner} TO {application}", "{application} must be a plain role"),
        ("GRANT pg_read_all_data TO {reporting}", "{reporting} must be a plain role"),
        ("ALTER TABLE ledger_seal OWNER TO CURRENT_USER", "TABLE ledger_seal is not {owner}'s"),
        ("DROP TRIGGER ledger_event_no_update ON ledger_event", "ledger_event_no_update"),
        ("ALTER TABLE placing_ordernumber DISABLE TRIGGER ALL", "placing_ordernumber_no_update"),
    ],
)
def test_nothing_is_granted_where_something_is_wrong(undone, wrong, because):
    names = vars(undone.roles)
    run(wrong.format(**names))
    before = state()

    with pytest.raises(Refusal, match=because.format(**names)):
        grant(undone.roles)

    assert state() == before


def test_only_the_owner_or_an_administrator_grants(undone):
    before = state()
    run(f"SET LOCAL ROLE {undone.roles.owner}")
    with pytest.raises(Refusal, match=f"^{undone.roles.owner} may not do this"):
        undone.make()
    run("RESET ROLE")
    run(f"SET LOCAL ROLE {undone.roles.application}")
    with pytest.raises(Refusal, match=f"name {undone.roles.owner} or an administrator"):
        grant(undone.roles)
    run("RESET ROLE")

    assert state() == before


def test_roles_that_are_not_there_or_are_the_same_are_named(undone):
    with pytest.raises(Refusal, match="There is no role nobody_yet"):
        grant(replace(undone.roles, reporting="nobody_yet"))
    with pytest.raises(Refusal, match="three names"):
        grant(replace(undone.roles, reporting=undone.roles.application))


def test_reporting_reads_a_month_by_its_own_connection_and_nothing_else(
    database, django_db_blocker
):
    with django_db_blocker.unblock(), database.signed_in(database.roles.reporting):
        assert (
            run(
                "SELECT sold_satang, code FROM ledger_areamonth JOIN places_province"
                " ON code = area_code"
            )
            == []
        )
        assert run(
            "SELECT count(*) FROM ledger_transfer JOIN provenance_lineorigin o ON o.id = origin_id"
        ) == [(0,)]
        for sql in (
            *(f"SELECT * FROM {table}" for table in ABOUT_PEOPLE),
            "SELECT actor_id FROM ledger_event",
            "INSERT INTO places_postcode (postcode, tambon_id) VALUES ('50000', '500108')",
            "UPDATE places_province SET region = 'n'",
            "DELETE FROM ledger_areamonth",
            "CREATE TEMP TABLE mine (id integer)",
            "CREATE TABLE mine (id integer)",
        ):
            with pytest.raises(DatabaseError, match="permission denied"):
                run(sql)


def test_the_command_grants_and_says_so(undone, monkeypatch, capsys):
    monkeypatch.setenv("DB_OWNER", undone.roles.owner)
    monkeypatch.setenv("DB_REPORTING", undone.roles.reporting)
    run("CREATE TABLE later (id integer)")
    run(f"ALTER TABLE later OWNER TO {undone.roles.owner}")
    arguments = ["grant", f"--application={undone.roles.application}"]

    command.main(arguments)
    command.main(arguments)

    assert capsys.readouterr().out == (
        f"table later: {undone.roles.application} DELETE, INSERT, SELECT, UPDATE\n"
        "Nothing to change.\n"
    )


def test_the_command_is_run_by_the_owner_in_a_process_of_its_own(database, django_db_blocker):
    with django_db_blocker.unblock():
        server = connection.settings_dict
    owner = f"{database.roles.owner}:{quote(PASSWORD)}"
    url = f"postgresql://{owner}@{server['HOST']}:{server['PORT']}/{database.copy.name}"
    names = [f"--{name}={role}" for name, role in vars(database.roles).items()]

    done = subprocess.run(
        [sys.executable, "-m", "deploy.roles", "grant", *names],
        env=os.environ | {"DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, "Nothing to change.\n"), done.stderr


def test_the_command_stops_with_a_sentence(undone, monkeypatch, capsys):
    with pytest.raises(SystemExit, match="There is no role nobody_yet: run `make`"):
        command.main(["grant", "--owner=nobody_yet"])
    with pytest.raises(SystemExit):
        command.main(["grant", "--owner=x; DROP ROLE y"])
    assert "not a name of small letters" in capsys.readouterr().err
    with pytest.raises(ArgumentTypeError):
        command._name("Owner")


def test_a_function_that_comes_later_is_nobody_elses_to_call(undone):
    run(f"SET LOCAL ROLE {undone.roles.owner}")
    run("CREATE FUNCTION later() RETURNS integer LANGUAGE sql AS 'SELECT 1'")

    role = undone.roles.application
    assert run(f"SELECT has_function_privilege('{role}', 'later()', 'EXECUTE')") == [(False,)]
