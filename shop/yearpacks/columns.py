"""The tables of a pack and of an amendment: their columns, and where each finds its figure."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.documents.document import Column, Kind
from marketplace.ledger.kinds import EventKind
from marketplace.ledger.queries import Level, level_number
from shop.reports.documents import money_cells
from shop.reports.words import row_word
from shop.yearpacks.languages import both, each, side_by_side
from shop.yearpacks.rows import COMPARED


@dataclass(frozen=True)
class Cell:
    column: Column
    of: Callable[[object], object]


@dataclass(frozen=True)
class PackTable:
    """A table before it has rows."""

    key: str
    title: str
    cells: tuple[Cell, ...]
    notes: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(cell.column for cell in self.cells)


AREA_TABLES = {
    Level.REGION: ("country", gettext_lazy("Country by region")),
    Level.PROVINCE: ("provinces", gettext_lazy("Provinces")),
    Level.AMPHOE: ("amphoe", gettext_lazy("Amphoe")),
    Level.TAMBON: ("tambon", gettext_lazy("Tambon")),
    Level.VILLAGE: ("villages", gettext_lazy("Villages")),
}
"""Level of the rows -> key and title of the table."""

_AROUND = {
    Level.AMPHOE: ("province",),
    Level.TAMBON: ("province", "amphoe"),
    Level.VILLAGE: ("province", "amphoe", "tambon"),
}
REGISTERED = "villages"
"""The one column of figures that is not the ledger's: the register may learn of a village later."""


def pack_tables() -> list[PackTable]:
    """Of a pack, in the order of its sheets, in both languages."""
    return _in_both(_pack_tables)


def amendment_tables() -> list[PackTable]:
    """Of an amendment, likewise."""
    return _in_both(_amendment_tables)


def _in_both(tables: Callable[[], list[PackTable]]) -> list[PackTable]:
    """Titles and headings in both languages, notes one below the other.

    A heading stays one cell in one row: Excel filters and sorts by it, and a CSV has one header.
    """
    return [_joined(*of_both) for of_both in zip(*each(tables), strict=True)]


def _joined(thai: PackTable, english: PackTable) -> PackTable:
    pairs = zip(thai.cells, english.cells, strict=True)
    return PackTable(
        key=thai.key,
        title=side_by_side(thai.title, english.title),
        cells=tuple(
            Cell(
                replace(one.column, title=side_by_side(one.column.title, other.column.title)),
                one.of,
            )
            for one, other in pairs
        ),
        notes=(*thai.notes, *english.notes),
    )


def _pack_tables() -> list[PackTable]:
    return [
        *(_area_table(level) for level in AREA_TABLES),
        _later_table(),
        _events_table(_("Events after the year's end")),
        _months_table(),
    ]


def _amendment_tables() -> list[PackTable]:
    return [
        _differences_table(),
        _events_table(_("Events behind the differences")),
        _months_table(),
    ]


def _area_table(level: Level) -> PackTable:
    key, title = AREA_TABLES[level]
    counts = [
        Cell(Column(REGISTERED, _("Villages"), Kind.COUNT), lambda row: row.villages),
        Cell(
            Column("villages_selling", _("Villages that sold"), Kind.COUNT),
            lambda row: row.villages_selling,
        ),
    ]
    return PackTable(
        key=key,
        title=str(title),
        cells=(
            *_names(),
            *(_around(one) for one in _AROUND.get(level, ())),
            *([] if level == Level.VILLAGE else counts),
            Cell(Column("orders", _("Orders"), Kind.COUNT), lambda row: row.orders),
            *_sold(),
            *_money(lambda row: row),
        ),
    )


def _later_table() -> PackTable:
    note = _("None of this is subtracted in the other tables: it counts in the months after.")
    return PackTable(
        key="later",
        title=_("After the year's end"),
        cells=(_level(), *_names(), *_sold(), *_money(lambda row: row, paid_out=False)),
        notes=(note,),
    )


