"""What is in a basket, grouped by producer, with what it costs to send each producer's part."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.core.signing import BadSignature, Signer
from django.db.models import OuterRef, QuerySet, Subquery, Sum, prefetch_related_objects
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from oscar.apps.basket.models import Basket, Line
from oscar.apps.catalogue.models import Product, ProductImage

from marketplace.core import bilingual, money, thai
from marketplace.core.prepared import Prepared
from marketplace.producers.models import Producer
from marketplace.provenance.models import Listing, Provenance
from marketplace.villages.models import Village
from shop.basket.forms import LARGEST_ID
from shop.partner.strategy import provenance_of
from shop.shipping.methods import STANDARD, ParcelPlan, plan_parcel


def lines_of(basket: Basket) -> QuerySet[Line]:
    """Lines in the order they were chosen, with all that price and availability ask for.

    `own_picture` is the first of the thing itself: of the single piece, say, that was chosen.
    Read when they are looked at, in one statement; as `basket.lines` once a filter is added.
    """
    return SimpleLazyObject(lambda: _read_lines(basket))


def _read_lines(basket: Basket) -> QuerySet[Line]:
    rows = basket.lines.all()
    rows._result_cache = _lines(basket_id=basket.pk)
    for line in rows:
        line.basket = basket  # whose strategy says its price
    return rows


def _lines_in(basket_id) -> QuerySet[Line]:
    pictures = ProductImage.objects.filter(product=OuterRef("product_id")).order_by("display_order")
    own_picture = Subquery(pictures.values("original")[:1])
    return (
        Line.objects.filter(basket=basket_id)
        .annotate(own_picture=own_picture)
        .select_related(
            "stockrecord__partner",
            "product__product_class",
            "product__provenance",
            "product__option",
            "product__listing",
            "product__parent__product_class",
            "product__parent__provenance",
            "product__parent__listing",
        )
        .order_by("pk")
    )


_lines = Prepared(_lines_in)


def products_to_buy() -> QuerySet[Product]:
    """Products with what the strategy asks of them; parents of options too."""
    return Product.objects.select_related(
        "product_class",
        "provenance__producer",
        "option",
        "parent__product_class",
        "parent__provenance__producer",
    )


_products = Prepared(lambda product_id: products_to_buy().filter(pk=product_id))


def find_product_to_buy(product_id: int) -> Product | None:
    """A product with what the strategy asks of it; one statement."""
    found = _products(product_id=product_id) if product_id <= LARGEST_ID else []
    return next(iter(found), None)


def title_of(product: Product) -> str:
    """Return the title in the language of the page, with that of the option."""
    owner, provenance = product.parent or product, provenance_of(product)
    title = bilingual.pick(owner.title, provenance.title_en if provenance else "")
    return f"{title} – {option_title_of(product)}" if product.is_child else title


def option_title_of(product: Product) -> str:
    """Return the name of an option in the language of the page; "" for what has none."""
    if not product.is_child:
        return ""
    option = getattr(product, "option", None)  # a child made by hand in the dashboard has none
    return bilingual.pick(product.title, option.title_en if option else "")


def is_anything_sent(basket: Basket) -> bool:
    """Whether something in the basket goes by post; one statement."""
    lines = basket.all_lines() if basket.pk else ()
    return any(line.product.get_product_class().requires_shipping for line in lines)


@dataclass(frozen=True)
class BasketLine:
    """One line with its price of today. `problem` says why it cannot be bought, in words."""

    line: Line
    provenance: Provenance | None
    listing: Listing | None
    unit_satang: int
    most: int
    problem: str

    @property
    def pk(self) -> int:
        return self.line.pk

    @property
    def product(self):
        return self.line.product

    @property
    def quantity(self) -> int:
        return self.line.quantity

    @property
    def amount_satang(self) -> int:
        return self.unit_satang * self.quantity

    @property
    def weight_grams(self) -> int:
        return self.provenance.weight_grams

    @property
    def lead_days(self) -> int:
        return self.provenance.lead_days

    @property
    def is_sent(self) -> bool:
        return self.product.get_product_class().requires_shipping

    @property
    def owner(self):
        """The product whose page shows it: itself, or the parent of an option."""
        return self.product.parent if self.product.is_child else self.product

    @property
    def title(self) -> str:
        return bilingual.pick(self.owner.title, self.provenance.title_en if self.provenance else "")

    @property
    def option_title(self) -> str:
        return option_title_of(self.product)

    @property
    def picture(self) -> str:
        """Name of the picture of what was chosen, else of its page's; "" where there is none."""
        return self.line.own_picture or (self.listing.picture if self.listing else "")

    @property
    def old_unit_satang(self) -> int | None:
        """What a piece cost when it was put into the basket, if that was another price."""
        stored = self.line.price_incl_tax
        was = None if stored is None else money.to_satang(stored)
        return None if was == self.unit_satang else was


