"""Giving and taking staff roles and areas; each act is audited."""

import re
from datetime import date

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import AreaGrant, User
from marketplace.accounts.roles import StaffRole
from marketplace.core import audit
from marketplace.core.errors import DomainError

_AREA_CODE = re.compile(r"(\d\d){0,4}", re.ASCII)


class InvalidArea(DomainError):
    message = _("An area code has 2, 4, 6 or 8 digits, or none for the whole country.")


class EndsBeforeItBegins(DomainError):
    message = _("The last day lies before the first.")


def rename_person(*, user: User, name: str) -> None:
    """Set how somebody is addressed, in one column: Thai names have no split we could know."""
    user.first_name, user.last_name = name, ""
    user.save(update_fields=["first_name", "last_name"])


def give_role(*, user: User, role: StaffRole, by: User | None) -> None:
    """Put somebody into a staff group. Twice: no change."""
    group = Group.objects.get(name=StaffRole(role))
    with transaction.atomic():
        if not user.groups.filter(pk=group.pk).exists():
            user.groups.add(group)
            audit.note(actor=by, act="role.give", target=f"user:{user.pk}", role=group.name)


def take_role(*, user: User, role: StaffRole, by: User | None) -> None:
    """Take somebody out of a staff group. Twice: no change."""
    group = Group.objects.get(name=StaffRole(role))
    with transaction.atomic():
        if user.groups.filter(pk=group.pk).exists():
            user.groups.remove(group)
            audit.note(actor=by, act="role.take", target=f"user:{user.pk}", role=group.name)


def grant_area(
    *, user: User, area_code: str, since: date, by: User | None, until: date | None = None
) -> AreaGrant:
    """Let an officer act in an area from a day on, both days included.

    The person also needs the role OFFICER. An open grant of the same area is returned unchanged.
    Raises InvalidArea, EndsBeforeItBegins.
    """
    if not _AREA_CODE.fullmatch(area_code):
        raise InvalidArea
    if until and until < since:
        raise EndsBeforeItBegins
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        grants = AreaGrant.objects.filter(user=user, area_code=area_code, valid_until=None)
        if standing := grants.first():
            return standing
        grant = AreaGrant.objects.create(
            user=user, area_code=area_code, valid_from=since, valid_until=until, granted_by=by
        )
        audit.note(actor=by, act="area.grant", target=f"user:{user.pk}", area=area_code)
    return grant


def end_area(*, grant: AreaGrant, last_day: date, by: User | None) -> AreaGrant:
    """Set the last day of a grant, sooner or later than before. Raises EndsBeforeItBegins."""
    with transaction.atomic():
        fresh = AreaGrant.objects.select_for_update().get(pk=grant.pk)
        if last_day < fresh.valid_from:
            raise EndsBeforeItBegins
        if fresh.valid_until != last_day:
            fresh.valid_until = last_day
            fresh.save(update_fields=["valid_until"])
            audit.note(
                actor=by,
                act="area.end",
                target=f"user:{fresh.user_id}",
                area=fresh.area_code,
                last_day=str(last_day),
            )
    return fresh
