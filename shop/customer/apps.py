from importlib import import_module

from oscar.apps.basket.signals import basket_addition
from oscar.apps.catalogue.signals import product_viewed
from oscar.apps.customer import apps
from oscar.apps.order.signals import order_placed
from oscar.apps.search.signals import user_search


class CustomerConfig(apps.CustomerConfig):
    """Oscar's account pages are not mounted: allauth's are. Nobody is counted while looking."""

    name = "shop.customer"

    def ready(self):
        super().ready()
        stop_counting()

    def get_urls(self):
        return []


def stop_counting() -> None:
    """Disconnect what Oscar does on every look at a product, search and order.

    Its analytics write a row each time, and its history sets a cookie, which would make every
    product page uncacheable.
    """
    # Modules with models: they can be imported once all apps are there, not above.
    analytics = import_module("oscar.apps.analytics.receivers")
    history = import_module("oscar.apps.customer.receivers")
    product_viewed.disconnect(analytics.receive_product_view)
    product_viewed.disconnect(history.receive_product_view)
    user_search.disconnect(analytics.receive_product_search)
    basket_addition.disconnect(analytics.receive_basket_addition)
    order_placed.disconnect(analytics.receive_order_placed)
