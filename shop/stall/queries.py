"""What a producer can sell at a stall, and what it has declared."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from oscar.apps.catalogue.models import Product, ProductImage
from oscar.apps.partner.models import StockRecord

from marketplace.core import bilingual, thai
from marketplace.core.money import to_satang
from marketplace.ledger.models import Event, MonthClose
from marketplace.producers.models import Producer
from marketplace.provenance.models import Provenance
from shop.stall.models import DeclaredSale

PER_PAGE = 24
SALES_PER_PAGE = 50
# What waits for review may be sold by hand as well: its makers know what it is.
ON_OFFER = (Provenance.Status.PUBLIC, Provenance.Status.IN_REVIEW)


@dataclass(frozen=True)
class StallOption(bilingual.Titled):
    """Something that is handed over: the product itself, or one of its options."""

    product_id: int
    title_th: str
    title_en: str
    price_satang: int
    left: int | None  # None where nothing is counted

    @property
    def is_left(self) -> bool:
        return self.left is None or self.left > 0


@dataclass(frozen=True)
class StallProduct(bilingual.Titled):
    """A product as the stall shows it."""

    pk: int
    title_th: str
    title_en: str
    otop_type: str
    picture: str  # storage name, "" without one
    options: tuple[StallOption, ...]
    has_options: bool

    @property
    def available(self) -> list[StallOption]:
        return [option for option in self.options if option.is_left]

    @property
    def lowest_satang(self) -> int:
        return min(option.price_satang for option in self.options)

    @property
    def highest_satang(self) -> int:
        return max(option.price_satang for option in self.options)

    @property
    def left(self) -> int | None:
        """How many of all options are free, or None where nothing is counted."""
        counts = [option.left for option in self.options]
        return None if None in counts else sum(counts)


@dataclass(frozen=True)
class StallPage:
    """One page of a producer's products. Templates call it `listing`."""

    rows: tuple[StallProduct, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class SalesPage:
    """One page of declared sales, the newest first. Templates call it `listing`."""

    rows: tuple[DeclaredSale, ...]
    total: int
    page: int
    pages: int


def sellable_records(producer: Producer) -> QuerySet[StockRecord]:
    """Stock records of what a producer may sell at its stall: its own, on offer, with a price.

    Neither the season nor days closed matter there: they are about orders of this site.
    """
    mine = {"producer": producer, "status__in": ON_OFFER}
    own = Q(**{f"product__provenance__{name}": value for name, value in mine.items()})
    option = Q(**{f"product__parent__provenance__{name}": value for name, value in mine.items()})
    return StockRecord.objects.filter(
        own | option, partner=producer.partner_id, price__isnull=False
    )


def stall_products(producer: Producer, words: str = "", page: int = 1) -> StallPage:
    """A page of what can be sold at the stall, the newest product first; four statements."""
    mine = _on_offer(producer)
    if words:
        mine = mine.filter(Q(product__title__icontains=words) | Q(title_en__icontains=words))
    total = mine.count()
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(page, 1), pages)
    found = mine.select_related("product").order_by("-product_id")
    rows = _stall_products(producer, found[(page - 1) * PER_PAGE : page * PER_PAGE])
    return StallPage(tuple(rows), total, page, pages)


def stall_product(producer: Producer, product_id: int) -> StallProduct | None:
    """One of a producer's products on offer, or None; three statements."""
    found = _on_offer(producer).filter(product=product_id).select_related("product")
    return next(iter(_stall_products(producer, found)), None)


def own_product(producer: Producer, product_id: int) -> Product | None:
    """A product or option of this producer, on offer or not; None for another's."""
    mine = Q(provenance__producer=producer) | Q(parent__provenance__producer=producer)
    return Product.objects.filter(mine, pk=product_id).select_related("parent").first()


