"""`manage.py ledger`: what the database's owner did behind its triggers is found, and repaired."""

from contextlib import contextmanager
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from marketplace.ledger import guards, rollup, services, verification
from marketplace.ledger.models import AreaMonth, Rebuild
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig

PUI, MAE = "50010811", "50010812"
MAY = date(2026, 5, 1)
TABLES = rollup.TABLES


@pytest.fixture
def sale(db):
    make_village(MAE, "บ้านแม่")
    weavers = make_producer(make_village(PUI))
    sale, _ = rig.sell([rig.Part(weavers, {PUI: 60, MAE: 40})], {weavers.pk: 50})
    rig.refund(sale, {sale.shares[0].line_id: 40})
    return sale


def ledger(*arguments):
    out = StringIO()
    call_command("ledger", *arguments, stdout=out)
    return out.getvalue()


@contextmanager
def the_owner():
    """Rows may be changed as the owner of the database can: the triggers are gone, then back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        yield cursor
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = origin")
    guards.install(connection)


def as_owner(*statements):
    with the_owner() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_a_whole_ledger_says_how_much_was_looked_at(sale):
    assert ledger("verify") == ("The ledger is whole: 2 events, 5 transfers, 7 roll-up rows.\n")
    assert ledger("verify", "--month", "2569-04") == (
        "The ledger is whole: 0 events, 0 transfers, 0 roll-up rows.\n"
    )


CHANGES = {
    "event whose transfers differ": "UPDATE ledger_event SET total_satang = 149"
    " WHERE kind = 'sale'",
    "transfer without its event": "DELETE FROM ledger_event WHERE kind = 'refund'",
    "line share refunded beyond": "UPDATE ledger_transfer SET amount_satang = 61"
    " WHERE kind = 'refund' AND village_code = '50010811'",
    "sale that differs from the frozen origin": "UPDATE ledger_transfer SET village_code ="
    " '50010899' WHERE kind = 'sale' AND village_code = '50010812'",
    "event made of transfers": "UPDATE ledger_event SET kind = 'declared', channel = 'stall'"
    " WHERE kind = 'sale'",
    "event that follows": "UPDATE ledger_event SET kind = 'dispute-lost' WHERE kind = 'refund'",
    **{
        f"roll-up is not its transfers: {t}": f"UPDATE {t} SET sold_satang = sold_satang + 1"
        for t in TABLES
    },
    **{f"roll-up is not its transfers: {t} 2026": f"DELETE FROM {t}" for t in TABLES},
    "transfer of an account that is gone": "DELETE FROM ledger_account"
    " WHERE kind = 'delivery.payable'",
    "transfer of another day": "UPDATE ledger_transfer SET day = '2026-05-02'"
    " WHERE kind = 'delivery'",
    "event whose origin was never frozen": "UPDATE ledger_transfer SET line_id = line_id + 1"
    " WHERE kind = 'refund'",
    "what is counted, yet no sale": "UPDATE ledger_transfer SET units_ppm = 1"
    " WHERE kind = 'refund'",
    "order counted wrong in an area": "UPDATE ledger_transfer SET first_of = 0"
    f" WHERE kind = 'sale' AND village_code = '{MAE}'",
    "order counted more than once": "UPDATE ledger_transfer SET first_of = 127 WHERE kind = 'sale'",
}


@pytest.mark.parametrize("difference", CHANGES)
@pytest.mark.parametrize("month", [None, MAY])
def test_a_change_behind_the_triggers_is_found(sale, difference, month):
    with transaction.atomic():
        if connection.vendor == "sqlite":
            connection.cursor().execute("PRAGMA defer_foreign_keys = ON")
        as_owner(CHANGES[difference])

        found = list(verification.verify(month))

        transaction.set_rollback(True)
    assert [line for line in found if line.startswith(difference)]
    assert list(verification.verify(month)) == []


@pytest.mark.parametrize("roll_up", rollup.ROLL_UPS, ids=TABLES)
def test_each_measure_of_a_roll_up_is_held_beside_its_transfers(sale, roll_up):
    """One satang more, and one less of one measure for each more of another."""
    names = roll_up.measures
    with transaction.atomic():
        with the_owner() as cursor:
            for name, other in zip(names, names[1:] + names[:1], strict=True):
                update = (
                    f"UPDATE {roll_up.table} SET {name} = {name} {{0}}, {other} = {other} {{1}}"
                )
                cursor.execute(update.format("+ 1", "- 1"))
                found = list(verification.roll_up_differences())
                cursor.execute(update.format("- 1", "+ 1"))

                assert found
                assert all(f"{name}=+1" in line and f"{other}=-1" in line for line in found)
                assert {line.split()[5] for line in found} == {roll_up.table}
        assert list(verification.roll_up_differences()) == []
        transaction.set_rollback(True)


def test_nothing_is_added_up_twice_where_nothing_is_wrong(sale):
    """A quick look that raises a false alarm costs the long way each time."""
    rig.assert_whole()


@pytest.mark.parametrize("table", TABLES)
def test_what_is_moved_from_one_row_to_another_is_found_in_both(sale, table):
    rig.sell_in({"13010101": 7})
    more, less = (
        f"UPDATE {table} SET sold_satang = sold_satang {sign} 1"
        f" WHERE id = (SELECT {which}(id) FROM {table})"
        for sign, which in (("+", "min"), ("-", "max"))
    )
    as_owner(more, less)

    found = list(verification.roll_up_differences(MAY))

    assert sorted(line.split()[-1] for line in found) == ["sold_satang=+1", "sold_satang=-1"]


def test_a_change_that_is_as_large_as_a_prime_is_found(sale):
    """Numbers are reckoned modulo a prime; nobody can know which."""
    much = 2 * (2**31 - 1)
    as_owner(f"UPDATE ledger_producermonth SET sold_satang = sold_satang + {much}")

    found = list(verification.roll_up_differences())

    assert {line.split()[-1] for line in found} == {f"sold_satang=+{much}"}


def test_a_difference_makes_the_command_fail_and_rebuild_repairs_it(sale):
    as_owner(f"UPDATE ledger_areamonth SET sold_satang = 61 WHERE area_code = '{PUI}'")
    out = StringIO()

    with pytest.raises(CommandError, match="1 differences"):
        call_command("ledger", "verify", stdout=out)

    assert out.getvalue() == (
        "roll-up is not its transfers: ledger_areamonth 2026-05-01 8 50010811 sold_satang=+1\n"
    )
    assert ledger("rebuild", "--month", "2026-05").endswith(
        "2026-05 made anew; 1 rows were wrong.\n"
    )
    assert rig.income(PUI) == {"sale": 60, "refund": 24}
    asked = Rebuild.objects.get()
    assert (asked.roll_up, asked.differences) == ("ledger_areamonth", 1)
    assert ledger("verify").startswith("The ledger is whole")


def test_a_rebuild_brings_back_a_lost_month_and_leaves_others(sale):
    june = rig.NOON.replace(month=6)
    rig.sell_in({PUI: 5}, june)
    before = roll_ups()
    as_owner(*(f"DELETE FROM {table}" for table in TABLES))

    wrong_in_may = services.rebuild_month(date(2026, 5, 31))
    assert {line.split()[5] for line in wrong_in_may} == set(TABLES)
    assert set(AreaMonth.objects.values_list("month", flat=True)) == {MAY}
    services.rebuild_month(date(2026, 6, 2))

    assert roll_ups() == before
    assert {row.roll_up for row in Rebuild.objects.all()} == set(TABLES)
    assert services.rebuild_month(MAY) == []
    assert Rebuild.objects.count() == 2 * len(TABLES)


def roll_ups():
    """Every row of every roll-up, whichever shard it was written to."""
    found = {}
    for model in rig.ROLL_UPS:
        rows = [{**row, "id": 0, "shard": 0} for row in model.objects.values()]
        found[model.__name__] = sorted(rows, key=str)
    return found


def test_a_month_that_is_none_is_refused(db):
    with pytest.raises(CommandError, match="write the month like 2026-05"):
        ledger("verify", "--month", "2026-13")


def trigger_names():
    if connection.vendor == "sqlite":
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'ledger_%%'"
    else:
        sql = (
            "SELECT tgname FROM pg_trigger WHERE tgrelid::regclass::text LIKE 'ledger_%%'"
            " AND NOT tgisinternal"
        )
    with connection.cursor() as cursor:
        cursor.execute(sql, [])
        return sorted(name for (name,) in cursor.fetchall())


def test_each_missing_trigger_is_named(sale):
    names = trigger_names()
    assert len(names) == (42 if connection.vendor == "sqlite" else 30)

    for name in names:
        with transaction.atomic():
            drop(name)
            assert list(verification.verify()) == [f"missing: {name}"]
            transaction.set_rollback(True)

    assert trigger_names() == names


def drop(name):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute(
                "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [name]
            )
            cursor.execute(f"DROP TRIGGER {name} ON {cursor.fetchone()[0]}")


def test_a_trigger_that_says_something_else_is_named_and_replaced(sale):
    name = "ledger_event_refusal_1" if connection.vendor == "sqlite" else "ledger_event_seal"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(
                f"CREATE TRIGGER {name} BEFORE INSERT ON ledger_event BEGIN SELECT 1; END"
            )
        else:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION ledger_event_seal() RETURNS trigger"
                " LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
            )

    assert list(verification.verify()) == [f"missing: {name}"]
    guards.install(connection)
    assert list(verification.verify()) == []


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (
            "CREATE OR REPLACE FUNCTION core_refuse_change() RETURNS trigger"
            " LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            "core_refuse_change",
        ),
        (
            "DROP TRIGGER ledger_transfer_no_update ON ledger_transfer;"
            " CREATE TRIGGER ledger_transfer_no_update BEFORE UPDATE ON ledger_transfer"
            " FOR EACH ROW WHEN (OLD.amount_satang < 0) EXECUTE FUNCTION core_refuse_change()",
            "ledger_transfer_no_update",
        ),
    ],
)
def test_verify_fails_while_a_refusal_refuses_nothing(sale, statement, named):
    out = StringIO()
    with connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("UPDATE ledger_transfer SET number = number")  # nobody refuses it now

    with pytest.raises(CommandError, match="1 difference"):
        call_command("ledger", "verify", stdout=out)

    assert out.getvalue() == f"missing: {named}\n"
    guards.install(connection)
    assert ledger("verify").startswith("The ledger is whole")


def test_a_trigger_that_is_not_ours_is_named(sale):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("CREATE TRIGGER sly AFTER INSERT ON ledger_event BEGIN SELECT 1; END")
        else:
            cursor.execute(
                "CREATE TRIGGER sly AFTER INSERT ON ledger_event FOR EACH ROW"
                " EXECUTE FUNCTION ledger_event_seal()"
            )

    assert list(verification.verify()) == ["not ours: sly"]
