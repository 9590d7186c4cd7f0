"""An income report as a document: the rows of the screen, for a spreadsheet, paper or a program."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.core.documents.document import Column, Document, Kind, Picture, Row, Table
from marketplace.ledger.periods import Period, day_label
from marketplace.ledger.queries import Dimension, Figures, Report
from shop.reports.pictures.bars import months_chart
from shop.reports.pictures.standalone import as_svg
from shop.reports.words import filter_words, notes

Cell = tuple[Column, Callable[[Figures], object]]


def report_document(report: Report, made_at: datetime, *, is_flat: bool) -> Document:
    """The report in the language of the page; the same report gives the same bytes.

    A flat one is a single table that says in each row of which days it is, to be put under others.
    """
    period, total = report.period, report.total
    days = {"first": day_label(period.first), "last": day_label(period.last)}
    return Document(
        file_name=f"village-income-{total.code or 'TH'}-{period.key}",
        title=_("Village income: %(area)s") % {"area": total.name},
        subtitle_lines=(
            period.label,
            _("%(first)s to %(last)s, by the day of payment") % days,
            *filter_words(report.question),
        ),
        tables=(
            (_rows_table(report, _days(period)),)
            if is_flat
            else (_rows_table(report), _months_table(report))
        ),
        pictures=(_picture(report),),
        notes=tuple(notes(report)),
        made_at=made_at,
        language="en" if (get_language() or "").startswith("en") else "th",
    )


def _picture(report: Report) -> Picture:
    title = _("Income month by month, beside the year before")
    chart = months_chart(report.months, report.months_before)
    words = _("The figures of the picture stand in the table of months.")
    return Picture(as_svg(chart, title=title, description=words), title, words)


def _rows_table(report: Report, first_cells: Sequence[Cell] = ()) -> Table:
    cells = [*first_cells, *_names(report), *_figures(report), *_held_against(report)]
    return Table(
        key="rows",
        title=_("Village income by row"),
        columns=tuple(column for column, _of in cells),
        rows=(_row(cells, row) for row in report.rows),
        total=_row(cells, replace(report.total, code=_("Total"))),
    )


def _months_table(report: Report) -> Table:
    cells = [(Column("month", _("Month"), Kind.MONTH), lambda one: one.month), *money_cells()]
    return Table(
        key="months",
        title=_("Month by month"),
        columns=tuple(column for column, _of in cells),
        rows=(_row(cells, month) for month in (*report.months_before, *report.months)),
    )


def _row(cells: Iterable[Cell], one: Figures) -> Row:
    return [of(one) for _column, of in cells]


def _days(period: Period) -> list[Cell]:
    return [
        (Column("period", _("Period")), lambda _row: period.label),
        (Column("first", _("From"), Kind.DAY), lambda _row: period.first),
        (Column("last", _("Until"), Kind.DAY), lambda _row: period.last),
    ]


def _names(report: Report) -> list[Cell]:
    names = [
        (Column("code", _("Code"), Kind.CODE), lambda row: row.code),
        (Column("name_th", _("Thai name")), lambda row: row.name_th),
        (Column("name_en", _("English name")), lambda row: row.name_en),
    ]
    if isinstance(report.question.rows_by, Dimension):
        return names
    return names + [
        (Column("villages", _("Villages"), Kind.COUNT), lambda row: row.villages),
        (
            Column("villages_selling", _("Villages that sold"), Kind.COUNT),
            lambda row: row.villages_selling,
        ),
    ]


def _figures(report: Report) -> list[Cell]:
    orders = [(Column("orders", _("Orders"), Kind.COUNT), lambda row: row.orders)]
    return [
        *(orders if report.counts_orders else []),
        (Column("sales", _("Sales (line shares)"), Kind.COUNT), lambda row: row.sales),
        (Column("refunds", _("Refunds (line shares)"), Kind.COUNT), lambda row: row.refunds),
        *money_cells(),
    ]


def money_cells() -> list[Cell]:
    """Each figure of money; the income first stands after what it is made of."""
    words = {
        "sold_satang": _("Sold (baht)"),
        "producer_discount_satang": _("Makers' discounts (baht)"),
        "refunded_satang": _("Refunded (baht)"),
        "moved_satang": _("Moved by corrections (baht)"),
        "income_satang": _("Village income (baht)"),
        "platform_discount_satang": _("Discounts of the site (baht)"),
        "delivery_satang": _("Delivery (baht)"),
        "fee_satang": _("Fee (baht)"),
        "fee_vat_satang": _("VAT on the fee (baht)"),
        "passed_gateway_fee_satang": _("Payment fee borne by makers (baht)"),
        "gateway_fee_satang": _("Payment fee borne by the site (baht)"),
        "adjustment_satang": _("Adjustments (baht)"),
        "net_satang": _("What reaches the makers (baht)"),
        "paid_out_satang": _("Paid out (baht)"),
        "declared_satang": _("Declared sales (baht)"),
    }
    return [
        (Column(name, title, Kind.SATANG), lambda one, name=name: getattr(one, name))
        for name, title in words.items()
    ]


def _held_against(report: Report) -> list[Cell]:
    if report.before is None:
        return []
    return [
        (
            Column("before_satang", _("Before (baht)"), Kind.SATANG),
            lambda row: row.before_satang,
        ),
        (
            Column("change_satang", _("Change (baht)"), Kind.SATANG),
            lambda row: row.change_satang,
        ),
        (Column("change_ppm", _("Change"), Kind.SHARE), lambda row: row.change_ppm),
    ]
