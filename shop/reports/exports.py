"""An area report as CSV: the rows of the screen, for a spreadsheet in Thai."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.core import money, thai
from marketplace.core.spreadsheet import ExcelCode, write_csv
from marketplace.ledger.queries import IncomeRow, Report
from shop.reports.words import row_word

LANGUAGE = "th"  # officials pass these files on: they read the same whoever made them


def report_csv(report: Report) -> bytes:
    """The rows of a report and their total, in Thai: codes stay text, days are of the B.E."""
    with override(LANGUAGE):
        return b"".join(write_csv(_rows(report), _header()))


def file_name(report: Report) -> str:
    return f"village-income-{report.total.code or 'TH'}-{report.period.key}.csv"


def _header() -> list[str]:
    return [
        _("Period"),
        _("From"),
        _("Until"),
        _("Level"),
        _("Code"),
        _("Thai name"),
        _("English name"),
        _("Villages"),
        _("Villages that sold"),
        _("Sales (line shares)"),
        _("Refunds (line shares)"),
        _("Sold (baht)"),
        _("Refunded (baht)"),
        _("Village income (baht)"),
        _("Declared sales (baht)"),
    ]


def _rows(report: Report) -> Iterator[list]:
    period, rows_by = report.period, row_word(report.question.rows_by)
    days = [thai.thai_date(day, "numeric") for day in (period.first, period.last)]
    for row in report.rows:
        yield [period.label, *days, rows_by, *_cells(row)]
    yield [period.label, *days, _("Total"), *_cells(report.total)]


def _cells(row: IncomeRow) -> list:
    return [
        ExcelCode(row.code),
        row.name_th,
        row.name_en,
        row.villages,
        row.villages_selling,
        row.sales,
        row.refunds,
        *(money.to_baht(a) for a in (row.sold_satang, row.refunded_satang, row.income_satang)),
        money.to_baht(row.declared_satang),
    ]
