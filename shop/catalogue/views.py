"""The product page. Oscar finds these names under catalogue.views; lists are search's."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View

from marketplace.core import thai
from marketplace.core.page_cache import cacheable
from marketplace.provenance.queries import parent_of
from search.shelves import catalogue_url
from search.views import CatalogueView, ProductCategoryView
from shop.catalogue import queries

__all__ = ["CatalogueView", "ProductCategoryView", "ProductDetailView"]

LARGEST_ID_DIGITS = 18


@method_decorator(cacheable, name="dispatch")
class ProductDetailView(View):
    """A product, found by its number; writes nothing, not even a count of views."""

    http_method_names = ["get", "head"]

    def get(self, request, product_slug, pk):
        number = int(pk) if len(pk) <= LARGEST_ID_DIGITS else 0
        found = queries.find_product(number)
        if found is None:
            return self._elsewhere(number)
        if product_slug != found.product.slug:
            return redirect("catalogue:detail", found.product.slug, number)
        context = {"thing": found, "crumbs": _crumbs(found), "today": thai.today()}
        return render(request, "catalogue/detail.html", context)

    def _elsewhere(self, number: int):
        """An option has no page of its own: the product's shows it."""
        product_id = parent_of(number)
        found = queries.find_product(product_id) if product_id else None
        if found is None:
            raise Http404
        return redirect("catalogue:detail", found.product.slug, product_id)


def _crumbs(thing: queries.ShopPage) -> list[tuple[str, str]]:
    shelves = [(shelf.name, shelf.url) for shelf in thing.shelves]
    return [(_("All products"), catalogue_url()), *shelves]  # its own name follows as the heading
