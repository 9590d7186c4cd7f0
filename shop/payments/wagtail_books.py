"""The provider's book beside ours, in the staff's registers: what agrees, and what does not yet."""

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn

from marketplace.core.errors import DomainError
from marketplace.core.refusals import refused
from marketplace.core.registers import IndexView, InspectView, Register
from marketplace.core.templatetags.thai import baht, thai_date
from shop.payments.models import Movement
from shop.payments.permissions import may_attend, movements_of
from shop.payments.queries import read_books
from shop.payments.services.attending import ask_about_movement
from shop.payments.services.ledger_side import events_of
from shop.payments.wagtail_views import age_of


class MovementFilters(WagtailFilterSet):
    result = django_filters.ChoiceFilter(
        label=_("result"),
        choices=Movement.Result.choices,
        widget=forms.RadioSelect,
        empty_label=_("All"),
    )
    kind = django_filters.ChoiceFilter(
        label=_("kind"),
        choices=Movement.Kind.choices,
        widget=forms.RadioSelect,
        empty_label=_("All"),
    )


class MovementIndex(IndexView):
    title_label = _("number at Stripe")

    def get_context_data(self, **kwargs):
        books = read_books()
        oldest = age_of(books.oldest_at) if books.oldest_at else ""
        return super().get_context_data(**kwargs) | {"books": books, "oldest": oldest}


class MovementPage(InspectView):
    """One movement: what each book says of it, and one safe act."""

    def get_page_subtitle(self):
        return self.object.reference

    def post(self, request, *args, **kwargs):
        if not may_attend(request.user):
            return refused(request)
        try:
            movement = ask_about_movement(movement=self.object, by=request.user)
            messages.info(
                request,
                gettext("Stripe was asked, and the books were compared: %(result)s.")
                % {"result": movement.get_result_display()},
            )
        except DomainError as error:
            messages.error(request, str(error))
        return redirect(request.path)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "movement": self.object,
            "entries": self.object.entries.order_by("created_at", "pk"),
            "events": events_of(self.object),
        }


class MovementRegister(Register):
    model = Movement
    name = "movement-register"
    url_prefix = "registers/providers-book"
    icon = "clipboard-list"
    menu_label = _("The provider's book and ours")
    menu_order = 68
    ordering = ["is_matched", "-happened_at", "-pk"]
    title_sort_key = None
    search_fields = ("reference", "order__number")
    filterset_class = MovementFilters
    index_view_class = MovementIndex
    index_template_name = "backoffice/import_rows_index.html"
    index_results_template_name = "backoffice/movements.html"
    inspect_view_class = MovementPage
    inspect_template_name = "backoffice/movement.html"
    inspect_view_fields = ["result"]
    list_display = [
        TitleColumn("reference", accessor="reference", url_name="movement-register:inspect"),
        Column("kind", label=_("kind"), accessor="get_kind_display"),
        Column(
            "order", label=_("order"), accessor=lambda row: row.order.number if row.order else ""
        ),
        Column("day", label=_("day"), accessor=lambda row: thai_date(row.happened_at)),
        Column("provider", label=_("provider"), accessor=lambda row: baht(row.provider_satang)),
        Column("ledger", label=_("our ledger"), accessor=lambda row: baht(row.ledger_satang)),
        StatusTagColumn(
            "result",
            label=_("result"),
            accessor="get_result_display",
            primary=lambda row: row.result != Movement.Result.MATCHED,
        ),
    ]

    def scope(self, user):
        is_matched = ExpressionWrapper(Q(result=Movement.Result.MATCHED), BooleanField())
        return movements_of(user).select_related("order").annotate(is_matched=is_matched)


REGISTERS = (MovementRegister(),)
