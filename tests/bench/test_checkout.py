"""CPU of a guest's whole checkout, from the product's page to the paid order: best and median.

Printed, never asserted: `make bench`. Only what the pages cost is measured, each request alone:
the stand-in for Stripe has threads of its own. Stock Oscar takes 347 ms from the product's page to
the thanks, and no payment is among it (ARCHITECTURE §12); `placed` is ours as far as that.
"""

import re
import statistics
import time

import pytest
from django.test import Client

from tests.factories import make_postcode, make_product
from tests.shop.checkout.test_whole_checkout import order
from tests.shop.payments import conftest
from tests.shop.payments.rig import VISA

pytestmark = pytest.mark.django_db
standin = conftest.standin
ROUNDS = 15
SECRET = re.compile(r'"clientSecret": "([^"]+)"')


class Guest(Client):
    """A browser that knows what each of its requests cost, in milliseconds of CPU."""

    def __init__(self):
        super().__init__()
        self.spent: list[float] = []

    def request(self, **request):
        started = time.thread_time()
        response = super().request(**request)
        self.spent.append((time.thread_time() - started) * 1000)
        return response


def test_cpu_of_a_whole_checkout(standin, as_in_production, capsys):
    make_postcode()
    scarf = make_product(stock=2 * ROUNDS + 4)
    _spent(standin, scarf)

    runs = [_spent(standin, scarf) for _ in range(ROUNDS)]

    with capsys.disabled():
        _print("placed", [placed for placed, _paid in runs])
        _print("checkout", [placed + paid for placed, paid in runs])
    assert len(runs) == ROUNDS


def _spent(standin, scarf) -> tuple[float, float]:
    """What it costs until the order is placed, and from the pay page on."""
    guest = Guest()
    pay_page = order(guest, scarf)
    placed = sum(guest.spent[:-1])
    standin.pay(SECRET.search(pay_page.content.decode())[1], VISA)
    token = pay_page.request["PATH_INFO"].split("/")[-2]
    guest.get(f"/payments/return/{token}/")
    assert guest.get(f"/orders/{token}/").status_code == 200
    return placed, sum(guest.spent) - placed


def _print(name: str, ms: list[float]) -> None:
    print(f"\n{name:<10} best {min(ms):6.1f} ms  median {statistics.median(ms):6.1f} ms")
