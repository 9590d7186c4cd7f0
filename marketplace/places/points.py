"""Where places lie, from an optional CSV file of tambons: code, lat, lon."""

import csv
from collections import defaultdict
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import DomainError

Point = tuple[Decimal, Decimal]
_DEGREE_PLACES = Decimal("0.00001")
_THAILAND = (Decimal(5), Decimal(21), Decimal(97), Decimal(106))  # south, north, west, east


class NoPointsFile(DomainError):
    message = _("The file of points needs the columns code, lat and lon.")


def read_points(path: Path) -> dict[str, Point]:
    """Latitude and longitude by code. A larger area lies at the mean of its tambons.

    Rows without a point inside Thailand are left out. Raises NoPointsFile for another layout.
    """
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = csv.DictReader(handle)
        if not {"code", "lat", "lon"} <= set(rows.fieldnames or ()):
            raise NoPointsFile
        points = {row["code"]: point for row in rows if (point := _point(row))}
    return _means(points) | points


def _point(row: dict[str, str]) -> Point | None:
    try:
        latitude, longitude = Decimal(row["lat"] or ""), Decimal(row["lon"] or "")
    except InvalidOperation:
        return None
    south, north, west, east = _THAILAND
    if not (south <= latitude <= north and west <= longitude <= east):
        return None
    return latitude.quantize(_DEGREE_PLACES), longitude.quantize(_DEGREE_PLACES)


def _means(points: dict[str, Point]) -> dict[str, Point]:
    members: dict[str, list[Point]] = defaultdict(list)
    for code, point in points.items():
        for digits in (2, 4):
            members[code[:digits]].append(point)
    return {code: _mean(inside) for code, inside in members.items()}


def _mean(points: list[Point]) -> Point:
    latitudes, longitudes = zip(*points, strict=True)
    return (
        (sum(latitudes) / len(points)).quantize(_DEGREE_PLACES),
        (sum(longitudes) / len(points)).quantize(_DEGREE_PLACES),
    )
