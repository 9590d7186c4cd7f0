"""Real threads, real commits, on both databases: whatever comes at once, the end is the same."""

import random
import time
from datetime import timedelta
from functools import partial

import pytest
from django.core import mail
from django.test import Client
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.core.worker import run_ready_jobs
from marketplace.ledger import verification
from shop.payments import errors, gateway, services
from shop.payments.models import PaymentAttempt
from shop.payments.services import settling
from tests.at_once import at_once
from tests.factories import make_product, place_order
from tests.shop.payments import rig
from tests.shop.payments.test_settle_payment import PAID, TOTAL


@pytest.fixture
def order(fresh_database, standin):
    DBTaskResult.objects.all().delete()
    mail.outbox = []
    return place_order((make_product(stock=5), 3))


def all_at_once(*acts):
    return at_once(acts, (errors.PaymentError,))


def come_back(placement):
    return Client().get(f"/payments/return/{placement.token}/").status_code


def tell(event):
    return Client().post(rig.WEBHOOK, **rig.signed(event)).status_code


def reconcile():
    return services.reconcile(waiting=timedelta(0)).is_complete


def test_webhook_return_and_reconciler_at_once_make_one_paid_order(order, standin):
    for round_number in range(5):
        placement = order if round_number == 0 else place_order((make_product(stock=5), 3))
        rig.pay_at_stripe(standin, placement)
        event = rig.events_of(standin, "payment_intent.succeeded")[-1]
        work = [partial(tell, event), partial(come_back, placement), reconcile, run_ready_jobs]

        all_at_once(*work, *work)
        run_ready_jobs()

        placement.order.refresh_from_db()
        assert placement.order.status == "paid"
        assert placement.order.mails.count() == 1
        assert len(mail.outbox) == round_number + 1
        assert len(rig.outcome()["ledger"]) == round_number + 1
    assert list(verification.verify()) == []


def test_five_copies_of_an_event_at_once_are_one(order, standin):
    rig.pay_at_stripe(standin, order)
    [event] = rig.events_of(standin, "payment_intent.succeeded")

    answers = all_at_once(*[lambda: tell(event)] * 5)
    all_at_once(*[run_ready_jobs] * 5)

    assert answers == [200] * 5
    assert rig.outcome() == PAID


def test_stale_news_that_is_written_slowly_does_not_undo_a_payment(order, standin, monkeypatch):
    secret = services.start_payment(order).client_secret
    attempt = PaymentAttempt.objects.get()
    stale = gateway.for_jobs().retrieve_intent(attempt.intent_id)
    standin.pay(secret)
    paid = gateway.for_jobs().retrieve_intent(attempt.intent_id)
    move = settling._move
    monkeypatch.setattr(settling, "_move", lambda *facts: time.sleep(0.6) or move(*facts))

    def tell_late():
        time.sleep(0.2)
        services.record_payment(attempt=attempt, facts=paid)

    all_at_once(partial(services.record_payment, attempt=attempt, facts=stale), tell_late)
    run_ready_jobs()

    assert rig.outcome() == PAID


def test_two_tabs_that_start_to_pay_at_once_have_one_payment(order, standin):
    started = all_at_once(*[lambda: services.start_payment(order)] * 6)

    assert len({one.client_secret for one in started}) == 1
    assert len(standin.intents()) == 1
    assert PaymentAttempt.objects.count() == 1


@pytest.mark.parametrize("round_number", range(4))
def test_the_timer_and_the_bank_at_once_end_as_paid_or_given_up_never_both(
    order, standin, round_number
):
    secret = services.start_payment(order).client_secret
    rig.end_time(order)

    def pay():
        try:
            return standin.pay(secret)["status"]
        except Exception as refusal:  # noqa: BLE001  the stand-in says that it is cancelled
            return str(refusal)

    all_at_once(pay, services.expire_unpaid_orders, reconcile, services.expire_unpaid_orders)
    services.expire_unpaid_orders()
    run_ready_jobs()

    result = rig.outcome()
    is_paid = standin.intents()[0]["status"] == "succeeded"
    assert result["orders"] == (["paid"] if is_paid else ["cancelled-unpaid"])
    assert result["held"] == ([3] if is_paid else [0])
    assert result["ledger"] == ([("sale", TOTAL)] if is_paid else [])
    assert (result["refunds"], result["attention"]) == ([], [])


def test_the_same_refund_asked_for_by_many_at_once_is_never_more_than_was_paid(order, standin):
    rig.pay_at_stripe(standin, order)
    come_back(order)
    line = order.order.lines.get().pk

    answers = all_at_once(
        *[
            lambda: services.refund_lines(
                order.order, lines={line: 50_000}, delivery={}, by=None, reason="x"
            )
        ]
        * 4
    )

    refused = [answer for answer in answers if isinstance(answer, errors.RefundTooLarge)]
    assert len(refused) == 3
    assert rig.outcome()["refunds"] == [("lines", "succeeded", 50_000)]
    assert list(verification.verify()) == []


def test_a_refund_sent_by_many_at_once_is_one(order, standin):
    rig.pay_at_stripe(standin, order)
    come_back(order)
    line = order.order.lines.get().pk
    refund = services.open_refund(order.order, lines={line: 100}, delivery={}, by=None, reason="x")

    all_at_once(*[lambda: services.send_refund(refund.pk)] * 4)

    assert [made["amount"] for made in standin.store.newest_first("refund")] == [100]
    assert rig.outcome()["ledger"] == [("refund", 100), ("sale", TOTAL)]


ACTS = ("return", "event", "event again", "timer", "reconcile", "jobs", "refund", "refund again")


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order_of_acts=st.permutations(ACTS), seed=st.integers(0, 99))
def test_any_order_of_acts_has_the_same_end(fresh_database, standin, order_of_acts, seed):
    """A payment and one refund of it, told of in any order, some of it twice."""
    DBTaskResult.objects.all().delete()
    placement = place_order((make_product(stock=5), 3))
    rig.pay_at_stripe(standin, placement)
    line = placement.order.lines.get().pk
    events = [e for e in standin.events() if e["data"]["object"].get("amount") == TOTAL]
    random.Random(seed).shuffle(events)

    def give_back():
        left = services.refundable(placement.order).lines.get(line, 0)
        if left == 75_000:
            services.refund_lines(
                placement.order, lines={line: 20_000}, delivery={}, by=None, reason="x"
            )

    acts = {
        "return": lambda: come_back(placement),
        "event": lambda: tell(events[0]),
        "event again": lambda: [tell(event) for event in events],
        "timer": services.expire_unpaid_orders,
        "reconcile": reconcile,
        "jobs": run_ready_jobs,
        "refund": give_back,
        "refund again": give_back,
    }
    for act in order_of_acts:
        acts[act]()
    come_back(placement)
    give_back()
    [tell(event) for event in standin.events()]
    run_ready_jobs()

    order = placement.order
    order.refresh_from_db()
    assert order.status == "partly-refunded"
    assert sorted(order.refunds.values_list("state", "amount_satang")) == [("succeeded", 20_000)]
    assert sorted(order.mails.values_list("kind", flat=True)) == ["paid", "refunded"]
    assert services.refundable(order).lines == {line: 55_000}
    assert list(verification.verify()) == []