class HeadedByVillage:
    """A group of lines of one `producer`, headed by the badge of its home village."""

    producer: Producer

    @property
    def village(self) -> Village:
        return self.producer.home_village


@dataclass(frozen=True)
class BasketGroup(HeadedByVillage):
    """What one producer makes of the basket; `parcel` is None where nothing is sent."""

    producer: Producer
    lines: tuple[BasketLine, ...]
    parcel: ParcelPlan | None

    @property
    def goods_satang(self) -> int:
        return sum(line.amount_satang for line in self.lines if not line.problem)

    @property
    def delivery_satang(self) -> int:
        return self.parcel.fee_satang if self.parcel else 0

    @property
    def total_satang(self) -> int:
        return self.goods_satang + self.delivery_satang


@dataclass(frozen=True)
class BasketSummary:
    """A whole basket at today's prices. Lines with a problem are shown but never counted."""

    groups: tuple[BasketGroup, ...] = field(default=())

    @cached_property
    def lines(self) -> list[BasketLine]:
        return [line for group in self.groups for line in group.lines]

    @property
    def parcels(self) -> list[ParcelPlan]:
        return [group.parcel for group in self.groups if group.parcel]

    @property
    def item_count(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def goods_satang(self) -> int:
        return sum(group.goods_satang for group in self.groups)

    @property
    def delivery_satang(self) -> int:
        return sum(group.delivery_satang for group in self.groups)

    @property
    def total_satang(self) -> int:
        return self.goods_satang + self.delivery_satang

    @property
    def problems(self) -> list[BasketLine]:
        return [line for line in self.lines if line.problem]

    @property
    def is_ready(self) -> bool:
        """Whether an order can be placed of it as it is."""
        return bool(self.lines) and not self.problems


def summarise(
    basket: Basket, delivery: Mapping[int, str] | None = None, day: date | None = None
) -> BasketSummary:
    """Group a basket by producer and price it; four statements, whatever is in it.

    `delivery` chooses a method per producer id, the standard one where it says nothing; parcels
    set out from `day`, today unless said. Raises UnknownMethod. Reads only.
    """
    lines = list(basket.all_lines()) if basket.pk else []
    if not lines:
        return BasketSummary()
    producers = _producers_of(lines)
    groups: dict[int, list[BasketLine]] = {}
    for line in lines:
        facts = _line_facts(line, producers)
        groups.setdefault(facts.line.stockrecord.partner_id, []).append(facts)
    return BasketSummary(
        tuple(
            _group(producers[partner_id], tuple(group), delivery or {}, day or thai.today())
            for partner_id, group in groups.items()
        )
    )


def _producers_of(lines: list[Line]) -> dict[int, Producer]:
    """Producers by partner id, with village, closures and delivery steps."""
    partner_ids = {line.stockrecord.partner_id for line in lines}
    producers = _producers(partner_ids=list(partner_ids))
    prefetch_related_objects(producers, "closures", "delivery_rates")
    return {producer.partner_id: producer for producer in producers}


_producers = Prepared(
    lambda partner_ids: Producer.objects.filter(partner__in=partner_ids).select_related(
        "home_village__tambon__amphoe__province"
    )
)


def _line_facts(line: Line, producers: Mapping) -> BasketLine:
    provenance = provenance_of(line.product)
    producer = producers[line.stockrecord.partner_id]
    if provenance and provenance.producer_id == producer.pk:
        provenance.producer = producer  # spares the strategy a statement per line
    price, availability, _ = line.purchase_info
    is_permitted, reason = availability.is_purchase_permitted(line.quantity)
    return BasketLine(
        line=line,
        provenance=provenance,
        listing=getattr(line.product.parent or line.product, "listing", None),
        unit_satang=money.to_satang(price.incl_tax) if price.exists else 0,
        most=getattr(availability, "num_available", 0),
        problem="" if is_permitted else reason,
    )


def _group(
    producer: Producer, lines: tuple[BasketLine, ...], delivery: Mapping, day: date
) -> BasketGroup:
    sent = [line for line in lines if line.is_sent and not line.problem]
    method_code = delivery.get(producer.pk, STANDARD.code)
    parcel = plan_parcel(producer, sent, method_code, day) if sent else None
    return BasketGroup(producer=producer, lines=lines, parcel=parcel)


def count_items(request: HttpRequest, cookie_key: str) -> int:
    """Pieces in the basket of a request: no statement without a cookie of basket or session."""
    basket_id = _signed_id(request.COOKIES.get(cookie_key, ""))
    lines = Line.objects.filter(basket__status=Basket.OPEN)
    if request.user.is_authenticated:
        lines = lines.filter(basket__owner=request.user)
    elif basket_id:
        lines = lines.filter(basket=basket_id, basket__owner=None)
    else:
        return 0
    return lines.aggregate(pieces=Sum("quantity"))["pieces"] or 0


def _signed_id(cookie: str) -> str:
    try:
        return Signer().unsign(cookie)
    except BadSignature:
        return ""
