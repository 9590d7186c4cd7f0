"""Corrections of the ledger: proposed by one person, agreed to or refused by another."""

from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.row_changes import tidy_reason
from marketplace.ledger.models import Event
from marketplace.ledger.services import (
    Adjustment,
    Reclassification,
    record_adjustment,
    record_reclassification,
)
from marketplace.ledger.services.posting import wait_for
from marketplace.producers.models import Producer
from marketplace.villages.models import Village
from shop.bookkeeping import errors
from shop.bookkeeping.models import Correction, CorrectionDecision
from shop.bookkeeping.permissions import may_keep_books
from shop.bookkeeping.queries.corrections import effect_of, place_of_line
from shop.bookkeeping.queries.owed import Owed, owed_to

Kind = Correction.Kind


def draft_adjustment(
    *, producer: Producer, amount_satang: int, village_code: str, reason: str
) -> Correction:
    """A proposal to raise or lower what a producer is owed, not yet stored.

    In its home village unless another is named. Raises NoAmount, UnknownVillage, ReasonRequired.
    """
    if not amount_satang:
        raise errors.NoAmount
    village_code = village_code or producer.home_village_id
    _demand_village(village_code)
    return Correction(
        kind=Kind.ADJUSTMENT,
        producer=producer,
        village_code=village_code,
        amount_satang=amount_satang,
        balance_satang=_balance(producer.pk),
        reason=tidy_reason(reason),
    )


def draft_change_of_place(
    *, order_number: str, line_id: int, from_village_code: str, to_village_code: str, reason: str
) -> Correction:
    """A proposal to move what is left of a line's income to another village, not yet stored.

    Raises NothingToMove, SameVillage, UnknownVillage, ReasonRequired.
    """
    if from_village_code == to_village_code:
        raise errors.SameVillage
    _demand_village(to_village_code)
    place = place_of_line(order_number, line_id, from_village_code)
    return Correction(
        kind=Kind.PLACE,
        producer_id=place.producer_id,
        village_code=from_village_code,
        to_village_code=to_village_code,
        order_number=order_number,
        line_id=line_id,
        amount_satang=place.income_satang,
        balance_satang=_balance(place.producer_id),
        reason=tidy_reason(reason),
    )


def propose(correction: Correction, *, form_token: UUID, by: AbstractBaseUser) -> Correction:
    """Store a draft, for another person to decide. The same form twice: the first proposal.

    Raises NotYourBooks; nothing is stored then.
    """
    _demand_keeper(by)
    with transaction.atomic():
        wait_for(f"proposal:{form_token}")
        before = Correction.objects.filter(form_token=form_token).first()
        if before:
            return before
        correction.form_token, correction.proposed_by = form_token, by
        correction.save(force_insert=True)
        audit.note(actor=by, act="correction.propose", target=_target(correction))
    return correction


def agree(correction: Correction, *, by: AbstractBaseUser) -> Event:
    """Post a correction to the ledger, once; returns its event.

    Raises NotYourBooks, NeedsAnother, AlreadyDecided (of two at once, one of them), FactsChanged,
    NothingToMove; nothing is recorded then.
    """
    with transaction.atomic():
        _demand_undecided(correction, by)
        _demand_same_facts(correction)
        event = _record(correction, by)
        CorrectionDecision.objects.create(correction=correction, event=event, decided_by=by)
        audit.note(actor=by, act="correction.agree", target=_target(correction))
    return event


def refuse(correction: Correction, *, reason: str, by: AbstractBaseUser) -> CorrectionDecision:
    """Decide against a correction; nothing reaches the ledger.

    Raises ReasonRequired, NotYourBooks, NeedsAnother, AlreadyDecided.
    """
    reason = tidy_reason(reason)
    with transaction.atomic():
        _demand_undecided(correction, by)
        decision = CorrectionDecision.objects.create(
            correction=correction, reason=reason, decided_by=by
        )
        audit.note(actor=by, act="correction.refuse", target=_target(correction))
    return decision


def _demand_keeper(by: AbstractBaseUser) -> None:
    """The service asks itself: no page may forget to on this way to money."""
    if not may_keep_books(by):
        raise errors.NotYourBooks


def _demand_undecided(correction: Correction, by: AbstractBaseUser) -> None:
    _demand_keeper(by)
    if by.pk == correction.proposed_by_id:
        raise errors.NeedsAnother
    wait_for(f"correction:{correction.pk}")
    if CorrectionDecision.objects.filter(correction=correction).exists():
        raise errors.AlreadyDecided


def _demand_same_facts(correction: Correction) -> None:
    """What is agreed to is what was proposed.

    What a producer is owed changes with every sale: of an adjustment it matters only when a charge
    would now leave it owing the market, and would not have.
    """
    is_move = correction.kind == Kind.PLACE
    subject = (
        f"order:{correction.order_number}" if is_move else f"producer:{correction.producer_id}"
    )
    wait_for(subject)  # before it is looked at: a refund may be on its way
    effect = effect_of(correction)
    if effect.amount_satang != correction.amount_satang:
        raise errors.FactsChanged
    would_owe = effect.change_satang < 0 and effect.balance_after_satang < 0
    would_have = correction.balance_satang + effect.change_satang < 0
    if would_owe and not would_have:
        raise errors.FactsChanged


def _record(correction: Correction, by: AbstractBaseUser) -> Event:
    people = {
        "reference": correction.reference,
        "occurred_at": timezone.now(),
        "reason": correction.reason,
        "proposed_by_id": correction.proposed_by_id,
        "approved_by_id": by.pk,
    }
    if correction.kind == Kind.ADJUSTMENT:
        return record_adjustment(
            Adjustment(
                producer_id=correction.producer_id,
                village_code=correction.village_code,
                amount_satang=correction.amount_satang,
                **people,
            )
        )
    return record_reclassification(
        Reclassification(
            order_number=correction.order_number,
            line_id=correction.line_id,
            from_village_code=correction.village_code,
            to_village_code=correction.to_village_code,
            **people,
        )
    )


def _demand_village(code: str) -> None:
    if not Village.objects.filter(pk=code).exists():
        raise errors.UnknownVillage


def _balance(producer_id: int) -> int:
    return owed_to([producer_id]).get(producer_id, Owed()).satang


def _target(correction: Correction) -> str:
    return f"correction:{correction.pk}"
