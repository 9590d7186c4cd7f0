"""The curators' queue: who sees what of it, how it is narrowed, what a decision does."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.accounts.roles import StaffRole
from marketplace.core.models import AuditEntry
from marketplace.provenance import services
from marketplace.provenance.models import ProductChange, Provenance
from shop.review.models import ReviewMail
from shop.review.queries import Item
from tests.factories import (
    make_member,
    make_photo,
    make_producer,
    make_product,
    make_village,
)
from tests.shop.review.conftest import make_change, make_waiting, staff

pytestmark = pytest.mark.django_db

BUDGETS = json.loads((Path(__file__).parents[2] / "budgets.json").read_text())["staff"]
QUEUE = "/cms/review/"
Status, State = Provenance.Status, ProductChange.State


def page_of(row) -> str:
    kind = "product" if isinstance(row, Provenance) else "change"
    return reverse("review-item", args=[kind, row.pk])


def key(row) -> str:
    return Item("product" if isinstance(row, Provenance) else "change", row).key


def shown(client, **query) -> list:
    return [item.row for item in client.get(QUEUE, query).context["queue"].rows]


def state_of(row) -> str:
    row.refresh_from_db()
    return row.status if isinstance(row, Provenance) else row.state


def statements(client, url) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.fixture
def far():
    """A producer of another province."""
    return make_producer(make_village("34010105", "บ้านปะอาว"), "กลุ่มทองเหลืองปะอาว")


def test_new_products_and_changes_stand_in_one_line_oldest_first(client, curator):
    first, second, third = make_waiting(), make_change(title_th="ผ้าเขียว"), make_waiting()
    make_product()
    make_product(public=False)

    assert shown(client) == [first, second, third]
    text = client.get(QUEUE).text
    assert "ผ้าเขียว" not in text and second.provenance.product.title in text
    assert client.get(QUEUE).context["queue"].total == 3


def test_the_line_is_narrowed_by_area_producer_and_risk(client, curator, far):
    near, other = make_waiting(), make_change(make_product(far), title_th="ใหม่")

    assert shown(client, area="เชียงใหม่") == [near]
    assert shown(client, area="จังหวัดอุบลราชธานี") == [other]
    assert shown(client, area="34") == [other]
    assert shown(client, area="5001") == [near]
    assert shown(client, producer="ทองเหลือง") == [other]
    assert shown(client, risk="first") == [near, other]
    assert shown(client, risk="routine") == []
    assert shown(client, area="ไม่มีที่นี่") == []
    assert len(shown(client, risk="nonsense", p="99999999")) == 2


def test_a_name_of_several_areas_asks_which(client, curator):
    make_village("34010105"), make_waiting()

    answer = client.get(QUEUE, {"area": "เมือง"})

    assert len(answer.context["area_choices"]) == 2
    assert "area=5001" in answer.text and "area=3401" in answer.text


def test_an_officer_sees_and_decides_only_the_areas_granted(client, far):
    own, other = make_waiting(), make_waiting(far)
    change = make_change(make_product(far), title_th="ใหม่")
    client.force_login(staff(StaffRole.OFFICER, "5001"))

    assert shown(client) == [own]
    for row in (other, change):
        assert client.get(page_of(row)).status_code == 404
        assert client.post(page_of(row), {"act": "approve", "items": key(row)}).status_code == 404
    keys = [key(row) for row in (own, other, change)]
    client.post(QUEUE, {"act": "approve", "items": keys})

    assert [state_of(row) for row in (own, other, change)] == ["public", "in_review", "waiting"]
    assert "ปะอาว" not in client.get(QUEUE, {"area": "34"}).text


@pytest.mark.parametrize("role", [StaffRole.FINANCE, StaffRole.SUPPORT, StaffRole.OFFICER, None])
def test_nobody_else_comes_in(client, role):
    row = make_waiting()
    user = staff(role) if role else make_member(make_producer()).user
    client.force_login(user)

    for url in (QUEUE, page_of(row)):
        for answer in (client.get(url), client.post(url, {"act": "approve", "items": key(row)})):
            assert answer.status_code in (302, 403)
            assert row.product.title not in answer.text

    assert state_of(row) == Status.IN_REVIEW
    assert not AuditEntry.objects.filter(act="product.approve").exists()
    if role:
        assert QUEUE not in client.get("/cms/").text


@pytest.mark.parametrize("role", [StaffRole.CURATOR, StaffRole.REVIEWER])
def test_curators_and_reviewers_decide_everywhere(client, role, far):
    row = make_waiting(far)
    client.force_login(staff(role))

    assert QUEUE in client.get("/cms/").text
    assert client.post(page_of(row), {"act": "approve", "items": key(row)}).status_code == 302

    assert state_of(row) == Status.PUBLIC


def test_an_item_shows_what_would_change_side_by_side(client, curator):
    live = make_product(
        title_th="ผ้าฝ้ายย้อมคราม", description_th="นุ่ม", pictures=("a.jpg",), price_baht="250"
    )
    make_photo(live.producer, "dark", name="b.jpg")
    change = make_change(live, title_th="ผ้าไหมย้อมคราม", pictures=["b.jpg"])

    text = client.get(page_of(change)).text

    assert "ฝ้าย<" in text and "ไหม<" in text and text.count("<del>") == 1
    assert text.count("<ins>") == 1
    assert "ลบออก" in text or "removed:" in text
    assert "a.jpg" in text and "b.jpg" in text
    assert ("มืด" in text) or ("dark" in text)
    assert "฿250" in text and "100 %" in text and "นุ่ม" in text


def test_words_of_producers_are_no_markup(client, curator):
    row = make_waiting(title_th="<script>alert(1)</script>")
    change = make_change(title_th="<b>ใหม่</b>")

    for url in (QUEUE, page_of(row), page_of(change)):
        text = client.get(url).text
        assert "<script>alert(1)" not in text and "<b>ใหม่" not in text
    assert (
        client.post(QUEUE, {"act": "approve", "items": key(row)}).text.count("<script>alert") == 0
    )


def test_a_refusal_needs_a_reason_and_keeps_what_was_ticked(client, curator):
    row = make_waiting()

    for url in (QUEUE, page_of(row)):
        answer = client.post(url, {"act": "refuse", "items": key(row), "reason": " "})
        assert answer.status_code == 200
        assert answer.context["decision"].errors["reason"]
    assert "checked" in client.post(QUEUE, {"act": "refuse", "items": key(row)}).text

    assert state_of(row) == Status.IN_REVIEW


def test_a_ready_reason_serves_as_it_is_and_own_words_come_first(client, curator):
    first, second = make_waiting(), make_waiting()
    ready = client.get(QUEUE).context["decision"].fields["ready"].choices[0][0]

    client.post(page_of(first), {"act": "refuse", "items": key(first), "ready": ready})
    own = {"ready": ready, "reason": "รูปกลับหัว"}
    client.post(page_of(second), {"act": "refuse", "items": key(second), **own})

    first.refresh_from_db(), second.refresh_from_db()
    assert (first.status_reason, second.status_reason) == (ready, "รูปกลับหัว")


def test_several_are_decided_at_once_and_each_says_what_became_of_it(client, curator):
    good, change, done = make_waiting(), make_change(title_th="ใหม่"), make_waiting()
    moved = make_waiting()
    stale = key(moved)
    services.refuse_product(provenance=done, reason="มืด", by=None)
    services.refuse_product(provenance=moved, reason="มืด", by=None)
    services.submit_product(provenance=moved, by=None)

    keys = [key(good), key(change), key(done), stale, "product:x:", "product:999999:", "nonsense"]
    answer = client.post(QUEUE, {"act": "approve", "items": keys})

    outcomes = {outcome.item.row.pk: outcome.is_done for outcome in answer.context["outcomes"]
                if outcome.item.kind == "product"}  # fmt: skip
    assert outcomes == {good.pk: True, done.pk: False, moved.pk: False}
    assert [state_of(row) for row in (good, change, done, moved)] == [
        Status.PUBLIC, State.APPROVED, Status.REFUSED, Status.IN_REVIEW,
    ]  # fmt: skip
    entry = AuditEntry.objects.get(act="product.approve")
    assert (entry.actor, entry.target) == (curator, f"product:{good.product_id}")
    assert shown(client) == [moved]


def test_names_that_may_say_alcohol_are_left_out_of_what_is_approved_at_once(client, curator):
    # Their producers said that there is none in it: else they could not come in at all.
    said = {"otop_type": "beverage", "is_alcoholic": False}
    rice, wine = make_waiting(title_th="ข้าวหอม"), make_waiting(title_th="ไวน์มะเม่า", **said)
    english = make_waiting(title_th="น้ำหมัก", title_en="Mulberry wine", **said)
    renamed = make_change(make_product(otop_type="food"), title_th="เหล้าอุ")
    rows = [rice, wine, english, renamed]
    make_member(wine.producer, "owner")
    assert client.get(QUEUE).text.count("ชื่ออาจหมายถึงแอลกอฮอล์") == 3

    answer = client.post(QUEUE, {"act": "approve", "items": [key(row) for row in rows]})

    assert [state_of(row) for row in rows] == [
        Status.PUBLIC, Status.IN_REVIEW, Status.IN_REVIEW, State.WAITING,
    ]  # fmt: skip
    left_out = {outcome.item.row for outcome in answer.context["left_out"]}
    assert left_out == {wine, english, renamed}
    alert = answer.text.split('role="alert"')[1].split("</div>")[0]
    assert "กรุณาตรวจรายการเหล่านี้ทีละรายการ" in alert
    assert "ไวน์มะเม่า" in alert and "น้ำหมัก" in alert and "ข้าวหอม" not in alert
    assert AuditEntry.objects.filter(act__in=["product.approve", "change.approve"]).count() == 1
    assert not ReviewMail.objects.exists()

    client.post(page_of(wine), {"act": "approve", "items": key(wine)})
    assert state_of(wine) == Status.PUBLIC
    client.post(QUEUE, {"act": "refuse", "items": key(english), "reason": "ขายไม่ได้"})
    assert state_of(english) == Status.REFUSED


def test_who_sent_it_in_is_owed_a_mail_about_what_was_decided(client, curator):
    good, bad, change = make_waiting(), make_waiting(), make_change(title_th="ใหม่")
    for row in (good, bad, change.provenance):
        make_member(row.producer, "owner")

    client.post(QUEUE, {"act": "approve", "items": [key(good), key(change)]})
    client.post(page_of(bad), {"act": "refuse", "items": key(bad), "reason": "รูปมืด"})
    client.post(page_of(bad), {"act": "refuse", "items": key(bad), "reason": "อีกครั้ง"})

    owed = ReviewMail.objects.order_by("pk").values_list("provenance", "change", "reason")
    assert list(owed) == [
        (good.pk, None, ""), (change.provenance_id, change.pk, ""), (bad.pk, None, "รูปมืด"),
    ]  # fmt: skip


def test_several_are_refused_with_one_reason(client, curator):
    rows = [make_waiting(), make_change(title_th="ใหม่")]

    client.post(QUEUE, {"act": "refuse", "items": [key(row) for row in rows], "reason": "มืด"})

    assert [state_of(row) for row in rows] == [Status.REFUSED, State.REFUSED]
    assert (rows[0].status_reason, rows[1].reason) == ("มืด", "มืด")


def test_a_late_or_second_decision_is_answered_kindly(client, curator):
    row = make_waiting()
    stale = key(row)
    services.refuse_product(provenance=row, reason="มืด", by=None)

    answer = client.post(page_of(row), {"act": "approve", "items": stale}, follow=True)
    assert answer.status_code == 200 and len(list(answer.context["messages"])) == 1
    assert state_of(row) == Status.REFUSED

    services.submit_product(provenance=row, by=None)
    client.post(page_of(row), {"act": "approve", "items": stale})
    assert state_of(row) == Status.IN_REVIEW
    client.post(QUEUE, {"act": "approve"})
    client.post(QUEUE, {"act": "delete", "items": key(row)})
    assert state_of(row) == Status.IN_REVIEW


@pytest.mark.parametrize("size", [2, 9])
def test_the_queue_keeps_to_its_statements(client, curator, size):
    producers = [make_producer() for _ in range(size)]
    rows = [make_waiting(producer, pictures=("a.jpg", "b.jpg")) for producer in producers]
    options = tuple(services.OptionPlan(f"แบบ {n}", price_satang=100) for n in range(size))
    changes = [
        make_change(
            make_product(producer, pictures=tuple(f"{n}.jpg" for n in range(size)),
                         options=options),
            title_th="ใหม่", pictures=["c.jpg"],
        )
        for producer in producers
    ]  # fmt: skip
    client.get(QUEUE)

    found = {
        "review-queue": statements(client, QUEUE),
        "review-item": max(
            statements(client, page_of(changes[0])), statements(client, page_of(rows[0]))
        ),
    }

    assert found == {name: BUDGETS[name] for name in found}
