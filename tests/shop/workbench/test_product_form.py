"""The product form without scripts and with its script's requests: nothing typed is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marketplace.provenance.models import Photo, ProductChange, ProductDraft, Provenance
from marketplace.provenance.services import OptionPlan
from tests.factories import make_photo, make_producer, make_product, make_village
from tests.shop.workbench.forms import TYPED, begin, data_of, jpeg, send, url

pytestmark = pytest.mark.django_db


def test_a_second_tap_on_new_product_finds_the_same_form(client, weavers):
    address = reverse("workbench:products-new", args=[weavers.pk])

    places = {client.post(address).headers["location"] for _ in range(2)}

    assert len(places) == 1 and ProductDraft.objects.count() == 1
    assert client.get(places.pop()).status_code == 200


@pytest.mark.parametrize("do", ["save", "later", "option-add", "photos-add", "photo-up:9", "?"])
def test_every_button_keeps_what_was_typed(client, weavers, do):
    draft = begin(weavers)

    assert send(client, draft, do, description_th="เรื่อง").status_code == 302

    data = data_of(draft)
    assert {name: data[name] for name in TYPED} == TYPED and data["description_th"] == "เรื่อง"
    assert "ผ้าฝ้ายย้อมคราม" in client.get(url(draft)).content.decode()


def test_sent_in_without_something_says_so_beside_the_field_and_above(client, weavers):
    draft = begin(weavers)

    answer = send(client, draft, "submit", price_baht="ร้อยบาท", title_th="")

    page = answer.content.decode()
    assert answer.status_code == 200 and "error-summary" in page
    for name in ("title_th", "price_baht", "photos"):
        assert f'href="#f-{name}"' in page and f'id="f-{name}-error"' in page
    assert 'value="ร้อยบาท"' in page and data_of(draft)["price_baht"] == "ร้อยบาท"


def test_a_whole_form_becomes_one_product_that_waits(client, weavers):
    draft = begin(weavers)
    photo = make_photo(weavers)

    for _ in range(2):  # a double tap
        answer = send(client, draft, "submit", photos=[photo.pk])
        assert answer.status_code == 302

    product = weavers.products.get()
    assert product.status == Provenance.Status.IN_REVIEW and product.product.title == "ผ้าฝ้ายย้อมคราม"
    assert client.get(url(draft)).status_code == 302


def test_a_live_product_keeps_its_name_and_changes_its_price(client, weavers):
    cloth = make_product(weavers, title_th="ผ้าเดิม", stock=3)
    address = reverse("workbench:products-change", args=[weavers.pk, cloth.product_id])
    client.post(address)
    draft = cloth.drafts.get()

    answer = send(client, draft, "submit", title_th="ผ้าใหม่", otop_type=cloth.otop_type)

    assert answer.status_code == 302, answer.content.decode()
    cloth.product.refresh_from_db()
    assert cloth.product.title == "ผ้าเดิม"
    assert cloth.product.stockrecords.get().price == 250
    assert ProductChange.objects.get().after["title_th"] == "ผ้าใหม่"


def test_photos_are_taken_in_ordered_and_removed(client, weavers, media):
    draft = begin(weavers)

    send(client, draft, "photos-add", new_photos=[jpeg(), jpeg()])
    first, second = data_of(draft)["photos"]
    send(client, draft, "photo-up:1", photos=[first, second])
    assert data_of(draft)["photos"] == [second, first]
    send(client, draft, "photo-remove:0", photos=[second, first])

    assert data_of(draft)["photos"] == [first]


def test_a_file_that_is_no_picture_is_refused_in_words_and_the_rest_is_kept(client, weavers):
    draft = begin(weavers)

    page = send(
        client, draft, "photos-add", new_photos=SimpleUploadedFile("a.jpg", b"<svg/>")
    ).content.decode()

    assert "a.jpg: " in page and data_of(draft)["title_th"] == TYPED["title_th"]
    assert not Photo.objects.exists()


def test_a_photo_is_turned_once_by_a_double_tap(client, weavers, media):
    draft = begin(weavers)
    send(client, draft, "photos-add", new_photos=jpeg())
    photo = Photo.objects.get()
    width, name = photo.width, photo.name

    for _ in range(2):
        send(client, draft, f"photo-turn:{photo.pk}:{name}", photos=[photo.pk])

    photo.refresh_from_db()
    assert photo.height == width and photo.name != name


def test_remarks_about_a_photo_are_said(client, weavers):
    photo = make_photo(weavers, "dark")

    assert photo.sentences[0] in client.get(url(begin(weavers, photos=[photo.pk]))).content.decode()


def test_options_come_and_go_by_buttons(client, weavers):
    draft = begin(weavers)
    names = {"option_title_th": ["เล็ก", "ใหญ่"], "option_price_baht": ["1", "2"]}

    send(client, draft, "option-add", **names)
    assert [one["title_th"] for one in data_of(draft)["options"]] == ["เล็ก", "ใหญ่", ""]
    send(client, draft, "option-down:0", **names)
    assert [one["title_th"] for one in data_of(draft)["options"]] == ["ใหญ่", "เล็ก"]
    send(client, draft, "option-up:1", **names)
    assert [one["title_th"] for one in data_of(draft)["options"]] == ["ใหญ่", "เล็ก"]
    send(client, draft, "option-remove:0", **names)

    assert [one["price_baht"] for one in data_of(draft)["options"]] == ["2"]


def test_the_script_saves_and_learns_what_reaches_the_maker(client, weavers):
    draft = begin(weavers)

    answer = send(client, draft, "autosave", price_baht="250").json()

    assert answer["version"] == 1 and "฿250" in answer["reaches"]
    assert data_of(draft)["title_th"] == TYPED["title_th"]


@pytest.mark.parametrize("do", ["autosave", "save"])
def test_somebody_elses_newer_form_is_not_overwritten_unasked(client, weavers, do):
    draft = begin(weavers, title_th="ของเพื่อน")

    answer = send(client, draft, do, version=0)

    assert answer.status_code == 409 and data_of(draft) == {"title_th": "ของเพื่อน"}
    if do == "save":
        page = answer.content.decode()
        assert TYPED["title_th"] in page and 'name="version" value="1"' in page


def test_words_of_makers_are_shown_as_words(client, weavers):
    draft = begin(weavers, title_th='"><script>', description_th="</textarea><b>")

    page = client.get(url(draft)).content.decode()

    assert '"><script>' not in page and "</textarea><b>" not in page


def test_ids_of_another_producer_are_not_found_and_change_nothing(client, weavers):
    others = make_producer(make_village("34010105"))
    theirs, photo = begin(others, title_th="ของเขา"), make_photo(others)
    plans = [OptionPlan("ลาย", "", 30_000, 4, picture=None)]
    option = make_product(others, options=plans).product.children.get()
    draft = begin(weavers, title_th="ของเรา")

    foreign = reverse("workbench:products-draft", args=[weavers.pk, theirs.pk])
    assert client.get(foreign).status_code == client.post(foreign, TYPED).status_code == 404
    for typed in (
        {"photos": [photo.pk]},
        {"photos": ["images/photos/of-theirs.jpg"]},
        {"option_product_id": [option.pk], "option_title_th": ["x"]},
        {"option_photo-0": photo.pk, "option_title_th": ["x"]},
        {"option_photo-0": photo.name, "option_title_th": ["x"]},
    ):
        assert send(client, draft, "save", **typed).status_code == 404
    turn = f"photo-turn:{photo.pk}:{photo.name}"
    assert send(client, draft, turn).status_code == 404

    assert data_of(theirs) == {"title_th": "ของเขา"}
    assert data_of(draft) == {"title_th": "ของเรา"}
    assert Photo.objects.get(pk=photo.pk).name == photo.name
