"""A second factor is compulsory for staff and for members who may change a payout account."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.accounts import middleware, services
from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from tests.factories import make_member, make_producer
from tests.marketplace.accounts.sign_in import PASSWORD, SECRET, code, is_signed_in, person, sign_in

pytestmark = pytest.mark.django_db

SET_UP = "/accounts/second-factor/totp/activate/"
CLOSED = (
    "/",
    "/cms/",
    "/basket/",
    "/accounts/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/second-factor/",
)


@pytest.fixture(autouse=True)
def _no_limits_left():
    cache.clear()


def curator(**facts):
    user = person("curator@example.com", **facts)
    services.give_role(user=user, role=StaffRole.CURATOR, by=None)
    return user


def officer():
    user = person("officer@example.com")
    services.give_role(user=user, role=StaffRole.OFFICER, by=None)
    services.grant_area(user=user, area_code="50", since=thai.today(), by=None)
    return user


def member(role: str):
    return make_member(make_producer(), role, person(f"{role}@example.com")).user


NEED_ONE = {
    "curator": curator,
    "officer": officer,
    "superuser": lambda: person("root@example.com", is_superuser=True),
    "old staff": lambda: person("old@example.com", is_staff=True),
    "owner": lambda: member("owner"),
    "finance member": lambda: member("finance"),
}
NEED_NONE = {
    "shopper": lambda: person("shopper@example.com"),
    "manager": lambda: member("manager"),
    "packer": lambda: member("packer"),
    "viewer": lambda: member("viewer"),
}


@pytest.mark.parametrize("make", NEED_ONE.values(), ids=NEED_ONE)
@pytest.mark.parametrize("url", CLOSED)
def test_who_needs_one_is_led_to_set_it_up(client, make, url):
    client.force_login(make(), second_factor=False)

    response = client.get(url)

    assert (response.status_code, response["Location"].split("?")[0]) == (302, SET_UP)


@pytest.mark.parametrize("make", NEED_NONE.values(), ids=NEED_NONE)
def test_others_go_their_way(client, make):
    client.force_login(make(), second_factor=False)

    assert client.get("/").status_code == 200
    assert client.get("/accounts/").status_code == 200


def test_a_role_given_a_moment_ago_counts_at_once(client):
    user = person()
    client.force_login(user, second_factor=False)
    before = client.get("/accounts/").status_code

    services.give_role(user=user, role=StaffRole.FINANCE, by=None)

    assert (before, client.get("/accounts/").status_code) == (200, 302)


def test_setting_up_an_app_opens_the_admin(client):
    sign_in(client, curator())
    asked = client.get("/cms/", follow=True)
    client.post(asked.redirect_chain[-1][0], {"password": PASSWORD})

    page = client.get(SET_UP)
    done = client.post(SET_UP, {"code": code(secret=client.session["mfa.totp.secret"])})

    assert "data:image/svg+xml" in page.content.decode()
    assert "img-src 'self' data:" in page["Content-Security-Policy"]
    assert done["Location"] == "/accounts/second-factor/recovery-codes/"
    assert client.get(done["Location"]).status_code == 200
    assert client.get("/cms/").status_code == 200


def test_with_an_app_the_password_alone_opens_nothing(client):
    user = curator(app=True)

    response = sign_in(client, user)

    assert response["Location"] == "/accounts/second-factor/authenticate/"
    assert not is_signed_in(client)
    assert client.get("/cms/")["Location"].startswith("/accounts/login/")


def test_the_code_opens_the_admin(client):
    sign_in(client, curator(app=True))

    response = client.post("/accounts/second-factor/authenticate/", {"code": code()})

    assert response["Location"] == "/cms/"
    assert client.get("/cms/").status_code == 200


@pytest.mark.parametrize("wrong", ["000000", "", "1", "9" * 300, "' OR 1=1"])
def test_a_wrong_code_opens_nothing(client, wrong):
    sign_in(client, curator(app=True))

    client.post("/accounts/second-factor/authenticate/", {"code": wrong})

    assert not is_signed_in(client)


def test_a_code_opens_once(client):
    user, once = curator(app=True), code()
    sign_in(client, user)
    client.post("/accounts/second-factor/authenticate/", {"code": once})
    client.post("/accounts/logout/")
    sign_in(client, user)

    client.post("/accounts/second-factor/authenticate/", {"code": once})

    assert not is_signed_in(client)


def test_a_recovery_code_opens_once(client):
    user = curator(app=True)
    spare = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
    opened = []
    for _ in range(2):
        sign_in(client, user)
        client.post("/accounts/second-factor/authenticate/", {"code": spare})
        opened.append(is_signed_in(client))
        client.post("/accounts/logout/")

    assert opened == [True, False]


def test_a_password_session_of_somebody_with_an_app_must_give_the_code(client):
    client.force_login(curator(app=True), second_factor=False)

    asked = client.get("/cms/")
    client.post("/accounts/second-factor/reauthenticate/", {"code": code()})

    assert asked["Location"].startswith("/accounts/second-factor/reauthenticate/")
    assert client.get("/cms/").status_code == 200


@pytest.mark.parametrize(
    "path", ["totp/deactivate/", "recovery-codes/generate/", "recovery-codes/"]
)
def test_a_password_session_cannot_take_the_app_away(client, path):
    user = curator(app=True)
    client.force_login(user, second_factor=False)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    response = client.post(f"/accounts/second-factor/{path}")

    assert response.status_code == 302
    assert Authenticator.objects.filter(user=user).count() == 2
    assert client.get("/cms/").status_code == 302


def test_staff_cannot_switch_it_off(client):
    user = curator(app=True)
    client.force_login(user)

    client.post("/accounts/second-factor/totp/deactivate/")

    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_a_shopper_may_switch_it_off(client):
    user = person(app=True)
    client.force_login(user)

    client.post("/accounts/second-factor/totp/deactivate/")

    assert not Authenticator.objects.filter(user=user).exists()


def test_the_secret_is_encrypted_in_the_database(client):
    user = curator(app=True)

    stored = Authenticator.objects.get(user=user, type="totp").data["secret"]

    assert SECRET not in stored and len(stored) > 60


def test_fragments_are_refused_instead_of_redirected(client):
    client.force_login(curator(), second_factor=False)

    assert client.get("/basket/badge/", headers={"HX-Request": "true"}).status_code == 403


def test_a_staff_session_ends_after_half_an_hour(client, monkeypatch):
    client.force_login(curator(app=True))
    now = time.time()
    assert client.get("/cms/").status_code == 200
    monkeypatch.setattr(middleware.time, "time", lambda: now + 29 * 60)
    still = client.get("/cms/").status_code
    monkeypatch.setattr(middleware.time, "time", lambda: now + 60 * 60)

    ended = client.get("/cms/")

    assert (still, ended.status_code) == (200, 302)
    assert ended["Location"] == "/accounts/login/?next=/cms/"
    assert not is_signed_in(client)


def test_a_shoppers_session_stays(client, monkeypatch):
    client.force_login(person())
    client.get("/accounts/")
    monkeypatch.setattr(middleware.time, "time", lambda: time.monotonic() + 9e9)

    assert client.get("/accounts/").status_code == 200


def test_asking_costs_no_statement(client):
    """Session and user: the user comes with the answer."""
    client.force_login(person(), second_factor=False)
    client.get("/accounts/password/change/")

    with CaptureQueriesContext(connection) as captured:
        client.get("/robots.txt")

    assert len(captured) == 2


def test_changes_are_told_by_mail(client, django_capture_on_commit_callbacks):
    client.force_login(person("who@example.com", app=True))

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/second-factor/totp/deactivate/")

    assert [message.to for message in mail.outbox] == [["who@example.com"]]
