"""CPU of a guest's first view of each page: best and median of 25, warm, in one process.

Printed, never asserted: `make bench`. Budgets stand in ARCHITECTURE §12; counts are held by tests.
Pages are full: a home page with all its rows, lists of 24, a story of ten blocks. All pages take
turns, so that a busy machine slows all alike; `bare` is a page that does nothing, for comparison:
it took 0.6 ms where the figures for stock Oscar and Wagtail were measured.
"""

import gc
import statistics
import time

import pytest

from marketplace.provenance.models import Listing
from marketplace.villages.addresses import village_url
from marketplace.villages.models import Village
from tests.cms.conftest import make_picture, make_story
from tests.cms.test_budgets import CODES, fill, full_body
from tests.factories import make_category, make_producer, make_product

pytestmark = pytest.mark.django_db

PRODUCTS = 300
ROUNDS = 25


@pytest.fixture
def pages(as_in_production) -> dict[str, str]:
    fill(6)
    village = Village.objects.get(pk=CODES[0])
    producer, shelf = make_producer(village), make_category()
    made = [make_product(producer, categories=[shelf]) for _ in range(PRODUCTS)]
    pictures = [make_picture("one"), make_picture("two")]
    body = full_body(made[:2], pictures)
    make_story(slug="ten-blocks", village=village, picture=pictures[0], body=body)
    Listing.objects.update(picture="products/scarf.jpg", stars=5)
    return {
        "bare": "/robots.txt",
        "home": "/",
        "catalogue": "/catalogue/",
        "category": f"/catalogue/category/{shelf.slug}_{shelf.pk}/",
        "product": made[0].product.get_absolute_url(),
        "village": village_url(village.pk, village.name_th),
        "story": "/stories/ten-blocks/",
        "search": "/search/?q=ไหม",
    }


def test_cpu_of_first_views(client, pages, capsys):
    times = {name: [] for name in pages}
    gc.freeze()

    for _ in range(ROUNDS):
        for name, path in pages.items():
            times[name].append(_cpu_ms(client, path))

    gc.unfreeze()
    with capsys.disabled():
        for name, ms in times.items():
            print(f"\n{name:<10} best {min(ms):6.1f} ms  median {statistics.median(ms):6.1f} ms")
    assert all(len(ms) == ROUNDS for ms in times.values())


def _cpu_ms(client, path: str) -> float:
    started = time.process_time()
    response = client.get(path)
    spent = time.process_time() - started
    assert response.status_code == 200
    return spent * 1000
