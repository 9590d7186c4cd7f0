"""Whether a thing may be bought now, and in words what to do when it may not.

Named classes for `strategy.py`; Oscar asks them through `PurchaseInfo.availability`.
"""

from django.utils.translation import gettext_lazy as _
from oscar.apps.partner import availability

MOST_OF_ONE_THING = 99
"""Pieces of one product in a basket; more is a wholesale order, which people arrange by word."""


class Refused(availability.Unavailable):
    """Not for sale now; `reason` is a sentence for the shopper."""

    def __init__(self, reason) -> None:
        self.message = reason

    def is_purchase_permitted(self, quantity):
        return False, self.message


class Bounded(availability.Base):
    """May be bought in quantities from 1 to `num_available`."""

    code = "available"
    message = _("Available")

    def __init__(self, num_available: int, lead_days: int = 0) -> None:
        self.num_available = min(num_available, MOST_OF_ONE_THING)
        self.lead_days = lead_days

    def is_purchase_permitted(self, quantity):
        if quantity < 1:
            return False, _("Choose at least one piece.")
        if quantity > self.num_available:
            text = _("At most %(count)d can be bought at once. Choose fewer.")
            return False, text % {"count": self.num_available}
        return True, ""


class InStock(Bounded):
    """What lies on the shelf and nobody has ordered yet, never more."""

    code = "instock"
    message = _("In stock")

    def is_purchase_permitted(self, quantity):
        if 0 < self.num_available < quantity <= MOST_OF_ONE_THING:
            text = _("Only %(count)d left. Choose fewer.")
            return False, text % {"count": self.num_available}
        return super().is_purchase_permitted(quantity)


class MadeToOrder(Bounded):
    """Nothing is counted: it is made after the order, within `lead_days`."""

    code = "to-order"
    message = _("Made to order")
