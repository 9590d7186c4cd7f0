"""A parcel on its way: packed, sent, its number corrected. Forward only, except unpacking.

Each act locks the parcel, happens once and is audited; a second tap answers False and changes
nothing. The order and the buyer's mail follow in `shop.workbench.services.parcels`, whose
transaction has locked the order before: call those from pages, these from there.
"""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.producers.permissions import on_behalf_of
from shop.parcels import errors
from shop.parcels.carriers import CARRIERS, Carrier, clean_number
from shop.parcels.models import Parcel

Status = Parcel.Status


def pack_parcel(*, parcel: Parcel, by: AbstractBaseUser | None, at: datetime | None = None) -> bool:
    """Mark a parcel packed; True if this call did. False when it is packed or sent already.

    Raises NotToBeSent.
    """
    with transaction.atomic():
        mine = _locked(parcel)
        if is_new := mine.status == Status.PREPARING:
            _save(mine, status=Status.PACKED, packed_at=at or timezone.now())
            _note("parcel.pack", mine, by)
    _show(parcel, mine)
    return is_new


def unpack_parcel(*, parcel: Parcel, by: AbstractBaseUser | None) -> bool:
    """Take back a hasty "packed"; True if this call did, False when it is not packed.

    Raises NotToBeSent, and AlreadySent: what was sent stays sent.
    """
    with transaction.atomic():
        mine = _locked(parcel)
        if mine.is_sent:
            raise errors.AlreadySent
        if is_new := mine.status == Status.PACKED:
            _save(mine, status=Status.PREPARING, packed_at=None)
            _note("parcel.unpack", mine, by)
    _show(parcel, mine)
    return is_new


def send_parcel(
    *,
    parcel: Parcel,
    carrier: str,
    tracking_number: str,
    by: AbstractBaseUser | None,
    at: datetime | None = None,
) -> bool:
    """Mark a parcel sent with its carrier (a code) and number ("" where there is none).

    From "to pack" as well: who sends it has packed it. True if this call did; False when it was
    sent before with the same. Raises AlreadySent when with another, NotToBeSent, UnknownCarrier,
    TrackingNumberUnclear.
    """
    carried_by = _carrier(carrier)
    number = clean_number(carried_by, tracking_number)
    with transaction.atomic():
        mine = _locked(parcel)
        if mine.is_sent and (mine.carrier, mine.tracking_number) != (carrier, number):
            raise errors.AlreadySent
        if is_new := not mine.is_sent:
            now = at or timezone.now()
            sent = {"carrier": carrier, "tracking_number": number, "shipped_at": now}
            _save(mine, status=Status.SHIPPED, packed_at=mine.packed_at or now, **sent)
            _note("parcel.send", mine, by, carrier=carrier, tracking_number=number)
    _show(parcel, mine)
    return is_new


def correct_tracking(
    *, parcel: Parcel, carrier: str, tracking_number: str, by: AbstractBaseUser | None
) -> bool:
    """Put another carrier or number on a parcel that was sent; False when they are the same.

    While it is open only. Raises NotSentYet, NoLongerOpen, NotToBeSent, UnknownCarrier,
    TrackingNumberUnclear.
    """
    carried_by = _carrier(carrier)
    number = clean_number(carried_by, tracking_number)
    with transaction.atomic():
        mine = _locked(parcel)
        was = (mine.carrier, mine.tracking_number)
        if not mine.is_sent:
            raise errors.NotSentYet
        if is_new := was != (carrier, number):
            if not mine.is_open:
                raise errors.NoLongerOpen
            count = mine.corrections + 1
            _save(mine, carrier=carrier, tracking_number=number, corrections=count)
            now = {"carrier": carrier, "tracking_number": number, "before": " ".join(was)}
            _note("parcel.correct_tracking", mine, by, **now)
    _show(parcel, mine)
    return is_new


def drop_parcels(*, order_id: int, given_back: Iterable[int]) -> int:
    """Give up parcels of which every line was paid back before they were sent; how many.

    `given_back` are ids of lines of which nothing is left. Call inside the transaction of the
    refund, which has locked the order.
    """
    gone = set(given_back)
    waiting = Parcel.objects.filter(order=order_id, status__in=Parcel.TO_SEND)
    dropped = [
        parcel.pk
        for parcel in waiting.select_for_update().order_by("pk").prefetch_related("parcel_lines")
        if {line.line_id for line in parcel.parcel_lines.all()} <= gone
    ]
    for pk in dropped:
        audit.note(actor=None, act="parcel.drop", target=f"parcel:{pk}", order=order_id)
    return Parcel.objects.filter(pk__in=dropped).update(status=Status.CANCELLED)


def _carrier(code: str) -> Carrier:
    if code not in CARRIERS:
        raise errors.UnknownCarrier
    return CARRIERS[code]


def _locked(parcel: Parcel) -> Parcel:
    """Lock a parcel and read it anew; raises NotToBeSent."""
    rows = Parcel.objects.select_for_update(of=("self",)).select_related("producer")
    mine = rows.get(pk=parcel.pk)
    if mine.status in (Status.WAITING, Status.CANCELLED):
        raise errors.NotToBeSent
    return mine


def _save(parcel: Parcel, **facts) -> None:
    for name, value in facts.items():
        setattr(parcel, name, value)
    parcel.save(update_fields=list(facts))


def _show(parcel: Parcel, now: Parcel) -> None:
    """Let the caller's copy say what the database says."""
    moved = ("status", "packed_at", "shipped_at", "carrier", "tracking_number", "corrections")
    for name in moved:
        setattr(parcel, name, getattr(now, name))


def _note(act: str, parcel: Parcel, by: AbstractBaseUser | None, **details) -> None:
    audit.note(
        actor=by,
        act=act,
        target=f"parcel:{parcel.pk}",
        on_behalf_of=on_behalf_of(by, parcel.producer),
        order=parcel.order_id,
        **details,
    )
