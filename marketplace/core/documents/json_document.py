"""A document as one JSON object, for other programs: nothing rounded, nothing in words.

Amounts are integers of satang under keys ending in `_satang`, shares in `_ppm`; days are ISO dates,
months ISO months. Keys come in the order of the columns. Pictures are left out: their figures
stand in the tables.
"""

import json
from collections.abc import Iterator
from datetime import UTC, date
from typing import BinaryIO

from marketplace.core.documents.document import (
    Column,
    Document,
    Kind,
    Table,
    Value,
    in_language,
    plain,
)


def lines(document: Document) -> Iterator[bytes]:
    """Yield the object line by line, a row on each."""
    parts = in_language(document.language, _parts(document))
    return (part.encode() for part in parts)


def write(document: Document, file: BinaryIO) -> None:
    """Never holds a whole table."""
    file.writelines(lines(document))


def _parts(document: Document) -> Iterator[str]:
    yield "{\n" + "".join(f"{_text(key)}: {_text(value)},\n" for key, value in _head(document))
    yield '"tables": {\n'
    for number, table in enumerate(document.tables):
        yield ",\n" if number else ""
        yield from _table(table)
    yield "\n}\n}\n"


def _head(document: Document) -> list[tuple[str, object]]:
    made_at = document.made_at.astimezone(UTC).isoformat(timespec="seconds")
    return [
        ("title", plain(document.title)),
        ("subtitle", _texts(document.subtitle_lines)),
        ("language", document.language),
        ("made_at", made_at.replace("+00:00", "Z")),
        ("notes", _texts(document.notes)),
        ("sources", _texts(document.source_lines)),
    ]


def _table(table: Table) -> Iterator[str]:
    columns = [
        {"key": column.key, "title": plain(column.title), "kind": str(column.kind)}
        for column in table.columns
    ]
    yield f'{_text(table.key)}: {{\n"title": {_text(plain(table.title))},\n'
    yield f'"columns": {_text(columns)},\n"rows": ['
    separator = "\n"
    for row in table.checked_rows():
        yield separator + _text(_object(table, row))
        separator = ",\n"
    total = table.checked_total()
    if total is not None:
        yield f'\n],\n"total": {_text(_object(table, total))}'
    else:
        yield '\n],\n"total": null'
    yield f',\n"notes": {_text(_texts(table.notes))}\n}}'


def _object(table: Table, row: list[Value]) -> dict[str, Value]:
    pairs = zip(table.columns, row, strict=True)
    return {column.key: _value(column, value) for column, value in pairs}


def _value(column: Column, value: Value) -> str | int | None:
    if isinstance(value, date):
        return f"{value:%Y-%m}" if column.kind == Kind.MONTH else f"{value:%Y-%m-%d}"
    return value


def _texts(lines: tuple[str, ...]) -> list[str]:
    return [plain(line) for line in lines]


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
