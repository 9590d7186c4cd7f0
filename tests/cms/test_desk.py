"""The curators' panel: what it lists, for whom, and that it costs the same however long it is."""

from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Revision

from cms.home.desk import LONGEST, read_desk
from cms.home.desk_panel import DeskPanel
from cms.home.models import FeaturedVillage
from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.villages.models import Village
from tests import factories
from tests.cms.conftest import home, make_story
from tests.cms.test_budgets import BUDGETS
from tests.cms.test_editing import editor
from tests.marketplace.ledger import rig

pytestmark = pytest.mark.django_db

TODAY = thai.today()
SUNDAY = TODAY + timedelta(6 - TODAY.weekday())


def village(number: int):
    return factories.make_village(f"500108{number:02}", f"บ้านที่{number}")


def wait(user, number: int):
    story = make_story(slug=f"w{number}", title=f"เรื่องที่ {number}", village=village(number))
    story.save_revision()
    story.get_workflow().start(story, user)
    return story


def plan(number: int, days: int):
    story = make_story(slug=f"p{number}", title=f"แผนที่ {number}", village=village(number))
    at = timezone.now() + timedelta(days)
    Revision.objects.filter(pk=story.latest_revision_id).update(approved_go_live_at=at)


def turn(number: int, last, status: str = "active"):
    shown = village(number)
    Village.objects.filter(pk=shown.pk).update(status=status)
    return FeaturedVillage.objects.create(
        page=home(), village=shown, valid_from=TODAY - timedelta(30), valid_until=last
    )


def test_what_waits_is_listed_for_those_who_may_approve(client):
    curator = editor(client, StaffRole.CURATOR)
    story = wait(curator, 1)
    reviewer = editor(client, StaffRole.REVIEWER)

    assert read_desk(curator).waiting.total == 0
    waiting = read_desk(reviewer).waiting
    assert [int(task.revision.object_id) for task in waiting.shown] == [story.pk]
    assert "เรื่องที่ 1" in client.get("/cms/").content.decode()


def test_planned_pages_are_listed_and_late_ones_marked(client):
    reviewer = editor(client, StaffRole.REVIEWER)
    plan(1, 3)
    plan(2, -1)
    plan(3, 9)

    due = read_desk(reviewer).due

    assert [(row.object_str, row.is_late) for row in due.shown] == [
        ("แผนที่ 2", True),
        ("แผนที่ 1", False),
    ]


def test_turns_that_end_this_week_and_those_of_sleeping_villages(client):
    curator = editor(client, StaffRole.CURATOR)
    ends = turn(1, SUNDAY)
    turn(2, SUNDAY + timedelta(1))
    turn(3, TODAY - timedelta(1), "closed")
    asleep = turn(4, None, "dormant")

    rows = read_desk(curator).ending

    assert {row.pk for row in rows.shown} == {ends.pk, asleep.pk} and rows.total == 2
    assert client.get("/cms/").content.decode().count("<strong>") == 1


def test_villages_that_sold_nothing_for_90_days(client):
    curator = editor(client, StaffRole.CURATOR)
    makers = [factories.make_producer(village(number)) for number in (1, 2, 3, 4)]
    for maker in makers:
        factories.make_product(maker)
    village(5)
    Village.objects.filter(code="50010804").update(status="dormant")
    for maker, days in ((makers[0], 89), (makers[1], 90)):
        at = datetime.combine(TODAY - timedelta(days), time(12), tzinfo=thai.BANGKOK)
        rig.sell_in({maker.home_village_id: 9_900}, at=at, producer=maker)

    quiet = read_desk(curator).quiet

    assert [row.code for row in quiet.shown] == ["50010802", "50010803"]
    assert quiet.total == 2


@pytest.mark.parametrize("role", [StaffRole.FINANCE, StaffRole.SUPPORT, StaffRole.OFFICER])
def test_others_have_no_such_panel(client, role):
    editor(client, role)

    assert "desk-waiting" not in client.get("/cms/").content.decode()


def fill(user, size: int) -> None:
    for number in range(1, size + 1):
        wait(user, number)
        plan(number + 20, 1)
        turn(number + 40, SUNDAY)
        factories.make_product(factories.make_producer(village(number + 60)))


@pytest.mark.parametrize("size", [2, LONGEST + 2])
def test_four_lists_are_four_statements(client, rf, size):
    reviewer = editor(client, StaffRole.REVIEWER)
    fill(reviewer, size)
    request = rf.get("/cms/")
    request.user = reviewer

    with CaptureQueriesContext(connection) as lists:
        desk = read_desk(reviewer)
    with CaptureQueriesContext(connection) as panel:
        shown = DeskPanel().render_html({"request": request})

    assert [rows.total for rows in (desk.waiting, desk.due, desk.ending, desk.quiet)] == [size] * 4
    assert len(desk.quiet.shown) == min(size, LONGEST)
    assert len(lists) == 4
    assert len(panel) == BUDGETS["cms"]["desk"]
    assert shown.count('class="desk"') == 4
