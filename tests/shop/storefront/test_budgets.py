"""Statements of the shop's pages for a guest, warm, at two sizes; and the weight of a list."""

import gzip
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.villages.addresses import village_url
from shop.storefront.addresses import province_url
from tests.factories import make_province, make_user
from tests.shop.storefront.conftest import fill

pytestmark = pytest.mark.django_db

BUDGETS = json.loads((Path(__file__).parents[2] / "budgets.json").read_text())["storefront"]
LIST_BYTES = 30_000


def addresses(shop: dict) -> dict[str, str]:
    shelf, product = shop["shelf"], shop["products"][0].product
    producer, village = shop["producer"], shop["village"]
    return {
        "catalogue": reverse("catalogue:index"),
        "category": reverse("catalogue:category", args=[shelf.slug, shelf.pk]),
        "search": reverse("search:search") + "?q=ไหม",
        "provinces": reverse("storefront:provinces"),
        "province": province_url(make_province("50")),
        "village": village_url(village.code, village.name_th),
        "producer": reverse("storefront:producer", args=[producer.pk, producer.slug]),
        "product": reverse("catalogue:detail", args=[product.slug, product.pk]),
        "help": reverse("storefront:help"),
    }


def statements(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("size", [30, 300])
def test_pages_keep_to_their_statements_at_any_size(client, size):
    shop = fill(size)

    counts = {name: statements(client, url) for name, url in addresses(shop).items()}

    assert counts == BUDGETS


def test_a_page_far_on_costs_what_the_first_costs(client, db):
    fill(60)

    first, third = (statements(client, f"/catalogue/?page={page}") for page in (1, 3))

    assert first == third


def test_a_full_list_weighs_at_most_thirty_kilobytes(client, db):
    fill(60)

    page = client.get("/catalogue/")

    assert page.content.count(b'class="product-card"') == 24
    assert len(gzip.compress(page.content)) <= LIST_BYTES


def test_who_is_signed_in_costs_the_session_and_the_user(client, shop):
    urls = addresses(shop)
    as_guest = {name: statements(client, url) for name, url in urls.items()}
    client.force_login(make_user("shopper@example.com"))

    counts = {name: statements(client, url) for name, url in urls.items()}
    assert counts == {name: count + 2 for name, count in as_guest.items()}


def test_a_basket_costs_nothing_on_pages_that_fetch_its_badge(client, shop):
    url = addresses(shop)["product"]
    before = statements(client, url)
    add = reverse("basket:add", args=[shop["products"][1].product_id])
    client.post(add, {"quantity": "1"}, headers={"sec-fetch-site": "same-origin"})
    client.get(reverse("basket:summary"))  # takes the waiting message with it

    assert settings.OSCAR_BASKET_COOKIE_OPEN in client.cookies
    assert statements(client, url) == before
