"""What a payment cost is read from the provider's book: once, exactly, and never while shopping."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.ledger import verification
from marketplace.ledger.models import Event, Transfer
from shop.payments import gateway, services
from shop.payments.models import Attention, PaymentAttempt
from tests.factories import make_producer, make_product, make_village, place_order
from tests.shop.payments import provider, rig

TOTAL = 3 * 25_000 + 6_000
FEE = 4_234  # 3.65 % of ฿810 is 2,957, and 1,000; 7 % of that is 277
WAITING, RECORDED, PERSON = PaymentAttempt.FeeState.values


@pytest.fixture
def paid(standin, placement):
    return provider.pay_order(standin, placement)


def fee_events():
    rows = Event.objects.filter(kind="gateway-fee")
    return list(rows.values_list("order_number", "total_satang"))


def state():
    return PaymentAttempt.objects.get().fee_state


def test_a_payment_settles_without_asking_for_its_fee(standin, paid):
    assert state() == WAITING
    assert fee_events() == []
    assert not [call for call in standin.calls if call.path.startswith("/v1/charges")]


def test_the_event_about_the_fee_records_it(standin, paid, client):
    assert rig.deliver(client, *rig.events_of(standin, "charge.updated")) == [200]

    assert state() == RECORDED
    assert fee_events() == [(paid.order.number, FEE)]
    event = Event.objects.get(kind="gateway-fee")
    [transaction] = standin.store.newest_first("balance_transaction")
    assert event.provider_reference == transaction["id"]
    assert int(event.occurred_at.timestamp()) == transaction["created"]
    assert provider.clearing_satang() == standin.balance_satang() == TOTAL - FEE


def test_the_event_about_the_fee_alone_pays_the_order_too(standin, placement, client):
    started = services.start_payment(placement)
    standin.pay(started.client_secret)

    rig.deliver(client, *rig.events_of(standin, "charge.updated"))

    placement.order.refresh_from_db()
    assert placement.order.status == "paid"
    assert fee_events() == [(placement.order.number, FEE)]


def test_without_any_event_the_reconciler_records_it(standin, paid):
    PaymentAttempt.objects.update(asked_at=timezone.now() - timedelta(minutes=4))

    assert services.reconcile().fees == 1

    assert fee_events() == [(paid.order.number, FEE)]
    assert services.reconcile(waiting=provider.NOW).fees == 0


def test_a_fee_that_stripe_does_not_know_yet_is_waited_for(standin, placement, client):
    standin.settings.hold_fees = True
    attempt = provider.pay_order(standin, placement)

    services.reconcile(waiting=provider.NOW)
    assert (state(), fee_events()) == (WAITING, [])

    standin.book_fees()
    services.read_fee(PaymentAttempt.objects.get(pk=attempt.pk))
    assert (state(), fee_events()) == (RECORDED, [(attempt.order.number, FEE)])


def test_it_is_recorded_once_whoever_comes(standin, paid, client):
    told = rig.events_of(standin, "charge.updated")

    rig.deliver(client, *told, *told)
    services.reconcile(waiting=provider.NOW)
    entry = gateway.for_jobs().retrieve_balance_transaction(charge_id=paid.charge_id)
    services.record_fee(paid, entry)
    stale = PaymentAttempt.objects.get()
    stale.fee_state = WAITING
    services.read_fee(stale)

    assert fee_events() == [(paid.order.number, FEE)]
    assert list(verification.verify()) == []


def test_a_payment_that_was_free_of_fees_is_recorded_as_such(standin, placement):
    standin.settings.fees.basis_points = standin.settings.fees.fixed_satang = 0
    provider.pay_order(standin, placement)

    services.reconcile(waiting=provider.NOW)

    assert (state(), fee_events(), rig.outcome()["attention"]) == (RECORDED, [], [])


@pytest.mark.parametrize(
    "changes",
    [
        {"currency": "usd"},
        {"fee_satang": -1, "net_satang": TOTAL + 1},
        {"fee_satang": TOTAL + 1, "net_satang": -1},
        {"amount_satang": TOTAL - 1, "net_satang": TOTAL - 1 - FEE},
    ],
)
def test_a_fee_that_cannot_be_is_never_recorded_and_waits_for_a_person(standin, paid, changes):
    entry = gateway.for_jobs().retrieve_balance_transaction(charge_id=paid.charge_id)
    wrong = entry.__class__(**(vars(entry) | changes))

    for _ in range(2):
        services.record_fee(paid, wrong)
    services.reconcile(waiting=provider.NOW)

    assert (state(), fee_events()) == (PERSON, [])
    noted = Attention.objects.get()
    assert (noted.reason, noted.reference, noted.order) == ("fee", entry.id, paid.order)


def test_a_fee_the_ledger_refuses_waits_for_a_person(standin, paid, caplog):
    other = place_order(make_product())
    provider.pay_order(standin, other)
    entry = gateway.for_jobs().retrieve_balance_transaction(charge_id=paid.charge_id)
    services.record_fee(paid, entry)

    services.record_fee(other.order.payment_attempts.get(), _of(entry, other))

    assert other.order.payment_attempts.get().fee_state == PERSON
    assert fee_events() == [(paid.order.number, FEE)]
    assert rig.outcome()["attention"] == ["fee"]


def _of(entry, placement):
    """The same entry of the book, as if it were about another order's payment."""
    amount = placement.order.payment_attempts.get().amount_satang
    facts = vars(entry) | {"amount_satang": amount, "fee_satang": FEE + 1}
    return entry.__class__(**facts)


