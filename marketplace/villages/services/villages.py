"""Acts on villages and on who keeps their pages."""

import re
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.core import audit, outbox, thai
from marketplace.core.errors import DomainError
from marketplace.core.row_changes import save_facts, save_status, tidy_reason
from marketplace.places.models import Tambon
from marketplace.places.services import rename, tidy_english_name, tidy_facts, tidy_name
from marketplace.villages import dated
from marketplace.villages.models import Village, VillageMembership

User = AbstractBaseUser

# Moo 00 stands for a whole tambon in official files: it is not a village.
_VILLAGE_CODE = re.compile(r"\d{6}(?!00)\d\d", re.ASCII)

CHANGEABLE = frozenset(
    {
        "is_code_confirmed",
        "charm_th",
        "charm_en",
        "about_th",
        "about_en",
        "founded_year_be",
        "portrait",
        "latitude",
        "longitude",
    }
)


class InvalidVillageCode(DomainError):
    message = _("A village code has 8 digits: the tambon's six and the moo, 01 to 99.")


class UnknownTambon(DomainError):
    message = _("There is no tambon with the first six digits of this code.")


class VillageExists(DomainError):
    message = _("A village with this code is already registered.")


def new_village(*, code: str, name_th: str, name_en: str = "", **facts) -> Village:
    """Build a village with tidy names, unsaved.

    Raises InvalidVillageCode or InvalidName. Whether its tambon exists is the caller's to check.
    """
    if not _VILLAGE_CODE.fullmatch(code):
        raise InvalidVillageCode
    return Village(
        code=code,
        tambon_id=code[:6],
        name_th=tidy_name(name_th),
        name_en=tidy_english_name(name_en),
        **tidy_facts(Village, facts),
    )


def register_village(
    *, code: str, name_th: str, name_en: str = "", by: User | None = None, **facts
) -> Village:
    """Add a village under its official code; the tambon is the code's first six digits.

    `facts` are further fields of Village. Raises InvalidVillageCode, InvalidName, UnknownTambon,
    and VillageExists when called twice.
    """
    village = new_village(code=code, name_th=name_th, name_en=name_en, **facts)
    if not Tambon.objects.filter(code=village.tambon_id).exists():
        raise UnknownTambon
    with transaction.atomic():
        if Village.objects.filter(code=code).exists():
            raise VillageExists
        village.save(force_insert=True)
        _record(village, "register", by)
    return village


def rename_village(
    *,
    village: Village,
    name_th: str,
    name_en: str,
    by: User | None,
    last_day: date | None = None,
) -> Village:
    """Give a village a new name; today is the last day of the old one unless said otherwise.

    Reports of earlier periods keep the old name. The same name again: no change. Raises
    InvalidName, RenamedOutOfOrder.
    """
    with transaction.atomic():
        rename(
            lock(village),
            name_th=name_th,
            name_en=name_en,
            last_day=last_day or thai.today(),
            by=by,
            kind="village",
        )
    village.refresh_from_db()
    return village


def change_village(*, village: Village, by: User | None, **facts) -> Village:
    """Change facts of a village's page (CHANGEABLE); equal ones are no change.

    Its code never changes; names and status have acts of their own.
    """
    if unknown := set(facts) - CHANGEABLE:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    facts = tidy_facts(Village, facts)
    with transaction.atomic():
        fresh = lock(village)
        if changed := save_facts(fresh, facts):
            _record(fresh, "change", by, fields=" ".join(changed))
    village.refresh_from_db()
    return village


def set_village_status(*, village: Village, status: str, reason: str, by: User | None) -> Village:
    """Call a village active, dormant or closed, with a reason for the last two.

    The same status and reason: no change. Raises ReasonRequired.
    """
    status = Village.Status(status)
    reason = tidy_reason(reason, is_required=status != Village.Status.ACTIVE)
    with transaction.atomic():
        fresh = lock(village)
        if save_status(fresh, status, reason):
            _record(fresh, "status", by, status=status.value)
    village.refresh_from_db()
    return village


def add_village_member(
    *, village: Village, user: User, role: str, since: date, by: User | None
) -> VillageMembership:
    """Let a person keep a village's page and see its totals from a day on.

    An open membership in that role is returned unchanged. Raises dated.OverlappingDates.
    """
    role = VillageMembership.Role(role)
    with transaction.atomic():
        lock(village)
        rows = VillageMembership.objects.filter(village=village, user=user, role=role)
        facts = {"village": village, "user": user, "role": role}
        membership, created = dated.begin(rows, since=since, **facts)
        if created:
            _record(village, "member-add", by, user=user.pk, role=role.value, since=str(since))
    return membership


def end_village_member(
    *, membership: VillageMembership, last_day: date, by: User | None
) -> VillageMembership:
    """End an open membership. Raises dated.NothingOpen, dated.EndsBeforeItBegins."""
    with transaction.atomic():
        village = lock(membership.village)
        ended = dated.end(VillageMembership.objects.filter(pk=membership.pk), last_day=last_day)
        _record(village, "member-end", by, user=ended.user_id, last_day=str(last_day))
    return ended


def lock(village: Village) -> Village:
    """Read the village again, locked until the end of the transaction."""
    return Village.objects.select_for_update().get(pk=village.pk)


def _record(village: Village, act: str, by: User | None, **details: int | str) -> None:
    outbox.note("village", village.pk)
    audit.note(actor=by, act=f"village.{act}", target=f"village:{village.pk}", **details)
