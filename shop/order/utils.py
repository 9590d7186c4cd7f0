"""Writes Oscar's order rows. Oscar finds `OrderCreator` under order.utils.

Only `shop.placing.services` calls it: a number from the basket, Oscar's own, is never used.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from oscar.apps.order import exceptions, utils
from oscar.apps.order.models import Line, Order
from oscar.apps.order.signals import order_placed

from shop.partner import services as stock


class SoldOut(exceptions.UnableToPlaceOrder):
    """Somebody was faster; `product` is what there is not enough of."""

    def __init__(self, product) -> None:
        self.product = product
        super().__init__(_("There is not enough of this left."))


class OrderCreator(utils.OrderCreator):
    """Holds stock by a condition the database checks, in the order of stock records."""

    def write(self, basket, facts: Mapping) -> tuple[Order, list[Line]]:
        """Write an order with its lines, and hold their stock. Inside the caller's transaction.

        In the place of Oscar's `place_order`, which looks for vouchers and offers (there are none,
        see shop.basket.middleware) and whether the number is taken, which a constraint says.
        `facts` are the arguments of `create_order_model`. Raises SoldOut.
        """
        order = self.create_order_model(basket=basket, **facts)
        chosen = list(basket.all_lines())
        lines = [self.create_line_models(order, line) for line in chosen]
        # In one order for all, so that two baskets with the same things never wait crosswise.
        for line in sorted(chosen, key=lambda line: line.stockrecord_id):
            self.update_stock_records(line)
        order_placed.send(sender=self, order=order, user=order.user)
        return order, lines

    def create_line_models(self, order, basket_line, extra_line_fields=None):
        """Name an option beside its product; hold pieces only where they are counted."""
        is_counted = basket_line.product.get_product_class().track_stock
        extra = {
            "title": title_of(basket_line.product),
            "num_allocated": basket_line.quantity if is_counted else 0,
        }
        return super().create_line_models(order, basket_line, extra | (extra_line_fields or {}))

    def create_line_price_models(self, order, order_line, basket_line):
        """Nothing: without offers every piece of a line has the line's own price."""

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
