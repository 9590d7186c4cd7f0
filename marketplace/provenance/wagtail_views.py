"""Rows of imported lists in the staff's registers: looked at, and settled where they wait."""

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import Count
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn

from marketplace.core import bilingual
from marketplace.core.errors import DomainError
from marketplace.core.refusals import refused
from marketplace.core.registers import IndexView, InspectView, Register
from marketplace.core.templatetags.thai import thai_date
from marketplace.places.models import Province
from marketplace.provenance.forms import RejectForm, SettleForm
from marketplace.provenance.imports.settling import NotWaiting, reject_row, settle_row
from marketplace.provenance.imports.showing import facts_read, source_columns
from marketplace.provenance.models import ImportBatch, ImportRow
from marketplace.provenance.permissions import may_read_contacts, may_settle, readable_rows

NEWEST_IMPORTS = 50
Status = ImportRow.Status


def shown_title(row: ImportRow) -> str:
    return row.shown_title or gettext("(name not shown)")


def shown_place(row: ImportRow) -> str:
    """The tambon and province of a row, "" while it has no place."""
    names = (bilingual.pick(row.tambon_th or "", row.tambon_en or ""),
             bilingual.pick(row.province_th or "", row.province_en or ""))  # fmt: skip
    return ", ".join(filter(None, names))


def shown_import(batch: ImportBatch) -> str:
    return f"{batch.source}, {thai_date(batch.started_at)}"


def newest_imports() -> list[tuple[int, str]]:
    batches = ImportBatch.objects.order_by("-pk")[:NEWEST_IMPORTS]
    return [(batch.pk, shown_import(batch)) for batch in batches]


class ImportRowFilters(WagtailFilterSet):
    status = django_filters.ChoiceFilter(
        label=_("status"),
        choices=Status.choices,
        widget=forms.RadioSelect,
        empty_label=_("All"),
    )
    first_batch = django_filters.ChoiceFilter(
        label=_("import"), choices=newest_imports, empty_label=_("All")
    )
    province = django_filters.ModelChoiceFilter(
        label=_("province"), queryset=Province.objects.all(), method="of_province"
    )

    def of_province(self, rows, _name, province):
        return rows.filter(tambon_code__startswith=province.code)


class ImportRowIndex(IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().defer("raw", "facts")

    def get_context_data(self, *args, **kwargs):
        return super().get_context_data(*args, **kwargs) | {"counts": self.counts()}

    def counts(self) -> list[tuple[str, int, str]]:
        """What became of the rows that search and the other filters leave, as links."""
        asked = self.request.GET.copy()
        for name in ("status", "p"):
            asked.pop(name, None)
        rows = self.filterset_class(asked, queryset=self.get_base_queryset(), request=self.request)
        rows = self.search_queryset(rows.qs).order_by()
        found = dict(rows.values_list("status").annotate(rows=Count("pk")))
        return [(label, found.get(status, 0), self.link(asked, status))
                for status, label in Status.choices]  # fmt: skip

    def link(self, asked, status: str) -> str:
        asked = asked.copy()
        asked["status"] = status
        return f"{self.index_url}?{asked.urlencode()}"


class ImportRowPage(InspectView):
    """The row as it was read; for a curator, while it waits, the forms that settle it."""

    forms = None

    def get_page_subtitle(self):
        return shown_title(self.object)

    def get(self, request, *args, **kwargs):
        self.forms = self.forms or self.fresh_forms()
        return super().get(request, *args, **kwargs)

    def fresh_forms(self) -> dict:
        is_waiting = self.object.status == Status.REVIEW
        if not (is_waiting and may_settle(self.request.user)):
            return {}
        return {"settle": SettleForm(self.object), "reject": RejectForm(self.object)}

    def post(self, request, *args, **kwargs):
        if not may_settle(request.user):
            return refused(request)
        self.forms = self.fresh_forms()
        if not self.forms:
            return self.too_late(NotWaiting())
        act = "reject" if request.POST.get("act") == "reject" else "settle"
        form = self.forms[act] = type(self.forms[act])(self.object, request.POST)
        try:
            if form.is_valid():
                return self.done(getattr(self, act)(form))
        except NotWaiting as error:
            return self.too_late(error)
        except DomainError as error:
            form.add_error(None, str(error))
        messages.error(request, gettext("Nothing was changed. Please see the form below."))
        return self.get(request, *args, **kwargs)

    def settle(self, form: SettleForm) -> str:
        settle_row(
            row=self.object,
            village_code=form.village_code,
            by=self.request.user,
            **form.corrections,
        )
        return gettext("A draft was made of “%(name)s”.")

    def reject(self, form: RejectForm) -> str:
        reject_row(row=self.object, reason=form.cleaned_data["reason"], by=self.request.user)
        return gettext("“%(name)s” was rejected.")

    def done(self, sentence: str):
        messages.success(self.request, sentence % {"name": self.object.title_th})
        return redirect(f"{reverse(self.index_url_name)}?status={Status.REVIEW}")

    def too_late(self, error: NotWaiting):
        messages.warning(self.request, str(error))
        return redirect(self.request.path)

    def get_context_data(self, **kwargs):
        row, with_contacts = self.object, bool(may_read_contacts(self.request.user))
        columns, hidden = source_columns(row, with_contacts=with_contacts)
        return super().get_context_data(**kwargs) | {
            "row": row,
            "columns": columns,
            "hidden": hidden,
            "facts": facts_read(row, with_contacts=with_contacts),
            "place": shown_place(row),
            "import": shown_import(row.first_batch),
            "forms": self.forms,
            "media": self.forms["settle"].media if self.forms else "",
        }


class ImportRowRegister(Register):
    model = ImportRow
    name = "import-row-register"
    url_prefix = "registers/imported-rows"
    icon = "upload"
    menu_label = _("Imported rows")
    menu_order = 65
    ordering = ["pk"]
    title_sort_key = None
    search_fields = ("match_key", "shown_title", "reason_th", "village_code", "tambon_code")
    index_view_class = ImportRowIndex
    index_template_name = "backoffice/import_rows_index.html"
    index_results_template_name = "backoffice/import_rows.html"
    inspect_view_class = ImportRowPage
    inspect_template_name = "backoffice/import_row.html"
    inspect_view_fields = ["status"]
    filterset_class = ImportRowFilters
    list_display = [
        TitleColumn("title", accessor=shown_title, url_name="import-row-register:inspect"),
        StatusTagColumn(
            "status",
            label=_("status"),
            accessor="get_status_display",
            primary=lambda row: row.status == Status.REVIEW,
        ),
        Column("reason", label=_("reason"), accessor="reason_th"),
        Column("place", label=_("place"), accessor=shown_place),
        Column(
            "import",
            label=_("import"),
            accessor=lambda row: shown_import(row.first_batch),
            classname="row-wide",
        ),
        Column("line", label=_("line"), accessor="line_number", classname="row-wide"),
    ]

    def scope(self, user):
        return readable_rows(user)


REGISTERS = (ImportRowRegister(),)
