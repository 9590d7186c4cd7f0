"""The stylesheet and the fonts: made when asked for, small, and true to the design."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from fontTools.ttLib import TTFont
from wagtail import hooks

from marketplace.core import assets, fonts

CSS_BYTES = 20_000
FONT_BYTES = 75_000
SCRIPT_BYTES = 35_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fonts")
    assert len(fonts.make_fonts(folder)) == 6
    return folder


def test_all_styles_fit_into_twenty_kilobytes():
    css = assets.stylesheet() + assets.producers_stylesheet()

    assert len(gzip.compress(css.encode())) <= CSS_BYTES


def test_shoppers_load_none_of_the_producers_styles():
    assert ".workbar" in assets.producers_stylesheet()
    assert ".work" not in assets.stylesheet()


def test_scripts_fit_into_their_budget():
    paths = [finders.find(name) for name in ("django_htmx/htmx-4.min.js", "js/site.js")]

    assert sum(len(gzip.compress(Path(path).read_bytes())) for path in paths) <= SCRIPT_BYTES


def test_the_stylesheet_holds_every_file_foundations_first():
    css = assets.stylesheet() + assets.producers_stylesheet()

    assert css.startswith(":root{")
    assert css.index(".button{") < css.index(".product-card{") < css.index("@media print{")
    for path in assets.SOURCES.glob("*.css"):
        first = re.search(r"^([.@][\w@-]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert first is None or first.group(1) in css, path.name


def test_a_changed_file_changes_the_stylesheet_when_it_is_asked_for(settings, tmp_path):
    settings.ASSETS_ROOT = tmp_path
    finder = assets.MadeFilesFinder()
    stale = tmp_path / assets.STYLESHEET
    stale.parent.mkdir()
    stale.write_text("old")

    assert finder.find(assets.STYLESHEET) == str(stale)
    assert stale.read_text(encoding="utf-8") == assets.stylesheet()


def test_the_finder_lists_what_it_made_and_nothing_else(settings, tmp_path, folder, monkeypatch):
    settings.ASSETS_ROOT = tmp_path
    monkeypatch.setattr(assets, "make_fonts", lambda: [])

    assert [name for name, _ in assets.MadeFilesFinder().list([])] == [
        "css/producers.css",
        "css/site.css",
    ]


def test_colours_are_named_in_one_place():
    named = {
        path.name
        for path in assets.SOURCES.glob("*.css")
        if re.search(r"#[0-9a-f]{3,8}\b", path.read_text(encoding="utf-8"), re.IGNORECASE)
    }

    assert named == {"tokens.css"}


@pytest.mark.parametrize("forbidden", ["letter-spacing", "break-all", "italic;", "uppercase"])
def test_nothing_is_done_that_blurs_thai_words(forbidden):
    assert forbidden not in assets.stylesheet()


def test_fonts_are_small_and_a_second_call_makes_none(folder):
    made = list(folder.glob("*.woff2"))

    assert len(made) == 6
    assert sum(path.stat().st_size for path in made) <= FONT_BYTES
    assert fonts.make_fonts(folder) == []
    assert len(list(folder.glob("*LICENSE.txt"))) == 3


@pytest.mark.parametrize("face", [face.name for face in fonts.FACES])
def test_thai_and_latin_lie_in_files_of_their_own(folder, face):
    thai = TTFont(folder / f"{face}-thai.woff2").getBestCmap()
    latin = TTFont(folder / f"{face}-latin.woff2").getBestCmap()

    assert all(ord(letter) in thai for letter in "กขคฎฏญฐปี่ปื้ฎูญู฿๐๙")
    assert all(ord(letter) in latin for letter in "AZaz09 .,–…")
    assert not set(thai) & set(latin)


def test_the_stylesheet_names_exactly_the_fonts_that_are_made(folder):
    named = set(re.findall(r"fonts/([\w.-]+\.woff2)", assets.stylesheet()))

    assert named == {path.name for path in folder.glob("*.woff2")}


def test_the_command_says_what_it_did(settings, tmp_path, capsys, monkeypatch):
    settings.ASSETS_ROOT = tmp_path
    monkeypatch.setattr(fonts, "make_fonts", lambda folder: [folder / "a.woff2"])

    call_command("make_fonts")

    assert capsys.readouterr().out.startswith("1 font files written")


# --- Contrast (DESIGN §1), from the tokens themselves ------------------------------------------
def tokens() -> dict[str, str]:
    css = (assets.SOURCES / "tokens.css").read_text(encoding="utf-8")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", css))
    return {name: "#ffffff" if value == "#fff" else value for name, value in found.items()}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    palette = tokens()
    light, dark = sorted((luminance(palette[one]), luminance(palette[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    "text, ground, least",
    [
        ("ink", "paper", 7),
        ("ink", "sunk", 7),
        ("muted", "paper", 7),
        ("muted", "sunk", 4.5),
        ("indigo", "paper", 7),
        ("indigo", "indigo-t", 7),
        ("card", "indigo", 7),
        ("card", "indigo-d", 7),
        ("focus-on-dark", "indigo-d", 7),
        ("indigo-d", "focus-on-dark", 7),
        ("lac", "card", 4.5),
        ("lac", "paper", 4.5),
        ("lac", "lac-t", 4.5),
        ("gold-d", "gold-t", 4.5),
        ("leaf", "paper", 4.5),
        ("leaf", "leaf-t", 4.5),
        ("edge", "card", 3),
        ("edge", "paper", 3),
        ("edge", "sunk", 3),
        ("gold", "gold-t", 3),
        ("clay", "card", 4.5),
        ("butterfly-pea", "card", 4.5),
        ("celadon", "card", 4.5),
    ],
)
def test_text_stands_out_from_its_ground(text, ground, least):
    assert contrast(text, ground) >= least


def test_the_admin_has_the_thai_face_too():
    links = "".join(str(hook()) for hook in hooks.get_hooks("insert_global_admin_css"))

    for sheet in ("css/fonts.css", "backoffice/thai.css"):
        assert f'<link rel="stylesheet" href="/static/{sheet}">' in links
        assert finders.find(sheet)
