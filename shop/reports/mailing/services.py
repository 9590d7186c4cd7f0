"""Begin and end subscriptions, and owe each its mail once a month.

A month is mailed from the third day of the next one on: a payment confirmed on the last evening may
be told to us up to three days late (Stripe repeats its webhooks for so long), and counts in its
month until that is closed.
"""

import logging
from datetime import date, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.accounts.permissions import report_areas
from marketplace.core import audit, thai
from marketplace.ledger.errors import AreaDivided
from marketplace.ledger.periods import ONE_DAY, month_period, next_month
from marketplace.ledger.queries import Before, Question
from shop.reports.asking import fields_of
from shop.reports.exports import services as exports
from shop.reports.following import Followed, followed
from shop.reports.mailing.errors import AlreadySubscribed, TooManySubscriptions
from shop.reports.models import Export, MonthlyMail, Subscription

logger = logging.getLogger(__name__)

SEND_DAY = 3
MOST = 20
"""Subscriptions of one person."""
LONGEST_WAIT = timedelta(days=1)
"""For the file of a mail; after that it goes without."""
BATCH_ROWS = 200


def subscribe(*, reader: AbstractBaseUser, area: str, language: str, format: str) -> Subscription:
    """Send somebody the report of an area each month; the caller has asked whether they may.

    Raises AlreadySubscribed for an area that comes already, TooManySubscriptions.
    """
    mine = Subscription.objects.filter(reader=reader, ended_at=None)
    if mine.count() >= MOST:
        raise TooManySubscriptions
    try:
        with transaction.atomic():
            found = Subscription.objects.create(
                reader=reader,
                area=area,
                language=language,
                format=format,
                begun_on=thai.today(),
            )
            audit.note(actor=reader, act="report.subscribe", target=f"area:{area or 'TH'}")
    except IntegrityError as error:
        raise AlreadySubscribed from error
    return found


def end(subscription: Subscription, why: str, *, by: AbstractBaseUser | None = None) -> bool:
    """Send no more of it; True if this call ended it. Ended twice: the first reason stays."""
    with transaction.atomic():
        is_new = Subscription.objects.filter(pk=subscription.pk, ended_at=None).update(
            ended_at=timezone.now(), end=why
        )
        if is_new:
            audit.note(
                actor=by,
                act="report.unsubscribe",
                target=f"area:{subscription.area or 'TH'}",
                subscription=subscription.pk,
                why=str(why),
            )
    return bool(is_new)


def followed_for(subscription: Subscription, month: date) -> Followed | None:
    """Whose figures its reader gets of a month; None where they are not the reader's to read today,
    which ends the subscription. Raises AreaDivided where there is no one report of them."""
    areas = report_areas(subscription.reader)
    try:
        return followed(subscription.area, month_period(month), areas)
    except PermissionDenied:
        end(subscription, Subscription.End.RIGHTS)
        return None


def first_month_of(subscription: Subscription) -> date:
    """The month that its first mail is about: the first whose mails go out no earlier than it was
    begun."""
    day = subscription.begun_on
    return _month_before(day) if day.day <= SEND_DAY else day.replace(day=1)


def next_month_of(subscription: Subscription, mailed: date | None) -> date:
    """The month that its next mail is about, after the last one that it was owed."""
    return next_month(mailed) if mailed else first_month_of(subscription)


def _month_before(day: date) -> date:
    return (day.replace(day=1) - ONE_DAY).replace(day=1)


def send_day_of(month: date) -> date:
    return next_month(month).replace(day=SEND_DAY)


def owe_last_month() -> int:
    """Owe each subscription its mail about the last month; return how many are new.

    Comes round each hour; run twice, or at once by two workers, each is owed once.
    """
    today = thai.today()
    if today.day < SEND_DAY:
        return 0
    month = _month_before(today)
    due = (
        Subscription.objects.filter(ended_at=None, begun_on__lte=send_day_of(month))
        .exclude(mails__month=month)
        .select_related("reader")
        .order_by("pk")
    )
    return sum(_owe(subscription, month) for subscription in due[:BATCH_ROWS])


def _owe(subscription: Subscription, month: date) -> bool:
    try:
        if followed_for(subscription, month) is None:
            return False
        has_file = True
    except AreaDivided:  # the mail says so, and waits for nothing
        has_file = False
    try:
        with transaction.atomic():
            MonthlyMail.objects.create(
                subscription=subscription,
                month=month,
                due_at=timezone.now() + (LONGEST_WAIT if has_file else timedelta()),
                export=_file(subscription, month) if has_file else None,
            )
            audit.note(
                actor=None,
                act="report.mail",
                target=f"area:{subscription.area or 'TH'}",
                period=f"{month:%Y-%m}",
                format=subscription.format,
                subscription=subscription.pk,
            )
    except IntegrityError:  # another worker was quicker
        return False
    return True


def _file(subscription: Subscription, month: date) -> Export:
    """Of the area subscribed to: the worker follows it, and the file says so."""
    question = Question(area=subscription.area, period=month_period(month))
    return exports.ask(
        kind=Export.Kind.INCOME,
        asked=fields_of(question, Before.LAST_YEAR),
        format=subscription.format,
        by=subscription.reader,
        language=subscription.language,
        is_limited=False,
    )


def release_made() -> int:
    """Let mails go whose file is made, or will not be; return how many. Comes round each minute."""
    waiting = MonthlyMail.objects.filter(sent_at=None, failed_at=None, tries=0)
    made = waiting.filter(due_at__gt=timezone.now(), export__isnull=False).exclude(
        export__state__in=Export.UNFINISHED
    )
    return made.update(due_at=timezone.now())
