"""Declared sales at the officers' desk: the list, one of them, and taking it back."""

import django_filters
from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from marketplace.core.day_field import DayField
from marketplace.core.errors import DomainError
from marketplace.core.registers import IndexView, InspectView, Register
from marketplace.core.row_changes import REASON_MAX_LENGTH
from marketplace.core.templatetags.thai import baht, thai_date
from marketplace.ledger.models import Event
from shop.stall.models import DeclaredSale
from shop.stall.permissions import areas_served, may_take_back, sales_seen
from shop.stall.services import take_back
from shop.stall.wagtail_recording import (
    NAME,
    ChooseProducerView,
    ChooseThingView,
    ReceiptView,
    TellView,
    refused,
)

_PLACE = "producer__home_village__tambon__amphoe__province"


class DayFilter(django_filters.Filter):
    field_class = DayField


class SaleFilters(WagtailFilterSet):
    first = DayFilter(label=_("Sold from"), field_name="sold_on", lookup_expr="gte")
    last = DayFilter(label=_("Sold until"), field_name="sold_on", lookup_expr="lte")
    code = django_filters.CharFilter(
        label=_("Code of the home village begins with"),
        field_name="producer__home_village__code",
        lookup_expr="startswith",
    )
    channel = django_filters.ChoiceFilter(
        label=_("sold where"), choices=Event.Channel.choices, empty_label=_("All")
    )
    writer = django_filters.ChoiceFilter(
        label=_("written down by"),
        field_name="is_by_officer",
        choices=[("True", _("an officer")), ("False", _("the producer"))],
        widget=forms.RadioSelect,
        empty_label=_("All"),
    )
    state = django_filters.ChoiceFilter(
        label=_("status"),
        choices=[("stands", _("stands")), ("back", _("taken back"))],
        widget=forms.RadioSelect,
        empty_label=_("All"),
        method="of_state",
    )

    def of_state(self, rows, _name, state):
        return rows.filter(taken_back_at__isnull=state == "stands")


class SaleIndex(IndexView):
    @cached_property
    def header_buttons(self):
        if not areas_served(self.request.user):
            return super().header_buttons
        button = HeaderButton(_("Record a sale"), reverse(f"{NAME}:record"), icon_name="plus")
        return [*super().header_buttons, button]


class TakeBackForm(forms.Form):
    reason = forms.CharField(
        label=_("reason"),
        help_text=_("The producer reads it."),
        max_length=REASON_MAX_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SalePage(InspectView):
    """One declared sale, and the way back: a reason, a second look, and it is done once."""

    form = None
    is_second_look = False

    def get_page_subtitle(self):
        return self.object.title_th

    def post(self, request, *args, **kwargs):
        if not may_take_back(request.user, self.object):
            return refused(request)
        self.form = TakeBackForm(request.POST)
        if not self.form.is_valid():
            return self.get(request, *args, **kwargs)
        if request.POST.get("act") != "take-back":
            self.is_second_look = True
            return self.get(request, *args, **kwargs)
        return self.taken_back(**self.form.cleaned_data)

    def taken_back(self, reason: str):
        try:
            done = take_back(sale=self.object, by=self.request.user, reason=reason, as_officer=True)
        except DomainError as error:
            self.form.add_error("reason", str(error))
            return self.get(self.request)
        if done:
            messages.success(self.request, gettext("Taken back. Its makers can read why."))
        else:
            messages.info(self.request, gettext("It was taken back before. Nothing changed."))
        return redirect(self.request.path)

    def get_context_data(self, **kwargs):
        sale = self.object
        may = not sale.is_taken_back and may_take_back(self.request.user, sale)
        return super().get_context_data(**kwargs) | {
            "sale": sale,
            "origins": sale.origins.order_by("share_number"),
            "form": (self.form or TakeBackForm()) if may else None,
            "is_second_look": self.is_second_look,
        }


class DeclaredSaleRegister(Register):
    model = DeclaredSale
    name = NAME
    url_prefix = "registers/declared-sales"
    icon = "form"
    menu_label = _("Declared sales")
    menu_order = 66
    ordering = ["-sold_on", "-pk"]
    title_sort_key = None
    search_fields = ("producer__match_key", "title_th", "told_by")
    filterset_class = SaleFilters
    index_view_class = SaleIndex
    index_template_name = "backoffice/import_rows_index.html"
    index_results_template_name = "stall/sales.html"
    inspect_view_class = SalePage
    inspect_template_name = "stall/sale.html"
    inspect_view_fields = ["title_th"]
    list_display = [
        TitleColumn("title_th", accessor="title_th", url_name=f"{NAME}:inspect"),
        Column("producer", label=_("producer"), accessor="producer.display_name"),
        Column(
            "village",
            label=_("home village"),
            accessor="producer.home_village",
            classname="row-wide",
        ),
        Column("sold_on", label=_("sold on"), accessor=lambda row: thai_date(row.sold_on)),
        Column(
            "channel", label=_("sold where"), accessor="get_channel_display", classname="row-wide"
        ),
        Column("amount", label=_("amount"), accessor=lambda row: baht(row.amount_satang)),
        Column("writer", label=_("written down by"), accessor="recorder", classname="row-wide"),
        StatusTagColumn(
            "state",
            label=_("status"),
            accessor=lambda row: gettext("taken back") if row.is_taken_back else gettext("stands"),
            primary=lambda row: not row.is_taken_back,
        ),
    ]

    def scope(self, user):
        return sales_seen(user).select_related(_PLACE, "recorded_by", "taken_back_by", "receipt")

    def get_urlpatterns(self):
        one = "record/<int:producer_id>/"
        return [
            path("record/", ChooseProducerView.as_view(), name="record"),
            path(one, ChooseThingView.as_view(), name="record-for"),
            path(f"{one}other/", TellView.as_view(), name="record-other"),
            path(f"{one}<int:product_id>/", TellView.as_view(), name="record-product"),
            path("receipts/<int:pk>/", ReceiptView.as_view(), name="receipt"),
            *super().get_urlpatterns(),
        ]
