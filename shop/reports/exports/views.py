"""The pages of files made in the background, for who asked for them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from marketplace.accounts.permissions import report_areas
from marketplace.core import audit
from marketplace.core.documents.formats import content_type_of
from marketplace.core.errors import DomainError
from marketplace.core.private_files import private_storage
from marketplace.core.refusals import refused
from shop.reports.asking import asked_of, fields_of
from shop.reports.backoffice.access import (
    DISTRIBUTION,
    EXPORT,
    EXPORT_FILE,
    EXPORTS,
    FLOWS,
    GROUPS,
    INCOME,
    SHARES,
    may_read,
)
from shop.reports.exports import services
from shop.reports.exports.describing import describe, described
from shop.reports.exports.desks import OWN_FIELDS, fields_asked
from shop.reports.exports.errors import CannotAsk, FileGone
from shop.reports.models import Export

PAGES = {
    Export.Kind.INCOME: INCOME,
    Export.Kind.SALES: SHARES,
    Export.Kind.GROUPS: GROUPS,
    Export.Kind.FLOWS: FLOWS,
    Export.Kind.SPREAD: DISTRIBUTION,
}
ROWS_A_PAGE = 50


class ExportDesk(WagtailAdminTemplateMixin, View):
    """Refused with 403 to whoever reads no reports."""

    header_icon = "download"
    error = ""

    def dispatch(self, request, *args, **kwargs) -> HttpResponseBase:
        self.areas = report_areas(request.user)
        if not self.areas:
            return refused(request)
        return super().dispatch(request, *args, **kwargs)

    def shown(self, status: int = 200, **facts) -> HttpResponseBase:
        context = self.get_context_data(error=self.error, **facts)
        return self.render_to_response(context, status=status)


class ExportsView(ExportDesk):
    """One's own files, the newest first. A report page sends its question here."""

    template_name = "reports/exports/exports.html"
    page_title = _("Files made for you")

    def get(self, request) -> HttpResponseBase:
        return self.page()

    def post(self, request) -> HttpResponseBase:
        area = request.POST.get("area", "")
        if not may_read(area, self.areas):
            return refused(request)
        try:
            export = self.asked(area)
        except DomainError as error:
            self.error = str(error)
            return self.page(400)
        return redirect(EXPORT, export.pk)

    def asked(self, area: str) -> Export:
        """Raises DomainError for what cannot be asked."""
        kind = self.request.POST.get("kind", "")
        return services.ask(
            kind=kind,
            asked=self.fields(kind, area),
            format=self.request.POST.get("format", ""),
            by=self.request.user,
        )

    def fields(self, kind: str, area: str) -> dict[str, str]:
        """Of the address that asks the same."""
        if kind in OWN_FIELDS:
            return fields_asked(kind, self.request.POST, area)
        form = asked_of(self.request.POST, area)
        if not form.is_valid():
            raise CannotAsk
        return fields_of(form.question, form.held_against)

    def page(self, status: int = 200) -> HttpResponseBase:
        mine = Export.objects.filter(asked_by=self.request.user).order_by("-asked_at", "-pk")
        page = Paginator(mine, ROWS_A_PAGE).get_page(self.request.GET.get("p"))
        rows = [
            (export, words, reverse(EXPORT, args=[export.pk]))
            for export, words in described(page.object_list)
        ]
        return self.shown(status, page=page, page_url="?", rows=rows)

    def get_breadcrumbs_items(self) -> list[dict]:
        home = {"url": reverse(INCOME), "label": gettext("Village income")}
        return [*self.breadcrumbs_items, home, {"url": "", "label": self.page_title}]


class OneExport(ExportDesk):
    """Another's file is not there; one's own is refused once its area, or what it has the figures
    of in place of that, is no longer one's own."""

    def dispatch(self, request, pk: int) -> HttpResponseBase:
        self.areas = report_areas(request.user)
        self.export = Export.objects.filter(asked_by=request.user, pk=pk).first()
        if self.areas and self.export is None:
            raise Http404
        if self.export is None or not self.may_have(self.export):
            return refused(request)
        return super(ExportDesk, self).dispatch(request)

    def may_have(self, export: Export) -> bool:
        return all(may_read(code, self.areas) for code in (export.area, export.shown_area))


class ExportView(OneExport):
    """How far it is; its link once it is ready; what to do when it is not. Tells itself anew."""

    template_name = "reports/exports/export.html"
    page_title = _("A file made for you")

    def get(self, request) -> HttpResponseBase:
        if request.htmx:
            return render(request, "reports/exports/state.html", self.facts())
        return self.shown(**self.facts())

    def post(self, request) -> HttpResponseBase:
        """The same question once more."""
        old = self.export
        try:
            export = services.ask(
                kind=old.kind,
                asked=old.asked,
                format=old.format,
                by=request.user,
                language=old.language,
            )
        except DomainError as error:
            self.error = str(error)
            return self.shown(409, **self.facts())
        return redirect(EXPORT, export.pk)

    def facts(self) -> dict:
        words = describe(self.export)
        return {
            "export": self.export,
            "words": words,
            "report_url": words.url_of(PAGES[self.export.kind]),
            "file_url": reverse(EXPORT_FILE, args=[self.export.pk]),
        }

    def get_breadcrumbs_items(self) -> list[dict]:
        home = {"url": reverse(EXPORTS), "label": ExportsView.page_title}
        return [*self.breadcrumbs_items, home, {"url": "", "label": self.page_title}]


class ExportFileView(OneExport):
    """The file itself. Who took it is written down, as where it goes out at once."""

    def get(self, request) -> HttpResponseBase:
        export = self.export
        if not export.is_ready:
            return redirect(EXPORT, export.pk)
        try:
            file = private_storage().open(export.name)
        except FileNotFoundError:
            services.mark_gone(export)
            messages.error(request, str(FileGone()))
            return redirect(EXPORT, export.pk)
        with transaction.atomic():
            audit.note(
                actor=request.user,
                act="report.export",
                target=f"area:{export.shown_area or 'TH'}",
                period=export.asked["period"],
                format=export.format,
                rows=export.rows_done,
                export=export.pk,
            )
        response = FileResponse(
            file,
            as_attachment=True,
            filename=export.file_name,
            content_type=content_type_of(export.format),
        )
        response["Cache-Control"] = "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response
