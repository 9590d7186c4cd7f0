"""The shapes of a map of provinces, the same for every map: on it, and enlarged around Bangkok."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from marketplace.places.outlines import Box, Line, Point, box_of, country

LEAST_TARGET = 76
"""24 pixels in units of the map, where the map is 316 pixels wide."""

ENLARGED = Box(283, 655, 508, 905)
INSET = Box(526, 1142, 998, 1666)
"""What is enlarged, and where it stands: over the sea."""


@dataclass(frozen=True)
class Shape:
    path: str
    centre: Point
    target: Box | None


@dataclass(frozen=True)
class Sheet:
    """Shapes by code: those only on the map, and those the frame covers, enlarges or cuts off."""

    alone: dict[str, Shape]
    covered: dict[str, Shape]
    enlarged: dict[str, Shape]
    around: dict[str, Shape]
    coast: str
    regions: str
    frame_coast: str


@lru_cache(maxsize=1)
def sheet() -> Sheet:
    provinces = country().provinces.values()
    whole = {outline.code: _shape(outline.rings, outline.centre) for outline in provinces}
    inside = [outline for outline in provinces if ENLARGED.holds(outline.box)]
    partly = [o for o in provinces if o not in inside and ENLARGED.meets(o.box)]
    covered = {outline.code: whole.pop(outline.code) for outline in inside}
    coast = [line for line in country().coast if ENLARGED.meets(box_of(line))]
    return Sheet(
        alone=whole,
        covered=covered,
        enlarged={o.code: _shape(_into_frame(o.rings), _enlarge(o.centre)) for o in inside},
        around={o.code: _shape(_into_frame(o.rings), _enlarge(o.centre)) for o in partly},
        coast=_path(country().coast),
        regions=_path(country().regions),
        frame_coast=_path(_into_frame(coast)),
    )


def _shape(rings: Iterable[Line], centre: Point) -> Shape:
    rings = tuple(rings)
    return Shape(_path(rings, "z"), centre, _target(box_of(rings[0])))


def _target(box: Box) -> Box | None:
    """The box grown to what a finger can hit; nothing where the shape is large enough."""
    if min(box.width, box.height) >= LEAST_TARGET:
        return None
    across, down = ((max(0, LEAST_TARGET - size) + 1) // 2 for size in (box.width, box.height))
    return Box(box.left - across, box.top - down, box.right + across, box.bottom + down)


def _into_frame(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(tuple(map(_enlarge, line)) for line in lines)


def _enlarge(point: Point) -> Point:
    x, y = point
    return (
        INSET.left + round((x - ENLARGED.left) * INSET.width / ENLARGED.width),
        INSET.top + round((y - ENLARGED.top) * INSET.height / ENLARGED.height),
    )


def _path(lines: Iterable[Line], end: str = "") -> str:
    """The data of a path, each line after its beginning in steps, which are shorter to write."""
    return "".join(_line_path(line) + end for line in lines)


def _line_path(line: Line) -> str:
    (x, y), *_rest = line
    steps = "".join(
        f"{next_x - x: d}{next_y - y: d}" for (x, y), (next_x, next_y) in pairwise(line)
    )
    return f"M{x} {y}l{steps.strip()}"
