"""Payouts to producers in the staff's registers: a list, a second person, and the bank."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, Sum, TextChoices
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from marketplace.core import audit, thai
from marketplace.core.documents.responses import download_response
from marketplace.core.errors import DomainError
from marketplace.core.numbers import id_in
from marketplace.core.refusals import refused
from marketplace.core.registers import IndexView, InspectView, Register, find_row
from marketplace.core.templatetags.thai import baht, thai_date
from shop.bookkeeping import errors
from shop.bookkeeping.exports import bank_document
from shop.bookkeeping.forms import DropForm, HandOverForm, ReturnForm
from shop.bookkeeping.models import PayoutList
from shop.bookkeeping.permissions import may_keep_books, payout_lists_of
from shop.bookkeeping.queries.payouts import MOST_LINES, lines_of, payables, standing_lines
from shop.bookkeeping.services import payouts as services
from shop.bookkeeping.wagtail_desk import DeskPage, StateFilter

NAME = "payout-register"


class State(TextChoices):
    PREPARED = "prepared", _("waits for another person")
    AGREED = "agreed", _("agreed, to be handed to the bank")
    HANDED = "handed", _("handed to the bank")
    DROPPED = "dropped", _("dropped")


STATES = {
    State.PREPARED: Q(agreement=None, end=None),
    State.AGREED: Q(agreement__isnull=False, end=None),
    State.HANDED: Q(end__event__isnull=False),
    State.DROPPED: Q(end__isnull=False, end__event=None),
}
UNDER_WAY = (State.PREPARED, State.AGREED)


def state_of(payouts: PayoutList) -> State:
    end = getattr(payouts, "end", None)
    if end:
        return State.HANDED if end.event_id else State.DROPPED
    return State.AGREED if getattr(payouts, "agreement", None) else State.PREPARED


class PayoutFilters(WagtailFilterSet):
    state = StateFilter(State, STATES)


class PayoutIndex(IndexView):
    title_label = _("Number")

    @cached_property
    def header_buttons(self):
        make = reverse(f"{NAME}:make")
        return [HeaderButton(_("Make a payout list"), make, icon_name="plus")]


class MakePage(DeskPage):
    """What each producer is owed, the most first, and choosing whom to pay."""

    template_name = "bookkeeping/make_list.html"
    page_title = _("Make a payout list")
    header_icon = "plus"
    above = (f"{NAME}:index", PayoutList._meta.verbose_name_plural)

    def get(self, request):
        return self.shown()

    def post(self, request):
        chosen = {id_in(key) for key in request.POST.getlist("producer")} - {None}
        token = _token(request.POST.get("form_token", ""))
        try:
            payouts = services.prepare_list(producer_ids=chosen, form_token=token, by=request.user)
        except DomainError as error:
            return self.shown(chosen, token, str(error))
        messages.success(
            request, gettext("The list is made. Another person of finance agrees to it now.")
        )
        return redirect(f"{NAME}:inspect", payouts.pk)

    def shown(self, chosen=None, token=None, error: str = ""):
        """All that can be paid are ticked at first; afterwards what somebody ticked."""
        rows = payables()
        shown = rows[:MOST_LINES]
        ticked = {row.producer.pk for row in shown if row.is_payable and row.account}
        return self.page(
            rows=shown,
            chosen=ticked if chosen is None else chosen,
            more=len(rows) - len(shown),
            total_satang=sum(row.owed.satang for row in rows),
            form_token=token or uuid4(),
            error=error,
        )


def _token(text: str) -> UUID:
    """The name of the form; a new one for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


