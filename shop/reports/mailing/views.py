"""The page of one's own monthly mails in Wagtail's admin."""

from django.contrib import messages
from django.db.models import Max
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from marketplace.accounts.permissions import report_areas
from marketplace.core import thai
from marketplace.core.errors import DomainError
from marketplace.core.numbers import id_in
from marketplace.core.refusals import refused
from marketplace.ledger.periods import day_label, month_label, month_period
from marketplace.ledger.queries import level_number, names_of
from marketplace.places.services import UnknownArea
from shop.reports import queries
from shop.reports.backoffice.access import MAILING, may_read
from shop.reports.exports.describing import area_words
from shop.reports.mailing import services
from shop.reports.mailing.forms import SubscriptionForm
from shop.reports.models import Subscription
from shop.reports.words import file_language

ENDED_SHOWN = 10


class MailingView(WagtailAdminTemplateMixin, View):
    """What comes to oneself each month, what came to an end and why; begin another, or end one.

    Refused with 403 to whoever reads no reports and has no subscription that ended for it.
    """

    template_name = "reports/mailing/mailing.html"
    page_title = _("Reports by mail")
    header_icon = "mail"
    error = ""

    def dispatch(self, request, *args, **kwargs) -> HttpResponseBase:
        self.areas = report_areas(request.user)
        if not self.areas and not self.mine.exists():
            return refused(request)
        return super().dispatch(request, *args, **kwargs)

    @property
    def mine(self):
        return Subscription.objects.filter(reader=self.request.user)

    @cached_property
    def area(self) -> str:
        """The area that the page was opened for, or the first of one's own."""
        given = self.request.POST if self.request.method == "POST" else self.request.GET
        return given.get("area", self.areas[0] if self.areas else "")

    def get(self, request) -> HttpResponseBase:
        if "area" in request.GET and not may_read(self.area, self.areas):
            return refused(request)
        return self.page(SubscriptionForm(self.choices(), initial=self.usual()))

    def post(self, request) -> HttpResponseBase:
        if request.POST.get("act") == "end":
            return self.end()
        if not may_read(self.area, self.areas):
            return refused(request)
        form = SubscriptionForm(self.choices(), request.POST)
        if not form.is_valid():
            return self.page(form, 400)
        try:
            services.subscribe(reader=request.user, **form.cleaned_data)
        except DomainError as error:
            self.error = str(error)
            return self.page(form, 409)
        messages.success(request, gettext("From now on the report comes to you each month."))
        return redirect(MAILING)

    def end(self) -> HttpResponseBase:
        number = id_in(self.request.POST.get("subscription", ""))
        found = self.mine.filter(pk=number).first()
        if found is None:
            return refused(self.request)
        if services.end(found, Subscription.End.READER, by=self.request.user):
            messages.success(self.request, gettext("Ended. No more mails of it come."))
        return redirect(MAILING)

    def usual(self) -> dict[str, str]:
        language = file_language()
        return {"area": self.area, "language": language, "format": Subscription.Format.PDF}

    def choices(self) -> list[tuple[str, str]]:
        """Areas to begin from, and the one that the page was opened for."""
        listed = queries.area_choices(self.areas) if self.areas else []
        if self.area in dict(listed) or not may_read(self.area, self.areas):
            return listed
        return [*listed, *_one_choice(self.area)]

    def page(self, form: SubscriptionForm, status: int = 200) -> HttpResponseBase:
        active = self.mine.filter(ended_at=None).order_by("area")
        active = list(active.annotate(mailed=Max("mails__month")))
        ended = list(self.mine.exclude(ended_at=None).order_by("-ended_at")[:ENDED_SHOWN])
        names = area_words({one.area for one in (*active, *ended)})
        context = self.get_context_data(
            error=self.error,
            form=form if self.areas else None,
            email=self.request.user.email,
            active=[(one, names[one.area], *_next_mail(one)) for one in active],
            ended=[(one, names[one.area]) for one in ended],
            send_day=services.SEND_DAY,
        )
        return self.render_to_response(context, status=status)

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


def _next_mail(subscription: Subscription) -> tuple[str, str]:
    """Of which month, and on which day."""
    month = services.next_month_of(subscription, subscription.mailed)
    return month_label(month), day_label(services.send_day_of(month))


def _one_choice(code: str) -> list[tuple[str, str]]:
    """An area of any level; none for a code that is none."""
    try:
        level_number(code)
    except UnknownArea:
        return []
    if code not in names_of([code], month_period(thai.today())):
        return []
    return [(code, f"{area_words({code})[code]} ({code})")]
