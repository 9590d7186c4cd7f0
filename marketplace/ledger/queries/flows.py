"""Money from the provinces that orders were sent to, to the provinces where things were made.

Income of sales on this site, as in the income report. What was not sent by us (fetched at the
village, or a visit) has no buyers' province and stands apart, as `NOT_SENT`.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Substr

from marketplace.core import bilingual
from marketplace.ledger.models import ProvinceGroup, Transfer
from marketplace.ledger.periods import Period
from marketplace.ledger.queries.areas import (
    City,
    Level,
    Regions,
    inside,
    level_number,
    names_of,
    path_to,
    regions,
)
from marketplace.ledger.queries.cities import in_cities, only_city, provinces_asked
from marketplace.ledger.queries.crossings import crossed
from marketplace.ledger.queries.figures import Figures
from marketplace.ledger.queries.questions import Question
from marketplace.ledger.queries.row_names import BothNames
from marketplace.places.services import UnknownArea

NOT_SENT = ""


@dataclass(frozen=True)
class Place:
    """A province that money came from or went to, or the area itself below a province."""

    code: str
    name_th: str
    name_en: str
    income_satang: int  # of its row, or its column

    @property
    def name(self) -> str:
        return bilingual.pick(self.name_th, self.name_en) or self.code


@dataclass(frozen=True)
class Flow:
    """One cell: the income of `to` from what was sent to `origin`. Below zero where more of it was
    given back in the period than sold."""

    origin: Place
    to: Place
    income_satang: int


@dataclass(frozen=True)
class Flows:
    """The matrix of an area in a period. Every satang is in one cell: rows, columns and cells each
    come to the total, which is that of the income report."""

    area: Place
    period: Period
    cells: Mapping[tuple[str, str], int]  # from, to
    origins: tuple[Place, ...]  # the most money first, NOT_SENT among them
    makers: tuple[Place, ...]
    city: City | None = None  # makers' provinces of this kind alone; None for all

    @property
    def total_satang(self) -> int:
        return self.area.income_satang

    @property
    def not_sent_satang(self) -> int:
        return sum(place.income_satang for place in self.origins if place.code == NOT_SENT)

    @property
    def sent_satang(self) -> int:
        return self.total_satang - self.not_sent_satang

    @property
    def inside_satang(self) -> int:
        """Sent within the province in which it was made."""
        return sum(satang for (origin, to), satang in self.cells.items() if origin == to[:2])

    @property
    def largest(self) -> list[Flow]:
        """Cells of what was sent, the largest first."""
        origins = {place.code: place for place in self.origins}
        makers = {place.code: place for place in self.makers}
        found = [
            Flow(origins[origin], makers[to], satang)
            for (origin, to), satang in self.cells.items()
            if origin != NOT_SENT
        ]
        return sorted(found, key=lambda one: (-one.income_satang, one.origin.code, one.to.code))


def money_flows(code: str, period: Period, city: City | None = None) -> Flows:
    """From where the income of an area came, by the province it was sent to and that it went to.

    With `city`, what went to provinces of this kind, as the register says today, from any.
    Of an area below a province there is one maker, the area itself. Raises UnknownArea. At most
    four statements over whole months from a province up, five with loose days; below, the
    transfers are read.
    """
    known = regions()
    path_to(code, known)
    cells = _cells(Question(code, period, only=only_city(city)), known)
    rows: Counter[str] = Counter()
    columns: Counter[str] = Counter()
    for (origin, to), satang in cells.items():
        rows[origin] += satang
        columns[to] += satang
    names = names_of({code, *rows, *columns}, period)
    if code not in names:
        raise UnknownArea
    return Flows(
        area=Place(code, *names[code], income_satang=sum(cells.values())),
        period=period,
        cells=cells,
        origins=_places(rows, {**names, NOT_SENT: ("", "")}),
        makers=_places(columns, names),
        city=city,
    )


def _places(sums: Mapping[str, int], names: Mapping[str, BothNames]) -> tuple[Place, ...]:
    found = [
        Place(code, *names.get(code, ("", "")), income_satang=satang)
        for code, satang in sums.items()
    ]
    return tuple(sorted(found, key=lambda place: (-place.income_satang, place.code)))


def _cells(question: Question, known: Regions) -> dict[tuple[str, str], int]:
    """Income by from and to, where there is any."""
    names = ("origin_province", "maker")
    has_months = level_number(question.area) <= Level.PROVINCE
    months = _of_months(question, known) if has_months else None
    found = crossed(names, months, _sent(question, known), question.period)
    incomes = {key: Figures(**measures).income_satang for key, measures in found.items()}
    return {key: satang for key, satang in incomes.items() if satang}


def _of_months(question: Question, known: Regions) -> QuerySet:
    rows = ProvinceGroup.objects.filter(
        kind=ProvinceGroup.BUYERS, province_code__in=provinces_asked(question, known)
    )
    return rows.annotate(origin_province=F("code"), maker=F("province_code"))


def _sent(question: Question, known: Regions) -> QuerySet:
    """Transfers of line shares that were sold on this site."""
    code = question.area
    digits = level_number(code)
    maker = Value(code) if digits > Level.PROVINCE else Substr("village_code", 1, 2)
    here = inside("village_code", code, known) & in_cities("village_code", question, known)
    rows = Transfer.objects.filter(here, origin__isnull=False, origin__channel="")
    return rows.annotate(origin_province=F("origin__buyer_province_code"), maker=maker)
