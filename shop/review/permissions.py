"""Who reviews what: one rule for the menu, the list, an item and what is done with several."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.permissions import review_areas
from marketplace.accounts.queries import Visitor, within
from marketplace.core.permissions import Allowed, Denied
from shop.review.models import ReviewMail

ENTER = "provenance.change_productchange"  # granted to roles in `provenance.roles`


def areas_reviewed(user: Visitor) -> list[str]:
    """Codes of the areas whose products somebody decides about: "" everywhere, [] nowhere."""
    return review_areas(user) if user.has_perm(ENTER) else []


def may_review_products(user: Visitor) -> Allowed | Denied:
    if areas_reviewed(user):
        return Allowed()
    return Denied(_("Only curators, reviewers and officers with an area review products."))


def mails_of(user: Visitor) -> QuerySet[ReviewMail]:
    """Mails about what somebody may decide about."""
    where = "provenance__producer__home_village__code"
    return ReviewMail.objects.filter(within(where, areas_reviewed(user)))
