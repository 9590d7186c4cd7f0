"""The desk of targets and baselines in Wagtail's admin."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from marketplace.accounts.permissions import report_areas
from marketplace.core import thai
from marketplace.core.amount_fields import BahtField
from marketplace.core.errors import DomainError
from marketplace.core.refusals import refused
from marketplace.ledger.periods import FIRST_FISCAL_YEAR_BE, LAST_FISCAL_YEAR_BE, year_label
from marketplace.ledger.queries import COUNTRY
from marketplace.places.services import UnknownArea
from shop.reports.backoffice.access import may_read
from shop.targets import importing, queries, services
from shop.targets.models import BaselineBatch
from shop.targets.permissions import may_set_targets

TARGETS, TARGET = "income-targets", "income-target"
BASELINES, BATCH = "income-baselines", "income-baseline-file"
ROWS_A_PAGE = 100
YEARS_AROUND = 2
MOST_SATANG = 10**14
_RANGE = _("Write an amount from 1 baht to 1,000,000,000,000 baht.")


class TargetForm(forms.Form):
    """`seen` is the target that was in force when the form was opened."""

    amount_satang = BahtField(
        label=_("Target (baht)"),
        validators=[MinValueValidator(100, _RANGE), MaxValueValidator(MOST_SATANG, _RANGE)],
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class FileForm(forms.Form):
    file = forms.FileField(label=_("File (CSV or XLSX)"))


class DeskView(WagtailAdminTemplateMixin, View):
    """Whoever reads reports of an area sees its targets; `needs_setter` pages are for those who
    set them. Refused with 403."""

    header_icon = "crosshairs"
    needs_setter = False
    error = ""

    def dispatch(self, request, *args, **kwargs) -> HttpResponseBase:
        self.areas = report_areas(request.user)
        self.may_set = bool(may_set_targets(request.user))
        needs = self.may_set if self.needs_setter or request.method == "POST" else self.areas
        if not needs:
            return refused(request)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def year(self) -> int:
        """The fiscal year of the address, else this one."""
        typed = thai.arabic_digits(self.request.GET.get("year", ""))
        year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else 0
        if FIRST_FISCAL_YEAR_BE <= year <= LAST_FISCAL_YEAR_BE:
            return year
        return thai.fiscal_year_be(thai.today())

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def years(self) -> list[tuple[int, str]]:
        now = thai.fiscal_year_be(thai.today())
        around = range(now + YEARS_AROUND - 1, now - YEARS_AROUND - 1, -1)
        return [(year, year_label(year)) for year in sorted({*around, self.year}, reverse=True)]

    def shown(self, status: int = 200, **facts) -> HttpResponseBase:
        facts |= {"error": self.error, "may_set": self.may_set, "year": self.year}
        return self.render_to_response(self.get_context_data(**facts), status=status)


def target_url(code: str, year: int) -> str:
    return f"{reverse(TARGET)}?{urlencode({'area': code, 'year': year})}"


class TargetsView(DeskView):
    """Targets of the country and its provinces, of a province and its amphoes, or by name."""

    template_name = "targets/targets.html"
    page_title = _("Targets")

    def get(self, request) -> HttpResponseBase:
        words = thai.normalise(request.GET.get("q", ""))[:80]
        area = request.GET.get("area", "")
        rows = queries.target_rows(self.codes(area, words), self.year)
        return self.shown(
            words=words,
            area=area,
            years=self.years(),
            provinces=queries.provinces_among(self.areas),
            rows=[(row, target_url(row.code, self.year)) for row in rows],
        )

    def codes(self, area: str, words: str) -> list[str]:
        """Those that this person may read."""
        if words:
            found = queries.areas_called(words)
        elif area:
            found = queries.area_and_parts(area)
        elif COUNTRY in self.areas:
            found = [COUNTRY, *(code for code, _name in queries.provinces_among(self.areas))]
        else:
            found = list(self.areas)
        return [code for code in found if may_read(code, self.areas)]

    @property
    def header_buttons(self) -> list:
        button = HeaderButton(_("Figures from before"), reverse(BASELINES), icon_name="upload")
        return [button] if self.may_set else []


class TargetView(DeskView):
    """One area in one year: how far it is, how it grew, and all that was ever aimed at."""

    template_name = "targets/target.html"
    page_title = _("Target")

    def get(self, request) -> HttpResponseBase:
        return self.page(None)

    def post(self, request) -> HttpResponseBase:
        form = TargetForm(request.POST)
        if not form.is_valid():
            return self.page(form, 400)
        if not may_read(self.area, self.areas):
            return refused(request)
        try:
            queries.attainment(self.area, self.year)  # demands that the area exists
            services.set_target(
                area_code=self.area,
                fiscal_year_be=self.year,
                by=request.user,
                **form.cleaned_data,
            )
        except UnknownArea as error:
            raise Http404 from error
        except DomainError as error:
            form.add_error(None, str(error))
            return self.page(form, 409)
        messages.success(request, gettext("The target is set. Earlier ones stay on record below."))
        return redirect(target_url(self.area, self.year))

    @property
    def area(self) -> str:
        return self.request.GET.get("area", "")

    def page(self, form: TargetForm | None, status: int = 200) -> HttpResponseBase:
        if not may_read(self.area, self.areas):
            return refused(self.request)
        try:
            found = queries.attainment(self.area, self.year)
        except DomainError as error:
            self.error = error.message
            return self.shown(404)
        target = found.target
        if form is None:
            form = TargetForm(
                initial={
                    "amount_satang": target.amount_satang if target else None,
                    "note": target.note if target else "",
                }
            )
        return self.shown(
            status,
            found=found,
            form=form if self.may_set else None,
            seen=target.pk if target else "",
            year_words=year_label(self.year),
            baseline_year=year_label(found.baseline_year_be),
            history=queries.history_of(self.area, self.year),
            form_url=target_url(self.area, self.year),
        )

    def get_breadcrumbs_items(self) -> list[dict]:
        home = {"url": reverse(TARGETS), "label": TargetsView.page_title}
        return [*self.breadcrumbs_items, home, {"url": "", "label": self.page_title}]


class BaselinesView(DeskView):
    """Files that were read, and a place to read another."""

    template_name = "targets/baselines.html"
    page_title = _("Figures from before")
    header_icon = "upload"
    needs_setter = True

    def get(self, request) -> HttpResponseBase:
        return self.page(FileForm())

    def post(self, request) -> HttpResponseBase:
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(form, 400)
        upload = form.cleaned_data["file"]
        try:
            content = upload.read(importing.LIMITS.file_bytes + 1)
            batch = importing.read_baselines(content, upload.name, request.user)
        except DomainError as error:
            form.add_error("file", str(error))
            return self.page(form, 400)
        return redirect(BATCH, batch.pk)

    def page(self, form: FileForm, status: int = 200) -> HttpResponseBase:
        columns = [*sorted(importing.COLUMNS), "channel"]
        return self.shown(status, form=form, batches=queries.batches(), columns=columns)


class BatchView(DeskView):
    """One file: its rows and their problems; put in force, or undo."""

    template_name = "targets/baseline_file.html"
    page_title = _("File of figures from before")
    header_icon = "upload"
    needs_setter = True

    def get(self, request, pk: int) -> HttpResponseBase:
        return self.page(get_object_or_404(BaselineBatch, pk=pk))

    def post(self, request, pk: int) -> HttpResponseBase:
        batch = get_object_or_404(BaselineBatch, pk=pk)
        try:
            if request.POST.get("act") == "undo":
                services.undo(batch=batch, by=request.user)
                messages.success(request, gettext("Undone. Its figures count no longer."))
            else:
                taken = services.put_in_force(batch=batch, by=request.user)
                said = ngettext(
                    "%(number)s figure counts now.", "%(number)s figures count now.", taken
                )
                messages.success(request, said % {"number": f"{taken:,}"})
        except DomainError as error:
            self.error = error.message
            return self.page(batch, 409)
        return redirect(BATCH, pk)

    def page(self, batch: BaselineBatch, status: int = 200) -> HttpResponseBase:
        rows = batch.rows.order_by("problem_th", "line").reverse()
        page = Paginator(rows, ROWS_A_PAGE).get_page(self.request.GET.get("p"))
        return self.shown(status, batch=batch, page=page, page_url="?", **queries.counts_of(batch))

    def get_breadcrumbs_items(self) -> list[dict]:
        home = {"url": reverse(BASELINES), "label": BaselinesView.page_title}
        return [*self.breadcrumbs_items, home, {"url": "", "label": self.page_title}]
