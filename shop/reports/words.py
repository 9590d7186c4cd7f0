"""Words for the levels of areas, and the choices of periods and areas."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from django.db.models import Min
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from marketplace.core import thai
from marketplace.core.documents.document import Column, Kind, Row
from marketplace.core.money import format_baht
from marketplace.ledger import periods
from marketplace.ledger.models import AreaMonth
from marketplace.ledger.queries import (
    City,
    Dimension,
    Level,
    MonthIncome,
    Question,
    Report,
    value_name,
)

_PPM = 1_000_000
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


def filter_words(question: Question) -> list[str]:
    """Of which sales alone the figures are, a line for each filter; a statement for some."""
    return [
        f"{name.label}: {value_name(name, value, question.period)}"
        for name, value in question.only.items()
    ]


def only_words(city: City | None) -> list[str]:
    """Of which provinces alone the figures of a desk are, as a line; none where of all."""
    return [_("Only %(cities)s") % {"cities": city.label}] if city else []


def city_ending(city: City | None) -> str:
    """What the name of a file says of it."""
    return f"-{city.value}" if city else ""


def city_notes(city: City | None) -> list[str]:
    """Where it stands which provinces are secondary cities, if they are told apart."""
    return [_city_note()] if city else []


def _city_note() -> str:
    return _(
        "Secondary cities are the provinces that the register of places marks as such, "
        "after the Revenue Department's list of 55 from 2018. The register keeps no "
        "history of it: past periods, too, are told apart as it stood when this report "
        "was made."
    )


def named_days(period: periods.Period) -> str:
    """The first and the last day of a period, and how a sale gets its day."""
    days = {"first": periods.day_label(period.first), "last": periods.day_label(period.last)}
    return _("%(first)s to %(last)s, by the day of payment") % days


def day_columns() -> tuple[Column, ...]:
    """Of a flat table, whose rows say of which days they are."""
    return (
        Column("period", _("Period")),
        Column("first", _("From"), Kind.DAY),
        Column("last", _("Until"), Kind.DAY),
    )


def day_cells(period: periods.Period) -> Row:
    """What stands under `day_columns` in each row."""
    return [period.label, period.first, period.last]


def name_columns() -> tuple[Column, Column, Column]:
    """Of a table whose rows are areas: code and both names."""
    return (
        Column("code", _("Code"), Kind.CODE),
        Column("name_th", _("Thai name")),
        Column("name_en", _("English name")),
    )


def in_ppm(share: Fraction | None) -> int | None:
    """A share in millionths, for people; nothing is computed with it."""
    return None if share is None else round(share * _PPM)


def file_language() -> str:
    """Of what is made for the reader now: "en" or "th"."""
    return "en" if (get_language() or "").startswith("en") else "th"


def line_words(name: str, months: Sequence[MonthIncome], incomes: Sequence[int]) -> tuple[str, str]:
    """Title and description of the small line of a row."""
    most = max(range(len(incomes)), key=lambda number: incomes[number])
    title = _("%(name)s, %(first)s to %(last)s") % {
        "name": name,
        "first": periods.short_month_label(months[0].month),
        "last": periods.short_month_label(months[-1].month),
    }
    words = _("From %(first)s to %(last)s, the most %(most)s in %(month)s") % {
        "first": format_baht(incomes[0]),
        "last": format_baht(incomes[-1]),
        "most": format_baht(incomes[most]),
        "month": periods.month_label(months[most].month),
    }
    return title, words


def income_note() -> str:
    """What village income is, in a sentence."""
    return _(
        "Village income: what shoppers paid on this site for goods and services, VAT included, "
        "without delivery, less the makers' discounts and refunds, before fees."
    )


def notes(report: Report) -> list[str]:
    """What the figures mean, in sentences."""
    found = [
        income_note(),
        _(
            "Declared sales are what producers say they sold elsewhere, such as at a market stall. "
            "Nobody paid here, so they are no part of village income."
        ),
        _("Names are those of the last day of the period."),
    ]
    if Dimension.CITY in report.question.dimensions:
        found.append(_city_note())
    if not report.question.rows_add_up:
        found.append(
            _("One sale may stand in several rows or in none: they do not add up to the total.")
        )
    return found


def period_choices(today: date) -> list[tuple[str, list[periods.Period]]]:
    """Fiscal years since the first sale, the newest first, each with its quarters and months.

    One statement. Nothing that lies wholly in the future.
    """
    country = AreaMonth.objects.filter(level=AreaMonth.Level.COUNTRY)
    earliest = country.aggregate(first=Min("month"))["first"] or today
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
