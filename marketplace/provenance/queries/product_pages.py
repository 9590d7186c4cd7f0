"""Everything that the page of one product shows."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef
from oscar.apps.catalogue.models import Category, Product, ProductImage
from oscar.apps.partner.models import StockRecord

from marketplace.core import bilingual, thai
from marketplace.core.money import to_satang
from marketplace.core.prepared import Prepared
from marketplace.places.queries import PlaceNames
from marketplace.producers.models import Producer, ProducerClosure
from marketplace.provenance.models import Certificate, ListingCategory, Provenance, VillageShare
from marketplace.provenance.queries.categories import CategoryFacts, category_rows, facts_of
from marketplace.provenance.services.listings import has_stock


@dataclass(frozen=True)
class ShareFacts(PlaceNames):
    """A village credited for the product, with what its badge shows."""

    village_code: str
    village_th: str
    village_en: str
    tambon_th: str
    tambon_en: str
    amphoe_th: str
    amphoe_en: str
    province_code: str
    province_th: str
    province_en: str
    share_ppm: int
    region: str = ""
    portrait: str = ""  # name of the original; "" is the monogram
    charm_th: str = ""
    charm_en: str = ""

    @property
    def village_name(self) -> str:
        return bilingual.pick(self.village_th, self.village_en)

    @property
    def charm(self) -> str:
        return bilingual.pick(self.charm_th, self.charm_en)


@dataclass(frozen=True)
class PictureFacts:
    """A stored original; the option it shows, or None when it shows the product."""

    name: str
    caption: str
    option_id: int | None


@dataclass(frozen=True)
class OptionFacts(bilingual.Titled):
    """Something that goes into a basket: the product itself, or one of its options."""

    product_id: int
    title_th: str
    title_en: str
    price_satang: int | None
    left: int | None  # None where stock is not counted
    is_available: bool


@dataclass(frozen=True)
class ProductPage:
    """Everything that a product's page shows, read in six statements.

    `provenance` carries its product and producer; nothing on it asks the database again.
    """

    provenance: Provenance
    shares: Sequence[ShareFacts]
    options: Sequence[OptionFacts]
    pictures: Sequence[PictureFacts]
    certificates: Sequence[Certificate]
    awards: Sequence[tuple[int, int]] = field(
        default=()
    )  # (stars, round of the B.E.), latest first
    categories: Sequence[CategoryFacts] = field(default=())  # from the root down
    is_producer_open: bool = True

    @property
    def product(self) -> Product:
        return self.provenance.product

    @property
    def producer(self) -> Producer:
        return self.provenance.producer

    @property
    def title(self) -> str:
        return bilingual.pick(self.product.title, self.provenance.title_en)

    @property
    def description(self) -> str:
        return bilingual.pick(self.product.description, self.provenance.description_en)

    @property
    def village(self) -> ShareFacts | None:
        """The village of the largest share, which the page is headed by."""
        return self.shares[0] if self.shares else None

    @property
    def prices(self) -> list[int]:
        """Lowest to highest price in satang, each once."""
        return sorted({o.price_satang for o in self.options if o.price_satang is not None})

    @property
    def is_available(self) -> bool:
        return any(option.is_available for option in self.options)

    @property
    def stars(self) -> int:
        return self.awards[0][0] if self.awards else 0

    @property
    def award_year_be(self) -> int | None:
        return self.awards[0][1] if self.awards else None


def product_page(product_id: int, *, public_only: bool = True) -> ProductPage | None:
    """Read a product (not an option) for its page, or None when shoppers may not see it.

    Six statements, however many options, shares, pictures, awards and certificates it has.
    """
    provenance, awards = _provenance_and_awards(product_id, public_only)
    if provenance is None:
        return None
    is_open = not provenance.is_producer_closed
    options = _options(provenance, is_open)
    certificates = _certificates(provenance_id=provenance.pk, day=thai.today())
    return ProductPage(
        provenance=provenance,
        shares=_shares(provenance),
        options=options,
        pictures=_pictures(product_id, options),
        certificates=tuple(certificates),
        awards=awards,
        categories=_categories(product_id),
        is_producer_open=is_open,
    )


def parent_of(product_id: int) -> int | None:
    """The product that an option belongs to, for redirecting its address; None for no option."""
    options = Product.objects.filter(pk=product_id, parent__isnull=False)
    return options.values_list("parent_id", flat=True).first()


# A third of what the three tables hold. A column missing here costs a statement of its own.
_SHOWN = (
    *("title_en", "description_en", "otop_type", "income_kind", "stock_kind", "lead_days"),
    *("season_months", "materials_th", "materials_en", "technique_th", "technique_en", "status"),
    *("product__structure", "product__title", "product__slug", "product__description"),
    *("producer__name_th", "producer__name_en", "producer__slug", "producer__kind"),
    *("producer__notice_th", "producer__notice_en"),
)


def _provenances(product_id, day):
    closed = ProducerClosure.objects.in_force(day).filter(producer=OuterRef("producer"))
    rows = Provenance.objects.filter(product_id=product_id).select_related("product", "producer")
    return rows.only(*_SHOWN).annotate(
        is_producer_closed=Exists(closed),
        award_stars=F("awards__stars"),
        award_year=F("awards__round_year_be"),
    )


_any_provenances = Prepared(lambda **given: _provenances(**given).order_by("-award_year"))
_public_provenances = Prepared(
    lambda **given: (
        _provenances(**given)
        .filter(status=Provenance.Status.PUBLIC, producer__status=Producer.Status.ACTIVE)
        .order_by("-award_year")
    )
)


def _provenance_and_awards(product_id: int, public_only: bool):
    """The provenance with its awards joined on: one row for each award, or one."""
    read = _public_provenances if public_only else _any_provenances
    found = read(product_id=product_id, day=thai.today())
    awards = [(row.award_stars, row.award_year) for row in found if row.award_stars]
    return (found[0] if found else None), tuple(awards)


_PLACE = "village__tambon__amphoe__province"
_SHARE_COLUMNS = {
    "village_code": "village_id",
    "village_th": "village__name_th",
    "village_en": "village__name_en",
    "tambon_th": "village__tambon__name_th",
    "tambon_en": "village__tambon__name_en",
    "amphoe_th": "village__tambon__amphoe__name_th",
    "amphoe_en": "village__tambon__amphoe__name_en",
    "province_code": "village__tambon__amphoe__province_id",
    "province_th": f"{_PLACE}__name_th",
    "province_en": f"{_PLACE}__name_en",
    "share_ppm": "share_ppm",
    "region": f"{_PLACE}__region",
    "portrait": "village__portrait",
    "charm_th": "village__charm_th",
    "charm_en": "village__charm_en",
}
"""Where each fact of a share is read."""


_share_rows = Prepared(
    lambda provenance_id, day: (
        VillageShare.objects.in_force(day)
        .filter(provenance=provenance_id)
        .order_by("-share_ppm", "village_id")
        .values_list(*_SHARE_COLUMNS.values())
    )
)


def _shares(provenance: Provenance) -> tuple[ShareFacts, ...]:
    rows = _share_rows(provenance_id=provenance.pk, day=thai.today())
    return tuple(ShareFacts(**dict(zip(_SHARE_COLUMNS, row, strict=True))) for row in rows)


_OPTION_COLUMNS = (
    *("price", "num_in_stock", "num_allocated"),
    *("product__title", "product__structure", "product__option__title_en"),
)


def _records(**about):
    rows = StockRecord.objects.filter(**about).select_related("product", "product__option")
    return rows.only(*_OPTION_COLUMNS).order_by("product__option__position", "product_id")


_own_records = Prepared(lambda product_id: _records(product=product_id))
_option_records = Prepared(lambda product_id: _records(product__parent=product_id))


def _options(provenance: Provenance, is_open: bool) -> tuple[OptionFacts, ...]:
    product = provenance.product
    read = _option_records if product.is_parent else _own_records
    is_sold = is_open and provenance.is_in_season(thai.today())
    return tuple(_option(provenance, row, is_sold) for row in read(product_id=product.pk))


def _option(provenance: Provenance, record: StockRecord, is_sold: bool) -> OptionFacts:
    child = record.product
    price = None if record.price is None else to_satang(record.price)
    return OptionFacts(
        product_id=child.pk,
        title_th=child.title,
        title_en=child.option.title_en if child.is_child else provenance.title_en,
        price_satang=price,
        left=None if record.num_in_stock is None else max(0, record.net_stock_level),
        is_available=is_sold and price is not None and has_stock(provenance, record),
    )


_picture_rows = Prepared(
    lambda product_ids: (
        ProductImage.objects.filter(product__in=product_ids)
        .order_by("display_order", "pk")
        .values_list("original", "caption", "product_id")
    )
)


def _pictures(product_id: int, options: Sequence[OptionFacts]) -> tuple[PictureFacts, ...]:
    """Pictures of the product, then those of its options."""
    values = _picture_rows(product_ids=list({product_id, *(o.product_id for o in options)}))
    own = [PictureFacts(name, text, None) for name, text, pk in values if pk == product_id]
    others = [PictureFacts(name, text, pk) for name, text, pk in values if pk != product_id]
    return tuple(own + others)


_certificates = Prepared(
    lambda provenance_id, day: (
        Certificate.objects.shown(day).filter(provenance=provenance_id).order_by("kind", "number")
    )
)


def _categories_above(product_id):
    above = ListingCategory.objects.filter(listing=product_id).values("category_id")
    return category_rows(Category.objects.filter(pk__in=above))


_category_rows = Prepared(_categories_above)


def _categories(product_id: int) -> tuple[CategoryFacts, ...]:
    return facts_of(_category_rows(product_id=product_id))
