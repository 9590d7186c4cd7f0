"""Who may do what with a producer: the whole matrix of ARCHITECTURE §4, list and detail alike."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from marketplace.accounts import services as accounts
from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.producers import permissions, services
from marketplace.producers.models import AgentGrant, Membership, Producer
from marketplace.producers.permissions import Act, may, producers_for, producers_of
from tests import factories

pytestmark = pytest.mark.django_db

LONG_AGO = date(2020, 1, 1)
ROLES = {
    "owner": set(Act),
    "manager": {
        "view", "edit-storefront", "edit-products", "change-stock", "pack-orders",
        "set-delivery", "declare-sales", "see-money",
    },
    "packer": {"view", "change-stock", "pack-orders"},
    "finance": {"view", "declare-sales", "see-money", "propose-account", "approve-account"},
    "viewer": {"view"},
}  # fmt: skip
SCOPES = {
    "products": {"view", "edit-products", "change-stock"},
    "orders": {"view", "pack-orders"},
    "declared-sales": {"view", "declare-sales"},
    "storefront": {"view", "edit-storefront", "set-delivery"},
}


@pytest.fixture
def producer(other):
    return factories.make_producer(factories.make_village("50010811"))


@pytest.fixture
def other():
    return factories.make_producer(factories.make_village("34010105", "บ้านปะอาว"))


def agent(producer, *scopes, since=LONG_AGO, until=None):
    user = factories.make_user()
    grant = services.grant_agent(
        producer=producer,
        agent=user,
        scopes=scopes,
        since=since,
        until=until,
        by=factories.make_user(),
    )
    return user, grant


def acts_of(user, producer) -> set[Act]:
    """What the predicate allows, after checking that the twin says the same."""
    allowed = {act for act in Act if may(user, act, producer)}
    listed = {act for act in Act if producers_for(user, act).filter(pk=producer.pk).exists()}
    assert allowed == listed
    return allowed


@pytest.mark.parametrize("role", Membership.Role.values)
def test_each_role_may_do_what_the_matrix_says_and_only_at_home(role, producer, other):
    user = factories.make_member(producer, role).user

    assert acts_of(user, producer) == ROLES[role]
    assert acts_of(user, other) == set()
    assert list(producers_of(user)) == [producer]


@pytest.mark.parametrize("scope", AgentGrant.Scope.values)
def test_an_agent_may_do_what_the_scope_names_for_this_producer_only(scope, producer, other):
    user, _grant = agent(producer, scope)

    assert acts_of(user, producer) == SCOPES[scope]
    assert acts_of(user, other) == set()
    assert list(producers_of(user)) == [producer]


def test_no_scope_ever_reaches_money_people_or_consent(producer):
    user, _grant = agent(producer, *AgentGrant.Scope.values)

    assert acts_of(user, producer).isdisjoint(
        {"see-money", "manage-members", "grant-agents", "disclose-income",
         "propose-account", "approve-account"}
    )  # fmt: skip


def test_a_grant_counts_within_its_days_and_until_it_is_revoked(producer):
    today, day = thai.today(), timedelta(days=1)
    former, _ = agent(producer, "products", until=today - day)
    future, _ = agent(producer, "products", since=today + day)
    last_day, _ = agent(producer, "products", since=today, until=today)
    revoked, grant = agent(producer, "products")
    services.revoke_agent(grant=grant, by=None)

    assert [bool(acts_of(user, producer)) for user in (former, future, last_day, revoked)] == [
        False, False, True, False,
    ]  # fmt: skip


def test_a_scope_we_no_longer_know_allows_nothing(producer):
    user, grant = agent(producer, "products")
    AgentGrant.objects.filter(pk=grant.pk).update(scopes=["everything"])

    assert acts_of(user, producer) == set()


def test_being_staff_opens_no_workbench(producer):
    for role in StaffRole:
        user = factories.make_user(is_staff=True)
        accounts.give_role(user=user, role=role, by=None)
        assert acts_of(user, producer) == set()
    for user in (factories.make_user(is_superuser=True), factories.make_user(), AnonymousUser()):
        denied = may(user, Act.VIEW, producer)
        assert not denied
        assert str(denied.reason)


def test_somebody_whose_account_was_closed_may_do_nothing(producer):
    user = factories.make_member(producer, "owner").user
    user.is_active = False

    assert acts_of(user, producer) == set()


def test_a_closed_producer_is_only_looked_at(producer):
    user = factories.make_member(producer, "owner").user
    services.suspend_producer(producer=producer, reason="ตรวจ", by=None)
    assert acts_of(user, producer) == set(Act)

    services.close_producer(producer=producer, reason="เลิก", by=None)

    assert acts_of(user, producer) == {"view", "see-money"}


def test_the_number_of_statements_does_not_grow(producer, django_assert_num_queries):
    user, _grant = agent(producer, "products")
    for _ in range(5):
        services.grant_agent(
            producer=factories.make_producer(),
            agent=user,
            scopes=["orders"],
            since=LONG_AGO,
            by=user,
        )

    with django_assert_num_queries(2):
        assert len(producers_of(user)) == 6
    with django_assert_num_queries(2):
        assert may(user, Act.EDIT_PRODUCTS, producer)


def test_acts_of_agents_are_named_and_acts_of_members_are_not(producer):
    helper, _grant = agent(producer, "storefront")
    owner = factories.make_member(producer, "owner").user

    assert permissions.on_behalf_of(helper, producer) == f"producer:{producer.pk}"
    assert permissions.on_behalf_of(owner, producer) == ""
    assert permissions.on_behalf_of(None, producer) == ""


def test_officers_see_the_producers_of_their_areas_in_the_register(producer, other):
    officer = factories.make_user()
    accounts.give_role(user=officer, role=StaffRole.OFFICER, by=None)
    accounts.grant_area(user=officer, area_code="5001", since=LONG_AGO, by=None)
    curator = factories.make_user()
    accounts.give_role(user=curator, role=StaffRole.CURATOR, by=None)
    maker = factories.make_member(producer).user

    assert list(permissions.registered_producers(officer)) == [producer]
    assert set(permissions.registered_producers(curator)) == {producer, other}
    assert not permissions.registered_producers(maker).exists()
    assert Producer.objects.count() == 2