def first_day_to_tell(today: date) -> date:
    """The first day of which a sale can still be told: of last month until that is closed.

    Where it is closed while somebody tells, the ledger counts the sale on its first open day.
    """
    this_month = today.replace(day=1)
    last_month = (this_month - timedelta(days=1)).replace(day=1)
    is_closed = MonthClose.objects.filter(month__gte=last_month).exists()
    return this_month if is_closed else last_month


def last_channel(producer: Producer, user) -> str:
    """Where somebody sold last for this producer; at a market stall at first. One statement."""
    latest = DeclaredSale.objects.filter(producer=producer, recorded_by=user)
    channel = latest.order_by("-recorded_at").values_list("channel", flat=True).first()
    return channel or Event.Channel.STALL.value


def sales_of_today(producer: Producer) -> list[DeclaredSale]:
    """What was told today, taken back or not, the newest first; one statement."""
    midnight = datetime.combine(thai.today(), time(), tzinfo=thai.BANGKOK)
    today = producer.declared_sales.filter(recorded_at__gte=midnight)
    today = today.select_related("recorded_by")
    return list(today.order_by("-recorded_at", "-pk")[:SALES_PER_PAGE])


def sales_of_month(producer: Producer, month: date, page: int = 1) -> SalesPage:
    """Declared sales of the month of a day, the newest first; two statements."""
    first, last = thai.month_range(month.year, month.month)
    sales = producer.declared_sales.filter(sold_on__range=(first, last))
    total = sales.count()
    pages = max(1, -(-total // SALES_PER_PAGE))
    page = min(max(page, 1), pages)
    sales = sales.select_related("recorded_by").order_by("-sold_on", "-pk")
    rows = sales[(page - 1) * SALES_PER_PAGE : page * SALES_PER_PAGE]
    return SalesPage(tuple(rows), total, page, pages)


def sale_of(producer: Producer, pk: int) -> DeclaredSale | None:
    """A producer's own declared sale, or None."""
    return producer.declared_sales.filter(pk=pk).select_related("producer").first()


def sale_of_form(producer: Producer, form_token: str) -> DeclaredSale | None:
    """The sale that a form told before, or None."""
    return producer.declared_sales.filter(form_token=form_token).first()


def _on_offer(producer: Producer) -> QuerySet[Provenance]:
    """Products with something that has a price."""
    priced = sellable_records(producer)
    return producer.products.filter(
        Q(product__in=priced.values("product")) | Q(product__in=priced.values("product__parent"))
    )


def _stall_products(
    producer: Producer, provenances: Iterable[Provenance]
) -> Iterable[StallProduct]:
    provenances = list(provenances)
    ids = [one.product_id for one in provenances]
    options, pictures = _options(producer, provenances), _pictures(ids)
    return [
        StallProduct(
            pk=one.product_id,
            title_th=one.product.title,
            title_en=one.title_en,
            otop_type=one.otop_type,
            picture=pictures.get(one.product_id, ""),
            options=tuple(options[one.product_id]),
            has_options=one.product.is_parent,
        )
        for one in provenances
    ]


def _options(producer: Producer, provenances: list[Provenance]) -> dict[int, list[StallOption]]:
    owners = {one.product_id: one for one in provenances}
    records = sellable_records(producer).filter(
        Q(product__in=owners) | Q(product__parent__in=owners)
    )
    records = records.select_related("product__option")
    found = defaultdict(list)
    for record in records.order_by("product__option__position", "product_id"):
        owner = owners[record.product.parent_id or record.product_id]
        found[owner.product_id].append(_option(record, owner))
    return found


def _option(record: StockRecord, owner: Provenance) -> StallOption:
    product = record.product
    return StallOption(
        product_id=product.pk,
        title_th=product.title,
        title_en=product.option.title_en if product.is_child else owner.title_en,
        price_satang=to_satang(record.price),
        left=None if record.num_in_stock is None else max(0, record.net_stock_level),
    )


def _pictures(product_ids: list[int]) -> dict[int, str]:
    """The first picture of each product."""
    images = ProductImage.objects.filter(product__in=product_ids)
    names = images.order_by("-display_order", "-pk").values_list("product", "original")
    return dict(names)
