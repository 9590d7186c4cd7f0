"""Who answers for the ledger: corrects it, closes its months, pays out what is owed."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.permissions import is_administrator
from marketplace.accounts.queries import Visitor, has_role
from marketplace.accounts.roles import StaffRole
from marketplace.core.permissions import Allowed, Denied
from marketplace.producers.models import PayoutAccount
from shop.bookkeeping.models import Correction, PayoutList


def may_keep_books(user: Visitor) -> Allowed | Denied:
    if is_administrator(user) or has_role(user, StaffRole.FINANCE):
        return Allowed()
    return Denied(_("Only finance keeps the books."))


def corrections_of(user: Visitor) -> QuerySet[Correction]:
    """The queryset twin of `may_keep_books`."""
    return Correction.objects.all() if may_keep_books(user) else Correction.objects.none()


def payout_lists_of(user: Visitor) -> QuerySet[PayoutList]:
    """Who keeps the books pays out."""
    return PayoutList.objects.all() if may_keep_books(user) else PayoutList.objects.none()


def accounts_of(user: Visitor) -> QuerySet[PayoutAccount]:
    """Accounts that staff see, without their numbers."""
    accounts = PayoutAccount.objects.defer("number")
    return accounts if may_keep_books(user) else accounts.none()
