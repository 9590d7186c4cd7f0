"""Writing the makers' page, seeing it before it is saved, and closing for some days."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marketplace.core import thai
from marketplace.producers.models import Producer, ProducerClosure
from marketplace.provenance import photo_uses
from tests.factories import make_member, make_producer, make_product
from tests.marketplace.provenance.test_photos import upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def producer():
    return make_producer(name_th="กลุ่มทอผ้าดอยปุย", name_en="Doi Pui Weavers")


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def owner(client, producer):
    client.force_login(make_member(producer).user)
    return client


def url(name: str, producer, *more) -> str:
    return reverse(f"workbench:storefront-{name}", args=[producer.pk, *more])


def test_what_is_saved_is_what_shoppers_read(owner, producer, client):
    texts = {"story_th": "ทอ<script>x</script>มือ\n\nย้อมคราม", "notice_th": "ส่งวันจันทร์"}
    answer = owner.post(url("page", producer), texts)

    assert answer.headers["location"] == url("page", producer)
    client.logout()
    page = client.get(reverse("storefront:producer", args=[producer.pk, producer.slug]))
    html = page.content.decode()
    assert "<p>ทอมือ</p>" in html and "<p>ย้อมคราม</p>" in html and "ส่งวันจันทร์" in html


def test_a_text_too_long_keeps_what_was_typed_and_saves_nothing(owner, producer):
    answer = owner.post(url("page", producer), {"story_th": "ก" * 5_001, "notice_th": "ข่าวใหม่"})

    html = answer.content.decode()
    assert answer.status_code == 200 and "ก" * 5_001 in html and "ข่าวใหม่" in html
    assert 'aria-invalid="true"' in html
    producer.refresh_from_db()
    assert producer.notice_th == ""


def test_the_preview_is_the_shoppers_page_with_what_was_typed(owner, producer, client):
    make_product(producer, title_th="ผ้าคราม")
    texts = {"story_th": "เรื่องใหม่", "notice_th": "ข่าวใหม่"}

    typed = owner.post(url("preview", producer), texts).content.decode()
    saved = owner.get(url("preview", producer)).content.decode()
    shoppers = client.get(reverse("storefront:producer", args=[producer.pk, producer.slug]))

    assert "เรื่องใหม่" in typed and "ข่าวใหม่" in typed and "เรื่องใหม่" not in saved
    main = saved.split('<main id="main"')[1].split("</main>")[0]
    assert main in shoppers.content.decode()
    producer.refresh_from_db()
    assert producer.story_th == ""


def test_closing_takes_a_calendars_day_and_a_thai_day(owner, producer):
    first, last = thai.today() + timedelta(days=3), thai.today() + timedelta(days=5)
    body = {"first_day": first.isoformat(), "last_day": thai.thai_date(last), "note_th": "เกี่ยวข้าว"}

    answers = [owner.post(url("closures", producer), body).status_code for _ in range(2)]

    assert answers == [302, 302]  # sent twice: one closure
    closure = ProducerClosure.objects.get()
    assert (closure.valid_from, closure.valid_until) == (first, last)
    assert "เกี่ยวข้าว" in owner.get(url("closures", producer)).content.decode()


@pytest.mark.parametrize("first_day", ["", "พรุ่งนี้", "2020-01-01"])
def test_days_that_are_none_are_told_and_what_was_typed_stays(owner, producer, first_day):
    body = {"first_day": first_day, "note_th": "เกี่ยวข้าว"}
    answer = owner.post(url("closures", producer), body)

    assert answer.status_code == 200 and "เกี่ยวข้าว" in answer.content.decode()
    assert 'class="error-summary"' in answer.content.decode()
    assert not ProducerClosure.objects.exists()


def test_a_closure_is_lifted_and_a_second_tap_does_no_harm(owner, producer):
    closure = ProducerClosure.objects.create(
        producer=producer, valid_from=thai.today() - timedelta(days=2)
    )

    answers = [owner.post(url("lift", producer, closure.pk)).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert not ProducerClosure.objects.in_force().exists()


def test_a_picture_of_the_makers_is_cleaned_turned_kept_and_taken_away(owner, producer):
    sent = {"picture": upload("กลุ่มเรา.jpg", size=(1_600, 1_000))}

    assert owner.post(url("portrait", producer), sent).status_code == 302
    producer.refresh_from_db()
    first = producer.portrait.name
    assert first.startswith("images/photos/") and photo_uses.in_use({first}) == {first}

    owner.post(url("portrait", producer), {"do": "turn"})
    producer.refresh_from_db()
    assert producer.portrait.name != first
    assert (producer.portrait.width, producer.portrait.height) == (1_000, 1_600)

    owner.post(url("portrait", producer), {"do": "remove"})
    producer.refresh_from_db()
    assert not producer.portrait


@pytest.mark.parametrize(
    "sent", [{}, {"picture": SimpleUploadedFile("a.jpg", b"<html>")}, {"picture": "small"}]
)
def test_a_picture_that_is_none_or_too_small_is_told_and_changes_nothing(owner, producer, sent):
    if sent.get("picture") == "small":
        sent = {"picture": upload("s.jpg", size=(300, 200))}

    answer = owner.post(url("portrait", producer), sent)

    assert answer.status_code == 200
    assert 'class="field__error"' in answer.content.decode()
    producer.refresh_from_db()
    assert not producer.portrait


def test_an_older_portrait_that_was_not_sent_in_here_is_not_turned(owner, producer):
    Producer.objects.filter(pk=producer.pk).update(portrait="demo/old.jpg")

    assert owner.post(url("portrait", producer), {"do": "turn"}).status_code == 302
    producer.refresh_from_db()
    assert producer.portrait.name == "demo/old.jpg"
