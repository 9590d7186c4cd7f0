"""Shelves of the shop: added and renamed by curators. Their addresses stay, none is deleted."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.models import Category

from marketplace.core import audit, outbox, page_cache, thai
from marketplace.core.errors import DomainError
from marketplace.provenance.models import CategoryName, ListingCategory

NAME_MAX_LENGTH = 255


class InvalidCategoryName(DomainError):
    message = _("The name of a category has 1 to 255 characters.")


class CategoryExists(DomainError):
    message = _("There is a category of this name beside it already.")


def add_category(
    *,
    name_th: str,
    name_en: str = "",
    parent: Category | None = None,
    by: AbstractBaseUser | None,
) -> Category:
    """Add a shelf at the root or below another. Called twice: raises CategoryExists."""
    name_th, name_en = _checked(name_th), thai.normalise(name_en)[:NAME_MAX_LENGTH]
    facts = {"name": name_th, "slug": thai.slug(name_en or name_th)}
    with transaction.atomic():
        parent = parent and Category.objects.select_for_update().get(pk=parent.pk)
        _require_new(name_th, parent.get_children() if parent else Category.get_root_nodes())
        category = parent.add_child(**facts) if parent else Category.add_root(**facts)
        _name_in_english(category, name_en)
        audit.note(actor=by, act="category.add", target=f"category:{category.pk}")
        _tell(category)
    return category


def change_category(
    *,
    category: Category,
    name_th: str,
    name_en: str,
    is_public: bool,
    by: AbstractBaseUser | None,
) -> Category:
    """Rename a shelf, show it or hide it with all below; its address and its products stay.

    The same again: no change.
    """
    name_th, name_en = _checked(name_th), thai.normalise(name_en)[:NAME_MAX_LENGTH]
    with transaction.atomic():
        fresh = Category.objects.select_for_update().get(pk=category.pk)
        english = CategoryName.objects.filter(category=fresh).values_list("name_en", flat=True)
        asked = (name_th, name_en, is_public)
        if asked != (fresh.name, english.first() or "", fresh.is_public):
            _require_new(name_th, fresh.get_siblings().exclude(pk=fresh.pk))
            fresh.name, fresh.is_public = name_th, is_public
            fresh.save()
            _name_in_english(fresh, name_en)
            target = f"category:{fresh.pk}"
            audit.note(actor=by, act="category.change", target=target, is_public=int(is_public))
            _tell(fresh)
    return fresh


def _checked(name: str) -> str:
    name = thai.normalise(name)
    if not 0 < len(name) <= NAME_MAX_LENGTH:
        raise InvalidCategoryName
    return name


def _require_new(name: str, beside) -> None:
    if beside.filter(name=name).exists():
        raise CategoryExists


def _name_in_english(category: Category, name_en: str) -> None:
    if name_en:
        CategoryName.objects.update_or_create(category=category, defaults={"name_en": name_en})
    else:
        CategoryName.objects.filter(category=category).delete()


def _tell(category: Category) -> None:
    """Stored pages name it, and search reads its name with each of its products."""
    products = ListingCategory.objects.filter(category_id=category.pk)
    outbox.note_many("product", products.values_list("listing_id", flat=True))
    page_cache.invalidate()
