"""Who reviews what: one rule for the menu, the list, an item and what is done with several."""

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.permissions import review_areas
from marketplace.accounts.queries import Visitor
from marketplace.core.permissions import Allowed, Denied

ENTER = "provenance.change_productchange"  # granted to roles in `provenance.roles`


def areas_reviewed(user: Visitor) -> list[str]:
    """Codes of the areas whose products somebody decides about: "" everywhere, [] nowhere."""
    return review_areas(user) if user.has_perm(ENTER) else []


def may_review_products(user: Visitor) -> Allowed | Denied:
    if areas_reviewed(user):
        return Allowed()
    return Denied(_("Only curators, reviewers and officers with an area review products."))
