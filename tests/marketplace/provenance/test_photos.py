"""Photos of producers: clean or not at all, known again, turned, and forgotten when unused."""

import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult
from oscar.apps.catalogue.models import ProductImage
from PIL import Image

from marketplace.core import periodic, pictures
from marketplace.core.models import AuditEntry
from marketplace.core.worker import run_ready_jobs
from marketplace.provenance import photo_uses, services
from marketplace.provenance.models import Photo
from marketplace.provenance.services import PhotoRefused, rotate_photo, take_photo
from marketplace.provenance.services.photos import FOLDER, forget_unused_photos
from tests.factories import make_producer, make_product, make_user

pytestmark = pytest.mark.django_db

RED, BLUE = (200, 30, 30), (30, 30, 200)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def producer():
    return make_producer()


def upload(name="ผ้า.jpg", size=(1_200, 900), colour=RED, **options) -> SimpleUploadedFile:
    target = BytesIO()
    whole = Image.new("RGB", size, colour)
    whole.paste(Image.new("RGB", (size[0] // 2, size[1]), BLUE), (0, 0))
    whole.save(target, "JPEG", **options)
    return SimpleUploadedFile(name, target.getvalue())


def take(producer, *, by=None, **facts) -> Photo:
    return take_photo(producer=producer, upload=upload(**facts), by=by)


def files(media) -> list[str]:
    return sorted(str(path.relative_to(media)) for path in media.rglob("*") if path.is_file())


def jobs() -> list[str]:
    queued = DBTaskResult.objects.filter(task_path="marketplace.core.pictures.make_renditions")
    return [job.args_kwargs["args"][0] for job in queued.order_by("enqueued_at")]


def grow_old(photo: Photo, days: int = 31) -> None:
    then = timezone.now() - timedelta(days=days)
    Photo.objects.filter(pk=photo.pk).update(uploaded_at=then)
    os.utime(default_storage.path(photo.name), (then.timestamp(), then.timestamp()))


def test_a_photo_is_kept_clean_under_a_name_that_tells_nothing(producer, media):
    person = make_user()
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "CANARY", 6

    photo = take(producer, by=person, exif=exif.tobytes())

    assert (photo.width, photo.height, photo.remarks) == (900, 1_200, [])
    assert (photo.producer, photo.uploaded_by) == (producer, person)
    assert files(media) == [photo.name] and len(Path(photo.name).stem) == 32
    assert b"CANARY" not in (media / photo.name).read_bytes()
    assert list(Photo.objects.of(producer)) == [photo]
    assert not Photo.objects.of(make_producer()).exists()
    assert AuditEntry.objects.get(act="photo.take").actor == person


def test_the_worker_makes_the_five_widths_once(producer, media):
    photo = take(producer)
    make_product(producer, pictures=[photo.name])

    run_ready_jobs()

    assert jobs() == [photo.name]
    widths = {pictures.rendition_name(photo.name, width, "webp") for width in pictures.WIDTHS}
    assert len(files(media)) == 11 and widths < set(files(media))


@pytest.mark.parametrize("name", ["../../../etc/passwd", "a\0b.jpg", "x.html", "", "x" * 400])
def test_the_name_of_the_upload_goes_nowhere(producer, media, name):
    sent = upload()
    sent._name = name

    photo = take_photo(producer=producer, upload=sent, by=None)

    assert files(media) == [photo.name]
    assert photo.name.startswith(f"{FOLDER}/") and photo.name.endswith(".jpg")


def test_a_refused_picture_leaves_nothing(producer, media):
    sent = SimpleUploadedFile("photo.jpg", b"<html>")

    with pytest.raises(PhotoRefused) as refusal:
        take_photo(producer=producer, upload=sent, by=None)

    assert str(refusal.value)
    assert files(media) == [] == jobs()
    assert not Photo.objects.exists() and not AuditEntry.objects.filter(act="photo.take").exists()


def test_a_database_that_fails_leaves_no_file(producer, media, monkeypatch):
    def fail(**_facts):
        raise DatabaseError

    monkeypatch.setattr(Photo.objects, "get_or_create", fail)

    with pytest.raises(DatabaseError):
        take(producer)

    assert files(media) == []


def test_remarks_are_kept_and_said_kindly(producer):
    photo = take(producer, size=(640, 480))

    assert photo.remarks == ["small"] and not photo.may_be_published
    assert photo.sentences == [str(Photo.Remark.SMALL.label)]
    assert take(producer).may_be_published and take(producer).sentences == []


def test_the_same_bytes_again_are_the_same_photo(producer, media):
    first = take(producer, name="IMG_1.jpg")
    grow_old(first, days=20)

    again = take(producer, name="IMG_1 (1).jpg")

    assert again == first and files(media) == [first.name] and jobs() == [first.name]
    assert timezone.now() - again.uploaded_at < timedelta(minutes=1)


def test_two_producers_never_share_a_photo(producer, media):
    mine, theirs = take(producer), take(make_producer())

    assert mine.pk != theirs.pk and files(media) == sorted([mine.name, theirs.name])


def test_a_quarter_turn_is_a_new_picture(producer, media):
    photo = take(producer)
    before = photo.name
    make_product(producer, pictures=[before])

    turned = rotate_photo(photo=photo, by=None)

    assert turned.pk == photo.pk and (turned.width, turned.height) == (900, 1_200)
    assert turned.name != before and files(media) == sorted([before, turned.name])
    assert jobs() == [before, turned.name]
    with Image.open(media / turned.name) as image:
        upper, lower = image.getpixel((450, 200)), image.getpixel((450, 1_000))
    assert upper[2] > upper[0] and lower[0] > lower[2]  # what was left is now above
    assert ProductImage.objects.get(original=before)


def test_two_turns_at_once_turn_once(producer):
    photo = take(producer)
    same = Photo.objects.get(pk=photo.pk)

    first, second = rotate_photo(photo=photo, by=None), rotate_photo(photo=same, by=None)

    assert first.name == second.name and (second.width, second.height) == (900, 1_200)
    assert AuditEntry.objects.filter(act="photo.rotate").count() == 1


def test_a_turned_photo_is_still_known_by_what_was_sent(producer):
    photo = rotate_photo(photo=take(producer), by=None)

    assert take(producer) == photo and take(producer).name == photo.name


def test_what_nothing_uses_is_forgotten_after_thirty_days(producer, media):
    photo = take(producer)
    run_ready_jobs()
    grow_old(photo)

    assert forget_unused_photos() == 1
    assert forget_unused_photos() == 0

    assert files(media) == [] and not Photo.objects.exists()


def test_what_is_younger_stays(producer, media):
    photo = take(producer)
    grow_old(photo, days=29)

    assert forget_unused_photos() == 0

    assert files(media) == [photo.name] and Photo.objects.get() == photo


def test_what_was_sent_again_stays(producer, media):
    photo = take(producer)
    grow_old(photo)
    take(producer)

    assert forget_unused_photos() == 0

    assert files(media) == [photo.name] and Photo.objects.get() == photo


def test_what_a_product_shows_stays_whatever_its_state(producer, media):
    photo = take(producer)
    made = make_product(producer, pictures=[photo.name])
    services.withdraw_product(provenance=made, reason="พัก", by=None)
    grow_old(photo)

    assert forget_unused_photos() == 0

    assert photo.name in files(media) and Photo.objects.get() == photo


def test_what_another_app_keeps_stays(producer, media, monkeypatch):
    kept, unused = take(producer), take(producer, colour=(9, 99, 9))
    for photo in (kept, unused):
        grow_old(photo)
    monkeypatch.setattr(photo_uses, "_paths", [f"{__name__}.names_kept_by_a_test"])
    monkeypatch.setattr(f"{__name__}.KEPT_BY_A_TEST", {kept.name, "images/photos/other.jpg"})

    assert forget_unused_photos() == 1

    assert files(media) == [kept.name] and Photo.objects.get() == kept


KEPT_BY_A_TEST: set[str] = set()


def names_kept_by_a_test(names: set[str]) -> set[str]:
    return KEPT_BY_A_TEST


def test_what_a_turning_left_behind_goes_and_the_photo_stays(producer, media):
    photo = take(producer)
    left = photo.name
    grow_old(photo)
    take(producer)
    rotate_photo(photo=photo, by=None)

    assert forget_unused_photos() == 1

    assert left not in files(media) and photo.name in files(media) and Photo.objects.exists()


def test_other_pictures_are_not_looked_at(media):
    other = media / "images" / "products" / "old.jpg"
    other.parent.mkdir(parents=True)
    other.write_bytes(b"x")
    os.utime(other, (0, 0))

    assert forget_unused_photos() == 0

    assert files(media) == ["images/products/old.jpg"]


def test_forgetting_comes_round_every_day():
    job = next(job for job in periodic.all_jobs() if job.name == "provenance.photos")

    assert (job.seconds, import_string(job.function_path)) == (86_400, forget_unused_photos)


def test_products_speak_for_their_pictures():
    assert f"{services.__name__}.photos.photos_of_products" in photo_uses._paths
