"""Payouts to producers: a list by one person, agreed to by another, handed to the bank once."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from marketplace.core import audit, thai
from marketplace.core.row_changes import tidy_reason
from marketplace.ledger.models import Event
from marketplace.ledger.services import (
    Payout,
    PayoutPart,
    PayoutReturn,
    record_payout,
    record_payout_return,
)
from marketplace.ledger.services.posting import wait_for
from shop.bookkeeping import errors
from shop.bookkeeping.models import PayoutAgreement, PayoutEnd, PayoutLine, PayoutList
from shop.bookkeeping.permissions import may_keep_books
from shop.bookkeeping.queries.payouts import (
    MOST_LINES,
    Payable,
    lines_of,
    payables,
    standing_lines,
)

NOON = time(12)


def prepare_list(
    *, producer_ids: Collection[int], form_token: UUID, by: AbstractBaseUser
) -> PayoutList:
    """List all that these producers are owed now, for another person to agree to.

    The same form twice: the first list. Raises NotYourBooks, NothingChosen, TooMany, NothingOwed,
    UnderWay, AccountFrozen; nothing is stored then.
    """
    _demand_keeper(by)
    ids = set(producer_ids)
    with transaction.atomic():
        wait_for("payout-lists")
        before = PayoutList.objects.filter(form_token=form_token).first()
        if before:
            return before
        rows = _demand_payable(ids)
        payouts = PayoutList.objects.create(form_token=form_token, prepared_by=by)
        PayoutLine.objects.bulk_create(_line(payouts, row) for row in rows)
        audit.note(actor=by, act="payout.prepare", target=_target(payouts), lines=len(rows))
    return payouts


def agree_to_list(payouts: PayoutList, *, by: AbstractBaseUser) -> PayoutAgreement:
    """Let a list go to the bank; by another person than who made it.

    Twice: the first agreement. Raises NotYourBooks, PreparedBySame, ListEnded, LinesSank.
    """
    with transaction.atomic():
        _demand_open(payouts, by)
        if by.pk == payouts.prepared_by_id:
            raise errors.PreparedBySame
        agreement = PayoutAgreement.objects.filter(list=payouts).first()
        if agreement:
            return agreement
        _demand_standing(payouts)
        agreement = PayoutAgreement.objects.create(list=payouts, agreed_by=by)
        audit.note(actor=by, act="payout.agree", target=_target(payouts))
    return agreement


def hand_over(payouts: PayoutList, *, handed_on: date, by: AbstractBaseUser) -> Event:
    """Note in the ledger, once, that an agreed list was handed to the bank on that day.

    Raises NotYourBooks, NotAgreed, ListEnded, WrongDay, LinesSank, ledger.errors.MoreThanOwed;
    nothing is recorded then.
    """
    with transaction.atomic():
        _demand_open(payouts, by)
        agreement = PayoutAgreement.objects.filter(list=payouts).first()
        if agreement is None:
            raise errors.NotAgreed
        if not thai.bangkok_day(agreement.agreed_at) <= handed_on <= thai.today():
            raise errors.WrongDay
        _demand_standing(payouts)
        event = record_payout(_payout(payouts, handed_on, by))
        PayoutEnd.objects.create(list=payouts, event=event, handed_on=handed_on, ended_by=by)
        audit.note(actor=by, act="payout.hand_over", target=_target(payouts))
    return event


def drop_list(payouts: PayoutList, *, reason: str, by: AbstractBaseUser) -> PayoutEnd:
    """Give a list up that was not handed to the bank; its producers may be listed again.

    Raises ReasonRequired, NotYourBooks, ListEnded.
    """
    reason = tidy_reason(reason)
    with transaction.atomic():
        _demand_open(payouts, by)
        end = PayoutEnd.objects.create(list=payouts, reason=reason, ended_by=by)
        audit.note(actor=by, act="payout.drop", target=_target(payouts))
    return end


def return_payment(line: PayoutLine, *, reason: str, by: AbstractBaseUser) -> Event:
    """Owe a producer again what the bank gave back of one line, all of it; twice: the first event.

    Raises ReasonRequired, NotYourBooks, NotHandedOver.
    """
    reason = tidy_reason(reason)
    _demand_keeper(by)
    with transaction.atomic():
        wait_for(f"payout-list:{line.list_id}")
        if not PayoutEnd.objects.filter(list=line.list_id, event__isnull=False).exists():
            raise errors.NotHandedOver
        event = record_payout_return(
            PayoutReturn(
                payout_reference=line.list.reference,
                producer_id=line.producer_id,
                reference=line.return_reference,
                occurred_at=timezone.now(),
                reason=reason,
                actor_id=by.pk,
            )
        )
        audit.note(actor=by, act="payout.return", target=_target(line.list), line=line.pk)
    return event


# --- What every act shares -----------------------------------------------------------------------
def _demand_keeper(by: AbstractBaseUser) -> None:
    """The service asks itself: no page may forget to on this way to money."""
    if not may_keep_books(by):
        raise errors.NotYourBooks


def _demand_open(payouts: PayoutList, by: AbstractBaseUser) -> None:
    _demand_keeper(by)
    wait_for(f"payout-list:{payouts.pk}")
    if PayoutEnd.objects.filter(list=payouts).exists():
        raise errors.ListEnded


def _demand_payable(ids: set[int]) -> list[Payable]:
    if not ids:
        raise errors.NothingChosen
    if len(ids) > MOST_LINES:
        raise errors.TooMany
    rows = payables(ids)
    gone = ids - {row.producer.pk for row in rows}
    if gone:
        raise errors.NothingOwed(_naming(errors.NothingOwed, map(str, sorted(gone))))
    for refusal, found in (
        (errors.UnderWay, [row for row in rows if row.is_under_way]),
        (errors.AccountFrozen, [row for row in rows if row.is_frozen]),
    ):
        if found:
            raise refusal(_naming(refusal, (row.producer.display_name for row in found)))
    return rows


def _naming(refusal: type[errors.BooksStay], names: Iterable[str]) -> str:
    return str(refusal.message) % {"names": ", ".join(names)}


def _demand_standing(payouts: PayoutList) -> None:
    """Never more than is owed, and to no account that was changed since."""
    if any(one.has_sunk for one in standing_lines(payouts)):
        raise errors.LinesSank


def _line(payouts: PayoutList, row: Payable) -> PayoutLine:
    return PayoutLine(
        list=payouts,
        producer=row.producer,
        account=row.account,
        goods_satang=row.goods_satang,
        delivery_satang=row.delivery_satang,
    )


def _payout(payouts: PayoutList, handed_on: date, by: AbstractBaseUser) -> Payout:
    return Payout(
        reference=payouts.reference,
        occurred_at=datetime.combine(handed_on, NOON, tzinfo=thai.BANGKOK),
        parts=tuple(
            PayoutPart(
                producer_id=line.producer_id,
                goods_satang=line.goods_satang,
                delivery_satang=line.delivery_satang,
                village_code=line.producer.home_village_id,
            )
            for line in lines_of(payouts).defer("account__number")
        ),
        actor_id=by.pk,
    )


def _target(payouts: PayoutList) -> str:
    return f"payout-list:{payouts.pk}"
