"""A guest orders in three steps, with scripts switched off; nothing typed is ever lost."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from oscar.apps.basket.models import Basket
from oscar.apps.order.models import Order

from marketplace.core import thai
from marketplace.places.services import rename_area
from marketplace.provenance.models import IncomeKind
from shop.parcels.models import Parcel
from shop.placing.models import OrderNumber, Placement
from tests.factories import make_postcode, make_producer, make_product, make_user, make_village

pytestmark = pytest.mark.django_db
SAME_SITE = {"headers": {"sec-fetch-site": "same-origin"}}
TYPED = {
    "email": "malee@example.com",
    "name": "มาลี ใจดี",
    "phone": "081-234-5678",
    "line": "99/1 หมู่ 3 ถนนห้วยแก้ว",
    "area": "50300",
}


@pytest.fixture
def suthep():
    return make_postcode("50300", "500108").tambon


def add(client, provenance, quantity=1, **more):
    url = f"/basket/add/{provenance.product_id}/"
    return client.post(url, {"quantity": quantity} | more, **SAME_SITE)


def fields_of(response):
    """The hidden fields of a page, as a browser would send them back."""
    html = response.content.decode()
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))


def value_of(html, name):
    """What stands in an input of the page."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', html)[0]
    found = re.search(r'value="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


def nothing_was_placed():
    return not (Order.objects.exists() or Placement.objects.exists() or Parcel.objects.exists())


def test_a_guest_orders_in_three_steps(client, suthep):
    scarf = make_product(price_baht="250", stock=5)

    assert add(client, scarf, 2).url == "/basket/"
    assert "฿500" in client.get("/basket/").content.decode()
    assert client.get("/checkout/").status_code == 200
    assert client.post("/checkout/", TYPED).url == "/checkout/delivery/"
    review = client.get("/checkout/delivery/")
    placed = client.post("/checkout/delivery/", fields_of(review))
    placement = Placement.objects.get()
    page = client.get(f"/orders/{placement.token}/")

    assert "ต.สุเทพ" in review.content.decode()
    assert placed.url == f"/checkout/pay/{placement.token}/"
    assert page.status_code == 200
    order = Order.objects.get()
    assert order.total_incl_tax == 540
    assert order.shipping_address.line2 == "ตำบลสุเทพ"
    assert str(order.shipping_address.phone_number) == "+66812345678"
    assert (placement.phone, placement.language) == ("0812345678", "th")


def test_a_guest_orders_in_english(suthep):
    client, scarf = Client(), make_product(title_en="Silk scarf")

    client.post(f"/en/basket/add/{scarf.product_id}/", {"quantity": 1}, **SAME_SITE)
    client.post("/en/checkout/", TYPED)
    review = client.get("/en/checkout/delivery/")
    placed = client.post("/en/checkout/delivery/", fields_of(review))

    placement = Placement.objects.get()
    assert placed.url == f"/en/checkout/pay/{placement.token}/"
    assert placement.language == "en"
    assert "Suthep" in review.content.decode()
    page = client.get(f"/en/orders/{placement.token}/").content.decode()
    assert "Silk scarf" in page
    assert "Suthep, Mueang Chiang Mai, Chiang Mai" in page
    assert "ตำบล" not in page


def test_an_order_keeps_the_names_that_places_had_on_its_day(client, suthep):
    add(client, make_product())
    client.post("/checkout/", TYPED)
    client.post("/checkout/delivery/", fields_of(client.get("/checkout/delivery/")))
    yesterday, day = thai.today() - timedelta(days=1), thai.today()
    rename_area(code="500108", name_th="ใหม่", name_en="New", last_day=yesterday, by=None)
    placed = Placement.objects.get()

    assert "ต.ใหม่" in client.get(f"/orders/{placed.token}/").content.decode()

    Placement.objects.update(placed_at=placed.placed_at - timedelta(days=2))
    assert thai.today() == day
    assert "ต.สุเทพ" in client.get(f"/orders/{placed.token}/").content.decode()


def test_a_postcode_of_several_tambons_is_never_guessed(client, suthep):
    make_postcode("50300", "500107")
    add(client, make_product())

    asked = client.post("/checkout/", TYPED)

    html = asked.content.decode()
    assert asked.status_code == 422
    choices = re.findall(r'type="radio" name="place" value="([^"]+)"', html)
    assert sorted(choices) == ["500107-50300", "500108-50300"]
    assert not re.search(r'name="place"[^>]*checked', html)
    assert value_of(html, "line") == TYPED["line"]
    assert client.get("/checkout/delivery/").url == "/checkout/"

    client.post("/checkout/", TYPED | {"place": "500107-50300"})
    client.post("/checkout/delivery/", fields_of(client.get("/checkout/delivery/")))

    assert Placement.objects.get().tambon_code == "500107"


def test_a_choice_that_does_not_fit_what_was_typed_is_asked_again(client, suthep):
    make_postcode("50300", "500107")
    make_postcode("57000", "570105")
    add(client, make_product())

    for place in ("570105-57000", "999999-50300", "500107-57000", "500107", "x" * 13, "a-b-c"):
        assert client.post("/checkout/", TYPED | {"place": place}).status_code == 422

    assert "checkout" not in client.session


def test_every_mistake_is_named_and_nothing_typed_is_lost(client, suthep):
    add(client, make_product())
    typed = {"email": "malee@", "name": "มาลี", "phone": "12", "line": "", "area": "ไม่มีที่นี่"}

    refused = client.post("/en/checkout/", typed)

    html = refused.content.decode()
    assert refused.status_code == 422
    for field in ("email", "phone", "line", "area"):
        assert f'href="#id_{field}"' in html, field
        assert f'id="id_{field}_error"' in html, field
    for name in ("email", "name", "phone", "area"):
        assert value_of(html, name) == typed[name]
    assert 'aria-invalid="true"' in html


def test_what_was_typed_is_there_again_on_the_way_back(client, suthep):
    add(client, make_product())
    client.post("/checkout/", TYPED)

    html = client.get("/checkout/").content.decode()

    assert value_of(html, "name") == TYPED["name"]
    assert value_of(html, "phone") == "0812345678"
    assert re.search(r'value="500108-50300" checked', html)


def test_fields_help_the_browser_to_fill_them(client, suthep):
    add(client, make_product())

    html = client.get("/checkout/").content.decode()

    for name, token in (
        ("email", "email"),
        ("name", "name"),
        ("phone", "tel"),
        ("line", "street-address"),
        ("area", "postal-code"),
    ):
        tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', html)[0]
        assert f'autocomplete="{token}"' in tag
        assert f'<label class="field__label" for="id_{name}">' in html


def test_a_visit_asks_for_no_address(client):
    visit = make_product(income_kind=IncomeKind.ACTIVITY, price_baht="500")
    add(client, visit)

    assert 'name="line"' not in client.get("/checkout/").content.decode()
    contact = {name: TYPED[name] for name in ("email", "name", "phone")}
    client.post("/checkout/", contact)
    client.post("/checkout/delivery/", fields_of(client.get("/checkout/delivery/")))

    assert Order.objects.get().total_incl_tax == 500
    assert not Parcel.objects.exists()


def test_something_sent_put_in_later_asks_for_the_address(client, suthep):
    add(client, make_product(income_kind=IncomeKind.ACTIVITY, price_baht="500"))
    client.post("/checkout/", {name: TYPED[name] for name in ("email", "name", "phone")})
    review = fields_of(client.get("/checkout/delivery/"))
    add(client, make_product())

    assert client.get("/checkout/delivery/").url == "/checkout/"
    assert client.post("/checkout/delivery/", review).url == "/checkout/"

    assert nothing_was_placed()


def test_an_empty_basket_leads_back_to_the_basket(client):
    for url in ("/checkout/", "/checkout/delivery/"):
        assert client.get(url).url == "/basket/"
        assert client.post(url, {}).url == "/basket/"


def test_going_back_after_ordering_finds_the_order(client, suthep):
    add(client, make_product())
    client.post("/checkout/", TYPED)
    review = fields_of(client.get("/checkout/delivery/"))
    first = client.post("/checkout/delivery/", review)

    again = client.post("/checkout/delivery/", review)

    token = Placement.objects.get().token
    assert first.url == again.url == f"/checkout/pay/{token}/"
    assert client.get("/checkout/").url == f"/orders/{token}/"
    assert client.get("/checkout/delivery/").url == f"/orders/{token}/"
    assert Basket.objects.get().status == Basket.SUBMITTED


def test_what_sold_out_before_ordering_is_said_and_nothing_is_charged(client, suthep):
    scarf = make_product(title_th="ผ้าไหม", stock=1)
    add(client, scarf)
    client.post("/checkout/", TYPED)
    review = fields_of(client.get("/checkout/delivery/"))
    scarf.product.stockrecords.update(num_in_stock=0)

    refused = client.post("/en/checkout/delivery/", review)

    html = refused.content.decode()
    assert refused.status_code == 422
    assert "ผ้าไหม" in html
    assert "sold out" in html
    assert 'href="/en/basket/"' in html
    assert "Order and pay" not in html
    assert nothing_was_placed()


def test_a_new_price_is_shown_before_it_is_paid(client, suthep):
    scarf = make_product(price_baht="250")
    add(client, scarf)
    client.post("/checkout/", TYPED)
    review = fields_of(client.get("/checkout/delivery/"))
    scarf.product.stockrecords.update(price=260)

    refused = client.post("/checkout/delivery/", review)

    assert refused.status_code == 422
    assert "฿300" in refused.content.decode()
    assert nothing_was_placed()
    client.post("/checkout/delivery/", fields_of(refused))
    assert Order.objects.get().total_incl_tax == 300


@pytest.mark.parametrize("total", ["1", "0", "-29000", "9" * 40, "", "29000.5", "2\x009000"])
def test_a_total_from_the_browser_is_compared_and_never_charged(client, suthep, total):
    add(client, make_product(price_baht="250"))
    client.post("/checkout/", TYPED)
    review = fields_of(client.get("/checkout/delivery/"))
    assert review["reviewed_total_satang"] == "29000"

    refused = client.post("/checkout/delivery/", review | {"reviewed_total_satang": total})

    assert refused.status_code == 422
    assert nothing_was_placed()


@pytest.mark.parametrize("form_token", ["", "short", "x" * 65, "' OR 1=1; --" * 3, "é" * 30])
def test_a_strange_form_is_asked_again(client, suthep, form_token):
    add(client, make_product())
    client.post("/checkout/", TYPED)
    review = fields_of(client.get("/checkout/delivery/"))

    refused = client.post("/checkout/delivery/", review | {"form_token": form_token})

    assert refused.status_code == 422
    assert nothing_was_placed()


def test_an_unknown_way_of_delivery_is_refused(client, suthep):
    producer = make_producer()
    add(client, make_product(producer))
    client.post("/checkout/", TYPED)
    review = fields_of(client.get("/checkout/delivery/"))

    for name in (f"delivery-{producer.pk}",):
        assert client.post("/checkout/delivery/", review | {name: "drone"}).status_code == 422
    assert nothing_was_placed()

    strange = {"delivery-999999": "drone", f"delivery-{'9' * 40}": "x", "delivery-": "x"}
    assert client.post("/checkout/delivery/", review | strange).status_code == 302


@pytest.mark.parametrize("text", ["ก" * 10_000, "x\x00y", "<script>alert(1)</script>", "\u200b"])
@pytest.mark.parametrize("field", ["name", "line", "area", "note", "email", "phone"])
def test_hostile_text_gets_a_clear_answer(client, suthep, field, text):
    add(client, make_product())

    answer = client.post("/checkout/", TYPED | {field: text})

    assert answer.status_code in (302, 422)
    if answer.status_code == 422:
        assert "checkout" not in client.session
        assert "<script>alert(1)" not in answer.content.decode()
        return
    html = client.get("/checkout/delivery/").content.decode()
    assert "<script>alert(1)" not in html
    assert field in ("name", "line", "note")


def test_orders_need_the_token_of_a_form_of_ours(suthep):
    client = Client(enforce_csrf_checks=True)
    add(client, make_product())

    assert client.post("/checkout/", TYPED).status_code == 403
    assert client.post("/checkout/delivery/", {}).status_code == 403
    line = Basket.objects.get().lines.get()
    assert client.post(f"/basket/lines/{line.pk}/", {"remove": "yes"}).status_code == 403

    assert nothing_was_placed()
    assert Basket.objects.get().lines.exists()


def test_an_order_of_two_villages_shows_both_parcels_and_both_incomes(client, suthep):
    weaver = make_producer(make_village("50010811", "บ้านดอยปุย", name_en="Doi Pui"))
    potter = make_producer(make_village("57010501", "บ้านเหนือ"))
    add(client, make_product(weaver, price_baht="250"))
    add(client, make_product(potter, price_baht="99.50"), 2)
    client.post("/checkout/", TYPED)
    client.post("/checkout/delivery/", fields_of(client.get("/checkout/delivery/")))

    html = client.get(f"/en/orders/{Placement.objects.get().token}/").content.decode()

    assert html.count("Parcel:") == 2
    assert html.lower().count("waiting for payment") >= 3
    for text in ("Doi Pui", "บ้านเหนือ", "฿250", "฿199", "฿80", "฿529"):
        assert text in html, text


@pytest.mark.parametrize("token", ["x", "x" * 32, "x" * 500, "%00", "..%2f", "' OR '1'='1"])
def test_a_wrong_token_finds_nothing(client, suthep, token):
    add(client, make_product())
    client.post("/checkout/", TYPED)
    client.post("/checkout/delivery/", fields_of(client.get("/checkout/delivery/")))

    answer = client.get(f"/orders/{token}/")

    assert answer.status_code == 404
    assert b"malee" not in answer.content


def test_the_order_page_is_private_and_not_indexed(client, suthep):
    add(client, make_product())
    client.post("/checkout/", TYPED)
    client.post("/checkout/delivery/", fields_of(client.get("/checkout/delivery/")))
    url = f"/orders/{Placement.objects.get().token}/"

    page = Client().get(url)

    assert page.status_code == 200
    assert {"no-store", "private"} <= set(page["Cache-Control"].replace(" ", "").split(","))
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "no-referrer"
    assert Client().post(url).status_code == 405


def test_a_person_who_signed_in_need_not_type_the_address_of_their_mail(client, suthep):
    user = make_user("somchai@example.com")
    client.force_login(user)
    add(client, make_product())

    assert value_of(client.get("/checkout/").content.decode(), "email") == "somchai@example.com"
    client.post("/checkout/", TYPED)
    client.post("/checkout/delivery/", fields_of(client.get("/checkout/delivery/")))

    assert Order.objects.get().user == user
    assert Placement.objects.get().email == "malee@example.com"


def test_the_number_of_an_order_says_nothing_about_its_basket(client, suthep):
    for _ in range(2):
        OrderNumber.objects.create()
    add(client, make_product())
    client.post("/checkout/", TYPED)
    client.post("/checkout/delivery/", fields_of(client.get("/checkout/delivery/")))

    order = Order.objects.get()
    assert order.number == str(OrderNumber.objects.latest("pk").pk)
    assert order.number != str(100_000 + order.basket_id)
