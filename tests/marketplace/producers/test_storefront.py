"""What makers tell shoppers of themselves: plain text, and days closed that never overlap."""

from datetime import date, timedelta

import pytest

from marketplace.core import thai
from marketplace.core.models import AuditEntry, OutboxEntry
from marketplace.core.plain_text import plain_text
from marketplace.producers import services
from marketplace.producers.models import ProducerClosure
from marketplace.producers.queries import coming_closures
from tests.factories import make_member, make_producer, make_user

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


@pytest.fixture
def producer(monkeypatch):
    monkeypatch.setattr(thai, "today", lambda: TODAY)
    return make_producer()


def write(producer, by=None, **texts):
    words = {"story_th": "", "story_en": "", "notice_th": "", "notice_en": ""} | texts
    return services.change_storefront(producer=producer, by=by, **words)


def in_days(count: int) -> date:
    return TODAY + timedelta(days=count)


def close(producer, first: int, last: int | None, by=None, note_th=""):
    until = None if last is None else in_days(last)
    return services.plan_closure(
        producer=producer, first_day=in_days(first), last_day=until, note_th=note_th, by=by
    )


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("ผ้า < 100 บาท & ถูก", "ผ้า < 100 บาท & ถูก"),
        ("<b>ทอ</b>มือ", "ทอมือ"),
        ("ก<script>alert(1)</script>ข", "กข"),
        ("<img src=x onerror=alert(1)>ไหม", "ไหม"),
        ('<a href="javascript:alert(1)">ที่นี่</a>', "ที่นี่"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;ค", "ค"),
        ("&amp;amp;lt;b&amp;amp;gt;ง", "ง"),
        ("บรรทัดหนึ่ง\nบรรทัดสอง", "บรรทัดหนึ่ง\nบรรทัดสอง"),
    ],
)
def test_text_loses_every_tag_and_keeps_its_words(typed, kept):
    assert plain_text(typed) == kept
    assert plain_text(kept) == kept


def test_the_page_is_written_once_audited_and_told_to_readers(producer):
    owner = make_member(producer).user
    before = OutboxEntry.objects.count()

    for _ in range(2):
        write(producer, owner, story_th="ทอ<b>มือ</b>\n\nทุกผืน", notice_th="ส่งทุกวันจันทร์")

    assert (producer.story_th, producer.notice_th) == ("ทอมือ\n\nทุกผืน", "ส่งทุกวันจันทร์")
    entry = AuditEntry.objects.get(act="producer.change")
    assert (entry.actor, entry.details) == (owner, {"fields": "notice_th story_th"})
    assert OutboxEntry.objects.count() == before + 1


@pytest.mark.parametrize("name, most", [("story_th", 5_000), ("notice_en", 300)])
def test_a_text_too_long_changes_nothing(producer, name, most):
    write(producer, **{name: "ก" * most})

    with pytest.raises(services.TextTooLong):
        write(producer, **{name: "ข" * (most + 1)})

    producer.refresh_from_db()
    assert getattr(producer, name) == "ก" * most


def test_what_an_agent_writes_says_for_whom(producer):
    agent, owner = make_user(), make_member(producer).user
    scopes = ["storefront"]
    services.grant_agent(producer=producer, agent=agent, scopes=scopes, since=TODAY, by=owner)

    write(producer, agent, story_th="เล่าแทน")
    close(producer, 1, 2, agent)

    acts = AuditEntry.objects.filter(on_behalf_of=f"producer:{producer.pk}")
    assert [entry.act for entry in acts.order_by("pk")] == ["producer.change", "closure.plan"]


def test_the_same_days_are_one_closure_with_the_last_note(producer):
    first = close(producer, 3, 5, note_th="เกี่ยวข้าว")
    again = close(producer, 3, 5, note_th="<b>งานศพ</b>")

    assert first.pk == again.pk
    assert ProducerClosure.objects.get().note_th == "งานศพ"


@pytest.mark.parametrize("first, last", [(-1, 3), (5, 4), (0, 731), (731, None)])
def test_days_gone_by_out_of_order_or_far_away_are_refused(producer, first, last):
    with pytest.raises(services.InvalidDays):
        close(producer, first, last)

    assert not ProducerClosure.objects.exists()


@pytest.mark.parametrize("first, last", [(3, 3), (5, 9), (1, 3), (0, None), (4, None)])
def test_closures_never_overlap(producer, first, last):
    close(producer, 3, 5)

    with pytest.raises(services.AlreadyClosed):
        close(producer, first, last)

    assert [c.valid_from for c in coming_closures(producer)] == [in_days(3)]
    close(producer, 6, None)


def test_lifting_a_coming_closure_forgets_it_and_one_that_holds_ends_yesterday(producer):
    coming, other = close(producer, 3, 5), make_producer()
    holds = ProducerClosure.objects.create(producer=producer, valid_from=in_days(-2))
    kept = close(other, 3, 5)

    for closure in (coming, coming, holds, holds):
        services.lift_closure(closure=closure, by=None)

    assert list(coming_closures(producer)) == []
    assert ProducerClosure.objects.get(producer=producer).valid_until == in_days(-1)
    assert list(coming_closures(other)) == [kept]
    assert AuditEntry.objects.filter(act="closure.lift").count() == 2
