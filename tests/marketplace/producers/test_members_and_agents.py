"""A producer keeps an owner; agents come for a time and leave at once."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from marketplace.core import thai
from marketplace.core.models import AuditEntry
from marketplace.producers import queries, services
from marketplace.producers.models import AgentGrant, Membership
from tests import factories

pytestmark = pytest.mark.django_db

LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def producer():
    return factories.make_producer()


def grant(producer, agent, scopes=("products",), since=LONG_AGO, until=None):
    return services.grant_agent(
        producer=producer, agent=agent, scopes=scopes, since=since, until=until, by=agent
    )


def test_the_last_owner_can_neither_leave_nor_step_down(producer):
    owner = factories.make_member(producer, "owner")
    factories.make_member(producer, "manager")

    with pytest.raises(services.LastOwner):
        services.remove_member(membership=owner, by=None)
    with pytest.raises(services.LastOwner):
        services.change_role(membership=owner, role="viewer", by=None)
    services.change_role(membership=owner, role="owner", by=None)

    assert Membership.objects.get(pk=owner.pk).role == "owner"
    assert not AuditEntry.objects.filter(act__in=["member.remove", "member.role"]).exists()


def test_one_of_two_owners_may_leave_and_then_the_other_may_not(producer):
    first, second = (factories.make_member(producer, "owner") for _ in range(2))

    services.remove_member(membership=first, by=second.user)

    with pytest.raises(services.LastOwner):
        services.remove_member(membership=second, by=second.user)
    with pytest.raises(services.NotAMember):
        services.remove_member(membership=first, by=second.user)
    entry = AuditEntry.objects.get(act="member.remove")
    assert (entry.actor, entry.details) == (second.user, {"user": first.user_id})


def test_an_owner_of_another_producer_does_not_count(producer):
    owner = factories.make_member(producer, "owner")
    factories.make_member(factories.make_producer(), "owner")

    with pytest.raises(services.LastOwner):
        services.remove_member(membership=owner, by=None)

    assert Membership.objects.filter(pk=owner.pk).exists()


def test_a_role_is_changed_once(producer):
    member = factories.make_member(producer, "packer")

    for _ in range(2):
        member = services.change_role(membership=member, role="manager", by=None)

    assert Membership.objects.get().role == "manager"
    assert AuditEntry.objects.filter(act="member.role").count() == 1


def test_somebody_with_a_role_is_not_deleted_by_accident(producer):
    owner = factories.make_member(producer, "owner")

    with pytest.raises(ProtectedError):
        owner.user.delete()

    assert Membership.objects.count() == 1


@pytest.mark.parametrize("scopes", [[], ["payout-account"], ["products", "members"], "products"])
def test_unknown_scopes_are_refused(producer, scopes):
    with pytest.raises(services.InvalidScopes):
        grant(producer, factories.make_user(), scopes)

    assert not AgentGrant.objects.exists()


def test_a_person_has_one_grant_at_a_time_and_none_as_a_member(producer):
    agent, member = factories.make_user(), factories.make_member(producer).user
    today = thai.today()
    first = grant(producer, agent, until=today)

    for since, until in ((today, None), (LONG_AGO, today), (LONG_AGO, None)):
        with pytest.raises(services.AgentExists):
            grant(producer, agent, since=since, until=until)
    with pytest.raises(services.AgentExists):
        grant(producer, member)
    with pytest.raises(services.EndsBeforeItBegins):
        grant(producer, agent, since=today, until=LONG_AGO)

    assert AgentGrant.objects.get() == first
    grant(producer, agent, since=today + timedelta(days=1))
    assert AgentGrant.objects.count() == 2


def test_revoking_twice_is_noted_once_and_makes_room(producer):
    agent = factories.make_user()
    first = grant(producer, agent)

    for _ in range(2):
        services.revoke_agent(grant=first, by=None)

    assert AuditEntry.objects.filter(act="agent.revoke").count() == 1
    grant(producer, agent, scopes=["orders"])
    assert AgentGrant.objects.filter(revoked_at=None).get().scopes == ["orders"]


def test_what_an_agent_does_is_noted_for_the_producer_to_see(producer):
    agent, owner = factories.make_user(), factories.make_member(producer).user
    grant(producer, agent, ["storefront"])
    services.change_producer(producer=producer, by=agent, story_th="เรื่องของเรา")
    services.set_delivery_rates(producer=producer, steps=[(1000, 5000)], by=agent)
    services.change_producer(producer=producer, by=owner, story_th="เรื่องใหม่")

    acts = queries.acts_of_agents(producer)

    assert [(entry.act, entry.actor) for entry in acts] == [
        ("delivery.rates", agent),
        ("producer.change", agent),
    ]


def test_the_database_knows_the_rules_too(producer):
    agent = factories.make_user()
    first = grant(producer, agent)
    member = factories.make_member(producer)

    broken = [
        lambda: AgentGrant.objects.create(producer=producer, agent=agent, granted_by=agent),
        lambda: AgentGrant.objects.filter(pk=first.pk).update(valid_until=date(2019, 1, 1)),
        lambda: Membership.objects.create(producer=producer, user=member.user, role="packer"),
        lambda: producer.delivery_rates.create(up_to_grams=0, fee_satang=1),
    ]
    for act in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
