"""A shopper pays and is gone; whoever tells of it, and however often, it is one paid order."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import connections

from marketplace.ledger.models import Event
from tests.factories import make_postcode, make_producer, make_product, make_village
from tests.journeys.acts import WAY_BACK, order, pay_and_close, pay_and_come_back
from tests.journeys.conftest import wait_for

pytestmark = pytest.mark.browser

CHIANG_MAI, UBON = "50010811", "34010105"


@pytest.fixture
def placement(site, phone):
    """A scarf made in two villages, ordered; the card fields are open."""
    make_postcode("50200")
    weaver = make_producer(make_village(CHIANG_MAI))
    make_village(UBON, "บ้านปะอาว")
    shares = {CHIANG_MAI: 333_333, UBON: 666_667}
    return order(phone, site, make_product(weaver, price_baht="333.34", shares=shares))


@pytest.fixture
def webhooks(site):
    """The events of the stand-in, which a test may lose, hold or double."""
    switches = site.standin.webhooks
    yield switches
    switches.drop(0)
    switches.duplicate(1)
    switches.release()


@pytest.fixture
def lost_webhooks(webhooks):
    """No event arrives. Ask for it before `placement`: also that of the first intent is news."""
    webhooks.drop(99)
    return webhooks


def is_paid(placement) -> bool:
    placement.refresh_from_db()
    return placement.paid_at is not None


def came_back(site, placement) -> bool:
    return f"/payments/return/{placement.token}/" in site.log.read_text(encoding="utf-8")


def shown_status(page, site, placement) -> str:
    """What the order page says, to somebody who has the link and nothing else."""
    page.goto(f"{site.url}/orders/{placement.token}/")
    status = page.locator(".order__status").get_attribute("class")
    return status.rpartition("--")[2]


def mails_for(site, placement) -> int:
    mine = f"<order-{placement.order.number}-"
    return sum(message["Message-ID"].startswith(mine) for message in site.mails())


def assert_whole(site, placement) -> None:
    """One paid order, one event of the ledger, one mail."""
    placement.order.refresh_from_db()
    assert placement.order.status == "paid"
    [sale] = Event.objects.filter(order_number=placement.order.number, kind="sale")
    assert sale.total_satang == 33_334 + 4_000
    wait_for(lambda: placement.order.mails.filter(sent_at__isnull=False).count() == 1)
    assert mails_for(site, placement) == placement.order.mails.count() == 1


def reconcile() -> None:
    call_command("reconcile_payments", waiting_minutes=0, verbosity=0)


def test_the_browser_is_closed_and_the_webhook_alone_completes_the_order(
    site, placement, phone, new_phone
):
    pay_and_close(phone)

    wait_for(lambda: is_paid(placement))

    assert shown_status(new_phone(), site, placement) == "paid"
    assert not came_back(site, placement)
    assert_whole(site, placement)


def test_every_event_is_lost_and_the_reconciler_completes_the_order(
    site, lost_webhooks, placement, phone, new_phone
):
    pay_and_close(phone)
    other = new_phone()
    assert shown_status(other, site, placement) == "pending-payment"
    assert lost_webhooks.settle() and not is_paid(placement)

    reconcile()

    assert shown_status(other, site, placement) == "paid"
    assert not came_back(site, placement)
    assert_whole(site, placement)


@pytest.mark.parametrize("round_number", range(5))
def test_webhook_browser_and_reconciler_come_at_once(
    site, placement, phone, webhooks, round_number
):
    webhooks.hold()
    webhooks.duplicate(2)
    others = [webhooks.release, reconcile, reconcile]
    gate = Barrier(1 + len(others), timeout=60)
    phone.route(WAY_BACK, lambda route: gate.wait() and None or route.continue_())

    def after_the_gate(act):
        gate.wait()
        try:
            act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(others)) as pool:
        done = [pool.submit(partial(after_the_gate, act)) for act in others]
        pay_and_come_back(phone)
        for answer in done:
            answer.result()

    assert webhooks.settle(60)
    assert is_paid(placement) and came_back(site, placement)
    assert_whole(site, placement)
