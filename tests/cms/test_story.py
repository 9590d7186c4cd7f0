"""What a story shows, and what it never shows."""

import pytest
from django.core.exceptions import ValidationError

from cms.stories.models import StoryPage
from marketplace.core.models import OutboxEntry
from marketplace.provenance import services as provenance
from marketplace.villages.models import Village
from tests import factories
from tests.cms.conftest import body, make_picture, make_story

pytestmark = pytest.mark.django_db


def page_of(client, story) -> str:
    response = client.get(story.url)
    assert response.status_code == 200
    return response.content.decode()


def test_every_kind_of_block_is_drawn(client):
    picture, other = make_picture(credit="ธิดา"), make_picture("dye")
    made = factories.make_product(title_th="ผ้าครามลายขอ")
    story = make_story(
        body=body(
            ("paragraph", "<p>ยายตื่น<b>ตีสี่</b></p>"),
            ("picture", {"picture": picture.pk, "caption": "หม้อคราม", "credit": ""}),
            ("quote", {"text": "ครามมีชีวิต", "speaker": "ยายบัว"}),
            ("products", {"heading": "ของจากหม้อนี้", "products": [made.product_id]}),
            ("village", {"village": "50010811"}),
            (
                "gallery",
                {"pictures": [{"picture": picture.pk, "caption": "", "credit": "มานี"},
                              {"picture": other.pk, "caption": "ใบ", "credit": ""}]},
            ),
        ),
    )  # fmt: skip

    page = page_of(client, story)

    for words in ("<b>ตีสี่</b>", "หม้อคราม", "ธิดา", "มานี", "ครามมีชีวิต", "ยายบัว", "ผ้าครามลายขอ"):
        assert words in page
    assert page.count("<h1") == 1
    assert 'alt="กี่ทอผ้าใต้ถุนเรือน"' in page
    assert "/original_images/loom" in page
    assert "/villages/50010811/" in page


def test_pictures_are_described_in_the_language_of_the_page(client):
    picture = make_picture()
    story = make_story("en", picture=picture)

    assert 'alt="A loom under a house"' in page_of(client, story)


def test_a_product_that_is_not_for_sale_is_left_out_but_not_lost(client):
    made = factories.make_product(title_th="เสื่อกก")
    story = make_story(body=body(("products", {"heading": "", "products": [made.product_id]})))
    provenance.withdraw_product(provenance=made, reason="หมดฤดู", by=None)

    page = page_of(client, story)
    story.save_revision().publish()

    assert "เสื่อกก" not in page
    kept = StoryPage.objects.get(pk=story.pk).body.raw_data[0]["value"]["products"]
    assert [item["value"] for item in kept] == [made.product_id]


def test_a_closed_village_is_not_shown_on_a_card(client):
    closed = factories.make_village("34010105", "บ้านปะอาว")
    story = make_story(body=body(("village", {"village": closed.code})))
    Village.objects.filter(code=closed.code).update(status="closed")

    assert "บ้านปะอาว" not in page_of(client, story)


def test_markup_in_words_is_shown_as_words(client):
    bad = "<script>alert(1)</script>"
    story = make_story(
        title=bad,
        intro=bad,
        body=body(
            ("quote", {"text": bad, "speaker": bad}),
            ("paragraph", f"<p>{bad}<a href='javascript:x'>y</a></p>"),
        ),
    )

    page = page_of(client, story)

    assert page.count("&lt;script&gt;alert(1)") >= 4


def test_a_story_names_its_village():
    with pytest.raises(ValidationError, match="village"):
        make_story(village=None)
    assert not StoryPage.objects.exists()


def test_publishing_and_withdrawing_tell_search_and_drop_stored_pages(
    client, settings, django_capture_on_commit_callbacks
):
    settings.PAGE_CACHE_SECONDS = 300
    with django_capture_on_commit_callbacks(execute=True):
        story = make_story()
    assert "คนย้อมคราม" in page_of(client, story)
    OutboxEntry.objects.all().delete()

    with django_capture_on_commit_callbacks(execute=True):
        story.title = "ชื่อใหม่"
        story.save_revision().publish()
    changed = page_of(client, story)
    with django_capture_on_commit_callbacks(execute=True):
        StoryPage.objects.get(pk=story.pk).unpublish()

    assert "ชื่อใหม่" in changed
    assert client.get(story.url).status_code == 404
    noted = list(OutboxEntry.objects.filter(kind="page").values_list("object_id", flat=True))
    assert noted == [str(story.pk)] * 2


def test_the_preview_shows_what_is_not_saved(rf):
    story = make_story()
    story.title = "ร่างใหม่"

    response = story.make_preview_request()

    assert "ร่างใหม่" in response.content.decode()
    assert StoryPage.objects.get(pk=story.pk).title == "คนย้อมคราม"


def test_the_list_of_stories_has_pages(client, monkeypatch):
    monkeypatch.setattr("cms.stories.queries.PER_PAGE", 2)
    for number in range(3):
        make_story(slug=f"s{number}", title=f"เรื่องที่ {number}")

    first, second = client.get("/stories/"), client.get("/stories/?page=2")

    assert "เรื่องที่ 2" in first.content.decode() and "เรื่องที่ 0" not in first.content.decode()
    assert "เรื่องที่ 0" in second.content.decode()
    for odd in ("0", "-1", "x", "99", "٣", ""):
        assert client.get(f"/stories/?page={odd}").status_code == 200
