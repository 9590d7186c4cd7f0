"""Pages for visitors without a cookie are kept whole, and hold nothing personal."""

import gzip
import time
from datetime import UTC, datetime

import pytest
from django.conf import settings as project
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from marketplace.core import page_cache, thai, thai_dates
from marketplace.provenance import services
from tests.shop.storefront.conftest import fill
from tests.shop.storefront.test_budgets import addresses

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_pages(settings):
    settings.PAGE_CACHE_SECONDS = 300
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def urls(db):
    return addresses(fill(3))


def count(client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_a_second_visitor_costs_no_statement(client, urls):
    for url in urls.values():
        client.get(url)

    assert {name: count(client, url) for name, url in urls.items()} == dict.fromkeys(urls, 0)


def test_no_kept_page_is_personal(client, urls):
    for url in [*urls.values(), *("/en" + url for url in urls.values())]:
        response = client.get(url)

        assert "cookie" not in response["Vary"].lower()
        assert not response.cookies
        assert b"csrfmiddlewaretoken" not in response.content
        assert response["Cache-Control"] == "no-cache", url  # only kept pages say so


def test_thai_and_english_pages_are_kept_apart(client, urls):
    thai, english = client.get("/catalogue/"), client.get("/en/catalogue/")

    assert b'<html lang="th">' in thai.content
    assert b'<html lang="en">' in english.content
    assert client.get("/catalogue/").content == thai.content


def test_a_change_of_content_is_seen_by_the_next_visitor(
    client, urls, django_capture_on_commit_callbacks
):
    before = client.get("/catalogue/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        page_cache.invalidate()

    assert "ผ้าพันคอไหม 1" in before
    assert count(client, "/catalogue/") > 0
    assert count(client, "/catalogue/") == 0


def test_withdrawing_a_product_empties_its_page(client, db, django_capture_on_commit_callbacks):
    shop = fill(1)
    url = addresses(shop)["product"]
    assert client.get(url).status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        services.withdraw_product(provenance=shop["products"][0], reason="เลิกทำ", by=None)

    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    "cookie", [project.SESSION_COOKIE_NAME, project.OSCAR_BASKET_COOKIE_OPEN, "messages"]
)
def test_a_visitor_with_a_cookie_gets_a_page_of_their_own(client, urls, cookie):
    client.get("/catalogue/")
    client.cookies[cookie] = "x"

    assert count(client, "/catalogue/") > 0


def test_keys_that_no_page_depends_on_do_not_make_new_pages(client, urls):
    client.get("/catalogue/")

    assert count(client, "/catalogue/?utm_source=line&fbclid=x") == 0
    assert count(client, "/catalogue/?colour=red") > 0
    assert count(client, "/catalogue/?colour=red") > 0


def test_a_post_is_never_answered_from_the_cache(client, urls):
    client.get("/catalogue/")

    assert client.post("/catalogue/").status_code == 405


def test_a_browser_that_has_the_page_is_told_so(client, urls):
    first = client.get("/catalogue/")

    again = client.get("/catalogue/", headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_a_browser_that_takes_gzip_gets_it_as_it_is_kept(client, urls):
    plain = client.get("/catalogue/")

    packed = client.get("/catalogue/", headers={"accept-encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content


def request_for(path="/x/"):
    return RequestFactory().get(path)


def test_only_marked_pages_are_kept():
    answers = iter(("first", "second"))
    middleware = page_cache.PageCacheMiddleware(lambda request: HttpResponse(next(answers)))

    assert middleware(request_for()).content == b"first"
    assert middleware(request_for()).content == b"second"


def test_a_page_that_is_marked_by_mistake_is_not_kept(caplog):
    def personal(request):
        response = page_cache.mark(HttpResponse("Malee"))
        response.set_cookie("who", "malee")
        return response

    middleware = page_cache.PageCacheMiddleware(personal)
    middleware(request_for())

    assert "sets a cookie" in caplog.text
    assert cache.get(page_cache.key_of(request_for())) is None


def test_an_error_is_not_kept():
    middleware = page_cache.PageCacheMiddleware(
        lambda request: page_cache.mark(HttpResponse(status=404))
    )
    middleware(request_for())

    assert cache.get(page_cache.key_of(request_for())) is None


def test_while_one_renders_a_stale_page_the_others_are_given_the_old_one(monkeypatch):
    renders = []

    def slow(request):
        renders.append(1)
        if len(renders) == 2:  # a second visitor comes while the page is rendered again
            assert middleware(request_for()).content == b"1"
        return page_cache.mark(HttpResponse(str(len(renders))))

    middleware = page_cache.PageCacheMiddleware(slow)
    middleware(request_for())
    later = time.time() + 301
    monkeypatch.setattr(page_cache.time, "time", lambda: later)

    assert middleware(request_for()).content == b"2"
    assert len(renders) == 2


def test_a_long_query_is_not_kept():
    assert page_cache.key_of(request_for("/search/?q=" + "x" * 201)) is None


def test_at_midnight_in_thailand_the_page_of_yesterday_is_gone(monkeypatch):
    renders = []

    def view(request):
        renders.append(1)
        if len(renders) == 2:  # begun before midnight, ready after it
            monkeypatch.setattr(thai_dates, "datetime", clock_at("2026-12-31T17:00:00"))
        return page_cache.mark(HttpResponse(str(thai.today())))

    middleware = page_cache.PageCacheMiddleware(view)
    monkeypatch.setattr(thai_dates, "datetime", clock_at("2026-12-31T16:59:59"))
    assert middleware(request_for()).content == middleware(request_for()).content == b"2026-12-31"
    middleware(request_for("/2/"))
    assert len(renders) == 2

    assert middleware(request_for()).content == b"2027-01-01"
    assert middleware(request_for("/2/")).content == b"2027-01-01"
    assert len(renders) == 4


def clock_at(instant: str):
    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.fromisoformat(instant).replace(tzinfo=UTC)

    return Clock
