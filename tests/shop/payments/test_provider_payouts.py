"""What Stripe sends to the operator's bank leaves both books on the same day, and may come back."""

from datetime import timedelta

import pytest

from marketplace.ledger.models import Account, Event
from shop.payments import gateway, services
from shop.payments.models import Attention
from tests.shop.payments import provider, rig

NET = 3 * 25_000 + 6_000 - 4_234
BANK = Account.Kind.BANK


@pytest.fixture
def paid(standin, placement):
    """A paid order whose money Stripe can send on."""
    standin.settings.available_after_seconds = 0
    provider.pay_order(standin, placement)
    provider.settle_all()


def test_a_transfer_leaves_the_clearing_account_when_it_is_made(standin, paid, client):
    payout = standin.make_payout()

    rig.deliver(client, *rig.events_of(standin, "payout.created"))

    assert provider.transfers("gateway-payout") == [("gateway-payout", NET)]
    assert (provider.clearing_satang(), provider.account_satang(BANK)) == (0, NET)
    assert Event.objects.get(kind="gateway-payout").provider_reference == payout["id"]
    assert provider.books_agree(standin)


def test_that_it_arrived_changes_nothing_more(standin, paid, client):
    standin.finish_payout(standin.make_payout()["id"])

    rig.deliver(client, *reversed(standin.events()))

    assert provider.events("gateway-payout") == [NET]
    assert (provider.events("gateway-payout-return"), rig.outcome()["attention"]) == ([], [])
    assert provider.books_agree(standin)


@pytest.mark.parametrize("arrived_first", [False, True])
@pytest.mark.parametrize("order", [1, -1])
def test_what_the_bank_sends_back_is_at_stripe_again_and_somebody_is_told(
    standin, paid, client, arrived_first, order
):
    payout = standin.make_payout()
    if arrived_first:
        standin.finish_payout(payout["id"])
    standin.fail_payout(payout["id"])

    rig.deliver(client, *standin.events()[::order])
    rig.deliver(client, *standin.events())

    assert provider.events("gateway-payout-return") == [NET]
    assert (provider.clearing_satang(), provider.account_satang(BANK)) == (NET, 0)
    noted = Attention.objects.get()
    assert (noted.reason, noted.reference, noted.order) == ("payout-failed", payout["id"], None)
    assert provider.books_agree(standin)


def test_part_of_the_money_can_be_sent(standin, paid):
    standin.make_payout(10_001)

    services.look_through_account()

    assert provider.events("gateway-payout") == [10_001]
    assert provider.books_agree(standin)


def test_lost_events_are_healed_by_looking_through_the_account(standin, paid, monkeypatch):
    monkeypatch.setattr(gateway, "MOST_ON_A_PAGE", 2)
    made = [standin.make_payout(satang) for satang in (1_000, 2_000, 3_000, 4_000, 5_000)]
    standin.fail_payout(made[0]["id"])

    for _ in range(2):
        assert services.look_through_account() is True

    assert provider.events("gateway-payout") == [1_000, 2_000, 3_000, 4_000, 5_000]
    assert provider.events("gateway-payout-return") == [1_000]
    assert provider.books_agree(standin)


def test_what_is_older_than_a_month_is_not_looked_for(standin, paid):
    standin.store.clock_offset_seconds = -31 * 24 * 3600
    standin.make_payout(1_000)
    standin.store.clock_offset_seconds = 0

    services.look_through_account()
    assert provider.events("gateway-payout") == []

    services.look_through_account(recent=timedelta(days=32))
    assert provider.events("gateway-payout") == [1_000]


@pytest.mark.parametrize(
    "changes",
    [
        {"currency": "usd"},
        {"net": 500, "amount": 500},  # Stripe takes what we owe it from our bank
        {"fee": 100, "net": -10_100},  # an instant transfer
    ],
)
def test_a_transfer_of_another_kind_waits_for_a_person(standin, paid, changes):
    payout = standin.make_payout(10_000)
    standin.store.objects[payout["balance_transaction"]].update(changes)

    for _ in range(2):
        services.settle_provider_payout(payout["id"])

    assert provider.events("gateway-payout") == []
    noted = Attention.objects.get()
    assert (noted.reason, noted.order) == ("payout-ledger", None)


def test_a_transfer_that_stripe_has_not_booked_yet_is_waited_for(standin, paid):
    payout = standin.make_payout(10_000)
    facts = gateway.for_jobs().retrieve_payout(payout["id"])
    early = facts.__class__(**(vars(facts) | {"sent": None}))

    services.provider_payouts.record_payout_facts(early)
    assert (provider.events("gateway-payout"), Attention.objects.count()) == ([], 0)

    services.settle_provider_payout(payout["id"])
    assert provider.events("gateway-payout") == [10_000]
