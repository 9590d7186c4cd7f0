"""Every class of Oscar's that we replace, by the name under which Oscar asks for it.

A misspelt name, or a file Oscar's loader does not look into, fails here and not in production.
"""

import inspect
from importlib import import_module

import pytest
from django.conf import settings
from django.db.models.signals import post_save
from oscar.apps.basket.signals import basket_addition
from oscar.apps.catalogue.signals import product_viewed
from oscar.apps.order.signals import order_placed
from oscar.apps.partner.models import StockRecord
from oscar.apps.search.signals import user_search
from oscar.core.loading import get_class

OVERRIDES = {
    ("basket.middleware", "BasketMiddleware"): "shop.basket.middleware",
    ("basket.views", "BasketAddView"): "shop.basket.views",
    ("basket.views", "BasketView"): "shop.basket.views",
    ("catalogue.utils", "Importer"): "shop.catalogue.utils",
    ("catalogue.views", "CatalogueView"): "search.views",
    ("catalogue.views", "ProductCategoryView"): "search.views",
    ("catalogue.views", "ProductDetailView"): "shop.catalogue.views",
    ("order.utils", "OrderCreator"): "shop.order.utils",
    ("partner.strategy", "Selector"): "shop.partner.strategy",
    ("search.forms", "SearchForm"): "search.forms",
    ("search.views", "CatalogueView"): "search.views",
    ("search.views", "FacetedSearchView"): "search.views",
    ("search.views", "ProductCategoryView"): "search.views",
    ("shipping.repository", "Repository"): "shop.shipping.repository",
}
# Classes that share a name with one of Oscar's in the same file, and are meant to.
SAME_NAME_ON_PURPOSE = set()
OUR_APPS = {
    "basket": "shop.basket",
    "catalogue": "shop.catalogue",
    "checkout": "shop.checkout",
    "customer": "shop.customer",
    "order": "shop.order",
    "partner": "shop.partner",
    "search": "search",
    "shipping": "shop.shipping",
}


@pytest.mark.parametrize(("asked", "ours"), OVERRIDES.items(), ids=lambda value: "-".join(value))
def test_oscar_finds_our_class(asked, ours):
    assert get_class(*asked).__module__ == ours


@pytest.mark.parametrize("asked", OVERRIDES, ids="-".join)
def test_the_name_is_one_that_oscar_knows(asked):
    label, name = asked
    assert hasattr(import_module(f"oscar.apps.{label}"), name)


def classes_of_ours():
    """Classes written in the apps that stand in for Oscar's, by the label Oscar would use."""
    for label, package in OUR_APPS.items():
        for path in sorted((settings.ROOT / package.replace(".", "/")).glob("*.py")):
            if path.stem in ("__init__", "apps", "models", "admin", "urls"):
                continue
            module = import_module(f"{package}.{path.stem}")
            for name, found in inspect.getmembers(module, inspect.isclass):
                if found.__module__.startswith(("shop.", "search.")):
                    yield f"{label}.{path.stem}", name


def test_no_class_replaces_one_of_oscars_by_accident():
    unlisted = []
    for label, name in classes_of_ours():
        try:
            of_oscar = import_module(f"oscar.apps.{label}")
        except ModuleNotFoundError:
            continue
        if hasattr(of_oscar, name) and (label, name) not in OVERRIDES:
            unlisted.append((label, name))

    assert set(unlisted) == SAME_NAME_ON_PURPOSE


def test_the_middleware_in_use_is_ours():
    assert "shop.basket.middleware.BasketMiddleware" in settings.MIDDLEWARE
    assert not any(name.startswith("oscar.") for name in settings.MIDDLEWARE)


@pytest.mark.parametrize(
    "signal",
    [product_viewed, basket_addition, user_search, order_placed],
    ids=["product viewed", "put in the basket", "searched", "order placed"],
)
def test_looking_and_choosing_write_nothing(signal):
    receivers = [reference() for _key, reference, *_rest in signal.receivers]
    modules = {receiver.__module__ for receiver in receivers if receiver}

    assert not modules & {"oscar.apps.analytics.receivers", "oscar.apps.customer.receivers"}


def test_a_change_of_stock_does_not_look_for_waiting_shoppers():
    receivers = post_save._live_receivers(StockRecord)[0]

    assert "oscar.apps.customer.alerts.receivers" not in {one.__module__ for one in receivers}


def test_neither_haystack_nor_sorl_is_installed():
    names = " ".join(settings.INSTALLED_APPS)

    assert "haystack" not in names
    assert "sorl" not in names


def test_oscars_importer_of_archives_refuses():
    importer = get_class("catalogue.utils", "Importer")(None, field="upc")

    with pytest.raises(Exception, match="not imported from archives"):
        importer.handle("pictures.tar")
