"""The shop's shelves: categories with what stands above and below them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from oscar.apps.catalogue.models import Category

from marketplace.core.prepared import Prepared
from marketplace.provenance.queries import CategoryFacts, category_rows, facts_of

STEP = Category.steplen


def _rows(condition: Q) -> QuerySet:
    public = Category.objects.filter(condition, is_public=True, ancestors_are_public=True)
    return category_rows(public)


_rows_on_top = Prepared(lambda: _rows(Q(depth=1)))
_rows_of = Prepared(lambda pk: _rows(Q(pk=pk)))


@dataclass(frozen=True)
class Shelf:
    """A category and its address."""

    category: CategoryFacts

    @property
    def pk(self) -> int:
        return self.category.category_id

    @property
    def slug(self) -> str:
        return self.category.slug

    @property
    def path(self) -> str:
        return self.category.path

    @property
    def name(self) -> str:
        return self.category.name

    @property
    def url(self) -> str:
        return reverse("catalogue:category", args=[self.slug, self.pk])


@dataclass(frozen=True)
class ShelfPage:
    """A shelf, the way down to it, and the shelves right below it."""

    shelf: Shelf
    above: tuple[Shelf, ...]
    below: tuple[Shelf, ...]


def top_shelves() -> list[Shelf]:
    """Return the shelves on top, in one statement."""
    return _shelves(_rows_on_top())


def find_shelf(pk: int) -> ShelfPage | None:
    """Return a public shelf with its neighbours, in two statements; None where there is none."""
    shelf = next(iter(_shelves(_rows_of(pk=pk))), None)
    if shelf is None:
        return None
    paths_above = [shelf.path[:end] for end in range(STEP, len(shelf.path), STEP)]
    below = Q(path__startswith=shelf.path, depth=len(shelf.path) // STEP + 1)
    near = _shelves(_rows(Q(path__in=paths_above) | below))
    return ShelfPage(
        shelf=shelf,
        above=tuple(one for one in near if len(one.path) < len(shelf.path)),
        below=tuple(one for one in near if len(one.path) > len(shelf.path)),
    )


def way_down(categories: Iterable[CategoryFacts]) -> list[Shelf]:
    """Return the shelves from the top down to the deepest of these categories; no statement."""
    categories = list(categories)
    deepest = max((one.path for one in categories), key=len, default="")
    return [Shelf(one) for one in categories if deepest.startswith(one.path)]


def catalogue_url() -> str:
    return reverse("catalogue:index")


def _shelves(rows: Iterable[tuple]) -> list[Shelf]:
    return [Shelf(facts) for facts in facts_of(rows)]
