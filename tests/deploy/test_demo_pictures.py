"""The demo's drawings: how many, how large, always the same, and nothing hidden in the files."""

from io import BytesIO

import pytest
from PIL import Image

from deploy.demo.draw_pictures import draw_all
from deploy.demo.pictures import MODULES, all_keys, draw
from marketplace.core.pictures import rendition_name

pytestmark = pytest.mark.no_database

SQUARE = "weave-mudmee-lac"


def test_keys_are_at_most_120_and_unique():
    listed = [key for module in MODULES for key in module.picture_keys()]

    assert len(listed) == len(set(listed)) == len(all_keys()) <= 120


def test_a_picture_is_drawn_the_same_each_time():
    def encoded():
        out = BytesIO()
        draw(SQUARE).save(out, "PNG", compress_level=1)
        return out.getvalue()

    assert encoded() == encoded()


@pytest.mark.parametrize(
    ("key", "size"),
    [
        (SQUARE, (1200, 1200)),
        ("food-honey", (1200, 1200)),
        ("scene-mekong", (1600, 900)),
        ("tall-mist-village", (1080, 1350)),
    ],
)
def test_shapes_follow_the_kind(key, size):
    picture = draw(key)

    assert picture.size == size
    assert picture.mode == "RGB"


def test_another_size_keeps_the_shape():
    assert draw(SQUARE, 600).size == (600, 600)


def test_an_unknown_key_is_refused():
    with pytest.raises(KeyError):
        draw("weave-nothing")


def test_files_carry_no_metadata(tmp_path, monkeypatch):
    monkeypatch.setattr("deploy.demo.draw_pictures.all_keys", lambda: (SQUARE,))

    draw_all(tmp_path, say=lambda text: None)

    with Image.open(tmp_path / "demo" / f"{SQUARE}.jpg") as original:
        assert not original.getexif()
        assert set(original.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for width in (480, 960):
        name = rendition_name(f"demo/{SQUARE}.jpg", width, "webp")
        with Image.open(tmp_path / name) as smaller:
            assert smaller.width == width
            assert "exif" not in smaller.info
    assert not list(tmp_path.rglob("*.part"))


def test_drawing_twice_draws_only_once(tmp_path, monkeypatch):
    monkeypatch.setattr("deploy.demo.draw_pictures.all_keys", lambda: (SQUARE, "basket-broom"))

    assert draw_all(tmp_path, say=lambda text: None) == 2
    assert draw_all(tmp_path, say=lambda text: None) == 0


def test_a_new_drawing_version_draws_again(tmp_path, monkeypatch):
    monkeypatch.setattr("deploy.demo.draw_pictures.all_keys", lambda: (SQUARE,))
    draw_all(tmp_path, say=lambda text: None)

    monkeypatch.setattr("deploy.demo.draw_pictures.DRAWING_VERSION", 999)

    assert draw_all(tmp_path, say=lambda text: None) == 1
