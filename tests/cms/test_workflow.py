"""A story's way to the public: written, sent for review, approved, planned; each act is noted."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision, WorkflowState

from cms.media.models import Picture
from cms.publishing import publish_planned_pages
from cms.stories.models import StoryPage
from marketplace.accounts.roles import StaffRole
from marketplace.core.models import AuditEntry
from marketplace.core.periodic import all_jobs
from tests import factories
from tests.cms.conftest import make_index, make_picture, make_story
from tests.cms.test_editing import editor, story_form

pytestmark = pytest.mark.django_db


def send(client, act: str, **facts) -> StoryPage:
    form = story_form(factories.make_village(), make_picture(), factories.make_product(), **facts)
    client.post(f"/cms/pages/add/stories/storypage/{make_index().pk}/", form | {act: "1"})
    return StoryPage.objects.get(locale__language_code="th")


def decide(client, story, action: str, **sent):
    state = story.current_workflow_state.current_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=(story.pk, action, state.pk))
    return client.post(url, {"comment": "", **sent})


def acts(story) -> list[str]:
    rows = AuditEntry.objects.filter(target=f"page:{story.pk}").order_by("pk")
    return [f"{row.act} {row.actor and row.actor.pk}" for row in rows]


def in_minutes(number: int):
    return timezone.now() + timedelta(minutes=number)


def test_a_curator_sends_and_a_reviewer_approves(client):
    writer = editor(client, StaffRole.CURATOR)
    story = send(client, "action-submit")
    assert not story.live and story.current_workflow_state

    assert decide(client, story, "approve").status_code == 302  # the writer has no such button
    assert not StoryPage.objects.get(pk=story.pk).live
    second = editor(client, StaffRole.REVIEWER)
    decide(client, story, "approve")

    assert StoryPage.objects.get(pk=story.pk).live
    noted = acts(story)
    assert noted[0] == f"wagtail.create {writer.pk}"
    assert f"wagtail.workflow.start {writer.pk}" in noted
    assert f"wagtail.workflow.approve {second.pk}" in noted
    assert any(act.startswith("wagtail.publish") for act in noted)


def test_a_reviewer_sends_a_story_back_with_a_reason(client):
    editor(client, StaffRole.CURATOR)
    story = send(client, "action-submit")
    second = editor(client, StaffRole.REVIEWER)

    decide(client, story, "reject", comment="ขอภาพหม้อคราม")

    assert not StoryPage.objects.get(pk=story.pk).live
    state = WorkflowState.objects.get()
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert f"wagtail.workflow.reject {second.pk}" in acts(story)


def plan(minutes: int, **facts) -> StoryPage:
    """A story that was planned, in so many minutes from now; the revision says so twice."""
    story = make_story(**facts)
    story.unpublish()
    story = StoryPage.objects.get(pk=story.pk)
    story.go_live_at = in_minutes(5)
    story.save_revision().publish()
    at = in_minutes(minutes)
    Revision.objects.filter(pk=story.latest_revision_id).update(
        approved_go_live_at=at, content=story.serializable_data() | {"go_live_at": at.isoformat()}
    )
    return story


def test_a_planned_story_comes_by_itself_and_once():
    story = plan(-1)
    assert not StoryPage.objects.get(pk=story.pk).live

    assert publish_planned_pages() == 1
    assert publish_planned_pages() == 0

    assert StoryPage.objects.get(pk=story.pk).live
    assert "wagtail.publish.scheduled None" in acts(story)


def test_a_story_of_later_waits():
    story = plan(5)

    assert publish_planned_pages() == 0
    assert not StoryPage.objects.get(pk=story.pk).live


def test_a_planned_story_that_may_not_be_shown_holds_up_no_other():
    plan(-1, slug="bad", picture=make_picture())
    plan(-1, slug="good")
    Picture.objects.update(alt_th="")

    assert publish_planned_pages() == 1

    assert list(StoryPage.objects.live().values_list("slug", flat=True)) == ["good"]
    assert Revision.objects.filter(approved_go_live_at__isnull=False).count() == 1


def test_a_story_goes_on_its_last_day():
    story = make_story()
    Page.objects.filter(pk=story.pk).update(expire_at=in_minutes(-1))

    assert publish_planned_pages() == 1

    assert not StoryPage.objects.get(pk=story.pk).live
    assert "wagtail.unpublish.scheduled None" in acts(story)


def test_workers_publish_what_is_planned():
    job = next(job for job in all_jobs() if job.name == "cms.publish_planned_pages")

    assert (job.seconds, job.function_path) == (30, "cms.publishing.publish_planned_pages")


def test_pictures_are_noted_too(client):
    curator = editor(client, StaffRole.CURATOR)
    picture = make_picture()

    client.post(
        f"/cms/images/{picture.pk}/",
        {"title": "หม้อคราม", "collection": picture.collection_id, "tags": ""},
    )

    row = AuditEntry.objects.get(target=f"picture:{picture.pk}")
    assert (row.act, row.actor) == ("wagtail.edit", curator)


def test_an_approved_story_that_may_not_be_shown_comes_once_it_is_mended(client):
    editor(client, StaffRole.CURATOR)
    story = send(client, "action-submit")
    Picture.objects.update(alt_th="")
    editor(client, StaffRole.REVIEWER)

    answer = decide(client, story, "approve")
    tried = publish_planned_pages()

    assert answer.status_code == 302 and tried == 0
    assert not StoryPage.objects.get(pk=story.pk).live
    assert "desk-due" in client.get("/cms/").content.decode()
    Picture.objects.update(alt_th="กี่ทอผ้า")
    assert publish_planned_pages() == 1
    assert StoryPage.objects.get(pk=story.pk).live


def test_ticked_pages_are_published_only_if_all_may_be_shown(client):
    editor(client, StaffRole.CURATOR)
    drafts = [make_story(slug="a"), make_story(slug="b", picture=make_picture())]
    for story in drafts:
        story.unpublish()
    Picture.objects.update(alt_th="")
    url = "/cms/bulk/wagtailcore/page/publish/"
    ticked = {"id": [story.pk for story in drafts], "next": "/cms/"}

    answer = client.post(f"{url}?{urlencode(ticked, doseq=True)}", follow=True)
    assert "loom" in answer.content.decode()
    assert not StoryPage.objects.live().exists()

    Picture.objects.update(alt_th="กี่ทอผ้า")
    client.post(f"{url}?{urlencode(ticked, doseq=True)}")
    assert StoryPage.objects.live().count() == 2


def test_a_deleted_story_leaves_the_lists_at_once(client, settings):
    settings.PAGE_CACHE_SECONDS = 300
    story = make_story(title="เรื่องที่จะลบ")
    with TestCase.captureOnCommitCallbacks(execute=True):
        story.save_revision().publish()
    assert "เรื่องที่จะลบ" in client.get("/stories/").content.decode()

    with TestCase.captureOnCommitCallbacks(execute=True):
        StoryPage.objects.get(pk=story.pk).delete()

    assert "เรื่องที่จะลบ" not in client.get("/stories/").content.decode()
