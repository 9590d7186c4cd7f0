"""The desks among the reports of Wagtail's admin, for whoever may read the income report."""

from django.urls import path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from shop.reports.desks.change import ChangeDesk
from shop.reports.desks.flows import FlowsDesk
from shop.reports.desks.groups import GroupsDesk

INCOME_REPORT = "village-income"
DESKS = {
    "reports/groups/": GroupsDesk,
    "reports/flows/": FlowsDesk,
    "reports/change/": ChangeDesk,
}


def register_desks() -> None:
    hooks.register("register_admin_urls", desk_urls)
    hooks.register("construct_reports_menu", add_desks)


def desk_urls() -> list:
    return [path(route, desk.as_view(), name=desk.url_name) for route, desk in DESKS.items()]


def add_desks(request, menu_items: list) -> None:
    """Beside the income report, if that is shown: so nobody's areas are looked up again."""
    if any(item.name == INCOME_REPORT for item in menu_items):
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
