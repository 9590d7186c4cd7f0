"""Months of an area alone, and the twelve months of each row of a report."""

from collections.abc import Sequence

from marketplace.ledger.periods import Period
from marketplace.ledger.queries.areas import Level, Regions
from marketplace.ledger.queries.cities import place_row
from marketplace.ledger.queries.figures import OF_INCOME, Figures, figures_of, summed
from marketplace.ledger.queries.income import MonthIncome, Report
from marketplace.ledger.queries.questions import Dimension, Question
from marketplace.ledger.queries.sources import roll_up_for, sums_of

Course = tuple[int, ...]
"""Income of the months of `Report.months`, in satang."""


def courses(report: Report, codes: Sequence[str]) -> dict[str, Course] | None:
    """The income of these rows of a report in each of its twelve months; one statement.

    None where no roll-up holds it: a line is not worth adding up a year of transfers.
    """
    question = report.question
    rows = roll_up_for(question, report.regions)
    if rows is None:
        return None
    of_provinces = question.rows_by in (Level.REGION, Dimension.CITY)  # and so few
    months = [month.month for month in report.months]
    rows = rows.filter(month__in=months)
    if not of_provinces:
        rows = rows.filter(row__in=codes)
    found = {code: dict.fromkeys(months, 0) for code in codes}
    for row in summed(rows.values("row", "month"), OF_INCOME).order_by():
        code = row["row"]
        if of_provinces and code.isdigit():
            code = place_row(code, question, report.regions)
        if code in found:
            found[code][row["month"]] += Figures(**figures_of(row)).income_satang
    return {code: tuple(by_month.values()) for code, by_month in found.items()}


def area_months(code: str, period: Period, known: Regions) -> list[MonthIncome]:
    """The figures of an area in each month of a period of whole months; one statement."""
    sums = sums_of(Question(code, period), known, by_month=True)
    return [MonthIncome(**sums.get(("", month), {}), month=month) for month in period.months]
