"""A parcel with all that follows from it: the order's status, and the mail its buyer is owed.

Locks: the order and its placement, then the parcel; as paying and refunding do. Every act may be
repeated: the second tap answers False and sends nothing.
"""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from oscar.apps.order.models import Order

from shop.parcels import services
from shop.parcels.errors import NotToBeSent
from shop.parcels.models import Parcel
from shop.payments.mails import owe_mail
from shop.payments.models import OrderMail
from shop.payments.queries import lines_to_send
from shop.placing.services import follow_parcels, locked_placement


def pack(*, parcel: Parcel, by: AbstractBaseUser | None, at: datetime | None = None) -> bool:
    """Mark a parcel packed. Raises NotToBeSent, also when all of it was or is being paid back."""
    with transaction.atomic():
        order = _locked_order(parcel)
        is_new = services.pack_parcel(parcel=parcel, by=by, at=at)
        if is_new:
            _demand_contents(parcel)
            follow_parcels(order)
    return is_new


def unpack(*, parcel: Parcel, by: AbstractBaseUser | None) -> bool:
    """Take back a hasty "packed"; the order stays "being prepared". Raises as the service does."""
    with transaction.atomic():
        _locked_order(parcel)
        return services.unpack_parcel(parcel=parcel, by=by)


def send(
    *,
    parcel: Parcel,
    carrier: str,
    tracking_number: str,
    by: AbstractBaseUser | None,
    at: datetime | None = None,
    with_mail: bool = True,
) -> bool:
    """Mark a parcel sent and owe its buyer the mail, once. `with_mail` is off in the demo's past.

    Raises as `services.send_parcel` does, and NotToBeSent when all of it was or is being paid back.
    """
    with transaction.atomic():
        order = _locked_order(parcel)
        sent = {"carrier": carrier, "tracking_number": tracking_number}
        is_new = services.send_parcel(parcel=parcel, by=by, at=at, **sent)
        if is_new:
            _demand_contents(parcel)
            follow_parcels(order)
            if with_mail:
                owe_mail(order, OrderMail.Kind.SENT, parcel=parcel)
    return is_new


def send_or_correct(
    *, parcel: Parcel, carrier: str, tracking_number: str, by: AbstractBaseUser | None
) -> bool:
    """What the form of a parcel means: send it, or correct what is written on one that was sent.

    `parcel` as read for this very request. A form sent twice, or from a page of before, is once.
    """
    written = {"carrier": carrier, "tracking_number": tracking_number}
    return (correct if parcel.is_sent else send)(parcel=parcel, by=by, **written)


def correct(
    *, parcel: Parcel, carrier: str, tracking_number: str, by: AbstractBaseUser | None
) -> bool:
    """Put another carrier or number on a sent parcel and owe its buyer a mail, once for each.

    False when they are the same. Raises as `services.correct_tracking` does.
    """
    with transaction.atomic():
        order = _locked_order(parcel)
        written = {"carrier": carrier, "tracking_number": tracking_number}
        is_new = services.correct_tracking(parcel=parcel, by=by, **written)
        if is_new:
            owe_mail(order, OrderMail.Kind.TRACKING, parcel=parcel)
    return is_new


def _locked_order(parcel: Parcel) -> Order:
    return locked_placement(Order(pk=parcel.order_id)).order


def _demand_contents(parcel: Parcel) -> None:
    if not lines_to_send(parcel):
        raise NotToBeSent
