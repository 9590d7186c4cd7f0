"""Categories and products of the vocabulary."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from django.db import transaction
from oscar.apps.catalogue.models import Category

from deploy.demo.vocabulary import categories as category_words
from deploy.demo.vocabulary import products as words
from deploy.demo.vocabulary.shapes import CategoryPlan, OptionPlan, ProductPlan
from marketplace.core import money, thai
from marketplace.producers.models import Producer
from marketplace.provenance import services
from marketplace.provenance.models import CategoryName, Certificate, Provenance, StockKind

CERTIFICATE_KINDS = {
    "fda_cosmetic_notification": Certificate.Kind.COSMETIC,
    "fda_herbal": Certificate.Kind.HERBAL,
}


def load_categories() -> dict[str, Category]:
    found: dict[str, Category] = {}
    for plan in category_words.CATEGORIES:
        _load_category(plan, None, found)
    return found


def _load_category(plan: CategoryPlan, parent: Category | None, found: dict) -> None:
    facts = {"name": plan.name_th, "slug": plan.slug, "code": plan.slug}
    category = parent.add_child(**facts) if parent else Category.add_root(**facts)
    CategoryName.objects.create(category=category, name_en=plan.name_en)
    found[plan.slug] = category
    for child in plan.children:
        _load_category(child, category, found)


def picture_name(key: str) -> str:
    """Name of a drawing's original below MEDIA_ROOT; products share them."""
    return f"demo/{key}.jpg"


def product_plans() -> list[ProductPlan]:
    """What there is in every demo, with certificates that are of use today."""
    return words.compose_products(as_of=thai.today())


def load_products(
    producers: dict[str, Producer], days: Iterator[date], curator
) -> list[Provenance]:
    """Make every product with what it won and holds, and publish each on the next of the days."""
    planned = list(zip(product_plans(), days, strict=False))
    categories = load_categories()
    with transaction.atomic(), services.refreshed_once():
        made = services.create_products(
            [_service_plan(plan, day, producers, categories) for plan, day in planned]
        )
        for (plan, day), provenance in zip(planned, made, strict=True):
            _record_quality(plan, provenance, curator)
            at = datetime.combine(day, time(3), tzinfo=UTC)
            services.publish_product(provenance=provenance, by=curator, at=at)
    return made


def _service_plan(
    plan: ProductPlan, day: date, producers: dict, categories: dict
) -> services.ProductPlan:
    return services.ProductPlan(
        producer=producers[plan.producer_key],
        title_th=plan.title_th,
        title_en=plan.title_en,
        description_th=f"{plan.description_th}\n\n{plan.care_th}".strip(),
        description_en=f"{plan.description_en}\n\n{plan.care_en}".strip(),
        otop_type=plan.otop_type,
        materials_th=plan.materials_th,
        materials_en=plan.materials_en,
        technique_th=plan.technique_th,
        technique_en=plan.technique_en,
        price_satang=None if plan.options else money.to_satang(plan.price_baht),
        stock_kind=plan.stock.kind,
        quantity=1 if plan.stock.kind == StockKind.ONE_PIECE else plan.stock.count,
        lead_days=plan.stock.lead_days,
        season_months=plan.stock.months,
        categories=[categories[plan.category_slug]],
        options=[_service_option(option) for option in plan.options],
        weight_grams=plan.weight_grams,
        shares_since=day,
        quadrant=plan.quadrant,
        pictures=[picture_name(key) for key in plan.picture_keys],
    )


def _service_option(option: OptionPlan) -> services.OptionPlan:
    return services.OptionPlan(
        title_th=" ".join(thai for _, thai, _ in option.values),
        title_en=" ".join(english for _, _, english in option.values),
        price_satang=money.to_satang(option.price_baht),
        quantity=option.stock_count,
        picture=picture_name(option.picture_key) if option.picture_key else None,
    )


def _record_quality(plan: ProductPlan, provenance: Provenance, curator) -> None:
    if plan.stars:
        services.record_award(
            provenance=provenance, stars=plan.stars, round_year_be=plan.award_year_be, by=curator
        )
    for certificate in plan.certificates:
        recorded = services.record_certificate(
            provenance=provenance,
            kind=CERTIFICATE_KINDS.get(certificate.type, certificate.type),
            number=certificate.number,
            issuer=certificate.issuer_th,
            issued_on=certificate.issued_on,
            expires_on=certificate.expires_on,
            by=curator,
        )
        if certificate.is_verified:
            services.verify_certificate(certificate=recorded, by=curator)
