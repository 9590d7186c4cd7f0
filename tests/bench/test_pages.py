"""CPU of a guest's first view of each page: best and median of 25, warm, in one process.

Printed, never asserted: `make bench`. Budgets stand in ARCHITECTURE §12; counts are held by tests.
"""

import statistics
import time

import pytest

from tests.factories import make_category, make_producer, make_product, make_village

pytestmark = pytest.mark.django_db

PRODUCTS = 300
ROUNDS = 25


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        village = make_village()
        producer = make_producer(village)
        shelf = make_category()
        made = [make_product(producer, categories=[shelf]) for _ in range(PRODUCTS)]
        yield {
            "home": "/",
            "catalogue": "/catalogue/",
            "category": f"/catalogue/category/{shelf.slug}_{shelf.pk}/",
            "product": made[0].product.get_absolute_url(),
            "village": f"/villages/{village.pk}/x/",
            "search": "/search/?q=ไหม",
        }


@pytest.mark.parametrize("name", ["home", "catalogue", "category", "product", "village", "search"])
def test_cpu_of_a_page(client, pages, name, capsys):
    times = [_cpu_ms(client, pages[name]) for _ in range(ROUNDS)]

    with capsys.disabled():
        print(f"\n{name:<10} best {min(times):6.1f} ms  median {statistics.median(times):6.1f} ms")
    assert len(times) == ROUNDS


def _cpu_ms(client, path: str) -> float:
    started = time.process_time()
    response = client.get(path, follow=True)
    spent = time.process_time() - started
    assert response.status_code == 200
    return spent * 1000
