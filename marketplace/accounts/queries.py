"""Which areas and staff roles somebody has today."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q

from marketplace.accounts.models import AreaGrant
from marketplace.accounts.roles import StaffRole

Visitor = AbstractBaseUser | AnonymousUser


def areas_of(user: Visitor, day: date | None = None) -> list[str]:
    """Codes an officer answers for that day, today by default; "" is the whole country.

    Empty for everybody else, for officers whose group was taken away and for inactive people.
    A code inside another one of theirs is left out. Two statements.
    """
    if not has_role(user, StaffRole.OFFICER):
        return []
    grants = AreaGrant.objects.filter(user_id=user.pk).in_force(day)
    return _outermost(grants.values_list("area_code", flat=True))


def _outermost(codes: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for code in sorted(set(codes)):
        if not any(code.startswith(outer) for outer in kept):
            kept.append(code)
    return kept


def is_within(code: str, areas: Iterable[str]) -> bool:
    """Whether a code of any level lies in one of the areas."""
    return any(code.startswith(area) for area in areas)


def within(field: str, areas: Iterable[str]) -> Q:
    """Rows whose code in `field` lies in one of the areas; no areas, no rows."""
    condition = Q(pk__in=[])
    for area in areas:
        condition |= Q(**{f"{field}__startswith": area})
    return condition


def has_role(user: Visitor, *roles: StaffRole) -> bool:
    """Whether somebody active has one of the staff roles; one statement.

    Being a superuser is no role: ask `permissions.is_administrator`.
    """
    return user.is_active and user.groups.filter(name__in=roles).exists()
