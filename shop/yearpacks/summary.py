"""The pages of a pack that are printed: the country, its regions and provinces, and the proof."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.core.documents.document import Document, Picture, Row, Table
from marketplace.ledger.models import MonthClose
from marketplace.ledger.periods import day_label
from marketplace.ledger.queries import Report
from shop.reports.pictures.bars import months_chart
from shop.reports.pictures.standalone import as_svg
from shop.yearpacks.languages import LANGUAGE, both, each, side_by_side
from shop.yearpacks.scope import Scope
from shop.yearpacks.spool import Spool

_ON_PAPER = (
    *("code", "name_th", "villages", "villages_selling", "orders", "sold_satang"),
    *("producer_discount_satang", "refunded_satang", "moved_satang", "income_satang"),
    *("net_satang", "declared_satang"),
)
_DIFFERENCES = ("level", "code", "name_th")
_UPPER_DIGITS = 2
_MOST_ROWS = 1_000
"""Of one table on paper; the tables themselves have all."""


def summary_document(
    scope: Scope,
    spool: Spool,
    country: Report,
    months: Sequence[MonthClose],
    note: dict[str, list[str]],
    sources: tuple[str, ...],
) -> Document:
    """In Thai, with titles, headings and the method in both languages. The same rows: the same
    bytes."""
    title, subtitle_lines = titles(scope)
    with override(LANGUAGE):
        return Document(
            file_name="summary",
            title=title,
            subtitle_lines=(*subtitle_lines, *each(lambda: _days_of(scope))),
            tables=tuple(_tables(scope, spool)),
            pictures=() if scope.is_amendment else (_picture(country),),
            notes=tuple(line for lines in note.values() for line in lines),
            source_lines=sources,
            made_at=scope.made_at,
            language=LANGUAGE,
        )


def titles(scope: Scope) -> tuple[str, tuple[str, ...]]:
    """The title in Thai; below it the title in English, and which amendment it is in both."""
    title, *below = each(
        lambda: _("Village income of fiscal year %(year)s") % {"year": scope.fiscal_year_be}
    )
    if scope.is_amendment:
        below += [both(lambda: _("Amendment no. %(number)s") % {"number": scope.number})]
    return title, tuple(below)


def _days_of(scope: Scope) -> str:
    days = {"first": day_label(scope.year.first), "last": day_label(scope.year.last)}
    return _("%(first)s to %(last)s, by the day of payment") % days


def _tables(scope: Scope, spool: Spool) -> Iterator[Table]:
    if scope.is_amendment:
        yield _some(spool, "differences", _without_names, lambda row: True)
    else:
        yield _some(spool, "country", _on_paper, lambda row: True)
        yield _some(spool, "provinces", _on_paper, lambda row: True)
        if spool.counts["later"]:
            yield _some(spool, "later", _of_income, lambda row: len(row[1]) <= _UPPER_DIGITS)
    yield spool.table("months")


def _on_paper(key: str) -> bool:
    return key in _ON_PAPER


def _of_income(key: str) -> bool:
    """Of later news, which are mostly refunds: what they are, without the fees."""
    return key in (*_ON_PAPER, "refunds", "level")


def _without_names(key: str) -> bool:
    return key in _DIFFERENCES or key.startswith(("income_", "net_", "declared_"))


def _some(
    spool: Spool, key: str, is_shown: Callable[[str], bool], is_wanted: Callable[[Row], bool]
) -> Table:
    """A table with some of its columns and rows; a note says where rows are missing."""
    table = _named_once(spool.table(key))
    places = [place for place, column in enumerate(table.columns) if is_shown(column.key)]
    rows = list(islice(filter(is_wanted, table.rows), _MOST_ROWS + 1))
    notes = table.notes
    if len(rows) > _MOST_ROWS:
        notes += tuple(
            each(lambda: _("Only the first %(rows)s rows are printed here.") % {"rows": _MOST_ROWS})
        )
    return replace(
        table,
        columns=tuple(table.columns[place] for place in places),
        rows=[[row[place] for place in places] for row in rows[:_MOST_ROWS]],
        total=table.total and [table.total[place] for place in places],
        notes=notes,
    )


def _named_once(table: Table) -> Table:
    """Both names of an area in one column: paper has no room for two."""
    keys = [column.key for column in table.columns]
    thai, english = keys.index("name_th"), keys.index("name_en")
    columns = list(table.columns)
    columns[thai] = replace(columns[thai], title=both(lambda: _("Name")))

    def named(row: Row) -> Row:
        return [*row[:thai], side_by_side(row[thai], row[english]), *row[thai + 1 :]]

    return replace(table, columns=tuple(columns), rows=map(named, table.rows))


def _picture(country: Report) -> Picture:
    title = both(lambda: _("Income month by month, beside the year before"))
    chart = months_chart(country.months, country.months_before)
    words = both(lambda: _("The months stand in the table of closed months."))
    return Picture(as_svg(chart, title=title, description=words), title, words)
