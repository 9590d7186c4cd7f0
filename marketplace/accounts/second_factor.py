"""Who must have a second factor, and whether a session was opened with one.

Answered in the statement that reads the user of a session (`backends.py`), so that it costs
nothing and a role given a moment ago counts at once.
"""

from collections.abc import Callable
from datetime import date

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from marketplace.accounts.models import AreaGrant
from marketplace.core import thai
from marketplace.core.prepared import Prepared

_ALSO_FOR: list[Callable[[], Exists]] = []


def require_for(condition: Callable[[], Exists]) -> None:
    """Let a package above name more people: an Exists about `OuterRef("pk")` of the user."""
    _ALSO_FOR.append(condition)


def find_with_duties(user_id: int):
    """The user of this id, or None; says whether they are staff (`is_on_staff`) and whether they
    need a second factor (`needs_second_factor`), as of today. One statement."""
    return _people.first(pk=user_id, day=thai.today())


def _with_duties(pk: int, day: date) -> QuerySet:
    needed = _staff(day)
    for condition in _ALSO_FOR:
        needed |= Q(condition())
    people = get_user_model().objects.filter(pk=pk)
    return people.annotate(is_on_staff=_staff(day), needs_second_factor=needed)


_people = Prepared(_with_duties)  # read on every signed-in request, and long to compose


def _staff(day: date) -> Q:
    """Flags, any group, any permission of one's own, an area: all of these open staff pages."""
    model = get_user_model()
    groups = model.groups.through.objects.filter(user_id=OuterRef("pk"))
    permissions = model.user_permissions.through.objects.filter(user_id=OuterRef("pk"))
    areas = AreaGrant.objects.filter(user_id=OuterRef("pk")).in_force(day)
    flags = Q(is_superuser=True) | Q(is_staff=True)
    return flags | Q(Exists(groups)) | Q(Exists(permissions)) | Q(Exists(areas))


def duties_of(user):
    """The user with both answers, read anew where they came without them."""
    if hasattr(user, "needs_second_factor"):
        return user
    return find_with_duties(user.pk)


def is_in_session(request: HttpRequest) -> bool:
    """Whether a code was given in this session, at sign-in or since."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)
