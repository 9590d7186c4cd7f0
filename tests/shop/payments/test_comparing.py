"""The provider's book and ours, held against each other movement by movement."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.core.worker import run_ready_jobs
from shop.payments import gateway, services
from shop.payments.models import Attention, Movement, ProviderDay, ProviderEntry
from shop.payments.services import comparing
from shop.payments.services.attending import mark_attended
from shop.payments.services.listing import days_to_list
from shop.placing.services import cancel_unpaid
from tests.factories import make_product, place_order
from tests.shop.payments import provider, rig

TOTAL, FEE = 3 * 25_000 + 6_000, 4_234
DISPUTE_FEE = 50_000
ENTRY = {"amount_satang": -1, "fee_satang": 0, "net_satang": -1, "currency": "thb", "payload": {}}


@pytest.fixture
def yesterday(standin, placement):
    """An order paid at Stripe yesterday, whose fee is known."""
    provider.turn_clock(standin)
    provider.pay_order(standin, placement)
    provider.settle_all()
    return placement.order


def results() -> dict[str, str]:
    return dict(Movement.objects.values_list("kind", "result"))


def movement(kind="payment") -> tuple:
    found = Movement.objects.get(kind=kind)
    return found.result, found.provider_satang, found.ledger_satang


def charge_entry(standin) -> dict:
    found = standin.store.newest_first("balance_transaction")
    return next(one for one in found if one["type"] == "charge")


def test_every_movement_of_a_day_is_matched_to_the_satang(standin, yesterday, db):
    standin.settings.available_after_seconds = 0
    second, third = (place_order((make_product(), 1)) for _ in range(2))
    line = yesterday.lines.get().pk
    services.refund_lines(yesterday, lines={line: 33_333}, delivery={}, by=None, reason="x")
    for placement, won in ((second, True), (third, False)):
        attempt = provider.pay_order(standin, placement)
        dispute = standin.open_dispute(attempt.intent_id)
        standin.end_dispute(dispute["id"], is_won=won)
    standin.fail_payout(standin.make_payout(10_000)["id"])
    standin.make_payout(5_000)
    provider.settle_all()

    done = services.compare_books()

    assert (done.days, done.movements, done.unmatched, done.is_complete) == (1, 10, 0, True)
    assert sorted(Movement.objects.values_list("kind", "result", "provider_satang")) == [
        ("dispute", "matched", -29_000 - DISPUTE_FEE),
        ("dispute", "matched", -29_000 - DISPUTE_FEE),
        ("dispute-back", "matched", 29_000),
        ("payment", "matched", 29_000 - 2_203),
        ("payment", "matched", 29_000 - 2_203),
        ("payment", "matched", TOTAL - FEE),
        ("payout", "matched", -10_000),
        ("payout", "matched", -5_000),
        ("payout-back", "matched", 10_000),
        ("refund", "matched", -33_333),
    ]
    nets = sum(ProviderEntry.objects.values_list("net_satang", flat=True))
    assert nets == standin.balance_satang() == provider.clearing_satang()
    assert {one.order_id for one in Movement.objects.exclude(kind__startswith="payout")} == {
        yesterday.pk,
        second.order_id,
        third.order_id,
    }
    assert Attention.objects.filter(reason="unmatched").count() == 0


def test_entries_are_stored_once_as_they_came(standin, yesterday):
    for _ in range(3):
        services.compare_books()

    entry = ProviderEntry.objects.get()
    made = charge_entry(standin)
    assert (entry.provider_id, entry.source_id) == (made["id"], made["source"])
    assert (entry.amount_satang, entry.fee_satang, entry.net_satang) == (TOTAL, FEE, TOTAL - FEE)
    assert (entry.type, entry.category, entry.currency) == ("charge", "charge", "thb")
    assert int(entry.created_at.timestamp()) == made["created"]
    assert entry.payload["fee_details"] == made["fee_details"]
    assert Movement.objects.count() == 1
    assert ProviderDay.objects.get().entries == 1


def test_pages_of_the_list_are_followed_to_their_end(standin, yesterday, monkeypatch):
    monkeypatch.setattr(gateway, "MOST_ON_A_PAGE", 2)
    line = yesterday.lines.get().pk
    for _ in range(4):
        services.refund_lines(yesterday, lines={line: 100}, delivery={}, by=None, reason="x")

    services.compare_books()

    assert ProviderEntry.objects.count() == 5
    assert set(Movement.objects.values_list("result", flat=True)) == {"matched"}


def test_what_our_ledger_does_not_know_is_missing_here(standin, yesterday):
    foreign = gateway.for_jobs().create_intent(
        amount_satang=5_000, order_number="x", attempt_number=1, key="foreign"
    )
    standin.pay(foreign.client_secret)

    services.compare_books()

    found = Movement.objects.get(result="missing-here")
    assert (found.provider_satang, found.ledger_satang) == (5_000 - 1_266, None)
    assert (found.value_satang, found.order) == (3_734, None)


def test_what_the_provider_does_not_know_is_missing_there(standin, yesterday):
    del standin.store.objects[charge_entry(standin)["id"]]

    done = services.compare_books()

    assert (done.movements, done.unmatched) == (1, 1)
    assert movement() == ("missing-there", None, TOTAL - FEE)
    assert Movement.objects.get().order == yesterday


def test_an_amount_that_differs_is_said_to_differ(standin, yesterday):
    entry = charge_entry(standin)
    entry["amount"], entry["net"] = TOTAL + 1, TOTAL + 1 - FEE

    services.compare_books()

    assert movement() == ("amount", TOTAL + 1 - FEE, TOTAL - FEE)
    assert Movement.objects.get().difference_satang == 1


def test_another_currency_is_said_to_be_one(standin, yesterday):
    charge_entry(standin)["currency"] = "usd"

    services.compare_books()

    assert movement() == ("currency", TOTAL - FEE, TOTAL - FEE)


def test_a_fee_that_is_not_recorded_yet_makes_the_amounts_differ_until_it_is(standin, placement):
    provider.turn_clock(standin)
    provider.pay_order(standin, placement)

    services.compare_books()
    assert movement() == ("amount", TOTAL - FEE, TOTAL)

    provider.settle_all()
    services.compare_books()
    assert movement() == ("matched", TOTAL - FEE, TOTAL - FEE)


def test_what_differs_for_two_days_needs_a_person_until_it_matches(standin, placement):
    provider.turn_clock(standin)
    provider.pay_order(standin, placement)
    services.compare_books()
    assert Attention.objects.count() == 0
    Movement.objects.update(happened_at=timezone.now() - timedelta(hours=49))
    ProviderEntry.objects.update(created_at=timezone.now() - timedelta(hours=49))

    for _ in range(2):
        services.compare_books()
    noted = Attention.objects.get()
    assert (noted.reason, noted.order, noted.resolved_at) == ("unmatched", placement.order, None)
    assert noted.reference == Movement.objects.get().name

    provider.settle_all()
    services.compare_books()
    noted.refresh_from_db()
    assert (noted.resolved_at is None, noted.resolved_by) == (False, None)


def test_it_is_opened_again_when_it_differs_again_but_not_when_somebody_looked(standin, yesterday):
    services.compare_books()
    entry = ProviderEntry.objects.get()
    name = entry.movement.name
    long_ago = timezone.now() - timedelta(hours=49)
    wrong = {"net_satang": 1, "created_at": long_ago}
    right = {"net_satang": TOTAL - FEE, "created_at": long_ago}
    seen = []
    for facts in (wrong, right, wrong):
        ProviderEntry.objects.update(**facts)
        services.compare([entry.movement_id])
        services.compare_books()
        seen.append(Attention.objects.get(reference=name).resolved_at is None)
    assert seen == [True, False, True]

    finance = rig.make_staff(StaffRole.FINANCE)
    mark_attended(attention=Attention.objects.get(), note="ถามแล้ว", by=finance)
    services.compare_books()
    assert Attention.objects.get().resolved_by == finance


def test_those_that_people_know_of_do_not_hide_the_next(standin, yesterday, monkeypatch):
    monkeypatch.setattr(comparing, "MOST_NOTED", 1)
    long_ago = timezone.now() - timedelta(days=9)
    for number in range(3):
        Movement.objects.create(
            kind="other",
            reference=f"txn_{number}",
            result="missing-here",
            provider_satang=-1,
            value_satang=1,
            happened_at=long_ago + timedelta(hours=number),
            compared_at=long_ago,
        ).entries.create(provider_id=f"txn_{number}", created_at=long_ago, **ENTRY)

    noted = []
    for _ in range(3):
        services.compare_books()
        noted.append(Attention.objects.count())

    assert noted == [1, 2, 3]


def test_a_fee_of_the_account_itself_is_something_else_and_never_lost(standin, yesterday):
    made = dict(charge_entry(standin))
    made |= {"id": "txn_monthly", "type": "stripe_fee", "reporting_category": "fee"}
    made |= {"source": None, "amount": -9_900, "fee": 0, "fee_details": [], "net": -9_900}
    standin.store.add(made)

    services.compare_books()

    assert movement("other") == ("missing-here", -9_900, None)
    assert Movement.objects.get(kind="other").reference == "txn_monthly"


def test_a_refund_that_failed_at_the_bank_later_no_longer_matches(standin, yesterday):
    line = yesterday.lines.get().pk
    services.refund_lines(yesterday, lines={line: 500}, delivery={}, by=None, reason="x")
    [refund] = standin.store.newest_first("refund")
    made = dict(standin.store.objects[refund["balance_transaction"]])
    made |= {"id": "txn_back", "type": "refund_failure", "reporting_category": "refund_failure"}
    standin.store.add(made | {"amount": 500, "net": 500})

    services.compare_books()

    assert movement("refund") == ("amount", 0, -500)


def test_a_refund_that_failed_before_it_succeeded_moved_nothing_in_both_books(standin, yesterday):
    line = yesterday.lines.get().pk
    services.refund_lines(yesterday, lines={line: 500}, delivery={}, by=None, reason="x")
    [refund] = standin.store.newest_first("refund")
    entry = standin.store.objects[refund["balance_transaction"]]
    entry["source"] = "re_failed"  # of which our ledger was never told
    made = {"id": "txn_back", "type": "refund_failure", "reporting_category": "refund_failure"}
    standin.store.add(dict(entry) | made | {"amount": 500, "net": 500})

    services.compare_books()

    found = Movement.objects.get(reference="re_failed")
    assert (found.result, found.provider_satang, found.ledger_satang) == ("matched", 0, 0)


def test_a_late_payment_that_went_back_is_shown_with_its_order(standin, placement):
    provider.turn_clock(standin)
    started = services.start_payment(placement)
    cancel_unpaid(placement.order)
    standin.pay(started.client_secret)
    services.settle_payment(placement.order.payment_attempts.get().intent_id)
    run_ready_jobs()

    services.compare_books()

    found = sorted(Movement.objects.values_list("kind", "result", "order"))
    assert found == [
        ("payment", "missing-here", placement.order_id),
        ("refund", "missing-here", placement.order_id),
    ]


def test_before_the_first_day_that_was_listed_nothing_is_missing(standin, placement):
    provider.turn_clock(standin, days_ago=2)
    provider.pay_order(standin, placement)

    services.compare_books()
    assert Movement.objects.count() == 0

    services.compare_books(since=thai.today() - timedelta(days=2))
    assert movement()[0] == "amount"


def test_each_whole_day_is_listed_and_the_last_two_again(db):
    today = thai.today()
    assert days_to_list() == [today - timedelta(days=1)]
    for number in (6, 5, 4):
        day = today - timedelta(days=number)
        ProviderDay.objects.create(day=day, entries=0, listed_at=timezone.now())

    assert days_to_list() == [today - timedelta(days=number) for number in (5, 4, 3, 2, 1)]
    assert days_to_list(today - timedelta(days=7))[0] == today - timedelta(days=7)
    assert days_to_list(today) == days_to_list()


def test_a_day_in_between_that_stripe_was_silent_about_is_listed_too(db):
    today = thai.today()
    for number in (9, 3, 2, 1):
        day = today - timedelta(days=number)
        ProviderDay.objects.create(day=day, entries=0, listed_at=timezone.now())

    assert days_to_list() == [today - timedelta(days=number) for number in (8, 7, 6, 5, 4, 2, 1)]


def test_a_day_that_stripe_was_silent_about_is_listed_the_next_time(standin, yesterday):
    standin.faults.add("401", "GET /v1/balance_transactions*", times=1)

    assert services.compare_books().is_complete is False
    assert (ProviderDay.objects.count(), ProviderEntry.objects.count()) == (0, 0)

    assert services.compare_books().is_complete is True
    assert results() == {"payment": "matched"}


def test_today_is_not_listed_before_it_is_over(standin, placement):
    provider.pay_order(standin, placement)

    services.compare_books()

    assert ProviderEntry.objects.count() == 0
    assert ProviderDay.objects.get().day == thai.today() - timedelta(days=1)


def test_the_command_says_what_it_did(standin, yesterday, capsys):
    call_command("compare_books", since=date.today() - timedelta(days=3))
    assert "1 movements compared, 0 do not match" in capsys.readouterr().out

    standin.faults.add("401", "GET /v1/balance_transactions*", times=9)
    with pytest.raises(CommandError, match="did not answer"):
        call_command("compare_books")


def test_statements_do_not_grow_with_the_movements_of_a_batch(
    standin, yesterday, django_assert_max_num_queries
):
    line = yesterday.lines.get().pk
    for _ in range(12):
        services.refund_lines(yesterday, lines={line: 100}, delivery={}, by=None, reason="x")
    services.compare_books()
    ids = list(Movement.objects.values_list("pk", flat=True))
    assert len(ids) == 13

    with django_assert_max_num_queries(14):
        services.compare(ids)
