"""Members who may change where money goes must have a second factor."""

from django.db.models import Exists, OuterRef

from marketplace.producers.models import Membership
from marketplace.producers.permissions import ACTS_OF_ROLES, Act

_PAYOUT_ACTS = {Act.PROPOSE_ACCOUNT, Act.APPROVE_ACCOUNT}


def change_of_payout_account() -> Exists:
    """Whether the user of the outer query may change a payout account of some producer."""
    roles = [role for role, acts in ACTS_OF_ROLES.items() if acts & _PAYOUT_ACTS]
    return Exists(Membership.objects.filter(user=OuterRef("pk"), role__in=roles))
