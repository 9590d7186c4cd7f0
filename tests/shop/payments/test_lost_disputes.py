"""A dispute that was lost: who sent nothing bears its part, the platform the rest, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.ledger.models import Account
from shop.parcels.models import Parcel
from shop.payments import gateway, services
from shop.payments.models import Attention, Dispute
from shop.placing.services import follow_parcels
from tests.factories import make_producer, make_product, make_village, place_order
from tests.shop.payments import provider, rig

TOTAL = 3 * 25_000 + 6_000
LOSSES = Account.Kind.PLATFORM_LOSSES


@pytest.fixture
def paid(standin, placement):
    """A paid order whose fee is known."""
    provider.pay_order(standin, placement)
    provider.settle_all()
    return placement.order


def test_case_41_a_lost_dispute_of_what_was_sent_is_borne_by_the_platform(standin, paid):
    provider.send(paid.parcels.get())
    lost = provider.lose(standin, paid)

    services.settle_dispute(lost)

    dispute = Dispute.objects.get()
    assert (dispute.state, dispute.borne_by) == ("lost", [])
    assert provider.transfers("dispute-lost") == [("dispute-lost", TOTAL)]
    assert provider.account_satang(LOSSES) == TOTAL
    assert rig.village_income() == [("50010811", "sale", 75_000)]
    paid.refresh_from_db()
    assert paid.status == "paid"
    assert provider.books_agree(standin)


def test_a_producer_that_sent_nothing_bears_its_part_and_packs_nothing_more(standin, paid):
    lost = provider.lose(standin, paid)

    services.settle_dispute(lost)

    producer = paid.parcels.get().producer_id
    assert Dispute.objects.get().borne_by == [producer]
    assert sorted(provider.transfers("dispute-lost")) == [
        ("delivery-refund", 6_000),
        ("dispute-released", TOTAL),
        ("refund", 75_000),
    ]
    assert provider.account_satang(LOSSES) == 0
    assert rig.village_income() == [
        ("50010811", "refund", 75_000),
        ("50010811", "sale", 75_000),
    ]
    assert paid.parcels.get().status == Parcel.Status.CANCELLED
    paid.refresh_from_db()
    assert paid.status == "refunded"
    assert provider.books_agree(standin)


def test_of_two_producers_only_the_one_that_sent_nothing_bears_its_part(standin, db):
    sent, unsent = (make_producer(make_village(code)) for code in ("50010811", "34010105"))
    placement = place_order(
        (make_product(sent, price_baht="299.99"), 1), (make_product(unsent, price_baht="120.20"), 2)
    )
    provider.pay_order(standin, placement)
    provider.settle_all()
    provider.send(placement.order.parcels.get(producer=sent))
    lost = provider.lose(standin, placement.order)

    services.settle_dispute(lost)

    assert Dispute.objects.get().borne_by == [unsent.pk]
    assert sorted(provider.transfers("dispute-lost")) == [
        ("delivery-refund", 4_000),
        ("dispute-lost", 29_999 + 4_000),
        ("dispute-released", 24_040 + 4_000),
        ("refund", 24_040),
    ]
    assert {one.producer_id: one.status for one in placement.order.parcels.all()} == {
        sent.pk: "shipped",
        unsent.pk: "cancelled",
    }
    placement.order.refresh_from_db()
    assert placement.order.status == "partly-refunded"
    assert provider.books_agree(standin)


def test_who_bears_it_is_decided_once(standin, paid):
    lost = provider.lose(standin, paid)
    services.settle_dispute(lost)
    before = provider.ledger()
    Parcel.objects.update(status=Parcel.Status.SHIPPED, shipped_at=timezone.now())

    for _ in range(3):
        services.settle_dispute(lost)
        services.look_through_account()

    assert provider.ledger() == before
    assert rig.outcome()["attention"] == []


def test_part_of_a_payment_can_be_disputed(standin, paid):
    lost = provider.lose(standin, paid, amount_satang=20_000)

    services.settle_dispute(lost)

    # ฿200 over ฿750 of goods and ฿60 of delivery: 18,518.5 and 1,481.5
    assert sorted(provider.transfers("dispute-lost")) == [
        ("delivery-refund", 1_481),
        ("dispute-released", 20_000),
        ("refund", 18_519),
    ]
    assert paid.parcels.get().status == Parcel.Status.PREPARING
    assert provider.books_agree(standin)


def test_case_42_a_dispute_of_what_was_refunded_before_loses_only_what_is_left(standin, paid):
    line = paid.lines.get().pk
    services.refund_lines(paid, lines={line: 75_000}, delivery={}, by=None, reason="x")
    lost = provider.lose(standin, paid)
    parcel = paid.parcels.get()
    Parcel.objects.filter(pk=parcel.pk).update(status=Parcel.Status.PREPARING)

    services.settle_dispute(lost)

    assert sorted(provider.transfers("dispute-lost")) == [
        ("delivery-refund", 6_000),
        ("dispute-lost", 75_000),
        ("dispute-released", 6_000),
    ]
    assert provider.books_agree(standin)


def test_a_refund_on_its_way_is_settled_before_a_loss_is_shared(standin, paid):
    line = paid.lines.get().pk
    refund = services.open_refund(paid, lines={line: 20_000}, delivery={}, by=None, reason="x")
    made_refund = gateway.for_jobs().create_refund(
        intent_id=refund.attempt.intent_id,
        amount_satang=20_000,
        refund_key=str(refund.pk),
        order_number=paid.number,
    )
    lost = provider.lose(standin, paid, amount_satang=TOTAL - 20_000)

    services.settle_dispute(lost)
    refund.refresh_from_db()

    assert (refund.state, refund.stripe_id) == ("succeeded", made_refund.id)
    assert sorted(provider.transfers("dispute-lost")) == [
        ("delivery-refund", 6_000),
        ("dispute-released", TOTAL - 20_000),
        ("refund", 55_000),
    ]
    assert provider.books_agree(standin)


def test_a_refund_that_the_dispute_made_impossible_fails_and_waits_for_a_person(standin, paid):
    line = paid.lines.get().pk
    refund = services.open_refund(paid, lines={line: 20_000}, delivery={}, by=None, reason="x")
    lost = provider.lose(standin, paid)

    services.settle_dispute(lost)

    refund.refresh_from_db()
    assert refund.state == "failed"
    assert rig.outcome()["attention"] == ["refund-failed"]
    assert Dispute.objects.get().settled_at is not None
    assert provider.books_agree(standin)


def test_old_news_does_not_open_a_dispute_again(standin, paid):
    made = provider.dispute_it(standin, paid)
    old = gateway.for_jobs().retrieve_dispute(made["id"])
    standin.end_dispute(made["id"], is_won=False)
    services.settle_dispute(made["id"])
    before = provider.ledger()

    services.disputes.record_dispute_facts(old, stripe=gateway.for_jobs())

    assert Dispute.objects.get().state == "lost"
    assert provider.ledger() == before
    assert Attention.objects.filter(resolved_at=None).count() == 0


def test_a_dispute_that_turns_after_its_end_waits_for_a_person(standin, paid):
    lost = provider.lose(standin, paid)
    services.settle_dispute(lost)
    before = provider.ledger()
    facts = gateway.for_jobs().retrieve_dispute(lost)
    back = vars(facts.entries[0]) | {"amount_satang": TOTAL, "net_satang": TOTAL, "fee_satang": 0}
    entries = (*facts.entries, facts.entries[0].__class__(**back))
    turned = facts.__class__(**(vars(facts) | {"status": "won", "entries": entries}))

    services.disputes.record_dispute_facts(turned, stripe=gateway.for_jobs())

    assert provider.ledger() == before
    assert "dispute-ledger" in rig.outcome()["attention"]


def test_a_later_look_does_not_put_an_order_back_that_has_gone_on(standin, paid):
    lost = provider.lose(standin, paid, amount_satang=20_000)
    services.settle_dispute(lost)
    provider.send(paid.parcels.get())
    paid.refresh_from_db()
    assert follow_parcels(paid)

    services.settle_dispute(lost)
    services.look_through_account()

    paid.refresh_from_db()
    assert paid.status == "shipped"


def test_a_loss_whose_money_is_not_listed_yet_is_asked_about_again(standin, paid):
    lost = provider.lose(standin, paid)
    facts = gateway.for_jobs().retrieve_dispute(lost)
    early = facts.__class__(**(vars(facts) | {"entries": ()}))

    services.disputes.record_dispute_facts(early, stripe=gateway.for_jobs())
    assert (Dispute.objects.get().state, Dispute.objects.get().settled_at) == ("lost", None)

    services.look_through_account(recent=timedelta(0))
    assert provider.events("dispute-lost") == [2 * TOTAL]
    assert paid.parcels.get().status == Parcel.Status.CANCELLED
    assert provider.books_agree(standin)
