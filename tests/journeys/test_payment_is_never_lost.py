"""A shopper pays and is gone; whoever tells of it, and however often, it is one paid order."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import requests
from django.db import connections

from marketplace.ledger.models import Event
from shop.payments import services
from shop.placing.models import Placement
from tests.factories import make_postcode, make_producer, make_product, make_village
from tests.journeys.conftest import Shopper, wait_for

CHIANG_MAI, UBON = "50010811", "34010105"


@pytest.fixture
def things(site):
    """A scarf of one village and a bowl of another."""
    make_postcode()
    weaver = make_producer(make_village(CHIANG_MAI))
    smith = make_producer(make_village(UBON, "บ้านปะอาว"))
    return (
        make_product(weaver, price_baht="333.33", stock=99).product,
        make_product(smith, price_baht="120.10", stock=99).product,
    )


@pytest.fixture
def paid(site, things):
    """Order and pay, then close the browser before it comes back: a token, a payment."""

    def order_and_pay():
        shopper = Shopper(site)
        for thing in things:
            assert shopper.put_into_basket(thing).status_code == 200
        token = shopper.order()
        intent = site.standin.pay(shopper.client_secret(token))
        return Placement.objects.get(token=token), intent

    yield order_and_pay
    site.standin.webhooks.release()


def is_paid(placement) -> bool:
    placement.refresh_from_db()
    return placement.paid_at is not None


def mails_for(site, placement) -> int:
    mine = f"<order-{placement.order.number}-"
    return sum(message["Message-ID"].startswith(mine) for message in site.mails())


def assert_whole(site, placement) -> None:
    """One paid order, one event of the ledger, one mail."""
    placement.order.refresh_from_db()
    assert placement.order.status == "paid"
    [sale] = Event.objects.filter(order_number=placement.order.number)
    assert sale.total_satang == 33_333 + 12_010 + 2 * 4_000
    wait_for(lambda: placement.order.mails.filter(sent_at__isnull=False).count() == 1)
    assert mails_for(site, placement) == placement.order.mails.count() == 1


def test_the_browser_is_closed_and_the_webhook_alone_completes_the_order(site, paid):
    placement, _ = paid()

    wait_for(lambda: is_paid(placement))

    assert_whole(site, placement)


def test_every_event_is_lost_and_the_reconciler_completes_the_order(site, paid):
    site.standin.webhooks.hold()
    placement, _ = paid()
    assert not is_paid(placement)

    services.reconcile(waiting=timedelta(0))

    assert is_paid(placement)
    assert_whole(site, placement)


@pytest.mark.parametrize("round_number", range(5))
def test_webhook_browser_and_reconciler_come_at_once(site, paid, round_number):
    site.standin.webhooks.hold()
    site.standin.webhooks.duplicate(2)
    placement, intent = paid()

    def come_back():
        url = f"{site.url}/payments/return/{placement.token}/?payment_intent={intent['id']}"
        return requests.get(url, timeout=30).status_code

    def reconcile():
        try:
            services.reconcile(waiting=timedelta(0))
        finally:
            connections.close_all()

    acts = [site.standin.webhooks.release, come_back, reconcile, come_back, reconcile]
    with ThreadPoolExecutor(len(acts)) as pool:
        for answer in [pool.submit(act) for act in acts]:
            answer.result()
    site.standin.webhooks.duplicate(1)

    wait_for(lambda: is_paid(placement))
    assert site.standin.webhooks.settle(60)
    assert_whole(site, placement)
