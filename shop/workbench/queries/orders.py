"""What a producer packs and sends: its own parcels and lines of paid orders, nothing else of them.

No total of an order, no line, name or parcel of another producer is read here. The address is read
by `parcel_page` alone, and only while the parcel is open (`Parcel.is_open`).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from oscar.apps.catalogue.models import ProductImage
from oscar.apps.order.models import Line, ShippingAddress

from marketplace.core import thai
from marketplace.producers.models import Producer
from shop.parcels.models import Parcel
from shop.parcels.queries import parcel_of, parcels_of
from shop.partner.strategy import provenance_of
from shop.payments.queries import amount_of, given_back

PER_PAGE = 30
TO_PACK, SENT, ALL = "to-pack", "sent", "all"
_COUNTS = {TO_PACK: "to_pack", SENT: "sent", ALL: "all"}


@dataclass(frozen=True)
class Piece:
    """A line of a parcel: so many of one thing. Its title is in Thai, with that of its option."""

    product_id: int  # 0 when the product is gone
    title_th: str
    quantity: int
    otop_type: str
    picture: str  # storage name, "" without one
    back_satang: int  # paid back, or about to be
    is_to_send: bool

    @property
    def is_partly_back(self) -> bool:
        return self.is_to_send and self.back_satang > 0


@dataclass(frozen=True)
class ParcelRow:
    """A parcel in a list."""

    parcel: Parcel
    pieces: tuple[Piece, ...]

    @property
    def to_send(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.is_to_send]

    @property
    def is_stopped(self) -> bool:
        """Whether all that was to be sent is about to be paid back."""
        return self.parcel.is_to_send and not self.to_send

    @property
    def quantity(self) -> int:
        return sum(piece.quantity for piece in self.to_send)

    @property
    def unnamed(self) -> int:
        """How many things a list says no name of: it names two."""
        return max(0, len(self.to_send) - 2)


@dataclass(frozen=True)
class ParcelList:
    """One page of parcels, and how many there are in each list. Templates call it `listing`."""

    which: str
    to_pack: int
    sent: int
    all: int
    rows: tuple[ParcelRow, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class Label:
    """Where a parcel goes, in Thai, as it is written on it."""

    name: str
    lines: tuple[str, ...]
    phone: str
    note: str

    @property
    def written_phone(self) -> str:
        """As it is written on a parcel: in Thai, like the address, since the carrier reads it."""
        return f"โทร. {self.phone}"


@dataclass(frozen=True)
class ParcelPage(ParcelRow):
    """One parcel; `label` is None once its makers need no longer know."""

    label: Label | None

    @property
    def can_be_sent(self) -> bool:
        return self.parcel.is_to_send and bool(self.to_send)

    @property
    def has_odd_number(self) -> bool:
        parcel = self.parcel
        return parcel.is_sent and not parcel.carried_by.is_usual(parcel.tracking_number)


@dataclass(frozen=True)
class Pick:
    """So many of one thing to take from the shelf, for so many parcels."""

    piece: Piece
    quantity: int
    parcels: int


def parcel_list(producer: Producer, which: str, page: int = 1) -> ParcelList:
    """A page of parcels; what is to pack the longest waiting first, else the newest first.

    Five statements.
    """
    mine = parcels_of(producer)
    to_send, sent = Q(status__in=Parcel.TO_SEND), Q(status__in=Parcel.SENT)
    counts = mine.aggregate(
        to_pack=Count("pk", filter=to_send), sent=Count("pk", filter=sent), all=Count("pk")
    )
    pages = max(1, -(-counts[_COUNTS[which]] // PER_PAGE))
    page = min(max(page, 1), pages)
    found = mine.filter({TO_PACK: to_send, SENT: sent, ALL: Q()}[which]).select_related("order")
    order = ("order__date_placed", "pk") if which == TO_PACK else ("-order__date_placed", "-pk")
    parcels = list(found.order_by(*order)[(page - 1) * PER_PAGE : page * PER_PAGE])
    pieces = _pieces(parcels)
    rows = tuple(ParcelRow(parcel, tuple(pieces[parcel.pk])) for parcel in parcels)
    return ParcelList(which=which, rows=rows, page=page, pages=pages, **counts)


def parcel_page(producer: Producer, pk: int) -> ParcelPage | None:
    """A producer's own parcel, or None; five statements while it is open, then four."""
    parcel = parcel_of(producer, pk)
    if parcel is None:
        return None
    pieces = tuple(_pieces([parcel])[parcel.pk])
    is_needed = parcel.is_sent or any(piece.is_to_send for piece in pieces)
    return ParcelPage(parcel, pieces, _label(parcel) if parcel.is_open and is_needed else None)


def last_carrier(producer: Producer) -> str:
    """The code of who carried the last parcel, "" at first; one statement."""
    sent = parcels_of(producer).filter(status__in=Parcel.SENT).order_by("-shipped_at")
    return sent.values_list("carrier", flat=True).first() or ""


def pick_list(producer: Producer) -> list[Pick]:
    """What to take from the shelf for all parcels not yet packed, by product and option.

    In Thai order, so that options of one product stand together. Four statements.
    """
    parcels = list(parcels_of(producer).filter(status=Parcel.Status.PREPARING))
    found = defaultdict(list)
    for pieces in _pieces(parcels).values():
        for piece in pieces:
            if piece.is_to_send:
                found[(piece.title_th, piece.product_id)].append(piece)
    picks = [Pick(same[0], sum(one.quantity for one in same), len(same)) for same in found.values()]
    return sorted(picks, key=lambda pick: thai.sort_key(pick.piece.title_th))


def _label(parcel: Parcel) -> Label:
    address = ShippingAddress.objects.get(pk=parcel.order.shipping_address_id)
    area = f"{address.line4} {address.state} {address.postcode}"
    lines = tuple(filter(None, (address.line1, address.line2, area)))
    return Label(address.first_name, lines, parcel.order.placement.phone, address.notes)


def _pieces(parcels: Iterable[Parcel]) -> dict[int, list[Piece]]:
    """The lines of parcels, by parcel; three statements for however many."""
    ids = [parcel.pk for parcel in parcels]
    lines = Line.objects.filter(parcel_line__parcel__in=ids).select_related(
        "parcel_line", "product__provenance", "product__parent__provenance"
    )
    lines = list(lines.order_by("pk"))
    back = given_back(line.pk for line in lines)
    pictures = _pictures(lines)
    found = defaultdict(list)
    for line in lines:
        found[line.parcel_line.parcel_id].append(_piece(line, pictures, back.get(line.pk, 0)))
    return found


def _piece(line: Line, pictures: dict[int, str], back_satang: int) -> Piece:
    product = line.product
    provenance = provenance_of(product) if product else None
    own = pictures.get(line.product_id, "")
    return Piece(
        product_id=line.product_id or 0,
        title_th=line.title,
        quantity=line.quantity,
        otop_type=provenance.otop_type if provenance else "",
        picture=own or (pictures.get(product.parent_id, "") if product else ""),
        back_satang=back_satang,
        is_to_send=not 0 < amount_of(line) <= back_satang,
    )


def _pictures(lines: list[Line]) -> dict[int, str]:
    """The first picture of each product and of each parent."""
    products = {line.product for line in lines if line.product}
    ids = {one.pk for one in products} | {one.parent_id for one in products if one.parent_id}
    images = ProductImage.objects.filter(product__in=ids)
    names = images.order_by("-display_order", "-pk").values_list("product", "original")
    return dict(names)