class PayoutPage(InspectView):
    """One list: its lines as they stand, and the next act."""

    forms = None

    def get_page_subtitle(self):
        return gettext("no. %(number)s") % {"number": self.object.pk}

    def post(self, request, *args, **kwargs):
        if not may_keep_books(request.user):
            return refused(request)
        self.forms = self.blank_forms()
        act = request.POST.get("act", "")
        if act not in self.ACTS:
            return self.get(request, *args, **kwargs)
        try:
            words = self.ACTS[act](self, request.POST)
        except DomainError as error:
            messages.error(request, str(error))
            words = ""
        if words:
            messages.success(request, words)
            return redirect(request.path)
        self.object = self.get_object()
        return self.get(request, *args, **kwargs)

    def agree(self, typed) -> str:
        services.agree_to_list(self.object, by=self.request.user)
        return gettext("Agreed. Take the file to the bank, and say here on which day you did.")

    def hand_over(self, typed) -> str:
        form = self.forms["hand"] = HandOverForm(typed)
        if not form.is_valid():
            return ""
        services.hand_over(self.object, by=self.request.user, **form.cleaned_data)
        return gettext("Noted in the ledger: the producers see what they were paid.")

    def drop(self, typed) -> str:
        form = self.forms["drop"] = DropForm(typed)
        if not form.is_valid():
            return ""
        services.drop_list(self.object, by=self.request.user, **form.cleaned_data)
        return gettext("Dropped. Nothing was paid; its producers can be listed again.")

    def give_back(self, typed) -> str:
        form = self.forms["back"] = ReturnForm(typed, lines=self.lines())
        if not form.is_valid():
            return ""
        services.return_payment(by=self.request.user, **form.cleaned_data)
        return gettext("Noted in the ledger: the producer is owed this again.")

    ACTS = {"agree": agree, "hand": hand_over, "drop": drop, "back": give_back}

    def lines(self):
        return lines_of(self.object).defer("account__number")

    def blank_forms(self) -> dict:
        return {
            "hand": HandOverForm(initial={"handed_on": thai.today()}),
            "drop": DropForm(),
            "back": ReturnForm(lines=self.lines()),
        }

    def get_context_data(self, **kwargs):
        payouts, state = self.object, state_of(self.object)
        lines = standing_lines(payouts)
        forms_shown = self.forms or self.blank_forms()
        return super().get_context_data(**kwargs) | {
            "payouts": payouts,
            "state": state,
            "lines": lines,
            "total_satang": sum(one.line.amount_satang for one in lines),
            "has_sunk": state in UNDER_WAY and any(one.has_sunk for one in lines),
            "is_own": payouts.prepared_by_id == self.request.user.pk,
            "is_under_way": state in UNDER_WAY,
            "agreement": getattr(payouts, "agreement", None),
            "end": getattr(payouts, "end", None),
            "forms": forms_shown,
            "media": forms_shown["hand"].media,
        }


class BankFile(View):
    """The list for the bank, with numbers in full; who took it is written down."""

    http_method_names = ["get"]

    def get(self, request, pk):
        if not may_keep_books(request.user):
            return refused(request)
        payouts = find_row(payout_lists_of(request.user), str(pk))
        if state_of(payouts) not in (State.AGREED, State.HANDED):
            messages.error(request, str(errors.NotAgreed.message))
            return redirect(f"{NAME}:inspect", pk)
        audit.note(actor=request.user, act="payout.export", target=f"payout-list:{pk}")
        return download_response(bank_document(payouts), "csv")


class PayoutRegister(Register):
    model = PayoutList
    name = NAME
    url_prefix = "registers/payouts"
    icon = "download"
    menu_label = _("Payouts to producers")
    menu_order = 70
    ordering = ["is_over", "-pk"]
    title_sort_key = None
    filterset_class = PayoutFilters
    index_view_class = PayoutIndex
    index_template_name = "backoffice/import_rows_index.html"
    inspect_view_class = PayoutPage
    inspect_template_name = "bookkeeping/payout_list.html"
    inspect_view_fields = ["prepared_at"]
    list_display = [
        TitleColumn("number", accessor="pk", url_name=f"{NAME}:inspect"),
        Column("producers", label=_("producers"), accessor="producers"),
        Column("amount", label=_("amount"), accessor=lambda row: baht(row.satang)),
        Column("by", label=_("made by"), accessor="prepared_by.email", classname="row-wide"),
        Column("day", label=_("made"), accessor=lambda row: thai_date(row.prepared_at)),
        StatusTagColumn(
            "state",
            label=_("status"),
            accessor=lambda row: state_of(row).label,
            primary=lambda row: state_of(row) in UNDER_WAY,
        ),
    ]

    def scope(self, user):
        rows = payout_lists_of(user).select_related(
            "prepared_by", "agreement__agreed_by", "end__ended_by"
        )
        return rows.annotate(
            is_over=ExpressionWrapper(Q(end__isnull=False), BooleanField()),
            producers=Count("lines"),
            satang=Sum(F("lines__goods_satang") + F("lines__delivery_satang")),
        )

    def get_urlpatterns(self):
        return [
            path("make/", MakePage.as_view(), name="make"),
            path("<int:pk>/bank.csv", BankFile.as_view(), name="bank"),
            *super().get_urlpatterns(),
        ]


REGISTERS = (PayoutRegister(),)
