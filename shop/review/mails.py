"""Tell a producer's people what became of what they sent in. In Thai, as plain text."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from marketplace.core import owed_mails
from marketplace.producers.models import Membership, Producer
from marketplace.provenance.models import ProductChange, Provenance
from shop.review.models import ReviewMail

READERS = (Membership.Role.OWNER, Membership.Role.MANAGER)


def owe_mails(
    decided: Provenance | ProductChange, *, is_approved: bool, reason: str = ""
) -> list[ReviewMail]:
    """Owe each owner and manager a mail about a decision; nobody sees the others' addresses.

    Call inside the transaction of the decision, which locks what it is about and happens once;
    owed twice, the constraint undoes the second.
    """
    about = _about(decided)
    ReviewMail.objects.filter(**about, sent_at=None).delete()  # this one is newer
    mails = [
        ReviewMail.objects.create(
            **about,
            submitted_at=decided.submitted_at,
            reader_id=reader_id,
            is_approved=is_approved,
            reason=reason,
        )
        for reader_id in readers(_producer(decided)).values_list("user", flat=True)
    ]
    for mail in mails:
        owed_mails.send_soon(mail)
    return mails


def _about(decided: Provenance | ProductChange) -> dict:
    if isinstance(decided, ProductChange):
        return {"provenance_id": decided.provenance_id, "change": decided}
    return {"provenance": decided, "change": None}


def _producer(decided: Provenance | ProductChange) -> Producer:
    is_change = isinstance(decided, ProductChange)
    return (decided.provenance if is_change else decided).producer


def readers(producer: Producer) -> QuerySet[Membership]:
    people = Membership.objects.filter(producer=producer, role__in=READERS, user__is_active=True)
    return people.exclude(user__email="").order_by("pk")


def compose(mail: ReviewMail) -> EmailMessage:
    """Write a mail; to nobody, when its reader no longer speaks for the producer."""
    provenance = mail.provenance
    with translation.override("th"):
        context = {
            "title": provenance.product.title,
            "producer": provenance.producer.name_th,
            "is_change": mail.change_id is not None,
            "is_approved": mail.is_approved,
            "reason": mail.reason,
            "url": settings.SITE_URL
            + reverse("workbench:products-list", args=[provenance.producer_id]),
            "shop_name": settings.OSCAR_SHOP_NAME,
            "is_demo": settings.DEMO,
        }
        subject = (
            _("“%(title)s” is approved") if mail.is_approved else _("“%(title)s” is to be mended")
        ) % {"title": context["title"]}
        body = render_to_string("review/mails/decided.txt", context)
    still = readers(provenance.producer).filter(user=mail.reader_id)
    host = urlsplit(settings.SITE_URL).hostname
    headers = {"Content-Language": "th", "Message-ID": f"<review-{mail.pk}@{host}>"}
    return EmailMessage(
        subject=subject[:200],
        body=body,
        to=list(still.values_list("user__email", flat=True)),
        headers=headers,
    )
