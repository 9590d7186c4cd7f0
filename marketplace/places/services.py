"""Acts on the register of places. Rows come from `import_places`; people only rename."""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from marketplace.core import audit, outbox, thai
from marketplace.core.errors import DomainError
from marketplace.places.models import FormerName, Place
from marketplace.places.queries import LEVELS

NAME_MAX_LENGTH = 120
UNREADABLE = "\ufffd"  # what Django puts for bytes that are no UTF-8


class InvalidName(DomainError):
    message = _("A name has 1 to 120 characters.")


class UnreadableName(InvalidName):
    message = _("This name has letters that could not be read. Type it again.")


def tidy_name(name: str, longest: int = NAME_MAX_LENGTH) -> str:
    """Normalise a name that must exist; raises InvalidName when nothing or too much is left.

    Raises UnreadableName where bytes of another encoding became signs of replacement on the way.
    """
    name = thai.normalise(name)
    if UNREADABLE in name:
        raise UnreadableName
    if not 0 < len(name) <= longest:
        raise InvalidName
    return name


def tidy_english_name(name: str, longest: int = NAME_MAX_LENGTH) -> str:
    """The same for a name that may be missing."""
    return tidy_name(name, longest) if thai.normalise(name) else ""


def tidy_facts(model: type[models.Model], facts: dict) -> dict:
    """Normalise every text among the facts about a row; long texts keep their lines."""
    return {name: _tidied(model._meta.get_field(name), fact) for name, fact in facts.items()}


def _tidied(field: models.Field, fact):
    if not isinstance(fact, str) or field.choices:
        return fact
    return thai.normalise(fact, keep_lines=isinstance(field, models.TextField))


class UnknownArea(DomainError):
    message = _("There is no area with this code.")


class RenamedOutOfOrder(DomainError):
    message = _("The last day of the old name lies in the future or before an earlier renaming.")


def rename_area(
    *, code: str, name_th: str, name_en: str, last_day: date, by: AbstractBaseUser | None
) -> Place:
    """Give a province, amphoe or tambon a new name; `last_day` is the last day of the old one.

    Reports of earlier periods keep the old name. The same name again: no change. Raises
    UnknownArea, InvalidName, RenamedOutOfOrder.
    """
    model = LEVELS.get(len(code))
    with transaction.atomic():
        row = model and model.objects.select_for_update().filter(code=code).first()
        if row is None:
            raise UnknownArea
        rename(row, name_th=name_th, name_en=name_en, last_day=last_day, by=by, kind="area")
    return row


def rename(
    row: Place,
    *,
    name_th: str,
    name_en: str,
    last_day: date,
    by: AbstractBaseUser | None,
    kind: str,
) -> bool:
    """Rename a locked row of any level inside the caller's transaction; False when it is the same.

    A day has one name, the one it began with: of two renamings on a day the second leaves no
    former name.
    """
    name_th, name_en = tidy_name(name_th), tidy_english_name(name_en)
    if (row.name_th, row.name_en) == (name_th, name_en):
        return False
    later = FormerName.objects.filter(code=row.code, valid_until__gt=last_day)
    if last_day > thai.today() or later.exists():
        raise RenamedOutOfOrder
    FormerName.objects.get_or_create(
        code=row.code,
        valid_until=last_day,
        defaults={"name_th": row.name_th, "name_en": row.name_en},
    )
    row.name_th, row.name_en = name_th, name_en
    row.save(update_fields=["name_th", "name_en", "sort_key", "match_key"])
    outbox.note(kind, row.code)
    audit.note(actor=by, act=f"{kind}.rename", target=f"{kind}:{row.code}", last_day=str(last_day))
    return True
