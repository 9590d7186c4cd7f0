"""People of the demo can sign in with what the demo prints, and nobody else reads their codes."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.cache import cache

from deploy.demo import sign_ins
from deploy.demo.loading import people
from deploy.demo.vocabulary.people import SIGN_INS
from deploy.demo.welcome import welcome
from tests.factories import make_producer, make_village

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    cache.clear()
    keys = [plan.scope for plan in SIGN_INS if plan.role == "producer"]
    make_village()
    return people.load_people({key: make_producer() for key in [*keys, "another-maker"]})


@pytest.mark.parametrize("plan", SIGN_INS, ids=lambda plan: plan.email)
def test_everybody_signs_in_with_password_and_code(client, staff, plan):
    client.post("/accounts/login/", {"login": plan.email, "password": sign_ins.PASSWORD})
    if plan.role != "shopper":
        assert "_auth_user_id" not in client.session
        code = sign_ins.current_code(plan.email)
        client.post("/accounts/second-factor/authenticate/", {"code": code})

    assert client.get("/accounts/").status_code == 200
    assert (client.get("/my-villages/").status_code == 302) is (plan.role == "producer")
    sees_admin = plan.role not in ("shopper", "producer")
    assert (client.get("/cms/").status_code == 200) is sees_admin


def test_every_producer_has_an_owner_nobody_signs_in_as(staff):
    owner = get_user_model().objects.get(email="another-maker@demo.example")

    assert not owner.has_usable_password()
    assert owner.producer_memberships.get().role == "owner"
    assert not Authenticator.objects.filter(user=owner).exists()


def test_codes_are_shown_on_this_machine_only(client, staff):
    here = client.get("/demo/codes/")

    assert sign_ins.current_code("curator@demo.example") in here.content.decode()
    assert client.get("/demo/codes/", REMOTE_ADDR="192.0.2.7").status_code == 404
    assert client.get("/demo/codes/", headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 404


def test_the_welcome_names_address_people_and_codes():
    said = welcome("http://127.0.0.1:8000")

    assert "http://127.0.0.1:8000/demo/codes/" in said and sign_ins.PASSWORD in said
    assert all(plan.email in said for plan in SIGN_INS)
