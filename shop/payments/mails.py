"""Mails of an order to its buyer, in the order's language: what is owed, and what each says."""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from oscar.apps.order.models import Order

from marketplace.core import owed_mails
from shop.parcels.models import Parcel
from shop.payments.models import OrderMail, Refund
from shop.payments.queries import lines_to_send
from shop.placing.queries import OrderGroup, OrderPage, read_order

Kind = OrderMail.Kind


def owe_mail(
    order: Order, kind: str, *, refund: Refund | None = None, parcel: Parcel | None = None
) -> None:
    """Owe the buyer a mail; owed twice, it is one. Call inside the transaction of the fact.

    The order is locked there, so that nobody else owes the same meanwhile; were it not, the
    constraint would undo the second transaction.
    """
    correction = parcel.corrections if kind == Kind.TRACKING else 0
    fact = {"order": order, "kind": kind, "refund": refund, "parcel": parcel}
    if not OrderMail.objects.filter(**fact, correction=correction).exists():
        if correction:  # What nobody was told yet and is no longer so: the new mail says all of it.
            OrderMail.objects.filter(**fact, correction__lt=correction, sent_at=None).delete()
        owed_mails.send_soon(OrderMail.objects.create(**fact, correction=correction))


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
        Kind.TRACKING: _("New tracking number for a parcel of order %(number)s"),
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
