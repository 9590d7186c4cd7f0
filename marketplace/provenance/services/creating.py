"""Make products: Oscar's rows and our facts about them in one go, many at a time if need be."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.contrib.auth.models import AbstractBaseUser
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from oscar.apps.catalogue.models import (
    Category,
    Product,
    ProductCategory,
    ProductClass,
    ProductImage,
)
from oscar.apps.partner.models import StockRecord

from marketplace.core import audit, outbox, thai
from marketplace.core.money import PPM, to_baht
from marketplace.core.pictures import make_renditions
from marketplace.producers.models import Producer
from marketplace.provenance import roles
from marketplace.provenance.alcohol import may_be_alcoholic
from marketplace.provenance.models import (
    IncomeKind,
    OtopType,
    ProductOption,
    Provenance,
    Quadrant,
    QuadrantRating,
    StockKind,
    VillageShare,
)
from marketplace.provenance.services import errors
from marketplace.provenance.services.shares import checked_shares, require_villages

TITLE_MAX_LENGTH = 255
SHORT_TEXT_MAX_LENGTH = 200
DESCRIPTION_MAX_LENGTH = 20_000
PRICE_MAX_SATANG = 10**12 - 1
STOCK_MAX = 1_000_000
BATCH_ROWS = 500

Picture = str | Path | File
"""A name already in the storage (pictures may be shared), a file to copy there, or its content."""


@dataclass(frozen=True)
class OptionPlan:
    """One size, colour, pattern, pack or piece, with its own price and stock."""

    title_th: str
    title_en: str = ""
    price_satang: int | None = None
    quantity: int | None = None
    picture: Picture | None = None


@dataclass(frozen=True)
class ProductPlan:
    """A product to be made; the same words as `create_product`."""

    producer: Producer
    title_th: str
    otop_type: str
    price_satang: int | None = None
    stock_kind: str = StockKind.IN_STOCK
    quantity: int | None = None
    lead_days: int = 0
    season_months: Sequence[int] = ()
    title_en: str = ""
    description_th: str = ""
    description_en: str = ""
    materials_th: str = ""
    materials_en: str = ""
    technique_th: str = ""
    technique_en: str = ""
    categories: Sequence[Category | int] = ()
    options: Sequence[OptionPlan] = ()
    shares: dict[str, int] | None = None
    shares_since: date | None = None
    weight_grams: int = 500
    quadrant: str = Quadrant.D
    income_kind: str = IncomeKind.GOODS
    otop_code: str | None = None
    is_alcoholic: bool | None = None  # None: what its names say
    pictures: Sequence[Picture] = ()


@dataclass
class _Made:
    """A plan and the rows made of it so far."""

    plan: ProductPlan
    product: Product
    provenance: Provenance
    pictures: list[str]
    children: list[Product] = field(default_factory=list)
    child_pictures: list[str] = field(default_factory=list)


def create_product(*, by: AbstractBaseUser | None = None, **plan) -> Provenance:
    """Make a draft: Oscar's product with stock and pictures, and our facts beside it.

    The words are those of ProductPlan. `price_satang` includes VAT; without one it stays a draft.
    `quantity` counts what can be sold (a single piece: 1; ignored for things made to order and
    visits). `options` become Oscar's children, and price and stock are then theirs. `shares` maps
    village codes to parts per million, all to the producer's home village if not said; {} names
    no village yet. Called twice: two products, unless an OTOP code is given. Raises the errors of
    `services.errors` before anything is stored.
    """
    return create_products([ProductPlan(**plan)], by=by)[0]


def create_products(
    plans: Sequence[ProductPlan], *, by: AbstractBaseUser | None = None
) -> list[Provenance]:
    """Make many drafts, all or none, with a number of statements that does not grow with them."""
    plans = [_checked(plan) for plan in plans]
    require_villages(code for plan in plans for code in plan.shares or ())
    require_free_codes(plan.otop_code for plan in plans)
    classes = {row.slug: row for row in ProductClass.objects.all()}
    drafts = [_draft(plan, classes) for plan in plans]
    with transaction.atomic():
        _store_products(drafts)
        _store_stock(drafts)
        _store_facts(drafts)
        _store_pictures(drafts)
        outbox.note_many("product", [draft.product.pk for draft in drafts])
        audit.note(actor=by, act="product.create", target="product", products=len(drafts))
    return [draft.provenance for draft in drafts]


def class_slug(stock_kind: str, income_kind: str) -> str:
    """The one place where what we say about stock becomes Oscar's product class."""
    if income_kind != IncomeKind.GOODS:
        return roles.VISIT
    return roles.TO_ORDER if stock_kind == StockKind.MADE_TO_ORDER else roles.TRACKED


