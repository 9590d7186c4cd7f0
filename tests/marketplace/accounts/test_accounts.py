"""Opening an account, signing in and out, and changing what is known of oneself."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache

from tests.marketplace.accounts.sign_in import PASSWORD, is_signed_in, person, sign_in

pytestmark = pytest.mark.django_db

PAGES = ("login", "signup", "password/reset", "password/reset/done", "confirm-email", "inactive",
         "password/reset/key/done")  # fmt: skip
OWN_PAGES = ("", "email/", "password/change/", "logout/", "reauthenticate/", "second-factor/")


@pytest.fixture(autouse=True)
def _no_limits_left():
    cache.clear()


def link_in(message) -> str:
    return re.search(r"http://testserver(/\S+)", message.body)[1]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_pages_before_signing_in_are_ours(client, page, prefix):
    shown = client.get(f"{prefix}/accounts/{page}/")

    assert shown.status_code == 200
    assert shown.content.decode().count("<h1>") == 1
    assert 'class="account"' in shown.content.decode()


@pytest.mark.parametrize("page", OWN_PAGES)
def test_pages_of_ones_own_account_are_ours(client, page):
    client.force_login(person())

    shown = client.get(f"/accounts/{page}")

    assert shown.status_code == 200
    assert shown.content.decode().count("<h1>") == 1
    assert 'class="account"' in shown.content.decode()


def test_passwords_may_be_pasted_and_filled_in(client):
    shown = client.get("/accounts/login/").content.decode()

    assert 'autocomplete="email"' in shown and 'autocomplete="current-password"' in shown
    assert "onpaste" not in shown


def test_a_new_account_confirms_its_address_and_is_a_shopper(client):
    client.post("/accounts/signup/", {"email": "New@Example.com", "password1": PASSWORD})
    before = is_signed_in(client)
    link = link_in(mail.outbox[0])

    client.post(link)
    sign_in(client, get_user_model().objects.get())

    user = get_user_model().objects.get()
    assert (before, is_signed_in(client)) == (False, True)
    assert (user.email, user.is_staff, user.groups.count()) == ("new@example.com", False, 0)


def test_a_known_address_is_not_told_to_strangers(client):
    person("known@example.com")

    known = client.post("/accounts/signup/", {"email": "known@example.com", "password1": PASSWORD})
    unknown = client.post("/accounts/signup/", {"email": "x@example.com", "password1": PASSWORD})

    assert known["Location"] == unknown["Location"] == "/accounts/confirm-email/"


@pytest.mark.parametrize("bad", ["short", "password1234", "a" * 11])
def test_weak_passwords_are_refused(client, bad):
    client.post("/accounts/signup/", {"email": "new@example.com", "password1": bad})

    assert not get_user_model().objects.exists()


def test_thirty_wrong_passwords_are_throttled(client):
    user = person()
    answers = [sign_in(client, user, f"wrong-{n}") for n in range(30)]

    right = sign_in(client, user)

    assert not is_signed_in(client)
    assert right.status_code in (200, 429)
    assert [answer.status_code for answer in answers].count(302) == 0


def test_throttling_one_account_leaves_others_open(client):
    victim, other = person(), person()
    for n in range(6):
        sign_in(client, victim, f"wrong-{n}")

    sign_in(client, other)

    assert is_signed_in(client)


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)",
     "http:///evil.example", "https:evil.example", "http://testserver@evil.example/",
     "http://127.0.0.1:9/", " //evil.example"],
)  # fmt: skip
def test_signing_in_leads_to_this_site_only(client, target):
    response = sign_in(client, person(), next=target)

    assert response["Location"] == "/accounts/"


def test_signing_in_leads_back_to_the_page_asked_for(client):
    assert sign_in(client, person(), next="/basket/?a=1")["Location"] == "/basket/?a=1"


def test_signing_in_starts_a_new_session(client):
    client.get("/accounts/login/")
    session = client.session
    session["mark"] = "fixed"
    session.save()
    before = session.session_key

    sign_in(client, person())

    assert client.session.session_key != before


def test_signing_out_needs_a_post(client):
    client.force_login(person())
    client.get("/accounts/logout/")
    still = is_signed_in(client)

    client.post("/accounts/logout/")

    assert (still, is_signed_in(client)) == (True, False)


def test_another_address_needs_the_password_and_a_letter(client):
    user = person("old@example.com")
    sign_in(client, user)
    new = {"email": "new@example.com", "action_add": ""}

    asked = client.post("/accounts/email/", new)
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    assert not EmailAddress.objects.filter(email="new@example.com").exists()

    client.post(asked["Location"], {"password": PASSWORD})
    client.post("/accounts/email/", new)
    user.refresh_from_db()
    assert user.email == "old@example.com"

    letter = next(message for message in mail.outbox if message.to == ["new@example.com"])
    client.post(link_in(letter))
    user.refresh_from_db()
    assert user.email == "new@example.com"


def test_a_lost_password_is_replaced_by_letter(client):
    user = person("lost@example.com")
    client.post("/accounts/password/reset/", {"email": "lost@example.com"})

    page = client.get(link_in(mail.outbox[0]), follow=True)
    client.post(
        page.redirect_chain[-1][0], {"password1": PASSWORD[::-1], "password2": PASSWORD[::-1]}
    )

    user.refresh_from_db()
    assert user.check_password(PASSWORD[::-1])
    assert not is_signed_in(client)


def test_a_name_is_tidied_and_kept(client):
    user = person()
    client.force_login(user)

    client.post("/accounts/", {"name": "  บัวผัน\u200b   คำฟ้า "})

    user.refresh_from_db()
    assert user.get_full_name() == "บัวผัน คำฟ้า"


def test_a_name_too_long_is_refused_with_what_was_typed(client):
    user = person()
    client.force_login(user)

    shown = client.post("/accounts/", {"name": "ก" * 10_000})

    user.refresh_from_db()
    assert (shown.status_code, user.first_name) == (200, "")
