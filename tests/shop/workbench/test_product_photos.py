"""Photos of the form: taken one by one, none lost, no request that lasts for ever."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from marketplace.provenance.models import Photo
from marketplace.provenance.services import day_limits
from shop.workbench.services import photos as taking
from tests.factories import make_photo, make_producer, make_village
from tests.shop.workbench.forms import TYPED, begin, data_of, jpeg, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    """Each photo takes four seconds."""
    ticks = iter(range(0, 4_000, 4))
    monkeypatch.setattr(taking, "monotonic", lambda: next(ticks))


def rejected() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.jpg", b"<svg/>")


def test_a_request_ends_in_time_and_says_what_is_left(client, weavers, media, clock):
    draft, files = begin(weavers), [jpeg(n) for n in range(5)]

    page = send(client, draft, "photos-add", new_photos=files).content.decode()

    there = data_of(draft)["photos"]
    assert there == list(Photo.objects.order_by("pk").values_list("pk", flat=True))
    assert len(there) == 3 and data_of(draft)["title_th"] == TYPED["title_th"]
    assert 'id="f-photos-error"' in page and page.count('name="photos"') == 3


def test_sending_everything_once_more_takes_nothing_twice(client, weavers, media, clock):
    draft, files = begin(weavers), [jpeg(n) for n in range(5)]
    for _ in range(2):
        for file in files:
            file.seek(0)
        send(client, draft, "photos-add", new_photos=files, photos=data_of(draft).get("photos", []))

    assert len(data_of(draft)["photos"]) == Photo.objects.count() == 3


def test_what_is_sent_again_takes_no_room(client, weavers, media):
    there = [make_photo(weavers).pk for _ in range(21)]
    draft, files = begin(weavers, photos=there), [jpeg(n) for n in range(3)]
    send(client, draft, "photos-add", photos=there, new_photos=files[:2])
    for file in files:
        file.seek(0)

    sent = {"photos": data_of(draft)["photos"], "new_photos": files}
    assert send(client, draft, "photos-add", **sent).status_code == 302

    assert len(data_of(draft)["photos"]) == 24


def test_one_photo_is_always_taken_however_slow_the_machine(client, weavers, media, monkeypatch):
    ticks = iter((0, 100, 200, 300))
    monkeypatch.setattr(taking, "monotonic", lambda: next(ticks))
    draft = begin(weavers)

    send(client, draft, "photos-add", new_photos=[jpeg(1), jpeg(2)])

    assert len(data_of(draft)["photos"]) == 1


def test_a_product_has_room_for_twenty_four(client, weavers, media):
    there = [make_photo(weavers).pk for _ in range(23)]
    draft = begin(weavers, photos=there)

    page = send(
        client, draft, "photos-add", photos=there, new_photos=[jpeg(1), jpeg(2), jpeg(3)]
    ).content.decode()

    assert len(data_of(draft)["photos"]) == 24 and Photo.objects.count() == 24
    assert 'id="f-photos-error"' in page and "ยังไม่ได้รับอีก 2 รูป" in page


def test_the_script_sends_one_and_gets_the_photos_back(client, weavers, media):
    draft = begin(weavers)

    answer = send(
        client,
        draft,
        "photo-send",
        new_photos=jpeg(),
        option_title_th=["แดง"],
        option_price_baht=["1"],
    ).json()

    photo = Photo.objects.get()
    assert data_of(draft)["photos"] == [photo.pk] and answer["version"] == 1
    assert answer["refused"] == "" and f'value="{photo.pk}"' in answer["photos"]
    assert len(answer["choices"]) == 1 and 'name="option_photo-0"' in answer["choices"][0]


def test_the_script_hears_why_a_photo_was_refused(client, weavers):
    draft = begin(weavers)

    answer = send(client, draft, "photo-send", new_photos=rejected())

    assert answer.status_code == 200 and answer.json()["refused"].startswith("a.jpg: ")
    assert data_of(draft)["photos"] == [] and not Photo.objects.exists()


def test_the_script_hears_that_somebody_else_was_quicker(client, weavers, media):
    draft = begin(weavers, title_th="ของเพื่อน")

    answer = send(client, draft, "photo-send", version=0, new_photos=jpeg())

    assert answer.status_code == 409 and answer.json()["words"]
    assert data_of(draft) == {"title_th": "ของเพื่อน"}


def test_a_day_has_room_for_so_many_photos(client, weavers, media, monkeypatch):
    monkeypatch.setattr(day_limits, "PHOTOS_A_DAY", 3)
    make_photo(make_producer(make_village("34010105")))
    for _ in range(2):
        make_photo(weavers)
    draft = begin(weavers)

    answer = send(client, draft, "photos-add", new_photos=[jpeg(n) for n in range(4)])

    assert answer.status_code == 200 and "300" in answer.content.decode()
    assert Photo.objects.of(weavers).count() == 3 and len(data_of(draft)["photos"]) == 1
    assert data_of(draft)["title_th"] == TYPED["title_th"]
    Photo.objects.update(uploaded_at=timezone.now() - timezone.timedelta(days=1))
    send(client, draft, "photos-add", photos=data_of(draft)["photos"], new_photos=jpeg(9))
    assert Photo.objects.of(weavers).count() == 4


def test_a_day_has_room_for_so_many_turns(client, weavers, media, monkeypatch):
    monkeypatch.setattr(day_limits, "TURNS_A_DAY", 1)
    draft = begin(weavers)
    send(client, draft, "photos-add", new_photos=jpeg())
    names = []

    for _ in range(2):
        photo = Photo.objects.get()
        names.append(photo.name)
        send(client, draft, f"photo-turn:{photo.pk}:{photo.name}", photos=[photo.pk])

    assert len(set(names)) == 2 and Photo.objects.get().name == names[1]


def test_a_day_has_room_for_so_many_forms(client, weavers, monkeypatch):
    monkeypatch.setattr(day_limits, "DRAFTS_A_DAY", 1)
    begin(weavers, title_th="ก")

    answer = client.post(f"/workbench/{weavers.pk}/products/new/", follow=True)

    assert weavers.drafts.count() == 1
    assert "300" in str(list(answer.context["messages"])[0])
