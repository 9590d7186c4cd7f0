"""Village income and the desks beside it among the reports of Wagtail's admin."""

from django.db.models import Model
from django.urls import path, reverse, reverse_lazy
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from marketplace.accounts.permissions import report_areas
from marketplace.core.registers import LINKS_HOOK
from marketplace.producers.models import Producer
from marketplace.villages.models import Village
from shop.reports.backoffice import access
from shop.reports.backoffice.change import ChangeDesk
from shop.reports.backoffice.distribution import DistributionDesk
from shop.reports.backoffice.flows import FlowsDesk
from shop.reports.backoffice.groups import GroupsDesk
from shop.reports.backoffice.income import IncomeReportView
from shop.reports.backoffice.shares import SharesView, ShareView

DESKS = {
    "reports/groups/": GroupsDesk,
    "reports/flows/": FlowsDesk,
    "reports/change/": ChangeDesk,
    "reports/distribution/": DistributionDesk,
}


class IncomeReportMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return bool(report_areas(request.user))


@hooks.register("register_reports_menu_item")
def register_income_report_menu_item():
    return IncomeReportMenuItem(
        _("Village income"),
        reverse_lazy(access.INCOME),
        name=access.MENU_ITEM,
        icon_name="table",
        order=100,
    )


@hooks.register("construct_reports_menu")
def add_desks(request, menu_items: list) -> None:
    """Beside the income report, if that is shown: so nobody's areas are looked up again."""
    if any(item.name == access.MENU_ITEM for item in menu_items):
        menu_items += [
            MenuItem(
                desk.page_title,
                reverse_lazy(desk.url_name),
                name=desk.url_name,
                icon_name=desk.header_icon,
                order=110 + 10 * number,
            )
            for number, desk in enumerate(DESKS.values())
        ]


@hooks.register(LINKS_HOOK)
def link_to_change(row: Model, user) -> list[Button]:
    """Why did income change: from the page of a village or a producer, for whoever may read it."""
    home = row.pk if isinstance(row, Village) else getattr(row, "home_village_id", "")
    if not isinstance(row, (Village, Producer)) or not access.may_read(home, report_areas(user)):
        return []
    asked = {"area": row.pk} if isinstance(row, Village) else {"producer": row.pk}
    url = f"{reverse(access.CHANGE)}?{urlencode(asked)}"
    return [Button(ChangeDesk.page_title, url=url, icon_name="help", priority=30)]


@hooks.register("register_admin_urls")
def register_report_urls() -> list:
    return [
        path("reports/income/", IncomeReportView.as_view(), name=access.INCOME),
        path("reports/income/sales/", SharesView.as_view(), name=access.SHARES),
        path("reports/income/sales/<int:number>/", ShareView.as_view(), name=access.SHARE),
        *(path(route, desk.as_view(), name=desk.url_name) for route, desk in DESKS.items()),
    ]
