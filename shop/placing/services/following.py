"""An order is as far as its parcels are."""

from oscar.apps.order.models import Order

from shop.parcels.models import Parcel
from shop.placing.models import OrderStatus

Status = Parcel.Status


def follow_parcels(order: Order) -> bool:
    """Move a locked order to where its parcels are, if its pipeline knows the step; True if moved.

    Begun by the first parcel that is packed, on its way with the last that is sent, delivered with
    the last. Parcels that were given up do not count; things that nobody sends do not hold it up.
    """
    status = _derived(set(order.parcels.values_list("status", flat=True)) - {Status.CANCELLED})
    if status is None or status.value not in order.available_statuses():
        return False
    order.set_status(status.value)
    return True


def _derived(parcels: set[str]) -> OrderStatus | None:
    if not parcels & {Status.PACKED, *Parcel.SENT}:
        return None
    if parcels == {Status.DELIVERED}:
        return OrderStatus.DELIVERED
    return OrderStatus.SHIPPED if parcels <= set(Parcel.SENT) else OrderStatus.PREPARING
