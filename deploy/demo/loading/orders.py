"""Fourteen months of paid, partly refunded orders, placed and settled by the shop's own services.

Only Stripe is left out: what it would say of each payment is made up here. Everything is drawn
with a fixed seed, so that two demos of one day have the same figures.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from oscar.apps.basket.models import Basket
from oscar.apps.catalogue.models import Product

from deploy.demo.builders import give_back, pay
from deploy.demo.vocabulary.people import SHOPPERS
from deploy.demo.vocabulary.products import DEFAULT_SEED
from deploy.demo.vocabulary.shapes import ShopperPlan
from marketplace.core import thai
from marketplace.producers.models import Producer
from marketplace.provenance.models import Provenance, StockKind
from shop.basket.queries import products_to_buy
from shop.basket.services import NotForSale, add_product
from shop.partner.strategy import VillageStrategy
from shop.payments import services as payments
from shop.placing.errors import CannotPlace
from shop.placing.models import Placement
from shop.placing.services import Contact, DeliveryAddress, place_order
from shop.workbench.services.parcels import pack, send

ORDERS = 400
CLOSURES = ("provenance__producer__closures", "parent__provenance__producer__closures")
REFUND_EVERY = 14
PUBLISHED_BEFORE = 0.6  # of the products, when sales begin
MOST_LINES = 4
SENT_AFTER = timedelta(days=3)
LEFT_TO_PACK = timedelta(days=10)  # what is younger waits for whoever tries the workbench
# New year, Songkran and the end of the rains are when presents are bought.
WEIGHT_OF_MONTH = {1: 1.2, 4: 1.5, 7: 0.8, 8: 0.8, 9: 0.7, 11: 1.3, 12: 1.8}


@dataclass(frozen=True)
class Sellable:
    """Something that can be ordered without emptying a shelf, and since when."""

    product: Product
    since: date


def first_day(today: date, months: int) -> date:
    """Return the first day of the month so many months ago."""
    month = today.year * 12 + today.month - 1 - months
    return date(month // 12, month % 12 + 1, 1)


def spread_days(first: date) -> Iterator[date]:
    """Yield days on which products were published: most before the first sale, some ever since."""
    chance = random.Random(DEFAULT_SEED)
    last = (thai.today() - first).days - 2
    while True:
        is_early = chance.random() < PUBLISHED_BEFORE
        yield first + timedelta(
            days=chance.randint(-200, -1) if is_early else chance.randint(0, last)
        )


def load_orders(products: Sequence[Provenance], first: date) -> tuple[int, int]:
    """Place and pay about 400 orders, refund one in fourteen; return how many of each."""
    chance = random.Random(DEFAULT_SEED)
    sellable = list(_sellable(products))
    paid = refunded = 0
    for at in _instants(chance, first):
        placement = _order(chance, sellable, chance.choice(SHOPPERS), at)
        if placement is None:
            continue
        paid += 1
        if paid % REFUND_EVERY == 0:
            _refund_a_line(placement, at + timedelta(days=5))
            refunded += 1
    return paid, refunded


def load_orders_to_pack(producer: Producer, hours_ago: Sequence[int]) -> int:
    """Place and pay orders of one producer's things that nobody sent yet, the last one packed."""
    chance = random.Random(DEFAULT_SEED)
    made = Provenance.objects.filter(producer=producer, status=Provenance.Status.PUBLIC)
    sellable = list(_sellable(list(made)))
    now = datetime.now(tz=thai.BANGKOK) - timedelta(minutes=5)
    placed = [
        _order(chance, sellable, chance.choice(SHOPPERS), now - timedelta(hours=hours))
        for hours in sorted(hours_ago, reverse=True)
    ]
    placed = [placement for placement in placed if placement]
    for placement in placed[:1]:
        pack(parcel=placement.order.parcels.get(), by=None, at=now)
    return len(placed)


def _sellable(products: Sequence[Provenance]) -> Iterator[Sellable]:
    kinds = (StockKind.IN_STOCK, StockKind.MADE_TO_ORDER)
    owners = {p.product_id: p for p in products if p.stock_kind in kinds}
    # With all that the strategy asks, which would else ask it of the database for every line.
    rows = products_to_buy().filter(stockrecords__price__isnull=False)
    for product in rows.prefetch_related("stockrecords", *CLOSURES):
        owner = owners.get(product.parent_id or product.pk)
        availability = VillageStrategy().fetch_for_product(product).availability
        if owner and availability.is_purchase_permitted(MOST_LINES)[0]:
            yield Sellable(product, thai.bangkok_day(owner.published_at))


def _instants(chance: random.Random, first: date) -> list[datetime]:
    """Return when orders were placed: more in the months of presents, and more as time goes on."""
    days = [first + timedelta(days=n) for n in range((thai.today() - first).days)]
    weights = [
        WEIGHT_OF_MONTH.get(day.month, 1.0) * (1 + n / len(days)) for n, day in enumerate(days)
    ]
    chosen = sorted(chance.choices(days, weights, k=ORDERS))
    return [
        datetime.combine(
            day, time(chance.randint(7, 22), chance.randint(0, 59)), tzinfo=thai.BANGKOK
        )
        for day in chosen
    ]


def _order(
    chance: random.Random, sellable: list[Sellable], shopper: ShopperPlan, at: datetime
) -> Placement | None:
    """Place and pay one order; None where what was chosen sold out meanwhile."""
    known = [thing.product for thing in sellable if thing.since < at.date()]
    basket = Basket(strategy=VillageStrategy())
    try:
        lines = min(chance.choice((1, 1, 2, 2, 3, MOST_LINES)), len(known))
        for product in chance.sample(known, lines):
            add_product(basket=basket, product=product, quantity=chance.choice((1, 1, 1, 2)))
        placement = _place(chance, basket, shopper, at)
    except (NotForSale, CannotPlace):
        return None
    pay(placement, at=at + timedelta(minutes=2))
    _send(placement, at)
    return placement


def _send(placement: Placement, at: datetime) -> None:
    """Send what was ordered some time ago, as its makers did."""
    if datetime.now(tz=thai.BANGKOK) - at < LEFT_TO_PACK:
        return
    for parcel in placement.order.parcels.all():
        number = f"ED{parcel.pk:09}TH"
        sent = {"carrier": "thailand-post", "tracking_number": number, "at": at + SENT_AFTER}
        send(parcel=parcel, by=None, with_mail=False, **sent)


def _place(chance: random.Random, basket: Basket, shopper: ShopperPlan, at: datetime) -> Placement:
    address = shopper.address
    return place_order(
        basket=basket,
        contact=Contact(shopper.email, shopper.name_th, shopper.phone.replace("-", "")),
        address=DeliveryAddress(address.line, address.tambon_code, address.postcode),
        delivery={},
        language=chance.choice(("th", "th", "th", "en")),
        form_token=f"demo-{basket.pk}",
        at=at,
    ).placement


def _refund_a_line(placement: Placement, at: datetime) -> None:
    """Give back the whole first line of an order, as the shop does for a damaged thing."""
    line_id, amount_satang = next(iter(payments.refundable(placement.order).lines.items()))
    at = min(at, datetime.now(tz=thai.BANGKOK))
    give_back(placement, lines={line_id: amount_satang}, at=at, reason="ชำรุดระหว่างส่ง")
