"""A shopper's bank takes a payment back: held at once, given back or lost, and nothing twice."""

from datetime import timedelta

import pytest

from marketplace.core.worker import run_ready_jobs
from marketplace.ledger.models import Account, Event
from shop.payments import errors, gateway, services
from shop.payments.models import Attention, Dispute, OrderMail, PaymentAttempt, Refund
from tests.shop.payments import provider, rig

TOTAL = 3 * 25_000 + 6_000
FEE, DISPUTE_FEE = 4_234, 50_000
HELD = Account.Kind.DISPUTE_HELD


@pytest.fixture
def paid(standin, placement):
    """A paid order whose fee is known."""
    provider.pay_order(standin, placement)
    provider.settle_all()
    return placement.order


def test_the_event_of_a_dispute_holds_the_money_and_notes_the_fee(standin, paid, client):
    made = provider.dispute_it(standin, paid, "product_not_received")

    rig.deliver(client, *rig.events_of(standin, "charge.dispute.created"))

    dispute = Dispute.objects.get()
    assert (dispute.order, dispute.stripe_id, dispute.state) == (paid, made["id"], "open")
    assert (dispute.amount_satang, dispute.fee_satang) == (TOTAL, DISPUTE_FEE)
    assert (dispute.reason, dispute.settled_at) == ("product_not_received", None)
    assert int(dispute.due_at.timestamp()) == made["evidence_details"]["due_by"]
    assert provider.transfers("dispute") == [
        ("dispute-held", TOTAL),
        ("gateway-fee", DISPUTE_FEE),
    ]
    assert provider.account_satang(HELD) == TOTAL
    assert rig.village_income() == [("50010811", "sale", 75_000)]
    assert provider.books_agree(standin)


def test_staff_are_asked_to_answer_by_the_day_it_is_due_and_no_longer(standin, paid):
    made = provider.dispute_it(standin, paid)
    services.settle_dispute(made["id"])

    noted = Attention.objects.get()
    assert (noted.reason, noted.order, noted.resolved_at) == ("dispute", paid, None)
    assert int(noted.due_at.timestamp()) == made["evidence_details"]["due_by"]

    standin.answer_dispute(made["id"])
    services.settle_dispute(made["id"])

    noted.refresh_from_db()
    assert (noted.resolved_by, noted.note) == (None, "")
    assert noted.resolved_at is not None
    assert (Dispute.objects.get().state, Dispute.objects.get().due_at) == ("review", None)
    assert provider.books_agree(standin)


def test_case_40_a_dispute_that_is_won_gives_the_money_back(standin, paid, client):
    made = provider.dispute_it(standin, paid)
    standin.end_dispute(made["id"], is_won=True)

    rig.deliver(client, *rig.events_of(standin, "charge.dispute.closed"))

    dispute = Dispute.objects.get()
    assert (dispute.state, dispute.borne_by) == ("won", None)
    assert dispute.settled_at is not None
    assert provider.transfers("dispute-won") == [("dispute-won", TOTAL)]
    assert provider.account_satang(HELD) == 0
    paid.refresh_from_db()
    assert paid.status == "paid"
    assert provider.clearing_satang() == TOTAL - FEE - DISPUTE_FEE
    assert provider.books_agree(standin)


def test_the_fee_comes_back_where_stripe_gives_it_back(standin, paid):
    standin.settings.dispute_fee_returned = True
    made = provider.dispute_it(standin, paid)
    standin.end_dispute(made["id"], is_won=True)

    services.settle_dispute(made["id"])

    assert provider.transfers("dispute-won") == [
        ("dispute-won", TOTAL),
        ("gateway-fee-back", DISPUTE_FEE),
    ]
    assert provider.clearing_satang() == TOTAL - FEE
    assert provider.books_agree(standin)


def test_what_was_won_counts_when_the_money_is_back_not_before(standin, paid):
    made = provider.dispute_it(standin, paid)
    standin.end_dispute(made["id"], is_won=True)
    facts = gateway.for_jobs().retrieve_dispute(made["id"])
    early = facts.__class__(**(vars(facts) | {"entries": facts.entries[:1]}))

    services.disputes.record_dispute_facts(early, stripe=gateway.for_jobs())
    assert (Dispute.objects.get().state, Dispute.objects.get().settled_at) == ("won", None)
    assert provider.events("dispute-won") == []

    services.look_through_account(recent=timedelta(0))
    assert provider.events("dispute-won") == [TOTAL]
    assert provider.books_agree(standin)


def test_an_inquiry_takes_no_money_and_can_still_be_refunded(standin, paid):
    made = provider.dispute_it(standin, paid, "inquiry")
    services.settle_dispute(made["id"])
    assert (Dispute.objects.get().state, rig.outcome()["attention"]) == ("inquiry", ["dispute"])
    assert Event.objects.filter(kind="dispute").count() == 0

    line = paid.lines.get().pk
    services.refund_lines(paid, lines={line: 100}, delivery={}, by=None, reason="x")
    standin.end_dispute(made["id"], is_won=False)
    services.settle_dispute(made["id"])

    dispute = Dispute.objects.get()
    assert (dispute.state, dispute.settled_at is None) == ("closed", False)
    assert Attention.objects.get().resolved_at is not None
    assert Event.objects.filter(kind__startswith="dispute").count() == 0
    assert provider.books_agree(standin)


