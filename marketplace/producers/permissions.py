"""What each role in a producer may do, and what an agent may do for it.

One table says it; predicate and queryset twin both ask the same query, so that a list and a detail
cannot disagree. Staff act through their own pages: nothing here is allowed for being staff.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.queries import Visitor, within
from marketplace.core import thai
from marketplace.core.permissions import Allowed, Denied
from marketplace.core.prepared import Prepared
from marketplace.producers.models import AgentGrant, Membership, Producer
from marketplace.villages.permissions import register_areas


class Act(StrEnum):
    """What can be done in a producer's workbench."""

    VIEW = "view"
    EDIT_STOREFRONT = "edit-storefront"  # names aside: story, portrait, closures
    EDIT_PRODUCTS = "edit-products"
    CHANGE_STOCK = "change-stock"
    PACK_ORDERS = "pack-orders"
    SET_DELIVERY = "set-delivery"
    DECLARE_SALES = "declare-sales"
    SEE_MONEY = "see-money"
    MANAGE_MEMBERS = "manage-members"
    GRANT_AGENTS = "grant-agents"
    DISCLOSE_INCOME = "disclose-income"
    PROPOSE_ACCOUNT = "propose-account"
    APPROVE_ACCOUNT = "approve-account"


Role, Scope = Membership.Role, AgentGrant.Scope

ACTS_OF_ROLES: dict[str, frozenset[Act]] = {
    Role.OWNER: frozenset(Act),
    Role.MANAGER: frozenset(
        {
            Act.VIEW,
            Act.EDIT_STOREFRONT,
            Act.EDIT_PRODUCTS,
            Act.CHANGE_STOCK,
            Act.PACK_ORDERS,
            Act.SET_DELIVERY,
            Act.DECLARE_SALES,
            Act.SEE_MONEY,
        }
    ),
    Role.PACKER: frozenset({Act.VIEW, Act.CHANGE_STOCK, Act.PACK_ORDERS}),
    Role.FINANCE: frozenset(
        {
            Act.VIEW,
            Act.DECLARE_SALES,
            Act.SEE_MONEY,
            Act.PROPOSE_ACCOUNT,
            Act.APPROVE_ACCOUNT,
        }
    ),
    Role.VIEWER: frozenset({Act.VIEW}),
}

# Whatever a scope is called, an agent never sees money and never touches accounts or people.
ACTS_OF_SCOPES: dict[str, frozenset[Act]] = {
    Scope.PRODUCTS: frozenset({Act.VIEW, Act.EDIT_PRODUCTS, Act.CHANGE_STOCK}),
    Scope.ORDERS: frozenset({Act.VIEW, Act.PACK_ORDERS}),
    Scope.DECLARED_SALES: frozenset({Act.VIEW, Act.DECLARE_SALES}),
    Scope.STOREFRONT: frozenset({Act.VIEW, Act.EDIT_STOREFRONT, Act.SET_DELIVERY}),
}

ACTS_WHEN_CLOSED = frozenset({Act.VIEW, Act.SEE_MONEY})


def producers_of(user: Visitor) -> QuerySet[Producer]:
    """Producers whose workbench somebody may enter; every workbench queryset starts here."""
    return producers_for(user, Act.VIEW)


def producers_for(user: Visitor, act: Act) -> QuerySet[Producer]:
    """Producers with which somebody may do this, as a member or as an agent.

    One statement to find an agent's grants, and the one of the answer.
    """
    if not user.is_active:
        return Producer.objects.none()
    roles = [role for role, acts in ACTS_OF_ROLES.items() if act in acts]
    memberships = Membership.objects.filter(user_id=user.pk, role__in=roles)
    producers = Producer.objects.filter(
        Q(pk__in=memberships.values("producer_id")) | Q(pk__in=_granted(user, act))
    )
    if act not in ACTS_WHEN_CLOSED:
        producers = producers.exclude(status=Producer.Status.CLOSED)
    return producers


def _granted(user: Visitor, act: Act) -> list[int]:
    # SQLite cannot look inside JSON lists, and an agent has few grants.
    grants = agent_grants_of(user).values_list("producer_id", "scopes")
    return [
        producer
        for producer, scopes in grants
        if any(act in ACTS_OF_SCOPES.get(scope, ()) for scope in scopes)
    ]


def agent_grants_of(user: Visitor) -> QuerySet[AgentGrant]:
    """Grants under which somebody acts for producers today."""
    return _grants_in_force(user.pk, thai.today())


def _grants_in_force(user_id, day) -> QuerySet[AgentGrant]:
    return AgentGrant.objects.in_force(day).filter(agent_id=user_id, revoked_at=None)


@dataclass(frozen=True)
class Rights:
    """What somebody may do with one producer; `role` is "" for who is only its agent."""

    role: str = ""
    acts: frozenset[Act] = frozenset()

    def with_status(self, status: str) -> "Rights":
        """The rights that are left in that status of the producer."""
        if status != Producer.Status.CLOSED:
            return self
        return Rights(self.role, self.acts & ACTS_WHEN_CLOSED)


def rights_of(user: Visitor) -> dict[int, Rights]:
    """What somebody may do with each producer they work or act for; two statements.

    The same table as `producers_for`, read the other way round; a test holds them together.
    """
    if not user.is_active:
        return {}
    memberships = _memberships(user_id=user.pk)
    rights = {pk: Rights(role, ACTS_OF_ROLES[role]) for pk, role in memberships}
    for pk, scopes in _grants(user_id=user.pk, day=thai.today()):
        known = rights.get(pk, Rights())
        acts = frozenset().union(*(ACTS_OF_SCOPES.get(scope, ()) for scope in scopes))
        rights[pk] = Rights(known.role, known.acts | acts)
    return rights


# Read on every page of the workbench.
_memberships = Prepared(
    lambda user_id: Membership.objects.filter(user_id=user_id).values_list("producer_id", "role")
)
_grants = Prepared(
    lambda user_id, day: _grants_in_force(user_id, day).values_list("producer_id", "scopes")
)


def works_somewhere(user: Visitor) -> bool:
    """Whether somebody may enter the workbench of some producer."""
    return producers_of(user).exists()


def may(user: Visitor, act: Act, producer: Producer) -> Allowed | Denied:
    """Whether somebody may do this with the producer."""
    if producers_for(user, act).filter(pk=producer.pk).exists():
        return Allowed()
    return Denied(_("Your role in this producer does not allow that."))


def on_behalf_of(user: Visitor | None, producer: Producer) -> str:
    """What `audit.note` wants of who acts for a producer without working there, else ""."""
    if user is None or not agent_grants_of(user).filter(producer=producer).exists():
        return ""
    if Membership.objects.filter(user_id=user.pk, producer=producer).exists():
        return ""
    return f"producer:{producer.pk}"


def registered_producers(user: Visitor) -> QuerySet[Producer]:
    """Producers that somebody sees in the staff's register; officers those of their areas."""
    return Producer.objects.filter(within("home_village__code", register_areas(user)))
