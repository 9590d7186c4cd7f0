"""Refunds of cards: whole, in parts, and never more than was paid."""

import pytest
import stripe

from tests.deploy.stripe_rig import PENDANT, client_of, pay

pytestmark = pytest.mark.no_database


@pytest.fixture
def client(standin):
    return client_of(standin)


def test_a_whole_refund_gives_everything_back(client, standin):
    intent = pay(client)

    refund = client.v1.refunds.create(
        {"payment_intent": intent.id, "expand": ["balance_transaction", "charge"]}
    )

    assert (refund.status, refund.amount) == ("succeeded", 125_050)
    assert (refund.charge.refunded, refund.charge.amount_refunded) == (True, 125_050)
    assert (refund.balance_transaction.net, refund.balance_transaction.fee) == (-125_050, 0)
    assert [event["type"] for event in standin.events()][-4:] == [
        "refund.created",
        "charge.refunded",
        "refund.updated",
        "charge.refund.updated",
    ]


def test_parts_add_up_and_the_last_one_is_what_is_left(client):
    intent = pay(client)

    first = client.v1.refunds.create({"charge": intent.latest_charge, "amount": 33_333})
    second = client.v1.refunds.create({"payment_intent": intent.id})

    assert (first.amount, second.amount) == (33_333, 91_717)
    listed = client.v1.refunds.list({"payment_intent": intent.id}).data
    assert [refund.id for refund in listed] == [second.id, first.id]


def test_more_than_is_left_is_refused(client, standin):
    intent = pay(client)
    client.v1.refunds.create({"payment_intent": intent.id, "amount": 100_000})
    happened = len(standin.events())

    with pytest.raises(stripe.InvalidRequestError, match="฿250.51.*฿250.50") as caught:
        client.v1.refunds.create({"payment_intent": intent.id, "amount": 25_051})

    assert (caught.value.http_status, caught.value.param) == (400, "amount")
    assert len(standin.events()) == happened
    assert client.v1.charges.retrieve(intent.latest_charge).amount_refunded == 100_000


def test_nothing_is_refunded_twice(client):
    intent = pay(client)
    client.v1.refunds.create({"payment_intent": intent.id})

    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.refunds.create({"payment_intent": intent.id})

    assert (caught.value.http_status, caught.value.code) == (400, "charge_already_refunded")
    assert len(client.v1.refunds.list().data) == 1


@pytest.mark.parametrize("decline_first", [False, True])
def test_what_was_not_paid_cannot_be_refunded(client, standin, decline_first):
    intent = client.v1.payment_intents.create(PENDANT)
    if decline_first:
        standin.pay(intent.client_secret, "4000000000000002")

    with pytest.raises(stripe.InvalidRequestError, match="successful charge to refund"):
        client.v1.refunds.create({"payment_intent": intent.id})

    assert client.v1.refunds.list().data == []


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({}, "parameter_missing"),
        ({"payment_intent": "pi_nowhere"}, "resource_missing"),
        ({"charge": "ch_nowhere"}, "resource_missing"),
        ({"payment_intent": "pi_nowhere", "reason": "unhappy"}, None),
    ],
)
def test_a_wrong_refund_is_refused(client, params, code):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.refunds.create(params)

    assert caught.value.code == code
