"""The shop's shelves: categories with what stands above and below them."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from oscar.apps.catalogue.models import Category

from marketplace.core import bilingual
from marketplace.provenance.models import ListingCategory

STEP = Category.steplen


@dataclass(frozen=True)
class Shelf:
    """A category as pages show it, in both languages."""

    pk: int
    slug: str
    path: str
    name_th: str
    name_en: str = ""

    @property
    def name(self) -> str:
        return bilingual.pick(self.name_th, self.name_en)

    @property
    def url(self) -> str:
        return reverse("catalogue:category", args=[self.slug, self.pk])


@dataclass(frozen=True)
class ShelfPage:
    """A shelf, the way down to it, and the shelves right below it."""

    shelf: Shelf
    above: tuple[Shelf, ...]
    below: tuple[Shelf, ...]


def _shelves(condition: Q) -> list[Shelf]:
    rows = Category.objects.filter(condition, is_public=True, ancestors_are_public=True)
    fields = rows.order_by("path").values_list("pk", "slug", "path", "name", "english__name_en")
    return [Shelf(pk, slug, path, th, en or "") for pk, slug, path, th, en in fields]


def top_shelves() -> list[Shelf]:
    """Return the shelves on top, in one statement."""
    return _shelves(Q(depth=1))


def find_shelf(pk: int) -> ShelfPage | None:
    """Return a public shelf with its neighbours, in two statements; None where there is none."""
    shelf = next(iter(_shelves(Q(pk=pk))), None)
    if shelf is None:
        return None
    depth = len(shelf.path) // STEP
    above = Q(path__in=_paths_above(shelf.path))
    near = _shelves(above | Q(path__startswith=shelf.path, depth=depth + 1))
    return ShelfPage(
        shelf=shelf,
        above=tuple(one for one in near if len(one.path) < len(shelf.path)),
        below=tuple(one for one in near if len(one.path) > len(shelf.path)),
    )


def shelves_of(product_id: int) -> list[Shelf]:
    """Return the way down to a listed product's deepest shelf, in one statement."""
    ids = ListingCategory.objects.filter(listing=product_id).values("category_id")
    shelves = _shelves(Q(pk__in=ids))
    deepest = max(shelves, key=lambda shelf: len(shelf.path), default=None)
    return [one for one in shelves if deepest.path.startswith(one.path)] if deepest else []


def _paths_above(path: str) -> list[str]:
    return [path[:end] for end in range(STEP, len(path), STEP)]


def catalogue_url() -> str:
    return reverse("catalogue:index")
