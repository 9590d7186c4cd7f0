"""The first page says what to do now, and only what its reader may do."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from marketplace.core import thai
from marketplace.producers.models import ProducerClosure
from marketplace.producers.permissions import ACTS_OF_ROLES
from marketplace.producers.services import suspend_producer
from marketplace.provenance.models import ProductChange, ProductDraft, Provenance
from marketplace.provenance.services import OptionPlan
from shop.workbench.queries.home import tasks_of
from tests.factories import make_member, make_producer, make_product, pay, place_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def producer():
    return make_producer()


def titles(producer, role: str = "owner") -> list[str]:
    return [task.title for task in tasks_of(producer, ACTS_OF_ROLES[role])]


def words(producer) -> str:
    return " ".join(
        f"{t.title} {t.words} {t.words_th}" for t in tasks_of(producer, ACTS_OF_ROLES["owner"])
    )


def refuse(provenance, reason: str) -> None:
    Provenance.objects.filter(pk=provenance.pk).update(status="refused", status_reason=reason)


def page(client, producer, role: str = "owner") -> str:
    client.force_login(make_member(producer, role).user)
    with override("en"):
        url = reverse("workbench:home", args=[producer.pk])
    return client.get(url).content.decode()


def test_nothing_to_do_is_said_kindly(client, producer):
    assert titles(producer) == []
    assert "Nothing is waiting for you" in page(client, producer)


def test_a_refused_product_comes_with_the_reviewers_reason(producer):
    refuse(make_product(producer, title_th="ผ้าขาวม้า", public=False), "รูปมืดเกินไป")

    assert "ผ้าขาวม้า" in words(producer) and "รูปมืดเกินไป" in words(producer)


def test_what_was_refused_leads_to_its_row_with_the_reason(client, producer):
    refused = make_product(producer, title_th="ผ้าขาวม้า", public=False)
    changed = make_product(producer, title_th="ผ้าคราม & ไหม")
    for number in range(30):  # the list has pages
        make_product(producer, title_th=f"ตะกร้า {number}")
    refuse(refused, "รูปมืดเกินไป")
    facts = {"provenance": changed, "before": {}, "after": {}, "decided_at": timezone.now()}
    ProductChange.objects.create(state="refused", reason="ชื่อยาวไป", **facts)

    urls = {task.title: task.url for task in tasks_of(producer, ACTS_OF_ROLES["owner"])}

    assert "/shelves/refused/" in urls["ผ้าขาวม้า"]
    client.force_login(make_member(producer, "owner").user)
    for product, reason in ((refused, "รูปมืดเกินไป"), (changed, "ชื่อยาวไป")):
        url = urls[product.product.title]
        row = client.get(url).content.decode().split(f'id="p{product.product_id}"')[1]
        assert reason in row.split("</li>")[0] and url.endswith(f"#p{product.product_id}")


def test_a_refused_change_is_told_until_it_is_sent_in_anew(producer):
    product = make_product(producer, title_th="ผ้าคราม")
    facts = {"provenance": product, "before": {}, "after": {}, "decided_at": timezone.now()}
    ProductChange.objects.create(state="refused", reason="ชื่อยาวไป", **facts)
    assert "ผ้าคราม" in words(producer) and "ชื่อยาวไป" in words(producer)

    ProductChange.objects.create(state="approved", **facts)

    assert titles(producer) == []


def test_forms_that_were_not_sent_in_are_counted(producer):
    ProductDraft.objects.create(producer=producer)
    ProductDraft.objects.create(producer=make_producer())

    assert len(titles(producer)) == 1 and "1" in titles(producer)[0]
    assert titles(producer, "packer") == []


def test_orders_to_pack_are_counted_from_paid_to_sent(producer):
    thing = make_product(producer, stock=9)
    place_order((thing, 1), form_token="unpaid")
    assert titles(producer) == []

    for number in range(2):
        pay(place_order((thing, 1), form_token=f"paid{number}"))

    assert len(titles(producer)) == 1 and "2" in titles(producer)[0]
    assert titles(producer, "packer") == titles(producer)
    assert titles(producer, "finance") == titles(producer, "viewer") == []


def test_what_is_running_out_is_named_and_single_pieces_are_not(producer):
    make_product(producer, title_th="ผ้าหลายผืน", stock=3)
    make_product(producer, title_th="ผ้าผืนเดียว", stock=1, stock_kind="one_piece")
    make_product(producer, title_th="ร่างที่ไม่มีของ", stock=0, public=False)
    assert "ผ้า" not in words(producer)

    make_product(producer, title_th="ผ้าใกล้หมด", stock=2)
    options = [OptionPlan("แดง", "Red", 10_000, 9), OptionPlan("ดำ", "Black", 10_000, 0)]
    make_product(producer, title_th="ผ้าเลือกสี", options=options)

    text = words(producer)
    assert "ผ้าใกล้หมด" in text and "ผ้าเลือกสี" in text and "ผ้าหลายผืน" not in text
    assert len(titles(producer, "packer")) == 1


def test_days_closed_are_not_forgotten(producer):
    last = thai.today() + timedelta(days=2)
    ProducerClosure.objects.create(producer=producer, valid_until=last)

    assert len(titles(producer)) == 1
    assert titles(producer, "packer") == []


def test_money_is_for_those_who_may_see_it(client, producer):
    pay(place_order((make_product(producer, price_baht="1234.56"), 1)))

    assert "฿1,274.56" in page(client, producer, "finance")  # with ฿40 of delivery
    assert "฿" not in page(client, producer, "packer").split('id="main"')[1]


def test_a_suspended_producer_reads_why(client, producer):
    suspend_producer(producer=producer, reason="รอเอกสาร อย.", by=None)

    assert "รอเอกสาร อย." in page(client, producer)


def test_the_page_leads_to_everything_that_is_ones_own(client, producer):
    as_owner, as_viewer = page(client, producer), page(client, producer, "viewer")
    own_page = f'href="/en/workbench/{producer.pk}/storefront/"'

    assert own_page in as_owner and own_page not in as_viewer
    for address in ("/en/accounts/logout/", f"/en/workbench/{producer.pk}/help/"):
        assert f'href="{address}"' in as_viewer
