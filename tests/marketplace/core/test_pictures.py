"""Renditions: fixed widths at names that need no look-up, made whole or not at all."""

from io import BytesIO

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.template import Context, Template
from PIL import Image

from marketplace.core import pictures
from marketplace.core.templatetags.pictures import product_tile, village_monogram


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def put(media, name="products/cloth.jpg", size=(1000, 500), mode="RGB"):
    (media / name).parent.mkdir(parents=True, exist_ok=True)
    Image.new(mode, size, "red").save(media / name)
    return name


def size_of(media, name, width, extension):
    with Image.open(media / pictures.rendition_name(name, width, extension)) as picture:
        return picture.format, picture.size


def test_the_name_of_a_rendition_follows_from_the_originals():
    name = pictures.rendition_name("products/2026/ผ้า.jpg", 480, "webp")

    assert name == "renditions/products/2026/ผ้า.jpg.480.webp"
    assert pictures.split_rendition_name(name.removeprefix("renditions/")) == (
        "products/2026/ผ้า.jpg",
        480,
        "webp",
    )


@pytest.mark.parametrize("width, extension", [(100, "webp"), (480, "gif"), (480, "../x")])
def test_other_widths_and_formats_have_no_name(width, extension):
    with pytest.raises(ValueError):
        pictures.rendition_name("a.jpg", width, extension)


@pytest.mark.parametrize("name", ["a.jpg", "a.jpg.480", "a.jpg.481.webp", "a.jpg.480.gif", ".", ""])
def test_what_is_no_rendition_is_not_taken_for_one(name):
    assert pictures.split_rendition_name(name) is None


def test_all_widths_are_made_in_both_formats_and_never_enlarged(media):
    name = put(media)

    assert pictures.make_renditions.func(name) == 10

    assert size_of(media, name, 480, "webp") == ("WEBP", (480, 240))
    assert size_of(media, name, 480, "jpg") == ("JPEG", (480, 240))
    assert size_of(media, name, 1440, "webp") == ("WEBP", (1000, 500))


def test_making_them_again_makes_nothing(media):
    name = put(media)
    pictures.make_renditions.func(name, [480])
    path = media / pictures.rendition_name(name, 480, "webp")
    before = path.stat().st_mtime_ns

    assert pictures.make_renditions.func(name, [480]) == 0

    assert path.stat().st_mtime_ns == before


def test_a_turned_photograph_comes_out_upright_and_without_its_data(media):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera"  # orientation: a quarter turn; maker
    target = BytesIO()
    Image.new("RGB", (1000, 500), "red").save(target, "JPEG", exif=exif)
    (media / "turned.jpg").write_bytes(target.getvalue())

    pictures.make_renditions.func("turned.jpg", [240])

    with Image.open(media / pictures.rendition_name("turned.jpg", 240, "jpg")) as made:
        assert made.size == (240, 480)
        assert not made.getexif()


def test_a_clear_ground_becomes_white_in_jpeg(media):
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(media / "clear.png")

    pictures.make_renditions.func("clear.png", [240])

    with Image.open(media / pictures.rendition_name("clear.png", 240, "jpg")) as made:
        assert made.getpixel((10, 10)) == (255, 255, 255)


def test_a_stop_half_way_leaves_no_half_file(media, monkeypatch):
    name = put(media)

    def stop(picture, extension):
        raise KeyboardInterrupt

    monkeypatch.setattr(pictures, "_encode", stop)
    with pytest.raises(KeyboardInterrupt):
        pictures.make_renditions.func(name, [480])

    assert [path.name for path in media.rglob("*") if path.is_file()] == ["cloth.jpg"]


def test_a_picture_that_is_gone_has_no_renditions(media):
    assert pictures.make_renditions.func("gone.jpg") == 0


def test_a_file_that_is_no_picture_has_no_renditions(media):
    (media / "note.jpg").write_text("not a picture")

    assert pictures.make_renditions.func("note.jpg") == 0


def test_nothing_outside_of_media_is_touched(media):
    with pytest.raises(SuspiciousFileOperation):
        pictures.make_renditions.func("../../etc/passwd")


def test_until_it_is_made_the_nearest_width_stands_in(client, media):
    name = put(media)
    pictures.make_renditions.func(name, [240, 960])

    answers = {
        width: client.get(pictures.rendition_url(name, width, "webp")) for width in (240, 480, 1440)
    }
    shown = {width: Image.open(BytesIO(a.getvalue())).width for width, a in answers.items()}

    assert shown == {240: 240, 480: 960, 1440: 960}
    assert "immutable" in answers[240]["Cache-Control"]
    assert answers[480]["Cache-Control"] == "public, max-age=60"


def test_with_no_rendition_the_original_stands_in(client, media):
    name = put(media)

    answer = client.get(pictures.rendition_url(name, 480, "webp"))

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")


@pytest.mark.parametrize(
    "path", ["x.jpg.480.webp", "x.jpg", "..%2f..%2fetc%2fpasswd.480.webp", "%00.480.webp"]
)
def test_what_is_not_there_is_not_found(client, db, media, path):
    assert client.get(f"/media/renditions/{path}").status_code in (400, 404)


def test_the_dashboard_gets_the_rendition_that_is_wide_enough():
    thumbnail = pictures.Thumbnailer().generate_thumbnail("a.jpg", size="300x300")

    assert thumbnail.url == "/media/renditions/a.jpg.480.jpg"


def test_deleting_a_picture_deletes_what_was_made_of_it(media):
    name = put(media)
    pictures.make_renditions.func(name)

    pictures.Thumbnailer().delete_thumbnails(name)

    assert not [path for path in (media / "renditions").rglob("*") if path.is_file()]


def drawn(template: str, **context) -> str:
    return Template("{% load pictures %}" + template).render(Context(context))


def test_a_picture_offers_every_width_and_keeps_its_place():
    html = drawn('{% product_picture "a.jpg" "ผ้าคราม" "50vw" %}')

    assert [f"{width}w" in html for width in pictures.WIDTHS] == [True] * 5
    for part in ('alt="ผ้าคราม"', 'width="480"', 'height="480"', 'loading="lazy"', 'sizes="50vw"'):
        assert part in html


def test_the_first_picture_is_loaded_at_once():
    html = drawn('{% product_picture "a.jpg" "" "50vw" True %}')

    assert 'fetchpriority="high"' in html
    assert "lazy" not in html


def test_a_hostile_name_stays_a_name():
    html = drawn("{% product_picture name alt %}", name='"><script>.jpg', alt='"><script>')

    assert "<script>" not in html


def test_a_product_without_picture_always_has_the_same_tile():
    assert product_tile(7, "food") == product_tile(7, "food")
    assert "kabkhit-4" in product_tile(7, "food")
    assert "family--food" in product_tile(7, "food")
    assert "family--household" in product_tile(7, "unknown")
    assert len({product_tile(number, "food") for number in range(40)}) == 4


@pytest.mark.parametrize(
    "name, letter",
    [("บ้านดอยปุย", "ด"), ("บ้านเหล่า", "ห"), ("Ban Doi Pui", "D"), ("คีรีวง", "ค"), ("บ้าน", "บ")],
)
def test_the_letter_of_a_village_is_not_that_of_the_word_village(name, letter):
    assert village_monogram(name) == letter
