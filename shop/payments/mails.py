"""Mails of an order to its buyer: owed in the transaction of the fact, sent by a job, once.

Logs hold ids only. The buyer's language is the order's.
"""

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task
from oscar.apps.order.models import Order

from shop.parcels.models import Parcel
from shop.payments.models import OrderMail, Refund
from shop.payments.queries import lines_to_send
from shop.placing.queries import OrderGroup, OrderPage, read_order

logger = logging.getLogger(__name__)
CLAIM_KEPT = timedelta(minutes=10)
MOST_TRIES = 10
BATCH_ROWS = 200
Kind = OrderMail.Kind


def owe_mail(
    order: Order, kind: str, *, refund: Refund | None = None, parcel: Parcel | None = None
) -> None:
    """Owe the buyer a mail; owed twice, it is one. Call inside the transaction of the fact.

    The order is locked there, so that nobody else owes the same meanwhile; were it not, the
    constraint would undo the second transaction.
    """
    fact = {"order": order, "kind": kind, "refund": refund, "parcel": parcel}
    if not OrderMail.objects.filter(**fact).exists():
        mail = OrderMail.objects.create(**fact)
        send_mail_job.enqueue(mail.pk)


@task()
def send_mail_job(mail_id: int) -> None:
    send_order_mail(mail_id)


def send_order_mail(mail_id: int) -> bool:
    """Send a mail that is owed; True if this call did. Another worker that is at it keeps it.

    What the mail server says no to is raised, and tried again by the reconciler.
    """
    now = timezone.now()
    free = OrderMail.objects.filter(pk=mail_id, sent_at=None, tries__lt=MOST_TRIES)
    free = free.filter(Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM_KEPT))
    if not free.update(claimed_at=now, tries=F("tries") + 1):
        return False
    mail = OrderMail.objects.select_related("order__placement", "refund", "parcel").get(pk=mail_id)
    compose(mail).send()
    OrderMail.objects.filter(pk=mail_id).update(sent_at=timezone.now())
    logger.info("mail %s (%s) of order %s is sent", mail.pk, mail.kind, mail.order_id)
    return True


def send_waiting_mails(before: datetime) -> int:
    """Send what has been owed since before that instant; return how many were sent."""
    waiting = OrderMail.objects.filter(sent_at=None, noted_at__lt=before, tries__lt=MOST_TRIES)
    ids = list(waiting.order_by("noted_at").values_list("pk", flat=True)[:BATCH_ROWS])
    sent = 0
    for mail_id in ids:
        try:
            sent += send_order_mail(mail_id)
        except OSError:  # no mail server, or it refused: smtplib's errors are OSErrors
            logger.exception("mail %s could not be sent", mail_id)
    return sent


def compose(mail: OrderMail) -> EmailMultiAlternatives:
    """Write a mail in the order's language, as text and as HTML."""
    placement = mail.order.placement
    with translation.override(placement.language):
        order = read_order(placement.token)
        context = {
            "order": order,
            "sent": sent_parcel(order, mail.parcel) if mail.parcel else None,
            "refund": mail.refund,
            "parts": refunded_parts(mail.refund) if mail.refund else (),
            "order_url": order_url(placement),
            "site_url": settings.SITE_URL,
            "shop_name": settings.OSCAR_SHOP_NAME,
            "is_demo": settings.DEMO,
            "language": placement.language,
        }
        message = EmailMultiAlternatives(
            subject=_subject(mail),
            body=render_to_string(f"payments/mails/{mail.kind}.txt", context),
            to=[placement.email],
            headers={"Message-ID": _message_id(mail), "Content-Language": placement.language},
        )
        html = render_to_string(f"payments/mails/{mail.kind}.html", context)
    message.attach_alternative(html, "text/html")
    return message


@dataclass(frozen=True)
class RefundedPart:
    title: str
    amount_satang: int


def refunded_parts(refund: Refund) -> tuple[RefundedPart, ...]:
    """What of an order was given back, in the order's words."""
    parts = refund.lines.select_related("line", "producer").order_by("pk")
    return tuple(
        RefundedPart(
            title=part.line.title
            if part.line
            else _("Delivery from %(producer)s") % {"producer": part.producer.display_name},
            amount_satang=part.amount_satang,
        )
        for part in parts
    )


def sent_parcel(order: OrderPage, parcel: Parcel) -> OrderGroup:
    """The part of an order that was sent, without what was paid back instead."""
    inside = {line.pk for line in lines_to_send(parcel)}
    [group] = (group for group in order.groups if group.parcel == parcel)
    return replace(group, lines=tuple(line for line in group.lines if line.pk in inside))


def _subject(mail: OrderMail) -> str:
    subjects = {
        Kind.PAID: _("Order %(number)s is paid: thank you"),
        Kind.CANCELLED: _("Order %(number)s was cancelled because it was not paid"),
        Kind.REFUNDED: _("Money is on its way back to you for order %(number)s"),
        Kind.LATE: _("Your payment for order %(number)s goes back to you"),
        Kind.SENT: _("A parcel of order %(number)s is on its way"),
    }
    return subjects[mail.kind] % {"number": mail.order.number}


def _message_id(mail: OrderMail) -> str:
    """The same for every try, so that a mail sent twice shows as one."""
    host = urlsplit(settings.SITE_URL).hostname
    return f"<order-{mail.order.number}-{mail.kind}-{mail.pk}@{host}>"


def order_url(placement) -> str:
    """Return the whole address of an order's page, in its own language."""
    with translation.override(placement.language):
        return settings.SITE_URL + reverse("storefront:order", args=[placement.token])
