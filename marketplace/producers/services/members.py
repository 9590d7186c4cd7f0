"""Who works for a producer, and who may act for it from outside."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import DomainError
from marketplace.producers.models import AgentGrant, Membership, Producer
from marketplace.producers.services.records import User, lock, record

OWNER = Membership.Role.OWNER


class AlreadyMember(DomainError):
    message = _("This person already works for the producer in another role.")


class LastOwner(DomainError):
    message = _("A producer keeps at least one owner. Make somebody else an owner first.")


class NotAMember(DomainError):
    message = _("This person no longer works for the producer.")


class InvalidScopes(DomainError):
    message = _("Choose at least one thing that the agent may do.")


class AgentExists(DomainError):
    message = _("This person already acts for the producer, or works there.")


class EndsBeforeItBegins(DomainError):
    message = _("The last day lies before the first.")


def add_member(*, producer: Producer, user: User, role: str, by: User | None) -> Membership:
    """Let a person into the producer's workbench.

    Called twice with one role: nothing more happens. Raises AlreadyMember with another role.
    """
    role = Membership.Role(role)
    with transaction.atomic():
        lock(producer)
        membership, created = Membership.objects.get_or_create(
            producer=producer, user=user, defaults={"role": role}
        )
        if membership.role != role:
            raise AlreadyMember
        if created:
            record(producer, "member.add", by, user=user.pk, role=role.value)
    return membership


def change_role(*, membership: Membership, role: str, by: User | None) -> Membership:
    """Give a member another role; the same one is no change. Raises LastOwner, NotAMember."""
    role = Membership.Role(role)
    with transaction.atomic():
        lock(membership.producer)
        fresh = _fresh(membership)
        if fresh.role != role:
            _keep_an_owner(fresh)
            fresh.role = role
            fresh.save(update_fields=["role"])
            record(fresh.producer, "member.role", by, user=fresh.user_id, role=role.value)
    return fresh


def remove_member(*, membership: Membership, by: User | None) -> None:
    """Take a person out of the workbench. Raises LastOwner, and NotAMember when called twice."""
    with transaction.atomic():
        lock(membership.producer)
        fresh = _fresh(membership)
        _keep_an_owner(fresh)
        fresh.delete()
        record(membership.producer, "member.remove", by, user=membership.user_id)


def _fresh(membership: Membership) -> Membership:
    fresh = Membership.objects.filter(pk=membership.pk).first()
    if fresh is None:
        raise NotAMember
    return fresh


def _keep_an_owner(membership: Membership) -> None:
    """The producer is locked, so that two owners cannot leave at the same time."""
    others = Membership.objects.filter(producer_id=membership.producer_id, role=OWNER)
    if membership.role == OWNER and not others.exclude(pk=membership.pk).exists():
        raise LastOwner


# --- Agents --------------------------------------------------------------------------------------
def grant_agent(
    *,
    producer: Producer,
    agent: User,
    scopes: Collection[str],
    since: date,
    by: User,
    until: date | None = None,
) -> AgentGrant:
    """Let somebody outside act for the producer within `scopes`, from a day until a day.

    Never on the payout account or on members, whatever the scopes. Raises InvalidScopes,
    EndsBeforeItBegins, and AgentExists for a member or while another grant holds.
    """
    if not scopes or not set(scopes) <= set(AgentGrant.Scope.values):
        raise InvalidScopes
    if until and until < since:
        raise EndsBeforeItBegins
    with transaction.atomic():
        lock(producer)
        standing = AgentGrant.objects.filter(
            Q(valid_until=None) | Q(valid_until__gte=since),
            producer=producer,
            agent=agent,
            revoked_at=None,
        )
        if until:
            standing = standing.filter(valid_from__lte=until)
        if standing.exists() or producer.memberships.filter(user=agent).exists():
            raise AgentExists
        grant = AgentGrant.objects.create(
            producer=producer,
            agent=agent,
            scopes=sorted(set(scopes)),
            valid_from=since,
            valid_until=until,
            granted_by=by,
        )
        record(producer, "agent.grant", by, user=agent.pk, scopes=" ".join(grant.scopes))
    return grant


def revoke_agent(*, grant: AgentGrant, by: User | None) -> AgentGrant:
    """End an agent's rights at once. Twice: no change."""
    with transaction.atomic():
        lock(grant.producer)
        fresh = AgentGrant.objects.get(pk=grant.pk)
        if fresh.revoked_at is None:
            fresh.revoked_at = timezone.now()
            fresh.save(update_fields=["revoked_at"])
            record(fresh.producer, "agent.revoke", by, user=fresh.agent_id)
    return fresh
