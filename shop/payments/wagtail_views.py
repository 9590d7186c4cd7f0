"""Payments that need a person, in the staff's registers: what is wrong, and what is safe to do."""

from datetime import datetime

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn

from marketplace.core import money
from marketplace.core.errors import DomainError
from marketplace.core.owed_mail_views import OwedMailRegister
from marketplace.core.owed_mails import given_up
from marketplace.core.refusals import refused
from marketplace.core.registers import IndexView, InspectView, Register
from marketplace.core.templatetags.thai import thai_date
from shop.payments.errors import AlreadyAttended
from shop.payments.models import Attention, OrderMail
from shop.payments.permissions import attentions_of, mails_of, may_attend
from shop.payments.services.attending import (
    NOTE_MAX_LENGTH,
    ask_again,
    mark_attended,
    movement_of,
)

_HOUR, _DAY = 60, 24 * 60  # in minutes
ABOUT_DISPUTES = (
    Attention.Reason.DISPUTE,
    Attention.Reason.DISPUTE_LEDGER,
    Attention.Reason.REFUND_FAILED,
)


def total(attention: Attention) -> str:
    if attention.order is None:
        return ""
    return money.format_baht(money.to_satang(attention.order.total_incl_tax))


def age(attention: Attention) -> str:
    return age_of(attention.noted_at)


def age_of(at: datetime) -> str:
    """How long ago that was; Django's own words for it are not all in Thai."""
    minutes = int((timezone.now() - at).total_seconds() // 60)
    if minutes < _HOUR:
        return gettext("%(number)s min") % {"number": minutes}
    if minutes < _DAY:
        return gettext("%(number)s hours") % {"number": minutes // _HOUR}
    return gettext("%(number)s days") % {"number": minutes // _DAY}


def state(attention: Attention) -> str:
    if attention.resolved_at is None:
        return gettext("waits for a person")
    return gettext("looked at") if attention.resolved_by_id else gettext("came right by itself")


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("what you found"), max_length=NOTE_MAX_LENGTH, widget=forms.Textarea({"rows": 3})
    )


class AttentionFilters(WagtailFilterSet):
    looked_at = django_filters.BooleanFilter(
        label=_("looked at"), field_name="resolved_at", lookup_expr="isnull", exclude=True
    )
    reason = django_filters.ChoiceFilter(
        label=_("what is wrong"),
        choices=Attention.Reason.choices,
        widget=forms.RadioSelect,
        empty_label=_("All"),
    )


class AttentionIndex(IndexView):
    title_label = _("order, or number at Stripe")


class AttentionPage(InspectView):
    """One problem with the order's money: its attempts, its refunds, and two safe acts."""

    form = None

    def get_page_subtitle(self):
        if self.object.order is None:
            return self.object.reference
        return gettext("Order %(number)s") % {"number": self.object.order.number}

    def post(self, request, *args, **kwargs):
        if not may_attend(request.user):
            return refused(request)
        if request.POST.get("act") == "reconcile":
            return self.reconcile()
        self.form = NoteForm(request.POST)
        if self.form.is_valid():
            return self.attend(self.form.cleaned_data["note"])
        return self.get(request, *args, **kwargs)

    def attend(self, note: str):
        try:
            mark_attended(attention=self.object, note=note, by=self.request.user)
            messages.success(self.request, gettext("Noted. Nothing was paid or changed by this."))
        except AlreadyAttended as error:
            messages.warning(self.request, str(error))
        return redirect(self.request.path)

    def reconcile(self):
        try:
            if ask_again(attention=self.object, by=self.request.user):
                messages.success(self.request, gettext("Stripe was asked; see what changed below."))
            else:
                messages.info(self.request, gettext("Stripe was asked; nothing is new."))
        except DomainError as error:
            messages.error(self.request, str(error))
        return redirect(self.request.path)

    def get_context_data(self, **kwargs):
        order = self.object.order
        is_waiting = self.object.resolved_at is None
        context = {
            "attention": self.object,
            "age": age(self.object),
            "order": order,
            "movement": movement_of(self.object),
            "form": self.form or (NoteForm() if is_waiting else None),
        }
        if order:
            is_disputed = self.object.reason in ABOUT_DISPUTES
            context |= {
                "attempts": order.payment_attempts.order_by("number"),
                "refunds": order.refunds.order_by("pk"),
                "disputes": order.disputes.order_by("pk") if is_disputed else (),
                "others": order.attentions.exclude(pk=self.object.pk).order_by("pk"),
            }
        return super().get_context_data(**kwargs) | context


class AttentionRegister(Register):
    model = Attention
    name = "attention-register"
    url_prefix = "registers/payments-to-look-at"
    icon = "warning"
    menu_label = _("Payments to look at")
    menu_order = 66
    ordering = ["is_done", "is_undated", "due_at", "noted_at"]
    title_sort_key = None
    search_fields = ("order__number", "reference")
    filterset_class = AttentionFilters
    index_view_class = AttentionIndex
    inspect_view_class = AttentionPage
    inspect_template_name = "backoffice/attention.html"
    inspect_view_fields = ["reason"]
    list_display = [
        TitleColumn("about", accessor="about", url_name="attention-register:inspect"),
        Column("reason", label=_("what is wrong"), accessor="get_reason_display"),
        Column("total", label=_("total of the order"), accessor=total),
        Column("due", label=_("until"), accessor=lambda row: thai_date(row.due_at)),
        Column("age", label=_("age"), accessor=age),
        StatusTagColumn(
            "state", label=_("status"), accessor=state, primary=lambda row: not row.resolved_at
        ),
    ]

    def scope(self, user):
        facts = {
            "is_done": ExpressionWrapper(Q(resolved_at__isnull=False), BooleanField()),
            "is_undated": ExpressionWrapper(Q(due_at=None), BooleanField()),
        }
        return attentions_of(user).select_related("order", "resolved_by").annotate(**facts)


class OrderMailRegister(OwedMailRegister):
    model = OrderMail
    name = "order-mail-register"
    url_prefix = "registers/mails-to-buyers"
    menu_label = _("Mails to buyers that failed")
    menu_order = 67
    search_fields = ("order__number",)

    def scope(self, user):
        return given_up(mails_of(user).select_related("order"))


REGISTERS = (AttentionRegister(), OrderMailRegister())
