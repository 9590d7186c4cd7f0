"""Payouts to producers: never more than is owed, by two people, once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from marketplace.core import thai
from marketplace.core.row_changes import ReasonRequired
from marketplace.ledger import services, verification
from marketplace.ledger.models import Event
from shop.bookkeeping import errors, guards
from shop.bookkeeping.models import PayoutAgreement, PayoutEnd, PayoutLine, PayoutList
from shop.bookkeeping.queries.owed import Owed, owed_to
from shop.bookkeeping.queries.payouts import payables, standing_lines
from shop.bookkeeping.services import payouts
from tests.at_once import at_once
from tests.factories import make_producer, make_user, make_village
from tests.marketplace.ledger import rig
from tests.people import staff
from tests.shop.bookkeeping.desk import PUI, REFUSED_ROLES, keeper
from tests.shop.bookkeeping.payout_lists import (
    agreed,
    earn,
    give_account,
    handed,
    make_weavers,
    prepare,
)


# --- What is owed --------------------------------------------------------------------------------
def test_a_list_pays_each_producer_all_it_is_owed_for_goods_and_delivery(weavers):
    earn(weavers, 10_001, 500, fee=30_000)
    account = give_account(weavers)

    line = prepare(weavers).lines.get()

    assert (line.goods_satang, line.delivery_satang) == (10_001 - 300, 500)
    assert line.account == account


def test_where_one_account_is_below_zero_the_other_pays_for_it(weavers):
    sale = earn(weavers, 1_000, 500)
    services_payout = services.Payout("p", rig.NOON, (services.PayoutPart(weavers.pk, 1_000),))
    services.record_payout(services_payout)
    rig.refund(sale, {sale.shares[0].line_id: 300})

    assert owed_to() == {weavers.pk: Owed(-300, 500)}
    line = prepare(weavers).lines.get()

    assert (line.goods_satang, line.delivery_satang) == (0, 200)


def test_who_is_owed_nothing_is_not_listed(weavers):
    sale = earn(weavers, 100, 0)
    rig.refund(sale, {sale.shares[0].line_id: 100})

    assert payables() == []
    with pytest.raises(errors.NothingOwed):
        prepare(weavers)
    with pytest.raises(errors.NothingChosen):
        prepare()
    assert not PayoutList.objects.exists()


def test_a_producer_is_in_one_list_under_way_only(weavers):
    earn(weavers)
    first = prepare(weavers)

    with pytest.raises(errors.UnderWay):
        prepare(weavers)

    payouts.drop_list(first, reason="ผิด", by=keeper())
    assert prepare(weavers).lines.count() == 1


def test_an_account_changed_lately_is_not_paid_to(weavers):
    earn(weavers)
    give_account(weavers)
    give_account(weavers, "9876543210")

    with pytest.raises(errors.AccountFrozen):
        prepare(weavers)

    assert [row.is_payable for row in payables()] == [False]


# --- Two people, once ----------------------------------------------------------------------------
def test_what_is_handed_to_the_bank_is_in_the_ledger_and_owed_no_more(weavers):
    earn(weavers, 10_001, 500)
    made, person = agreed(weavers), keeper()

    event = payouts.hand_over(made, handed_on=thai.today(), by=person)

    assert (event.kind, event.total_satang, event.actor) == ("payout", 10_501, person)
    assert event.provider_reference == made.reference
    assert owed_to() == {weavers.pk: Owed(0, 0)}
    assert PayoutEnd.objects.get().event == event
    assert set(event.transfers.values_list("village_code", "amount_satang")) == {
        (PUI, 10_001),
        (PUI, 500),
    }
    assert list(verification.verify()) == []


def test_nobody_agrees_to_his_own_list(weavers):
    earn(weavers)
    alone = keeper()
    made = prepare(weavers, by=alone)

    with pytest.raises(errors.PreparedBySame):
        payouts.agree_to_list(made, by=alone)
    with pytest.raises(errors.NotAgreed):
        payouts.hand_over(made, handed_on=thai.today(), by=alone)

    assert not PayoutAgreement.objects.exists()
    assert not Event.objects.filter(kind="payout").exists()


@pytest.mark.parametrize("role", REFUSED_ROLES)
def test_only_finance_pays_out(weavers, role):
    earn(weavers)
    stranger, made = staff(role) if role else make_user(), agreed(weavers)
    before = rig.rows()

    for act in (
        lambda: prepare(weavers, by=stranger),
        lambda: payouts.agree_to_list(made, by=stranger),
        lambda: payouts.hand_over(made, handed_on=thai.today(), by=stranger),
        lambda: payouts.drop_list(made, reason="x", by=stranger),
        lambda: payouts.return_payment(made.lines.get(), reason="x", by=stranger),
    ):
        with pytest.raises(errors.NotYourBooks):
            act()

    assert (PayoutList.objects.count(), PayoutEnd.objects.count()) == (1, 0)
    assert rig.rows() == before


def test_a_list_is_handed_over_once(weavers):
    earn(weavers)
    made = handed(weavers)
    before = rig.rows()

    for act in (
        lambda: payouts.hand_over(made, handed_on=thai.today(), by=keeper()),
        lambda: payouts.drop_list(made, reason="x", by=keeper()),
        lambda: payouts.agree_to_list(made, by=keeper()),
    ):
        with pytest.raises(errors.ListEnded):
            act()

    assert rig.rows() == before


@pytest.mark.parametrize("days", [-1, 1])
def test_it_is_handed_over_between_the_agreement_and_today(weavers, days):
    earn(weavers)
    made = agreed(weavers)

    with pytest.raises(errors.WrongDay):
        payouts.hand_over(made, handed_on=thai.today() + timedelta(days=days), by=keeper())

    assert not PayoutEnd.objects.exists()


# --- Balances that sank --------------------------------------------------------------------------
def test_a_refund_in_between_stops_the_list_before_and_after_the_agreement(weavers):
    sale = earn(weavers, 1_000, 0)
    made, done = prepare(weavers), agreed
    rig.refund(sale, {sale.shares[0].line_id: 1})
    before = rig.rows()

    with pytest.raises(errors.LinesSank):
        payouts.agree_to_list(made, by=keeper())
    payouts.drop_list(made, reason="คืนเงินแล้ว", by=keeper())
    anew = done(weavers)
    assert anew.lines.get().amount_satang == 999
    assert rig.rows() == before
    rig.refund(sale, {sale.shares[0].line_id: 1})
    with pytest.raises(errors.LinesSank):
        payouts.hand_over(anew, handed_on=thai.today(), by=keeper())

    assert [one.has_sunk for one in standing_lines(anew)] == [True]
    assert not Event.objects.filter(kind="payout").exists()


def test_what_was_sold_in_between_waits_for_the_next_list(weavers):
    earn(weavers, 1_000, 0)
    made = agreed(weavers)
    earn(weavers, 70, 0)

    payouts.hand_over(made, handed_on=thai.today(), by=keeper())

    assert owed_to()[weavers.pk].satang == 70


def test_another_bank_account_stops_the_list(weavers):
    earn(weavers)
    give_account(weavers)
    made = agreed(weavers)
    give_account(weavers, "9876543210")

    with pytest.raises(errors.LinesSank):
        payouts.hand_over(made, handed_on=thai.today(), by=keeper())


# --- What comes back -----------------------------------------------------------------------------
def test_a_payment_that_came_back_is_owed_again_once(weavers):
    other = make_producer(make_village("50010812", "บ้านแม่"))
    earn(weavers, 10_001, 500)
    rig.sell_in({"50010812": 77}, producer=other)
    made = handed(weavers, other)
    line = made.lines.get(producer=weavers)

    with pytest.raises(ReasonRequired):
        payouts.return_payment(line, reason="", by=keeper())
    events = [payouts.return_payment(line, reason="บัญชีปิด", by=keeper()) for _ in range(2)]

    assert events[0] == events[1] and events[0].total_satang == 10_501
    assert owed_to() == {weavers.pk: Owed(10_001, 500), other.pk: Owed(0, 0)}
    back = {one.line.producer: one.returned_satang for one in standing_lines(made)}
    assert back == {weavers: 10_501, other: 0}
    assert handed(weavers).pk != made.pk
    assert list(verification.verify()) == []


def test_nothing_comes_back_that_the_bank_did_not_get(weavers):
    earn(weavers)
    made = agreed(weavers)

    with pytest.raises(errors.NotHandedOver):
        payouts.return_payment(made.lines.get(), reason="x", by=keeper())


# --- At once, and for ever -----------------------------------------------------------------------
def test_the_same_list_handed_over_at_once_is_one_payout(fresh_database):
    weavers = make_weavers()
    earn(weavers)
    made, people = agreed(weavers), [keeper() for _ in range(3)]

    answers = at_once(
        [lambda by=by: payouts.hand_over(made, handed_on=thai.today(), by=by) for by in people],
        (errors.ListEnded,),
    )

    assert sorted(type(one).__name__ for one in answers) == ["Event", "ListEnded", "ListEnded"]
    assert Event.objects.filter(kind="payout").count() == 1
    assert owed_to()[weavers.pk].satang == 0
    assert list(verification.verify()) == []


def test_two_lists_of_one_producer_made_at_once_are_one(fresh_database):
    weavers, people = make_weavers(), [keeper() for _ in range(2)]
    earn(weavers)

    answers = at_once([lambda by=by: prepare(weavers, by=by) for by in people], (errors.UnderWay,))

    assert sorted(type(one).__name__ for one in answers) == ["PayoutList", "UnderWay"]
    assert PayoutLine.objects.count() == 1


def test_dropped_and_handed_over_at_once_is_one_of_both(fresh_database):
    weavers = make_weavers()
    earn(weavers)
    made, one, another = agreed(weavers), keeper(), keeper()

    answers = at_once(
        [
            lambda: payouts.hand_over(made, handed_on=thai.today(), by=one),
            lambda: payouts.drop_list(made, reason="x", by=another),
        ],
        (errors.ListEnded,),
    )

    assert sum(isinstance(answer, errors.ListEnded) for answer in answers) == 1
    is_paid = PayoutEnd.objects.get().event_id is not None
    assert Event.objects.filter(kind="payout").count() == int(is_paid)


@pytest.mark.parametrize("table", [name for name in guards.TABLES if "payout" in name])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = 99", "DELETE FROM {}"])
def test_the_database_keeps_lists_as_they_were(weavers, table, change):
    earn(weavers)
    handed(weavers)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))

    assert PayoutLine.objects.get().amount_satang == 10_501
