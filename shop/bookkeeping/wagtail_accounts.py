"""Producers' bank accounts in the staff's registers: one person proposes, another approves."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn

from marketplace.core.errors import DomainError
from marketplace.core.refusals import refused
from marketplace.core.registers import CreateView, IndexView, InspectView, Register
from marketplace.core.templatetags.thai import thai_date
from marketplace.producers.models import PayoutAccount
from marketplace.producers.services.payout_accounts import (
    approve_payout_account,
    propose_payout_account,
    refuse_payout_account,
)
from shop.bookkeeping.forms import AccountForm
from shop.bookkeeping.permissions import accounts_of, may_keep_books

NAME = "payout-account-register"
DECIDE = {"approve": approve_payout_account, "refuse": refuse_payout_account}


class AccountIndex(IndexView):
    title_label = _("producer")


class ProposePage(CreateView):
    def get_success_buttons(self):
        return []  # what was proposed is not edited


class AccountPage(InspectView):
    """One account, its number by the last digits, and what another person says to it."""

    def get_page_subtitle(self):
        return self.object.producer.display_name

    def post(self, request, *args, **kwargs):
        if not may_keep_books(request.user):
            return refused(request)
        decide = DECIDE.get(request.POST.get("act", ""))
        try:
            if decide:
                decide(account=self.object, by=request.user)
                messages.success(request, gettext("Done."))
        except DomainError as error:
            messages.error(request, str(error))
        return redirect(request.path)

    def get_context_data(self, **kwargs):
        account = self.object
        return super().get_context_data(**kwargs) | {
            "account": account,
            "is_waiting": account.state == PayoutAccount.State.PROPOSED,
            "is_own": account.proposed_by_id == self.request.user.pk,
        }


class AccountRegister(Register):
    model = PayoutAccount
    name = NAME
    url_prefix = "registers/bank-accounts"
    icon = "key"
    menu_label = _("Bank accounts of producers")
    menu_order = 71
    ordering = ["-proposed_at", "-pk"]
    title_sort_key = None
    search_fields = ("producer__match_key",)
    form_class = AccountForm
    index_view_class = AccountIndex
    add_view_class = ProposePage
    index_template_name = "backoffice/import_rows_index.html"
    inspect_view_class = AccountPage
    inspect_template_name = "bookkeeping/account.html"
    inspect_view_fields = ["masked_number"]
    list_display = [
        TitleColumn("producer", accessor="producer", url_name=f"{NAME}:inspect"),
        Column("bank", label=_("bank"), accessor="bank_code"),
        Column("number", label=_("account number"), accessor="masked_number"),
        Column("day", label=_("proposed"), accessor=lambda row: thai_date(row.proposed_at)),
        StatusTagColumn(
            "state",
            label=_("status"),
            accessor="get_state_display",
            primary=lambda row: row.state == PayoutAccount.State.PROPOSED,
        ),
    ]

    def scope(self, user):
        return accounts_of(user).select_related("producer", "proposed_by", "approved_by")

    def create(self, form, user):
        return propose_payout_account(by=user, **form.cleaned_data)


REGISTERS = (AccountRegister(),)
