"""An order is placed, marked paid, or given up: each in one transaction, each safe to repeat."""

from shop.placing.services.following import follow_parcels
from shop.placing.services.placing import Placed, place_order
from shop.placing.services.settling import cancel_unpaid, locked_placement, mark_paid
from shop.placing.services.writing import Contact, DeliveryAddress

__all__ = [
    "Contact",
    "DeliveryAddress",
    "Placed",
    "cancel_unpaid",
    "follow_parcels",
    "locked_placement",
    "mark_paid",
    "place_order",
]
