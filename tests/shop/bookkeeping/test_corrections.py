"""Corrections of the ledger: one proposes, another decides, once."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from marketplace.core import thai
from marketplace.core.models import AuditEntry
from marketplace.core.row_changes import ReasonRequired
from marketplace.ledger import verification
from marketplace.ledger.errors import NothingToMove
from marketplace.ledger.models import Event
from marketplace.ledger.rollup import first_of_month
from shop.bookkeeping import errors, guards
from shop.bookkeeping.models import Correction, CorrectionDecision
from shop.bookkeeping.queries.corrections import effect_of, places_of_order
from shop.bookkeeping.queries.owed import Owed, owed_to
from shop.bookkeeping.services import corrections
from tests.at_once import at_once
from tests.factories import make_producer, make_user, make_village
from tests.marketplace.ledger import rig
from tests.people import staff
from tests.shop.bookkeeping.desk import (
    MAE,
    PUI,
    REFUSED_ROLES,
    keeper,
    propose_adjustment,
    propose_move,
)

TERMS = rig.Terms(producer_discount=250_000, fee=30_000)


def make_weavers():
    make_village(MAE, "บ้านแม่")
    return make_producer(make_village(PUI))


@pytest.fixture
def weavers(db):
    return make_weavers()


def this_month() -> date:
    return first_of_month(thai.today())


# --- What would change ---------------------------------------------------------------------------
def test_an_adjustment_shows_what_is_owed_before_and_after_and_leaves_income(weavers):
    rig.sell([rig.Part(weavers, {PUI: 80_001}, TERMS)], {weavers.pk: 1_000})
    assert owed_to() == {weavers.pk: Owed(80_001 - 2_400, 1_000)}

    effect = effect_of(propose_adjustment(weavers, -501))

    assert (effect.balance_satang, effect.balance_after_satang) == (78_601, 78_100)
    assert [(one.code, one.change_satang) for one in effect.villages] == [(PUI, 0)]
    assert Event.objects.count() == 1


def test_a_change_of_place_shows_the_income_of_both_villages_before_and_after(weavers):
    sale, _event = rig.sell([rig.Part(weavers, {PUI: 80_001}, TERMS)])
    rig.refund(sale, {sale.shares[0].line_id: 30_000})

    effect = effect_of(propose_move(sale))

    shown = [(one.code, one.before_satang, one.after_satang) for one in effect.villages]
    assert effect.month == this_month()
    assert shown == [(PUI, 0, -50_001), (MAE, 0, 50_001)]
    assert effect.balance_satang == effect.balance_after_satang


def test_the_income_shown_before_is_that_of_the_month_it_counts_in(weavers):
    from_may, _event = rig.sell([rig.Part(weavers, {PUI: 70})])
    now = rig.NOON.replace(year=this_month().year, month=this_month().month, day=1)
    rig.sell([rig.Part(weavers, {PUI: 900, MAE: 50})], at=now)

    shown = effect_of(propose_move(from_may)).villages

    assert [(one.before_satang, one.after_satang) for one in shown] == [(900, 830), (50, 120)]


def test_an_order_tells_what_is_left_of_each_line_in_each_village(weavers):
    sale, _event = rig.sell([rig.Part(weavers, {PUI: 67, MAE: 33}), rig.Part(weavers, {PUI: 5})])

    places = places_of_order(sale.order_number)

    found = sorted((place.village_code, place.income_satang) for place in places)
    assert found == [(PUI, 5), (PUI, 67), (MAE, 33)]
    assert places_of_order("no such order") == []


# --- Agreeing and refusing -----------------------------------------------------------------------
def test_what_another_person_agrees_to_is_in_the_ledger_as_it_was_shown(weavers):
    sale, _event = rig.sell([rig.Part(weavers, {PUI: 80_001}, TERMS)])
    correction, another = propose_move(sale), keeper()
    balance = owed_to()

    event = corrections.agree(correction, by=another)

    assert (event.kind, event.idempotency_key) == (
        "reclassification",
        f"reclassification:correction-{correction.pk}",
    )
    assert (event.actor, event.approved_by) == (correction.proposed_by, another)
    assert CorrectionDecision.objects.get().event == event
    assert rig.measures(PUI, this_month())["moved_satang"] == -80_001
    assert rig.measures(MAE, this_month())["moved_satang"] == 80_001
    assert owed_to() == balance
    assert list(AuditEntry.objects.filter(act="correction.agree").values_list("actor")) == [
        (another.pk,)
    ]
    assert list(verification.verify()) == []


@pytest.mark.parametrize("satang", [501, -501])
def test_an_adjustment_changes_what_is_owed_by_exactly_that(weavers, satang):
    rig.sell_in({PUI: 10_000}, producer=weavers)

    event = corrections.agree(propose_adjustment(weavers, satang), by=keeper())

    assert (event.kind, event.total_satang) == ("adjustment", 501)
    assert owed_to()[weavers.pk].satang == 10_000 + satang
    assert list(verification.verify()) == []


def test_an_administrator_decides_too(weavers):
    correction = propose_adjustment(weavers, by=make_user(is_superuser=True))

    corrections.agree(correction, by=make_user(is_superuser=True))

    assert Event.objects.count() == 1


def test_a_refusal_keeps_its_reason_and_touches_no_ledger(weavers):
    rig.sell_in({PUI: 10_000}, producer=weavers)
    correction, before = propose_adjustment(weavers), rig.rows()

    with pytest.raises(ReasonRequired):
        corrections.refuse(correction, reason="  ", by=keeper())
    decision = corrections.refuse(correction, reason="ถูกต้องแล้ว", by=keeper())

    assert (decision.event, decision.reason) == (None, "ถูกต้องแล้ว")
    assert rig.rows() == before


def test_nobody_decides_what_he_proposed(weavers):
    alone = keeper()
    correction, before = propose_adjustment(weavers, by=alone), rig.rows()

    for act in (
        lambda: corrections.agree(correction, by=alone),
        lambda: corrections.refuse(correction, reason="x", by=alone),
    ):
        with pytest.raises(errors.NeedsAnother):
            act()

    assert not CorrectionDecision.objects.exists()
    assert rig.rows() == before


@pytest.mark.parametrize("role", REFUSED_ROLES)
def test_only_finance_proposes_and_decides(weavers, role):
    stranger = staff(role) if role else make_user()
    correction, before = propose_adjustment(weavers), rig.rows()

    for act in (
        lambda: propose_adjustment(weavers, by=stranger),
        lambda: corrections.agree(correction, by=stranger),
        lambda: corrections.refuse(correction, reason="x", by=stranger),
    ):
        with pytest.raises(errors.NotYourBooks):
            act()

    assert Correction.objects.count() == 1
    assert not CorrectionDecision.objects.exists()
    assert rig.rows() == before


def test_what_was_decided_is_decided(weavers):
    agreed, refused = propose_adjustment(weavers, 7), propose_adjustment(weavers, 8)
    corrections.agree(agreed, by=keeper())
    corrections.refuse(refused, reason="x", by=keeper())
    before = rig.rows()

    for correction in (agreed, refused):
        with pytest.raises(errors.AlreadyDecided):
            corrections.agree(correction, by=keeper())
        with pytest.raises(errors.AlreadyDecided):
            corrections.refuse(correction, reason="x", by=keeper())

    assert rig.rows() == before


def test_the_same_form_sent_twice_is_one_proposal(weavers):
    sale = rig.sell_in({PUI: 100}, producer=weavers)
    person, token = keeper(), uuid4()

    first = propose_move(sale, by=person, token=token)

    assert propose_move(sale, by=person, token=token) == first
    assert Correction.objects.count() == 1


# --- Facts that changed --------------------------------------------------------------------------
def test_a_line_refunded_meanwhile_moves_no_income_that_nobody_looked_at(weavers):
    sale = rig.sell_in({PUI: 100}, producer=weavers)
    partly = propose_move(sale)
    rig.refund(sale, {sale.shares[0].line_id: 30})

    with pytest.raises(errors.FactsChanged):
        corrections.agree(partly, by=keeper())
    rig.refund(sale, {sale.shares[0].line_id: 70})
    with pytest.raises(NothingToMove):
        corrections.agree(partly, by=keeper())

    assert not CorrectionDecision.objects.exists()
    corrections.refuse(partly, reason="คืนเงินแล้ว", by=keeper())


def test_a_charge_that_would_now_leave_the_producer_owing_is_looked_at_again(weavers):
    sale = rig.sell_in({PUI: 1_000}, producer=weavers)
    charge, gift = propose_adjustment(weavers, -800), propose_adjustment(weavers, 1)
    rig.refund(sale, {sale.shares[0].line_id: 900})

    with pytest.raises(errors.FactsChanged):
        corrections.agree(charge, by=keeper())

    corrections.agree(gift, by=keeper())
    anew = propose_adjustment(weavers, -800)  # said with open eyes
    corrections.agree(anew, by=keeper())
    assert owed_to()[weavers.pk].satang == 100 + 1 - 800


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"to": PUI}, errors.SameVillage),
        ({"to": "99999999"}, errors.UnknownVillage),
    ],
)
def test_income_moves_to_another_village_that_there_is(weavers, facts, refusal):
    sale = rig.sell_in({PUI: 100}, producer=weavers)

    with pytest.raises(refusal):
        propose_move(sale, **facts)

    assert not Correction.objects.exists()


# --- At once, and for ever -----------------------------------------------------------------------
def test_two_people_agreeing_at_once_make_one_event(fresh_database):
    weavers = make_weavers()
    rig.sell_in({PUI: 10_000}, producer=weavers)
    correction, people = propose_adjustment(weavers), [keeper() for _ in range(4)]

    answers = at_once(
        [lambda by=by: corrections.agree(correction, by=by) for by in people],
        (errors.AlreadyDecided,),
    )

    kinds = sorted(type(answer).__name__ for answer in answers)
    assert kinds == ["AlreadyDecided"] * 3 + ["Event"]
    assert Event.objects.filter(kind="adjustment").count() == 1
    assert owed_to()[weavers.pk].satang == 9_500
    assert list(verification.verify()) == []


def test_agreed_to_and_refused_at_once_is_one_of_both(fresh_database):
    weavers = make_weavers()
    correction, one, another = propose_adjustment(weavers, 500), keeper(), keeper()

    answers = at_once(
        [
            lambda: corrections.agree(correction, by=one),
            lambda: corrections.refuse(correction, reason="x", by=another),
        ],
        (errors.AlreadyDecided,),
    )

    decision = CorrectionDecision.objects.get()
    assert sum(isinstance(answer, errors.AlreadyDecided) for answer in answers) == 1
    assert Event.objects.count() == (1 if decision.event else 0)


def test_a_refund_and_a_move_at_once_move_what_was_proposed_or_nothing(fresh_database):
    sale = rig.sell_in({PUI: 100}, producer=make_weavers())
    correction, person = propose_move(sale), keeper()

    answers = at_once(
        [
            lambda: corrections.agree(correction, by=person),
            lambda: rig.refund(sale, {sale.shares[0].line_id: 30}),
        ],
        (errors.FactsChanged,),
    )

    moved = rig.measures(MAE, this_month()).get("moved_satang", 0)
    assert moved == (0 if isinstance(answers[0], errors.FactsChanged) else 100)
    assert isinstance(answers[1], Event)
    assert list(verification.verify()) == []


@pytest.mark.parametrize("table", ["bookkeeping_correction", "bookkeeping_correctiondecision"])
@pytest.mark.parametrize("change", ["UPDATE {} SET reason = 'x'", "DELETE FROM {}"])
def test_the_database_keeps_what_was_proposed_and_decided(weavers, table, change):
    corrections.refuse(propose_adjustment(weavers), reason="ไม่ใช่", by=keeper())

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))

    assert Correction.objects.get().reason == "จ่ายเกิน"
    assert CorrectionDecision.objects.get().reason == "ไม่ใช่"
    assert guards.missing() == []
