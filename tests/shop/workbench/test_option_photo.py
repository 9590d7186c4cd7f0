"""An option's own photo: chosen in the form, seen on the product's page and in the basket."""

import pytest

from marketplace.provenance.services import approve_product, submit_draft
from tests.factories import make_photo, make_producer, make_village
from tests.shop.workbench.forms import begin, data_of, send, url

pytestmark = pytest.mark.django_db
OURS = {"sec-fetch-site": "same-origin"}
OPTIONS = {
    "option_title_th": ["แดง", "คราม"],
    "option_price_baht": ["100", "200"],
    "option_quantity": ["1", "1"],
}


def photos_of_options(draft) -> list:
    return [one.get("photo") for one in data_of(draft)["options"]]


@pytest.fixture
def photos(weavers) -> list:
    return [make_photo(weavers) for _ in range(3)]


@pytest.fixture
def draft(client, weavers, photos):
    draft = begin(weavers)
    keys = [photo.pk for photo in photos]
    send(client, draft, "save", photos=keys, **OPTIONS, **{"option_photo-1": keys[2]})
    return draft


def test_each_option_offers_every_photo_of_the_form(client, draft, photos):
    page = client.get(url(draft)).content.decode()

    for number in (0, 1):
        assert page.count(f'name="option_photo-{number}"') == 4
    assert f'name="option_photo-1" value="{photos[2].pk}" checked' in page
    assert 'name="option_photo-0" value="" checked' in page
    assert photos_of_options(draft) == [None, str(photos[2].pk)]


def test_a_photo_moves_with_its_option_and_goes_with_the_photo(client, draft, photos):
    keys = [photo.pk for photo in photos]
    chosen = {"photos": keys, **OPTIONS, "option_photo-1": keys[2]}

    send(client, draft, "option-up:1", **chosen)
    assert photos_of_options(draft) == [str(keys[2]), None]
    send(client, draft, "photo-remove:0", **chosen)
    assert photos_of_options(draft) == [None, str(keys[2])]
    send(client, draft, "photo-remove:1", **chosen | {"photos": keys[1:]})
    assert photos_of_options(draft) == [None, None]


def test_nobody_can_choose_a_photo_of_somebody_else(client, draft, photos):
    theirs = make_photo(make_producer(make_village("34010105")))
    before = data_of(draft)

    for named in (theirs.pk, theirs.name, "images/photos/x.jpg"):
        answer = send(client, draft, "save", **OPTIONS, **{"option_photo-0": named})
        assert answer.status_code == 404

    assert data_of(draft) == before


def test_what_was_chosen_is_said_to_be_wrong_beside_the_option(client, weavers, draft, photos):
    other = make_photo(weavers)
    keys = [photo.pk for photo in photos]

    page = send(
        client, draft, "submit", photos=keys, **OPTIONS, **{"option_photo-0": other.pk}
    ).content.decode()

    assert 'href="#f-options-0-photo"' in page and 'id="f-options-0-photo-error"' in page
    assert not weavers.products.exists()


def test_shoppers_see_it_on_the_page_and_in_the_basket(client, weavers, draft, photos):
    made = approve_product(provenance=submit_draft(draft=draft, by=None), by=None)
    red, blue = made.product.children.order_by("option__position")

    client.logout()
    page = client.get(made.product.get_absolute_url()).content.decode()
    tiles = [page.split(f'value="{one.pk}"')[1].split("</label>")[0] for one in (red, blue)]
    baskets = []
    for option in (red, blue):
        client.cookies.clear()
        client.post(f"/basket/add/{made.product_id}/", {"child_id": option.pk}, headers=OURS)
        baskets.append(client.get("/basket/").content.decode())

    assert [stem(photos[2]) in tile for tile in tiles] == [False, True]
    assert [[stem(photo) in basket for photo in photos] for basket in baskets] == [
        [True, False, False],
        [False, False, True],
    ]


def stem(photo) -> str:
    return photo.name.rpartition("/")[2].removesuffix(".jpg")
