"""Income of fiscal years as the public may know it, of country, regions and provinces.

Counted every hour: that reads who earned what, village by village, which is too slow for a page. A
page reads the last count.
"""

from collections import defaultdict
from datetime import date

from django.utils import timezone

from marketplace.core import thai
from marketplace.core.prepared import Prepared
from marketplace.ledger.disclosure import AreaDisclosure
from marketplace.ledger.models import AreaMonth, PublicTotal
from marketplace.ledger.periods import Period, year_period
from marketplace.ledger.queries import COUNTRY
from marketplace.places.models import Region

_total_of = Prepared(
    lambda year, area: PublicTotal.objects.filter(fiscal_year_be=year, area_code=area)
)


def count_public_totals(day: date | None = None) -> None:
    """Count the fiscal year of a day (today's by default) and the one before anew; safe to repeat.

    The one before too: its last hours are counted when it is over. About ten statements.
    """
    year_be = thai.fiscal_year_be(day or thai.today())
    rows = [row for year in (year_be - 1, year_be) for row in _counted(year_period(year), year)]
    PublicTotal.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["fiscal_year_be", "area_code"],
        update_fields=["exact_satang", "disclosed_satang", "village_count", "counted_at"],
    )


def last_public_total(day: date) -> PublicTotal | None:
    """The last count of the country for the fiscal year of a day; None before the first."""
    return _total_of.first(year=thai.fiscal_year_be(day), area=COUNTRY)


def public_totals(year_be: int) -> dict[str, PublicTotal]:
    """The last counts of a fiscal year, by area; one statement."""
    return {row.area_code: row for row in PublicTotal.objects.filter(fiscal_year_be=year_be)}


def _counted(period: Period, year_be: int) -> list[PublicTotal]:
    now, known = timezone.now(), AreaDisclosure(COUNTRY, period.months)
    selling = _villages_selling(period, known)
    return [
        PublicTotal(
            fiscal_year_be=year_be,
            area_code=code,
            exact_satang=known.income(code, period).exact_satang,
            disclosed_satang=known.disclosed_satang(code, period),
            village_count=len(selling[code]),
            counted_at=now,
        )
        for code in (COUNTRY, *Region.values, *sorted(known.regions))
    ]


def _villages_selling(period: Period, known: AreaDisclosure) -> dict[str, set[str]]:
    """Villages with sales by each area that they lie in; one statement."""
    rows = AreaMonth.objects.filter(
        level=AreaMonth.Level.VILLAGE, sales__gt=0, month__in=period.months
    )
    found: dict[str, set[str]] = defaultdict(set)
    for code in rows.order_by().values_list("area_code", flat=True).distinct():
        for area in (COUNTRY, known.regions.get(code[:2], ""), code[:2]):
            found[area].add(code)
    return found
