"""An order as its buyer reads it."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from oscar.apps.order.models import Line, Order

from marketplace.core import bilingual, money, thai
from marketplace.core.prepared import Prepared
from marketplace.ledger.sealing import has_proof
from marketplace.places.queries import TambonAddress, address_on
from marketplace.producers.models import Producer
from shop.basket.queries import HeadedByVillage, option_title_of
from shop.parcels.models import Parcel
from shop.partner.strategy import provenance_of
from shop.placing.models import OrderStatus, Placement
from shop.placing.money import MoneySplit, split_of

TOKEN_MAX_LENGTH = 64


@dataclass(frozen=True)
class OrderLine:
    pk: int
    title: str
    option_title: str
    quantity: int
    amount_satang: int


@dataclass(frozen=True)
class OrderGroup(HeadedByVillage):
    """What one producer makes of the order; `parcel` is None where nothing is sent."""

    producer: Producer
    parcel: Parcel | None
    lines: tuple[OrderLine, ...]

    @property
    def is_paid_back(self) -> bool:
        """Whether its parcel was given up because all of it was paid back."""
        if self.parcel is None or self.parcel.status != Parcel.Status.CANCELLED:
            return False
        return self.parcel.order.status != OrderStatus.CANCELLED_UNPAID


@dataclass(frozen=True)
class OrderSummary:
    """What was ordered, and what it costs; figures are those frozen when it was placed."""

    placement: Placement
    groups: tuple[OrderGroup, ...]

    @property
    def order(self):
        return self.placement.order

    @property
    def address(self):
        return self.order.shipping_address

    @property
    def status(self) -> OrderStatus:
        return OrderStatus(self.order.status)

    @property
    def is_waiting(self) -> bool:
        return self.status == OrderStatus.PENDING_PAYMENT

    @property
    def is_cancelled(self) -> bool:
        return self.status == OrderStatus.CANCELLED_UNPAID

    @property
    def goods_satang(self) -> int:
        return sum(line.amount_satang for group in self.groups for line in group.lines)

    @property
    def delivery_satang(self) -> int:
        return sum(group.parcel.fee_satang for group in self.groups if group.parcel)

    @property
    def total_satang(self) -> int:
        return money.to_satang(self.order.total_incl_tax)


@dataclass(frozen=True)
class OrderPage(OrderSummary):
    """Everything the order page shows."""

    money: MoneySplit
    area: TambonAddress | None  # None where nothing is sent
    has_proof: bool  # whether anyone can be shown that it is in the sealed ledger

    @property
    def is_disputed(self) -> bool:
        """Whether the shopper's bank has taken the payment back and has not decided yet."""
        return self.placement.is_disputed


def summarise_order(placement: Placement) -> OrderSummary:
    """Return what the pay page shows; two statements, besides what `placement` brings along."""
    return OrderSummary(placement, _groups(placement.order))


def _placement_of(token) -> QuerySet[Placement]:
    """With whether it is disputed: by name, since the payments that know so know of placements."""
    disputed = Order.objects.filter(pk=OuterRef("order"), disputes__state__in=["open", "review"])
    placements = Placement.objects.select_related("order__shipping_address")
    return placements.filter(token=token).annotate(is_disputed=Exists(disputed.order_by()))


_placements = Prepared(_placement_of)


def placement_of(token: str) -> Placement | None:
    """The placement of that token, with its order and address; one statement."""
    if len(token) > TOKEN_MAX_LENGTH or "\x00" in token:
        return None
    return _placements.first(token=token)


def read_order(token: str) -> OrderPage | None:
    """Return the order of that token, or None; nine statements at most."""
    placement = placement_of(token)
    if placement is None:
        return None
    groups = _groups(placement.order)
    parcels = [group.parcel for group in groups if group.parcel]
    return OrderPage(
        placement=placement,
        groups=groups,
        money=split_of(placement.order, parcels),
        area=_area(placement),
        has_proof=has_proof(placement.order.number),
    )


def _area(placement: Placement) -> TambonAddress | None:
    """The tambon under its names of the day of the order, in both languages.

    The stored address is the label of the parcels and in Thai only.
    """
    if not placement.tambon_code:
        return None
    return address_on(placement.tambon_code, thai.bangkok_day(placement.placed_at))


_lines = Prepared(
    lambda order_id: (
        Line.objects.filter(order=order_id)
        .select_related(
            "partner__producer__home_village__tambon__amphoe__province",
            "product__provenance",
            "product__option",
            "product__parent__provenance",
        )
        .order_by("pk")
    )
)


def _groups(order) -> tuple[OrderGroup, ...]:
    parcels = {parcel.producer_id: parcel for parcel in order.parcels.all()}
    by_producer = defaultdict(list)
    for line in _lines(order_id=order.pk):
        by_producer[line.partner.producer].append(_line(line))
    return tuple(
        OrderGroup(producer, parcels.get(producer.pk), tuple(group))
        for producer, group in by_producer.items()
    )


def _line(line) -> OrderLine:
    """Titles as they were in Thai; the English one is today's, and goes with the product."""
    product = line.product
    provenance = provenance_of(product) if product else None
    title_en, option_en = "", ""
    if provenance and provenance.title_en:
        title_en, option_en = provenance.title_en, option_title_of(product)
    return OrderLine(
        pk=line.pk,
        title=bilingual.pick(line.title, title_en),
        option_title=bilingual.pick("", option_en),
        quantity=line.quantity,
        amount_satang=money.to_satang(line.line_price_incl_tax),
    )
