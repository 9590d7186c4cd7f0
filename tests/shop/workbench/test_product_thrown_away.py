"""A form that was thrown away can be brought back, also without scripts."""

import pytest
from django.urls import reverse

from marketplace.provenance.models import ProductDraft
from marketplace.provenance.services import discard_draft
from tests.factories import make_photo, make_producer, make_product, make_village
from tests.shop.workbench.forms import TYPED, begin, data_of, send, url

pytestmark = pytest.mark.django_db


def way_back(draft) -> str:
    return reverse("workbench:products-bring-back", args=[draft.producer_id, draft.pk])


def test_a_form_is_thrown_away_and_brought_back_with_what_was_typed_last(client, weavers):
    draft, photo = begin(weavers, title_th="ร่าง"), make_photo(weavers)

    answer = send(client, draft, "discard", photos=[photo.pk])
    page = client.get(answer.headers["location"]).content.decode()

    assert page.count(f'action="{way_back(draft)}"') == 2 and 'class="notice goods-thrown"' in page
    assert not ProductDraft.objects.unfinished().exists()
    assert client.get(url(draft)).headers["location"] == answer.headers["location"]
    for _ in range(2):
        assert client.post(way_back(draft)).headers["location"] == url(draft)
    assert data_of(draft)["photos"] == [photo.pk]
    assert TYPED["title_th"] in client.get(url(draft)).content.decode()


def test_what_was_brought_back_is_no_longer_among_what_was_thrown_away(client, weavers):
    draft = begin(weavers, title_th="ร่าง")
    thrown = send(client, draft, "discard").headers["location"]
    client.post(way_back(draft))

    page = client.get(thrown).content.decode()

    assert way_back(draft) not in page and f'href="{url(draft)}"' in page


def test_a_form_without_a_word_is_gone(client, weavers):
    draft = begin(weavers)

    answer = client.post(url(draft), {"do": "discard", "version": 0, "stock_kind": "in_stock"})

    assert not ProductDraft.objects.exists()
    page = client.get(answer.headers["location"]).content.decode()
    assert 'class="notice' in page and "bring-back" not in page


def test_a_change_that_was_begun_anew_is_not_overwritten(client, weavers):
    cloth = make_product(weavers, title_th="ผ้าเดิม")
    begin_again = reverse("workbench:products-change", args=[weavers.pk, cloth.product_id])
    client.post(begin_again)
    old = cloth.drafts.get()
    send(client, old, "discard", title_th="ก")
    client.post(begin_again)

    answer = client.post(way_back(old), follow=True)

    old.refresh_from_db()
    assert old.closing == "discarded" and len(list(answer.context["messages"])) == 1
    assert ProductDraft.objects.unfinished().count() == 1


def test_scripts_hear_that_the_form_is_gone(client, weavers):
    draft = begin(weavers, title_th="ร่าง")
    discard_draft(draft=draft, by=None)

    answer = send(client, draft, "autosave", title_th="ใหม่")

    assert answer.status_code == 409 and data_of(draft) == {"title_th": "ร่าง"}


def test_a_form_of_another_producer_is_not_brought_back(client, weavers):
    theirs = begin(make_producer(make_village("34010105")), title_th="ของเขา")
    discard_draft(draft=theirs, by=None)

    for producer in (weavers, theirs.producer):
        address = reverse("workbench:products-bring-back", args=[producer.pk, theirs.pk])
        assert client.post(address).status_code == 404

    theirs.refresh_from_db()
    assert theirs.closing == "discarded"