def counted_quantity(plan: ProductPlan, quantity: int | None) -> int | None:
    """The number Oscar counts down, None where stock is not counted."""
    if class_slug(plan.stock_kind, plan.income_kind) != roles.TRACKED:
        return None
    return checked_quantity(plan.stock_kind, quantity)


def checked_quantity(stock_kind: str, quantity: int | None) -> int:
    """A number in stock that may be stored; raises InvalidStock for another."""
    is_one_piece = stock_kind == StockKind.ONE_PIECE
    if quantity is None:
        return 1 if is_one_piece else 0
    if not isinstance(quantity, int) or not 0 <= quantity <= STOCK_MAX:
        raise errors.InvalidStock
    if is_one_piece and quantity > 1:
        raise errors.OnePieceOnly
    return quantity


def checked_price(price_satang: int | None) -> int | None:
    if price_satang is not None and not 1 <= price_satang <= PRICE_MAX_SATANG:
        raise errors.InvalidPrice
    return price_satang


def checked_title(title: str) -> str:
    title = thai.normalise(title)
    if not 0 < len(title) <= TITLE_MAX_LENGTH:
        raise errors.InvalidTitle
    return title


def checked_text(text: str, longest: int, *, keep_lines: bool = False) -> str:
    text = thai.normalise(text, keep_lines=keep_lines)
    if len(text) > longest:
        raise errors.InvalidText
    return text


def require_free_codes(codes: Iterable[str | None]) -> None:
    """Raise CodeTaken when an OTOP code is used already or twice in the list."""
    codes = [code for code in codes if code]
    if len(codes) != len(set(codes)) or Provenance.objects.filter(otop_code__in=codes).exists():
        raise errors.CodeTaken


def stored_name(picture: Picture) -> str:
    """The name of a picture in the storage, copied there under a random name if need be.

    The worker then makes its widths.
    """
    if isinstance(picture, str):
        return picture
    if isinstance(picture, Path):
        with picture.open("rb") as content:
            return stored_name(File(content, name=picture.name))
    suffix = Path(picture.name or "").suffix.lower()
    name = default_storage.save(f"images/products/{secrets.token_hex(12)}{suffix}", picture)
    make_renditions.enqueue(name)
    return name


def _checked(plan: ProductPlan) -> ProductPlan:
    """The plan with tidy texts; raises when one of its facts cannot be stored."""
    OtopType(plan.otop_type), StockKind(plan.stock_kind), Quadrant(plan.quadrant)
    IncomeKind(plan.income_kind)
    if plan.stock_kind == StockKind.MADE_TO_ORDER and not 1 <= plan.lead_days <= 365:
        raise errors.InvalidLeadDays
    if any(month not in range(1, 13) for month in plan.season_months):
        raise errors.InvalidSeason
    for priced in (plan, *plan.options):
        checked_price(priced.price_satang)
        counted_quantity(plan, priced.quantity)
    shares = plan.shares
    if shares is None:
        shares = {plan.producer.home_village_id: PPM}
    elif shares:
        checked_shares(shares)
    return ProductPlan(**{**vars(plan), **_tidy_texts(plan), "shares": shares})


def _tidy_texts(plan: ProductPlan) -> dict:
    shorts = ("materials_th", "materials_en", "technique_th", "technique_en")
    return {
        "title_th": checked_title(plan.title_th),
        "title_en": checked_text(plan.title_en, TITLE_MAX_LENGTH),
        "description_th": _description(plan.description_th),
        "description_en": _description(plan.description_en),
        "otop_code": checked_text(plan.otop_code or "", 20) or None,
        **{name: checked_text(getattr(plan, name), SHORT_TEXT_MAX_LENGTH) for name in shorts},
        "options": [
            OptionPlan(
                **{
                    **vars(option),
                    "title_th": checked_title(option.title_th),
                    "title_en": checked_text(option.title_en, TITLE_MAX_LENGTH),
                }
            )
            for option in plan.options
        ],
    }


def _description(text: str) -> str:
    return checked_text(text, DESCRIPTION_MAX_LENGTH, keep_lines=True)


