"""Fiscal-year packs among the reports of Wagtail's admin."""

from django.urls import path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from shop.yearpacks import wagtail_views as views


class ReadersMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        # By permission, which the admin has read anyway: the menu stands on every page.
        return request.user.has_perm("yearpacks.view_yearpack")


@hooks.register("register_reports_menu_item")
def register_year_packs_menu_item():
    return ReadersMenuItem(
        views.YearsPage.page_title,
        reverse_lazy(views.LIST),
        name=views.LIST,
        icon_name=views.YearsPage.header_icon,
        order=120,
    )


@hooks.register("register_admin_urls")
def register_year_pack_urls() -> list:
    stem = "reports/year-packs/"
    return [
        path(stem, views.YearsPage.as_view(), name=views.LIST),
        path(f"{stem}<int:pk>/", views.PackPage.as_view(), name=views.PACK),
        path(f"{stem}<int:pk>/file.zip", views.PackFile.as_view(), name=views.FILE),
        path(f"{stem}drafts/<int:pk>/", views.DraftPage.as_view(), name=views.DRAFT),
        path(f"{stem}drafts/<int:pk>/file.zip", views.DraftFile.as_view(), name=views.DRAFT_FILE),
    ]
