"""What staff may do by role and area. Members of producers and villages: see those packages."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.queries import Visitor, areas_of, has_role, is_within, within
from marketplace.accounts.roles import StaffRole
from marketplace.core.permissions import Allowed, Denied

EVERYWHERE = [""]


def is_administrator(user: Visitor) -> bool:
    return user.is_active and user.is_superuser


def areas_with(user: Visitor, *roles: StaffRole) -> list[str]:
    """Where somebody may act who needs one of the roles: everywhere, an officer's areas, nowhere.

    The one rule behind predicates and their queryset twins. At most three statements.
    """
    if is_administrator(user) or has_role(user, *roles):
        return EVERYWHERE
    return areas_of(user)


def review_areas(user: Visitor) -> list[str]:
    """Codes of the areas whose producers and products somebody may review."""
    return areas_with(user, StaffRole.REVIEWER, StaffRole.CURATOR)


def may_review(user: Visitor, area_code: str) -> Allowed | Denied:
    """Whether somebody may review what lies in that area, a code of any level."""
    if is_within(area_code, review_areas(user)):
        return Allowed()
    return Denied(_("You review in other areas than this one."))


def reviewable(user: Visitor, field: str) -> Q:
    """The queryset twin of `may_review` for rows whose code stands in `field`."""
    return within(field, review_areas(user))


def report_areas(user: Visitor) -> list[str]:
    """Codes of the areas whose exact income somebody may read as staff."""
    return areas_with(user, StaffRole.FINANCE, StaffRole.CURATOR, StaffRole.REVIEWER)


def may_read_reports(user: Visitor, area_code: str) -> Allowed | Denied:
    """Whether somebody may read the exact figures of that area, a code of any level."""
    if is_within(area_code, report_areas(user)):
        return Allowed()
    return Denied(_("You read reports of other areas than this one."))
