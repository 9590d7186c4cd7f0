"""What a report document holds, whatever the format it is written in.

Every word is text or a lazy translation, every figure plain Python; renderers do the rest. The
same document gives the same bytes in every format, on every day: `made_at` is the only clock.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from typing import Literal, TypeVar

from django.utils.functional import Promise
from django.utils.translation import override

Value = str | int | date | None
Row = Sequence[Value]
T = TypeVar("T")


class Kind(StrEnum):
    """What the figures of a column are; it decides how each format shows them."""

    TEXT = "text"
    CODE = "code"  # an official code or an order number: text everywhere, zeros kept
    COUNT = "count"
    SATANG = "satang"  # read as baht with two decimals
    SHARE = "share"  # parts per million, read as percent
    PIECES = "pieces"  # millionths of a piece, read as pieces
    DAY = "day"
    MONTH = "month"  # any day of it

    @property
    def is_words(self) -> bool:
        return self in (Kind.TEXT, Kind.CODE)

    @property
    def is_figure(self) -> bool:
        """Whether it is added up and compared: such columns stand at the right."""
        return self in (Kind.COUNT, Kind.SATANG, Kind.SHARE, Kind.PIECES)


_TYPES = {
    Kind.TEXT: str,
    Kind.CODE: str,
    Kind.COUNT: int,
    Kind.SATANG: int,
    Kind.SHARE: int,
    Kind.PIECES: int,
    Kind.DAY: date,
    Kind.MONTH: date,
}
_UNITS = {Kind.SATANG: "_satang", Kind.SHARE: "_ppm", Kind.PIECES: "_ppm"}
_KEY = re.compile("[a-z][a-z0-9_]*")
_NOT_IN_FILE_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
# What XML and UTF-8 cannot hold.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Column:
    """`key` is its name in JSON and ends in the unit: `_satang`, or `_ppm` for millionths."""

    key: str
    title: str
    kind: Kind = Kind.TEXT

    def __post_init__(self):
        object.__setattr__(self, "kind", Kind(self.kind))
        unit = _UNITS.get(self.kind, "")
        if not (_KEY.fullmatch(self.key) and self.key.endswith(unit)):
            raise ValueError(f"the key of this {self.kind} column must end in {unit}: {self.key}")


@dataclass(frozen=True)
class Table:
    """Rows under columns. `rows` may be a generator; renderers go through it once.

    A cell is None or what its column's kind says: str, int (satang, ppm, a count), date. A str is
    taken as it stands in a column of any kind, for the label of a total, or a band in place of a
    figure. `total` is a row, or a function asked for it after the last row.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    total: Row | Callable[[], Row] | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self):
        keys = [column.key for column in self.columns]
        if not _KEY.fullmatch(self.key) or not keys or len(set(keys)) != len(keys):
            raise ValueError(f"a table needs a key and columns with keys of their own: {self.key}")

    def checked_rows(self) -> Iterator[list[Value]]:
        """Its rows with text made plain; raises TypeError or ValueError for one that cannot be."""
        return (self._checked(row) for row in self.rows)

    def checked_total(self) -> list[Value] | None:
        """Ask after the last row."""
        total = self.total() if callable(self.total) else self.total
        return None if total is None else self._checked(total)

    def _checked(self, row: Row) -> list[Value]:
        pairs = zip(self.columns, row, strict=True)
        return [_checked(column, value) for column, value in pairs]


@dataclass(frozen=True)
class Picture:
    """A drawing for the PDF: SVG that needs no style sheet, its fonts Sarabun.

    `description` is read out in its place and printed below it.
    """

    svg: str
    title: str
    description: str


@dataclass(frozen=True)
class Document:
    """A report. `file_name` is without ending; `made_at` is aware; `title` stands in every format.

    Thai digits are for paper: PDF and the look of XLSX, never names, codes and `source_lines`.
    """

    file_name: str
    title: str
    tables: tuple[Table, ...]
    made_at: datetime
    subtitle_lines: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    notes: tuple[str, ...] = ()
    source_lines: tuple[str, ...] = ()
    language: Literal["th", "en"] = "th"
    thai_digits: bool = False

    def __post_init__(self):
        keys = [table.key for table in self.tables]
        if not keys or len(set(keys)) != len(keys):
            raise ValueError("a document needs tables with keys of their own")
        if self.made_at.tzinfo is None:
            raise ValueError("made_at must be an aware instant")

    @property
    def stem(self) -> str:
        """The file name as every system takes it."""
        return _NOT_IN_FILE_NAMES.sub("-", str(self.file_name)).strip(" .") or "document"


def plain(text: object) -> str:
    """Text without the characters that no format can hold; lazy translations become text."""
    return _NOT_TEXT.sub("", str(text))


def in_language(language: str, items: Iterator[T]) -> Iterator[T]:
    """Make the items in that language, however late they are asked for, and leave no trace of it.

    A hundred at a time: to change the language costs as much as to make an item.
    """
    while True:
        with override(language):
            made = list(islice(items, 100))
        if not made:
            return
        yield from made


def _checked(column: Column, value: object) -> Value:
    if value is None:
        return None
    if isinstance(value, (str, Promise)):
        return plain(value)
    if isinstance(value, _TYPES[column.kind]) and not isinstance(value, (bool, datetime)):
        return value
    raise TypeError(f"{column.key} is a {column.kind}, not {value!r}")
