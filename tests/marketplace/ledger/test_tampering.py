"""Every way we know to change the ledger by plain SQL is refused, and nothing changes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from marketplace.ledger.models import Account, Event, Transfer
from marketplace.producers.models import Producer
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig

PUI, MAE = "50010811", "50010812"
FACTS = ("ledger_account", "ledger_event", "ledger_transfer", "ledger_rebuild")
ONLY_SQLITE = {
    **{f"replace in {t}": f"INSERT OR REPLACE INTO {t} SELECT * FROM {t}" for t in FACTS},
    "update or replace a transfer": "UPDATE OR REPLACE ledger_transfer SET number = 1",
    "update or ignore an event": "UPDATE OR IGNORE ledger_event SET reason = 'x'",
    "replace an event by its key": "REPLACE INTO ledger_event SELECT"
    " '00000000000000000000000000000000', idempotency_key, input_hash, kind, order_number,"
    " provider_reference, occurred_at, day, transfer_count, total_satang, reason, recorded_at,"
    " posted_in, actor_id, reverses_id FROM ledger_event LIMIT 1",
}
ONLY_POSTGRES = {
    **{f"truncate {t}": f"TRUNCATE {t} CASCADE" for t in (*FACTS, "ledger_villagemonth")},
    "add to the roll-up": "INSERT INTO ledger_villagemonth"
    " (month, village_code, kind, amount_satang, transfer_count)"
    " VALUES ('2026-05-01', '50010899', 'sale', 1, 1)",
    "raise the roll-up": "UPDATE ledger_villagemonth SET amount_satang = amount_satang + 1",
    "empty the roll-up": "DELETE FROM ledger_villagemonth",
    "copy into the roll-up": "WITH gone AS (DELETE FROM ledger_villagemonth RETURNING 1)"
    " SELECT * FROM gone",
    "merge into a transfer": "MERGE INTO ledger_transfer t USING ledger_account a"
    " ON a.id = t.debit_id WHEN MATCHED THEN UPDATE SET amount_satang = 1",
}
ANYWHERE = {
    **{f"delete from {t}": f"DELETE FROM {t}" for t in FACTS},
    "raise an amount": "UPDATE ledger_transfer SET amount_satang = amount_satang + 1",
    "give income to another village": f"UPDATE ledger_transfer SET village_code = '{MAE}'",
    "move to another producer": "UPDATE ledger_transfer SET producer_id = NULL",
    "backdate a transfer": "UPDATE ledger_transfer SET day = '2026-04-30'",
    "backdate an event": "UPDATE ledger_event SET day = '2026-04-30'",
    "change an event's total": "UPDATE ledger_event SET total_satang = 1, transfer_count = 1",
    "change an event's key": "UPDATE ledger_event SET idempotency_key = 'again'",
    "update an event to what it is": "UPDATE ledger_event SET kind = kind",
    "rename an account": "UPDATE ledger_account SET code = 'platform'",
    "give an account to another": "UPDATE ledger_account SET producer_id = NULL",
    "change the record of a repair": "UPDATE ledger_rebuild SET differences = 0",
    "upsert an account": "INSERT INTO ledger_account (code, kind, currency)"
    " VALUES ('gateway.clearing', 'x', 'THB') ON CONFLICT (code) DO UPDATE SET kind = 'x'",
    "an account in dollars": "INSERT INTO ledger_account (code, kind, currency)"
    " VALUES ('x', 'x', 'USD')",
}


@pytest.fixture
def sale(db):
    """One sale of 100 satang and one refund of 40 of it."""
    make_village(MAE, "บ้านแม่")
    weavers = make_producer(make_village(PUI))
    sale, _ = rig.sell([rig.Part(weavers, {PUI: 100})], {weavers.pk: 50})
    rig.refund(sale, {sale.shares[0].line_id: 40})
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_rebuild (month, differences, requested_at)"
            " VALUES ('2026-05-01', 0, '2026-05-20')"
        )
    return sale


def refused(act, because=None):
    """The act fails, at the latest when its transaction would be committed; nothing changed."""
    before = rig.rows()
    with pytest.raises(DatabaseError, match=because), transaction.atomic():
        act()
        connection.check_constraints()
    assert rig.rows() == before


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("attempt", ANYWHERE)
def test_no_statement_changes_a_row(sale, attempt):
    refused(lambda: run(ANYWHERE[attempt]))


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("attempt", ONLY_SQLITE)
def test_no_trick_of_sqlite_replaces_a_row(sale, attempt):
    refused(lambda: run(ONLY_SQLITE[attempt]))


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("attempt", ONLY_POSTGRES)
def test_no_trick_of_postgresql_changes_facts_or_roll_up(sale, attempt):
    refused(lambda: run(ONLY_POSTGRES[attempt]))


# --- Rows that were never posted by a service ----------------------------------------------------


def copy(row, **other):
    """An unsaved copy of a ledger row with other facts."""
    facts = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields} | other
    if "id" not in other:
        facts.pop("id")
    return type(row)(**facts)


DELIVERY = {"kind": "delivery", "origin_id": None, "line_id": None, "village_code": ""}


def forge(kind, transfer=None, event=None):
    """Insert a copy of the recorded sale or refund with other facts, transfers first.

    The copy of a sale is one of delivery, since a line share is sold once.
    """
    transfer, event = transfer or {}, event or {}
    real = Event.objects.get(kind=kind)
    number = real.order_number if kind == "refund" else "forged"
    unlike = {"id": uuid4(), "idempotency_key": f"forged {kind}", "order_number": number}
    made = copy(real, **(unlike | event))
    unlike = {"event_id": made.id, "day": made.day} | (DELIVERY if kind == "sale" else {})
    forged = copy(real.transfers.get(kind=kind), **(unlike | transfer))
    made.transfer_count = event.get("transfer_count", 1)
    made.total_satang = event.get("total_satang", forged.amount_satang)
    Transfer.objects.bulk_create([forged])
    made.save(force_insert=True)


def accounts():
    return {a.kind: a.pk for a in Account.objects.all()}


def day_before():
    return Event.objects.first().day - timedelta(days=1)


FORGERIES = {
    "counted wrong": ("differ from", lambda: forge("sale", event={"transfer_count": 2})),
    "summed wrong": ("differ from", lambda: forge("sale", event={"total_satang": 101})),
    "of another day than its transfers": (
        "differ from",
        lambda: forge("sale", transfer={"day": day_before()}),
    ),
    "of nothing": ("above_zero", lambda: forge("sale", transfer={"amount_satang": 0})),
    "below zero": ("above_zero", lambda: forge("sale", transfer={"amount_satang": -1})),
    "from an account to itself": (
        "two_accounts",
        lambda: forge("sale", transfer={"credit_id": accounts()["gateway.clearing"]}),
    ),
    "of an account that is not there": (
        "(?i)foreign key",
        lambda: forge("sale", transfer={"debit_id": 10**6}),
    ),
    "under a known key": (
        "no_replace|idempotency_key",
        lambda: forge("sale", event={"idempotency_key": Event.objects.first().idempotency_key}),
    ),
    "under no key": ("has_a_key", lambda: forge("sale", event={"idempotency_key": ""})),
    "of an order that was sold": (
        "no_replace|one_sale_an_order",
        lambda: forge("sale", event={"order_number": Event.objects.first().order_number}),
    ),
    "of a share that was sold": (
        "no_replace|share_sold_once",
        lambda: forge("sale", transfer=goods()),
    ),
    "of goods without origin": (
        "has_an_origin",
        lambda: forge("sale", transfer=unsold_goods() | {"origin_id": None}),
    ),
    "of goods of no village": (
        "has_an_origin",
        lambda: forge("sale", transfer=unsold_goods() | {"village_code": ""}),
    ),
    "of a village of seven digits": (
        "8_digits",
        lambda: forge("sale", transfer={"village_code": "5001081"}),
    ),
    "of a village of letters": (
        "8_digits",
        lambda: forge("sale", transfer={"village_code": "5001081x"}),
    ),
    "that reverses what is no refund": (
        "reverses_a_transfer",
        lambda: forge("sale", transfer={"reverses_id": sold().pk}),
    ),
    "that reverses itself": (
        "names_its_sale",
        lambda: forge("sale", event=dict.fromkeys(("id", "reverses_id"), uuid4())),
    ),
    "refunded beyond what was sold": (
        "mirror its sale",
        lambda: forge("refund", transfer={"amount_satang": 61}),
    ),
    "refunded without its sale": (
        "names_its_sale|mirror its sale",
        lambda: forge("refund", event={"reverses_id": None}),
    ),
    "refunded without its transfer": (
        "reverses_a_transfer",
        lambda: forge("refund", transfer={"reverses_id": None}),
    ),
    "refunded from another village": (
        "mirror its sale",
        lambda: forge("refund", transfer={"village_code": MAE}),
    ),
    "refunded from another account": (
        "mirror its sale",
        lambda: forge("refund", transfer={"debit_id": accounts()["delivery.payable"]}),
    ),
    "refunded from another line": (
        "mirror its sale",
        lambda: forge("refund", transfer={"line_id": 10**6}),
    ),
    "refunded as another kind": (
        "mirror its sale",
        lambda: forge("refund", transfer={"kind": "delivery-refund"}),
    ),
    "refunded of a refund": (
        "mirror its sale",
        lambda: forge("refund", event={"reverses_id": Event.objects.get(kind="refund").pk}),
    ),
    "without transfers": (
        "differ from",
        lambda: copy(
            Event.objects.get(kind="sale"), id=uuid4(), idempotency_key="x", order_number="x"
        ).save(force_insert=True),
    ),
}


def goods():
    return {f: getattr(sold(), f) for f in ("kind", "origin_id", "line_id", "village_code")}


def unsold_goods():
    share = rig.place([rig.Part(Producer.objects.get(), {PUI: 100})]).shares[0]
    return goods() | {"origin_id": share.origin_id, "line_id": share.line_id}


def sold():
    return Transfer.objects.get(kind="sale")


@pytest.mark.parametrize("forgery", FORGERIES)
def test_no_event_is_recorded(sale, forgery):
    because, act = FORGERIES[forgery]

    refused(act, because)


def test_an_honest_forgery_would_pass(sale):
    """Shows that the forgeries above fail for their own fault only."""
    forge("sale")
    forge("refund", transfer={"amount_satang": 60})

    assert Event.objects.count() == 4


def test_no_transfer_follows_a_recorded_event(sale):
    refused(lambda: copy(sold(), number=9, **DELIVERY).save(), "sealed")


def test_no_transfer_stays_without_an_event(sale):
    refused(
        lambda: copy(sold(), event_id=uuid4(), **DELIVERY).save(), "(?i)foreign key|transaction"
    )


@pytest.mark.parametrize("model", [Event, Transfer, Account])
def test_no_row_is_deleted_through_its_model(sale, model):
    refused(lambda: model.objects.all()._raw_delete("default"), "append-only")


def test_a_request_to_rebuild_changes_nothing_that_is_right(sale):
    before = rig.income(PUI)

    run(
        "INSERT INTO ledger_rebuild (month, differences, requested_at)"
        " VALUES ('2026-05-17', 0, '2026-05-20')"
    )

    assert rig.income(PUI) == before == {"sale": 100, "refund": 40}


def test_at_least_forty_attempts_are_listed():
    assert len(ANYWHERE) + len(FORGERIES) + len(ONLY_SQLITE) >= 40
