"""Whoever changes what was recorded, with whatever rights, is found by the outside verifier."""

import json
import subprocess
import sys
from contextlib import suppress
from datetime import date, timedelta
from random import Random
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from marketplace.core import thai
from marketplace.ledger import sealing, services, verifier
from marketplace.ledger.models import DayRoot, Event, Seal
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig
from tests.marketplace.ledger.test_verify import as_owner, ledger

PUI, MAE = "50010811", "50010812"


@pytest.fixture
def sealed(db):
    """Five sales, refunds and a payout, sealed on two days, the first with its root."""
    make_village(MAE, "บ้านแม่")
    weavers = make_producer(make_village(PUI))
    terms = rig.Terms(producer_discount=50_000, fee=30_000)
    for number in range(1, 4):
        part = rig.Part(weavers, {PUI: 100 * number, MAE: 33}, terms, programmes=("nawatwithi",))
        sale, _event = rig.sell([part], {weavers.pk: 50})
        rig.refund(sale, {sale.shares[0].line_id: 40})
    services.seal_events()
    tomorrow = timezone.now() + timedelta(days=1)
    with (
        patch("django.utils.timezone.now", return_value=tomorrow),
        patch.object(thai, "today", return_value=thai.today() + timedelta(days=1)),
    ):
        rig.sell_in({PUI: 7}, producer=weavers)
        services.seal_events()
    return weavers


def exported():
    return [json.loads(verifier.canonical(row)) for row in sealing.export_rows()]


def test_events_are_sealed_once_in_the_order_of_recording(sealed):
    seals = Seal.objects.order_by("pk").select_related("event")

    assert [seal.number for seal in seals] == [1, 2, 3, 4, 5, 6, 7]
    recorded = [seal.event.recorded_at for seal in seals]
    assert recorded == sorted(recorded)
    assert services.seal_events() == 0


def test_a_day_has_its_root_when_it_is_over(sealed):
    root = DayRoot.objects.get()

    assert (root.day, root.first_number, root.last_number) == (thai.today(), 1, 6)
    leaves = list(Seal.objects.filter(pk__lte=6).order_by("pk").values_list("leaf_hash", flat=True))
    assert root.root_hash == verifier.merkle_root(leaves)
    assert services.publish_roots() == []


def test_what_was_not_touched_passes(sealed):
    assert list(verifier.check(exported())) == []
    assert list(verifier.check(exported(), {str(thai.today()): root_hash()})) == []


def root_hash():
    return DayRoot.objects.get().root_hash


def test_an_event_that_was_never_sealed_is_named(sealed):
    rig.sell_in({PUI: 7}, producer=sealed)

    assert [line.split()[-3:] for line in verifier.check(exported())] == [
        ["was", "never", "sealed"]
    ]


def test_who_forges_seals_and_roots_as_well_meets_the_root_that_was_published(sealed):
    kept = {str(thai.today()): root_hash()}
    with transaction.atomic():
        as_owner(
            "UPDATE ledger_event SET reason = 'forged' WHERE kind = 'sale'",
            "DELETE FROM ledger_seal",
            "DELETE FROM ledger_dayroot",
        )
        earlier = timezone.now()
        services.seal_events()
        with patch.object(thai, "today", return_value=thai.today() + timedelta(days=2)):
            services.publish_roots()
        rows = exported()
        transaction.set_rollback(True)

    assert earlier <= timezone.now()
    assert list(verifier.check(rows)) == []
    assert [line.split(":")[1] for line in verifier.check(rows, kept)] == [
        " another root was published"
    ]


# --- A thousand changes --------------------------------------------------------------------------

TABLES = (
    *("ledger_event", "ledger_transfer", "ledger_account"),
    *("provenance_lineorigin", "provenance_origingroup", "ledger_seal", "ledger_dayroot"),
)
CHANGES = 1_000


def columns(table):
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, table)
        cursor.execute(f"SELECT * FROM {table}")
        return [one.name for one in found], cursor.fetchall()