def _draft(plan: ProductPlan, classes: dict[str, ProductClass]) -> _Made:
    """The rows of one plan, unsaved, with its pictures already in the storage."""
    product = Product(
        structure=Product.PARENT if plan.options else Product.STANDALONE,
        product_class=classes[class_slug(plan.stock_kind, plan.income_kind)],
        title=plan.title_th,
        slug=thai.slug(plan.title_en or plan.title_th),
        description=plan.description_th,
        is_public=False,
    )
    provenance = Provenance(
        product=product,
        producer=plan.producer,
        season_months=sorted(set(plan.season_months)),
        is_alcoholic=_is_alcoholic(plan),
        **{name: getattr(plan, name) for name in _COPIED},
    )
    pictures = [stored_name(picture) for picture in plan.pictures]
    options = plan.options
    children = [stored_name(option.picture) if option.picture else "" for option in options]
    return _Made(plan, product, provenance, pictures, child_pictures=children)


def _is_alcoholic(plan: ProductPlan) -> bool:
    if plan.is_alcoholic is not None:
        return plan.is_alcoholic
    return any(may_be_alcoholic(name, plan.otop_type) for name in (plan.title_th, plan.title_en))


_COPIED = (
    "title_en",
    "description_en",
    "materials_th",
    "materials_en",
    "technique_th",
    "technique_en",
    "otop_type",
    "otop_code",
    "income_kind",
    "quadrant",
    "stock_kind",
    "lead_days",
    "weight_grams",
)


def _store_products(drafts: list[_Made]) -> None:
    Product.objects.bulk_create([draft.product for draft in drafts], batch_size=BATCH_ROWS)
    for draft in drafts:
        draft.children = [
            Product(
                structure=Product.CHILD,
                parent=draft.product,
                title=option.title_th,
                slug=thai.slug(option.title_en or option.title_th),
                is_public=False,
            )
            for option in draft.plan.options
        ]
    children = [child for draft in drafts for child in draft.children]
    Product.objects.bulk_create(children, batch_size=BATCH_ROWS)
    ProductOption.objects.bulk_create(
        [
            ProductOption(product=child, title_en=option.title_en, position=position)
            for draft in drafts
            for position, (child, option) in enumerate(
                zip(draft.children, draft.plan.options, strict=True), start=1
            )
        ],
        batch_size=BATCH_ROWS,
    )


def _store_stock(drafts: list[_Made]) -> None:
    records = []
    for draft in drafts:
        sold = zip(draft.children, draft.plan.options, strict=True)
        for product, plan in list(sold) or [(draft.product, draft.plan)]:
            records.append(
                StockRecord(
                    product=product,
                    partner_id=draft.plan.producer.partner_id,
                    partner_sku=f"P{product.pk}",
                    price=None if plan.price_satang is None else to_baht(plan.price_satang),
                    num_in_stock=counted_quantity(draft.plan, plan.quantity),
                )
            )
    StockRecord.objects.bulk_create(records, batch_size=BATCH_ROWS)


def _store_facts(drafts: list[_Made]) -> None:
    today = thai.today()
    for draft in drafts:
        draft.provenance.product_id = draft.product.pk
    Provenance.objects.bulk_create([draft.provenance for draft in drafts], batch_size=BATCH_ROWS)
    QuadrantRating.objects.bulk_create(
        [
            QuadrantRating(
                provenance=draft.provenance, quadrant=draft.provenance.quadrant, rated_on=today
            )
            for draft in drafts
        ],
        batch_size=BATCH_ROWS,
    )
    VillageShare.objects.bulk_create(
        [
            VillageShare(
                provenance=draft.provenance,
                village_id=code,
                share_ppm=share_ppm,
                valid_from=draft.plan.shares_since or today,
            )
            for draft in drafts
            for code, share_ppm in (draft.plan.shares or {}).items()
        ],
        batch_size=BATCH_ROWS,
    )
    ProductCategory.objects.bulk_create(
        [
            ProductCategory(product=draft.product, category_id=getattr(category, "pk", category))
            for draft in drafts
            for category in draft.plan.categories
        ],
        batch_size=BATCH_ROWS,
    )


def _store_pictures(drafts: list[_Made]) -> None:
    images = []
    for draft in drafts:
        named = [(draft.product, position, name) for position, name in enumerate(draft.pictures)]
        named += [
            (child, 0, name)
            for child, name in zip(draft.children, draft.child_pictures, strict=True)
            if name
        ]
        images += [
            ProductImage(
                product=product, original=name, display_order=position, date_created=timezone.now()
            )
            for product, position, name in named
        ]
    ProductImage.objects.bulk_create(images, batch_size=BATCH_ROWS)
