"""CPU of a guest's whole checkout, from the product's page to the paid order: best and median.

Printed, never asserted: `make bench`. Only the thread that serves the pages is measured: the
stand-in for Stripe has threads of its own. Stock Oscar takes 347 ms (ARCHITECTURE §12).
"""

import statistics
import time

import pytest
from django.test import Client

from tests.factories import make_postcode, make_product
from tests.shop.checkout.test_whole_checkout import order, pay
from tests.shop.payments import conftest

pytestmark = pytest.mark.django_db
standin = conftest.standin
ROUNDS = 15


def test_cpu_of_a_whole_checkout(standin, capsys):
    make_postcode()
    scarf = make_product(stock=2 * ROUNDS + 4)
    pay(Client(), standin, order(Client(), scarf))

    times = [_cpu_ms(standin, scarf) for _ in range(ROUNDS)]

    with capsys.disabled():
        print(f"\ncheckout   best {min(times):6.1f} ms  median {statistics.median(times):6.1f} ms")
    assert len(times) == ROUNDS


def _cpu_ms(standin, scarf) -> float:
    client, started = Client(), time.thread_time()
    page = pay(client, standin, order(client, scarf))
    spent = time.thread_time() - started
    assert page.status_code == 200
    return spent * 1000
