"""Two connections with real commits, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import DatabaseError, connections, transaction

from marketplace.core.money import MoreThanRemaining
from marketplace.ledger import errors, services, verification
from marketplace.ledger.models import Account, Event, Transfer
from tests.at_once import at_once
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig

PUI, MAE = "50010811", "50010812"


@pytest.fixture
def weavers(fresh_database):
    make_village(MAE, "บ้านแม่")
    return make_producer(make_village(PUI))


def in_transactions(acts):
    """Run each act in a transaction of its own, all begun together; answers or errors."""
    kinds = (DatabaseError, errors.LedgerError, MoreThanRemaining)
    return at_once([transaction.atomic(act) for act in acts], kinds)


def whole():
    return list(verification.verify()) == []


def test_the_same_payment_told_by_two_threads_is_one_event(weavers):
    sale = rig.place([rig.Part(weavers, {PUI: 67, MAE: 33})], {weavers.pk: 10})

    answers = in_transactions([lambda: services.record_sale(sale)] * 4)

    assert answers == [Event.objects.get()] * 4
    assert Transfer.objects.count() == 3
    assert rig.income(PUI) == {"sale": 67}
    assert whole()


def test_two_payments_of_one_order_are_one_event_and_a_refusal(weavers):
    sale = rig.place([rig.Part(weavers, {PUI: 67})])
    acts = [
        lambda reference=reference: services.record_sale(replace(sale, payment_reference=reference))
        for reference in ("pi_1", "pi_2")
    ]

    answers = in_transactions(acts)

    assert {type(answer) for answer in answers} == {Event, errors.AlreadySold}
    assert Event.objects.count() == 1
    assert whole()


def test_first_sales_of_the_same_producers_share_accounts_and_month(weavers):
    carvers = make_producer(make_village(MAE))
    there, back = rig.Part(weavers, {PUI: 3}), rig.Part(carvers, {MAE: 5})
    sales = [rig.place([there, back]) if n % 2 else rig.place([back, there]) for n in range(6)]

    answers = in_transactions([lambda sale=sale: services.record_sale(sale) for sale in sales])

    assert [type(answer) for answer in answers] == [Event] * 6
    assert Account.objects.count() == 3
    assert (rig.income(PUI), rig.income(MAE)) == ({"sale": 18}, {"sale": 30})
    assert whole()


def test_refunds_at_once_never_exceed_what_was_sold(weavers):
    sale, _ = rig.sell([rig.Part(weavers, {PUI: 67, MAE: 33})])
    line = sale.shares[0].line_id
    facts = [
        services.SaleRefund(sale.order_number, f"re_{n}", rig.NOON, {line: 40}) for n in range(4)
    ]

    answers = in_transactions([lambda fact=fact: services.record_refund(fact) for fact in facts])

    assert sorted(type(answer).__name__ for answer in answers) == [
        "Event",
        "Event",
        "MoreThanRemaining",
        "MoreThanRemaining",
    ]
    assert services.refundable(sale.order_number).lines == {line: 20}
    assert whole()


def test_a_rebuild_during_postings_loses_nothing(weavers):
    sales = [rig.place([rig.Part(weavers, {PUI: 7})]) for _ in range(4)]
    acts = [lambda sale=sale: services.record_sale(sale) for sale in sales]
    rebuild = [lambda: rig.make_anew(date(2026, 5, 1))] * 2

    answers = in_transactions(acts + rebuild)

    assert [type(answer) for answer in answers[:4]] == [Event] * 4
    assert rig.income(PUI) == {"sale": 28}
    assert whole()


@pytest.mark.only_on("postgresql")  # SQLite has one writer at a time
def test_a_transfer_cannot_join_an_event_that_another_transaction_is_recording(weavers):
    """Neither sees the other's rows; the stranger is refused when it commits."""
    other = rig.sell([rig.Part(weavers, {PUI: 1})], {weavers.pk: 5})[1]
    model = other.transfers.get(kind="delivery")
    event_id, seen, recorded = uuid4(), Barrier(2), Barrier(2)

    def honest():
        sending = row(model, event_id, 1)
        sending.save(force_insert=True)
        seen.wait()
        event = Event.objects.get(pk=other.pk)
        event.pk, event.idempotency_key, event.order_number = event_id, "honest", "honest"
        event.transfer_count, event.total_satang = 1, sending.amount_satang
        event.save(force_insert=True)
        recorded.wait()

    def stranger():
        seen.wait()
        row(model, event_id, 2).save(force_insert=True)
        recorded.wait()
        honest_commits.result()

    def run(act):
        try:
            with transaction.atomic():
                act()
        except DatabaseError as error:
            return str(error)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        honest_commits = pool.submit(run, honest)
        refusal = pool.submit(run, stranger).result()

    assert honest_commits.result() is None
    assert "belongs to the transaction of its event" in refusal
    assert Transfer.objects.filter(event_id=event_id).count() == 1
    assert whole()


def row(model, event_id, number):
    facts = {f.attname: getattr(model, f.attname) for f in Transfer._meta.concrete_fields}
    return Transfer(**facts | {"id": None, "event_id": event_id, "number": number})
