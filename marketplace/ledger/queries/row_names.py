"""Which rows a report has, what they are called, and in which order they come."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.core import bilingual
from marketplace.ledger.models import ProvinceGroup
from marketplace.ledger.periods import Period
from marketplace.ledger.queries.areas import (
    Level,
    Regions,
    both_languages,
    codes_inside,
    level_number,
    names_of,
    was_there,
)
from marketplace.ledger.queries.cities import cities_asked, in_cities, is_asked
from marketplace.ledger.queries.questions import CHOICES, GROUPS, Dimension, Question
from marketplace.places.models import Region
from marketplace.producers.models import Producer
from marketplace.villages.models import Programme, Route

BothNames = tuple[str, str]
NAMED_IN = {
    Dimension.PRODUCER: Producer,
    Dimension.PROGRAMME: Programme,
    Dimension.ROUTE: Route,
}
"""Dimensions whose values are keys of a table with names."""


@dataclass(frozen=True)
class Names:
    """Thai and English names of the areas around, and of the rows, by code or value."""

    areas: dict[str, BothNames]
    rows: dict[str, BothNames]


def names_for(question: Question, path: list[str], found: set[str], known: Regions) -> Names:
    """Names of the areas of `path` and of all rows, in at most three statements.

    Rows are what was `found` in the ledger, and of areas and kinds of cities those too that were
    there and sold nothing. Areas go by their names of the period's last day, producers by those
    of today.
    """
    by, period = question.rows_by, question.period
    if by == Dimension.CITY:
        return Names(names_of(path, period), _of_values(by, cities_asked(question, known), {}))
    if not isinstance(by, Level):
        areas = names_of([*path, *(found if by == Dimension.BUYERS else ())], period)
        return Names(areas, _of_values(by, found, areas))
    here = codes_inside("code", question.area, by, known) & was_there(period)
    here &= in_cities("code", question, known)
    areas = names_of([*path, *found], period, {by: here})
    there = {code for code in areas if level_number(code) == by}
    codes = {code for code in there if is_asked(code, question, known)} | found - {""}
    return Names(areas, {code: areas.get(code, ("", "")) for code in _in_order(codes, by)})


def _in_order(codes: set[str], level: Level) -> list[str]:
    """Regions as officials list them; others by code."""
    return list(Region.values) if level == Level.REGION else sorted(codes)


def _of_values(
    by: Dimension, found: Iterable[str], areas: dict[str, BothNames]
) -> dict[str, BothNames]:
    named = areas if by == Dimension.BUYERS else _names_in_tables(by, found)
    if by == Dimension.PRODUCER:
        return named
    unnamed = both_languages(_("not sent by us")) if by == Dimension.BUYERS else None
    words = dict(CHOICES.get(by, ()))
    return {
        value: (named.get(value) if value else None)
        or unnamed
        or both_languages(words.get(value, value))
        for value in found
    }


def _names_in_tables(by: Dimension, values: Iterable[str]) -> dict[str, BothNames]:
    """Of producers, programmes and routes, by their names of today; one statement."""
    if by not in NAMED_IN:
        return {}
    rows = NAMED_IN[by].objects.filter(pk__in=list(values)).order_by()
    return {str(pk): names for pk, *names in rows.values_list("pk", "name_th", "name_en")}


def value_name(by: Dimension, value: str, period: Period) -> str:
    """What a value of a dimension is called on this page; one statement, or none."""
    areas = names_of([value], period) if by == Dimension.BUYERS else {}
    names = _of_values(by, {value}, areas)
    return bilingual.pick(*names[value]) if value in names else value


def group_names() -> dict[Dimension, dict[str, str]]:
    """Code and name of each programme, route, campaign and story that was ever sold.

    Three statements.
    """
    rows = ProvinceGroup.objects.filter(
        kind__in=[name.value for name in GROUPS - {Dimension.BUYERS}]
    )
    codes: dict[Dimension, list[str]] = {}
    for kind, code in rows.order_by("kind", "code").values_list("kind", "code").distinct():
        codes.setdefault(Dimension(kind), []).append(code)
    found = {}
    for kind, listed in codes.items():
        names = _names_in_tables(kind, listed)
        found[kind] = {code: bilingual.pick(*names.get(code, (code, ""))) for code in listed}
    return found
