"""Make products: Oscar's rows and our facts about them in one go, many at a time if need be."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.auth.models import AbstractBaseUser
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from oscar.apps.catalogue.models import (
    Product,
    ProductCategory,
    ProductClass,
    ProductImage,
)
from oscar.apps.partner.models import StockRecord

from marketplace.core import audit, outbox, thai
from marketplace.core.money import to_baht
from marketplace.core.pictures import make_renditions
from marketplace.provenance.alcohol import may_be_alcoholic
from marketplace.provenance.models import (
    ProductOption,
    Provenance,
    QuadrantRating,
    VillageShare,
)
from marketplace.provenance.services.plans import (
    Picture,
    ProductPlan,
    checked_plan,
    class_slug,
    counted_quantity,
    require_free_codes,
)
from marketplace.provenance.services.shares import require_villages

BATCH_ROWS = 500


@dataclass
class Made:
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
    plans = [checked_plan(plan) for plan in plans]
    require_villages(code for plan in plans for code in plan.shares or ())
    require_free_codes(plan.otop_code for plan in plans)
    classes = product_classes()
    drafts = [rows_of(plan, classes) for plan in plans]
    with transaction.atomic():
        _store_products(drafts)
        store_stock(drafts)
        _store_facts(drafts)
        _store_pictures(drafts)
        outbox.note_many("product", [draft.product.pk for draft in drafts])
        audit.note(actor=by, act="product.create", target="product", products=len(drafts))
    return [draft.provenance for draft in drafts]


def product_classes() -> dict[str, ProductClass]:
    return {row.slug: row for row in ProductClass.objects.all()}


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


def rows_of(plan: ProductPlan, classes: dict[str, ProductClass]) -> Made:
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
        **{name: getattr(plan, name) for name in COPIED},
    )
    pictures = [stored_name(picture) for picture in plan.pictures]
    options = plan.options
    children = [stored_name(option.picture) if option.picture else "" for option in options]
    return Made(plan, product, provenance, pictures, child_pictures=children)


def _is_alcoholic(plan: ProductPlan) -> bool:
    if plan.is_alcoholic is not None:
        return plan.is_alcoholic
    return any(may_be_alcoholic(name, plan.otop_type) for name in (plan.title_th, plan.title_en))


COPIED = (
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


def _store_products(drafts: list[Made]) -> None:
    Product.objects.bulk_create([draft.product for draft in drafts], batch_size=BATCH_ROWS)
    store_options(drafts)


def store_options(drafts: list[Made]) -> None:
    """Store the options of products that have a key."""
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


def store_stock(drafts: list[Made]) -> None:
    """Store price and stock of what is sold: the options, or else the product itself."""
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


def _store_facts(drafts: list[Made]) -> None:
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


def _store_pictures(drafts: list[Made]) -> None:
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
