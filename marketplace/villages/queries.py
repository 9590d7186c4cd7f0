"""Reading villages for pages, pickers and reports; each function fixes its number of statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from marketplace.places import queries as places
from marketplace.villages.models import (
    Programme,
    ProgrammeMembership,
    RouteStop,
    Village,
)

MOST_NAMED = 50
_LEVELS = places.LEVELS | {8: Village}


@dataclass(frozen=True)
class VillagePage:
    """A village with its places, and the programmes and route stops that hold today."""

    village: Village
    programmes: list[Programme]
    stops: list[RouteStop]


def village_page(code: str) -> VillagePage | None:
    """What the page of a village that is not closed needs of it, or None; three statements."""
    villages = Village.objects.visible().select_related("tambon__amphoe__province")
    village = villages.filter(code=code).first()
    if village is None:
        return None
    memberships = ProgrammeMembership.objects.in_force().filter(village=village)
    stops = RouteStop.objects.in_force().filter(village=village)
    return VillagePage(
        village=village,
        programmes=[row.programme for row in memberships.select_related("programme")],
        stops=list(stops.select_related("route").order_by("route_id")),
    )


def visible_villages(area_code: str) -> QuerySet[Village]:
    """Villages of a province, amphoe or tambon that are not closed, in Thai order.

    One statement, places included. The caller cuts it into pages: 3,273 may be asked for.
    """
    villages = Village.objects.visible().filter(code__startswith=area_code)
    return villages.select_related("tambon__amphoe__province")


def villages_named_like(words: str, limit: int = 20) -> list[Village]:
    """Visible villages whose Thai or English name contains the words; one statement."""
    villages = Village.objects.visible().named_like(words)
    return list(villages.select_related("tambon__amphoe__province")[: min(limit, MOST_NAMED)])


def names_on(codes: Iterable[str], day: date) -> dict[str, tuple[str, str]]:
    """Thai and English name of each area of any level, villages included, as of that day.

    Two statements; codes that nobody knows are missing from the answer.
    """
    return places.names_among(_LEVELS, codes, day)
