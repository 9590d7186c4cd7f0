"""Acts on the registers of villages, programmes and routes."""

import re

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.core import audit, outbox
from marketplace.core.errors import DomainError
from marketplace.places.models import Tambon
from marketplace.places.services import tidy_english_name, tidy_facts, tidy_name
from marketplace.villages.models import Village

# Moo 00 stands for a whole tambon in official files: it is not a village.
_VILLAGE_CODE = re.compile(r"\d{6}(?!00)\d\d", re.ASCII)


class InvalidVillageCode(DomainError):
    message = _("A village code has 8 digits: the tambon's six and the moo, 01 to 99.")


class UnknownTambon(DomainError):
    message = _("There is no tambon with the first six digits of this code.")


class VillageExists(DomainError):
    message = _("A village with this code is already registered.")


def new_village(*, code: str, name_th: str, name_en: str = "", **facts) -> Village:
    """Build a village with tidy names and its sort key, unsaved.

    Raises InvalidVillageCode or InvalidName. Whether its tambon exists is the caller's to check.
    """
    if not _VILLAGE_CODE.fullmatch(code):
        raise InvalidVillageCode
    name_th = tidy_name(name_th)
    return Village(
        code=code,
        tambon_id=code[:6],
        name_th=name_th,
        name_en=tidy_english_name(name_en),
        **tidy_facts(Village, facts),
    )


def register_village(
    *, code: str, name_th: str, name_en: str = "", by: AbstractBaseUser | None = None, **facts
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
        outbox.note("village", code)
        audit.note(actor=by, act="village.register", target=f"village:{code}")
    return village
