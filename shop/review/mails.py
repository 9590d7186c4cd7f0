"""Tell a producer's people what became of what they sent in. In Thai, as plain text."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from marketplace.producers.models import Membership, Producer
from marketplace.provenance.models import ProductChange, Provenance
from shop.review.queries import PRODUCT

logger = logging.getLogger(__name__)
READERS = (Membership.Role.OWNER, Membership.Role.MANAGER)
_OUTCOMES = {
    Provenance.Status.PUBLIC: True,
    Provenance.Status.REFUSED: False,
    ProductChange.State.APPROVED: True,
    ProductChange.State.REFUSED: False,
}


@task()
def tell_producer(kind: str, pk: int) -> int:
    """Send one mail to each owner and manager; how many were sent.

    None when the thing waits again or is gone. Run twice, it tells twice.
    """
    rows = Provenance if kind == PRODUCT else ProductChange.objects.select_related("provenance")
    row = (rows.objects if kind == PRODUCT else rows).filter(pk=pk).first()
    state = row and (row.status if kind == PRODUCT else row.state)
    if state not in _OUTCOMES:
        return 0
    provenance = row if kind == PRODUCT else row.provenance
    reason = row.status_reason if kind == PRODUCT else row.reason
    messages = compose(kind, provenance, _OUTCOMES[state], reason)
    sent = get_connection().send_messages(messages) if messages else 0
    logger.info("%s %s: %s mails about its review", kind, pk, sent)
    return sent or 0


def compose(kind: str, provenance: Provenance, is_approved: bool, reason: str) -> list:
    """Write the mails, all alike; nobody sees the other addresses."""
    with translation.override("th"):
        context = {
            "title": provenance.product.title,
            "producer": provenance.producer.name_th,
            "is_change": kind != PRODUCT,
            "is_approved": is_approved,
            "reason": reason,
            "url": settings.SITE_URL
            + reverse("workbench:products-list", args=[provenance.producer_id]),
            "shop_name": settings.OSCAR_SHOP_NAME,
            "is_demo": settings.DEMO,
        }
        subject = (
            _("“%(title)s” is approved") if is_approved else _("“%(title)s” is to be mended")
        ) % {"title": context["title"]}
        body = render_to_string("review/mails/decided.txt", context)
    headers = {"Content-Language": "th"}
    return [
        EmailMessage(subject=subject[:200], body=body, to=[address], headers=headers)
        for address in addresses(provenance.producer)
    ]


def addresses(producer: Producer) -> list[str]:
    people = Membership.objects.filter(
        producer=producer, role__in=READERS, user__is_active=True
    ).exclude(user__email="")
    return list(people.order_by("pk").values_list("user__email", flat=True))
