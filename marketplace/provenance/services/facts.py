"""What is said of a product in words and pictures: read it, tidy it, write it.

The same names everywhere: in `ProductChange`, in drafts and on the page that shows a difference.
"""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils import timezone
from oscar.apps.catalogue.models import Product, ProductImage

from marketplace.provenance.models import OtopType, Provenance
from marketplace.provenance.services.plans import (
    DESCRIPTION_MAX_LENGTH,
    SHORT_TEXT_MAX_LENGTH,
    TITLE_MAX_LENGTH,
    checked_text,
    checked_title,
)

OF_PRODUCT = {"title_th": "title", "description_th": "description"}  # columns of Oscar's
OF_PROVENANCE = (
    *("title_en", "description_en", "otop_type"),
    *("materials_th", "materials_en", "technique_th", "technique_en"),
)
PICTURES = "pictures"
OPTION_PICTURES = "option_pictures"  # keys of options, as text, to names in the storage
WAITING_FACTS = (*OF_PRODUCT, *OF_PROVENANCE, PICTURES, OPTION_PICTURES)
"""What of a live product waits for review when it changes."""


def read_facts(provenance: Provenance) -> dict:
    """Return everything said of a product in words and pictures; one statement for pictures."""
    own, of_options = _pictures(provenance.product)
    return {
        **{name: getattr(provenance.product, column) for name, column in OF_PRODUCT.items()},
        **{name: getattr(provenance, name) for name in OF_PROVENANCE},
        PICTURES: own,
        OPTION_PICTURES: of_options,
    }


def checked_facts(facts: dict) -> dict:
    """Tidy the facts that are there; raises InvalidTitle, InvalidText or ValueError."""
    return {name: _checked(name, fact) for name, fact in facts.items()}


def write_facts(provenance: Provenance, facts: dict) -> None:
    """Store facts of a product whose rows are locked; addresses of pages stay as they are."""
    product = provenance.product
    columns = {OF_PRODUCT[name]: fact for name, fact in facts.items() if name in OF_PRODUCT}
    Product.objects.filter(pk=product.pk).update(**columns, date_updated=timezone.now())
    own = {name: facts[name] for name in OF_PROVENANCE if name in facts}
    if own:
        Provenance.objects.filter(pk=provenance.pk).update(**own)
    if PICTURES in facts:
        show_pictures(product, facts[PICTURES])
    if OPTION_PICTURES in facts:
        show_option_pictures(product, facts[OPTION_PICTURES])


def pictures_of(product: Product) -> QuerySet[ProductImage]:
    """The pictures of a product itself, in order; options have their own."""
    return ProductImage.objects.filter(product=product).order_by("display_order", "pk")


def _pictures(product: Product) -> tuple[list[str], dict[str, str]]:
    """The pictures of a product in order, and the first of each option that has one of its own."""
    is_its = Q(product=product) | Q(product__parent=product)
    rows = list(ProductImage.objects.filter(is_its).order_by("display_order", "pk"))
    of_options = {
        str(row.product_id): row.original.name
        for row in reversed(rows)
        if row.product_id != product.pk
    }
    return [row.original.name for row in rows if row.product_id == product.pk], of_options


def show_option_pictures(product: Product, wanted: dict[str, str]) -> None:
    """Give options of a product these pictures; those that are not named lose theirs."""
    shown = _pictures(product)[1]
    for option in Product.objects.filter(parent=product):
        name = wanted.get(str(option.pk), "")
        if name != shown.get(str(option.pk), ""):
            show_pictures(option, [name] if name else [])


def show_pictures(product: Product, names: Sequence[str]) -> None:
    """Give a product these pictures in this order. Files stay: pictures may be shared."""
    rows = list(pictures_of(product))
    by_name = {row.original.name: row for row in rows}
    kept = [by_name[name] for name in names if name in by_name]
    gone = [row.pk for row in rows if row not in kept]
    # Not delete(): Oscar's receiver would take away renditions that others may show.
    ProductImage.objects.filter(pk__in=gone)._raw_delete("default")
    for row in kept:
        row.display_order = names.index(row.original.name)
    ProductImage.objects.bulk_update(kept, ["display_order"])
    ProductImage.objects.bulk_create(
        ProductImage(
            product=product, original=name, display_order=place, date_created=timezone.now()
        )
        for place, name in enumerate(names)
        if name not in by_name
    )


def _checked(name: str, fact):
    if name == PICTURES:
        return list(dict.fromkeys(fact))
    if name == OPTION_PICTURES:
        return dict(fact)
    if name == "otop_type":
        return OtopType(fact).value
    if name == "title_th":
        return checked_title(fact)
    if name.startswith("description"):
        return checked_text(fact, DESCRIPTION_MAX_LENGTH, keep_lines=True)
    longest = TITLE_MAX_LENGTH if name == "title_en" else SHORT_TEXT_MAX_LENGTH
    return checked_text(fact, longest)
