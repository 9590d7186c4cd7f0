"""Proof that a stored pack is what was signed, and that the ledger still says the same.

Three looks: the file against its hash; what is inside against the manifest, and the manifest
against the signed row; the figures against the ledger, made anew. Each yields its differences in
words; names and villages that the register learnt later are no difference.
"""

import csv
import json
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from django.utils.translation import override

from marketplace.core.documents import csv_document
from marketplace.core.documents.document import Kind
from marketplace.core.errors import DomainError
from marketplace.ledger.models import Seal
from shop.yearpacks import files
from shop.yearpacks.columns import REGISTERED
from shop.yearpacks.gathering import closed_months, gather, tables_for
from shop.yearpacks.languages import LANGUAGE
from shop.yearpacks.models import YearPack
from shop.yearpacks.scope import scope_of
from shop.yearpacks.spool import Spool
from shop.yearpacks.writing import (
    MANIFEST,
    csv_name,
    document_of,
    ledger_facts,
    pack_facts,
    tables_hash,
)

_COUNTED = {str(kind) for kind in Kind if kind.is_figure}
_KEY_COLUMNS = ("seal", "code", "month")
"""What tells the rows of a table apart, as far as it has them."""


def verify_pack(pack: YearPack) -> Iterator[str]:
    """Every difference of a signed pack, a sentence each; none is well."""
    try:
        file = files.checked(pack.sha256)
    except DomainError as error:
        yield str(error)
        return
    try:
        with file, ZipFile(file) as archive:
            yield from _inside(pack, archive)
            yield from _against_ledger(pack, archive)
    except (BadZipFile, KeyError, ValueError) as error:
        yield f"the file cannot be read: {error}"


def _inside(pack: YearPack, archive: ZipFile) -> Iterator[str]:
    manifest = json.loads(archive.read(MANIFEST))
    told = {one["name"]: one for one in manifest["files"]}
    found = set(archive.namelist()) - {MANIFEST}
    for name in sorted(found ^ set(told)):
        yield f"{name}: in the file or in the manifest, not in both"
    hashes = {name: _hash_in(archive, name) for name in sorted(found & set(told))}
    for name, digest in hashes.items():
        if digest != told[name]["sha256"]:
            yield f"{name}: its hash is not that of the manifest"
    tables = {name: digest for name, digest in hashes.items() if name.startswith("tables/")}
    if not tables_hash(tables) == manifest["tables_sha256"] == pack.tables_sha256:
        yield "the hash of the tables is not the one that was signed"
    scope = scope_of(pack)
    if manifest["pack"] != pack_facts(scope):
        yield "the manifest tells of another pack than the one that was signed"
    if pack.size_bytes != archive.fp.seek(0, 2):
        yield "the file has another size than the one that was signed"


def _hash_in(archive: ZipFile, name: str) -> str:
    with archive.open(name) as file:
        return files.hash_of(file)


# --- Against the ledger --------------------------------------------------------------------------
def _against_ledger(pack: YearPack, archive: ZipFile) -> Iterator[str]:
    scope = scope_of(pack)
    manifest = json.loads(archive.read(MANIFEST))
    if not Seal.objects.filter(pk=pack.up_to_seal).exists() and pack.up_to_seal:
        yield "the ledger has no longer the last seal that the pack knows of"
    with TemporaryDirectory(prefix="year-pack-") as name, override(LANGUAGE):
        try:
            if manifest["ledger"] != ledger_facts(scope, closed_months(scope)):
                yield "the closed months, seals or roots of the ledger are others now"
            with Spool(Path(name), tables_for(scope)) as spool:
                gather(scope, spool, lambda: None)
        except DomainError as error:
            yield str(error)
            return
        told = {one["file"]: one["columns"] for one in manifest["tables"]}
        for number, key in enumerate(spool.tables, start=1):
            name = csv_name(number, key)
            yield from _table_against_ledger(archive, name, spool.table(key), told[name], scope)


def _table_against_ledger(archive, name, table, told, scope) -> Iterator[str]:
    """`told` are the columns as the manifest has them: a signed pack keeps its headings, which may
    be said otherwise today; keys tell what a column is."""
    columns = table.columns
    lines = csv_document.lines(document_of(scope, [table]), table)
    now = csv.reader(line.decode("utf-8-sig") for line in lines)
    with archive.open(name) as file:
        stored = csv.reader(TextIOWrapper(file, encoding="utf-8-sig", newline=""))
        header = next(stored, None)
        next(now)  # the byte order mark stands before the header, as a line of its own
        next(now)
        told_keys = [one["key"] for one in told]
        is_told = header == [one["title"] for one in told]
        if not is_told or told_keys != [column.key for column in columns]:
            yield f"{name}: its columns are others now"
            return
        kept = [place for place, column in enumerate(columns) if _is_fact(column)]
        keys = [place for place, column in enumerate(columns) if column.key in _KEY_COLUMNS]
        for difference in _compared(stored, now, kept, keys):
            yield f"{name}: {difference}"


def _is_fact(column) -> bool:
    """Whether the ledger alone says it."""
    if column.key == REGISTERED:
        return False
    return str(column.kind) in _COUNTED or column.key == "totals_hash"


def _compared(stored, now, kept: list[int], keys: list[int]) -> Iterator[str]:
    """Rows of both, which come in the same order; one that only the ledger has may be of zeros:
    a village that the register learnt of later."""
    waiting = next(stored, None)
    for row in now:
        if waiting is not None and _key(row, keys) == _key(waiting, keys):
            if _facts(row, kept) != _facts(waiting, kept):
                yield f"{_key(row, keys)}: figures are others in the ledger"
            waiting = next(stored, None)
        elif any(_number(row[place]) for place in kept):
            yield f"{_key(row, keys)}: in the ledger and not in the file"
    while waiting is not None:
        yield f"{_key(waiting, keys)}: in the file and not in the ledger"
        waiting = next(stored, None)


def _key(row: list[str], keys: list[int]) -> str:
    """Codes, numbers and months are ASCII. What is not is the label of the total, which may be
    said otherwise in a pack that was signed before."""
    cells = [row[place].strip('="') for place in keys]
    return " ".join(cell if cell.isascii() else "total" for cell in cells)


def _facts(row: list[str], kept: list[int]) -> list[str]:
    return [row[place] for place in kept]


def _number(cell: str) -> bool:
    """Whether a cell is anything but nothing."""
    return cell.strip("0.") != ""
