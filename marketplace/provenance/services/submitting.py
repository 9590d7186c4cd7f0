"""Send a draft in: a new product waits for review; of a live one price and stock change at once,
and words and pictures wait as a change."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from oscar.apps.catalogue.models import Product, ProductCategory, ProductImage
from oscar.apps.partner.models import StockRecord

from marketplace.core import audit, outbox
from marketplace.producers.permissions import on_behalf_of
from marketplace.provenance.models import ProductDraft, Provenance
from marketplace.provenance.services import errors
from marketplace.provenance.services.changing import propose_change
from marketplace.provenance.services.creating import (
    COPIED,
    create_product,
    product_classes,
    rows_of,
    store_options,
    store_stock,
)
from marketplace.provenance.services.draft_data import WAS, options_of
from marketplace.provenance.services.draft_reading import OptionRead, Read, read_draft
from marketplace.provenance.services.facts import (
    OPTION_PICTURES,
    PICTURES,
    read_facts,
    show_option_pictures,
    show_pictures,
    write_facts,
)
from marketplace.provenance.services.listings import refresh_listings
from marketplace.provenance.services.plans import OptionPlan, ProductPlan, checked_plan
from marketplace.provenance.services.reviewing import bring_in, submit_product
from marketplace.provenance.services.selling import change_price, change_stock

Status = Provenance.Status
_KEPT_OF_A_PRODUCT = ("income_kind", "quadrant", "otop_code")


def submit_draft(*, draft: ProductDraft, by: AbstractBaseUser | None) -> Provenance:
    """Send a form in; returns the product it is about. Sent in before: that product, unchanged.

    Raises DraftIncomplete with a sentence for every field that is not right, DraftClosed for one
    thrown away. Nothing is stored then.
    """
    with transaction.atomic():
        fresh = _locked(draft)
        if fresh.submitted_at is None:
            read = read_draft(fresh)
            _require_same_options(fresh, read)
            if read.errors:
                raise errors.DraftIncomplete(read.errors)
            fresh.provenance = (
                _mend(fresh, read, by) if fresh.provenance else _make(fresh, read, by)
            )
            fresh.submitted_at = timezone.now()
            fresh.save(update_fields=["provenance", "submitted_at"])
        provenance = Provenance.objects.get(pk=fresh.provenance_id)
    draft.refresh_from_db()
    return provenance


def _locked(draft: ProductDraft) -> ProductDraft:
    rows = ProductDraft.objects.select_for_update(of=("self",))
    fresh = rows.filter(pk=draft.pk).select_related("producer", "provenance__product").first()
    if fresh is None or fresh.closed_at:
        raise errors.DraftClosed
    return fresh


def _make(draft: ProductDraft, read: Read, by: AbstractBaseUser | None) -> Provenance:
    made = create_product(by=by, **vars(_plan(draft, read)))
    return submit_product(provenance=made, by=by)


def _plan(draft: ProductDraft, read: Read) -> ProductPlan:
    shown = (PICTURES, OPTION_PICTURES)
    facts = {name: fact for name, fact in read.facts.items() if name not in shown}
    return ProductPlan(
        producer=draft.producer,
        price_satang=read.price_satang,
        quantity=read.quantity,
        categories=read.categories,
        pictures=read.facts[PICTURES],
        options=[_option(option) for option in read.options],
        **facts,
        **read.sold,
    )


def _option(read: OptionRead) -> OptionPlan:
    facts = {name: fact for name, fact in vars(read).items() if name != "product_id"}
    return OptionPlan(**facts)


def _mend(draft: ProductDraft, read: Read, by: AbstractBaseUser | None) -> Provenance:
    """Carry the form over to the product it is about; how depends on whether it ever was live."""
    if draft.provenance.published_at is None:
        return _rewrite(draft, read, by)
    _sell_as_said(draft, read, by)
    provenance = _lock_product(draft)
    _store_the_rest(provenance, read)
    if provenance.status == Status.PUBLIC:
        facts = _without_known_pictures(provenance, read.facts)
        propose_change(provenance=provenance, facts=facts, by=by)
    else:
        write_facts(provenance, read.facts)
        bring_in(provenance, by)
    outbox.note("product", provenance.product_id)
    refresh_listings([provenance.product_id])
    return provenance


def _require_same_options(draft: ProductDraft, read: Read) -> None:
    """What was sold once keeps its options: orders and baskets point at them."""
    provenance = draft.provenance
    if provenance is None or provenance.published_at is None:
        return
    there = {(row.pk, row.title, getattr(row, "option", None)) for row in options_of(provenance)}
    names = {(pk, title, option.title_en if option else "") for pk, title, option in there}
    typed = {(one.product_id, one.title_th, one.title_en) for one in read.options}
    has_other_errors = any(key.startswith("options") for key in read.errors)
    if typed != names and not has_other_errors:
        read.errors["options"] = _(
            "Options cannot be added, renamed or taken away any more: make a new product by "
            "copying this one."
        )


def _sell_as_said(draft: ProductDraft, read: Read, by: AbstractBaseUser | None) -> None:
    """Change price and stock where the form says otherwise than when it was begun.

    What was not touched keeps what it is by now: pieces may have been sold meanwhile.
    """
    pieces = [(one.product_id, one) for one in read.options]
    pieces = sorted(pieces, key=lambda piece: piece[0]) or [(draft.provenance.product_id, read)]
    products = Product.objects.in_bulk([pk for pk, _ in pieces])
    # In order of their keys, as orders do, before any provenance is locked.
    records = StockRecord.objects.select_for_update().filter(product__in=products)
    list(records.order_by("pk"))
    typed = {str(one.get("product_id")): one for one in draft.data.get("options") or ()}
    for pk, piece in pieces:
        form, was = typed.get(str(pk), draft.data), draft.data.get(WAS, {}).get(str(pk), {})
        if form.get("price_baht") != was.get("price_baht"):
            change_price(product=products[pk], price_satang=piece.price_satang, by=by)
        if piece.quantity is not None and form.get("quantity") != was.get("quantity"):
            change_stock(product=products[pk], quantity=piece.quantity, by=by)


def _store_the_rest(provenance: Provenance, read: Read) -> None:
    facts = ("lead_days", "season_months", "weight_grams")
    for name in facts:
        setattr(provenance, name, read.sold[name])
    provenance.save(update_fields=facts)
    _put_into(provenance, read.categories)


def _without_known_pictures(provenance: Provenance, facts: dict) -> dict:
    """Let options show at once what shoppers see already; return the facts that must wait."""
    now = read_facts(provenance)
    seen = {*now[PICTURES], *now[OPTION_PICTURES].values()}
    wanted = facts.get(OPTION_PICTURES, {})
    if not seen.issuperset(wanted.values()):
        return facts
    show_option_pictures(provenance.product, wanted)
    return {name: fact for name, fact in facts.items() if name != OPTION_PICTURES}


def _put_into(provenance: Provenance, categories: list[int]) -> None:
    rows = ProductCategory.objects.filter(product=provenance.product_id)
    rows.exclude(category__in=categories).delete()
    there = set(rows.values_list("category_id", flat=True))
    ProductCategory.objects.bulk_create(
        ProductCategory(product_id=provenance.product_id, category_id=category)
        for category in categories
        if category not in there
    )


def _rewrite(draft: ProductDraft, read: Read, by: AbstractBaseUser | None) -> Provenance:
    """Make a product that nobody ever saw anew under its key, with its shares and ratings."""
    provenance = _lock_product(draft)
    plan = checked_plan(_plan(draft, read))
    made = rows_of(plan, product_classes())
    old = provenance.product
    columns = ("structure", "product_class", "title", "slug", "description")
    facts = {name: getattr(made.product, name) for name in columns}
    children = Product.objects.filter(parent=old)
    # Not delete(): Oscar's receiver would take away renditions that others may show.
    ProductImage.objects.filter(product__in=list(children))._raw_delete("default")
    children.delete()
    StockRecord.objects.filter(product=old).delete()
    Product.objects.filter(pk=old.pk).update(**facts, date_updated=timezone.now())
    made.product.pk = old.pk
    store_options([made])
    store_stock([made])
    _show_option_pictures(made)
    show_pictures(old, read.facts[PICTURES])
    _put_into(provenance, read.categories)
    copied = [name for name in COPIED if name not in _KEPT_OF_A_PRODUCT]
    if old.title != plan.title_th or provenance.otop_type != plan.otop_type:
        copied.append("is_alcoholic")
    for name in (*copied, "season_months"):
        setattr(provenance, name, getattr(made.provenance, name))
    provenance.save()
    audit.note(
        actor=by,
        act="product.rewrite",
        target=f"product:{old.pk}",
        on_behalf_of=on_behalf_of(by, provenance.producer),
    )
    bring_in(provenance, by)
    return provenance


def _show_option_pictures(made) -> None:
    for child, name in zip(made.children, made.child_pictures, strict=True):
        if name:
            show_pictures(child, [name])


def _lock_product(draft: ProductDraft) -> Provenance:
    rows = Provenance.objects.select_for_update(of=("self",)).select_related("producer", "product")
    return rows.get(pk=draft.provenance_id)