def test_an_inquiry_that_becomes_a_dispute_is_held_then(standin, paid, client):
    made = provider.dispute_it(standin, paid, "inquiry")
    services.settle_dispute(made["id"])
    standin.escalate_dispute(made["id"])

    rig.deliver(client, *rig.events_of(standin, "charge.dispute.funds_withdrawn"))

    assert Dispute.objects.get().state == "open"
    assert provider.events("dispute") == [TOTAL + DISPUTE_FEE]
    assert provider.books_agree(standin)


def test_money_that_was_taken_before_an_inquiry_was_closed_comes_back_too(standin, paid):
    made = provider.dispute_it(standin, paid)
    standin.end_dispute(made["id"], is_won=True)
    facts = gateway.for_jobs().retrieve_dispute(made["id"])
    closed = facts.__class__(**(vars(facts) | {"status": "warning_closed"}))

    services.disputes.record_dispute_facts(closed, stripe=gateway.for_jobs())

    dispute = Dispute.objects.get()
    assert (dispute.state, dispute.settled_at is None) == ("closed", False)
    assert provider.events("dispute-won") == [TOTAL]
    assert provider.books_agree(standin)


@pytest.mark.parametrize("end", [None, False])
def test_case_42_what_the_bank_has_is_not_refunded_as_well(standin, paid, end):
    made = provider.dispute_it(standin, paid)
    if end is not None:
        standin.end_dispute(made["id"], is_won=end)
    provider.send(paid.parcels.get())
    services.settle_dispute(made["id"])
    before = (rig.outcome(), len(standin.calls))

    with pytest.raises(errors.PaymentDisputed) as refused:
        services.refund_lines(
            paid, lines={paid.lines.get().pk: 100}, delivery={}, by=None, reason="x"
        )

    assert "ธนาคาร" in str(refused.value) or "bank" in str(refused.value)
    assert (rig.outcome(), len(standin.calls)) == before
    assert Refund.objects.count() == 0


def test_after_a_dispute_was_won_a_refund_is_possible_again(standin, paid):
    made = provider.dispute_it(standin, paid)
    standin.end_dispute(made["id"], is_won=True)
    services.settle_dispute(made["id"])

    line = paid.lines.get().pk
    services.refund_lines(paid, lines={line: 100}, delivery={}, by=None, reason="x")

    assert rig.outcome()["refunds"] == [("lines", "succeeded", 100)]
    assert provider.books_agree(standin)


def test_the_event_of_a_dispute_may_come_before_that_of_the_payment(standin, placement, client):
    started = services.start_payment(placement)
    standin.pay(started.client_secret, "4000000000000259")

    rig.deliver(client, *rig.events_of(standin, "charge.dispute.funds_withdrawn"))

    placement.order.refresh_from_db()
    assert placement.order.status == "paid"
    assert provider.events("dispute") == [TOTAL + DISPUTE_FEE]
    assert list(OrderMail.objects.values_list("kind", flat=True)) == ["paid"]


def test_lost_events_are_healed_by_looking_through_the_account(standin, paid):
    made = provider.dispute_it(standin, paid)

    assert services.look_through_account() is True
    assert Dispute.objects.get().state == "open"

    standin.end_dispute(made["id"], is_won=False)
    services.look_through_account(recent=timedelta(0))
    assert Dispute.objects.get().state == "lost"
    assert provider.books_agree(standin)


def test_when_stripe_is_silent_nothing_changes_and_the_next_look_heals(standin, paid):
    provider.dispute_it(standin, paid)
    standin.faults.add("401", "GET /v1/disputes*", times=1)

    assert services.look_through_account() is False
    assert Dispute.objects.count() == 0
    assert services.look_through_account() is True
    assert Dispute.objects.count() == 1


def test_a_dispute_of_a_payment_of_nobody_we_know_is_left_alone(standin, placement, client):
    foreign = gateway.for_jobs().create_intent(
        amount_satang=5_000, order_number="1", attempt_number=1, key="foreign"
    )
    services.open_attempt(placement.order)  # has no intent yet, as this dispute may have none
    standin.pay(foreign.client_secret)
    standin.open_dispute(foreign.id)
    standin.store.newest_first("dispute")[0]["payment_intent"] = None

    rig.deliver(client, *standin.events())
    services.look_through_account()

    assert Dispute.objects.count() == Event.objects.count() == Attention.objects.count() == 0


def test_a_dispute_the_ledger_refuses_waits_for_a_person(standin, placement):
    started = services.start_payment(placement)
    standin.pay(started.client_secret)
    PaymentAttempt.objects.update(amount_satang=1)
    services.settle_payment(PaymentAttempt.objects.get().intent_id)
    made = provider.dispute_it(standin, placement.order)

    for _ in range(2):
        services.settle_dispute(made["id"])

    assert rig.outcome()["attention"] == ["amount", "dispute", "dispute-ledger"]
    assert Event.objects.count() == 0


def test_a_dispute_in_another_currency_waits_for_a_person(standin, paid):
    made = provider.dispute_it(standin, paid)
    [transaction] = standin.store.objects[made["id"]]["balance_transactions"]
    transaction["currency"] = "usd"

    services.settle_dispute(made["id"])

    assert rig.outcome()["attention"] == ["dispute", "dispute-ledger"]
    assert provider.events("dispute") == []


def test_the_order_page_says_that_the_bank_has_the_money(standin, paid, client):
    url = f"/orders/{paid.placement.token}/"
    assert "order-dispute" not in client.get(url).text
    made = provider.dispute_it(standin, paid)
    services.settle_dispute(made["id"])

    assert "order-dispute" in client.get(url).text

    standin.end_dispute(made["id"], is_won=True)
    services.settle_dispute(made["id"])
    run_ready_jobs()
    assert "order-dispute" not in client.get(url).text
