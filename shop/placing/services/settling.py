"""Mark a placed order paid, or give it up: once, and never both. Safe to repeat."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from oscar.apps.order.models import Line, Order

from marketplace.core import audit
from shop.parcels.models import Parcel
from shop.partner import services as stock
from shop.placing import errors
from shop.placing.models import OrderStatus, Placement
from shop.placing.services.listings import refresh_listings_later


def mark_paid(order: Order, *, by=None, at: datetime | None = None) -> bool:
    """Move an order from waiting to paid and its parcels to packing; True if this call did it.

    `at` is when the money came, now unless said. Locks the order, then its placement. False when
    it was paid before. Raises OrderIsReleased when its stock was given up: the money must go
    back. Call inside the transaction that records the payment.
    """
    with transaction.atomic(savepoint=False):
        placement = locked_placement(order)
        is_new = not (placement.paid_at or placement.released_at)
        if is_new:
            _move(placement.order, OrderStatus.PAID, Parcel.Status.PREPARING)
            placement.paid_at = at or timezone.now()
            placement.save(update_fields=["paid_at"])
            audit.note(actor=by, act="order.paid", target=f"order:{order.pk}")
            order.status = placement.order.status
    if placement.released_at:  # raised out here: nothing was written that must be undone
        raise errors.OrderIsReleased
    return is_new


def cancel_unpaid(order: Order, *, by=None) -> bool:
    """Give up an unpaid order and release its stock exactly once; True if this call did it.

    Locks as `mark_paid` does. False when it was given up before. Raises OrderIsPaid. Payments
    call it only after Stripe said that nothing can be paid any more.
    """
    with transaction.atomic():
        placement = locked_placement(order)
        if placement.paid_at:
            raise errors.OrderIsPaid
        if placement.released_at:
            return False
        _move(placement.order, OrderStatus.CANCELLED_UNPAID, Parcel.Status.CANCELLED)
        _release_stock(placement.order)
        placement.released_at = timezone.now()
        placement.save(update_fields=["released_at"])
        audit.note(actor=by, act="order.cancel_unpaid", target=f"order:{order.pk}")
    order.status = placement.order.status
    return True


def locked_placement(order: Order) -> Placement:
    """Lock an order, then its placement, and read both anew in one statement.

    Both rows are locked, so that whoever had to wait reads what the one before has written.
    """
    rows = Placement.objects.select_related("order").select_for_update(of=("order", "self"))
    return rows.get(order=order.pk)


def _move(order: Order, status: OrderStatus, parcel_status: Parcel.Status) -> None:
    """Set the status of a locked order; Oscar refuses a step its pipeline does not name."""
    order.set_status(status.value)
    order.lines.update(status=status.value)
    order.parcels.update(status=parcel_status)


def _release_stock(order: Order) -> None:
    lines = order.lines.filter(num_allocated__gt=0).select_related("product")
    released = sorted(lines, key=lambda line: line.stockrecord_id or 0)
    for line in released:
        stock.release_stock(line.stockrecord_id, line.num_allocated)
    Line.objects.filter(pk__in=[line.pk for line in released]).update(num_allocated=0)
    refresh_listings_later(
        {line.product.parent_id or line.product_id for line in released if line.product}
    )
