"""The official register of places as the package geothai carries it, in the shape of our tables.

Administrative data: GeoThai (CC BY 4.0), from DOPA and Thailand Post.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

import geothai
from geothai.abolished import abolished_areas

from marketplace.places.regions import REGION_OF_PROVINCE

DIGITS_OF_LEVELS = (2, 4, 6)


@dataclass(frozen=True)
class OfficialPlace:
    """One code of the register; `valid_until` is the last day of an abolished one."""

    code: str
    name_th: str
    name_en: str
    valid_until: date | None = None


@dataclass(frozen=True)
class OfficialSuccession:
    old_code: str
    new_code: str
    basis: str
    in_force_on: date | None


@dataclass
class OfficialRegister:
    """Everything one release says. Codes that fit no table of ours are in `unplaced`."""

    release: str
    levels: dict[int, list[OfficialPlace]]
    postcodes: set[tuple[str, str]] = field(default_factory=set)  # (postcode, tambon code)
    successions: list[OfficialSuccession] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)


def read_register() -> OfficialRegister:
    """Read the installed release whole; about 0.1 s, no database."""
    provinces = geothai.provinces()
    amphoes = [row for province in provinces for row in geothai.districts(province.code)]
    tambons = [row for amphoe in amphoes for row in geothai.subdistricts(amphoe.code)]
    abolished = abolished_areas()
    places = [OfficialPlace(row.code, row.name_th, row.name_en) for row in provinces]
    places += [OfficialPlace(row.code, row.name_th, row.name_en) for row in amphoes + tambons]
    places += [_abolished_place(row) for row in abolished]
    levels, unplaced = sort_into_levels(places)
    return OfficialRegister(
        release=geothai.DATA_VERSION,
        levels=levels,
        postcodes={(code, tambon.code) for tambon in tambons for code in tambon.postal_codes},
        successions=[link for row in abolished for link in _successions(row)],
        unplaced=unplaced,
    )


def sort_into_levels(
    places: Iterable[OfficialPlace],
) -> tuple[dict[int, list[OfficialPlace]], list[str]]:
    """Split places by the length of their codes; the second answer are codes left out.

    Left out, never guessed: a code of odd length, one whose parent the register does not know,
    and a province that `regions` has no region for.
    """
    levels: dict[int, list[OfficialPlace]] = {digits: [] for digits in DIGITS_OF_LEVELS}
    known, unplaced = set(REGION_OF_PROVINCE), []
    for place in sorted(places, key=lambda place: (len(place.code), place.code)):
        parent = place.code if len(place.code) == 2 else place.code[:-2]
        if len(place.code) in levels and parent in known:
            levels[len(place.code)].append(place)
            known.add(place.code)
        else:
            unplaced.append(place.code)
    return levels, unplaced


def _abolished_place(row) -> OfficialPlace:
    # The register names the first day without the code; ours are last days.
    last_day = date.fromisoformat(row.abolished_on) - timedelta(days=1)
    return OfficialPlace(row.code, row.name_th, row.name_en or "", last_day)


def _successions(row) -> list[OfficialSuccession]:
    since = row.successors_in_force and date.fromisoformat(row.successors_in_force)
    return [
        OfficialSuccession(row.code, new_code, row.successors_basis, since)
        for new_code in row.successors
    ]
