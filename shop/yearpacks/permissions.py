"""Who makes, signs and reads fiscal-year packs."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.permissions import is_administrator, may_read_reports
from marketplace.accounts.queries import Visitor
from marketplace.core.permissions import Allowed, Denied
from marketplace.ledger.queries import COUNTRY
from shop.bookkeeping.permissions import may_keep_books
from shop.yearpacks.models import Office, YearPack


def may_make_packs(user: Visitor) -> Allowed | Denied:
    """Whoever keeps the books makes packs, and signs those of others."""
    return may_keep_books(user)


def may_read_packs(user: Visitor) -> Allowed | Denied:
    """A pack holds every village exactly: for those who may read the whole country."""
    if may_read_reports(user, COUNTRY):
        return Allowed()
    return Denied(_("Only those who read reports of the whole country read its packs."))


def packs_of(user: Visitor) -> QuerySet[YearPack]:
    """The queryset twin of `may_read_packs`."""
    return YearPack.objects.all() if may_read_packs(user) else YearPack.objects.none()


def office_of(user: Visitor) -> Office:
    """As what somebody signs who may."""
    return Office.ADMINISTRATION if is_administrator(user) else Office.FINANCE
