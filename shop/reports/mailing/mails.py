"""The monthly mail: its headline figures, and the report attached or behind a link."""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.accounts.permissions import report_areas
from marketplace.core.documents.formats import content_type_of
from marketplace.core.private_files import private_storage
from marketplace.ledger.errors import AreaDivided
from marketplace.ledger.models import MonthClose
from marketplace.ledger.periods import month_label, month_period
from marketplace.ledger.queries import Before, Question, income_report
from shop.reports.backoffice.access import EXPORT, may_read, report_url
from shop.reports.following import Followed, named
from shop.reports.mailing.services import end, followed_for
from shop.reports.mailing.stopping import stop_url
from shop.reports.models import MonthlyMail, Subscription

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
    no longer read the figures, which ends it.

    Of an area that was abolished it has the figures of what took its ground, and says so. Where
    that was divided it says so, names the heirs, and is the last: it ends the subscription.
    """
    subscription = mail.subscription
    if subscription.ended_at and subscription.end != Subscription.End.SPLIT:
        return EmailMultiAlternatives()
    with override(subscription.language):
        try:
            found = followed_for(subscription, mail.month)
        except AreaDivided as error:
            return _last(mail, error.codes)
        return _report(mail, found) if found else EmailMultiAlternatives()


def _report(mail: MonthlyMail, found: Followed) -> EmailMultiAlternatives:
    question = Question(area=found.area, period=found.period)
    report = income_report(question, Before.LAST_YEAR)
    attached = _attached(mail, found)
    asked = replace(question, area=found.asked)
    message = _message(
        mail,
        "mail",
        title=_title(mail, found, report.total.name),
        abolished=found.words,
        total=report.total,
        is_closed=MonthClose.objects.filter(month__gte=mail.month).exists(),
        file=attached,
        report_url=settings.SITE_URL + report_url(asked, Before.LAST_YEAR),
    )
    if attached.content:
        kind = content_type_of(mail.export.format)
        message.attach(attached.name, attached.content, kind)
    return message


def _title(mail: MonthlyMail, found: Followed, area: str) -> str:
    words = {"month": month_label(mail.month), "area": area}
    if not found.gone:
        return _("Village income of %(month)s: %(area)s") % words
    words["gone"] = found.names[found.gone]
    return _("Village income of %(month)s: %(area)s, in place of %(gone)s") % words


def _last(mail: MonthlyMail, heirs: tuple[str, ...]) -> EmailMultiAlternatives:
    """Composed again for another try: the same."""
    subscription, period = mail.subscription, month_period(mail.month)
    end(subscription, Subscription.End.SPLIT)
    names = named([subscription.area, *heirs], period)
    areas = report_areas(subscription.reader)
    urls = {
        code: settings.SITE_URL + report_url(Question(area=code, period=period))
        for code in heirs
        if may_read(code, areas)
    }
    gone, month = names[subscription.area], month_label(mail.month)
    return _message(
        mail,
        "last_mail",
        title=_("Village income of %(month)s: %(area)s was abolished and divided")
        % {"month": month, "area": gone},
        gone=gone,
        heirs=[(names[code], urls.get(code, "")) for code in heirs],
        has_link=bool(urls),
        lacks_link=len(urls) < len(heirs),
    )


def _message(mail: MonthlyMail, template: str, **facts) -> EmailMultiAlternatives:
    """As text and HTML, to the reader where they have an address."""
    subscription = mail.subscription
    context = facts | {
        "month": month_label(mail.month),
        "stop_url": stop_url(subscription),
        "shop_name": settings.OSCAR_SHOP_NAME,
        "site_url": settings.SITE_URL,
        "is_demo": settings.DEMO,
        "language": subscription.language,
    }
    message = EmailMultiAlternatives(
        subject=facts["title"],
        body=render_to_string(f"reports/mailing/{template}.txt", context),
        to=[subscription.reader.email] if subscription.reader.email else [],
        headers=_headers(mail),
    )
    html = render_to_string(f"reports/mailing/{template}.html", context)
    message.attach_alternative(html, "text/html")
    return message


def _attached(mail: MonthlyMail, found: Followed) -> Attached:
    """Nothing where the register learnt of an abolition after the file was made: the file would
    have the figures of another area than the mail."""
    export = mail.export
    if export is None or not export.is_ready or export.shown_area != found.area:
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
