"""What a figure is made of: its line shares, and of each all that the ledger says of it."""

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from marketplace.accounts.permissions import report_areas
from marketplace.core.errors import DomainError
from marketplace.core.numbers import id_in
from marketplace.core.refusals import refused
from marketplace.ledger.queries import (
    Question,
    ShareRows,
    count_shares,
    share_history,
    shares_behind,
    shares_in_chunks,
)
from marketplace.provenance.models import LineOrigin
from shop.reports.asking import asked_of, fields_of
from shop.reports.backoffice.access import INCOME, SHARE, may_read, report_url, shares_url
from shop.reports.backoffice.files import file_answer, wanted_format
from shop.reports.exports.offers import Offer
from shop.reports.exports.sizes import COUNTED_TO, is_large
from shop.reports.following import Followed, followed, said
from shop.reports.models import Export
from shop.reports.sales_document import sales_document
from shop.reports.words import filter_words


class CannotList(DomainError):
    """Fields that make no question."""

    message = gettext_lazy("This list cannot be made. Go back to the report and ask again.")


class SharesView(WagtailAdminTemplateMixin, View):
    """The line shares behind the income of a question, the newest first, a page at a time."""

    template_name = "reports/shares.html"
    page_title = gettext_lazy("Sales behind a figure")
    header_icon = "list-ul"
    question = None
    offer: Offer | None = None
    followed: Followed | None = None
    error = ""

    def get(self, request) -> HttpResponseBase:
        self.areas = areas = report_areas(request.user)
        area = request.GET.get("area", areas[0] if areas else "")
        if not may_read(area, areas):
            return refused(request)
        found = {}
        try:
            form = asked_of(request.GET, area)
            format = wanted_format(request)
            if not form.is_valid():
                raise CannotList
            self.question = self.of_ground(form.question)
            found = self.found(id_in(request.GET.get("older", "")))
            if format and not is_large(format, self.offer.rows):
                return self.as_file(found["page"])
        except PermissionDenied:
            return refused(request)
        except DomainError as error:
            self.error = error.message
        status = 400 if self.error else 200
        return self.render_to_response(self.get_context_data(**found), status=status)

    def of_ground(self, question: Question) -> Question:
        """The same of what took the ground of an abolished area. Raises PermissionDenied where
        that is not theirs to read."""
        self.followed = followed(question.area, question.period, self.areas)
        return replace(question, area=self.followed.area)

    @property
    def asked(self) -> Question:
        """Of the area that was asked for, so that the files say what became of that."""
        return replace(self.question, area=self.followed.asked)

    def as_file(self, page: ShareRows) -> HttpResponseBase:
        """All pages as one file. Long ones: exports/."""
        rows = shares_in_chunks(self.question)
        document = sales_document(self.question, page.area_name, rows, timezone.now())
        return file_answer(
            self.request,
            said(document, self.followed, is_flat=wanted_format(self.request) == "csv"),
            area=self.question.area,
            period=self.question.period.key,
            rows=self.offer.rows,
            sales=True,
        )

    def counted(self, page: ShareRows, older: int | None) -> int:
        """How many rows all pages have, no further than where every file is long."""
        if older is None and page.next_before is None:
            return len(page.rows)
        return count_shares(self.question, COUNTED_TO)

    @property
    def header_buttons(self) -> list:
        return self.offer.buttons(shares_url(self.asked)) if self.offer else []

    def found(self, older: int | None) -> dict:
        question = self.question
        page = shares_behind(question, older)
        rows = self.counted(page, older)
        self.offer = Offer(Export.Kind.SALES, fields_of(self.asked), rows)
        more = {"older": str(page.next_before)} if page.next_before else None
        return {
            "page": page,
            "offer": self.offer,
            "is_counted": rows < COUNTED_TO,
            "rows": [(row, reverse(SHARE, args=[row.share.pk])) for row in page.rows],
            "period": question.period,
            "filters": filter_words(question),
            "next_url": shares_url(question, **more) if more else "",
        }

    def get_breadcrumbs_items(self) -> list[dict]:
        home = {"url": reverse(INCOME), "label": _("Village income")}
        report = {"url": report_url(self.question), "label": _("report")} if self.question else None
        here = {"url": "", "label": self.page_title}
        return [*self.breadcrumbs_items, home, *filter(None, [report]), here]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "error": self.error,
            "followed": self.followed,
            "area_code": self.question.area if self.question else "",
        }


class ShareView(WagtailAdminTemplateMixin, View):
    """One line share: what was frozen when it was ordered, and the events that moved its money."""

    template_name = "reports/share.html"
    page_title = gettext_lazy("A sale and its events")
    header_icon = "doc-full"

    def get(self, request, number: int) -> HttpResponseBase:
        areas = report_areas(request.user)
        if not areas:
            return refused(request)
        try:
            history = share_history(number)
        except LineOrigin.DoesNotExist:
            raise Http404 from None
        if not any(may_read(code, areas) for code in history.village_codes):
            # Not told apart from what is not there: numbers of others' sales are nobody's business.
            raise Http404
        return self.render_to_response(self.get_context_data(history=history, share=history.share))

    def get_page_subtitle(self) -> str:
        return ""

    def get_breadcrumbs_items(self) -> list[dict]:
        home = {"url": reverse(INCOME), "label": _("Village income")}
        return [*self.breadcrumbs_items, home, {"url": "", "label": self.page_title}]
