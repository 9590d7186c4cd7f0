"""Every way we know to change the ledger by plain SQL is refused, and nothing changes."""

from datetime import date, timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from marketplace.core import thai
from marketplace.ledger import services
from marketplace.ledger.guards.sqlite import writing_roll_ups
from marketplace.ledger.models import Account, Event, Transfer
from marketplace.producers.models import Producer
from marketplace.provenance.models import LineOrigin
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig

PUI, MAE = "50010811", "50010812"
MIRROR = "must mirror|not made of"
MARCH, APRIL = date(2026, 3, 31), date(2026, 4, 30)
FACTS = ("ledger_account", "ledger_event", "ledger_transfer", "ledger_rebuild")
FACTS += ("ledger_monthclose", "ledger_seal", "ledger_dayroot")
ONLY_SQLITE = {
    **{f"replace in {t}": f"INSERT OR REPLACE INTO {t} SELECT * FROM {t}" for t in FACTS},
    "update or replace a transfer": "UPDATE OR REPLACE ledger_transfer SET number = 1",
    "update or ignore an event": "UPDATE OR IGNORE ledger_event SET reason = 'x'",
    "replace an event by its key": "REPLACE INTO ledger_event SELECT"
    " '00000000000000000000000000000000', idempotency_key, input_hash, kind, order_number,"
    " provider_reference, occurred_at, day, transfer_count, total_satang, reason, recorded_at,"
    " posted_in, actor_id, reverses_id FROM ledger_event LIMIT 1",
}
ROLL_UPS = tuple(model._meta.db_table for model in rig.ROLL_UPS)
ONLY_POSTGRES = {
    **{f"truncate {t}": f"TRUNCATE {t} CASCADE" for t in (*FACTS, *ROLL_UPS)},
    "copy out of a roll-up": "WITH gone AS (DELETE FROM ledger_areamonth RETURNING 1)"
    " SELECT * FROM gone",
    "merge into a transfer": "MERGE INTO ledger_transfer t USING ledger_account a"
    " ON a.id = t.debit_id WHEN MATCHED THEN UPDATE SET amount_satang = 1",
    "copy over a transfer": "UPDATE ledger_transfer t SET amount_satang = o.amount_satang + 1"
    " FROM ledger_transfer o WHERE o.id = t.id",
    "delete using another table": "DELETE FROM ledger_event e USING ledger_transfer t"
    " WHERE t.event_id = e.id",
}
ANYWHERE = {
    **{f"delete from {t}": f"DELETE FROM {t}" for t in FACTS},
    **{f"empty {t}": f"DELETE FROM {t}" for t in ROLL_UPS},
    **{f"raise {t}": f"UPDATE {t} SET sold_satang = sold_satang + 1" for t in ROLL_UPS},
    "add to a roll-up": "INSERT INTO ledger_areamonth (level, month, area_code, shard, sold_satang)"
    " VALUES (8, '2026-05-01', '50010899', 0, 1)",
    "upsert a roll-up": "INSERT INTO ledger_areamonth (level, month, area_code, shard)"
    f" VALUES (8, '2026-05-01', '{PUI}', 0) ON CONFLICT (level, month, area_code, shard)"
    " DO UPDATE SET sold_satang = 0",
    "open a month again": "DELETE FROM ledger_monthclose",
    "close another month instead": "UPDATE ledger_monthclose SET month = '2025-01-01'",
    "forge the hash of a close": "UPDATE ledger_monthclose SET totals_hash = 'x'",
    "change a seal": "UPDATE ledger_seal SET leaf_hash = 'x'",
    "unseal": "DELETE FROM ledger_seal",
    "change a published root": "UPDATE ledger_dayroot SET root_hash = 'x'",
    "take back a published root": "DELETE FROM ledger_dayroot",
    "hide who corrected": "UPDATE ledger_event SET actor_id = NULL, approved_by_id = NULL",
    "change where it was sent": "UPDATE provenance_lineorigin SET buyer_province_code = '10'",
    "change a frozen village": f"UPDATE provenance_lineorigin SET village_code = '{MAE}'",
    "change a frozen amount": "UPDATE provenance_lineorigin SET amount_satang = 1",
    "delete a frozen origin": "DELETE FROM provenance_lineorigin",
    "delete a frozen programme": "DELETE FROM provenance_origingroup",
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
    sale = record_everything()
    rig.make_anew(rig.NOON.date())
    return sale


def record_everything():
    """One sale of 100 satang, one refund of 40 of it; April closed, all sealed, a root published.

    Also what tests/deploy/test_application_role.py tampers with.
    """
    make_village(MAE, "บ้านแม่")
    weavers = make_producer(make_village(PUI))
    sale, _ = rig.sell([rig.Part(weavers, {PUI: 100})], {weavers.pk: 50})
    rig.refund(sale, {sale.shares[0].line_id: 40})
    LineOrigin.objects.get().groups.create(kind="programme", code="nawatwithi")
    services.close_month(APRIL)
    services.seal_events()
    day = thai.today() + timedelta(days=1)
    with patch.object(thai, "today", return_value=day):
        services.publish_roots()
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
    unlike = {"event_id": made.id, "day": made.day}
    like = real.transfers.get(kind="delivery" if kind == "sale" else kind)
    forged = copy(like, **(unlike | transfer))
    made.transfer_count = event.get("transfer_count", 1)
    made.total_satang = event.get("total_satang", forged.amount_satang)
    Transfer.objects.bulk_create([forged])
    with writing_roll_ups():
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
        f"names_what|not_of_itself|{MIRROR}",
        lambda: forge("sale", event=dict.fromkeys(("id", "reverses_id"), uuid4())),
    ),
    "refunded beyond what was sold": (
        MIRROR,
        lambda: forge("refund", transfer={"amount_satang": 61}),
    ),
    "refunded without its sale": (
        f"names_what|{MIRROR}",
        lambda: forge("refund", event={"reverses_id": None}),
    ),
    "refunded without its transfer": (
        "reverses_a_transfer",
        lambda: forge("refund", transfer={"reverses_id": None}),
    ),
    "refunded from another village": (
        MIRROR,
        lambda: forge("refund", transfer={"village_code": MAE}),
    ),
    "refunded from another account": (
        MIRROR,
        lambda: forge("refund", transfer={"debit_id": accounts()["delivery.payable"]}),
    ),
    "refunded from another line": (
        MIRROR,
        lambda: forge("refund", transfer={"line_id": 10**6}),
    ),
    "refunded as another kind": (
        MIRROR,
        lambda: forge("refund", transfer={"kind": "discount-back"}),
    ),
    "refunded of a refund": (
        "does not follow",
        lambda: forge("refund", event={"reverses_id": Event.objects.get(kind="refund").pk}),
    ),
    "in a closed month": (
        "closed",
        lambda: forge("sale", transfer={"day": APRIL}, event={"day": APRIL}),
    ),
    "before the closed months": (
        "closed",
        lambda: forge("sale", transfer={"day": MARCH}, event={"day": MARCH}),
    ),
    "of another kind than its transfers": (
        "not made of",
        lambda: forge("sale", event={"kind": "payout", "order_number": ""}),
    ),
    "between other accounts": (
        "not made of",
        lambda: forge("sale", transfer={"credit_id": accounts()["producer.payable"]}),
    ),
    "for another producer than the account's": (
        "not made of",
        lambda: forge("sale", transfer={"producer_id": other_producer()}),
    ),
    "corrected by one person": (
        "by_two_people",
        lambda: forge(
            "sale",
            transfer={"kind": "charge"} | accounts_of_a_charge(),
            event={"kind": "adjustment", "order_number": "", "reason": "x"},
        ),
    ),
    "without transfers": (
        "differ from",
        lambda: copy(
            Event.objects.get(kind="sale"), id=uuid4(), idempotency_key="x", order_number="x"
        ).save(force_insert=True),
    ),
}


def other_producer():
    return make_producer(make_village("50010813", "บ้านอื่น")).pk


def accounts_of_a_charge():
    platform = Account.objects.create(code="platform.adjustments", kind="platform.adjustments")
    return {"debit_id": accounts()["producer.payable"], "credit_id": platform.pk}


SHARE = ("kind", "origin_id", "line_id", "village_code", "credit_id")


def goods():
    return {f: getattr(sold(), f) for f in SHARE}


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

    rig.make_anew(rig.NOON.date())

    assert rig.income(PUI) == before == {"sale": 100, "refund": 40}


@pytest.mark.parametrize("own", [ONLY_SQLITE, ONLY_POSTGRES])
def test_at_least_sixty_attempts_are_listed_for_each_database(own):
    assert len(ANYWHERE) + len(FORGERIES) + len(own) >= 60


@pytest.mark.only_on("postgresql")
def test_no_temporary_table_stands_in_for_one_of_ours(sale):
    """Where the role may make such (deploy/roles lets none), April would be open again."""
    run("CREATE TEMP TABLE ledger_monthclose (month date)")

    with pytest.raises(DatabaseError, match="closed"), transaction.atomic():
        forge("sale", transfer={"day": APRIL}, event={"day": APRIL})
