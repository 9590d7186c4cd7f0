"""Writes Oscar's order rows. Oscar finds `OrderCreator` under order.utils.

Only `shop.placing.services` calls it: a number from the basket, Oscar's own, is never used.
"""

from django.utils.translation import gettext_lazy as _
from oscar.apps.order import exceptions, utils

from shop.partner import services as stock


class SoldOut(exceptions.UnableToPlaceOrder):
    """Somebody was faster; `product` is what there is not enough of."""

    def __init__(self, product) -> None:
        self.product = product
        super().__init__(_("There is not enough of this left."))


class OrderCreator(utils.OrderCreator):
    """Holds stock by a condition the database checks, in the order Oscar sorts stock records."""

    def create_line_models(self, order, basket_line, extra_line_fields=None):
        """Name an option beside its product; hold pieces only where they are counted."""
        is_counted = basket_line.product.get_product_class().track_stock
        extra = {
            "title": title_of(basket_line.product),
            "num_allocated": basket_line.quantity if is_counted else 0,
        }
        return super().create_line_models(order, basket_line, extra | (extra_line_fields or {}))

    def create_line_attributes(self, order, order_line, basket_line):
        """Nothing: options are child products here, so basket lines carry no attributes."""

    def create_line_discount_models(self, order, order_line, basket_line):
        """Nothing: there are no offers (see shop.basket.middleware)."""

    def update_stock_records(self, line):
        if not line.product.get_product_class().track_stock:
            return
        if not stock.hold_stock(line.stockrecord_id, line.quantity):
            raise SoldOut(line.product)


def title_of(product) -> str:
    """Return the Thai title of a product, with that of its option."""
    return f"{product.parent.title} – {product.title}"[:255] if product.is_child else product.title
