"""The monthly mail: its headline figures, and the report attached or behind a link."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.core.documents.formats import content_type_of
from marketplace.core.private_files import private_storage
from marketplace.ledger.models import MonthClose
from marketplace.ledger.periods import month_label, month_period
from marketplace.ledger.queries import Before, Question, income_report
from shop.reports.backoffice.access import EXPORT, report_url
from shop.reports.mailing.services import may_still_read
from shop.reports.mailing.stopping import stop_url
from shop.reports.models import MonthlyMail

MOST_ATTACHED_BYTES = 5 * 2**20
"""Many mail servers refuse more than 10 MB, and what is attached grows by a third."""


@dataclass(frozen=True)
class Attached:
    """What of the report goes along: the file itself, else a link to it, else nothing."""

    name: str = ""
    content: bytes = b""
    url: str = ""


def compose(mail: MonthlyMail) -> EmailMultiAlternatives:
    """Write a mail in its subscription's language; to nobody where it was ended, or the reader may
    no longer read the area, which ends it."""
    subscription = mail.subscription
    if subscription.ended_at or not may_still_read(subscription):
        return EmailMultiAlternatives()
    with override(subscription.language):
        period = month_period(mail.month)
        question = Question(area=subscription.area, period=period)
        report = income_report(question, Before.LAST_YEAR)
        attached = _attached(mail)
        context = {
            "total": report.total,
            "month": month_label(mail.month),
            "is_closed": MonthClose.objects.filter(month__gte=mail.month).exists(),
            "file": attached,
            "report_url": settings.SITE_URL + report_url(question, Before.LAST_YEAR),
            "stop_url": stop_url(subscription),
            "shop_name": settings.OSCAR_SHOP_NAME,
            "site_url": settings.SITE_URL,
            "is_demo": settings.DEMO,
            "language": subscription.language,
        }
        message = EmailMultiAlternatives(
            subject=_("Village income of %(month)s: %(area)s")
            % {"month": context["month"], "area": report.total.name},
            body=render_to_string("reports/mailing/mail.txt", context),
            to=[subscription.reader.email] if subscription.reader.email else [],
            headers=_headers(mail),
        )
        html = render_to_string("reports/mailing/mail.html", context)
    message.attach_alternative(html, "text/html")
    if attached.content:
        kind = content_type_of(mail.export.format)
        message.attach(attached.name, attached.content, kind)
    return message


def _attached(mail: MonthlyMail) -> Attached:
    export = mail.export
    if export is None or not export.is_ready:
        return Attached()
    url = settings.SITE_URL + reverse(EXPORT, args=[export.pk])
    if export.size_bytes > MOST_ATTACHED_BYTES:
        return Attached(url=url)
    try:
        with private_storage().open(export.name) as file:
            return Attached(name=export.file_name, content=file.read())
    except FileNotFoundError:
        return Attached()


def _headers(mail: MonthlyMail) -> dict[str, str]:
    """The same Message-ID for every try, so that a mail sent twice shows as one."""
    host = urlsplit(settings.SITE_URL).hostname
    return {
        "Message-ID": f"<monthly-report-{mail.pk}@{host}>",
        "Content-Language": mail.subscription.language,
        "List-Unsubscribe": f"<{stop_url(mail.subscription)}>",
    }
