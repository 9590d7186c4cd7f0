"""What the account holds, and how it goes to the bank: every satang is a balance transaction."""

import pytest
import requests
import stripe

from deploy.demo.stripe_standin import running_standin
from tests.deploy.stripe_rig import client_of, pay

pytestmark = pytest.mark.no_database

TOTAL, FEE = 125_050, 5_953
NET = TOTAL - FEE


@pytest.fixture
def standin(standin):
    standin.settings.available_after_seconds = 0
    return standin


@pytest.fixture
def client(standin):
    return client_of(standin)


def balance(client):
    held = client.v1.balance.retrieve()
    return held.available[0].amount, held.pending[0].amount


def listed(client, **params):
    found = client.v1.balance_transactions.list(params).data
    return [(one.type, one.net) for one in found]


def test_the_sum_of_all_transactions_is_the_balance(client, standin):
    first, second = pay(client), pay(client)
    client.v1.refunds.create({"payment_intent": first.id, "amount": 33_333})
    standin.open_dispute(second.id)
    standin.make_payout(10_000)

    available, pending = balance(client)
    nets = [net for _, net in listed(client)]

    assert sum(nets) == available + pending == standin.balance_satang()
    assert sum(nets) == 2 * NET - 33_333 - TOTAL - 50_000 - 10_000


def test_money_can_be_sent_to_the_bank_after_a_week_only(client, standin):
    standin.settings.available_after_seconds = 7 * 24 * 3600
    pay(client)
    assert balance(client) == (0, NET)
    with pytest.raises(stripe.StripeError):  # no balance of a payout that was never made
        client.v1.payouts.retrieve("po_nothing")
    standin.store.clock_offset_seconds += 7 * 24 * 3600

    assert balance(client) == (NET, 0)
    assert [one.status for one in client.v1.balance_transactions.list().data] == ["available"]
    assert standin.make_payout()["amount"] == NET


def test_a_payout_takes_all_that_is_available_and_says_of_what_it_is_made(client, standin):
    pay(client)
    pay(client)

    payout = client.v1.payouts.retrieve(
        standin.make_payout()["id"], {"expand": ["balance_transaction"]}
    )

    assert (payout.status, payout.amount, payout.automatic) == ("in_transit", 2 * NET, True)
    assert (payout.balance_transaction.type, payout.balance_transaction.net) == ("payout", -2 * NET)
    assert balance(client) == (0, 0)
    assert sorted(listed(client, payout=payout.id)) == [
        ("charge", NET),
        ("charge", NET),
        ("payout", -2 * NET),
    ]
    pay(client)
    assert standin.make_payout()["amount"] == NET


def test_a_payout_arrives_and_is_announced(client, standin):
    pay(client)
    made = standin.make_payout()

    standin.finish_payout(made["id"])

    payout = client.v1.payouts.retrieve(made["id"])
    assert (payout.status, payout.reconciliation_status) == ("paid", "completed")
    assert [event["type"] for event in standin.events()][-3:] == [
        "payout.created",
        "payout.paid",
        "payout.reconciliation_completed",
    ]


@pytest.mark.parametrize("arrived_first", [False, True])
def test_a_payout_that_fails_gives_the_money_back(client, standin, arrived_first):
    pay(client)
    made = standin.make_payout()
    if arrived_first:
        standin.finish_payout(made["id"])

    standin.fail_payout(made["id"])

    [payout] = client.v1.payouts.list(
        {"status": "failed", "expand": ["data.failure_balance_transaction"]}
    ).data
    back = payout.failure_balance_transaction
    assert (back.type, back.net, back.source) == ("payout_failure", NET, made["id"])
    assert standin.events()[-1]["type"] == "payout.failed"
    assert balance(client) == (NET, 0)
    assert standin.make_payout()["amount"] == NET


def test_transactions_are_listed_by_day_kind_and_source_in_pages(client, standin):
    first = pay(client)
    refund = client.v1.refunds.create({"payment_intent": first.id, "amount": 100})
    standin.store.clock_offset_seconds += 24 * 3600
    pay(client)
    later = standin.store.now() - 3600

    assert listed(client, created={"gte": later}) == [("charge", NET)]
    assert listed(client, created={"lt": later}) == [("refund", -100), ("charge", NET)]
    assert listed(client, type="charge", limit=1) == [("charge", NET)]
    assert listed(client, source=refund.id) == [("refund", -100)]
    page = client.v1.balance_transactions.list({"limit": 2})
    rest = client.v1.balance_transactions.list({"limit": 2, "starting_after": page.data[-1].id})
    assert (page.has_more, rest.has_more, len(page.data), len(rest.data)) == (True, False, 2, 1)


def test_payouts_are_remembered_over_a_restart(tmp_path):
    state = tmp_path / "standin.json"
    with running_standin(state_path=state) as standin:
        standin.settings.available_after_seconds = 0
        pay(client_of(standin))
        payout = standin.make_payout()

    with running_standin(state_path=state) as standin:
        assert len(listed(client_of(standin), payout=payout["id"])) == 2
        assert standin.balance_satang() == 0


def test_nothing_is_sent_from_an_empty_account(standin):
    answer = requests.post(f"{standin.base_url}/_control/payouts", json={}, timeout=5)

    assert answer.json()["error"]["code"] == "balance_insufficient"
    assert standin.events() == []


def test_the_page_sends_money_by_buttons(client, standin):
    pay(client)

    requests.post(f"{standin.base_url}/payout", timeout=5)
    [payout] = client.v1.payouts.list().data
    for button in ("arrived", "sent-back"):
        requests.post(f"{standin.base_url}/{button}", data={"id": payout.id}, timeout=5)

    assert client.v1.payouts.retrieve(payout.id).status == "failed"
