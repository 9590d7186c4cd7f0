"""The country's income of a fiscal year as the public may know it, counted every hour.

Counting reads who earned what from the transfers, too slow for a page. A page reads the last count.
"""

from datetime import date

from django.utils import timezone

from marketplace.core import thai
from marketplace.core.prepared import Prepared
from marketplace.ledger.disclosure import area_income, disclosed_income
from marketplace.ledger.models import AreaMonth, PublicTotal
from marketplace.ledger.periods import year_period

COUNTRY = ""

_totals_of = Prepared(lambda year: PublicTotal.objects.filter(fiscal_year_be=year))


def count_public_total(day: date | None = None) -> PublicTotal:
    """Count the fiscal year of a day (today's by default) anew and remember it; safe to repeat."""
    year_be = thai.fiscal_year_be(day or thai.today())
    period = year_period(year_be)
    sales = AreaMonth.objects.filter(
        level=AreaMonth.Level.VILLAGE, sales__gt=0, month__in=period.months
    )
    total, _created = PublicTotal.objects.update_or_create(
        fiscal_year_be=year_be,
        defaults={
            "exact_satang": area_income(COUNTRY, period).exact_satang,
            "disclosed_satang": disclosed_income(COUNTRY, period),
            "village_count": sales.values("area_code").distinct().count(),
            "counted_at": timezone.now(),
        },
    )
    return total


def last_public_total(day: date) -> PublicTotal | None:
    """The last count of the fiscal year of a day; None before the first. One statement."""
    return _totals_of.first(year=thai.fiscal_year_be(day))
