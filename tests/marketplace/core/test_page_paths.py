"""Addresses that cards write themselves are those that Django's router would give."""

import pytest
from django.urls import reverse
from django.utils import translation

from marketplace.core.templatetags import page


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("slug", ["indigo-scarf", "a_b"])
def test_a_card_leads_where_the_router_says(language, slug):
    with translation.override(language):
        assert page.product_path(slug, 17) == reverse("catalogue:detail", args=[slug, 17])
        assert page.basket_add_path(17) == reverse("basket:add", args=[17])


def test_a_path_follows_the_language_of_the_page():
    with translation.override("th"):
        thai = page.page_path("catalogue:index")
    with translation.override("en"):
        english = page.page_path("catalogue:index")

    assert (thai, english) == ("/catalogue/", "/en/catalogue/")
