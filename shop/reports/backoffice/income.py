"""What areas earned: one question of staff and its answer, on the screen and as a file."""

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from marketplace.accounts.permissions import report_areas
from marketplace.core import thai
from marketplace.core.errors import DomainError
from marketplace.core.refusals import refused
from marketplace.ledger.periods import month_label
from marketplace.ledger.queries import (
    Course,
    Dimension,
    IncomeRow,
    Level,
    Question,
    Report,
    courses,
    income_report,
    level_number,
)
from marketplace.places.services import UnknownArea
from shop.reports import queries
from shop.reports.aims import aims_note, aims_of
from shop.reports.asking import DAYS, AskForm, asked_of, fields_of
from shop.reports.backoffice.access import INCOME, MAILING, may_read, report_url, shares_url
from shop.reports.backoffice.files import file_answer, wanted_format
from shop.reports.documents import report_document
from shop.reports.exports.offers import Offer
from shop.reports.exports.sizes import is_large
from shop.reports.following import Followed, followed, said
from shop.reports.models import Export
from shop.reports.pictures.bars import declared_chart, months_chart
from shop.reports.pictures.province_map import province_map
from shop.reports.pictures.sparkline import sparkline
from shop.reports.words import filter_words, line_words, notes, period_choices, row_word

ROWS_A_PAGE = 100


