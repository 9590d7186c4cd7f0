"""Who sets targets and reads in baselines; who reads them is who reads reports of the area."""

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.permissions import is_administrator
from marketplace.accounts.queries import Visitor, has_role
from marketplace.accounts.roles import StaffRole
from marketplace.core.permissions import Allowed, Denied


def may_set_targets(user: Visitor) -> Allowed | Denied:
    if is_administrator(user) or has_role(user, StaffRole.CURATOR, StaffRole.FINANCE):
        return Allowed()
    return Denied(_("Only curators and finance set targets and read in baselines."))
