"""Turn a basket into an order that waits for payment.

A basket that became an order stays submitted for ever: a payment that fails is tried again on the
same order. Nothing here talks to another machine.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from oscar.apps.basket.models import Basket
from oscar.apps.order.models import Line, Order, ShippingAddress
from oscar.core.prices import Price

from marketplace.core import money, thai
from marketplace.places.models import Tambon
from marketplace.provenance import services as provenance
from shop.basket.queries import BasketSummary, lines_of, summarise
from shop.order.utils import OrderCreator
from shop.order.utils import SoldOut as NotEnough
from shop.parcels.models import Parcel, ParcelLine
from shop.partner import services as stock
from shop.partner.strategy import VillageStrategy
from shop.placing import errors
from shop.placing.models import OrderNumber, OrderStatus, Placement
from shop.placing.services.listings import refresh_listings_later
from shop.shipping.methods import PerParcel

TOKEN_BYTES = 24
LARGEST_ORDER_SATANG = 99_999_999  # what Stripe takes in one payment of baht


@dataclass(frozen=True)
class Contact:
    """Whom to write to; `phone` as `thai.normalise_phone` writes it: 0812345678."""

    email: str
    name: str
    phone: str


@dataclass(frozen=True)
class DeliveryAddress:
    """Where parcels go; `line` is house number, moo, road; the rest follows from the tambon."""

    line: str
    tambon_code: str
    postcode: str
    note: str = ""


class Placed(NamedTuple):
    """What `place_order` gives back; `created` is False when the order was there already."""

    placement: Placement
    created: bool

    @property
    def order(self) -> Order:
        return self.placement.order

    @property
    def token(self) -> str:
        return self.placement.token


@dataclass(frozen=True)
class _Request:
    """What the shopper asked for, checked, before anything is stored."""

    basket: Basket
    summary: BasketSummary
    contact: Contact
    address: DeliveryAddress | None
    tambon: Tambon | None
    language: str
    form_token: str
    user: object | None
    at: datetime


def place_order(
    *,
    basket: Basket,
    contact: Contact,
    address: DeliveryAddress | None,
    delivery: Mapping[int, str],
    language: str,
    form_token: str,
    user=None,
    reviewed_total_satang: int | None = None,
    at: datetime | None = None,
) -> Placed:
    """Turn a basket into an order that waits for payment, holding its stock: all or nothing.

    Prices are those of this moment; where they differ from `reviewed_total_satang` the shopper is
    asked to look again. `at` is when it was ordered, now unless said (orders of the past come from
    the demo). Called twice with the same form or the same basket, also at once: the
    first order. Raises a subclass of CannotPlace, UnknownMethod (`delivery` names one per
    producer id) or NoVillageShare; nothing is stored then.
    """
    at = at or timezone.now()
    earlier = _earlier(form_token, basket)
    if earlier:
        return earlier
    try:
        wanted = _Request(
            basket=basket,
            summary=_priced(basket, delivery, at),
            contact=contact,
            address=address,
            tambon=_tambon_of(address),
            language=language,
            form_token=form_token,
            user=user if user and user.is_authenticated else None,
            at=at,
        )
        _demand_orderly(wanted, reviewed_total_satang)
        with transaction.atomic():
            return _placed_once(wanted)
    except (errors.CannotPlace, NotEnough) as refusal:
        # The same form may have been sent twice, and its twin have taken the last piece.
        twin = _earlier(form_token, basket)
        if twin:
            return twin
        if isinstance(refusal, NotEnough):
            raise errors.SoldOut(refusal.product.pk, refusal.product.get_title()) from refusal
        raise


def _earlier(form_token: str, basket: Basket) -> Placed | None:
    """Return what this form, or this basket, became before."""
    same = Q(form_token=form_token)
    if basket.pk:
        same |= Q(order__basket=basket.pk)
    placement = Placement.objects.filter(same).select_related("order").first()
    return Placed(placement, False) if placement else None


def _priced(basket: Basket, delivery: Mapping[int, str], at: datetime) -> BasketSummary:
    """Read the basket anew at today's prices; on SQLite this takes no write lock."""
    basket.strategy = VillageStrategy()
    basket._lines = lines_of(basket) if basket.pk else None
    return summarise(basket, delivery, day=thai.bangkok_day(at))


def _tambon_of(address: DeliveryAddress | None) -> Tambon | None:
    if address is None:
        return None
    tambons = Tambon.objects.in_force().select_related("amphoe__province")
    return tambons.filter(pk=address.tambon_code).first()


def _demand_orderly(wanted: _Request, reviewed_total_satang: int | None) -> None:
    """Refuse what can be refused before a lock is taken."""
    summary = wanted.summary
    if not summary.lines:
        raise errors.BasketEmpty
    for line in summary.problems:
        raise errors.NotAvailable(line.product.pk, line.title, line.problem)
    if summary.parcels and (wanted.tambon is None or not wanted.address.line.strip()):
        raise errors.AddressMissing
    if reviewed_total_satang not in (None, summary.total_satang):
        raise errors.NeedsReview
    if 0 < summary.total_satang < settings.STRIPE_MIN_AMOUNT_SATANG:
        raise errors.TooSmall(money.format_baht(settings.STRIPE_MIN_AMOUNT_SATANG))
    if summary.total_satang > LARGEST_ORDER_SATANG:
        raise errors.TooLarge


