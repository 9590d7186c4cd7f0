"""The Thai tree at /, the English one under /en/, and what is refused in either."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from wagtail.models import Locale, Page, Site, Workflow

from cms import addresses
from cms.home import roles
from cms.home.models import HomePage
from cms.pages.models import PlainPage
from tests.cms.conftest import home, make_story

pytestmark = pytest.mark.django_db


def test_both_home_pages_stand_and_wagtails_welcome_is_gone():
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"th", "en"}
    assert Page.objects.filter(depth=2).count() == 2
    assert Site.objects.get().root_page.specific == home("th")
    assert home("th").translation_key == home("en").translation_key
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_a_second_migrate_changes_nothing():
    before = list(Page.objects.values_list("pk", "path", "slug", "url_path"))
    groups = list(Group.objects.order_by("pk").values_list("name", flat=True))

    roles.ensure_home_pages()
    roles.ensure_editors()

    assert list(Page.objects.values_list("pk", "path", "slug", "url_path")) == before
    assert list(Group.objects.order_by("pk").values_list("name", flat=True)) == groups
    assert Workflow.objects.count() == 1


def test_each_language_has_its_home_and_story(client):
    make_story("th", title="คนย้อมคราม")
    make_story("en", title="The indigo dyers")

    thai, english = client.get("/stories/indigo/"), client.get("/en/stories/indigo/")

    assert "คนย้อมคราม" in thai.content.decode()
    assert "The indigo dyers" in english.content.decode()
    assert client.get("/").status_code == client.get("/en/").status_code == 200


def test_a_language_without_the_page_leads_to_its_home(client):
    make_story("th")

    page = client.get("/stories/indigo/").content.decode()

    assert 'hreflang="en" href="/en/"' in page
    assert client.get("/en/stories/indigo/").status_code == 404


def test_the_switch_leads_to_the_translation_under_another_slug(client):
    story = make_story("th")
    make_story("en", slug="blue-hands", title="Blue hands", translation_key=story.translation_key)

    assert 'href="/en/stories/blue-hands/"' in client.get("/stories/indigo/").content.decode()


def test_drafts_are_not_found(client):
    story = make_story("th")
    story.unpublish()

    assert client.get("/stories/indigo/").status_code == 404


@pytest.mark.parametrize(
    "slug", ["catalogue", "basket", "checkout", "search", "dashboard", "villages", "producers",
             "provinces", "orders", "places", "cms", "documents", "media", "static", "en", "th",
             "accounts"],
)  # fmt: skip
def test_addresses_of_the_shop_are_refused_as_slugs(slug):
    page = PlainPage(title="ทดสอบ", slug=slug, body="<p>ข้อความ</p>", locale=home().locale)

    with pytest.raises(ValidationError, match="slug"):
        home().add_child(instance=page)
    assert not PlainPage.objects.exists()


def test_other_words_are_not_reserved():
    assert not addresses.reserved_slugs() & {"stories", "routes", "about", "privacy"}


def test_the_help_page_leads_to_published_pages_of_its_language(client):
    for title, slug, live in (("ความเป็นส่วนตัว", "privacy", True), ("ร่าง", "draft", False)):
        page = PlainPage(title=title, slug=slug, body="<p>ข้อความ</p>", live=live)
        page.locale = home().locale
        home().add_child(instance=page)

    html = client.get("/help/").content.decode()

    assert '<a href="/privacy/">ความเป็นส่วนตัว</a>' in html
    assert 'href="/draft/"' not in html
    assert "/privacy/" not in client.get("/en/help/").content.decode().split("<main")[1]


def test_a_thai_title_spells_its_slug():
    page = PlainPage(title="เกี่ยวกับเรา", body="<p>ข้อความ</p>", locale=home().locale)

    home().add_child(instance=page)

    assert page.slug.isascii() and len(page.slug) > 5
    assert page.url == f"/{page.slug}/"


def test_only_looking_is_allowed(client):
    assert client.post("/", {"page": "x"}).status_code == 405
    assert HomePage.objects.count() == 2
