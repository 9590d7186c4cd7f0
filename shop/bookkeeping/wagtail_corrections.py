"""Corrections of the ledger in the staff's registers: proposing them, and deciding as another."""

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import BooleanField, ExpressionWrapper, Q, TextChoices
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from marketplace.core import thai
from marketplace.core.errors import DomainError
from marketplace.core.refusals import refused
from marketplace.core.registers import IndexView, InspectView, Register
from marketplace.core.templatetags.thai import baht, thai_date
from marketplace.ledger.periods import month_label
from shop.bookkeeping.forms import AdjustmentForm, ChangeOfPlaceForm, OrderForm, RefuseForm
from shop.bookkeeping.models import Correction
from shop.bookkeeping.permissions import corrections_of, may_keep_books
from shop.bookkeeping.queries.corrections import effect_of, places_of_order
from shop.bookkeeping.services import corrections as services
from shop.bookkeeping.wagtail_desk import DeskPage, StateFilter

NAME = "correction-register"
ABOVE = (f"{NAME}:index", Correction._meta.verbose_name_plural)


class State(TextChoices):
    WAITING = "waiting", _("waits for another person")
    AGREED = "agreed", _("agreed")
    REFUSED = "refused", _("refused")


STATES = {
    State.WAITING: Q(decision=None),
    State.AGREED: Q(decision__event__isnull=False),
    State.REFUSED: Q(decision__isnull=False, decision__event=None),
}


def state_of(correction: Correction) -> State:
    decision = getattr(correction, "decision", None)
    if decision is None:
        return State.WAITING
    return State.AGREED if decision.event_id else State.REFUSED


class CorrectionFilters(WagtailFilterSet):
    state = StateFilter(State, STATES)
    kind = django_filters.ChoiceFilter(
        label=_("kind"),
        choices=Correction.Kind.choices,
        widget=forms.RadioSelect,
        empty_label=_("All"),
    )


class CorrectionIndex(IndexView):
    title_label = _("Number")

    @cached_property
    def header_buttons(self):
        adjust, move = (reverse(f"{NAME}:{page}") for page in ("adjust", "move"))
        return [
            HeaderButton(_("Propose an adjustment"), adjust, icon_name="plus"),
            HeaderButton(_("Propose a change of place"), move, icon_name="plus"),
        ]


class ProposePage(DeskPage):
    """A form, what it would change, and then the proposal: two buttons of one form."""

    template_name = "bookkeeping/propose.html"
    header_icon = "edit"
    above = ABOVE

    def answer(self, form, **context):
        """What a submitted form comes to: its figures, its refusal, or the stored proposal."""
        effect = draft = None
        try:
            if form.is_bound and form.is_valid():
                draft = self.draft(**form.facts)
                effect = effect_of(draft)
                if self.request.POST.get("act") == "propose":
                    return self.proposed(draft, form.cleaned_data["form_token"])
        except DomainError as error:
            form.add_error(None, str(error))
        return self.page(
            form=form, effect=effect, draft=draft, media=form.media, month=_month(effect), **context
        )

    def proposed(self, draft: Correction, form_token):
        correction = services.propose(draft, form_token=form_token, by=self.request.user)
        messages.success(
            self.request, gettext("Proposed. Nothing changes until another person agrees.")
        )
        return redirect(f"{NAME}:inspect", correction.pk)


class AdjustmentPage(ProposePage):
    page_title = _("Propose an adjustment")

    def get(self, request):
        return self.answer(AdjustmentForm())

    def post(self, request):
        return self.answer(AdjustmentForm(request.POST))

    def draft(self, **facts):
        return services.draft_adjustment(**facts)


