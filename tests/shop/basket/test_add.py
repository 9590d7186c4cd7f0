"""Putting things into the basket: from our pages only, at our prices, in sensible numbers."""

import json
from pathlib import Path

import pytest
from django.core.signing import Signer
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from oscar.apps.basket.models import Basket, Line

from marketplace.producers.models import ProducerClosure
from marketplace.provenance.services import OptionPlan
from tests.factories import make_basket, make_producer, make_product, make_user

pytestmark = pytest.mark.django_db
SAME_SITE = {"sec-fetch-site": "same-origin"}
BUDGETS = json.loads((Path(__file__).parents[2] / "budgets.json").read_text())["shop"]
SQL_BUDGET = BUDGETS["add-to-basket"]


def add(client, pk, data=None, headers=None, **extra):
    headers = SAME_SITE if headers is None else headers
    return client.post(f"/basket/add/{pk}/", data or {}, headers=headers, **extra)


def said(response, client):
    """What the next page says."""
    return client.get("/basket/").content.decode()


def test_a_thing_goes_into_a_new_basket_kept_by_a_cookie(client):
    scarf = make_product(price_baht="250")

    response = add(client, scarf.product_id, {"quantity": 2})

    line = Line.objects.get()
    assert response.url == "/basket/"
    assert (line.quantity, line.price_incl_tax, line.basket.owner) == (2, 250, None)
    cookie = response.cookies["oscar_open_basket"]
    assert Signer().unsign(cookie.value) == str(line.basket_id)
    assert cookie["samesite"] == "Lax"
    assert cookie["httponly"]
    assert "sessionid" not in response.cookies


def test_adding_again_adds_to_the_line(client):
    scarf = make_product(stock=5)

    add(client, scarf.product_id, {"quantity": 2})
    add(client, scarf.product_id, {"quantity": 3})
    refused = add(client, scarf.product_id, {"quantity": 1})

    assert Line.objects.get().quantity == 5
    assert "5" in said(refused, client)


def test_adding_keeps_its_budget_of_statements(client):
    first, second = make_product(), make_product()

    with CaptureQueriesContext(
        connection,
    ) as new_basket:
        add(client, first.product_id)
    with CaptureQueriesContext(connection) as known_basket:
        add(client, second.product_id)

    assert len(new_basket) <= SQL_BUDGET, [q["sql"][:90] for q in new_basket]
    assert len(known_basket) <= SQL_BUDGET, [q["sql"][:90] for q in known_basket]


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"referer": "https://evil.example/http://testserver/"},
        {"referer": "http://testserver.evil.example/"},
        {},
    ],
)
def test_a_form_from_elsewhere_is_refused(client, headers):
    scarf = make_product()

    response = add(client, scarf.product_id, {"quantity": 1}, headers)

    assert response.status_code == 403
    assert not Basket.objects.exists()
    assert "oscar_open_basket" not in response.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin"},
        {"origin": "http://testserver"},
        {"referer": "http://testserver/catalogue/"},
    ],
)
def test_a_form_of_ours_needs_no_token(headers):
    client, scarf = Client(enforce_csrf_checks=True), make_product()

    assert add(client, scarf.product_id, {}, headers).status_code == 302

    assert Line.objects.get().quantity == 1


@pytest.mark.parametrize(
    "quantity", ["-1", "0", "100", "9" * 400, "1e9", "1.5", "", "ห้า", "1\x00", "' OR 1=1 --"]
)
def test_a_quantity_that_makes_no_sense_is_refused(client, quantity):
    scarf = make_product(stock=500)

    response = add(client, scarf.product_id, {"quantity": quantity})

    assert response.status_code == 302
    assert not Line.objects.exists()
    assert "notice--error" in said(response, client)


def test_a_price_from_the_browser_is_not_even_read(client):
    scarf = make_product(price_baht="250")

    add(client, scarf.product_id, {"price": "1", "price_incl_tax": "1", "line_price": "1"})

    assert Line.objects.get().price_incl_tax == 250
    assert "฿250" in client.get("/basket/").content.decode()


def test_an_option_is_chosen_by_its_own_number_under_its_product(client):
    scarf = make_product(options=[OptionPlan("แดง", "Red", 30_000, 2)])
    other = make_product()
    red = scarf.product.children.get()

    unchosen = add(client, scarf.product_id)
    foreign = add(client, other.product_id, {"child_id": red.pk})
    assert not Line.objects.exists()
    add(client, scarf.product_id, {"child_id": red.pk, "quantity": 2})

    assert unchosen.status_code == 302
    assert foreign.status_code == 404
    line = Line.objects.get()
    assert (line.product, line.quantity, line.price_incl_tax) == (red, 2, 300)


@pytest.mark.parametrize("pk", [999_999, 2**63 - 1, 2**63, 10**40])
def test_a_product_that_does_not_exist_is_not_found(client, pk):
    assert add(client, pk).status_code == 404
    assert not Basket.objects.exists()


def test_what_is_not_for_sale_cannot_be_added(client):
    draft = make_product(public=False)
    resting = make_producer()
    ProducerClosure.objects.create(producer=resting)
    closed = make_product(resting)
    sold_out = make_product(stock=0)

    for provenance in (draft, closed, sold_out):
        response = add(client, provenance.product_id)
        assert response.status_code == 302

    assert not Line.objects.exists()
    assert "ผู้ผลิตหยุดพักอยู่" in client.get("/basket/").content.decode()


def test_a_basket_does_not_grow_without_end(client, monkeypatch):
    monkeypatch.setattr("shop.basket.services.MOST_LINES", 2)
    things = [make_product() for _ in range(3)]

    for thing in things:
        add(client, thing.product_id)

    assert Line.objects.count() == 2


def test_without_scripts_the_shopper_goes_where_the_form_says_if_that_is_ours(client):
    scarf = make_product()

    assert add(client, scarf.product_id, {"next": "/catalogue/"}).url == "/catalogue/"
    assert add(client, scarf.product_id, {"next": "https://evil.example/"}).url == "/basket/"


def test_with_htmx_the_answer_is_a_sentence_and_the_badge_is_told(client):
    scarf = make_product(stock=1, title_th="ผ้าไหม")
    headers = SAME_SITE | {"hx-request": "true"}

    added = add(client, scarf.product_id, {}, headers)
    refused = add(client, scarf.product_id, {}, headers)

    assert (added.status_code, refused.status_code) == (200, 422)
    assert "ผ้าไหม" in added.content.decode()
    assert added["HX-Trigger"] == "basket-changed"
    assert "<html" not in refused.content.decode()


def test_the_badge_counts_without_a_statement_for_a_stranger(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/basket/badge/").content.strip() == b""
    add(client, make_product().product_id, {"quantity": 3})

    with django_assert_num_queries(1):
        badge = client.get("/basket/badge/")

    assert ">3<" in badge.content.decode()
    assert "no-store" in badge["Cache-Control"]


def test_what_a_guest_chose_is_theirs_after_signing_in(client):
    user, scarf, jar = make_user(), make_product(stock=9), make_product()
    owned = make_basket((scarf, 1), jar)
    owned.owner = user
    owned.save()
    add(client, scarf.product_id, {"quantity": 4})
    client.force_login(user)

    page = client.get("/basket/")

    assert sorted(owned.lines.values_list("quantity", flat=True)) == [1, 4]
    assert Basket.objects.exclude(pk=owned.pk).get().status == Basket.MERGED
    assert page.cookies["oscar_open_basket"].value == ""
    assert ">5<" in client.get("/basket/badge/").content.decode()