def other(value, random):
    """A value of the same kind that is not this one."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + random.choice([-1, 1, 1_000])
    if isinstance(value, date):
        return value + timedelta(days=random.choice([-1, 1, 30]))
    if isinstance(value, UUID):
        return uuid4()
    if value is None:
        return random.choice([1, "x", uuid4()])
    return None if not isinstance(value, str) else f"{value[:-1]}{chr(ord(value[-1:] or 'a') ^ 1)}"


def random_change(random, tables):
    """A statement that changes one value of one row, or takes a row away."""
    table = random.choice(TABLES)
    names, rows = tables[table]
    row = random.choice(rows)
    key = (names[0], row[0])
    if random.random() < 0.1:
        return f"DELETE FROM {table} WHERE {key[0]} = %s", [key[1]]
    for _ in range(50):
        place = random.randrange(1, len(names))
        changed = other(row[place], random)
        if changed is not None and names[place] not in UNSAID:
            return f"UPDATE {table} SET {names[place]} = %s WHERE {key[0]} = %s", [changed, key[1]]
    return f"DELETE FROM {table} WHERE {key[0]} = %s", [key[1]]


UNSAID = {"made_at"}  # of no meaning: when the row about a day's root was made


@pytest.mark.only_on("postgresql")
def test_a_thousand_changes_by_the_owner_are_all_found(sealed):
    random, missed, done = Random(20), [], 0
    tables = {table: columns(table) for table in TABLES}
    kept = {str(thai.today()): root_hash()}

    while done < CHANGES:
        sql, values = random_change(random, tables)
        with suppress(DatabaseError), transaction.atomic():
            change_as_owner(sql, values)  # or a constraint of the table refuses even the owner
            done += 1
            if not list(verifier.check(exported(), kept)):
                missed.append((sql, values))
            transaction.set_rollback(True)

    assert missed == []


def change_as_owner(sql, values):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)


# --- Proofs --------------------------------------------------------------------------------------


def test_a_proof_is_small_and_leads_to_the_root(sealed):
    sale = Event.objects.filter(kind="sale").order_by("recorded_at").first()

    proof = sealing.proof_of(sale)

    assert list(verifier.check_proof(proof)) == []
    assert proof["header"]["total_satang"] == sale.total_satang
    assert (proof["day"], proof["root_hash"]) == (str(thai.today()), root_hash())
    assert len(verifier.canonical(proof)) < 2_000


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 1_000])
def test_every_leaf_of_a_day_has_a_path_to_its_root(count):
    leaves = [verifier.digest(str(n).encode()) for n in range(count)]
    root = verifier.merkle_root(leaves)

    for position in {0, 1, count // 2, count - 1} & set(range(count)):
        path = verifier.merkle_path(leaves, position)
        assert verifier.root_from(leaves[position], path) == root
        wrong = verifier.digest(b"x")
        assert verifier.root_from(wrong, path) != root
        assert len(path) <= 10


def test_a_proof_of_another_amount_does_not_hold(sealed):
    proof = sealing.proof_of(Event.objects.filter(kind="sale").order_by("recorded_at").first())
    proof["header"]["total_satang"] += 1

    assert list(verifier.check_proof(proof)) == ["the proof does not lead to the root of the day"]


def test_there_is_no_proof_before_the_day_is_over(sealed):
    assert sealing.proof_of(Event.objects.order_by("recorded_at").last()) is None


# --- As an outsider runs it ----------------------------------------------------------------------


def run_verifier(*arguments):
    found = subprocess.run(
        [sys.executable, "-I", "-S", verifier.__file__, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    return found.returncode, found.stdout


def test_the_one_file_runs_alone_on_an_export(sealed, tmp_path):
    export, roots = tmp_path / "export.jsonl", tmp_path / "roots.json"
    ledger("export", "--to", str(export))
    kept = {"day": str(thai.today()), "root_hash": root_hash()}
    roots.write_text(json.dumps({"roots": [kept]}))

    assert run_verifier(export, "--roots", roots) == (0, "All is as it was sealed.\n")

    changed = export.read_text(encoding="utf-8").replace('"reason":""', '"reason":"x"')
    export.write_text(changed, encoding="utf-8")
    code, said = run_verifier(export)
    assert code == 1 and "the event is not what was sealed" in said


def test_the_one_file_checks_a_proof(sealed, tmp_path):
    proof = tmp_path / "proof.json"
    sale = Event.objects.filter(kind="sale").order_by("recorded_at").first()
    proof.write_bytes(verifier.canonical(sealing.proof_of(sale)))

    assert run_verifier("--proof", proof) == (0, "All is as it was sealed.\n")


def test_a_link_depends_on_every_seal_before_it():
    ends = set()
    for first in ("one event", "another"):
        chain = verifier.GENESIS
        for leaf in (first, "the same"):
            chain = verifier.link(chain, leaf, "2026-05-01T00:00:00+00:00")
        ends.add(chain)

    assert len(ends) == 2