def _placed_once(wanted: _Request) -> Placed:
    """Place the order unless this basket was placed a moment ago. Inside a transaction."""
    status = (
        Basket.objects.select_for_update().values_list("status", flat=True).get(pk=wanted.basket.pk)
    )
    if status != Basket.OPEN:
        return Placed(Placement.objects.get(order__basket=wanted.basket.pk), False)
    _demand_unchanged(wanted)
    order = _create_order(wanted)
    lines = list(order.lines.all())
    parcels = _create_parcels(order, lines, wanted.summary)
    _demand_exact(order, lines, parcels)
    _freeze_origins(lines, thai.bangkok_day(wanted.at))
    _refresh_sold_out(wanted.summary)
    wanted.basket.submit()
    return Placed(_create_placement(order, wanted), True)


def _demand_unchanged(wanted: _Request) -> None:
    """The basket may have changed between reading and locking it: in another tab, say."""
    now = set(wanted.basket.lines.values_list("pk", "quantity"))
    if now != {(line.pk, line.quantity) for line in wanted.summary.lines}:
        raise errors.NeedsReview


def _create_order(wanted: _Request) -> Order:
    summary, delivery = wanted.summary, PerParcel(wanted.summary.parcels)
    charge = delivery.calculate(wanted.basket)
    total = Price(
        currency=settings.OSCAR_DEFAULT_CURRENCY,
        excl_tax=wanted.basket.total_excl_tax + charge.excl_tax,
        incl_tax=money.to_baht(summary.total_satang),
    )
    return OrderCreator().place_order(
        wanted.basket,
        total,
        delivery,
        charge,
        user=wanted.user,
        shipping_address=_create_address(wanted) if summary.parcels else None,
        order_number=str(OrderNumber.objects.create().pk),
        status=OrderStatus.PENDING_PAYMENT.value,
        guest_email="" if wanted.user else wanted.contact.email,
        date_placed=wanted.at,
    )


def _create_address(wanted: _Request) -> ShippingAddress:
    """Write the label of the parcels, in Thai: it is for the post."""
    tambon = wanted.tambon
    return ShippingAddress.objects.create(
        first_name=wanted.contact.name,
        line1=wanted.address.line,
        line2=f"ตำบล/แขวง {tambon.name_th}",
        line4=f"อำเภอ/เขต {tambon.amphoe.name_th}",
        state=tambon.amphoe.province.name_th,
        postcode=wanted.address.postcode,
        country_id="TH",
        phone_number=f"+66{wanted.contact.phone.removeprefix('0')}",
        notes=wanted.address.note,
    )


def _create_parcels(order: Order, lines: list[Line], summary: BasketSummary) -> list[Parcel]:
    order_lines = {line.stockrecord_id: line for line in lines}
    parcels = [
        Parcel.objects.create(
            order=order,
            producer=plan.producer,
            method_code=plan.method.code,
            fee_satang=plan.fee_satang,
            weight_grams=plan.weight_grams,
            earliest_on=plan.earliest_on,
            latest_on=plan.latest_on,
        )
        for plan in summary.parcels
    ]
    ParcelLine.objects.bulk_create(
        ParcelLine(parcel=parcel, line=order_lines[line.line.stockrecord_id])
        for parcel, plan in zip(parcels, summary.parcels, strict=True)
        for line in plan.lines
    )
    return parcels


def _demand_exact(order: Order, lines: list[Line], parcels: list[Parcel]) -> None:
    """Σ lines + Σ delivery = order, to the satang, or nothing is placed."""
    goods = sum(money.to_satang(line.line_price_incl_tax) for line in lines)
    delivery = sum(parcel.fee_satang for parcel in parcels)
    if goods + delivery != money.to_satang(order.total_incl_tax) or delivery != money.to_satang(
        order.shipping_incl_tax
    ):
        raise errors.TotalsDiffer


def _freeze_origins(lines: list[Line], day: date) -> None:
    facts = [
        provenance.LineFacts(
            line_id=line.pk,
            product_id=line.product_id,
            quantity=line.quantity,
            amount_satang=money.to_satang(line.line_price_incl_tax),
        )
        for line in lines
    ]
    provenance.freeze_origins(lines=facts, day=day)


def _create_placement(order: Order, wanted: _Request) -> Placement:
    return Placement.objects.create(
        order=order,
        token=secrets.token_urlsafe(TOKEN_BYTES),
        form_token=wanted.form_token,
        language=wanted.language,
        email=wanted.contact.email,
        name=wanted.contact.name,
        phone=wanted.contact.phone,
        tambon_code=wanted.tambon.pk if wanted.tambon and wanted.summary.parcels else "",
        placed_at=wanted.at,
        expires_at=wanted.at + timedelta(minutes=settings.UNPAID_ORDER_MINUTES),
    )


def _refresh_sold_out(summary: BasketSummary) -> None:
    """Let lists say "sold out" for what this order took the last piece of."""
    owners = {line.line.stockrecord_id: line.owner.pk for line in summary.lines}
    gone = stock.sold_out_among(list(owners)).values_list("pk", flat=True)
    refresh_listings_later({owners[stockrecord_id] for stockrecord_id in gone})
