"""Secondary cities or not: a fact of the province, so of all the places and figures inside it.

No roll-up knows it and none needs to: each has the province in its codes. Provinces have no history
of it, so a past period is told apart as the register says today.
"""

from django.db.models import Q
from django.db.models.functions import Substr
from django.db.models.lookups import In

from marketplace.ledger.queries.areas import City, Level, Regions, part_of, provinces_of
from marketplace.ledger.queries.questions import Dimension, InvalidFilter, Question


def city_named(value: str) -> City | None:
    """The kind of an address; None for an empty value, which asks for all. Raises InvalidFilter."""
    if value not in ("", *City.values):
        raise InvalidFilter
    return City(value) if value else None


def only_city(city: City | None) -> dict[Dimension, str]:
    """As the filter of a question; none where all are asked for."""
    return {Dimension.CITY: city.value} if city else {}


def provinces_asked(question: Question, known: Regions) -> list[str]:
    """Codes of the provinces that the area has or lies in, of the kind that is asked for."""
    kind = question.only.get(Dimension.CITY)
    provinces = provinces_of(question.area, known)
    return [code for code in provinces if kind in (None, known.city_of(code))]


def is_asked(code: str, question: Question, known: Regions) -> bool:
    """Whether a place lies in a city of the kind that is asked for; a region may have both."""
    kind = question.only.get(Dimension.CITY)
    return kind is None or not code.isdigit() or known.city_of(code) == kind


def cities_asked(question: Question, known: Regions) -> list[City]:
    """The kinds that these provinces are of, secondary cities first."""
    kinds = {known.city_of(code) for code in provinces_asked(question, known)}
    return [kind for kind in City if kind in kinds]


def in_cities(name: str, question: Question, known: Regions) -> Q:
    """Rows whose area's code `name`, of a province or below, lies in a city of the kind that is
    asked for; all rows where none is."""
    if Dimension.CITY not in question.only:
        return Q()
    return Q(In(Substr(name, 1, Level.PROVINCE), provinces_asked(question, known)))


def place_digits(question: Question) -> int:
    """Of the codes that rows of places are read by: what is larger is made of provinces."""
    by = question.rows_by
    return max(by, Level.PROVINCE) if isinstance(by, Level) else Level.PROVINCE


def place_row(code: str, question: Question, known: Regions) -> str:
    """The row, a place, in which an area with digits stands: itself, what it is part of, a kind."""
    if question.rows_by == Dimension.CITY:
        return known.city_of(code).value
    return part_of(code, question.rows_by, known)
