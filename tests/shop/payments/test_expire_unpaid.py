"""Unpaid orders: Stripe first, then the stock; paid or given up, never both."""

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from marketplace.core.worker import run_ready_jobs
from shop.payments import gateway, services
from shop.payments.models import PaymentAttempt
from tests.shop.payments import rig


def test_an_order_nobody_tried_to_pay_is_released_without_stripe(standin, placement):
    rig.end_time(placement)

    assert services.expire_unpaid_orders() == 1
    assert services.expire_unpaid_orders() == 0
    run_ready_jobs()

    assert list(standin.calls) == []
    result = rig.outcome()
    assert (result["orders"], result["held"], result["mails"]) == (
        ["cancelled-unpaid"],
        [0],
        ["cancelled"],
    )
    assert len(mail.outbox) == 1


def test_an_order_whose_time_is_not_over_is_left_alone(standin, placement):
    assert services.expire_unpaid_orders() == 0

    assert rig.outcome()["held"] == [3]


def test_the_payment_is_cancelled_at_stripe_before_the_stock_is_released(standin, placement):
    services.start_payment(placement)
    rig.end_time(placement)

    assert services.expire_unpaid_orders() == 1

    assert [intent["status"] for intent in standin.intents()] == ["canceled"]
    assert rig.outcome()["held"] == [0]
    assert PaymentAttempt.objects.get().state == PaymentAttempt.State.CANCELED


@pytest.mark.parametrize("kind", ["500", "drop", "502", "429", "401"])
def test_while_stripe_is_silent_nothing_is_released(standin, placement, kind):
    services.start_payment(placement)
    rig.end_time(placement)
    standin.faults.add(kind, "POST /v1/payment_intents/*/cancel", times=99)

    impatient = gateway.Gateway(
        key="sk_test_tests",
        api_url=standin.base_url,
        api_version="2026-10-28.endive",
        patience=gateway.Patience(timeout_seconds=5, retry_within_seconds=0),
    )
    assert services.expire_unpaid_orders(stripe=impatient) == 0

    assert (rig.outcome()["orders"], rig.outcome()["held"]) == (["pending-payment"], [3])


def test_an_order_that_turns_out_to_be_paid_is_paid(standin, placement):
    rig.pay_at_stripe(standin, placement)
    rig.end_time(placement)

    assert services.expire_unpaid_orders() == 0

    assert (rig.outcome()["orders"], rig.outcome()["held"]) == (["paid"], [3])
    assert rig.outcome()["mails"] == ["paid"]


def test_one_paid_between_our_look_and_our_cancel_is_paid(standin, placement, monkeypatch):
    started = services.start_payment(placement)
    rig.end_time(placement)
    ask = gateway.Gateway.retrieve_intent

    def shopper_is_faster(self, intent_id):
        facts = ask(self, intent_id)
        if facts.status != "succeeded":
            standin.pay(started.client_secret)
        return facts

    monkeypatch.setattr(gateway.Gateway, "retrieve_intent", shopper_is_faster)

    assert services.expire_unpaid_orders() == 0

    assert (rig.outcome()["orders"], rig.outcome()["held"]) == (["paid"], [3])


def test_a_payment_that_is_with_the_bank_is_waited_for(standin, placement):
    standin.settings.hold_processing = True
    intent = rig.pay_at_stripe(standin, placement)
    rig.end_time(placement)

    assert services.expire_unpaid_orders() == 0
    assert (rig.outcome()["orders"], rig.outcome()["held"]) == (["pending-payment"], [3])

    standin.settings.next_declines.append("generic_decline")
    standin.finish_processing(intent["id"])
    assert services.expire_unpaid_orders() == 1
    assert rig.outcome()["held"] == [0]


def test_an_intent_we_never_heard_of_is_found_and_cancelled(standin, placement):
    attempt = services.open_attempt(placement.order)
    gateway.for_jobs().create_intent(
        amount_satang=attempt.amount_satang,
        order_number=placement.order.number,
        attempt_number=1,
        key=f"{placement.order.number}:1:create",
    )
    rig.end_time(placement)

    assert services.expire_unpaid_orders() == 1

    assert [intent["status"] for intent in standin.intents()] == ["canceled"]


def test_an_order_of_which_stripe_will_make_no_intent_is_released(standin, placement):
    services.open_attempt(placement.order)
    PaymentAttempt.objects.update(amount_satang=1)  # refused: too small
    rig.end_time(placement)

    assert services.expire_unpaid_orders() == 1

    assert standin.intents() == []
    assert rig.outcome()["held"] == [0]


def test_nobody_pays_for_an_order_that_was_given_up(standin, placement, client):
    secret = services.start_payment(placement).client_secret
    rig.end_time(placement)
    services.expire_unpaid_orders()

    page = client.get(f"/checkout/pay/{placement.token}/")

    assert page.status_code == 410
    assert secret not in page.text
    with pytest.raises(Exception, match="canceled"):
        standin.pay(secret)


def test_the_command_says_what_it_did_and_fails_when_stripe_is_silent(standin, placement, capsys):
    rig.pay_at_stripe(standin, placement)
    call_command("reconcile_payments", "--waiting-minutes", "0")
    assert "1 payments asked about, 1 found paid" in capsys.readouterr().out


def test_a_silent_stripe_makes_the_command_fail(standin, placement, monkeypatch):
    services.start_payment(placement)
    standin.faults.add("401", "* /v1/*", times=99)

    with pytest.raises(CommandError, match="did not answer"):
        call_command("reconcile_payments", "--waiting-minutes", "0")

    assert rig.outcome()["orders"] == ["pending-payment"]
