"""The curators' panel on the first page of the admin."""

from django.urls import reverse
from wagtail.admin.ui.components import Component

from cms.home.desk import read_desk
from cms.home.models import HomePage
from marketplace.accounts.permissions import is_administrator
from marketplace.accounts.queries import has_role
from marketplace.accounts.roles import StaffRole

REPLACED = "workflow_objects_to_moderate"
"""Wagtail's list of what waits for one's approval costs statements for each row."""


class DeskPanel(Component):
    name = "curators_desk"
    template_name = "home/desk_panel.html"
    order = 205

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        return {"desk": read_desk(user), "slots_url": _slots_url()}


def _slots_url() -> str:
    """Where turns are given: the Thai home page."""
    home = HomePage.objects.filter(alias_of=None).order_by("path").values_list("pk", flat=True)
    return reverse("wagtailadmin_pages:edit", args=(home[0],))


def sits_at_a_desk(user) -> bool:
    return is_administrator(user) or has_role(user, StaffRole.CURATOR, StaffRole.REVIEWER)
