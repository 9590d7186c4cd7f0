"""Webhook, browser and reconciler, in any order: paid once, recorded once, one mail."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from oscar.apps.order.models import Order

from marketplace.core.worker import run_ready_jobs
from marketplace.ledger.models import Event
from shop.payments import gateway, services
from shop.payments.models import Attention, PaymentAttempt, Refund, StripeEvent
from shop.placing.services import cancel_unpaid
from tests.factories import make_product, place_order
from tests.shop.payments import rig

TOTAL = 3 * 25_000 + 6_000
PAID = {
    "orders": ["paid"],
    "attempts": [("succeeded", TOTAL)],
    "ledger": [("sale", TOTAL)],
    "income": [("50010811", "sale", 75_000)],
    "held": [3],
    "mails": ["paid"],
    "sent": 1,
    "refunds": [],
    "attention": [],
}
UNPAID = {"orders": ["pending-payment"], "ledger": [], "income": [], "mails": [], "sent": 0}


def go_back(client, placement, **query):
    return client.get(f"/payments/return/{placement.token}/", query)


def unpaid() -> dict:
    return {key: value for key, value in rig.outcome().items() if key in UNPAID}


def test_the_webhook_alone_makes_an_order_paid(standin, placement, client):
    rig.pay_at_stripe(standin, placement)

    answers = rig.deliver(client, *rig.events_of(standin, "payment_intent.succeeded"))

    assert answers == [200]
    assert rig.outcome() == PAID
    assert StripeEvent.objects.get().state == StripeEvent.State.DONE


def test_the_browser_alone_makes_an_order_paid(standin, placement, client):
    rig.pay_at_stripe(standin, placement)

    response = go_back(client, placement)
    run_ready_jobs()

    assert (response.status_code, response.url) == (302, f"/orders/{placement.token}/")
    assert rig.outcome() == PAID


def test_without_any_event_the_reconciler_makes_an_order_paid(standin, placement):
    rig.pay_at_stripe(standin, placement)
    PaymentAttempt.objects.update(asked_at=timezone.now() - timedelta(minutes=4))

    done = services.reconcile()
    run_ready_jobs()

    assert (done.payments, done.paid, done.is_complete) == (1, 1, True)
    assert rig.outcome() == PAID


def test_whoever_comes_second_changes_nothing(standin, placement, client):
    rig.pay_at_stripe(standin, placement)
    events = rig.events_of(standin, "payment_intent.succeeded")

    go_back(client, placement)
    rig.deliver(client, *events, *events, *events)
    services.reconcile(waiting=timedelta(0))
    go_back(client, placement)
    run_ready_jobs()

    assert rig.outcome() == PAID
    assert StripeEvent.objects.count() == 1


def test_the_ledger_knows_when_the_money_came_not_when_we_heard(standin, placement):
    intent = rig.pay_at_stripe(standin, placement)
    attempt = PaymentAttempt.objects.get()
    facts = gateway.for_jobs().retrieve_intent(intent["id"])

    services.settle_payment(intent["id"])

    attempt.refresh_from_db()
    placement.refresh_from_db()
    assert Event.objects.get().occurred_at == facts.paid_at
    assert placement.paid_at == attempt.settled_at == facts.paid_at
    assert attempt.charge_id == facts.charge_id


def test_events_in_any_order_end_alike(standin, placement, client):
    rig.pay_at_stripe(standin, placement, rig.DECLINED)
    rig.pay_at_stripe(standin, placement)

    rig.deliver(client, *reversed(standin.events()))

    assert rig.outcome() == PAID


def test_an_event_about_the_charge_is_enough(standin, placement, client):
    rig.pay_at_stripe(standin, placement)

    rig.deliver(client, *rig.events_of(standin, "charge.succeeded"))

    assert rig.outcome() == PAID


def test_the_payload_is_never_believed(standin, placement, client):
    services.start_payment(placement)
    [event] = rig.events_of(standin, "payment_intent.created")
    lie = event["data"]["object"] | {"status": "succeeded", "amount_received": TOTAL}
    event |= {"type": "payment_intent.succeeded", "data": {"object": lie}}

    assert rig.deliver(client, event) == [200]

    assert unpaid() == UNPAID


def test_late_news_of_a_failure_does_not_undo_a_payment(standin, placement):
    rig.pay_at_stripe(standin, placement)
    attempt = PaymentAttempt.objects.get()
    services.settle_payment(attempt.intent_id)
    run_ready_jobs()
    for status in ("processing", "requires_payment_method", "requires_action", "canceled"):
        facts = gateway.for_jobs().retrieve_intent(attempt.intent_id)
        services.record_payment(attempt=attempt, facts=_with(facts, status=status))

    assert rig.outcome() == PAID


def _with(facts, **changes):
    return facts.__class__(**(vars(facts) | changes))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"received_satang": TOTAL - 1}, "amount"),
        ({"received_satang": TOTAL + 1}, "amount"),
        ({"received_satang": 0}, "amount"),
        ({"currency": "usd"}, "currency"),
        ({"livemode": True}, "livemode"),
        ({"order_number": "999999"}, "order"),
        ({"order_number": ""}, "order"),
        ({"id": "pi_of_somebody_else"}, "order"),
    ],
)
def test_money_that_is_not_this_orders_total_pays_nothing_and_waits_for_a_person(
    standin, placement, changes, reason
):
    intent = rig.pay_at_stripe(standin, placement)
    facts = gateway.for_jobs().retrieve_intent(intent["id"])
    attempt = PaymentAttempt.objects.get()

    for _ in range(2):
        services.record_payment(attempt=attempt, facts=_with(facts, **changes))
    run_ready_jobs()

    assert unpaid() == UNPAID
    assert rig.outcome()["attention"] == [reason]
    assert rig.outcome()["held"] == [3]
    attempt.refresh_from_db()
    assert attempt.state == PaymentAttempt.State.SUCCEEDED
    rig.end_time(placement)
    assert services.expire_unpaid_orders() == 0


def test_an_order_whose_total_changed_meanwhile_is_not_paid(standin, placement):
    rig.pay_at_stripe(standin, placement)
    Order.objects.update(total_incl_tax=1_000)

    services.settle_payment(PaymentAttempt.objects.get().intent_id)

    assert unpaid() == UNPAID
    assert rig.outcome()["attention"] == ["amount"]


def test_money_the_ledger_refuses_is_kept_for_a_person(standin, placement, caplog):
    rig.pay_at_stripe(standin, placement)
    parcel = placement.order.parcels.get()
    parcel.fee_satang += 1
    parcel.save()

    services.settle_payment(PaymentAttempt.objects.get().intent_id)

    assert unpaid() == UNPAID
    assert rig.outcome()["attention"] == ["ledger"]
    assert rig.outcome()["attempts"] == [("succeeded", TOTAL)]
    assert "the ledger refused" in caplog.text


def test_a_payment_of_nobody_we_know_is_left_alone(standin, placement, client):
    foreign = gateway.for_jobs().create_intent(
        amount_satang=5_000, order_number=placement.order.number, attempt_number=9, key="foreign"
    )
    standin.pay(foreign.client_secret)

    assert set(rig.deliver(client, *standin.events())) == {200}

    assert unpaid() == UNPAID
    assert services.settle_payment(foreign.id) is None
    assert set(StripeEvent.objects.values_list("state", flat=True)) == {"done"}


def test_an_event_of_the_other_mode_is_kept_and_does_nothing(standin, placement, client):
    rig.pay_at_stripe(standin, placement)
    [event] = rig.events_of(standin, "payment_intent.succeeded")

    assert rig.deliver(client, event | {"livemode": True}) == [200]

    assert unpaid() == UNPAID


def test_money_for_an_order_that_was_given_up_goes_back_once(standin, placement):
    rig.pay_at_stripe(standin, placement)
    cancel_unpaid(placement.order)

    for _ in range(3):
        services.settle_payment(PaymentAttempt.objects.get().intent_id)
    run_ready_jobs()
    run_ready_jobs()

    result = rig.outcome()
    assert result["orders"] == ["cancelled-unpaid"]
    assert result["refunds"] == [("late", "succeeded", TOTAL)]
    assert (result["ledger"], result["attention"]) == ([], ["late"])
    assert (result["mails"], result["sent"], result["held"]) == (["late"], 1, [0])
    charge = gateway.for_jobs().retrieve_intent(PaymentAttempt.objects.get().intent_id)
    assert standin.store.copy_of(charge.charge_id)["amount_refunded"] == TOTAL
    assert "goes back to you" in mail.outbox[0].body or "คืน" in mail.outbox[0].body


def test_a_worker_that_dies_after_the_event_was_stored_loses_nothing(standin, placement, client):
    rig.pay_at_stripe(standin, placement)
    [event] = rig.events_of(standin, "payment_intent.succeeded")
    client.post(rig.WEBHOOK, **rig.signed(event))
    StripeEvent.objects.update(received_at=timezone.now() - timedelta(minutes=4))

    services.reconcile()
    run_ready_jobs()

    assert rig.outcome() == PAID


def test_when_stripe_is_silent_the_event_waits_and_is_tried_again(standin, placement, client):
    rig.pay_at_stripe(standin, placement)
    [event] = rig.events_of(standin, "payment_intent.succeeded")
    standin.faults.add("401", "* /v1/*")

    rig.deliver(client, event)
    assert (StripeEvent.objects.get().state, StripeEvent.objects.get().tries) == ("pending", 1)
    assert unpaid() == UNPAID
    StripeEvent.objects.update(received_at=timezone.now() - timedelta(minutes=4))
    services.reconcile()
    run_ready_jobs()

    assert rig.outcome() == PAID
    assert StripeEvent.objects.get().state == "done"


def test_a_bank_that_takes_its_time_is_waited_for(standin, placement, client):
    standin.settings.hold_processing = True
    intent = rig.pay_at_stripe(standin, placement)
    response = go_back(client, placement)
    assert response.url == f"/orders/{placement.token}/"
    assert PaymentAttempt.objects.get().state == PaymentAttempt.State.PROCESSING
    assert unpaid() == UNPAID

    standin.finish_processing(intent["id"])
    rig.deliver(client, *rig.events_of(standin, "payment_intent.succeeded"))

    assert rig.outcome() == PAID


def test_other_orders_are_not_touched(standin, placement, client):
    other = place_order(make_product())
    services.start_payment(other)
    rig.pay_at_stripe(standin, placement)

    rig.deliver(client, *standin.events())

    other.order.refresh_from_db()
    assert other.order.status == "pending-payment"
    assert rig.sales_and_refunds().get().order_number == placement.order.number
    assert Attention.objects.count() == Refund.objects.count() == 0
