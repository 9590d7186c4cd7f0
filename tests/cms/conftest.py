"""Pages to test with: a story of a village in either language, below the home pages."""

from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image

from cms.home.models import HomePage
from cms.media.models import Picture
from cms.stories.models import StoryIndexPage, StoryPage
from tests import factories


@pytest.fixture(autouse=True)
def _afresh(settings, tmp_path):
    """Renditions, paths of the site and stored pages of other tests are none of ours."""
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


def home(language: str = "th") -> HomePage:
    return HomePage.objects.get(locale__language_code=language)


def make_picture(name: str = "loom", width: int = 320, **facts) -> Picture:
    content = BytesIO()
    Image.new("RGB", (width, width * 3 // 4), "#9a2a2e").save(content, "JPEG")
    file = SimpleUploadedFile(f"{name}.jpg", content.getvalue())
    facts.setdefault("alt_th", "กี่ทอผ้าใต้ถุนเรือน")
    facts.setdefault("alt_en", "A loom under a house")
    facts.setdefault("shows_people", False)
    return Picture.objects.create(title=name, file=file, **facts)


def make_index(language: str = "th") -> StoryIndexPage:
    known = StoryIndexPage.objects.child_of(home(language)).first()
    if known:
        return known
    return _add(home(language), StoryIndexPage(title="เรื่องเล่า", slug="stories"), language)


def make_story(language: str = "th", slug: str = "indigo", **facts) -> StoryPage:
    facts.setdefault("title", "คนย้อมคราม")
    facts.setdefault("intro", "สีน้ำเงินที่เริ่มจากใบไม้")
    facts.setdefault("village", factories.make_village())
    return _add(make_index(language), StoryPage(slug=slug, **facts), language)


def _add(parent, page, language: str):
    page.locale = parent.locale
    with translation.override(language):
        parent.add_child(instance=page)
        page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def body(*blocks) -> list[dict]:
    """The stored form of a stream."""
    return [{"type": kind, "value": value} for kind, value in blocks]
