"""An area that was abolished before a period: whose figures are shown in its place, and the words
that say so on pages, in files and in mails."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from marketplace.core import bilingual
from marketplace.core.documents.document import Column, Document, Kind, Row, Table
from marketplace.ledger.periods import Period
from marketplace.ledger.queries import TABLES, follow
from marketplace.places.queries import names_among
from shop.reports.backoffice.access import may_read


@dataclass(frozen=True)
class Followed:
    """`area` is whose figures are shown; `gone` the one asked for where that was abolished before
    the period, else ""."""

    area: str
    period: Period
    gone: str = ""

    @property
    def asked(self) -> str:
        """The area of an address that leads here again, and says what happened."""
        return self.gone or self.area

    @cached_property
    def names(self) -> dict[str, str]:
        """ "Name (code)" of the abolished area and of what took its ground; two statements."""
        return named([self.gone, self.area], self.period)

    @property
    def words(self) -> str:
        """The sentence, in the active language; "" where nothing was abolished."""
        if not self.gone:
            return ""
        return _(
            "The area %(gone)s was abolished before this period. What took its ground is shown: "
            "%(area)s."
        ) % {"gone": self.names[self.gone], "area": self.names[self.area]}


def followed(area: str, period: Period, areas: list[str]) -> Followed:
    """What somebody who may read these areas is shown where an area is asked for.

    Raises PermissionDenied where the area, or what took its ground, is not theirs to read;
    AreaDivided where several areas have its ground; UnknownArea. One statement for an area that is
    there, some more for one that was abolished.
    """
    _demand(area, areas)
    now = follow(area, period)
    _demand(now, areas)
    return Followed(now, period, area if now != area else "")


def _demand(area: str, areas: list[str]) -> None:
    if not may_read(area, areas):
        raise PermissionDenied


def named(codes: list[str], period: Period) -> dict[str, str]:
    """ "Name (code)" of provinces and what lies in them, as of the period's last day; two
    statements."""
    names = names_among(TABLES, codes, period.last)
    return {
        code: f"{bilingual.pick(*names[code])} ({code})" if code in names else code
        for code in codes
    }


def said(document: Document, found: Followed, *, is_flat: bool) -> Document:
    """The same document, saying what happened to the area asked for: in its head and file name;
    a flat one, which has no head, in two columns before the others. Else the document itself."""
    if not found.gone:
        return document
    tables = document.tables
    return replace(
        document,
        file_name=f"{document.file_name}-in-place-of-{found.gone}",
        subtitle_lines=(found.words, *document.subtitle_lines),
        tables=tuple(_told(table, found) for table in tables) if is_flat else tables,
    )


def _told(table: Table, found: Followed) -> Table:
    """Rows say it themselves, to be put under others."""
    cells = [found.gone, found.area]
    return replace(
        table,
        columns=(
            Column("abolished_code", _("Abolished area asked for"), Kind.CODE),
            Column("shown_code", _("Shown in its place"), Kind.CODE),
            *table.columns,
        ),
        rows=([*cells, *row] for row in table.rows),
        total=_total(table, cells),
    )


def _total(table: Table, cells: Row):
    """Asked for after the last row, as the table's own may be."""
    if table.total is None:
        return None
    return lambda: [*cells, *(table.total() if callable(table.total) else table.total)]
