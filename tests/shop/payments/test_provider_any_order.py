"""Whatever order the provider's events come in, how often and beside what else: one ledger."""

import random

import pytest
from django.core import mail
from django.test import Client
from django_tasks_db.models import DBTaskResult

from marketplace.core.worker import run_ready_jobs
from marketplace.ledger import verification
from shop.payments import errors, services
from shop.payments.models import Attention, Dispute, Movement, ProviderEntry
from tests.at_once import at_once
from tests.factories import make_producer, make_product, make_village, place_order
from tests.shop.payments import provider, rig

TOTAL, FEE, DISPUTE_FEE = 3 * 25_000 + 6_000, 4_234, 50_000


class Story:
    """Two orders paid; one refunded in part, disputed and lost, one disputed and won; a transfer
    to the bank that fails and one that arrives. After each step `tell` brings some events.
    """

    def __init__(self, standin, tell):
        self.standin, self.tell = standin, tell
        producers = [make_producer(make_village(code)) for code in ("50010811", "34010105")]
        things = [
            make_product(producer, price_baht=price, stock=9)
            for producer, price in zip(producers, ("299.99", "120.20"), strict=True)
        ]
        self.won, self.lost = (place_order((things[0], 1), (things[1], 2)) for _ in range(2))

    def happen(self):
        steps = (self.pay, self.refund, self.send, self.dispute, self.answer, self.end, self.bank)
        for step in steps:
            step()
            self.tell(self.standin.events())

    def pay(self):
        for placement in (self.won, self.lost):
            self.standin.pay(services.start_payment(placement).client_secret)

    def refund(self):
        services.settle_payment(self.intent(self.lost))
        line = self.lost.order.lines.order_by("pk").first().pk
        services.refund_lines(
            self.lost.order, lines={line: 12_345}, delivery={}, by=None, reason="x"
        )

    def send(self):
        provider.send(self.lost.order.parcels.order_by("pk").first())

    def dispute(self):
        self.disputes = [
            self.standin.open_dispute(self.intent(placement))["id"]
            for placement in (self.won, self.lost)
        ]

    def answer(self):
        self.standin.answer_dispute(self.disputes[0])

    def end(self):
        for dispute, is_won in zip(self.disputes, (True, False), strict=True):
            self.standin.end_dispute(dispute, is_won=is_won)

    def bank(self):
        back, there = (self.standin.make_payout(satang)["id"] for satang in (10_000, 7_000))
        self.standin.fail_payout(back)
        self.standin.finish_payout(there)

    def intent(self, placement):
        return placement.order.payment_attempts.get().intent_id


SOLD = 29_999 + 2 * 12_020 + 2 * 4_000
LEDGER = sorted(
    [
        *[("sale", "sale", satang) for satang in (29_999, 24_040) * 2],
        *[("sale", "delivery", 4_000)] * 4,
        # ฿34.92 of each order, over what was paid for each of its parts
        *[("gateway-fee", "gateway-fee", satang) for satang in (1_689, 1_353, 225, 225) * 2],
        ("refund", "refund", 12_345),
        *[("dispute", "dispute-held", SOLD)] * 2,
        *[("dispute", "gateway-fee", DISPUTE_FEE)] * 2,
        ("dispute-won", "dispute-won", SOLD),
        # Of what was taken back for good, ฿240.40 and ฿40 were of the parcel that was not sent.
        ("dispute-lost", "dispute-lost", SOLD - 28_040),
        ("dispute-lost", "dispute-released", 28_040),
        ("dispute-lost", "refund", 24_040),
        ("dispute-lost", "delivery-refund", 4_000),
        ("gateway-payout", "gateway-payout", 7_000),
        ("gateway-payout", "gateway-payout", 10_000),
        ("gateway-payout-return", "gateway-payout-return", 10_000),
    ]
)


def assert_told(standin):
    assert provider.ledger() == LEDGER
    assert provider.clearing_satang() == standin.balance_satang()
    assert list(verification.verify()) == []


def test_events_that_come_once_and_in_turn(standin, db, client):
    told = set()

    def tell(events):
        rig.deliver(client, *(event for event in events if event["id"] not in told))
        told.update(event["id"] for event in events)

    Story(standin, tell).happen()

    assert_told(standin)


@pytest.mark.parametrize("seed", range(6))
def test_events_in_any_order_and_twice_leave_the_same_ledger(standin, db, client, seed):
    chance = random.Random(seed)

    def tell_some(events):
        some = [event for event in events if chance.random() < 0.3]
        chance.shuffle(some)
        rig.deliver(client, *some)

    Story(standin, tell_some).happen()
    rest = [event for event in standin.events() for _ in range(chance.choice((1, 1, 2)))]
    chance.shuffle(rest)
    rig.deliver(client, *rest)

    assert_told(standin)


def test_without_a_single_event_the_ledger_is_the_same(standin, db):
    Story(standin, lambda events: None).happen()

    for _round in range(2):  # of what was found paid in the first, the fee is asked in the next
        provider.settle_all()

    assert_told(standin)


@pytest.fixture
def order(fresh_database, standin):
    DBTaskResult.objects.all().delete()
    mail.outbox = []
    standin.settings.available_after_seconds = 0
    return place_order((make_product(stock=5), 3))


def all_at_once(*acts):
    return at_once(acts, (errors.PaymentError,))


def test_everybody_who_tells_at_once_tells_it_once(order, standin):
    standin.pay(services.start_payment(order).client_secret)
    attempt = order.order.payment_attempts.get()
    dispute = standin.open_dispute(attempt.intent_id)
    standin.fail_payout(standin.make_payout(1_000)["id"])
    events = standin.events()

    def tell(event):
        return Client().post(rig.WEBHOOK, **rig.signed(event)).status_code

    all_at_once(*[lambda one=event: tell(one) for event in events[-8:]])
    all_at_once(
        *[run_ready_jobs] * 3,
        services.look_through_account,
        lambda: services.settle_dispute(dispute["id"]),
        lambda: services.reconcile(waiting=provider.NOW),
    )
    standin.end_dispute(dispute["id"], is_won=False)
    all_at_once(
        *[lambda: services.settle_dispute(dispute["id"])] * 4,
        services.look_through_account,
        *[lambda: services.reconcile(waiting=provider.NOW)] * 2,
    )
    provider.settle_all()

    assert Dispute.objects.get().state == "lost"
    assert provider.events("gateway-fee") == [FEE]
    assert provider.events("dispute") == [TOTAL + DISPUTE_FEE]
    assert provider.events("dispute-lost") == [2 * TOTAL]
    assert provider.events("gateway-payout") == provider.events("gateway-payout-return") == [1_000]
    assert provider.clearing_satang() == standin.balance_satang()
    assert {one.reason for one in Attention.objects.all()} <= {"dispute", "payout-failed"}
    assert list(verification.verify()) == []


def test_two_workers_that_compare_the_books_at_once_store_each_entry_once(order, standin):
    standin.store.clock_offset_seconds = -24 * 3600
    provider.pay_order(standin, order)
    provider.settle_all()

    at_once([services.compare_books] * 3)

    assert ProviderEntry.objects.count() == 1
    assert [one.result for one in Movement.objects.all()] == ["matched"]
