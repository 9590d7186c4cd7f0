"""Acts on the register of places. Rows come from `import_places`; people only rename."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import thai
from marketplace.core.errors import DomainError

NAME_MAX_LENGTH = 120


class InvalidName(DomainError):
    message = _("A name has 1 to 120 characters.")


def tidy_name(name: str, longest: int = NAME_MAX_LENGTH) -> str:
    """Normalise a name that must exist; raises InvalidName when nothing or too much is left."""
    name = thai.normalise(name)
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
