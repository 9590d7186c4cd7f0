"""Where the public page of a village stands: found by its code, readable by its name."""

from functools import lru_cache

from django.urls import reverse

from marketplace.core import thai


@lru_cache(maxsize=4096)
def village_slug(name_th: str) -> str:
    """The name in Latin letters; kept, since working it out takes half a millisecond."""
    return thai.slug(name_th)


def village_url(code: str, name_th: str) -> str:
    return reverse("storefront:village", args=[code, village_slug(name_th)])
