"""Who looks at money that needs a person, and at mails that failed, for the whole country."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.permissions import is_administrator
from marketplace.accounts.queries import Visitor, has_role
from marketplace.accounts.roles import StaffRole
from marketplace.core.permissions import Allowed, Denied
from shop.payments.models import Attention, Movement, OrderMail


def may_attend(user: Visitor) -> Allowed | Denied:
    if is_administrator(user) or has_role(user, StaffRole.FINANCE):
        return Allowed()
    return Denied(_("Only finance looks at payments."))


def attentions_of(user: Visitor) -> QuerySet[Attention]:
    """The queryset twin of `may_attend`."""
    return Attention.objects.all() if may_attend(user) else Attention.objects.none()


def movements_of(user: Visitor) -> QuerySet[Movement]:
    """Who looks at payments sees the provider's book too."""
    return Movement.objects.all() if may_attend(user) else Movement.objects.none()


def may_see_mails(user: Visitor) -> Allowed | Denied:
    if is_administrator(user) or has_role(user, StaffRole.FINANCE, StaffRole.SUPPORT):
        return Allowed()
    return Denied(_("Only finance and support see which mails to buyers did not arrive."))


def mails_of(user: Visitor) -> QuerySet[OrderMail]:
    """The queryset twin of `may_see_mails`."""
    return OrderMail.objects.all() if may_see_mails(user) else OrderMail.objects.none()
