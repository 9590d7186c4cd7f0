"""Turn a basket into an order that waits for payment.

A basket that became an order stays submitted for ever: a payment that fails is tried again on the
same order. Nothing here talks to another machine.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from oscar.apps.basket.models import Basket
from oscar.apps.order.models import Line, Order

from marketplace.core import money, thai
from marketplace.places.models import Tambon
from shop.basket.queries import BasketSummary, lines_of, summarise
from shop.order.utils import SoldOut as NotEnough
from shop.parcels.models import Parcel
from shop.partner import services as stock
from shop.partner.strategy import VillageStrategy
from shop.placing import errors
from shop.placing.models import Placement
from shop.placing.services import writing
from shop.placing.services.listings import refresh_listings_later
from shop.placing.services.writing import Contact, DeliveryAddress, OrderPlan

LARGEST_ORDER_SATANG = 99_999_999  # what Stripe takes in one payment of baht


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
    asked to look again. `at` is when it was ordered, now unless said: the demo has a past. Called
    twice with the same form or the same basket, also at once: the first order. Raises a subclass
    of CannotPlace, UnknownMethod (`delivery` names one per producer id) or NoVillageShare;
    nothing is stored then.
    """
    at = at or timezone.now()
    earlier = _earlier(form_token, basket)
    if earlier:
        return earlier
    try:
        wanted = OrderPlan(
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


def _demand_orderly(wanted: OrderPlan, reviewed_total_satang: int | None) -> None:
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


def _placed_once(wanted: OrderPlan) -> Placed:
    """Place the order unless this basket was placed a moment ago. Inside a transaction."""
    status = (
        Basket.objects.select_for_update().values_list("status", flat=True).get(pk=wanted.basket.pk)
    )
    if status != Basket.OPEN:
        twin = _earlier(wanted.form_token, wanted.basket)
        if twin is None:  # merged into another basket, by signing in elsewhere
            raise errors.NeedsReview
        return twin
    _demand_unchanged(wanted)
    order, lines = writing.create_order(wanted)
    parcels = writing.create_parcels(order, lines, wanted.summary)
    _demand_exact(order, lines, parcels)
    writing.freeze_origins(lines, wanted)
    _refresh_sold_out(wanted.summary)
    wanted.basket.submit()
    return Placed(writing.create_placement(order, wanted), True)


def _demand_unchanged(wanted: OrderPlan) -> None:
    """The basket may have changed between reading and locking it: in another tab, say."""
    now = set(wanted.basket.lines.values_list("pk", "quantity"))
    if now != {(line.pk, line.quantity) for line in wanted.summary.lines}:
        raise errors.NeedsReview


def _demand_exact(order: Order, lines: list[Line], parcels: list[Parcel]) -> None:
    """Σ lines + Σ delivery = order, to the satang, or nothing is placed."""
    goods = sum(money.to_satang(line.line_price_incl_tax) for line in lines)
    delivery = sum(parcel.fee_satang for parcel in parcels)
    if goods + delivery != money.to_satang(order.total_incl_tax) or delivery != money.to_satang(
        order.shipping_incl_tax
    ):
        raise errors.TotalsDiffer


def _refresh_sold_out(summary: BasketSummary) -> None:
    """Let lists say "sold out" for what this order took the last piece of."""
    owners = {line.line.stockrecord_id: line.owner.pk for line in summary.lines}
    gone = stock.sold_out_among(list(owners)).values_list("pk", flat=True)
    refresh_listings_later({owners[stockrecord_id] for stockrecord_id in gone})
