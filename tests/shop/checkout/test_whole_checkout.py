"""A guest's whole way from the product's page to the paid order keeps its budget of statements."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shop.placing.models import Placement
from tests.factories import make_postcode, make_product
from tests.shop.checkout.test_guest_checkout import TYPED, add, fields_of
from tests.shop.payments import conftest
from tests.shop.payments.rig import VISA

BUDGETS = json.loads((Path(__file__).parents[2] / "budgets.json").read_text())["shop"]
standin = conftest.standin


def order(client, scarf):
    """All a guest does until the page that asks for the card; returns that page."""
    client.get(f"/catalogue/{scarf.product.slug}_{scarf.product_id}/")
    add(client, scarf, 2)
    client.get("/basket/badge/")
    client.get("/basket/")
    client.get("/checkout/")
    client.post("/checkout/", TYPED)
    placed = client.post("/checkout/delivery/", fields_of(client.get("/checkout/delivery/")))
    return client.get(placed.url)


def pay(client, standin, pay_page):
    """Pay, come back, look at the order; returns the order's page."""
    token = pay_page.request["PATH_INFO"].split("/")[-2]
    standin.pay(pay_page.context["entry"]["clientSecret"], VISA)
    client.get(f"/payments/return/{token}/")
    return client.get(f"/orders/{token}/")


@pytest.mark.django_db
def test_a_whole_guest_checkout_keeps_its_budget(standin):
    make_postcode()
    scarf = make_product(stock=9)
    pay(Client(), standin, order(Client(), scarf))  # the producer's accounts are there from now on
    client = Client()

    with CaptureQueriesContext(connection) as until_payment:
        pay_page = order(client, scarf)
    with CaptureQueriesContext(connection) as payment:
        page = pay(client, standin, pay_page)

    assert page.status_code == 200
    statuses = Placement.objects.values_list("order__status", flat=True)
    assert list(statuses) == ["paid", "paid"]
    # 120 in all, from the product's page to the paid order; stock Oscar's 206 end before the money.
    assert len(until_payment) <= BUDGETS["guest-checkout"]
    assert len(payment) <= BUDGETS["payment-and-order-page"]
