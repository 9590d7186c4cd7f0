"""One PaymentIntent an order, whatever the network does and however often it is asked for."""

import time

import pytest
from oscar.apps.order.models import Order

from shop.payments import errors, gateway, services
from shop.payments.models import PaymentAttempt
from shop.placing.services import cancel_unpaid, mark_paid
from tests.factories import make_product, place_order
from tests.shop.payments import rig


def test_the_intent_asks_for_the_orders_total_by_card_and_names_ids_only(standin, placement):
    started = services.start_payment(placement)

    [intent] = standin.intents()
    assert intent["id"] == started.attempt.intent_id
    assert intent["amount"] == started.attempt.amount_satang == 3 * 25_000 + 6_000
    assert intent["currency"] == "thb"
    assert intent["payment_method_types"] == ["card"]
    assert intent["metadata"] == {
        "order_number": placement.order.number,
        "payment_attempt": "1",
    }
    assert (intent["receipt_email"], intent["shipping"]) == (None, None)
    assert started.client_secret == intent["client_secret"]
    assert started.attempt.state == PaymentAttempt.State.AWAITING


def test_the_secret_of_the_client_is_in_no_text_about_it(standin, placement):
    started = services.start_payment(placement)

    assert started.client_secret not in repr(started)
    facts = gateway.for_web().retrieve_intent(started.attempt.intent_id)
    assert facts.client_secret not in repr(facts)


def test_asked_again_it_is_the_same_intent(standin, placement):
    first = services.start_payment(placement)
    second = services.start_payment(placement)

    assert first == second
    assert len(standin.intents()) == 1


def test_a_declined_card_leaves_the_same_intent_to_be_paid_by_another(standin, placement):
    rig.pay_at_stripe(standin, placement, rig.POOR)

    started = services.start_payment(placement)

    assert started.attempt.decline_code == "insufficient_funds"
    assert standin.pay(started.client_secret)["status"] == "succeeded"
    assert len(standin.intents()) == 1


@pytest.mark.parametrize("kind", ["drop", "500", "429", "502"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_one_bad_answer_is_got_over_with_one_intent(standin, placement, kind, when):
    standin.faults.add(kind, "POST /v1/payment_intents", when=when)

    services.start_payment(placement)

    assert len(standin.intents()) == 1


@pytest.mark.parametrize("kind", ["drop", "500", "429", "502", "401"])
def test_when_stripe_stays_away_the_order_is_kept_and_paid_later(standin, placement, kind, caplog):
    standin.faults.add(kind, "* /v1/*", times=20)
    began = time.monotonic()
    with pytest.raises(errors.PaymentUnavailable):
        services.start_payment(placement)
    assert time.monotonic() - began < 12
    assert standin.intents() == []
    assert placement.order.payment_attempts.get().state == PaymentAttempt.State.NEW

    standin.faults.clear()
    services.start_payment(placement)

    assert len(standin.intents()) == 1
    assert placement.order.payment_attempts.count() == 1
    assert (kind == "401") == ("does not accept our key" in caplog.text)


def test_a_lost_answer_is_found_again_not_asked_for_twice(standin, placement):
    standin.faults.add("timeout", "POST /v1/payment_intents", when="after", seconds=2)
    impatient = gateway.Gateway(
        key="sk_test_tests",
        api_url=standin.base_url,
        api_version="2026-10-28.endive",
        patience=gateway.Patience(timeout_seconds=0.5, retry_within_seconds=0),
    )
    with pytest.raises(errors.PaymentUnavailable):
        services.start_payment(placement, stripe=impatient)
    assert placement.order.payment_attempts.get().intent_id is None

    started = services.start_payment(placement)

    assert [intent["id"] for intent in standin.intents()] == [started.attempt.intent_id]


def test_a_shopper_waits_no_longer_than_twelve_seconds_for_a_silent_stripe(standin, placement):
    standin.faults.add("timeout", "* /v1/*", times=20, seconds=30)
    began = time.monotonic()

    with pytest.raises(errors.PaymentUnavailable):
        services.start_payment(placement)

    assert time.monotonic() - began < 12


def test_a_key_used_for_another_request_is_an_alarm_not_a_payment(standin, placement, caplog):
    key = f"{placement.order.number}:1:create"
    gateway.for_jobs().create_intent(
        amount_satang=2_000, order_number="x", attempt_number=1, key=key
    )

    with pytest.raises(errors.PaymentUnavailable):
        services.start_payment(placement)

    assert "one key of idempotency, two different requests" in caplog.text
    assert len(standin.intents()) == 1


def test_a_way_to_pay_that_stripe_leaves_out_is_noticed(standin, placement, monkeypatch):
    monkeypatch.setattr(gateway, "PROMISED_TYPES", ("card", "promptpay"))

    with pytest.raises(errors.PaymentNotOffered):
        services.start_payment(placement)


def test_an_intent_cancelled_at_stripe_is_followed_by_another(standin, placement):
    first = services.start_payment(placement).attempt
    gateway.for_jobs().cancel_intent(first.intent_id)

    second = services.start_payment(placement).attempt

    assert (second.number, second.intent_id != first.intent_id) == (2, True)
    first.refresh_from_db()
    assert first.state == PaymentAttempt.State.CANCELED


def test_an_order_of_nothing_is_paid_without_stripe(standin, placement):
    # No voucher makes an order free yet.
    Order.objects.update(total_incl_tax=0)
    placement.order.refresh_from_db()

    with pytest.raises(errors.OrderSettled):
        services.start_payment(placement)

    assert list(standin.calls) == []
    result = rig.outcome()
    assert (result["orders"], result["ledger"], result["mails"]) == (["paid"], [], ["paid"])


def test_a_paid_a_released_and_an_expired_order_cannot_be_paid(standin, placement):
    paid, released = place_order(make_product()), place_order(make_product())
    mark_paid(paid.order)
    cancel_unpaid(released.order)
    rig.end_time(placement)

    with pytest.raises(errors.OrderSettled):
        services.start_payment(paid)
    for given_up in (released, placement):
        with pytest.raises(errors.OrderExpired):
            services.start_payment(given_up)

    assert list(standin.calls) == []
    assert PaymentAttempt.objects.count() == 0


def test_no_secret_is_handed_out_after_the_time_is_over(standin, placement):
    services.start_payment(placement)
    rig.end_time(placement)

    with pytest.raises(errors.OrderExpired):
        services.start_payment(placement)


def test_a_failed_start_says_nothing_about_charges():
    for error in (errors.PaymentUnavailable, errors.PaymentNotOffered, errors.PaymentRefused):
        assert "charged" not in str(error())
