"""Words for the levels of areas, and the choices of periods and areas."""

from datetime import date

from django.db.models import Min
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import thai
from marketplace.ledger import periods
from marketplace.ledger.models import AreaMonth
from marketplace.ledger.queries import Dimension, Level

_LEVELS = {
    Level.COUNTRY: gettext_lazy("country"),
    Level.REGION: gettext_lazy("region"),
    Level.PROVINCE: gettext_lazy("province"),
    Level.AMPHOE: gettext_lazy("amphoe"),
    Level.TAMBON: gettext_lazy("tambon"),
    Level.VILLAGE: gettext_lazy("village"),
}


def row_word(rows_by: Level | Dimension) -> str:
    """What a row of a report is."""
    return str(rows_by.label if isinstance(rows_by, Dimension) else _LEVELS[rows_by])


def period_choices(today: date) -> list[tuple[str, list[periods.Period]]]:
    """Fiscal years since the first sale, the newest first, each with its quarters and months.

    One statement. Nothing that lies wholly in the future.
    """
    earliest = AreaMonth.objects.aggregate(first=Min("month"))["first"] or today
    years = range(thai.fiscal_year_be(today), thai.fiscal_year_be(earliest) - 1, -1)
    return [
        (
            _("Fiscal year %(year)s") % {"year": periods.year_label(year)},
            [period for period in _periods_of(year) if period.first <= today],
        )
        for year in years
    ]


def _periods_of(year_be: int) -> list[periods.Period]:
    year = periods.year_period(year_be)
    quarters = [periods.quarter_period(year_be, number) for number in (1, 2, 3, 4)]
    return [year, *quarters, *(periods.month_period(month) for month in year.months)]
