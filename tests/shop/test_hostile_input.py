"""Whatever is written into an address, a form, a header or a cookie: an answer, never a crash.

Every page but the staff's own, with values that break things elsewhere: signs that no database
takes, bytes that are no text, numbers beyond any column, patterns, markup.
"""

import re
from urllib.parse import quote

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from tests.factories import make_product, place_order
from tests.marketplace.accounts.test_one_door import E_MAIL_FIELDS, PASSWORD_FIELDS, mounted
from tests.shop.basket.test_add import SAME_SITE

pytestmark = pytest.mark.django_db

FOR_STAFF = re.compile(r"(/en)?/(cms|documents|dashboard)/")
VALUES = {
    "nul": b"a\x00b",
    "half a letter": b"\xe0\xb8",
    "bytes of another encoding": "ผ้าไหม".encode("cp874"),
    "lone surrogate": b"\xed\xa0\x80",
    "sql": b"' OR 1=1; DROP TABLE order_order; --",
    "markup": b'"><script>alert(1)</script>',
    "ten kilobytes": ("ก" * 3_400).encode(),
    "too large": b"9" * 40,
    "below zero": b"-1",
    "up and away": b"../../../../etc/passwd",
    "template": b"{{ 7*7 }}{% debug %}%s%n${7*7}",
    "invisible": "\u202e\u2066\ufeff\u200b".encode(),
}
FIELDS = (
    *E_MAIL_FIELDS, *PASSWORD_FIELDS, "q", "page", "next", "quantity", "child_id", "remove",
    "name", "phone", "line", "area", "place", "note", "form_token", "reviewed_total_satang",
    "delivery-1", "payment_intent", "key", "code", "csrfmiddlewaretoken", "language",
)  # fmt: skip
ASKED = ("q", "page", "next", "place", "text", "key", "payment_intent")
HEADERS = (
    "accept-language", "hx-request", "hx-current-url", "if-modified-since", "if-none-match",
    "x-forwarded-for", "user-agent", "range", "host",
)  # fmt: skip
every_value = pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)


@pytest.fixture
def order():
    return place_order(make_product()).order


def addresses(value: bytes) -> list[str]:
    """Every address for shoppers and makers, with the value wherever one goes, and without."""
    plain = {url for url in mounted() if not FOR_STAFF.match(url)}
    filled = {re.sub(r"(?<=/)(x|1+)(?=/|$)", quote(value, safe=""), url) for url in plain}
    words = {re.sub(r"(?<=/)1_1(?=/)", f"{quote(value, safe='')}_1", url) for url in plain}
    return sorted(plain | filled | words)


def rows() -> dict[str, int]:
    """How many rows there are of all that a stranger could have written; sessions aside."""
    models = [m for m in apps.get_models() if m._meta.managed and m._meta.app_label != "sessions"]
    tables = [model._meta.db_table for model in models]
    counts = (f"(SELECT COUNT(*) FROM {connection.ops.quote_name(table)})" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}")
        return dict(zip(tables, cursor.fetchone(), strict=True))


def crashed(answers: dict) -> dict[str, int]:
    # 503: Stripe cannot be reached from here, and the payment page says so.
    return {
        url[:99]: a.status_code for url, a in answers.items() if a.status_code in range(500, 503)
    }


def with_markup(answers: dict) -> list[str]:
    return [u for u, a in answers.items() if b"<script>alert(1)" in getattr(a, "content", b"")]


@every_value
def test_every_address_answers_and_stores_nothing(order, value):
    client = Client(raise_request_exception=False)
    query = "&".join(f"{field}={quote(value)}" for field in ASKED)
    before = rows()

    answers = {url: client.get(f"{url}?{query}") for url in addresses(value)}

    assert len(answers) > 50
    assert crashed(answers) == {}
    assert with_markup(answers) == []
    assert rows() == before


@every_value
def test_every_form_answers_and_stores_nothing(order, value):
    client = Client(raise_request_exception=False)
    client.post(f"/basket/add/{order.lines.get().product_id}/", {}, headers=SAME_SITE)
    body = "&".join(f"{field}={quote(value)}" for field in FIELDS)
    before = rows()

    answers = {
        url: client.post(url, body, "application/x-www-form-urlencoded", headers=SAME_SITE)
        for url in addresses(value)
    }

    assert crashed(answers) == {}
    assert with_markup(answers) == []
    assert rows() == before


@pytest.mark.parametrize(
    "kind",
    [
        "application/json",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded; charset=utf-7",
        "application/x-www-form-urlencoded; charset=nonsense",
    ],
)
def test_a_body_of_another_kind_is_answered(order, kind):
    client = Client(raise_request_exception=False)
    before = rows()

    # An empty form is a good one there: one piece.
    urls = [url for url in addresses(b"x") if "/basket/add/" not in url]
    answers = {
        url: client.generic("POST", url, b"--x\r\n\xff\x00{[", kind, headers=SAME_SITE)
        for url in urls
    }

    assert crashed(answers) == {}
    assert rows() == before


@every_value
def test_headers_that_make_no_sense_are_answered(order, value):
    client = Client(raise_request_exception=False)
    text, product = value.decode("latin-1"), order.lines.get().product_id
    before, answers = rows(), {}

    for name in HEADERS:
        for url in ("/", "/basket/", "/en/search/?q=x"):
            answers[f"{name} {url}"] = client.get(url, headers={name: text})
    for name in ("origin", "referer", "sec-fetch-site"):
        answers[name] = client.post(f"/basket/add/{product}/", {}, headers={name: text})
        assert answers[name].status_code == 403

    assert crashed(answers) == {}
    assert rows() == before


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "//[x]/", "http://\u2100.example"])
def test_an_origin_that_is_no_address_is_refused(order, origin):
    client = Client(raise_request_exception=False)
    before = rows()

    for name in ("origin", "referer"):
        answer = client.post(
            f"/basket/add/{order.lines.get().product_id}/", {}, headers={name: origin}
        )
        assert answer.status_code == 403

    assert rows() == before


@every_value
def test_cookies_that_we_did_not_set_are_answered(order, value):
    client = Client(raise_request_exception=False)
    names = ("sessionid", "csrftoken", "messages", "oscar_open_basket", "django_language")
    for name in names:
        client.cookies[name] = value.decode("latin-1")
    before = rows()

    answers = {url: client.get(url) for url in ("/", "/basket/", "/checkout/", "/accounts/")}
    answers["badge"] = client.get("/basket/badge/")

    assert crashed(answers) == {}
    assert rows() == before
