"""Statements of pages for a guest, warm, at two sizes: more of everything costs no more."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.addresses import page_url
from cms.home.models import FeaturedVillage
from cms.routes.models import RouteIndexPage, RoutePage
from cms.stories import queries
from marketplace.core import page_cache, thai
from marketplace.villages.models import Route, RouteStop
from tests import factories
from tests.cms.conftest import _add, body, home, make_picture, make_story

pytestmark = pytest.mark.django_db

BUDGETS = json.loads((Path(__file__).parent.parent / "budgets.json").read_text())
CODES = ("50010811", "34010105", "47040706", "54010508", "55050407", "51060307")


def statements(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return len(captured)


def village(number: int):
    return factories.make_village(CODES[number], f"บ้าน{'กขคงจฉ'[number]}ดอน")


def full_body(products, pictures):
    shown = [{"picture": one.pk, "caption": "", "credit": ""} for one in pictures]
    return body(
        *[("paragraph", "<p>ข้อความ</p>")] * 5,
        *[("picture", one) for one in shown],
        ("products", {"heading": "", "products": [one.product_id for one in products]}),
        ("village", {"village": CODES[0]}),
        ("gallery", {"pictures": shown}),
    )


def fill(size: int):
    """A home page, stories, products, villages and a route of that many of each."""
    pictures = [make_picture(f"p{n}") for n in range(size)]
    made = [factories.make_product(factories.make_producer(village(n))) for n in range(size)]
    stories = [
        make_story(slug=f"s{n}", picture=pictures[n], village=village(n),
                   body=full_body(made, pictures))
        for n in range(size)
    ]  # fmt: skip
    for page in (home("en"), home()):
        page.hero_story, page.story = stories[0], stories[-1]
        page.save()
    route = Route.objects.create(code="r", kind="community", name_th="ทาง")
    for n in range(size):
        FeaturedVillage.objects.create(page=page, village=village(n), sort_order=n)
        RouteStop.objects.create(
            route=route, village=village(n), position=n, valid_from=thai.today() - timedelta(9)
        )
    index = _add(home(), RouteIndexPage(title="เส้นทาง", slug="routes"), "th")
    _add(index, RoutePage(title="ทาง", slug="r", route=route, picture=pictures[0]), "th")


@pytest.mark.parametrize("size", [2, 6])
def test_pages_keep_to_their_statements(client, size):
    fill(size)

    counts = {
        name: statements(client, url)
        for name, url in {
            "home": "/",
            "home-en": "/en/",
            "story": "/stories/s0/",
            "stories": "/stories/",
            "route": "/routes/r/",
            "routes": "/routes/",
        }.items()
    }

    assert counts == {name: BUDGETS["cms"][name] for name in counts}


def test_stories_of_a_village_cost_two_statements(django_assert_num_queries):
    for n in range(3):
        story = make_story(slug=f"s{n}", picture=make_picture(f"p{n}"))
    assert page_url(story) == "/stories/s2/"

    with django_assert_num_queries(BUDGETS["cms"]["village-stories"]):
        stories = queries.stories_of_village(CODES[0])
        assert [page_url(story) for story in stories]

    assert len(stories) == 3


@pytest.mark.parametrize(
    "url", ["/", "/en/", "/stories/s0/", "/stories/", "/routes/r/", "/routes/"]
)
def test_a_second_visitor_costs_no_statement(client, settings, url, django_assert_num_queries):
    fill(2)
    settings.PAGE_CACHE_SECONDS = 300
    first = client.get(url)

    with django_assert_num_queries(0):
        again = client.get(url)

    assert again.content == first.content
    assert page_cache.what_is_personal(first) == ""
    assert "Cookie" not in again["Vary"]
