"""The shop's shelves: categories with what stands above and below them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from oscar.apps.catalogue.models import Category

from marketplace.provenance.queries import CategoryFacts, category_facts

STEP = Category.steplen


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
    return _shelves(Q(depth=1))


def find_shelf(pk: int) -> ShelfPage | None:
    """Return a public shelf with its neighbours, in two statements; None where there is none."""
    shelf = next(iter(_shelves(Q(pk=pk))), None)
    if shelf is None:
        return None
    above = Q(path__in=[shelf.path[:end] for end in range(STEP, len(shelf.path), STEP)])
    below = Q(path__startswith=shelf.path, depth=len(shelf.path) // STEP + 1)
    near = _shelves(above | below)
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


def _shelves(condition: Q) -> list[Shelf]:
    public = Category.objects.filter(condition, is_public=True, ancestors_are_public=True)
    return [Shelf(facts) for facts in category_facts(public)]
