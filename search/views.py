"""Lists of products. Oscar finds these three under search.views, and mounts them as catalogue."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View

from marketplace.core.page_cache import cacheable
from search import engine, shelves
from search.requests import SearchRequest, clean_words, page_number


@method_decorator(cacheable, name="dispatch")
class ListView(View):
    """A page that anybody may be shown."""

    http_method_names = ["get", "head"]

    def find(self, **wanted):
        page = page_number(self.request.GET.get("page", ""))
        return engine.find(SearchRequest(page=page, **wanted))


class FacetedSearchView(ListView):
    """Products whose words contain what was typed."""

    def get(self, request):
        words = clean_words(request.GET.get("q", ""))
        listing = self.find(words=words)
        return render(request, "search/search.html", {"listing": listing, "search_words": words})


class CatalogueView(ListView):
    """Everything, newest first, with the shelves on top."""

    def get(self, request):
        context = {"listing": self.find(), "shelves": shelves.top_shelves()}
        return render(request, "search/catalogue.html", context)


class ProductCategoryView(ListView):
    """One shelf. Found by its number; a slug that is not its own is put right."""

    def get(self, request, category_slug, pk):
        place = shelves.find_shelf(int(pk[:18]))
        if place is None:
            raise Http404
        if category_slug != place.shelf.slug:
            return HttpResponseRedirect(place.shelf.url)
        context = {"place": place, "listing": self.find(category_id=place.shelf.pk)}
        return render(request, "search/category.html", context | {"crumbs": _crumbs(place)})


def _crumbs(place) -> list[tuple[str, str | None]]:
    from_top = [(shelf.name, shelf.url) for shelf in place.above]
    return [(_("All products"), shelves.catalogue_url()), *from_top, (place.shelf.name, None)]