class IncomeReportView(WagtailAdminTemplateMixin, View):
    """One question and its answer: rows, each area a link to the next level down."""

    template_name = "reports/income_report.html"
    page_title = gettext_lazy("Village income")
    header_icon = "table"
    form: AskForm | None = None
    report: Report | None = None
    followed: Followed | None = None
    error = ""

    def get(self, request) -> HttpResponseBase:
        self.areas = report_areas(request.user)
        self.area = request.GET.get("area", self.areas[0] if self.areas else "")
        if not may_read(self.area, self.areas):
            return refused(request)
        status = 200
        try:
            self.form = asked_of(request.GET, self.area)
            format = wanted_format(request)
            if self.form.is_valid():
                self.report = self.answer(self.form)
                if format and not is_large(format, len(self.report.rows)):
                    return self.as_file()
        except PermissionDenied:
            return refused(request)
        except DomainError as error:
            self.error = error.message
            status = 404 if isinstance(error, UnknownArea) else 400
        if self.report is None:
            return self.render_to_response(self.get_context_data(), status=max(status, 400))
        return self.render_to_response(self.get_context_data(), status=status)

    def answer(self, form: AskForm) -> Report:
        """Raises PermissionDenied where the ground of an abolished area is not theirs to read."""
        question = form.question
        self.followed = followed(question.area, question.period, self.areas)
        return income_report(replace(question, area=self.followed.area), form.held_against)

    def as_file(self) -> HttpResponseBase:
        """The rows as a file. Raises TooManyRows. Long ones: exports/."""
        is_flat = wanted_format(self.request) == "csv"
        aims = aims_of(self.report, self.report.rows)
        document = report_document(self.report, timezone.now(), is_flat=is_flat, aims=aims)
        return file_answer(
            self.request,
            said(document, self.followed, is_flat=is_flat),
            area=self.report.total.code,
            period=self.report.period.key,
            rows=len(self.report.rows),
        )

    def get_page_subtitle(self) -> str:
        return self.report.total.name if self.report else ""

    @property
    def header_buttons(self) -> list:
        if self.report is None:
            return []
        return self.offer.buttons(report_url(self.asked, self.report.before))

    @property
    def asked(self) -> Question:
        """The same question of the area that was asked for, so that its files say what became of
        that."""
        return replace(self.report.question, area=self.followed.asked)

    @property
    def offer(self) -> Offer:
        asked = fields_of(self.asked, self.report.before)
        return Offer(Export.Kind.INCOME, asked, len(self.report.rows))

    def get_breadcrumbs_items(self) -> list[dict]:
        """The areas around this one; those somebody may not read are left out."""
        path = self.report.path if self.report else ()
        steps = [
            {"url": self.link_to(step.code), "label": step.name}
            for step in path
            if may_read(step.code, self.areas)
        ]
        home = {"url": reverse(INCOME), "label": self.page_title}
        return [*self.breadcrumbs_items, home, *steps]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        choices = queries.area_choices(self.areas)
        context |= {
            "error": self.error,
            "followed": self.followed,
            "form": self.form,
            "is_days": bool(self.form) and self.form["period"].value() == DAYS,
            "area_code": self.area,
            "period_choices": period_choices(thai.today()),
            "area_choices": choices,
            "is_offered": self.area in dict(choices),
        }
        if self.report:
            context |= self.figures(self.report) | {
                "is_offered": self.report.total.code in dict(choices)
            }
        return context

    def figures(self, report: Report) -> dict:
        page = Paginator(report.rows, ROWS_A_PAGE).get_page(self.request.GET.get("p"))
        question = report.question
        lines = courses(report, [row.code for row in page])
        return {
            "report": report,
            "offer": self.offer,
            "mailing_url": f"{reverse(MAILING)}?{urlencode({'area': report.total.code})}",
            "period": report.period,
            "area_code": report.total.code,
            "by_areas": isinstance(question.rows_by, Level),
            "by_places": question.rows_are_places,
            "below": row_word(question.rows_by),
            "filters": filter_words(question),
            "notes": notes(report),
            "chart": months_chart(report.months, report.months_before),
            "map": self.map_of(report),
            "declared_chart": declared_chart(report.months),
            "months": [
                (month_label(month.month), month, before)
                for month, before in zip(report.months, report.months_before, strict=True)
            ],
            "page": page,
            "page_url": report_url(question, report.before),
            "rows": [
                (row, self.link(row.code), self.shares_of(row.code), self.line(row, lines))
                for row in page
            ],
            "has_lines": lines is not None,
            **self.aims(report, list(page)),
            "shares_url": shares_url(replace(question, rows_by=None)),
        }

    def aims(self, report: Report, rows: list[IncomeRow]) -> dict:
        """Targets and figures from before, beside the rows of this page."""
        found = aims_of(report, rows)
        if found is None:
            return {"aims": None}
        aimed = [(row.name, self.link(row.code), found.parts.get(row.code)) for row in rows]
        return {"aims": found, "aims_note": aims_note(), "aimed": [one for one in aimed if one[2]]}

    def line(self, row: IncomeRow, lines: dict[str, Course] | None) -> tuple | None:
        """The line of a row and what it says, where there was anything in its twelve months."""
        months = (lines or {}).get(row.code, ())
        if not any(months):
            return None
        return (sparkline(months), *line_words(row.name, self.report.months, months))

    def map_of(self, report: Report):
        """The map where rows are all provinces of the country."""
        question = report.question
        if (question.area, question.rows_by) != ("", Level.PROVINCE):
            return None
        if Dimension.CITY in question.only:  # the others would look as if they had no figure
            return None
        return province_map(
            {row.code: row.income_satang for row in report.rows},
            {row.code: row.name for row in report.rows},
            self.link_to,
        )

    def link(self, code: str) -> str:
        """Where a row leads: an area to what it is made of, a kind of cities to its provinces, a
        maker or a buyers' province to the sales themselves, another value to the report of the
        sales that have it."""
        question = self.report.question
        if isinstance(question.rows_by, Level):
            return self.link_to(code)
        if question.rows_by in (Dimension.PRODUCER, Dimension.BUYERS):
            return self.shares_of(code)
        only = {**question.only, question.rows_by: code}
        is_above = level_number(question.area) < Level.PROVINCE
        by = Level.PROVINCE if question.rows_by == Dimension.CITY and is_above else None
        return report_url(replace(question, rows_by=by, only=only), self.report.before)

    def shares_of(self, code: str) -> str:
        """Where the sales are listed that the income of a row is made of."""
        question = self.report.question
        if isinstance(question.rows_by, Level):
            return shares_url(replace(question, area=code, rows_by=None))
        only = {**question.only, question.rows_by: code}
        return shares_url(replace(question, rows_by=None, only=only))

    def link_to(self, code: str) -> str:
        """The same question of another area."""
        return report_url(
            replace(self.report.question, area=code, rows_by=None), self.report.before
        )
