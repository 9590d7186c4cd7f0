"""Only allauth's sign-in page opens a session, and with a second factor only after the code.

Every address that is mounted gets the right e-mail and password in all the names a form could use.
"""

import logging
import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import Resolver404, URLPattern, get_resolver, resolve

from tests.marketplace.accounts.sign_in import PASSWORD, is_signed_in, person

pytestmark = pytest.mark.django_db

DOOR = "/accounts/login/"
E_MAIL_FIELDS = (
    "login", "username", "email", "user", "login-username", "login-email", "registration-email",
    "auth-username", "identifier", "new-email",
)  # fmt: skip
PASSWORD_FIELDS = (
    "password", "password1", "password2", "login-password", "registration-password1",
    "registration-password2", "auth-password", "old_password", "oldpassword", "new_password1",
    "new_password2",
)  # fmt: skip
OTHER_FIELDS = {
    "login_submit": "1", "registration_submit": "1", "options": "existing_customer",
    "remember": "on", "action": "add", "next": "/cms/", "return_url": "/",
}  # fmt: skip
SAMPLES = {
    "int": "1",
    "str": "x",
    "slug": "x",
    "path": "x",
    "uuid": "0" * 8 + "-0000" * 3 + "-" + "0" * 12,
}


def mounted(patterns=None, before: str = "") -> Iterator[str]:
    """Every mounted address, with something where a value goes."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        whole = before + filled(str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield "/" + whole
        else:
            yield from mounted(pattern.url_patterns, whole)


def filled(route: str) -> str:
    value = r"(?<!\?P)<(?:(\w+):)?\w+>"
    route = re.sub(value, lambda found: SAMPLES.get(found[1] or "str", "x"), route)
    route = re.sub(r"\(\?P<\w+>\[0-9\]\{(\d+)\}\)", lambda found: "1" * int(found[1]), route)
    route = re.sub(r"\(\?P<\w+>[^()]*(?:\([^()]*\))?[^()]*\)", "1", route)
    route = re.sub(r"\((?!\?)[^()]+\)", "1", route)
    route = re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", "", route)
    return re.sub(r"[\^$\\]|\.\*|Z$", "", route)


def resolves(url: str) -> bool:
    try:
        return bool(resolve(url))
    except Resolver404:
        return False


@pytest.fixture(autouse=True)
def _quiet():
    logging.disable(logging.CRITICAL)
    cache.clear()
    yield
    logging.disable(logging.NOTSET)


def knock(url: str, user) -> Client:
    """Post everything that signs somebody in elsewhere; a crash is no session either."""
    client = Client(raise_request_exception=False)
    fields = dict.fromkeys(E_MAIL_FIELDS, user.email) | dict.fromkeys(PASSWORD_FIELDS, PASSWORD)
    client.post(url, fields | OTHER_FIELDS)
    return client


def test_the_walk_reaches_every_package():
    urls = set(mounted())

    assert len(urls) > 250
    assert {DOOR, "/cms/login/", "/cms/account/", "/dashboard/login/", "/checkout/"} <= urls
    assert "/_util/login/" not in urls
    assert [url for url in urls if not resolves(url)] == []


@pytest.mark.parametrize("app", [False, True], ids=["password", "second factor"])
def test_no_address_but_one_opens_a_session(app):
    user = person("staff@example.com", app=app, is_staff=app, is_superuser=app)
    opened = []

    for url in sorted(set(mounted())):
        cache.clear()  # a limit on tries must not be what keeps us out
        if is_signed_in(knock(url, user)):
            opened.append(url)

    assert opened == ([] if app else [DOOR])


@pytest.mark.parametrize("url", ["/cms/", "/cms/pages/", "/dashboard/", "/accounts/"])
def test_closed_pages_lead_to_the_one_door(client, url):
    response = client.get(url)

    assert response.status_code == 302
    assert response["Location"].split("?")[0] == DOOR


def test_the_packages_own_doors_lead_to_ours(client):
    assert client.get("/cms/login/?next=/cms/pages/")["Location"] == f"{DOOR}?next=/cms/pages/"
    assert client.post("/cms/login/", {"username": "x"})["Location"] == DOOR
    assert client.get("/cms/password_reset/").status_code == 404
    assert client.get("/account/login/")["Location"] == DOOR
    assert client.get("/dashboard/login/").status_code in (302, 404)
    assert client.get("/admin/").status_code == 404
