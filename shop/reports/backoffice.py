"""The income report of staff, inside Wagtail's admin: the whole country, or an officer's areas."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.defaults import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from marketplace.accounts.permissions import report_areas
from marketplace.accounts.queries import is_within
from marketplace.core import audit, thai
from marketplace.core.errors import DomainError
from marketplace.ledger.periods import Period, month_label, parse_period, year_period
from marketplace.ledger.queries import Dimension, Question, Report, follow, income_report, level_of
from marketplace.places.services import UnknownArea
from shop.reports import exports, queries
from shop.reports.pictures.bars import months_chart
from shop.reports.words import period_choices, row_word

URL_NAME = "income-report"


def report_url(code: str, period: Period, **more: str) -> str:
    query = {"area": code, "period": period.key, **more}
    return f"{reverse(URL_NAME)}?{urlencode(query)}"


def may_read(code: str, areas: list[str]) -> bool:
    """Whether an area lies in somebody's areas; regions are whole-country readers' only."""
    return "" in areas if level_of(code) == "region" else is_within(code, areas)


class IncomeReportView(WagtailAdminTemplateMixin, View):
    """One area in one period: its parts as rows, each a link to the next level down."""

    template_name = "reports/income_report.html"
    page_title = gettext_lazy("Village income")
    header_icon = "table"
    report: Report | None = None
    error = ""
    gone = ""

    def get(self, request):
        self.areas = report_areas(request.user)
        code = request.GET.get("area", self.areas[0] if self.areas else "")
        if not may_read(code, self.areas):
            # Not raised: the admin would answer with a redirect instead of 403.
            return permission_denied(request, PermissionDenied())
        try:
            self.period = self.wanted_period()
            code = self.followed(code)
            if not may_read(code, self.areas):
                return permission_denied(request, PermissionDenied())
            self.report = income_report(Question(code, self.period))
        except DomainError as error:
            self.error, self.period = error.message, self.this_year()
            status = 404 if isinstance(error, UnknownArea) else 400
            return self.render_to_response(self.get_context_data(), status=status)
        if request.GET.get("export") == "csv":
            return self.as_csv()
        return self.render_to_response(self.get_context_data())

    def followed(self, code: str) -> str:
        """The area that has the ground of an abolished one, which the page then says."""
        now = follow(code, self.period)
        self.gone = code if now != code else ""
        return now

    def wanted_period(self) -> Period:
        key = self.request.GET.get("period")
        return parse_period(key) if key else self.this_year()

    def this_year(self) -> Period:
        return year_period(thai.fiscal_year_be(thai.today()))

    def as_csv(self) -> HttpResponse:
        """The rows as a file; who took them is written down."""
        audit.note(
            actor=self.request.user,
            act="report.export",
            target=f"area:{self.report.total.code or 'TH'}",
            period=self.period.key,
            rows=len(self.report.rows),
        )
        response = HttpResponse(exports.report_csv(self.report), content_type="text/csv")
        name = exports.file_name(self.report)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def get_page_subtitle(self) -> str:
        return self.report.total.name if self.report else ""

    @property
    def header_buttons(self) -> list:
        if self.report is None:
            return []
        url = report_url(self.report.total.code, self.period, export="csv")
        return [HeaderButton(_("Download CSV"), url, icon_name="download")]

    def get_breadcrumbs_items(self) -> list[dict]:
        """The areas around this one; those somebody may not read are left out."""
        path = self.report.path if self.report else ()
        steps = [
            {"url": report_url(step.code, self.period), "label": step.name}
            for step in path
            if may_read(step.code, self.areas)
        ]
        home = {"url": reverse(URL_NAME), "label": self.page_title}
        return [*self.breadcrumbs_items, home, *steps]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context |= {
            "error": self.error,
            "gone": self.gone,
            "period": self.period,
            "period_choices": period_choices(thai.today()),
            "area_choices": queries.area_choices(self.areas),
        }
        if self.report:
            context |= self.figures(self.report, context["area_choices"])
        return context

    def figures(self, report: Report, choices: list[tuple[str, str]]) -> dict:
        return {
            "report": report,
            "area_code": report.total.code,
            "below": row_word(report.question.rows_by),
            "chart": months_chart(report.months),
            "months": [(month, month_label(month.month)) for month in report.months],
            "is_offered": report.total.code in dict(choices),
            "rows": [(row, self.link(row.code)) for row in report.rows],
        }

    def link(self, code: str) -> str:
        """Where an area leads: down. Producers lead nowhere."""
        is_area = not isinstance(self.report.question.rows_by, Dimension)
        return report_url(code, self.period) if is_area else ""
