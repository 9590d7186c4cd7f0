"""Targets and figures from before this site, beside the rows of an income report."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from marketplace.core import thai
from marketplace.core.documents.document import Column, Kind, Table
from marketplace.ledger.periods import year_label, year_period
from marketplace.ledger.queries import IncomeRow, Level, Report
from shop.targets.beside import Aim, Beside, beside

AimCell = tuple[Column, Callable[[Aim], object]]


def aims_of(report: Report, rows: Sequence[IncomeRow]) -> Beside | None:
    """What stands beside the area of a report, and beside these rows of it.

    None where there is nothing: they are kept for whole fiscal years and all sales together. At
    most three statements.
    """
    question, year_be = report.question, report.period.fiscal_year_be
    if question.only or report.period != year_period(year_be):
        return None
    parts = rows if isinstance(question.rows_by, Level) else ()
    found = beside(
        question.area,
        year_be,
        report.total.income_satang,
        {row.code: row.income_satang for row in parts},
        report.regions,
        thai.today(),
    )
    return found if found.has_targets or found.has_before else None


def cells_of(aims: Beside | None) -> list[AimCell]:
    """Columns of their own in a file; those that nothing is known of are left out."""
    if aims is None:
        return []
    return [*(_of_target() if aims.has_targets else []), *(_of_before(aims))]


def _of_target() -> list[AimCell]:
    return [
        (Column("target_satang", _("Target (baht)"), Kind.SATANG), lambda aim: aim.target_satang),
        (Column("reached_ppm", _("Target reached"), Kind.SHARE), lambda aim: aim.reached_ppm),
    ]


def _of_before(aims: Beside) -> list[AimCell]:
    if not aims.has_before:
        return []
    year = {"year": year_label(aims.before.fiscal_year_be)}
    title = _("From before this site, fiscal year %(year)s (baht)") % year
    return [
        (Column("baseline_satang", title, Kind.SATANG), lambda aim: aim.before_satang),
        (
            Column("of_baseline_ppm", _("Of the figure before, villages with both"), Kind.SHARE),
            lambda aim: aim.of_before_ppm,
        ),
        (
            Column("growth_ppm", _("Growth, villages with both"), Kind.SHARE),
            lambda aim: aim.growth_ppm,
        ),
    ]


def before_table(aims: Beside) -> Table:
    """Baselines of the whole area by channel, source and confidence: a table apart from income."""
    year = {"year": year_label(aims.before.fiscal_year_be)}
    return Table(
        key="before",
        title=_("Figures from before this site, fiscal year %(year)s") % year,
        columns=(
            Column("channel", _("Channel")),
            Column("source", _("Source")),
            Column("confidence", _("Confidence")),
            Column("places", _("Places")),
            Column("rows", _("Number of rows"), Kind.COUNT),
            Column("baseline_satang", _("Amount (baht)"), Kind.SATANG),
        ),
        rows=(
            [
                line.channel_label or _("all channels together"),
                line.source,
                line.confidence_label,
                _("villages") if line.of_villages else _("whole amphoes"),
                line.rows,
                line.amount_satang,
            ]
            for line in aims.lines
        ),
    )


def aims_note() -> str:
    return _(
        "Targets and figures from before this site stand beside village income and are never part"
        " of it. Growth is that of villages with both a figure from before and income here."
    )
