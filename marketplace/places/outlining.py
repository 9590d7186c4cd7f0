"""Draws the provinces' small outlines from a GeoJSON of amphoes or provinces; run by hand.

Neighbours share each border to the point, before and after, so that no gap opens between them:
the borders are cut into pieces where three areas meet, and each piece is made simpler once.
The source keeps `code` among the properties of a feature; what begins alike is one province.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import DomainError
from marketplace.places.regions import REGION_OF_PROVINCE

WIDTH = 1000
TOLERANCE = 1.2  # units: a third of a pixel on a phone, less than one on a wide screen
SMALLEST_ISLAND = 12  # units wide or high: what is smaller would be a speck
MIDDLE_LATITUDE = 13.0  # Thailand reaches from 5.6 to 20.5 degrees north

Point = tuple[float, float]
Edge = tuple[Point, Point]
Line = tuple[Point, ...]


class NoOutlines(DomainError):
    message = _("The file is no GeoJSON of areas with official codes.")


@dataclass(frozen=True)
class Outlines:
    """Rings by province, and the lines along the coast or abroad and between regions."""

    width: int
    height: int
    provinces: dict[str, list[list[int]]]
    coast: list[list[int]]
    regions: list[list[int]]


def draw_outlines(path: Path) -> Outlines:
    """Dissolve the areas into provinces, make them simpler, and fit them to WIDTH units.

    A line is a flat list of whole numbers: the first point, then the step to each next one.
    Raises NoOutlines for another layout.
    """
    edges = _province_edges(_read(path))
    owners = _owners(edges)
    to_units = _projection(edges)
    pieces = {
        piece: [_rounded(point) for point in _simpler([to_units(point) for point in piece])]
        for piece in _pieces(owners)
    }
    shapes = {code: _rings(code, pieces, owners) for code in sorted(edges)}
    lines = [(line, owners[piece[:2]]) for piece, line in pieces.items() if _is_seen(line)]
    return Outlines(
        width=WIDTH,
        height=max(y for rings in shapes.values() for ring in rings for _x, y in ring),
        provinces={code: [_steps(ring) for ring in rings] for code, rings in shapes.items()},
        coast=[_steps(line) for line, codes in lines if len(codes) == 1],
        regions=[_steps(line) for line, codes in lines if len(set(map(_region, codes))) == 2],
    )


def _read(path: Path) -> Iterator[tuple[str, list[Line]]]:
    """The code of a province and the rings of one area in it."""
    try:
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
            shape = feature["geometry"]
            single = shape["type"] == "Polygon"
            polygons = [shape["coordinates"]] if single else shape["coordinates"]
            rings = [tuple(map(tuple, ring)) for polygon in polygons for ring in polygon]
            yield feature["properties"]["code"][:2], rings
    except (KeyError, TypeError, ValueError) as error:
        raise NoOutlines from error


def _province_edges(areas: Iterable[tuple[str, list[Line]]]) -> dict[str, set[Edge]]:
    """The edges around each province: those inside it belong to two of its areas."""
    counts: dict[str, Counter[Edge]] = defaultdict(Counter)
    for code, rings in areas:
        counts[code].update(_undirected(*edge) for ring in rings for edge in pairwise(ring))
    return {code: {edge for edge, n in c.items() if n == 1} for code, c in counts.items()}


def _undirected(one: Point, other: Point) -> Edge:
    return (one, other) if one < other else (other, one)


class _Owners(dict[Edge, frozenset[str]]):
    """The one or two provinces at an edge, in whichever direction it is asked for."""

    def __missing__(self, edge: Edge) -> frozenset[str]:
        return self[_undirected(*edge)]


def _owners(edges: Mapping[str, set[Edge]]) -> _Owners:
    owners: dict[Edge, set[str]] = defaultdict(set)
    for code, around in edges.items():
        for edge in around:
            owners[edge].add(code)
    return _Owners({edge: frozenset(codes) for edge, codes in owners.items()})


def _projection(edges: Mapping[str, set[Edge]]):
    """Degrees to units, with a degree of longitude as long as it is in the middle of Thailand."""
    points = [point for around in edges.values() for edge in around for point in edge]
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    north = max(y for _x, y in points)
    across = WIDTH / (east - west)
    down = across / cos(radians(MIDDLE_LATITUDE))

    def to_units(point: Point) -> Point:
        return (point[0] - west) * across, (north - point[1]) * down

    return to_units


def _pieces(owners: _Owners) -> list[Line]:
    """All edges joined into lines that end where the owners change; an island ends in itself."""
    at: dict[Point, list[Point]] = defaultdict(list)
    for one, other in owners:
        at[one].append(other)
        at[other].append(one)
    ends = {
        point
        for point, others in at.items()
        if len(others) != 2 or len({owners[point, other] for other in others}) == 2
    }
    unused = dict.fromkeys(sorted(owners))
    pieces = [_walk(end, other, at, ends, unused) for end in sorted(ends) for other in at[end]]
    pieces = [piece for piece in pieces if piece]
    while unused:
        pieces.append(_walk(*next(iter(unused)), at, ends, unused))
    return pieces


def _walk(start: Point, onward: Point, at, ends: set[Point], unused: dict[Edge, None]) -> Line:
    """From one point to the next end along unused edges; nothing when the first is used."""
    line = [start]
    while (edge := _undirected(line[-1], onward)) in unused:
        del unused[edge]
        line.append(onward)
        if onward in ends or onward == start:
            break
        onward = next(point for point in at[onward] if point != line[-2])
    return tuple(line) if len(line) > 1 else ()


def _simpler(line: list[Point]) -> list[Point]:
    """Leave out points that lie within TOLERANCE of the line without them (Douglas, Peucker)."""
    if len(line) < 3:
        return line
    away = [_distance(point, line[0], line[-1]) for point in line]
    farthest = max(range(len(line)), key=away.__getitem__)
    if away[farthest] <= TOLERANCE:
        return [line[0], line[-1]]
    return _simpler(line[: farthest + 1])[:-1] + _simpler(line[farthest:])


def _distance(point: Point, start: Point, end: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = hypot(x2 - x1, y2 - y1)
    if not length:
        return hypot(x - x1, y - y1)
    return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length


def _rounded(point: Point) -> tuple[int, int]:
    return round(point[0]), round(point[1])


def _rings(code: str, pieces: Mapping[Line, list], owners: _Owners) -> list[list]:
    """The pieces around a province joined end to end, the largest ring first, specks left out."""
    loose = [line for piece, line in pieces.items() if code in owners[piece[:2]]]
    rings = []
    while loose:
        ring = list(loose.pop())
        while ring[-1] != ring[0]:
            nearby = next(line for line in loose if ring[-1] in (line[0], line[-1]))
            loose.remove(nearby)
            ring += (nearby if nearby[0] == ring[-1] else nearby[::-1])[1:]
        rings.append(ring)
    seen = sorted(filter(_is_seen, rings), key=_extent, reverse=True)
    return [ring[:-1] for ring in seen]


def _is_seen(line: list) -> bool:
    """Whether it is a piece of border, or an island large enough."""
    return line[0] != line[-1] or _extent(line) >= SMALLEST_ISLAND


def _extent(ring: list) -> int:
    across, down = zip(*ring, strict=True)
    return max(max(across) - min(across), max(down) - min(down))


def _region(code: str) -> str:
    return REGION_OF_PROVINCE[code]


def _steps(line: list) -> list[int]:
    steps = [*line[0]]
    for (x, y), (next_x, next_y) in pairwise(line):
        steps += [next_x - x, next_y - y]
    return steps
