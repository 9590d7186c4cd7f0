"""What sounds odd is said and confirmed, and never refused."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from marketplace.core import thai
from marketplace.ledger.models import Event
from marketplace.provenance.models import OtopType
from shop.stall.doubts import doubts_about, usual_satang
from shop.stall.models import DeclaredSale
from shop.stall.services import Unlisted, declare_sale, take_back
from tests.factories import make_member, make_producer, make_product, make_village

pytestmark = pytest.mark.django_db
CLOTH = Unlisted("ผ้าถุง", OtopType.TEXTILE)


@pytest.fixture
def weavers():
    return make_producer(make_village())


def declared(producer, *amounts, what=CLOTH, **facts):
    return [
        declare_sale(
            producer=producer,
            product=what,
            amount_satang=amount,
            form_token=f"form-{producer.pk}-{DeclaredSale.objects.count()}",
            by=None,
            **facts,
        ).sale
        for amount in amounts
    ]


def sentences(producer, amount, day=None, what=CLOTH):
    with override("en"):
        found = doubts_about(
            producer=producer, what=what, amount_satang=amount, sold_on=day or thai.today()
        )
    return found.sentences if found else ()


def test_more_than_ten_times_the_middle_amount_is_doubted_from_three_sales_on(weavers):
    declared(weavers, 10_000, 10_001)
    assert sentences(weavers, 10**8) == ()

    declared(weavers, 999_999)

    assert sentences(weavers, 100_010) == ()
    (sentence,) = sentences(weavers, 100_011)
    assert "฿1,000.11" in sentence and "฿100.01" in sentence


def test_the_middle_of_an_even_number_lies_between_two(weavers):
    declared(weavers, 10_000, 20_001, 30_000, 5)

    assert usual_satang(DeclaredSale.objects.all()) == 15_000


def test_what_was_taken_back_is_long_past_or_anothers_is_not_usual(weavers):
    old, gone, *_rest = declared(weavers, 100, 100, 100)
    declared(make_producer(), 100, 100, 100)
    take_back(sale=gone, by=None)
    assert sentences(weavers, 5_000) == ()

    declared(weavers, 100)
    assert len(sentences(weavers, 5_000)) == 1
    year_ago = thai.today() - timedelta(days=365)
    DeclaredSale.objects.filter(pk=old.pk).update(sold_on=year_ago)
    assert sentences(weavers, 5_000) == ()


def test_the_same_thing_amount_and_day_again_is_doubted(weavers):
    scarf = make_product(weavers, stock=9)
    (first,) = declared(weavers, 30_000)
    declared(weavers, 25_000, what=scarf.product)

    assert len(sentences(weavers, 30_000)) == 1
    assert len(sentences(weavers, 30_000, what=Unlisted(" ผ้าถุง\u200b", OtopType.FOOD))) == 1
    assert len(sentences(weavers, 25_000, what=scarf.product)) == 1
    assert sentences(weavers, 30_001) == ()
    assert sentences(weavers, 30_000, what=scarf.product) == ()
    assert sentences(weavers, 30_000, what=Unlisted("ย่าม", OtopType.TEXTILE)) == ()
    take_back(sale=first, by=None)
    assert sentences(weavers, 30_000) == ()


def test_a_day_more_than_three_weeks_ago_is_doubted(weavers):
    today = thai.today()

    assert sentences(weavers, 100, today - timedelta(days=21)) == ()
    assert len(sentences(weavers, 100, today - timedelta(days=22))) == 1


def test_doubts_take_the_same_statements_for_any_number_of_sales(
    weavers, django_assert_num_queries
):
    declared(weavers, *range(1, 12))

    with django_assert_num_queries(3):
        assert len(sentences(weavers, 10_000)) == 1


# --- On the form ---------------------------------------------------------------------------------
@pytest.fixture
def form(client, weavers):
    client.force_login(make_member(weavers).user)
    address = reverse("workbench:stall-other", args=[weavers.pk])
    typed = {
        "form_token": "token-of-a-form-long-enough",
        "title_th": "ผ้าถุง",
        "otop_type": "textile",
        "income_kind": "goods",
        "quantity": "2",
        "amount": "5,000.50",
        "sold_on": thai.thai_date(thai.today(), "numeric"),
        "channel": "fair",
        "told_by": "ยายคำ",
    }
    return lambda **more: client.post(address, typed | more)


def key_in(page):
    found = re.search(r'name="confirmed" value="([0-9a-f]+)"', page.content.decode())
    return found and found[1]


def test_a_doubt_saves_nothing_loses_nothing_and_is_confirmed_by_one_press(form, weavers):
    declared(weavers, 100, 100, 100)

    page = form()

    assert page.status_code == 200 and DeclaredSale.objects.count() == 3
    shown = page.context["form"]
    assert shown["amount"].value() == "5,000.50" and shown["told_by"].value() == "ยายคำ"
    assert shown["channel"].value() == "fair" and 'role="alert"' in page.content.decode()

    assert form(confirmed=key_in(page)).status_code == 302

    sale = DeclaredSale.objects.latest("pk")
    assert (sale.amount_satang, sale.channel, sale.told_by) == (500_050, "fair", "ยายคำ")


def test_what_was_confirmed_of_one_amount_is_asked_again_of_another(form, weavers):
    declared(weavers, 100, 100, 100)
    key = key_in(form())

    again = form(confirmed=key, amount="6000")

    assert DeclaredSale.objects.count() == 3
    assert key_in(again) not in (None, key)
    for nonsense in ("", "1", "x" * 9_000, "\x00"):
        assert key_in(form(confirmed=nonsense)) == key


def test_a_form_sent_twice_is_told_so_and_not_doubted(form):
    form()

    again = form()

    assert (again.status_code, DeclaredSale.objects.count()) == (302, 1)
    assert Event.objects.count() == 1


def test_what_is_wrong_comes_before_what_is_odd(form, weavers):
    declared(weavers, 100, 100, 100)

    page = form(channel="moon")

    assert key_in(page) is None and list(page.context["form"].errors) == ["channel"]


def test_of_a_product_the_usual_price_is_what_is_doubted(client, weavers):
    declared(weavers, 100, 100, 100)
    scarf = make_product(weavers, price_baht="250", stock=9)
    client.force_login(make_member(weavers).user)
    address = reverse("workbench:stall-more", args=[weavers.pk, scarf.product_id])
    typed = {
        "form_token": "token-of-a-form-long-enough",
        "product": scarf.product_id,
        "quantity": "2",
        "sold_on": thai.today().isoformat(),
        "channel": "fair",
    }

    page = client.post(address, typed)
    client.post(address, typed | {"confirmed": key_in(page)})

    assert DeclaredSale.objects.latest("pk").amount_satang == 50_000
