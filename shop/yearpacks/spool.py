"""Rows of a pack on the disk: read from the ledger once, then written in every format.

So that all formats hold the same rows, and nobody holds a table of a hundred thousand villages.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from marketplace.core.documents.document import Kind, Row, Table, Value
from shop.yearpacks.columns import PackTable


class Spool:
    """One file of rows for each table, in a folder. Add in a `with`, read after it."""

    def __init__(self, folder: Path, tables: Sequence[PackTable]) -> None:
        self.folder = folder
        self.tables = {table.key: table for table in tables}
        self.totals: dict[str, Row] = {}
        self.counts = dict.fromkeys(self.tables, 0)
        self._open = ExitStack()

    def __enter__(self) -> "Spool":
        self._files = {
            key: self._open.enter_context(self._path(key).open("w", encoding="utf-8"))
            for key in self.tables
        }
        return self

    def __exit__(self, *problem) -> None:
        self._open.close()

    def add(self, key: str, one: object) -> None:
        """One row: of whatever the columns of the table know how to read."""
        cells = [cell.of(one) for cell in self.tables[key].cells]
        self._files[key].write(json.dumps(cells, ensure_ascii=False, default=str) + "\n")
        self.counts[key] += 1

    def set_total(self, key: str, one: object) -> None:
        self.totals[key] = [cell.of(one) for cell in self.tables[key].cells]

    def table(self, key: str) -> Table:
        """The table with all its rows, to be gone through once."""
        table = self.tables[key]
        return Table(
            key=table.key,
            title=table.title,
            columns=table.columns,
            rows=self._rows(key),
            total=self.totals.get(key),
            notes=table.notes,
        )

    def _rows(self, key: str) -> Iterator[list[Value]]:
        is_date = [cell.column.kind in (Kind.DAY, Kind.MONTH) for cell in self.tables[key].cells]
        with self._path(key).open(encoding="utf-8") as file:
            for line in file:
                cells = json.loads(line)
                yield [
                    date.fromisoformat(value) if dated and value else value
                    for dated, value in zip(is_date, cells, strict=True)
                ]

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.rows"
