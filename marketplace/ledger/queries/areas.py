"""Areas of a report: their codes, levels and names, and the areas inside them."""

from collections.abc import Iterable, Mapping

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from marketplace.ledger.errors import AreaDivided
from marketplace.ledger.models import AreaMonth
from marketplace.ledger.periods import Period
from marketplace.places.models import Province, Region
from marketplace.places.queries import LEVELS, names_where, successors_of
from marketplace.places.services import UnknownArea
from marketplace.villages.models import Village

COUNTRY = ""
Level = AreaMonth.Level
LEVEL_WORDS = {
    Level.COUNTRY: "country",
    Level.REGION: "region",
    Level.PROVINCE: "province",
    Level.AMPHOE: "amphoe",
    Level.TAMBON: "tambon",
    Level.VILLAGE: "village",
}
BELOW = {
    Level.COUNTRY: Level.REGION,
    Level.REGION: Level.PROVINCE,
    Level.PROVINCE: Level.AMPHOE,
    Level.AMPHOE: Level.TAMBON,
    Level.TAMBON: Level.VILLAGE,
}
TABLES = {**LEVELS, Level.VILLAGE.value: Village}


class City(models.TextChoices):
    """Of which kind a province is, and all that lies in it."""

    SECONDARY = "secondary", _("secondary cities")
    MAIN = "main", _("main cities")


class Regions(dict[str, str]):
    """Province code -> region, and which provinces are secondary cities, as they were read."""

    def __init__(self, provinces: Iterable[tuple[str, str, bool]]) -> None:
        facts = list(provinces)
        super().__init__({code: region for code, region, _is_secondary in facts})
        self.secondary = frozenset(code for code, _region, is_secondary in facts if is_secondary)

    def city_of(self, code: str) -> City:
        """The kind of the province in which a place lies, by the place's code."""
        return City.SECONDARY if code[:2] in self.secondary else City.MAIN


def regions() -> Regions:
    """The region and the kind of each province, as the register says today; one statement."""
    facts = Province.objects.order_by().values_list("code", "region", "is_secondary_city")
    return Regions(facts)


def level_number(code: str) -> Level:
    """The level of a code; raises UnknownArea for what cannot be one."""
    if code in Region.values:
        return Level.REGION
    if code and (not code.isascii() or not code.isdigit()):
        raise UnknownArea
    if len(code) not in (0, 2, 4, 6, 8):
        raise UnknownArea
    return Level(len(code))


def level_of(code: str) -> str:
    """The word for the level of a code: country, region, province, …; "" for what is none."""
    try:
        return LEVEL_WORDS[level_number(code)]
    except UnknownArea:
        return ""


def path_to(code: str, known: Regions) -> list[str]:
    """Codes from the country down to the area; raises UnknownArea for what cannot be a code."""
    level = level_number(code)
    if level <= Level.REGION:
        return list(dict.fromkeys([COUNTRY, code]))
    if code[:2] not in known:
        raise UnknownArea
    return [COUNTRY, known[code[:2]], *(code[:n] for n in range(2, len(code) + 1, 2))]


def provinces_of(code: str, known: Regions) -> list[str]:
    """Codes of the provinces that an area has, or lies in."""
    if code == COUNTRY:
        return sorted(known)
    if code in Region.values:
        return sorted(province for province, region in known.items() if region == code)
    return [code[:2]]


def ranges_inside(code: str, level: Level, known: Regions) -> list[tuple[str, str]]:
    """From and to which codes of a level lie in an area that is not the country: one range, or
    one for each province of a region; none where a region has no province."""
    stems = provinces_of(code, known) if code in Region.values else [code]
    return [(stem.ljust(level, "0"), stem.ljust(level, "9")) for stem in stems]


def codes_inside(name: str, code: str, level: Level, known: Regions) -> Q:
    """Rows of one level whose code `name` lies in an area, as ranges, which an index can follow."""
    if level == Level.REGION or code == COUNTRY:
        return Q()
    ranges = Q(pk__in=[])
    for one in ranges_inside(code, level, known):
        ranges |= Q(**{f"{name}__range": one})
    return ranges


def inside(name: str, code: str, known: Regions) -> Q:
    """Rows whose village's code `name` lies in an area."""
    return codes_inside(name, code, Level.VILLAGE, known)


def was_there(period: Period) -> Q:
    """Places that existed on some day of the period."""
    return (Q(valid_from=None) | Q(valid_from__lte=period.last)) & (
        Q(valid_until=None) | Q(valid_until__gte=period.first)
    )


def follow(code: str, period: Period) -> str:
    """The area to report for one that was gone before the period began: what took its ground.

    Itself where it was there on some day, or nobody took its ground. At most one statement for
    areas that are there. Raises AreaDivided where several did; UnknownArea for no code.
    """
    table = TABLES.get(level_number(code))
    if table is None or table.objects.filter(was_there(period), pk=code).exists():
        return code
    after = successors_of(code)
    if len(after) > 1:
        raise AreaDivided(after)
    return after[0] if after else code


def next_below(code: str) -> Level | None:
    """The level of the parts of an area; None for a village."""
    return BELOW.get(level_number(code))


def part_of(village_code: str, level: Level, known: Regions) -> str:
    """The area of a level in which a village lies."""
    if level == Level.REGION:
        return known.get(village_code[:2], "")
    return village_code[:level]


def names_of(
    codes: Iterable[str], period: Period, also: Mapping[Level, Q] | None = None
) -> dict[str, tuple[str, str]]:
    """Thai and English names on the period's last day, of areas by code and of all those of a
    level that `also` leaves; two statements."""
    codes = list(codes)
    wanted = {
        digits: Q(code__in=[code for code in codes if len(code) == digits])
        | (also or {}).get(Level(digits), Q(pk__in=[]))
        for digits in TABLES
    }
    names = names_where(TABLES, wanted, period.last)
    names[COUNTRY] = both_languages(_("Thailand"))
    return names | {region.value: both_languages(region.label) for region in Region}


def both_languages(words) -> tuple[str, str]:
    """Lazy words in Thai and in English, whatever the language of the page."""
    with override("th"):
        thai = str(words)
    with override("en"):
        return thai, str(words)
