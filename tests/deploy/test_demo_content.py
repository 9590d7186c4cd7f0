"""Stories, home pages and routes of the demo, from its words to the pages a visitor sees."""

import pytest
from django.core.cache import cache
from PIL import Image

from cms.home.models import FeaturedVillage
from cms.media.models import Picture
from cms.stories.models import StoryPage
from deploy.demo.loading import content
from deploy.demo.vocabulary.places import ROUTES, VILLAGE_BY_CODE
from deploy.demo.vocabulary.shapes import Picture as PicturePlan
from marketplace.villages.models import Route
from tests.factories import make_village

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(settings, tmp_path, monkeypatch):
    """Two stories and one route, with one grey picture for every drawing."""
    cache.clear()
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(content, "STORIES", content.STORIES[:2])
    monkeypatch.setattr(content, "ROUTES", ROUTES[:1])
    villages = {plan.village_code: register(plan.village_code) for plan in content.STORIES}
    for block in (block for plan in content.STORIES for block in plan.body):
        if code := getattr(block, "village_code", ""):
            villages[code] = register(code)
    Route.objects.create(code=ROUTES[0].slug, kind="mainstream", name_th=ROUTES[0].title_th)
    draw(tmp_path, keys())
    assert content.load_content(villages, {}) == 2


def register(code: str):
    plan = VILLAGE_BY_CODE[code]
    return make_village(code, plan.name_th, name_en=plan.name_en)


def keys() -> set[str]:
    shown = {block.key for plan in content.STORIES for block in plan.body
             if isinstance(block, PicturePlan)}  # fmt: skip
    return shown | {plan.hero_picture_key for plan in content.STORIES} | {ROUTES[0].picture_key}


def draw(folder, names) -> None:
    (folder / "demo").mkdir()
    for name in names:
        Image.new("RGB", (320, 180), "#8a7f70").save(folder / "demo" / f"{name}.jpg")


def test_both_languages_tell_the_same_stories(client, loaded):
    plan = content.STORIES[0]

    thai = client.get(f"/stories/{plan.slug}/").content.decode()
    english = client.get(f"/en/stories/{plan.slug}/").content.decode()

    assert plan.intro_th in thai
    assert plan.title_en.split()[0] in english
    assert f'hreflang="en" href="/en/stories/{plan.slug}/"' in thai
    assert StoryPage.objects.count() == 4


def test_every_page_of_the_demo_answers(client, loaded):
    urls = ("/", "/stories/", "/routes/", f"/routes/{ROUTES[0].slug}/", "/about/", "/privacy/",
            "/how-income-is-recorded/", "/visiting-a-village/")  # fmt: skip

    assert [client.get(f"{prefix}{url}").status_code for prefix in ("", "/en") for url in urls] == [
        200
    ] * 16


def test_villages_have_their_turns_this_week(loaded):
    rows = FeaturedVillage.objects.order_by("sort_order")

    assert 1 <= rows.count() <= 9
    assert (rows[0].valid_until - rows[0].valid_from).days == 6


def test_deleting_a_picture_leaves_the_drawing_of_the_products(loaded, tmp_path):
    picture = Picture.objects.first()
    name = f"{picture.title}.jpg"

    picture.file.delete(save=False)

    assert (tmp_path / "demo" / name).exists()
    assert not (tmp_path / "original_images" / name).exists()
