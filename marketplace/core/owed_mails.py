"""The one way to send a mail that must arrive: a row is written with the fact, a worker sends it.

Each package that owes mails keeps them in a table of its own, whose constraints say what makes a
mail one; what is here claims, sends, tries again and gives up. Logs hold ids only.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django_tasks import task

logger = logging.getLogger(__name__)
MOST_TRIES = 10
FIRST_PAUSE = timedelta(minutes=10)
"""Also how long a worker may be at a mail before another one takes it for dead."""
LONGEST_PAUSE = timedelta(hours=6)
BATCH_ROWS = 200


class OwedMail(models.Model):
    """A mail that somebody is owed: the row makes it one, whoever notices the fact first.

    Written in the transaction of the fact. A worker claims it, sends it, then marks it sent; only
    a machine that dies between the last two can send it twice. Subclasses name in `composer` the
    function that writes an EmailMessage from a row; without a reader left it names no address, and
    nothing is sent. They set a Message-ID of their own, the same for every try.
    """

    composer = ""

    noted_at = models.DateTimeField(_("owed since"), auto_now_add=True)
    due_at = models.DateTimeField(default=timezone.now)  # the next try; a claim moves it on
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(_("given up"), null=True, blank=True)
    error = models.CharField(_("last error"), max_length=100, blank=True)  # its class and code

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(failed_at=None),
                name="%(app_label)s_%(class)s_sent_or_not",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(sent_at=None, failed_at=None),
                name="%(class)s_due",
            )
        ]


def send_soon(mail: OwedMail) -> None:
    """Let a worker send a stored mail as soon as the current transaction is committed."""
    send_mail_job.enqueue(mail._meta.label, mail.pk)


@task()
def send_mail_job(label: str, mail_id: int) -> None:
    send_mail(apps.get_model(label), mail_id)


def send_mail(table: type[OwedMail], mail_id: int) -> bool:
    """Send a mail that is owed; True if this call did. Another worker that is at it keeps it.

    What the mail server says no to is noted, and tried again after 10 minutes, then twice as long
    each time up to 6 hours; after ten tries it is given up, for staff to see (28 hours in all).
    """
    if not _claim(table, mail_id):
        return False
    mail = table.objects.get(pk=mail_id)
    try:
        import_string(table.composer)(mail).send()
    except OSError as error:  # no mail server, or it refused: smtplib's errors are OSErrors
        _note_failure(mail, error)
        return False
    table.objects.filter(pk=mail_id).update(sent_at=timezone.now(), failed_at=None, error="")
    logger.info("%s %s is sent", table._meta.label, mail_id)
    return True


def _claim(table: type[OwedMail], mail_id: int) -> bool:
    """Take a mail that is due; the row count says who won."""
    now = timezone.now()
    due = table.objects.filter(pk=mail_id, sent_at=None, failed_at=None, due_at__lte=now)
    tries = due.filter(tries__lt=MOST_TRIES).values_list("tries", flat=True).first()
    if tries is None:
        return False
    return due.filter(tries=tries).update(tries=tries + 1, due_at=now + pause_after(tries)) == 1


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many tries before this one."""
    return min(FIRST_PAUSE * 2**tries, LONGEST_PAUSE)


def _note_failure(mail: OwedMail, error: OSError) -> None:
    code = getattr(error, "smtp_code", "")
    facts = {"error": f"{type(error).__name__} {code}".strip()[:100]}
    if mail.tries >= MOST_TRIES:
        facts["failed_at"] = timezone.now()
    type(mail).objects.filter(pk=mail.pk, sent_at=None).update(**facts)
    level = logging.ERROR if "failed_at" in facts else logging.WARNING
    logger.log(level, "%s %s: %s, try %s", mail._meta.label, mail.pk, facts["error"], mail.tries)


def send_due_mails() -> int:
    """Try again what is due, of every table; return how many were sent. Comes round each minute."""
    return sum(_send_due(table) for table in tables())


def tables() -> Iterator[type[OwedMail]]:
    return (table for table in apps.get_models() if issubclass(table, OwedMail))


def _send_due(table: type[OwedMail]) -> int:
    now = timezone.now()
    due = table.objects.filter(sent_at=None, failed_at=None, due_at__lte=now)
    # Its worker died in the last try, or it cannot be written at all.
    due.filter(tries__gte=MOST_TRIES).update(failed_at=now)
    ids = due.filter(tries__lt=MOST_TRIES).order_by("due_at").values_list("pk", flat=True)
    return sum(send_mail(table, mail_id) for mail_id in list(ids[:BATCH_ROWS]))


def given_up(mails: QuerySet) -> QuerySet:
    """Those that no worker tries any more."""
    return mails.filter(sent_at=None, failed_at__isnull=False)


def try_again(mail: OwedMail) -> bool:
    """Let a mail that was given up be tried anew, from the first pause; True if this call did."""
    rows = given_up(type(mail).objects.filter(pk=mail.pk))
    is_new = rows.update(failed_at=None, tries=0, due_at=timezone.now()) == 1
    if is_new:
        send_soon(mail)
    return is_new
