"""The frame of the workbench: who lands there, whom it greets, what its places are."""

from itertools import product

import pytest
from django.urls import reverse

from marketplace.core import thai
from marketplace.producers.models import AgentGrant, Membership, Producer
from marketplace.producers.permissions import Act, producers_for, rights_of
from marketplace.producers.services import grant_agent, set_producer_status
from shop.workbench.access import workplace_of
from tests.factories import make_member, make_producer, make_user, make_village
from tests.marketplace.accounts.sign_in import person, sign_in
from tests.people import maker, shopper

pytestmark = pytest.mark.django_db


def make_agent(producer: Producer, *scopes: str):
    agent = make_user()
    owner = producer.memberships.first() or make_member(producer)
    grant_agent(producer=producer, agent=agent, scopes=scopes, since=thai.today(), by=owner.user)
    return agent


def home_of(producer: Producer) -> str:
    return reverse("workbench:home", args=[producer.pk])


def test_signing_in_leads_a_member_to_the_workbench_and_a_shopper_to_the_account(client):
    member = make_member(make_producer(), "viewer", person("maker@example.com")).user

    assert sign_in(client, member).headers["location"] == "/workbench/"
    client.logout()
    assert sign_in(client, person("s@example.com")).headers["location"] == "/accounts/"


def test_the_account_page_leads_members_to_the_workbench(client):
    client.force_login(maker())
    assert 'href="/workbench/"' in client.get("/accounts/").content.decode()

    client.force_login(shopper())
    assert 'href="/workbench/"' not in client.get("/accounts/").content.decode()


def test_a_member_of_one_producer_goes_straight_there(client):
    user = maker()
    client.force_login(user)

    page = client.get("/workbench/")

    assert page.headers["location"] == home_of(user.producer_memberships.get().producer)


def test_a_member_of_several_chooses_and_can_change(client):
    user = maker()
    second = make_member(make_producer(name_th="กลุ่มจักสาน"), "packer", user).producer
    client.force_login(user)

    page = client.get("/workbench/").content.decode()

    assert "กลุ่มจักสาน" in page and f'href="{home_of(second)}"' in page
    assert 'href="/workbench/"' in client.get(home_of(second)).content.decode()


def test_somebody_without_a_producer_finds_no_workbench(client):
    client.force_login(shopper())

    assert client.get("/workbench/").status_code == 404


def test_whoever_acts_for_others_reads_so_on_every_page(client):
    producer = make_producer()
    client.force_login(make_agent(producer, "products"))
    assert 'class="work-agent"' in client.get(home_of(producer)).content.decode()

    client.force_login(make_member(producer, "viewer").user)
    assert 'class="work-agent"' not in client.get(home_of(producer)).content.decode()


@pytest.mark.parametrize(
    "role, places",
    [
        ("owner", ["home", "orders", "products", "income"]),
        ("packer", ["home", "orders", "products"]),
        ("finance", ["home", "products", "income"]),
        ("viewer", ["home", "products"]),
    ],
)
def test_the_bar_holds_the_places_that_one_may_open(client, role, places):
    member = make_member(make_producer(), role)
    client.force_login(member.user)

    response = client.get(home_of(member.producer))

    shown = response.content.decode().split('class="workbar__places"')[1].split("</ul>")[0]
    urls = {"home": "", "orders": "orders/", "products": "products/", "income": "income/"}
    assert [name for name in urls if f'"{home_of(member.producer)}{urls[name]}"' in shown] == places


@pytest.mark.parametrize("status", Producer.Status.values)
def test_rights_say_of_every_role_and_scope_what_the_querysets_say(status):
    producer = make_producer(make_village(), status="applied")
    people = [make_member(producer, role).user for role in Membership.Role.values]
    people += [make_agent(producer, scope) for scope in AgentGrant.Scope.values]
    people += [make_agent(producer, "orders", "storefront"), shopper()]
    set_producer_status(producer=producer, status=status, reason="ทดสอบ", by=None)

    for user, act in product(people, Act):
        place = workplace_of(user, producer.pk)
        says = bool(place) and act in place.rights.acts
        assert says == producers_for(user, act).filter(pk=producer.pk).exists(), (user, act)
    assert rights_of(people[-1]) == {}