def test_a_charge_that_stripe_does_not_know_is_not_asked_about_for_ever(standin, placement):
    provider.pay_order(standin, placement)
    PaymentAttempt.objects.update(charge_id="ch_of_before")

    services.reconcile(waiting=provider.NOW)
    asked = len(standin.calls)
    services.reconcile(waiting=provider.NOW)

    assert (state(), len(standin.calls)) == (PERSON, asked)
    noted = Attention.objects.get()
    assert (noted.reason, noted.reference) == ("fee", "ch_of_before")


def test_a_refusal_that_comes_late_does_not_undo_a_fee_that_is_recorded(standin, paid):
    services.reconcile(waiting=provider.NOW)
    stale = PaymentAttempt.objects.get()
    stale.fee_state, stale.charge_id = WAITING, "ch_of_before"

    services.read_fee(stale)

    assert (state(), Attention.objects.count()) == (RECORDED, 0)


def test_a_payment_without_a_charge_is_not_asked_about(standin, placement):
    started = services.start_payment(placement)
    standin.pay(started.client_secret)
    attempt = PaymentAttempt.objects.get()
    facts = gateway.for_jobs().retrieve_intent(attempt.intent_id)

    services.record_payment(
        attempt=attempt, facts=facts.__class__(**(vars(facts) | {"charge_id": ""}))
    )

    assert (state(), services.reconcile(waiting=provider.NOW).fees) == ("", 0)


def test_when_stripe_is_silent_the_fee_is_asked_for_later(standin, paid):
    standin.faults.add("401", "GET /v1/charges*", times=1)

    assert services.reconcile(waiting=provider.NOW).is_complete is False
    assert state() == WAITING
    assert services.reconcile(waiting=provider.NOW).fees == 1


def test_money_that_was_no_sale_has_no_fee_to_record(standin, placement):
    started = services.start_payment(placement)
    standin.pay(started.client_secret)
    parcel = placement.order.parcels.get()
    parcel.fee_satang += 1
    parcel.save()
    services.settle_payment(PaymentAttempt.objects.get().intent_id)

    services.reconcile(waiting=provider.NOW)

    assert (state(), fee_events()) == ("", [])


def test_only_producers_whose_frozen_terms_say_so_bear_their_part(standin, db, monkeypatch):
    bearing, other = (make_producer(make_village(code)) for code in ("50010811", "34010105"))
    provider.let_pass_on(monkeypatch, bearing)
    placement = place_order(
        (make_product(bearing, price_baht="299.99"), 1),
        (make_product(other, price_baht="120.20"), 2),
    )
    monkeypatch.undo()
    provider.pay_order(standin, placement)
    services.reconcile(waiting=provider.NOW)

    rows = Transfer.objects.filter(event__kind="gateway-fee").order_by("number")
    parts = list(rows.values_list("kind", "producer", "debit__kind", "amount_satang"))

    # ฿34.92 over ฿299.99 and ฿240.40 of goods and twice ฿40 of delivery
    assert parts == [
        ("passed-gateway-fee", bearing.pk, "producer.payable", 1_689),
        ("gateway-fee", other.pk, "gateway.fees", 1_353),
        ("gateway-fee", bearing.pk, "gateway.fees", 225),
        ("gateway-fee", other.pk, "gateway.fees", 225),
    ]
    assert provider.clearing_satang() == standin.balance_satang() == 62_039 - 3_492
    assert list(verification.verify()) == []
