"""Twelve photos become twelve products that share words, with a price each."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.provenance.models import ProductDraft, Provenance
from tests.factories import make_photo, make_producer, make_village
from tests.shop.workbench.forms import begin, send, url

pytestmark = pytest.mark.django_db
BUDGETS = json.loads((Path(__file__).parents[2] / "budgets.json").read_text())["workbench-split"]


def address(draft) -> str:
    return reverse("workbench:products-split", args=[draft.producer_id, draft.pk])


def many(producer, count: int, **words) -> ProductDraft:
    """A form with so many photos and everything else that a product needs."""
    photos = [make_photo(producer).pk for _ in range(count)]
    facts = {"title_th": "ตะกร้า", "otop_type": "household", "price_baht": "250"}
    return begin(producer, photos=photos, **facts | words)


def rows(draft, prices: list[str]) -> dict:
    photos = draft.data["photos"]
    suffixes = [f"ใบที่ {n + 1}" for n in range(len(photos))]
    return {"photo": photos, "suffix": suffixes, "price_baht": prices}


def test_twelve_photos_become_twelve_products_with_a_price_each(client, weavers):
    photos = [make_photo(weavers).pk for _ in range(12)]
    draft = begin(weavers, title_th="ตะกร้า", otop_type="household", photos=photos)
    there = send(client, draft, "split", photos=photos, title_th="ตะกร้า").headers["location"]
    form = {
        "photo": photos,
        "suffix": [f"ใบที่ {n}" for n in range(12)],
        "price_baht": [str(100 + n) for n in range(11)] + ["แพง"],
    }

    page = client.post(there, form).content.decode()
    assert 'value="แพง"' in page and page.count('aria-invalid="true"') == 1
    assert ProductDraft.objects.count() == 1
    prices = {"price_baht": form["price_baht"][:11] + ["๑๑๑"]}
    answers = [client.post(there, form | prices, follow=True) for _ in range(2)]  # a double tap

    messages = [str(one) for one in answers[1].context["messages"]]
    assert answers[1].redirect_chain[-1][0] == reverse("workbench:products-list", args=[weavers.pk])
    assert [one for one in messages if "แยกเป็นสินค้า 12 อย่างแล้ว" in one], messages
    assert client.get(there).status_code == client.get(url(draft)).status_code == 302
    pieces = ProductDraft.objects.unfinished()
    assert {one.made_of for one in pieces} == {draft}
    made = {one.data["title_th"]: one.data["price_baht"] for one in pieces}
    assert made == {f"ตะกร้า ใบที่ {n}": str(100 + n) for n in range(12)}


def test_a_photo_of_another_producer_cannot_be_split_off(client, weavers):
    photos = [make_photo(weavers).pk for _ in range(2)]
    theirs = make_photo(make_producer(make_village("34010105"))).pk
    draft = begin(weavers, photos=photos)
    there = reverse("workbench:products-split", args=[weavers.pk, draft.pk])
    form = {"photo": [photos[0], theirs], "suffix": ["1", "2"], "price_baht": ["1", "2"]}

    assert client.get(there).status_code == 200
    assert client.post(there, form).status_code == 404
    assert ProductDraft.objects.get() == draft


def test_the_words_they_share_are_shown_and_the_price_is_a_beginning(client, weavers):
    draft = many(weavers, 2, description_th="สานจากไม้ไผ่", materials_th="ไม้ไผ่สีสุก")

    page = client.get(address(draft)).content.decode()

    for words in ("ตะกร้า", "สานจากไม้ไผ่", "ไม้ไผ่สีสุก"):
        assert words in page
    assert page.count('value="250"') == 2


def test_all_pieces_are_sent_for_review_at_once(client, weavers):
    draft = many(weavers, 3)

    for _ in range(2):
        client.post(address(draft), rows(draft, ["100", "200", "300"]) | {"do": "submit"})

    sold = weavers.products.order_by("product_id")
    assert [one.status for one in sold] == [Provenance.Status.IN_REVIEW] * 3
    prices = [one.product.stockrecords.get().price for one in sold]
    assert sorted(prices) == [100, 200, 300]
    assert not ProductDraft.objects.unfinished().exists()


def test_pieces_that_lack_something_stay_among_the_unfinished(client, weavers):
    draft = many(weavers, 2, otop_type="")

    answer = client.post(
        address(draft), rows(draft, ["100", "200"]) | {"do": "submit"}, follow=True
    )

    assert not weavers.products.exists() and ProductDraft.objects.unfinished().count() == 2
    assert 'id="unfinished"' in answer.content.decode()


@pytest.mark.parametrize("count", [2, 24])
def test_the_page_keeps_to_its_statements(client, weavers, count):
    draft = many(weavers, count)
    client.get(address(draft))

    with CaptureQueriesContext(connection) as shown:
        assert client.get(address(draft)).status_code == 200
    with CaptureQueriesContext(connection) as made:
        assert client.post(address(draft), rows(draft, ["100"] * count)).status_code == 302

    assert {"page": len(shown), "making": len(made)} == BUDGETS
