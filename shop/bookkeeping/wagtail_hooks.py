from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from shop.bookkeeping import wagtail_closing, wagtail_corrections
from shop.bookkeeping.permissions import may_keep_books


class KeepersMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return bool(may_keep_books(request.user))


@hooks.register("register_admin_viewset")
def register_books():
    return list(wagtail_corrections.REGISTERS)


@hooks.register("register_reports_menu_item")
def register_months_menu_item():
    return KeepersMenuItem(
        _("Months of the ledger"),
        reverse_lazy(wagtail_closing.LIST),
        name="ledger-months",
        icon_name="calendar",
        order=110,
    )


@hooks.register("register_admin_urls")
def register_month_urls():
    months, close = wagtail_closing.MonthsPage, wagtail_closing.ClosePage
    return [
        path("reports/months/", months.as_view(), name=wagtail_closing.LIST),
        path("reports/months/<str:key>/close/", close.as_view(), name=wagtail_closing.CLOSE),
    ]
