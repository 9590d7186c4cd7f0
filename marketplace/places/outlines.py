"""The provinces as small shapes, for maps; outlining.py draws the file, `make_outlines` writes it.

Boundaries: UN OCHA / RTSD via mapthai (CC BY-IGO); a page that shows them says so under the map.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

FILE = Path(__file__).with_name("outlines.json")

Point = tuple[int, int]
Line = tuple[Point, ...]


@dataclass(frozen=True)
class Box:
    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    def holds(self, other: "Box") -> bool:
        """Whether the other lies inside, edges included."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def meets(self, other: "Box") -> bool:
        """Whether some of the other lies inside; to touch is not enough."""
        return (
            self.left < other.right
            and self.right > other.left
            and self.top < other.bottom
            and self.bottom > other.top
        )


def box_of(line: Line) -> Box:
    across, down = zip(*line, strict=True)
    return Box(min(across), min(down), max(across), max(down))


@dataclass(frozen=True)
class Outline:
    """A province in units of the map: its closed rings, the mainland or largest island first."""

    code: str
    rings: tuple[Line, ...]

    @property
    def box(self) -> Box:
        """Around the largest ring."""
        return box_of(self.rings[0])

    @property
    def centre(self) -> Point:
        """The centre of gravity of the largest ring."""
        ring = self.rings[0]
        twice_area = x = y = 0
        for (x1, y1), (x2, y2) in pairwise((*ring, ring[0])):
            part = x1 * y2 - x2 * y1
            twice_area, x, y = twice_area + part, x + part * (x1 + x2), y + part * (y1 + y2)
        return round(x / (3 * twice_area)), round(y / (3 * twice_area))


@dataclass(frozen=True)
class Country:
    """All provinces by code, and the lines around the country and between its regions."""

    width: int
    height: int
    provinces: dict[str, Outline]
    coast: tuple[Line, ...]
    regions: tuple[Line, ...]


@lru_cache(maxsize=1)
def country() -> Country:
    """Read the file, once in the life of a process."""
    drawn = json.loads(FILE.read_text(encoding="utf-8"))
    return Country(
        width=drawn["width"],
        height=drawn["height"],
        provinces={
            code: Outline(code, _lines(rings)) for code, rings in drawn["provinces"].items()
        },
        coast=_lines(drawn["coast"]),
        regions=_lines(drawn["regions"]),
    )


def _lines(lines: Iterable[Sequence[int]]) -> tuple[Line, ...]:
    return tuple(_points(line) for line in lines)


def _points(line: Sequence[int]) -> Line:
    """The file keeps the first point, then the step to each next one."""
    x, y = line[:2]
    points = [(x, y)]
    for across, down in zip(line[2::2], line[3::2], strict=True):
        x, y = x + across, y + down
        points.append((x, y))
    return tuple(points)