def _events_table(note: str) -> PackTable:
    """Its title is short, so that both languages are a name of a sheet."""
    cells = [
        (Column("seal", _("Seal no."), Kind.COUNT), lambda one: one.seal),
        (Column("event", _("Event in the ledger"), Kind.CODE), lambda one: str(one.event_id)),
        (Column("kind", _("What it is")), lambda one: _kind_words(one.kind)),
        (Column("day", _("Counted on"), Kind.DAY), lambda one: one.day),
        (Column("happened", _("Happened on"), Kind.DAY), lambda one: one.happened_on),
        (Column("sold", _("Day of the sale"), Kind.DAY), lambda one: one.sold_on),
        (Column("code", _("Village"), Kind.CODE), lambda one: one.village_code),
    ]
    return PackTable(
        key="events",
        title=_("Events"),
        cells=(
            *(Cell(column, of) for column, of in cells),
            *_money(lambda one: one.figures, paid_out=False),
        ),
        notes=(note,),
    )


def _months_table() -> PackTable:
    cells = [
        (Column("month", _("Month"), Kind.MONTH), lambda one: one.month),
        (Column("events", _("Events"), Kind.COUNT), lambda one: one.event_count),
        (Column("transfers", _("Transfers"), Kind.COUNT), lambda one: one.transfer_count),
        (
            Column("income_satang", _("Village income (baht)"), Kind.SATANG),
            lambda one: one.income_satang,
        ),
        (Column("totals_hash", _("Hash of its sums"), Kind.CODE), lambda one: one.totals_hash),
    ]
    return PackTable(
        key="months",
        title=_("Closed months"),
        cells=tuple(Cell(column, of) for column, of in cells),
    )


def _differences_table() -> PackTable:
    words = {
        "income_satang": _("Village income"),
        "net_satang": _("What reaches the makers"),
        "declared_satang": _("Declared sales"),
    }
    counted = Column("counted_satang", _("Income counted in the year (baht)"), Kind.SATANG)
    return PackTable(
        key="differences",
        title=_("Differences by area"),
        cells=(
            _level(),
            *_names(),
            Cell(counted, lambda row: row.counted.income_satang),
            *(cell for name in COMPARED for cell in _compared(name, words[name])),
        ),
    )


def _compared(name: str, words: str) -> list[Cell]:
    stem = name.removesuffix("_satang")
    parts = {
        "signed": (_("%(what)s: as signed (baht)"), lambda row: row.as_signed(name)),
        "now": (_("%(what)s: now (baht)"), lambda row: row.now(name)),
        "difference": (_("%(what)s: difference (baht)"), lambda row: row.difference(name)),
    }
    return [
        Cell(Column(f"{stem}_{part}_satang", title % {"what": words}, Kind.SATANG), of)
        for part, (title, of) in parts.items()
    ]


# --- What several tables share -------------------------------------------------------------------
def _names() -> list[Cell]:
    return [
        Cell(Column("code", _("Code"), Kind.CODE), lambda row: row.code),
        Cell(Column("name_th", _("Thai name")), lambda row: row.name_th),
        Cell(Column("name_en", _("English name")), lambda row: row.name_en),
    ]


def _around(place: str) -> Cell:
    titles = {"province": _("Province"), "amphoe": _("Amphoe"), "tambon": _("Tambon")}
    return Cell(Column(place, titles[place]), lambda row: row.around[place])


def _level() -> Cell:
    return Cell(Column("level", _("Level")), lambda row: _level_words(level_number(row.code)))


@cache
def _level_words(level: Level) -> str:
    return both(lambda: row_word(level))


@cache
def _kind_words(kind: str) -> str:
    return both(lambda: EventKind(kind).label)


def _sold() -> list[Cell]:
    return [
        Cell(Column("sales", _("Sales (line shares)"), Kind.COUNT), lambda row: row.sales),
        Cell(Column("refunds", _("Refunds (line shares)"), Kind.COUNT), lambda row: row.refunds),
        Cell(Column("units_ppm", _("Pieces sold"), Kind.PIECES), lambda row: row.units_ppm),
    ]


def _money(figures: Callable[[object], object], *, paid_out: bool = True) -> list[Cell]:
    """Each figure of money that the income report has; what was paid out is no news of a year."""
    return [
        Cell(column, lambda row, of=of: of(figures(row)))
        for column, of in money_cells()
        if paid_out or column.key != "paid_out_satang"
    ]
