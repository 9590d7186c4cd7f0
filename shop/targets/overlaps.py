"""Figures that would be counted twice: the same place, year and channel, or one inside another."""

from collections.abc import Iterable

from django.utils.translation import override

from marketplace.core.errors import two_languages
from shop.targets.models import Baseline, BaselineBatch

AMPHOE_DIGITS = 4
Key = tuple[int, str, str]
"""Fiscal year, area, channel."""

TWICE = two_languages(
    "มีตัวเลขของพื้นที่ ปี และช่องทางนี้แล้ว ในแถวก่อนหน้าหรือในไฟล์ที่ใช้อยู่",
    "There is a figure of this area, year and channel already, above or in a file in force.",
)
WITHIN = two_languages(
    "หมู่บ้านในอำเภอนี้มีตัวเลขของปีนี้แล้ว หรืออำเภอนี้มีแล้ว ถ้ารวมจะนับซ้ำ",
    "This year is given for villages of this amphoe, or for the amphoe: it would count twice.",
)
ALL_CHANNELS = two_languages(
    "ปีนี้มีทั้งยอดรวมทุกช่องทางและยอดแยกช่องทาง ถ้ารวมจะนับซ้ำ",
    "This year is given for all channels together and for one of them: it would count twice.",
)


def mark_overlaps(rows: Iterable[Baseline]) -> list[Baseline]:
    """Give a problem to each row that would count something twice; returns those. One statement."""
    rows = list(rows)
    years = {row.fiscal_year_be for row in rows}
    known = Baseline.objects.filter(
        batch__status=BaselineBatch.Status.IN_FORCE, problem_th="", fiscal_year_be__in=years
    )
    taken: dict[tuple[int, str], set[tuple[str, str]]] = {}
    for year, area, channel in known.values_list("fiscal_year_be", "area_code", "channel"):
        taken.setdefault((year, area[:AMPHOE_DIGITS]), set()).add((area, channel))
    refused = []
    for row in rows:
        there = taken.setdefault((row.fiscal_year_be, row.area_code[:AMPHOE_DIGITS]), set())
        problem = _problem(row, there)
        if problem is None:
            there.add((row.area_code, row.channel))
        else:
            tell(row, problem)
            refused.append(row)
    return refused


def _problem(row: Baseline, there: set[tuple[str, str]]):
    """`there` are areas and channels of the same year in the same amphoe."""
    if (row.area_code, row.channel) in there:
        return TWICE
    if any(len(area) != len(row.area_code) for area, _channel in there):
        return WITHIN
    channels = {channel for area, channel in there if area == row.area_code}
    if channels and ("" in channels or row.channel == ""):
        return ALL_CHANNELS
    return None


def tell(row: Baseline, problem) -> None:
    """Write a problem down in both languages."""
    with override("th"):
        row.problem_th = str(problem)
    with override("en"):
        row.problem_en = str(problem)
