"""A producer's consent to publish exact income, taken back for the future only."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.core import thai
from marketplace.core.errors import DomainError
from marketplace.core.models import AuditEntry
from marketplace.producers.models import IncomeDisclosure, Producer
from marketplace.producers.services.records import User, lock, record
from marketplace.villages import dated


class InvalidDisclosure(DomainError):
    message = _("A consent begins today or earlier, and after the one before it ended.")


class Backdated(InvalidDisclosure):
    message = _("A consent begins on the day it is given. It counts from the next month.")


class NoDisclosure(DomainError):
    message = _("There is no consent to take back.")


class NotForThePast(DomainError):
    message = _("A consent can be taken back for the future only.")


def record_disclosure(*, producer: Producer, since: date, by: User | None) -> IncomeDisclosure:
    """Note that the producer agrees to exact figures of its village from a day on.

    A month is public by the consent in force on its first day, so this one counts from the next
    month. While a consent is open, it is returned unchanged. Raises InvalidDisclosure for a day in
    the future or within an earlier consent, Backdated for a day gone by: what was public of that
    month, less a figure that becomes exact, could leave the one of another village that keeps a
    band. Whoever was registered this month (or is being loaded with its history) had nothing in
    those figures before and may name any day.
    """
    if since > thai.today():
        raise InvalidDisclosure
    with transaction.atomic():
        lock(producer)
        rows = IncomeDisclosure.objects.filter(producer=producer)
        try:
            disclosure, created = dated.begin(rows, since=since, producer=producer, recorded_by=by)
        except dated.OverlappingDates as error:
            raise InvalidDisclosure from error
        if created:
            _refuse_days_gone_by(producer, since)
            record(producer, "disclosure.record", by, since=str(since))
    return disclosure


def withdraw_disclosure(*, producer: Producer, last_day: date, by: User | None) -> IncomeDisclosure:
    """Take the consent back: its last day is today or later.

    The month of that day and those before it stay exact: what is known cannot be unknown.
    Raises NoDisclosure when none is open, NotForThePast for a day gone by.
    """
    if last_day < thai.today():
        raise NotForThePast
    with transaction.atomic():
        lock(producer)
        try:
            ended = dated.end(IncomeDisclosure.objects.filter(producer=producer), last_day=last_day)
        except dated.NothingOpen as error:
            raise NoDisclosure from error
        record(producer, "disclosure.withdraw", by, last_day=str(last_day))
    return ended


def _refuse_days_gone_by(producer: Producer, since: date) -> None:
    """Raise Backdated unless the day is today, or the producer was registered this month.

    The audit says when that was; a status and its day can be changed, what was done cannot.
    """
    today = thai.today()
    registered_now = AuditEntry.objects.filter(
        target=f"producer:{producer.pk}",
        act="producer.register",
        at__gte=datetime.combine(today.replace(day=1), time.min, tzinfo=thai.BANGKOK),
    )
    if since < today and not registered_now.exists():
        raise Backdated
