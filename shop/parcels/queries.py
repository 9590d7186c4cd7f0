"""A producer's own parcels. Only of orders that were paid: others do not exist for a producer."""

from django.db.models import QuerySet

from marketplace.producers.models import Producer
from shop.parcels.models import Parcel


def parcels_of(producer: Producer) -> QuerySet[Parcel]:
    """All parcels a producer may see: of orders that are, or were, paid."""
    mine = Parcel.objects.filter(producer=producer, order__placement__paid_at__isnull=False)
    return mine.exclude(status=Parcel.Status.WAITING)


def open_parcels(producer: Producer) -> QuerySet[Parcel]:
    """Parcels still to be packed or sent, the longest waiting first."""
    waiting = parcels_of(producer).filter(status__in=Parcel.TO_SEND)
    return waiting.order_by("order__date_placed", "pk")


def parcel_of(producer: Producer, pk: int) -> Parcel | None:
    """A producer's own parcel with its order, or None; one statement.

    The order's address is not read along: only `Parcel.is_open` lets a page ask for it.
    """
    return parcels_of(producer).filter(pk=pk).select_related("order__placement").first()
