"""Change what a product costs and how many there are."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from oscar.apps.catalogue.models import Product
from oscar.apps.partner.models import StockRecord

from marketplace.core import audit, outbox
from marketplace.core.money import to_baht, to_satang
from marketplace.provenance import roles
from marketplace.provenance.models import Provenance
from marketplace.provenance.services import errors
from marketplace.provenance.services.listings import refresh_listings
from marketplace.provenance.services.plans import (
    checked_price,
    checked_quantity,
    class_slug,
)


def change_price(
    *, product: Product, price_satang: int, by: AbstractBaseUser | None
) -> StockRecord:
    """Set the price, VAT included, of a product without options or of one option.

    Orders placed keep theirs. The same price again: no change. Raises InvalidPrice, and
    PriceOfOptions for a product that has options.
    """
    if price_satang is None:
        raise errors.InvalidPrice
    checked_price(price_satang)
    with transaction.atomic():
        provenance, record = _locked(product)
        old = record.price
        if old is None or to_satang(old) != price_satang:
            record.price = to_baht(price_satang)
            record.save(update_fields=["price", "date_updated"])
            was = 0 if old is None else to_satang(old)
            target = f"product:{product.pk}"
            audit.note(actor=by, act="product.price", target=target, was=was, now=price_satang)
            _show(provenance)
    return record


def change_stock(*, product: Product, quantity: int, by: AbstractBaseUser | None) -> StockRecord:
    """Say how many more can be sold now; what waits to be packed is kept apart.

    Raises InvalidStock, OnePieceOnly, StockNotCounted for things made to order and visits, and
    PriceOfOptions for a product that has options.
    """
    with transaction.atomic():
        provenance, record = _locked(product)
        if class_slug(provenance.stock_kind, provenance.income_kind) != roles.TRACKED:
            raise errors.StockNotCounted
        if quantity is None:
            raise errors.InvalidStock
        quantity = checked_quantity(provenance.stock_kind, quantity)
        # In one statement, since an order may be placed at this moment.
        StockRecord.objects.filter(pk=record.pk).update(
            num_in_stock=Coalesce(F("num_allocated"), 0) + quantity
        )
        target = f"product:{product.pk}"
        audit.note(actor=by, act="product.stock", target=target, now=quantity)
        _show(provenance)
    record.refresh_from_db()
    return record


def _locked(product: Product) -> tuple[Provenance, StockRecord]:
    """The stock record and the provenance of what is sold, locked; stock first, as orders do."""
    owner = product.parent_id or product.pk
    record = StockRecord.objects.select_for_update().filter(product=product).first()
    if record is None:
        raise errors.PriceOfOptions
    return Provenance.objects.select_for_update().get(product=owner), record


def _show(provenance: Provenance) -> None:
    outbox.note("product", provenance.product_id)
    refresh_listings([provenance.product_id])
