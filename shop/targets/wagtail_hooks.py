"""Targets among the reports of Wagtail's admin, for whoever may read the income report."""

from django.urls import path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from shop.reports.backoffice.access import MENU_ITEM
from shop.targets import wagtail_views as views


@hooks.register("register_admin_urls")
def target_urls() -> list:
    return [
        path("reports/targets/", views.TargetsView.as_view(), name=views.TARGETS),
        path("reports/targets/area/", views.TargetView.as_view(), name=views.TARGET),
        path("reports/baselines/", views.BaselinesView.as_view(), name=views.BASELINES),
        path("reports/baselines/<int:pk>/", views.BatchView.as_view(), name=views.BATCH),
    ]


@hooks.register("construct_reports_menu")
def add_targets(request, menu_items: list) -> None:
    """Beside the income report, if that is shown: so nobody's areas are looked up again."""
    if any(item.name == MENU_ITEM for item in menu_items):
        url = reverse_lazy(views.TARGETS)
        menu_items.append(
            MenuItem(
                views.TargetsView.page_title,
                url,
                name=views.TARGETS,
                icon_name=views.TargetsView.header_icon,
                order=150,
            )
        )
