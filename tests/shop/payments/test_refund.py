"""Money goes back by line and parcel: never twice, never more than was paid."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from marketplace.core.models import AuditEntry
from marketplace.core.worker import run_ready_jobs
from marketplace.ledger.models import Event
from shop.payments import errors, gateway, services
from shop.payments.models import Attention, PaymentAttempt, Refund, RefundLine
from tests.factories import make_producer, make_product, make_user, make_village, place_order
from tests.shop.payments import rig

REFUND = "POST /v1/refunds"


@pytest.fixture
def finance(db):
    return make_user("finance@example.com", is_staff=True)


@pytest.fixture
def paid(standin, db):
    """A paid order of two villages: ฿333.33 × 3 and ฿120.10 × 2, each with a parcel of its own."""
    weaver = make_producer(make_village("50010811"))
    potter = make_producer(make_village("57010501", "บ้านเหนือ"))
    placement = place_order(
        (make_product(weaver, price_baht="333.33"), 3),
        (make_product(potter, price_baht="120.10"), 2),
    )
    services.settle_payment(rig.pay_at_stripe(standin, placement)["id"])
    run_ready_jobs()
    placement.order.refresh_from_db()
    return placement.order


@pytest.fixture
def lines(paid):
    return list(paid.lines.order_by("pk").values_list("pk", flat=True))


def give_back(order, lines=None, delivery=None, by=None, reason="แตกระหว่างส่ง"):
    return services.refund_lines(
        order, lines=lines or {}, delivery=delivery or {}, by=by, reason=reason
    )


def refunds_at_stripe(standin):
    return [refund["amount"] for refund in standin.store.newest_first("refund")]


def wait(minutes=4):
    Refund.objects.update(asked_at=timezone.now() - timedelta(minutes=minutes))


def test_a_part_of_one_line_is_taken_from_its_village_alone(standin, paid, lines, finance):
    refund = give_back(paid, {lines[0]: 33_333}, by=finance)

    run_ready_jobs()
    paid.refresh_from_db()
    assert (refund.state, refund.amount_satang, refund.by) == ("succeeded", 33_333, finance)
    assert paid.status == "partly-refunded"
    assert refunds_at_stripe(standin) == [33_333]
    assert rig.outcome()["income"] == [
        ("50010811", "refund", 33_333),
        ("50010811", "sale", 99_999),
        ("57010501", "sale", 24_020),
    ]
    assert Event.objects.get(kind="refund").actor == finance
    assert rig.outcome()["mails"] == ["paid", "refunded"]
    entry = AuditEntry.objects.get(act="order.refund")
    assert (entry.actor, entry.details["amount_satang"]) == (finance, 33_333)


def test_everything_back_in_two_steps_ends_at_nothing(standin, paid, lines, finance):
    give_back(paid, {lines[1]: 24_020}, by=finance)
    left = services.refundable(paid)
    give_back(paid, left.lines, left.delivery, by=finance)

    paid.refresh_from_db()
    assert paid.status == "refunded"
    assert set(services.refundable(paid).lines.values()) == {0}
    charge = PaymentAttempt.objects.get().charge_id
    assert standin.store.copy_of(charge)["refunded"] is True


def test_the_delivery_of_one_parcel_can_go_back_alone(standin, paid, finance):
    parcel = paid.parcels.first()

    give_back(paid, delivery={parcel.producer_id: parcel.fee_satang}, by=finance)

    assert Event.objects.get(kind="refund").total_satang == parcel.fee_satang
    assert services.refundable(paid).delivery[parcel.producer_id] == 0


@pytest.mark.parametrize("amount", [100_000, 99_999 + 1, 10**12])
def test_more_than_was_paid_is_refused_before_anything_is_written(
    standin, paid, lines, finance, amount
):
    before = rig.outcome()

    with pytest.raises(errors.RefundTooLarge):
        give_back(paid, {lines[0]: amount}, by=finance)

    assert rig.outcome() == before
    assert refunds_at_stripe(standin) == []
    assert not AuditEntry.objects.filter(act="order.refund").exists()


def test_what_is_not_of_this_order_is_refused(standin, paid, finance):
    other = place_order(make_product())

    for asked in ({"lines": {other.order.lines.get().pk: 1}}, {"delivery": {10**6: 1}}):
        with pytest.raises(errors.RefundTooLarge):
            give_back(paid, by=finance, **asked)

    assert Refund.objects.count() == RefundLine.objects.count() == 0


@pytest.mark.parametrize("amounts", [{}, {0: 0}, {0: -1}, {0: 5, 1: -5}])
def test_nothing_and_less_than_nothing_are_refused(standin, paid, lines, finance, amounts):
    asked = {lines[position]: amount for position, amount in amounts.items()}

    with pytest.raises(errors.NothingToRefund):
        give_back(paid, asked, by=finance)

    assert Refund.objects.count() == 0


def test_an_unpaid_order_gives_nothing_back(standin, finance):
    unpaid = place_order(make_product()).order

    with pytest.raises(errors.RefundTooLarge):
        give_back(unpaid, {unpaid.lines.get().pk: 1}, by=finance)


def test_what_an_unfinished_refund_names_cannot_be_asked_for_again(standin, paid, lines, finance):
    standin.faults.add("500", "* /v1/refunds*", times=99)
    first = give_back(paid, {lines[0]: 99_999}, by=finance)
    assert first.state == Refund.State.NEW

    with pytest.raises(errors.RefundTooLarge):
        give_back(paid, {lines[0]: 1}, by=finance)

    assert services.refundable(paid).lines[lines[0]] == 0


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("forgotten", [False, True])
def test_a_refund_whose_answer_was_lost_is_one_refund(
    standin, paid, lines, finance, when, forgotten
):
    standin.faults.add("drop", REFUND, when=when, times=1)
    impatient = gateway.Gateway(
        key="sk_test_tests",
        api_url=standin.base_url,
        api_version="2026-10-28.endive",
        patience=gateway.Patience(timeout_seconds=5, retry_within_seconds=0),
    )
    refund = services.refund_lines(
        paid, lines={lines[0]: 100}, delivery={}, by=finance, reason="x", stripe=impatient
    )
    assert (refund.state, refund.stripe_id) == (Refund.State.NEW, None)
    if forgotten:
        standin.idempotency.forget()

    wait()
    services.reconcile()
    services.reconcile(waiting=timedelta(0))

    assert refunds_at_stripe(standin) == [100]
    assert rig.outcome()["refunds"] == [("lines", "succeeded", 100)]
    assert Event.objects.filter(kind="refund").count() == 1


def test_a_crash_between_stripe_and_the_ledger_is_made_good(standin, paid, lines, finance):
    refund = services.open_refund(paid, lines={lines[0]: 100}, delivery={}, by=finance, reason="x")
    gateway.for_jobs().create_refund(
        intent_id=refund.attempt.intent_id,
        amount_satang=100,
        refund_key=str(refund.pk),
        order_number=paid.number,
    )

    wait()
    services.reconcile()

    assert refunds_at_stripe(standin) == [100]
    assert Event.objects.get(kind="refund").total_satang == 100


def test_the_event_may_come_before_our_own_answer(standin, paid, lines, finance, client):
    refund = services.open_refund(paid, lines={lines[0]: 100}, delivery={}, by=finance, reason="x")
    made = gateway.for_jobs().create_refund(
        intent_id=refund.attempt.intent_id,
        amount_satang=100,
        refund_key=str(refund.pk),
        order_number=paid.number,
    )

    rig.deliver(client, *rig.events_of(standin, "refund.created"))
    services.record_refund_facts(refund, made)
    services.send_refund(refund.pk)

    refund.refresh_from_db()
    assert (refund.state, refund.stripe_id) == ("succeeded", made.id)
    assert Event.objects.filter(kind="refund").count() == 1
    assert rig.outcome()["mails"] == ["paid", "refunded"]


def test_a_refund_made_elsewhere_is_kept_for_a_person(standin, paid, client):
    before = rig.outcome()
    gateway.for_jobs().create_refund(
        intent_id=PaymentAttempt.objects.get().intent_id,
        amount_satang=700,
        refund_key="dashboard",
        order_number=paid.number,
    )

    rig.deliver(client, *standin.events())
    rig.deliver(client, *standin.events())

    assert rig.outcome() == before | {"attention": ["refund-unknown"]}


def test_a_refund_that_only_borrows_our_number_is_not_taken_for_ours(
    standin, paid, lines, finance, client
):
    refund = services.open_refund(paid, lines={lines[0]: 100}, delivery={}, by=finance, reason="x")
    gateway.for_jobs().create_refund(
        intent_id=refund.attempt.intent_id,
        amount_satang=700,
        refund_key=str(refund.pk),
        order_number=paid.number,
    )

    rig.deliver(client, *rig.events_of(standin, "refund.created"))

    refund.refresh_from_db()
    assert refund.state == Refund.State.NEW
    assert Attention.objects.get().reason == "refund-unknown"


def test_what_stripe_refuses_is_free_to_be_asked_for_again(standin, paid, lines, finance):
    charge_id = PaymentAttempt.objects.get().charge_id
    standin.store.objects[charge_id]["amount_refunded"] = (
        standin.store.objects[charge_id]["amount"] - 50
    )

    with pytest.raises(errors.RefundRefused):
        give_back(paid, {lines[0]: 100}, by=finance)

    assert rig.outcome()["refunds"] == [("lines", "failed", 100)]
    assert rig.outcome()["attention"] == ["refund-failed"]
    assert Event.objects.filter(kind="refund").count() == 0
    assert services.refundable(paid).lines[lines[0]] == 99_999


def test_a_refund_that_fails_at_the_bank_later_is_kept_for_a_person(standin, paid, lines, finance):
    refund = give_back(paid, {lines[0]: 100}, by=finance)
    facts = gateway.for_jobs().retrieve_refund(refund.stripe_id)
    failed = facts.__class__(**(vars(facts) | {"status": "failed"}))

    for _ in range(2):
        services.record_refund_facts(refund, failed)

    assert rig.outcome()["refunds"] == [("lines", "succeeded", 100)]
    assert rig.outcome()["attention"] == ["refund-failed"]


def test_the_command_refunds_a_line_in_the_name_of_staff(standin, paid, lines, finance, capsys):
    call_command("refund_order", paid.number)
    assert f"line {lines[0]}: ฿999.99" in capsys.readouterr().out
    with pytest.raises(CommandError, match="active member of staff"):
        call_command("refund_order", paid.number, "--all", "--by", "nobody@example.com")
    assert Refund.objects.count() == 0

    call_command("refund_order", paid.number, "--line", str(lines[1]), "--by", finance.email)

    assert rig.outcome()["refunds"] == [("lines", "succeeded", 24_020)]
