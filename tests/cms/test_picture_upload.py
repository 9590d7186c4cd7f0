"""Pictures that staff upload: through every form of Wagtail's, clean or not at all."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.models import Collection, UploadedFile

from cms.media.models import Picture
from marketplace.accounts import services
from marketplace.accounts.roles import StaffRole
from tests import factories
from tests.marketplace.core.hostile_pictures import REFUSED

# About files; the rows beside them are as everywhere.
pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]

ADD, ADD_SEVERAL = "/cms/images/add/", "/cms/images/multiple/add/"
CHOOSER = "/cms/images/chooser/create/"
HOSTILE = [
    "nothing",
    "60 MB",
    "13,000 px squared in one bit",
    "transparent PNG of 49 million px",
    "PNG with 100 MB of text",
    "half a JPEG",
    "WebP of 10,000 frames",
    "GIF of 10,000 frames",
    "SVG",
    "HTML",
]


@pytest.fixture(autouse=True)
def _curator(client):
    user = factories.make_user()
    services.give_role(user=user, role=StaffRole.CURATOR, by=None)
    client.force_login(user)


def upload(kind="JPEG", name="loom.jpg", size=(1_600, 900)) -> SimpleUploadedFile:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "CANARY", 6
    exif.get_ifd(0x8825).update({1: "N", 29: "CANARY"})
    target = BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(target, kind, exif=exif.tobytes())
    return SimpleUploadedFile(name, target.getvalue())


def facts(**more) -> dict:
    root = Collection.get_first_root_node()
    return {"title": "กี่ทอผ้า", "collection": root.pk, "tags": ""} | more


def files(settings) -> list:
    return [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def assert_clean(picture: Picture) -> None:
    content = picture.file.read()
    assert content.startswith(b"\xff\xd8\xff")
    assert b"CANARY" not in content and b"Exif" not in content
    assert (picture.width, picture.height) == (900, 1_600)
    assert picture.file_size == len(content)
    folder, _, name = picture.file.name.partition("/")
    assert folder == "original_images" and len(name) == len("0" * 32 + ".jpg")


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("JPEG", "loom.jpg"),
        ("HEIF", "IMG_0001.HEIC"),
        ("WEBP", "loom.webp"),
        ("PNG", "loom.jpg"),
        ("AVIF", "loom"),
    ],
)
def test_a_picture_of_a_phone_is_kept_without_its_data(client, kind, name):
    client.post(ADD, facts(file=upload(kind, name)))

    picture = Picture.objects.get()
    assert picture.title == "กี่ทอผ้า"
    assert_clean(picture)


def test_a_large_upload_on_the_disk_is_cleaned_there(client, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000

    client.post(ADD, facts(file=upload()))

    assert_clean(Picture.objects.get())


def test_the_chooser_cleans_too(client):
    prefixed = {f"image-chooser-upload-{name}": value for name, value in facts().items()}

    client.post(CHOOSER, prefixed | {"image-chooser-upload-file": upload("HEIF", "a.heic")})

    assert_clean(Picture.objects.get())


def test_several_at_once_are_cleaned_too(client):
    sent = facts() | {"files[]": upload("HEIF", "a.heic")}

    answer = client.post(ADD_SEVERAL, sent, headers={"X-Requested-With": "XMLHttpRequest"})

    assert answer.json()["success"] is True
    assert_clean(Picture.objects.get())


def test_what_waits_for_its_title_is_clean_already(client):
    sent = facts(title="") | {"files[]": upload()}

    client.post(ADD_SEVERAL, sent, headers={"X-Requested-With": "XMLHttpRequest"})

    waiting = UploadedFile.objects.get().file.read()
    assert waiting.startswith(b"\xff\xd8\xff") and b"CANARY" not in waiting
    assert not Picture.objects.exists()


def test_a_new_file_for_an_old_picture_is_cleaned(client):
    client.post(ADD, facts(file=upload()))
    picture = Picture.objects.get()

    client.post(f"/cms/images/{picture.pk}/", facts(file=upload("HEIF", "new.heic")))

    old, picture = picture.file.name, Picture.objects.get()
    assert picture.file.name != old
    assert_clean(picture)


def test_words_change_without_touching_the_file(client):
    client.post(ADD, facts(file=upload()))
    name = Picture.objects.get().file.name

    client.post(f"/cms/images/{Picture.objects.get().pk}/", facts(credit="สมชาย"))

    assert Picture.objects.values_list("file", "credit").get() == (name, "สมชาย")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_picture_is_refused_and_nothing_is_kept(client, settings, name):
    sent = SimpleUploadedFile("loom.jpg", REFUSED[name][1]())

    answer = client.post(ADD, facts(file=sent))

    assert answer.status_code == 200 and answer.context["form"].errors["file"]
    assert not Picture.objects.exists() and files(settings) == []


def test_several_at_once_are_refused_one_by_one(client, settings):
    sent = facts() | {"files[]": SimpleUploadedFile("loom.jpg", REFUSED["SVG"][1]())}

    answer = client.post(ADD_SEVERAL, sent, headers={"X-Requested-With": "XMLHttpRequest"})

    assert answer.json()["success"] is False and "JPEG, HEIC" in answer.json()["error_message"]
    assert not UploadedFile.objects.exists() and files(settings) == []


def test_phones_are_told_that_they_may_send_heic(client):
    assert "image/heic" in client.get(ADD).content.decode()
