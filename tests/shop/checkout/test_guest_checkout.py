"""A guest orders in three steps, with scripts switched off."""

import re

import pytest
from django.test import Client
from oscar.apps.order.models import Order

from marketplace.places.models import Postcode
from shop.placing.models import Placement
from tests import factories

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
    tambon = factories.make_tambon("500108")
    Postcode.objects.create(postcode="50300", tambon=tambon)
    return tambon


def add(client, provenance, quantity=1, **more):
    url = f"/basket/add/{provenance.product_id}/"
    return client.post(url, {"quantity": quantity} | more, **SAME_SITE)


def review_fields(client):
    html = client.get("/checkout/delivery/").content.decode()
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))


def test_a_guest_orders_in_three_steps(client, suthep):
    scarf = factories.make_product(price_baht="250", stock=5)

    assert add(client, scarf, 2).url == "/basket/"
    assert "฿500" in client.get("/basket/").content.decode()
    assert client.get("/checkout/").status_code == 200
    assert client.post("/checkout/", TYPED).url == "/checkout/delivery/"
    placed = client.post("/checkout/delivery/", review_fields(client))

    placement = Placement.objects.get()
    assert placed.url == f"/checkout/pay/{placement.token}/"
    page = client.get(f"/orders/{placement.token}/")
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert "noindex" in page["X-Robots-Tag"]
    order = Order.objects.get()
    assert order.total_incl_tax == 540
    assert order.shipping_address.line2 == "ตำบล/แขวง สุเทพ"
    assert str(order.shipping_address.phone_number) == "+66812345678"
    assert placement.phone == "0812345678"


def test_a_guest_orders_in_english(suthep):
    client, scarf = Client(), factories.make_product(title_en="Silk scarf")

    client.post(f"/en/basket/add/{scarf.product_id}/", {"quantity": 1}, **SAME_SITE)
    client.post("/en/checkout/", TYPED)
    html = client.get("/en/checkout/delivery/").content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))
    placed = client.post("/en/checkout/delivery/", fields)

    placement = Placement.objects.get()
    assert placed.url == f"/en/checkout/pay/{placement.token}/"
    assert placement.language == "en"
    assert "Silk scarf" in client.get(f"/en/orders/{placement.token}/").content.decode()
