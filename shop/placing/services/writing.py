"""The rows of one order: Oscar's, its parcels, its origins, its placement.

Called inside the transaction of `placing.place_order` and from nowhere else.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from oscar.apps.address.models import Country
from oscar.apps.basket.models import Basket
from oscar.apps.order.models import Line, Order, ShippingAddress
from oscar.core.prices import Price

from marketplace.core import money, thai
from marketplace.places.models import Tambon
from marketplace.places.queries import BANGKOK
from marketplace.provenance import services as provenance
from shop.basket.queries import BasketSummary
from shop.fees.queries import fees_for
from shop.order.utils import OrderCreator
from shop.parcels.models import Parcel, ParcelLine
from shop.placing.models import OrderNumber, OrderStatus, Placement
from shop.placing.roles import THAILAND
from shop.shipping.methods import PerParcel

TOKEN_BYTES = 24


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


@dataclass(frozen=True)
class OrderPlan:
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


def create_order(wanted: OrderPlan) -> tuple[Order, list[Line]]:
    """Write the order and its lines, and hold their stock. Raises SoldOut of shop.order.utils."""
    summary, delivery = wanted.summary, PerParcel(wanted.summary.parcels)
    charge = delivery.calculate(wanted.basket)
    total = Price(
        currency=settings.OSCAR_DEFAULT_CURRENCY,
        excl_tax=wanted.basket.total_excl_tax + charge.excl_tax,
        incl_tax=money.to_baht(summary.total_satang),
    )
    facts = {
        "user": wanted.user,
        "shipping_address": _create_address(wanted) if summary.parcels else None,
        "shipping_method": delivery,
        "shipping_charge": charge,
        "billing_address": None,
        "total": total,
        "order_number": str(OrderNumber.objects.create().pk),
        "status": OrderStatus.PENDING_PAYMENT.value,
        "guest_email": "" if wanted.user else wanted.contact.email,
        "date_placed": wanted.at,
    }
    return OrderCreator().write(wanted.basket, facts)


def _create_address(wanted: OrderPlan) -> ShippingAddress:
    """Write the label of the parcels, in Thai: it is for the post."""
    tambon = wanted.tambon
    khwaeng, khet = ("แขวง", "เขต") if tambon.code.startswith(BANGKOK) else ("ตำบล", "อำเภอ")
    return ShippingAddress.objects.create(
        first_name=wanted.contact.name,
        line1=wanted.address.line,
        line2=f"{khwaeng}{tambon.name_th}",
        line4=f"{khet}{tambon.amphoe.name_th.removeprefix(khet)}",
        state=tambon.amphoe.province.name_th,
        postcode=wanted.address.postcode,
        country=Country(**THAILAND),
        phone_number=f"+66{wanted.contact.phone.removeprefix('0')}",
        notes=wanted.address.note,
    )


def create_parcels(order: Order, lines: list[Line], summary: BasketSummary) -> list[Parcel]:
    order_lines = {line.stockrecord_id: line for line in lines}
    parcels = [
        Parcel.objects.create(
            order=order,
            producer=plan.producer,
            village_code=plan.producer.home_village_id,
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


def freeze_origins(lines: list[Line], wanted: OrderPlan) -> None:
    is_sent = wanted.tambon and wanted.summary.parcels
    facts = [
        provenance.LineFacts(
            line_id=line.pk,
            product_id=line.product_id,
            quantity=line.quantity,
            amount_satang=money.to_satang(line.line_price_incl_tax),
            producer_discount_satang=_discount_satang(line),
            buyer_province_code=wanted.tambon.pk[:2] if is_sent else "",
        )
        for line in lines
    ]
    provenance.freeze_origins(lines=facts, day=thai.bangkok_day(wanted.at), terms_of=fees_for)


def _discount_satang(line: Line) -> int:
    """Whatever is taken off a price is taken off by the makers; there is nothing yet that does."""
    before = money.to_satang(line.line_price_before_discounts_incl_tax)
    return before - money.to_satang(line.line_price_incl_tax)


def create_placement(order: Order, wanted: OrderPlan) -> Placement:
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
