"""No story is shown with a picture that lacks words in its language or consent of people."""

import pytest
from django.core.exceptions import ValidationError

from cms.media.models import Picture
from cms.stories.models import StoryPage
from marketplace.accounts.roles import StaffRole
from tests import factories
from tests.cms.conftest import body, home, make_index, make_picture, make_story
from tests.cms.test_editing import editor, story_form

pytestmark = pytest.mark.django_db

LACKING = [
    ({"alt_th": ""}, "เขียนเป็นภาษาไทย"),
    ({"alt_th": "  "}, "เขียนเป็นภาษาไทย"),
    ({"shows_people": None}, "ไม่มีใครที่จำหน้าได้"),
    ({"shows_people": True}, "ไม่มีใครที่จำหน้าได้"),
]
ENOUGH = [
    {"alt_en": ""},
    {"shows_people": True, "has_consent": True},
    {"shows_people": None, "has_consent": True},
]


@pytest.fixture
def curator(client):
    return editor(client, StaffRole.CURATOR)


def send(client, act: str, **facts):
    form = story_form(factories.make_village(), make_picture(**facts), factories.make_product())
    return client.post(f"/cms/pages/add/stories/storypage/{make_index().pk}/", form | {act: "1"})


@pytest.mark.parametrize(("facts", "words"), LACKING)
@pytest.mark.parametrize("act", ["action-publish", "action-submit"])
def test_a_picture_that_lacks_something_is_named(client, curator, act, facts, words):
    answer = send(client, act, **facts)

    shown = answer.content.decode()
    assert "“loom”" in shown
    assert not StoryPage.objects.exists()


@pytest.mark.parametrize("facts", ENOUGH)
def test_a_picture_with_what_it_needs_is_published(client, curator, facts):
    send(client, "action-publish", **facts)

    assert StoryPage.objects.get(locale__language_code="th").live


def test_a_draft_may_wait_for_its_words(client, curator):
    send(client, "draft", alt_th="", shows_people=None)

    story = StoryPage.objects.get(locale__language_code="th")
    assert not story.live and story.latest_revision


def test_an_english_story_needs_english_words():
    picture = make_picture(alt_en="")

    with pytest.raises(ValidationError, match="loom"):
        make_story("en", picture=picture)
    assert make_story("th", slug="th", picture=picture).live
    assert StoryPage.objects.count() == 1


@pytest.mark.parametrize(
    "content",
    [
        lambda pk: body(("picture", {"picture": pk, "caption": "", "credit": ""})),
        lambda pk: body(
            ("gallery", {"pictures": [{"picture": pk, "caption": "", "credit": ""}] * 2})
        ),
    ],
)
def test_pictures_inside_the_text_are_looked_at_too(content):
    picture = make_picture(shows_people=True)

    with pytest.raises(ValidationError, match="loom"):
        make_story(body=content(picture.pk))
    assert not StoryPage.objects.exists()


def test_a_story_that_is_shown_already_can_be_kept_as_a_draft(client, curator):
    picture = make_picture()
    story = make_story(picture=picture)
    Picture.objects.update(has_consent=False, shows_people=True)
    form = story_form(factories.make_village(), picture, factories.make_product(), slug="indigo")

    client.post(f"/cms/pages/{story.pk}/edit/", form | {"title": "ชื่อใหม่"})

    story.refresh_from_db()
    assert story.live and story.title == "คนย้อมคราม" and story.draft_title == "ชื่อใหม่"


def test_consent_taken_back_stops_the_next_publishing_and_nothing_changes(client):
    story = make_story(picture=make_picture())
    story.title = "ชื่อใหม่"
    revision = story.save_revision()
    Picture.objects.update(shows_people=True)

    with pytest.raises(ValidationError, match="loom"):
        revision.publish()

    assert StoryPage.objects.get().title == "คนย้อมคราม"
    assert home().live
