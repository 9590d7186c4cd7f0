"""What pages show of categories."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce
from oscar.apps.catalogue.models import Category

from marketplace.core import bilingual


@dataclass(frozen=True)
class CategoryFacts:
    category_id: int
    slug: str
    path: str
    name_th: str
    name_en: str

    @property
    def name(self) -> str:
        return bilingual.pick(self.name_th, self.name_en)


def category_rows(categories: QuerySet[Category]) -> QuerySet:
    """What `facts_of` needs of these categories, from the root down."""
    english = Coalesce("english__name_en", Value(""))
    return categories.order_by("path").values_list("pk", "slug", "path", "name", english)


def facts_of(rows: Iterable[tuple]) -> tuple[CategoryFacts, ...]:
    return tuple(CategoryFacts(*row) for row in rows)
