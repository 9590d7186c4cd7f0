"""The people who can sign in, each with a role, and an owner for every other producer."""

from dataclasses import dataclass, fields

from django.contrib.auth import get_user_model

from deploy.demo import sign_ins
from deploy.demo.vocabulary.people import SIGN_INS
from deploy.demo.vocabulary.shapes import SignInPlan
from marketplace.accounts import second_factor
from marketplace.accounts import services as accounts
from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.producers import services as producers_services
from marketplace.producers.models import Membership, Producer
from marketplace.villages.models import Village, VillageMembership
from marketplace.villages.services import add_village_member

ROLES = {
    "curator": StaffRole.CURATOR,
    "reviewer": StaffRole.REVIEWER,
    "finance": StaffRole.FINANCE,
    "support": StaffRole.SUPPORT,
    "officer": StaffRole.OFFICER,
}


@dataclass(frozen=True)
class Staff:
    """Who acts in what the demo loads next."""

    curator: object
    finance: object
    administrator: object


def load_people(producers: dict[str, Producer]) -> Staff:
    people = {plan.role: _load_person(plan, producers) for plan in SIGN_INS}
    owned = {plan.scope for plan in SIGN_INS if plan.role == "producer"}
    for key, producer in producers.items():
        if key not in owned:
            _load_owner(key, producer)
    return Staff(**{field.name: people[field.name] for field in fields(Staff)})


def _load_person(plan: SignInPlan, producers: dict[str, Producer]):
    is_administrator = plan.role == "administrator"
    user = get_user_model().objects.create_user(
        plan.email,
        sign_ins.PASSWORD,
        first_name=plan.name_th,
        is_staff=is_administrator,
        is_superuser=is_administrator,
    )
    sign_ins.confirm_email(user)
    _give_role(user, plan, producers)
    if second_factor.duties_of(user).needs_second_factor:
        sign_ins.give_totp(user)
    return user


def _give_role(user, plan: SignInPlan, producers: dict[str, Producer]) -> None:
    if plan.role == "producer":
        _add_owner(producers[plan.scope], user)
        _add_coordinator(producers[plan.scope].home_village, user)
    elif plan.role in ROLES:
        accounts.give_role(user=user, role=ROLES[plan.role], by=None)
    if plan.role == "officer":
        accounts.grant_area(user=user, area_code=plan.scope, since=thai.today(), by=None)


def _add_coordinator(village: Village, user) -> None:
    """So that what the people of a village see can be looked at too."""
    role = VillageMembership.Role.COORDINATOR
    add_village_member(village=village, user=user, role=role, since=thai.today(), by=None)


def _load_owner(key: str, producer: Producer) -> None:
    """Somebody who owns the producer, but whom nobody can sign in as."""
    owner = get_user_model().objects.create_user(
        f"{key}@demo.example", None, first_name=producer.name_th
    )
    _add_owner(producer, owner)


def _add_owner(producer: Producer, user) -> None:
    producers_services.add_member(producer=producer, user=user, role=Membership.Role.OWNER, by=None)
