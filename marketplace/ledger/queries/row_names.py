"""Which rows a report has, what they are called, and in which order they come."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.queries.areas import (
    Level,
    Regions,
    both_languages,
    codes_inside,
    level_number,
    names_of,
    was_there,
)
from marketplace.ledger.queries.questions import CHOICES, Dimension, Question
from marketplace.places.models import Region
from marketplace.producers.models import Producer

BothNames = tuple[str, str]


@dataclass(frozen=True)
class Names:
    """Thai and English names of the areas around, and of the rows, by code or value."""

    areas: dict[str, BothNames]
    rows: dict[str, BothNames]


def names_for(question: Question, path: list[str], found: set[str], known: Regions) -> Names:
    """Names of the areas of `path` and of all rows, in at most three statements.

    Rows are what was `found` in the ledger, and of areas those too that were there and sold
    nothing. Areas go by their names of the period's last day, producers by those of today.
    """
    by, period = question.rows_by, question.period
    if not isinstance(by, Level):
        areas = names_of([*path, *(found if by == Dimension.BUYERS else ())], period)
        return Names(areas, _of_values(by, found, areas))
    here = {by: codes_inside("code", question.area, by, known) & was_there(period)}
    areas = names_of([*path, *found], period, here)
    codes = {code for code in areas if level_number(code) == by} | found - {""}
    return Names(areas, {code: areas.get(code, ("", "")) for code in _in_order(codes, by)})


def _in_order(codes: set[str], level: Level) -> list[str]:
    """Regions as officials list them; others by code."""
    return list(Region.values) if level == Level.REGION else sorted(codes)


def _of_values(by: Dimension, found: set[str], areas: dict[str, BothNames]) -> dict[str, BothNames]:
    if by == Dimension.PRODUCER:
        producers = Producer.objects.filter(pk__in=found).order_by()
        rows = producers.values_list("pk", "name_th", "name_en")
        return {str(pk): names for pk, *names in rows}
    if by == Dimension.BUYERS:
        not_sent = both_languages(_("not sent by us"))
        return {code: areas.get(code, not_sent) if code else not_sent for code in found}
    words = dict(CHOICES.get(by, ()))
    return {value: both_languages(words.get(value, value)) for value in found}
