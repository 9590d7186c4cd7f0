from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from shop.bookkeeping import wagtail_accounts, wagtail_closing, wagtail_corrections, wagtail_payouts
from shop.bookkeeping.home_panel import KeepersPanel


def keeps_books(user) -> bool:
    # By permission, which the admin has read anyway: the menu stands on every page.
    return user.has_perm("bookkeeping.view_correction")


class KeepersMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return keeps_books(request.user)


@hooks.register("construct_homepage_panels")
def add_keepers_panel(request, panels):
    if keeps_books(request.user):
        panels.append(KeepersPanel())


@hooks.register("register_admin_viewset")
def register_books():
    desks = (wagtail_corrections, wagtail_payouts, wagtail_accounts)
    return [register for desk in desks for register in desk.REGISTERS]


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
