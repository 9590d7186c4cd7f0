"""Who says what the platform takes of a sale."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.permissions import is_administrator
from marketplace.accounts.queries import Visitor, has_role
from marketplace.accounts.roles import StaffRole
from marketplace.core.permissions import Allowed, Denied
from shop.fees.models import FeeRule


def may_set_fees(user: Visitor) -> Allowed | Denied:
    if is_administrator(user) or has_role(user, StaffRole.FINANCE):
        return Allowed()
    return Denied(_("Only finance says what the market takes of a sale."))


def rules_of(user: Visitor) -> QuerySet[FeeRule]:
    """The queryset twin of `may_set_fees`."""
    return FeeRule.objects.all() if may_set_fees(user) else FeeRule.objects.none()
