"""An order is placed, marked paid, or given up: each in one transaction, each safe to repeat."""

from shop.placing.services.placing import Contact, DeliveryAddress, Placed, place_order
from shop.placing.services.settling import cancel_unpaid, mark_paid

__all__ = [
    "Contact",
    "DeliveryAddress",
    "Placed",
    "cancel_unpaid",
    "mark_paid",
    "place_order",
]
