"""Village income among the reports of Wagtail's admin."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from marketplace.accounts.permissions import report_areas
from shop.reports.backoffice import access
from shop.reports.backoffice.income import IncomeReportView
from shop.reports.backoffice.shares import SharesView, ShareView
from shop.reports.desks.wagtail_hooks import register_desks


class IncomeReportMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return bool(report_areas(request.user))


@hooks.register("register_reports_menu_item")
def register_income_report_menu_item():
    return IncomeReportMenuItem(
        _("Village income"),
        reverse_lazy(access.INCOME),
        name="village-income",
        icon_name="table",
        order=100,
    )


@hooks.register("register_admin_urls")
def register_income_report_urls():
    return [
        path("reports/income/", IncomeReportView.as_view(), name=access.INCOME),
        path("reports/income/sales/", SharesView.as_view(), name=access.SHARES),
        path("reports/income/sales/<int:number>/", ShareView.as_view(), name=access.SHARE),
    ]


register_desks()
