"""The basket page: grouped by makers, at today's prices, one's own lines only."""

import json
import re
from pathlib import Path

import pytest
from django.core.signing import Signer
from django.db import connection
from django.test.utils import CaptureQueriesContext
from oscar.apps.basket.models import Line

from marketplace.producers.services import set_delivery_rates
from marketplace.provenance.models import Provenance
from marketplace.provenance.services import OptionPlan, change_stock
from tests.factories import make_basket, make_producer, make_product, make_village

pytestmark = pytest.mark.django_db
BUDGETS = json.loads((Path(__file__).parents[2] / "budgets.json").read_text())["shop"]


@pytest.fixture
def holding(client):
    """Give the client's cookie a basket of these lines."""

    def hold(*lines):
        basket = make_basket(*lines)
        client.cookies["oscar_open_basket"] = Signer().sign(basket.pk)
        return basket

    return hold


def page(client, language=""):
    return client.get(f"{language}/basket/").content.decode()


def test_each_makers_things_stand_under_their_village_with_their_own_delivery(client, holding):
    weaver = make_producer(make_village("50010811", "บ้านดอยปุย"))
    potter = make_producer(make_village("57010501", "บ้านเหนือ"))
    set_delivery_rates(producer=weaver, steps=[(30_000, 4_500)], by=None)
    set_delivery_rates(producer=potter, steps=[(30_000, 8_050)], by=None)
    scarf, bag = make_product(weaver, price_baht="250"), make_product(weaver, price_baht="99.50")
    holding((scarf, 2), make_product(potter, price_baht="120"), bag)

    html = page(client)

    assert html.count('class="village-badge"') == 2
    assert html.index("บ้านดอยปุย") < html.index("บ้านเหนือ")
    for amount in ("฿500", "฿99.50", "฿120", "฿45", "฿80.50", "฿719.50", "฿845"):
        assert amount in html, amount


def test_the_number_of_statements_does_not_grow_with_the_basket(client, holding):
    counts = []
    for size in (1, 6):
        holding(*[make_product() for _ in range(size)])
        with CaptureQueriesContext(connection) as statements:
            page(client)
        counts.append(len(statements))

    assert counts[0] == counts[1] <= BUDGETS["basket"]


def test_a_chosen_piece_shows_its_own_picture_and_one_without_that_of_its_page(client, holding):
    plain, own = OptionPlan("ผืนที่ 1", "", 100), OptionPlan("ผืนที่ 2", "", 100, picture="piece-2.jpg")
    cloth = make_product(pictures=["cloth.jpg"], stock=None, options=[plain, own])
    for option in (plain, own):
        option_product = cloth.product.children.get(title=option.title_th)
        change_stock(product=option_product, quantity=1, by=None)
        holding((option_product, 1))
        shown = set(re.findall(r"(cloth|piece-2)\.jpg", page(client)))
        assert shown == ({"cloth"} if option is plain else {"piece-2"})


def test_quantities_change_and_lines_go(client, holding):
    scarf, jar = make_product(stock=5), make_product()
    basket = holding((scarf, 1), jar)
    first, second = basket.lines.order_by("pk")

    assert client.post(f"/basket/lines/{first.pk}/", {"quantity": 4}).url == "/basket/"
    client.post(f"/basket/lines/{second.pk}/", {"quantity": 1, "remove": "yes"})

    assert list(basket.lines.values_list("pk", "quantity")) == [(first.pk, 4)]
    client.post(f"/basket/lines/{first.pk}/", {"quantity": 0})
    assert not basket.lines.exists()
    assert "empty-state" in page(client)


@pytest.mark.parametrize("quantity", ["6", "-1", "9" * 30, "x", ""])
def test_a_quantity_that_cannot_be_had_changes_nothing(client, holding, quantity):
    basket = holding((make_product(stock=5), 2))

    client.post(f"/basket/lines/{basket.lines.get().pk}/", {"quantity": quantity})

    assert basket.lines.get().quantity == 2
    assert "notice--error" in page(client)


def test_other_peoples_lines_are_not_found(client, holding):
    other = make_basket(make_product())
    holding(make_product())
    line = other.lines.get()

    for data in ({"quantity": 3}, {"remove": "yes"}):
        assert client.post(f"/basket/lines/{line.pk}/", data).status_code == 404
    client.cookies.clear()
    assert client.post(f"/basket/lines/{line.pk}/", {"remove": "yes"}).status_code == 404

    assert other.lines.get().quantity == 1


def test_a_forged_basket_cookie_opens_nothing(client):
    basket = make_basket(make_product(title_th="ของคนอื่น"))

    for cookie in (str(basket.pk), f"{basket.pk}:forged", "", ":" * 5000, "\x01"):
        client.cookies["oscar_open_basket"] = cookie
        assert "ของคนอื่น" not in page(client)
        assert client.get("/basket/badge/").content.strip() == b""


def test_a_line_that_cannot_be_bought_any_more_is_not_counted(client, holding):
    gone, scarf = make_product(title_th="หมดแล้ว", stock=3), make_product(price_baht="250")
    holding((gone, 3), scarf)
    gone.product.stockrecords.update(num_in_stock=1)

    html = page(client, "/en")

    assert "Only 1 left" in html
    assert "/checkout/" not in html
    assert "฿290" in html


def test_a_withdrawn_product_stays_visible_with_the_reason(client, holding):
    scarf = make_product()
    holding(scarf)
    Provenance.objects.update(status="withdrawn")

    assert "no longer for sale" in page(client, "/en")


def test_a_changed_price_is_said(client, holding):
    scarf = make_product(price_baht="250")
    holding(scarf)
    scarf.product.stockrecords.update(price=275)

    html = page(client, "/en")

    assert "it was ฿250, it is ฿275" in html
    assert Line.objects.get().price_incl_tax == 250


def test_the_page_is_for_one_person(client, holding):
    holding(make_product())

    assert "no-store" in client.get("/basket/")["Cache-Control"]


def test_titles_are_text_and_never_markup(client, holding):
    holding(make_product(title_th="<script>alert(1)</script>"))

    html = page(client)

    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html
