"""Change the stock of a product as somebody saw it on a page."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.models import Product
from oscar.apps.partner.models import StockRecord

from marketplace.core.errors import DomainError
from marketplace.provenance.services import change_stock


class StockMoved(DomainError):
    message = _(
        "Meanwhile the number changed: somebody bought, or a colleague counted. Look at the "
        "number now, and change it again if it is still wrong."
    )


def set_stock_as_seen(
    *, product: Product, seen: int, quantity: int, by: AbstractBaseUser | None
) -> bool:
    """Set what is free to be sold, if that is still what was seen; return whether it changed.

    The same again, as by a double tap: no change. Raises StockMoved, and what `change_stock` does.
    """
    with transaction.atomic():
        record = StockRecord.objects.select_for_update().filter(product=product).first()
        now = record.net_stock_level if record and record.num_in_stock is not None else None
        if now is not None and now == quantity:
            return False
        if now is not None and max(0, now) != seen:
            raise StockMoved
        change_stock(product=product, quantity=quantity, by=by)
    return True
