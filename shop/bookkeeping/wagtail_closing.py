"""The months of the ledger among the reports of Wagtail's admin, and closing the next of them."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.core import audit
from marketplace.core.errors import DomainError
from marketplace.ledger.periods import InvalidPeriod, month_label, parse_period
from marketplace.ledger.services import close_month
from shop.bookkeeping.queries.months import checks_of, months
from shop.bookkeeping.wagtail_desk import DeskPage

LIST, CLOSE = "ledger-months", "ledger-month-close"


class CloseForm(forms.Form):
    is_sure = forms.BooleanField(label="")

    def __init__(self, *args, month: date, **kwargs):
        super().__init__(*args, **kwargs)
        sentence = _("I have looked at the list above. %(month)s is to be closed for ever.")
        self.fields["is_sure"].label = sentence % {"month": month_label(month)}
        self.fields["is_sure"].error_messages["required"] = _(
            "Tick this first: a closed month cannot be opened again."
        )


class MonthsPage(DeskPage):
    """Every month since the first sale, and what is left to do before the next is closed."""

    template_name = "bookkeeping/months.html"
    page_title = _("Months of the ledger")
    header_icon = "calendar"

    def get(self, request):
        rows = months()
        following = next((row for row in rows if row.is_next), None)
        return self.page(
            rows=rows,
            following=following,
            checks=checks_of(following.month) if following else (),
        )


class ClosePage(DeskPage):
    """The second page: it cannot be undone, and asks for a tick."""

    template_name = "bookkeeping/close.html"
    page_title = _("Close a month")
    header_icon = "lock"
    above = (LIST, MonthsPage.page_title)

    def get(self, request, key: str):
        month = _month(key)
        return self.shown(month, CloseForm(month=month))

    def post(self, request, key: str):
        month = _month(key)
        form = CloseForm(request.POST, month=month)
        if not form.is_valid():
            return self.shown(month, form)
        try:
            close = close_month(month, by=request.user)
        except DomainError as error:
            messages.error(request, str(error))
            return redirect(LIST)
        audit.note(actor=request.user, act="ledger.close", target=f"month:{close.month:%Y-%m}")
        words = gettext("%(month)s is closed. Its figures stay as they are.")
        messages.success(request, words % {"month": month_label(month)})
        return redirect(LIST)

    def shown(self, month: date, form: CloseForm):
        row = next((row for row in months() if row.month == month), None)
        if row is None:
            raise Http404
        if not row.is_next:
            messages.warning(self.request, _why_not(row))
            return redirect(LIST)
        return self.page(row=row, form=form, checks=checks_of(month))


def _why_not(row) -> str:
    if row.close:
        return gettext("This month is closed already.")
    return gettext("It is not the turn of this month: months are closed in order, once over.")


def _month(key: str) -> date:
    try:
        period = parse_period(key)
    except InvalidPeriod as error:
        raise Http404 from error
    if len(period.months) != 1:
        raise Http404
    return period.first
