"""Who may see a village's totals and keep its page: predicates and their queryset twins."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.permissions import EVERYWHERE, is_administrator
from marketplace.accounts.queries import Visitor, areas_of, has_role, within
from marketplace.accounts.roles import StaffRole
from marketplace.core.permissions import Allowed, Denied
from marketplace.villages.models import Village, VillageMembership

_SEES_ALL_TOTALS = (StaffRole.FINANCE,)
_KEEPS_ALL_PAGES = (StaffRole.CURATOR,)
_SEES_THE_REGISTER = (
    StaffRole.CURATOR,
    StaffRole.REVIEWER,
    StaffRole.FINANCE,
    StaffRole.SUPPORT,
)


def villages_with_totals(user: Visitor) -> QuerySet[Village]:
    """Villages whose totals somebody may see: own ones, an officer's areas, or all."""
    if is_administrator(user) or has_role(user, *_SEES_ALL_TOTALS):
        return Village.objects.all()
    return Village.objects.filter(_own(user) | within("code", areas_of(user)))


def own_villages(user: Visitor) -> QuerySet[Village]:
    """Villages of which somebody is a member today."""
    return Village.objects.filter(_own(user))


def is_of_a_village(user: Visitor) -> bool:
    """Whether somebody is a member of any village today."""
    return own_villages(user).exists()


def may_see_totals(user: Visitor, village: Village) -> Allowed | Denied:
    """Members of the village, officers of its area, finance and administrators."""
    if villages_with_totals(user).filter(pk=village.pk).exists():
        return Allowed()
    return Denied(_("Only the village's own people and its officers see its totals."))


def editable_villages(user: Visitor) -> QuerySet[Village]:
    """Villages whose page somebody may keep: own ones, or all for curators."""
    if is_administrator(user) or has_role(user, *_KEEPS_ALL_PAGES):
        return Village.objects.all()
    return Village.objects.filter(_own(user))


def may_edit(user: Visitor, village: Village) -> Allowed | Denied:
    """Members keep the facts of their village's page; curators keep all pages."""
    if editable_villages(user).filter(pk=village.pk).exists():
        return Allowed()
    return Denied(_("Only the village's own people and curators keep its page."))


def may_register(user: Visitor) -> Allowed | Denied:
    """Adding, renaming and closing villages is for curators."""
    if is_administrator(user) or has_role(user, *_KEEPS_ALL_PAGES):
        return Allowed()
    return Denied(_("Only curators change the register of villages."))


def register_areas(user: Visitor) -> list[str]:
    """Areas whose villages and producers somebody sees in the staff's registers."""
    if is_administrator(user) or has_role(user, *_SEES_THE_REGISTER):
        return EVERYWHERE
    return areas_of(user)


def registered_villages(user: Visitor) -> QuerySet[Village]:
    """Villages that somebody sees in the staff's register; officers those of their areas."""
    return Village.objects.filter(within("code", register_areas(user)))


def _own(user: Visitor) -> Q:
    if not user.is_active:
        return Q(pk__in=[])
    memberships = VillageMembership.objects.in_force().filter(user_id=user.pk)
    return Q(pk__in=memberships.values("village_id"))
