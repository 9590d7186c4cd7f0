"""Thailand by province: the more income, the darker. The provinces around Bangkok stand enlarged.

Every province can be hit on a phone: small ones take a little of what is around them, those around
Bangkok are links in the enlargement, and the table beside the map links to all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import ClassVar

from django.utils.translation import gettext as _

from marketplace.core import money
from marketplace.places.outlines import Box, country
from shop.reports.pictures.province_shapes import ENLARGED, INSET, Shape, sheet
from shop.reports.pictures.shades import Shade, shade_key, shade_limits, shades

MOST_NUMBERED = 5
KEY_WIDTH, KEY_LINE = 660, 64  # of the key beside the map, in a file of its own


@dataclass(frozen=True)
class Province:
    """What is said of a province; `number` is its place among the few with the most income."""

    name: str
    words: str
    url: str
    shade: str
    number: int | None


@dataclass(frozen=True)
class Area:
    """A province as it is drawn; `target` is what can be hit where it is small."""

    province: Province
    path: str
    target: Box | None


@dataclass(frozen=True)
class Number:
    """The number of a province on the map."""

    number: int
    x: int
    y: int


@dataclass(frozen=True)
class Frame:
    """The enlargement: provinces whole inside it, and what it shows of the others."""

    box: Box
    areas: tuple[Area, ...]
    around: tuple[Area, ...]
    coast: str


@dataclass(frozen=True)
class ProvinceMap:
    """Areas in the order of drawing; those in the frame are on the map too, as `covered`."""

    drawing: ClassVar[str] = "reports/pictures/province_map.html"

    width: int
    height: int
    areas: tuple[Area, ...]
    covered: tuple[Area, ...]
    covered_box: Box
    frame: Frame
    coast: str
    regions: str
    numbers: tuple[Number, ...]
    rows: tuple[Province, ...]
    shades: tuple[Shade, ...]
    limits_satang: tuple[int, ...]

    @property
    def most(self) -> list[Province]:
        return [row for row in self.rows if row.number]

    # What follows is for a file of its own, which has the key beside the map.
    @property
    def key_left(self) -> int:
        return self.width + 40

    @property
    def width_with_key(self) -> int:
        return self.width + KEY_WIDTH

    @property
    def key_of_shades(self) -> list[tuple[int, Shade]]:
        """Shades and where each stands, from the top."""
        return list(zip(count(KEY_LINE, KEY_LINE), self.shades))

    @property
    def key_of_most(self) -> list[tuple[int, Province]]:
        """The provinces with the most income, a line below the shades."""
        return list(zip(count(KEY_LINE * (len(self.shades) + 2), KEY_LINE), self.most))


def province_map(
    figures_satang: Mapping[str, int | None],
    names: Mapping[str, str],
    link: Callable[[str], str],
) -> ProvinceMap:
    """Draw the income of provinces by code; None, or no entry, is a figure that is not shown.

    A province without a name goes by its code; `link` gives the address of a province by code,
    empty for none. Rows have the most income first, and a province without an outline too.
    """
    by_code = dict.fromkeys(country().provinces) | dict(figures_satang)
    limits = shade_limits(by_code.values())
    provinces = {
        code: Province(
            name=names.get(code, code),
            words=_words(by_code[code]),
            url=link(code),
            shade=shade_key(by_code[code], limits),
            number=place if place <= MOST_NUMBERED and (by_code[code] or 0) > 0 else None,
        )
        for place, code in enumerate(_by_income(by_code), start=1)
    }
    drawn = sheet()
    return ProvinceMap(
        width=country().width,
        height=country().height,
        areas=_areas(drawn.alone, provinces),
        covered=_areas(drawn.covered, provinces),
        covered_box=ENLARGED,
        frame=Frame(
            box=INSET,
            areas=_areas(drawn.enlarged, provinces),
            around=_areas(drawn.around, provinces),
            coast=drawn.frame_coast,
        ),
        coast=drawn.coast,
        regions=drawn.regions,
        numbers=_numbers(drawn.alone | drawn.enlarged, provinces),
        rows=tuple(provinces.values()),
        shades=tuple(shades(list(by_code.values()), limits)),
        limits_satang=limits,
    )


def _areas(shapes: Mapping[str, Shape], provinces: Mapping[str, Province]) -> tuple[Area, ...]:
    """Small ones last, so that what can be hit of them lies above their neighbours."""
    areas = [
        Area(province, shapes[code].path, shapes[code].target)
        for code, province in provinces.items()
        if code in shapes
    ]
    return tuple(sorted(areas, key=lambda area: area.target is not None))


def _numbers(shapes: Mapping[str, Shape], provinces: Mapping[str, Province]) -> tuple[Number, ...]:
    return tuple(
        Number(province.number, *shapes[code].centre)
        for code, province in provinces.items()
        if province.number and code in shapes
    )


def _by_income(by_code: Mapping[str, int | None]) -> list[str]:
    """Codes with the most income first, then by code; figures not shown come last."""
    return sorted(by_code, key=lambda code: (by_code[code] is None, -(by_code[code] or 0), code))


def _words(figure_satang: int | None) -> str:
    return _("not shown") if figure_satang is None else money.format_baht(figure_satang)
