"""Disputes: the bank takes a payment back, with a fee, and gives it back or keeps it."""

import pytest
import requests
import stripe

from deploy.demo.stripe_standin import running_standin
from tests.deploy.stripe_rig import client_of, pay

pytestmark = pytest.mark.no_database

TOTAL, FEE, DISPUTE_FEE = 125_050, 5_953, 50_000


@pytest.fixture
def client(standin):
    return client_of(standin)


def types_since(standin, count):
    return [event["type"] for event in standin.events()][count:]


def money_of(dispute):
    return [(one.type, one.amount, one.fee, one.net) for one in dispute.balance_transactions]


@pytest.mark.parametrize(
    ("card", "reason"),
    [
        ("pm_card_createDispute", "fraudulent"),
        ("pm_card_createDisputeProductNotReceived", "product_not_received"),
    ],
)
def test_a_card_that_disputes_takes_the_money_and_a_fee(client, standin, card, reason):
    intent = pay(client, card)

    [listed] = client.v1.disputes.list({"payment_intent": intent.id}).data
    dispute = client.v1.disputes.retrieve(listed.id, {"expand": ["charge"]})

    assert (dispute.status, dispute.reason, dispute.amount) == ("needs_response", reason, TOTAL)
    assert money_of(dispute) == [("adjustment", -TOTAL, DISPUTE_FEE, -TOTAL - DISPUTE_FEE)]
    assert dispute.balance_transactions[0].reporting_category == "dispute"
    assert dispute.balance_transactions[0].source == dispute.id
    assert dispute.charge.disputed is True
    assert dispute.evidence_details.due_by == dispute.created + 9 * 24 * 3600
    assert dispute.is_charge_refundable is False
    assert types_since(standin, 4) == ["charge.dispute.created", "charge.dispute.funds_withdrawn"]
    assert standin.balance_satang() == TOTAL - FEE - TOTAL - DISPUTE_FEE


def test_the_same_card_typed_by_a_shopper_disputes_too(client, standin):
    intent = client.v1.payment_intents.create(
        {"amount": TOTAL, "currency": "thb", "allowed_payment_method_types": ["card"]}
    )

    paid = standin.pay(intent.client_secret, "4000000000000259")

    assert paid["status"] == "succeeded"
    assert len(client.v1.disputes.list().data) == 1


@pytest.mark.parametrize(("returned", "fee_back"), [(False, 0), (True, -DISPUTE_FEE)])
def test_a_dispute_that_is_won_gives_the_money_back_and_the_fee_where_so_set(
    client, standin, returned, fee_back
):
    standin.settings.dispute_fee_returned = returned
    opened = standin.open_dispute(pay(client).id)
    count = len(standin.events())

    standin.answer_dispute(opened["id"])
    standin.end_dispute(opened["id"], is_won=True)

    dispute = client.v1.disputes.retrieve(opened["id"])
    assert (dispute.status, dispute.is_charge_refundable) == ("won", True)
    assert money_of(dispute)[1] == ("adjustment", TOTAL, fee_back, TOTAL - fee_back)
    assert dispute.balance_transactions[1].reporting_category == "dispute_reversal"
    assert types_since(standin, count) == [
        "charge.dispute.updated",
        "charge.dispute.closed",
        "charge.dispute.funds_reinstated",
    ]
    assert standin.balance_satang() == TOTAL - FEE - DISPUTE_FEE - fee_back


def test_a_dispute_that_is_lost_moves_nothing_more(client, standin):
    opened = standin.open_dispute(pay(client).id, "product_not_received", amount_satang=20_000)
    before = standin.balance_satang()
    count = len(standin.events())

    standin.end_dispute(opened["id"], is_won=False)

    dispute = client.v1.disputes.retrieve(opened["id"])
    assert (dispute.status, dispute.amount) == ("lost", 20_000)
    assert types_since(standin, count) == ["charge.dispute.closed"]
    assert standin.balance_satang() == before == TOTAL - FEE - 20_000 - DISPUTE_FEE


def test_an_inquiry_takes_no_money_until_it_becomes_a_dispute(client, standin):
    pay(client, "pm_card_createDisputeInquiry")
    [dispute] = client.v1.disputes.list().data
    assert (dispute.status, money_of(dispute)) == ("warning_needs_response", [])
    assert standin.balance_satang() == TOTAL - FEE

    standin.escalate_dispute(dispute.id)

    dispute = client.v1.disputes.retrieve(dispute.id)
    assert dispute.status == "needs_response"
    assert money_of(dispute) == [("adjustment", -TOTAL, DISPUTE_FEE, -TOTAL - DISPUTE_FEE)]


def test_an_inquiry_that_is_answered_is_closed_without_money(client, standin):
    pay(client, "pm_card_createDisputeInquiry")
    [dispute] = client.v1.disputes.list().data

    standin.end_dispute(dispute.id, is_won=False)

    assert client.v1.disputes.retrieve(dispute.id).status == "warning_closed"
    assert standin.balance_satang() == TOTAL - FEE


def test_what_the_bank_took_back_cannot_be_refunded_as_well(client, standin):
    intent = pay(client)
    dispute = standin.open_dispute(intent.id)

    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.refunds.create({"payment_intent": intent.id})
    assert (caught.value.http_status, caught.value.code) == (400, "charge_disputed")

    standin.end_dispute(dispute["id"], is_won=True)
    assert client.v1.refunds.create({"payment_intent": intent.id}).amount == TOTAL


def test_a_dispute_ends_once(client, standin):
    opened = standin.open_dispute(pay(client).id)
    end = f"{standin.base_url}/_control/disputes/end"
    given = {"dispute": opened["id"], "won": False}

    assert requests.post(end, json=given, timeout=5).status_code == 200
    assert requests.post(end, json=given | {"won": True}, timeout=5).status_code == 400

    assert client.v1.disputes.retrieve(opened["id"]).status == "lost"


def test_the_page_ends_a_dispute_by_a_button(client, standin):
    opened = standin.open_dispute(pay(client).id)
    page = requests.get(standin.base_url, timeout=5).text
    assert opened["id"] in page and "−฿559.53" in page

    requests.post(f"{standin.base_url}/lost", data={"id": opened["id"]}, timeout=5)

    assert client.v1.disputes.retrieve(opened["id"]).status == "lost"


def test_what_a_control_announces_is_checked_as_answers_are(client):
    with running_standin() as standin:
        intent = pay(client_of(standin))
        standin.open_dispute(intent.id, "angry")
        [dispute] = standin.store.newest_first("dispute")
        dispute["status"] = "furious"

        standin.answer_dispute(dispute["id"])
        dispute["evidence_details"]["due_by"] = "soon"
        standin.end_dispute(dispute["id"], is_won=False)

        said = "charge.dispute.closed: event.data.object.evidence_details.due_by: 'soon'"
        assert standin.violations == [f"{said} is not allowed"]
