"""An income report as a document: the rows of the screen, for a spreadsheet, paper or a program."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from marketplace.core.documents.document import Column, Document, Kind, Picture, Row, Table
from marketplace.ledger.periods import Period
from marketplace.ledger.queries import Figures, IncomeRow, Report
from shop.reports.aims import AimCell, aims_note, before_table, cells_of
from shop.reports.pictures.bars import declared_chart, months_chart
from shop.reports.pictures.standalone import as_svg
from shop.reports.words import (
    day_cells,
    day_columns,
    file_language,
    filter_words,
    named_days,
    notes,
)
from shop.targets.beside import Aim, Beside

Cell = tuple[Column, Callable[[Figures], object]]


def report_document(
    report: Report,
    made_at: datetime,
    *,
    is_flat: bool,
    aims: Beside | None = None,
    rows: Iterable[IncomeRow] | None = None,
) -> Document:
    """The report in the language of the page; the same report gives the same bytes.

    `aims` come in columns of their own, and in a table of their own. A flat one
    is a single table that says in each row of which days it is, to be put under others. `rows`
    stand in place of the report's own, which are then never held in memory together; they are gone
    through once for each table.
    """
    rows = report.rows if rows is None else rows
    period, total = report.period, report.total
    return Document(
        file_name=f"village-income-{total.code or 'TH'}-{period.key}",
        title=_("Village income: %(area)s") % {"area": total.name},
        subtitle_lines=(
            period.label,
            named_days(period),
            *filter_words(report.question),
        ),
        tables=tuple(_tables(report, rows, aims, is_flat=is_flat)),
        pictures=(_picture(report), *_declared_picture(report)),
        notes=(*notes(report), *([aims_note()] if aims else [])),
        made_at=made_at,
        language=file_language(),
    )


def _tables(
    report: Report, rows: Iterable[IncomeRow], aims: Beside | None, *, is_flat: bool
) -> list[Table]:
    """A flat one has targets and figures from before in its last columns; else they are apart."""
    title = _("Village income by row")
    cells = [*_names(report), *_figures(report), *_held_against(report)]
    if is_flat:
        return [_by_row("rows", title, report, rows, [*_days(report.period), *cells], aims)]
    tables = [_by_row("rows", title, report, rows, cells), _months_table(report)]
    if aims:
        income = (
            Column("income_satang", _("Village income (baht)"), Kind.SATANG),
            lambda row: row.income_satang,
        )
        title = _("Targets, and figures from before this site")
        tables.append(_by_row("targets", title, report, rows, [*_names(report)[:3], income], aims))
    if aims and aims.has_before:
        tables.append(before_table(aims))
    return tables


def _picture(report: Report) -> Picture:
    title = _("Income month by month, beside the year before")
    chart = months_chart(report.months, report.months_before)
    words = _("The figures of the picture stand in the table of months.")
    return Picture(as_svg(chart, title=title, description=words), title, words)


def _declared_picture(report: Report) -> list[Picture]:
    chart = declared_chart(report.months)
    if chart is None:
        return []
    title = _("Declared sales month by month, apart from income")
    words = _("The figures of the picture stand in the table of months.")
    return [Picture(as_svg(chart, title=title, description=words), title, words)]


def _by_row(
    key: str,
    title: str,
    report: Report,
    rows: Iterable[IncomeRow],
    cells: Sequence[Cell],
    aims: Beside | None = None,
) -> Table:
    aimed = cells_of(aims)
    parts, whole = (aims.parts, aims.whole) if aims else ({}, None)
    total = replace(report.total, code=_("Total"))
    return Table(
        key=key,
        title=title,
        columns=tuple(column for column, _of in (*cells, *aimed)),
        rows=([*_row(cells, row), *_aims(aimed, parts.get(row.code))] for row in rows),
        total=[*_row(cells, total), *_aims(aimed, whole)],
    )


def _aims(cells: Iterable[AimCell], aim: Aim | None) -> Row:
    return [of(aim) if aim else None for _column, of in cells]


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
        (column, lambda _row, value=value: value)
        for column, value in zip(day_columns(), day_cells(period), strict=True)
    ]


def _names(report: Report) -> list[Cell]:
    names = [
        (Column("code", _("Code"), Kind.CODE), lambda row: row.code),
        (Column("name_th", _("Thai name")), lambda row: row.name_th),
        (Column("name_en", _("English name")), lambda row: row.name_en),
    ]
    if not report.question.rows_are_places:
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
        (Column("change_ppm", _("Change (%)"), Kind.SHARE), lambda row: row.change_ppm),
    ]
