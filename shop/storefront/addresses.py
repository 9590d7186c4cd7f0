"""Where the pages of provinces stand: found by code, readable by name."""

from functools import lru_cache

from django.urls import reverse

from marketplace.core import thai
from marketplace.places.models import Province


def provinces_url() -> str:
    return reverse("storefront:provinces")


def province_url(province: Province) -> str:
    return reverse("storefront:province", args=[province.code, province_slug(province.name_th)])


@lru_cache(maxsize=128)
def province_slug(name_th: str) -> str:
    return thai.slug(name_th)
