"""Too small, too dark, blurred: true of the pictures made so, and never said of good ones.

The scenes are what villages photograph, drawn: cloth with a pattern, a striped one, a plain weave,
satin, a bowl on a white table, baskets, a product before a soft background.
"""

import random
from collections.abc import Callable

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

from marketplace.core.photo_remarks import remarks_of

pytestmark = pytest.mark.no_database

SIZE = (2_048, 1_536)  # as the cleaner hands it over


def grain(picture: Image.Image, strength: float = 5) -> Image.Image:
    """The noise of a phone's sensor."""
    noise = Image.effect_noise(picture.size, strength).convert("RGB")
    return ImageChops.add(picture, noise, 1, -128)


def ikat() -> Image.Image:
    canvas = Image.new("RGB", SIZE, "#5b1f2a")
    pen, dice = ImageDraw.Draw(canvas), random.Random(1)
    for x in range(0, SIZE[0], 64):
        for y in range(0, SIZE[1], 64):
            shift = dice.randint(-4, 4)
            middle, reach = (x + 32 + shift, y + 32), dice.randint(14, 30)
            diamond = [
                (middle[0], middle[1] - reach),
                (middle[0] + reach, middle[1]),
                (middle[0], middle[1] + reach),
                (middle[0] - reach, middle[1]),
            ]
            pen.polygon(diamond, fill=dice.choice(["#e8d9b0", "#c98f2b", "#1d3557"]))
    return grain(canvas)


def stripes() -> Image.Image:
    canvas = Image.new("RGB", SIZE, "#2a3f8f")
    pen = ImageDraw.Draw(canvas)
    for y in range(0, SIZE[1], 80):
        pen.rectangle((0, y, SIZE[0], y + 34), fill="#e5dcc5")
    return grain(canvas)


def plain_weave() -> Image.Image:
    threads = Image.effect_noise((SIZE[0] // 2, SIZE[1] // 2), 26).resize(SIZE, Image.NEAREST)
    return ImageChops.add(Image.new("RGB", SIZE, "#8a8578"), threads.convert("RGB"), 1, -128)


def satin() -> Image.Image:
    fold = Image.radial_gradient("L").resize(SIZE).point(lambda value: 230 - value * 2 // 3)
    return grain(Image.merge("RGB", [fold, fold, fold]), 3)


def bowl() -> Image.Image:
    canvas = Image.new("RGB", SIZE, "#f1efe9")
    ImageDraw.Draw(canvas).ellipse((700, 500, 1_300, 1_000), fill="#5a3b22")
    return grain(canvas)


def basket() -> Image.Image:
    canvas = Image.new("RGB", SIZE, "#c9a15c")
    pen, dice = ImageDraw.Draw(canvas), random.Random(2)
    for x in range(0, SIZE[0], 100):
        for y in range(0, SIZE[1], 50):
            shade = dice.choice(["#7a5522", "#94692c", "#5e3f18"])
            pen.rectangle((x + y % 100, y, x + y % 100 + 70, y + 34), fill=shade)
    return grain(canvas)


def before_soft_background() -> Image.Image:
    canvas = basket().filter(ImageFilter.GaussianBlur(12))
    canvas.paste(ikat().crop((0, 0, 800, 700)), (600, 400))
    return canvas


SCENES = [ikat, stripes, plain_weave, satin, bowl, basket, before_soft_background]
PATTERNED = [ikat, stripes, basket, before_soft_background]


def out_of_focus(picture: Image.Image) -> Image.Image:
    return grain(picture.filter(ImageFilter.GaussianBlur(9)), 2)


def shaken(picture: Image.Image) -> Image.Image:
    """Moved by 32 px, which is 1.5 of 100 of its width, while it was taken."""
    moved = picture
    for step in range(1, 32):
        there = ImageChops.offset(picture, step, step // 4)
        moved = Image.blend(moved, there, 1 / (step + 1))
    return moved


def said_of(picture: Image.Image, long_side_px: int = 4_032) -> list[str]:
    return remarks_of(picture, long_side_px)


@pytest.mark.parametrize("scene", SCENES)
def test_nothing_is_said_of_a_good_picture(scene):
    assert said_of(scene()) == []


@pytest.mark.parametrize("scene", SCENES)
def test_nothing_is_said_of_a_slightly_soft_one(scene):
    assert said_of(scene().filter(ImageFilter.GaussianBlur(1.5))) == []


@pytest.mark.parametrize("scene", SCENES)
def test_nothing_is_said_of_a_good_picture_in_the_shade(scene):
    assert said_of(ImageEnhance.Brightness(scene()).enhance(0.7)) == []


@pytest.mark.parametrize("scene", PATTERNED)
def test_a_picture_out_of_focus_is_blurred(scene):
    assert said_of(out_of_focus(scene())) == ["blurred"]


@pytest.mark.parametrize("scene", [ikat, basket])
def test_a_shaken_picture_is_blurred(scene):
    assert said_of(shaken(scene())) == ["blurred"]


@pytest.mark.parametrize("scene", [satin, plain_weave, bowl])
def test_nothing_is_said_where_there_is_too_little_to_judge_by(scene):
    assert said_of(out_of_focus(scene())) == []


@pytest.mark.parametrize("scene", SCENES)
def test_a_picture_without_light_is_dark(scene):
    night = ImageEnhance.Brightness(scene()).enhance(0.2)

    assert "dark" in said_of(night)


def test_a_night_with_one_lamp_is_dark():
    night = ImageEnhance.Brightness(basket()).enhance(0.15)
    ImageDraw.Draw(night).ellipse((900, 100, 1_100, 300), fill="white")

    assert "dark" in said_of(night)


def test_something_bright_on_black_is_not_dark():
    canvas = Image.new("RGB", SIZE, "#0a0a0a")
    canvas.paste(ikat().crop((0, 0, 700, 700)), (600, 400))

    assert said_of(canvas) == []


@pytest.mark.parametrize("long_side_px, said", [(1_000, []), (999, ["small"]), (64, ["small"])])
def test_less_than_a_thousand_px_is_small(long_side_px, said):
    picture = ikat().resize((long_side_px, long_side_px * 3 // 4))

    assert said_of(picture, long_side_px) == said


@pytest.mark.parametrize("size", [(1, 1), (16, 16), (17, 300), (300, 8)])
def test_the_smallest_pictures_are_no_trouble(size):
    assert said_of(Image.new("RGB", size, "white"), max(size)) == ["small"]


def test_all_that_is_so_is_said():
    make: Callable = ikat
    picture = ImageEnhance.Brightness(make().resize((900, 675))).enhance(0.2)

    assert said_of(picture, 900) == ["small", "dark"]
