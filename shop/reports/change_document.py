"""Why income changed, as a document: the sentence, the picture of its parts, and each part."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from marketplace.core.documents.document import Column, Document, Kind, Picture, Row, Table
from marketplace.ledger.queries import City, IncomeChange
from shop.reports.change_words import how_counted
from shop.reports.pictures.standalone import as_svg
from shop.reports.told_change import ToldChange
from shop.reports.words import (
    city_ending,
    city_notes,
    day_cells,
    day_columns,
    file_language,
    income_note,
    named_days,
)


@dataclass(frozen=True)
class Whose:
    """Whose income changed: an area's, or one group's in it."""

    area: str
    name: str
    producer_id: int | None = None
    city: City | None = None  # `name` says it, too

    @property
    def group_number(self) -> str:
        return str(self.producer_id or "")


def change_document(
    told: ToldChange, whose: Whose, made_at: datetime, *, is_flat: bool
) -> Document:
    """The parts as on the page, from the income before to the income now; the same change gives
    the same bytes. A flat one says in each row whose they are, and of which days."""
    change = told.change
    of_whom = f"-group-{whose.producer_id}" if whose.producer_id else ""
    of_whom += city_ending(whose.city)
    days = f"{change.period.key}-from-{change.before.key}"
    return Document(
        file_name=f"income-change-{whose.area or 'TH'}{of_whom}-{days}",
        title=_("Why did income change: %(name)s") % {"name": whose.name},
        subtitle_lines=(
            named_days(change.period),
            _("held against %(days)s") % {"days": named_days(change.before)},
            told.sentence,
        ),
        tables=(_parts_table(change, whose, told, is_flat=is_flat),),
        pictures=(_picture(told),) if told.parts else (),
        notes=(income_note(), *how_counted(change), *city_notes(whose.city)),
        made_at=made_at,
        language=file_language(),
    )


def _picture(told: ToldChange) -> Picture:
    title = _("What raised and lowered income")
    words = _("One bar a reason; the same figures stand in the table below.")
    keys = (_("Filled bar, to the right: raised income"), _("Hollow bar, to the left: lowered it"))
    described = " · ".join((words, *keys))
    return Picture(as_svg(told.picture, title=title, description=words), title, described)


def _parts_table(change: IncomeChange, whose: Whose, told: ToldChange, *, is_flat: bool) -> Table:
    """The rows come to the total: what was before, and each part."""
    of_whom = [*_days(change), *_of(whose)] if is_flat else []
    return Table(
        key="parts",
        title=_("Parts of the change"),
        columns=(
            *(_flat_columns() if is_flat else ()),
            Column("reason", _("Reason")),
            Column("words", _("In words")),
            Column("amount_satang", _("Change of income (baht)"), Kind.SATANG),
        ),
        rows=([*of_whom, *cells] for cells in _parts(change, told)),
        total=[*of_whom, _("Income now"), change.period.label, change.income_satang],
    )


def _parts(change: IncomeChange, told: ToldChange) -> Iterator[Row]:
    yield [_("Income before"), change.before.label, change.before_satang]
    for part, (words, satang) in zip(change.told, told.parts, strict=True):
        yield [capfirst(str(part.reason.label)), capfirst(words), satang]


def _flat_columns() -> tuple[Column, ...]:
    return (
        *day_columns(),
        Column("before_period", _("Held against")),
        Column("before_first", _("Held against: from"), Kind.DAY),
        Column("before_last", _("Held against: until"), Kind.DAY),
        Column("code", _("Code"), Kind.CODE),
        Column("group_number", _("Number of the group"), Kind.CODE),
        Column("name", _("Whose income")),
    )


def _days(change: IncomeChange) -> Row:
    return [*day_cells(change.period), *day_cells(change.before)]


def _of(whose: Whose) -> Row:
    return [whose.area, whose.group_number, whose.name]
