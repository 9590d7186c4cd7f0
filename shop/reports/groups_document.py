"""Groups and first sales as rows of figures and as a document."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from marketplace.core.documents.document import Column, Document, Kind, Row, Table
from marketplace.ledger.queries import GroupIncome, GroupReport, VillageGroups
from shop.reports.words import (
    city_ending,
    city_notes,
    day_cells,
    day_columns,
    file_language,
    in_ppm,
    income_note,
    name_columns,
    named_days,
    only_words,
)


def group_facts(report: GroupReport) -> list[tuple[str, int]]:
    """What the page says first, and how many."""
    return [
        (_("Groups that earned"), report.groups),
        (_("Villages where somebody earned"), report.villages_earning),
        (_("of these, one group earned all"), report.villages_of_one_group),
        (_("Villages that sold for the first time"), len(report.first_villages)),
        (_("Groups that sold for the first time"), len(report.first_groups)),
    ]


def group_notes() -> list[str]:
    """How groups are counted, in sentences."""
    return [
        _(
            "A group earns with an income above zero in the period. The share of the top group is "
            "its income divided by that of all groups of the village that earned."
        ),
        _(
            "A first sale is the first that this site ever recorded; sales that were declared do "
            "not count."
        ),
    ]


def groups_document(
    report: GroupReport,
    made_at: datetime,
    *,
    is_flat: bool,
    villages: Iterable[VillageGroups] | None = None,
) -> Document:
    """The villages with their groups, and who sold first; the same report gives the same bytes.

    A flat one is the list of villages alone. `villages` stand in place of the report's own; they
    are gone through once.
    """
    villages = report.villages if villages is None else villages
    period = report.period
    of_villages = _villages_table(report, villages, is_flat=is_flat)
    tables = (_facts_table(report), of_villages, *_first_tables(report))
    return Document(
        file_name=f"groups-{report.code or 'TH'}-{period.key}{city_ending(report.city)}",
        title=_("Groups and first sales: %(area)s") % {"area": report.name},
        subtitle_lines=(period.label, named_days(period), *only_words(report.city)),
        tables=(of_villages,) if is_flat else tables,
        notes=(
            income_note(),
            *group_notes(),
            _(
                "Names of villages are those of the last day of the period, names of groups "
                "today's."
            ),
            *city_notes(report.city),
        ),
        made_at=made_at,
        language=file_language(),
    )


def _facts_table(report: GroupReport) -> Table:
    return Table(
        key="figures",
        title=_("Figures"),
        columns=(
            Column("figure", _("Figure")),
            Column("number", _("Groups or villages"), Kind.COUNT),
        ),
        rows=group_facts(report),
    )


def _villages_table(
    report: GroupReport, villages: Iterable[VillageGroups], *, is_flat: bool
) -> Table:
    days = day_cells(report.period) if is_flat else []
    return Table(
        key="villages",
        title=_("Groups of each village"),
        columns=(
            *(day_columns() if is_flat else ()),
            *name_columns(),
            _income(),
            Column("groups", _("Groups that earned"), Kind.COUNT),
            Column("top_th", _("Top group, Thai name")),
            Column("top_en", _("Top group, English name")),
            Column("top_satang", _("Income of the top group (baht)"), Kind.SATANG),
            Column("top_ppm", _("Its share"), Kind.SHARE),
            Column("first_sale", _("First sale")),
        ),
        rows=([*days, *_village(village)] for village in villages),
        total=[
            *days,
            *(_("Total"), report.name_th, report.name_en, report.income_satang, report.groups),
            *[None] * 5,
        ],
    )


def _village(village: VillageGroups) -> Row:
    top = village.top
    return [
        *(village.code, village.name_th, village.name_en, village.income_satang, village.groups),
        *((top.name_th, top.name_en, top.income_satang) if top else (None, None, None)),
        in_ppm(village.top_share),
        _("first sale") if village.sold_first else "",
    ]


def _first_tables(report: GroupReport) -> tuple[Table, Table]:
    return (
        Table(
            key="first_villages",
            title=_("Villages that sold for the first time"),
            columns=(*name_columns(), _income()),
            rows=([one.code, *_named(one)] for one in report.first_villages),
            notes=_said_where_none(report.first_villages),
        ),
        Table(
            key="first_groups",
            title=_("Groups that sold for the first time"),
            columns=(*name_columns()[1:], _income()),
            rows=(_named(one) for one in report.first_groups),
            notes=_said_where_none(report.first_groups),
        ),
    )


def _said_where_none(rows: Sequence) -> tuple[str, ...]:
    return () if rows else (_("None in this period."),)


def _income() -> Column:
    return Column("income_satang", _("Village income (baht)"), Kind.SATANG)


def _named(one: VillageGroups | GroupIncome) -> Row:
    return [one.name_th, one.name_en, one.income_satang]
