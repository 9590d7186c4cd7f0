"""Acts on a basket. Prices are never taken from the browser: the strategy says them."""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _
from oscar.apps.basket.models import Basket, Line
from oscar.apps.catalogue.models import Product

from marketplace.core.errors import DomainError

MOST_LINES = 50


class NotForSale(DomainError):
    """The thing cannot be bought in that quantity; the message says why and what to do."""


class BasketFull(DomainError):
    message = _("A basket holds 50 different things. Pay for these first, then choose more.")


def add_product(*, basket: Basket, product: Product, quantity: int) -> int:
    """Put so many more pieces of a product into the basket and return how many pieces it holds.

    Raises NotForSale if what would then be in the basket cannot be bought, BasketFull; nothing is
    stored then. Called twice: the quantity is added twice.
    """
    info = basket.strategy.fetch_for_product(product)
    if info.stockrecord is None:
        raise NotForSale(info.availability.message)
    reference = f"{product.pk}_{info.stockrecord.pk}"
    held = dict(basket.lines.values_list("line_reference", "quantity")) if basket.pk else {}
    wanted = held.get(reference, 0) + quantity
    _demand_permitted(info, wanted)
    if reference not in held and len(held) >= MOST_LINES:
        raise BasketFull
    with transaction.atomic():
        if not basket.pk:
            basket.save()
        _store(basket, reference, product, info, wanted)
    basket._lines = None
    return sum(held.values()) + quantity


def _demand_permitted(info, quantity: int) -> None:
    is_permitted, reason = info.availability.is_purchase_permitted(quantity)
    if not is_permitted:
        raise NotForSale(reason)


def _store(basket: Basket, reference: str, product: Product, info, quantity: int) -> None:
    """Insert or overwrite the line in one statement, so that two clicks at once cannot collide."""
    line = Line(
        basket=basket,
        line_reference=reference,
        product=product,
        stockrecord=info.stockrecord,
        quantity=quantity,
        price_currency=info.price.currency,
        price_excl_tax=info.price.excl_tax,
        price_incl_tax=info.price.incl_tax,
    )
    Line.objects.bulk_create(
        [line],
        update_conflicts=True,
        unique_fields=["basket", "line_reference"],
        update_fields=["quantity", "price_excl_tax", "price_incl_tax", "date_updated"],
    )


def set_quantity(*, basket: Basket, line: Line, quantity: int) -> None:
    """Change how many pieces of a line are wanted; 0 takes it out. Repeating changes nothing.

    Raises NotForSale, and leaves the line as it was, if so many cannot be bought.
    """
    lines = basket.lines.filter(pk=line.pk)
    if quantity == 0:
        lines.delete()
    else:
        _demand_permitted(basket.strategy.fetch_for_product(line.product), quantity)
        lines.update(quantity=quantity)
    basket._lines = None


def take_over(from_cookie: Basket, user, owned: Basket | None) -> bool:
    """Give a guest's basket to the person who signed in; True if that added anything.

    Into the basket they had, if any: of two quantities the larger one stays.
    """
    with transaction.atomic():
        if owned is None:
            from_cookie.owner = user
            from_cookie.save(update_fields=["owner"])
            return False
        lines = list(from_cookie.lines.all())
        kept = set(owned.lines.values_list("line_reference", flat=True))
        for line in lines:
            if line.line_reference in kept:
                same = owned.lines.filter(line_reference=line.line_reference)
                same.update(quantity=Greatest(F("quantity"), line.quantity))
            else:
                from_cookie.lines.filter(pk=line.pk).update(basket=owned)
        from_cookie.status = Basket.MERGED
        from_cookie.save(update_fields=["status"])
    return bool(lines)
