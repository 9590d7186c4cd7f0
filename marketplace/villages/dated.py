"""Beginning and ending things that hold from a day until a day: never two at once.

Callers lock what the rows hang on first, so that two people cannot begin the same thing.
"""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import DomainError


class OverlappingDates(DomainError):
    message = _("It already held on that day.")


class NothingOpen(DomainError):
    message = _("There is nothing that could end.")


class EndsBeforeItBegins(DomainError):
    message = _("The last day lies before the first.")


def begin(rows: models.QuerySet, *, since: date, **facts) -> tuple[models.Model, bool]:
    """Begin one more among `rows`, which are all of the same thing, made of `facts`.

    While one is open it is returned instead, with False. Raises OverlappingDates when an earlier
    one had not ended before `since`.
    """
    if standing := rows.filter(valid_until=None).first():
        return standing, False
    if rows.filter(valid_until__gte=since).exists():
        raise OverlappingDates
    return rows.model.objects.create(valid_from=since, **facts), True


def end(rows: models.QuerySet, *, last_day: date) -> models.Model:
    """End the open one among `rows`. Raises NothingOpen, EndsBeforeItBegins."""
    standing = rows.filter(valid_until=None).first()
    if standing is None:
        raise NothingOpen
    if last_day < standing.valid_from:
        raise EndsBeforeItBegins
    standing.valid_until = last_day
    standing.save(update_fields=["valid_until"])
    return standing