class ChangeOfPlacePage(ProposePage):
    """First the order, then what of it belongs elsewhere."""

    page_title = _("Propose a change of place")

    def get(self, request):
        asked = OrderForm(request.GET or None)
        if not (asked.is_bound and asked.is_valid()):
            return self.page(order_form=asked)
        form = self.form_of(asked.cleaned_data["order"])
        if not form.places:
            asked.add_error("order", _("No income is left of an order with this number."))
            return self.page(order_form=asked)
        return self.answer(form, order_number=form.order_number)

    def post(self, request):
        asked = OrderForm(request.GET)
        if not asked.is_valid():
            return self.page(order_form=asked)
        form = self.form_of(asked.cleaned_data["order"], request.POST)
        return self.answer(form, order_number=form.order_number)

    def form_of(self, typed: str, *data) -> ChangeOfPlaceForm:
        number = thai.arabic_digits(typed).strip()
        return ChangeOfPlaceForm(*data, order_number=number, places=places_of_order(number))

    def draft(self, **facts):
        return services.draft_change_of_place(**facts)


class CorrectionPage(InspectView):
    """One proposal: what it would change now, or what became of it."""

    form = None

    def get_page_subtitle(self):
        return gettext("no. %(number)s") % {"number": self.object.pk}

    def post(self, request, *args, **kwargs):
        if not may_keep_books(request.user):
            return refused(request)
        try:
            if request.POST.get("act") == "agree":
                services.agree(self.object, by=request.user)
                return self.done(gettext("Agreed. It is in the ledger now."))
            self.form = RefuseForm(request.POST)
            if self.form.is_valid():
                services.refuse(self.object, by=request.user, **self.form.cleaned_data)
                return self.done(gettext("Refused. The ledger is as before."))
        except DomainError as error:
            messages.error(request, str(error))
        return self.get(request, *args, **kwargs)

    def done(self, words: str):
        messages.success(self.request, words)
        return redirect(self.request.path)

    def get_context_data(self, **kwargs):
        correction, effect, stale = self.object, None, ""
        decision = getattr(correction, "decision", None)
        if decision is None:
            try:
                effect = effect_of(correction)
            except DomainError as error:
                stale = str(error)
        event = decision.event if decision else None
        return super().get_context_data(**kwargs) | {
            "correction": correction,
            "decision": decision,
            "state": state_of(correction).label,
            "effect": effect,
            "month": _month(effect),
            "stale": stale,
            "event": event,
            "transfers": event.transfers.order_by("number") if event else (),
            "is_own": correction.proposed_by_id == self.request.user.pk,
            "form": self.form or RefuseForm(),
        }


def _month(effect) -> str:
    return month_label(effect.month) if effect else ""


class CorrectionRegister(Register):
    model = Correction
    name = NAME
    url_prefix = "registers/corrections"
    icon = "edit"
    menu_label = _("Corrections of the ledger")
    menu_order = 69
    ordering = ["is_decided", "-pk"]
    title_sort_key = None
    search_fields = ("order_number", "village_code", "producer__match_key", "reason")
    filterset_class = CorrectionFilters
    index_view_class = CorrectionIndex
    index_template_name = "backoffice/import_rows_index.html"
    inspect_view_class = CorrectionPage
    inspect_template_name = "bookkeeping/correction.html"
    inspect_view_fields = ["kind"]
    list_display = [
        TitleColumn("number", accessor="pk", url_name=f"{NAME}:inspect"),
        Column("kind", label=_("kind"), accessor="get_kind_display"),
        Column("producer", label=_("producer"), accessor="producer"),
        Column("amount", label=_("amount"), accessor=lambda row: baht(row.amount_satang)),
        Column("by", label=_("proposed by"), accessor="proposed_by.email", classname="row-wide"),
        Column(
            "day",
            label=_("proposed"),
            accessor=lambda row: thai_date(row.proposed_at),
            classname="row-wide",
        ),
        StatusTagColumn(
            "state",
            label=_("status"),
            accessor=lambda row: state_of(row).label,
            primary=lambda row: state_of(row) == State.WAITING,
        ),
    ]

    def scope(self, user):
        is_decided = ExpressionWrapper(Q(decision__isnull=False), BooleanField())
        rows = corrections_of(user).select_related(
            "producer", "proposed_by", "decision__event", "decision__decided_by"
        )
        return rows.annotate(is_decided=is_decided)

    def get_urlpatterns(self):
        return [
            path("adjustment/", AdjustmentPage.as_view(), name="adjust"),
            path("change-of-place/", ChangeOfPlacePage.as_view(), name="move"),
            *super().get_urlpatterns(),
        ]


REGISTERS = (CorrectionRegister(),)
