"""Writes a pack from its spool: CSV and XLSX of every table, a summary, the method, a manifest.

The ZIP has the same bytes for the same rows: fixed times, sorted names, nothing of this machine.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from marketplace.core.documents import csv_document, pdf_document, xlsx_document
from marketplace.core.documents.document import Document
from marketplace.core.documents.steady_zip import SteadyZip
from marketplace.ledger.models import DayRoot, MonthClose, Seal
from marketplace.ledger.queries import Report
from marketplace.ledger.sealing import in_utc, public_root
from shop.yearpacks.columns import PackTable
from shop.yearpacks.files import hash_at
from shop.yearpacks.languages import LANGUAGE, LANGUAGES
from shop.yearpacks.method import method_note, source_lines
from shop.yearpacks.scope import Scope
from shop.yearpacks.spool import Spool
from shop.yearpacks.summary import summary_document, titles

MANIFEST, METHOD, SUMMARY, WORKBOOK = "manifest.json", "method.txt", "summary.pdf", "tables.xlsx"


@dataclass(frozen=True)
class Written:
    """A whole pack on the disk."""

    path: Path
    sha256: str
    tables_sha256: str
    size_bytes: int


def write_pack(
    scope: Scope,
    spool: Spool,
    country: Report,
    months: Sequence[MonthClose],
    folder: Path,
    step: Callable[[], None],
) -> Written:
    """Write all files and the ZIP into the folder, calling `step` after each of the four parts."""
    inside = folder / "inside"
    (inside / "tables").mkdir(parents=True)
    csv_names = _write_csvs(scope, spool, inside)
    tables_sha256 = tables_hash({name: hash_at(inside / name) for name in csv_names})
    step()
    note = method_note(scope, country, months, spool.counts["events"])
    sources = source_lines(scope, tables_sha256)
    _write_method(inside / METHOD, note, sources)
    whole = document_of(scope, [spool.table(key) for key in spool.tables], note, sources)
    with (inside / WORKBOOK).open("wb") as file:
        xlsx_document.write(whole, file)
    step()
    with (inside / SUMMARY).open("wb") as file:
        pdf_document.write(summary_document(scope, spool, country, months, note, sources), file)
    step()
    _write_manifest(inside, scope, spool, months, tables_sha256)
    path = folder / "pack.zip"
    _write_zip(inside, path)
    step()
    return Written(path, hash_at(path), tables_sha256, path.stat().st_size)


STEPS = 4
"""How often `write_pack` calls `step`."""


def csv_name(number: int, key: str) -> str:
    return f"tables/{number}-{key}.csv"


def tables_hash(hashes: dict[str, str]) -> str:
    """One number for all CSV files: of their hashes in the order of their names, as `sha256sum`
    lists them. It is printed on paper, where the hash of the ZIP cannot stand."""
    lines = "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes))
    return hashlib.sha256(lines.encode()).hexdigest()


def _write_csvs(scope: Scope, spool: Spool, inside: Path) -> list[str]:
    names = []
    for number, key in enumerate(spool.tables, start=1):
        table = spool.table(key)
        names.append(csv_name(number, key))
        with (inside / names[-1]).open("wb") as file:
            file.writelines(csv_document.lines(document_of(scope, [table]), table))
    return names


def document_of(scope: Scope, tables: Sequence, note=None, sources=()) -> Document:
    """Tables as a document, in the language of packs."""
    title, subtitle_lines = titles(scope)
    return Document(
        file_name="tables",
        title=title,
        subtitle_lines=subtitle_lines,
        tables=tuple(tables),
        notes=tuple(line for language in LANGUAGES for line in (note or {}).get(language, ())),
        source_lines=sources,
        made_at=scope.made_at,
        language=LANGUAGE,
    )


def _write_method(path: Path, note: dict[str, list[str]], sources: Sequence[str]) -> None:
    parts = ["\n".join(note[language]) for language in LANGUAGES]
    path.write_text("\n\n".join([*parts, "\n".join(sources)]) + "\n", encoding="utf-8")


def _write_manifest(
    inside: Path, scope: Scope, spool: Spool, months: Sequence[MonthClose], tables_sha256: str
) -> None:
    manifest = {
        "pack": pack_facts(scope),
        "ledger": ledger_facts(scope, months),
        "tables_sha256": tables_sha256,
        "tables": [
            _table(number, table, spool.counts[table.key])
            for number, table in enumerate(spool.tables.values(), start=1)
        ],
        "files": [
            {
                "name": name,
                "bytes": (inside / name).stat().st_size,
                "sha256": hash_at(inside / name),
            }
            for name in names_in(inside)
        ],
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (inside / MANIFEST).write_text(text + "\n", encoding="utf-8")


def pack_facts(scope: Scope) -> dict:
    """What the manifest says of the pack itself."""
    return {
        "fiscal_year_be": scope.fiscal_year_be,
        "number": scope.number,
        "reason": scope.reason,
        "first": str(scope.year.first),
        "last": str(scope.year.last),
        "made_at": in_utc(scope.made_at),
        "amends_sha256": scope.before_sha256,
    }


def ledger_facts(scope: Scope, months: Sequence[MonthClose]) -> dict:
    """What the manifest says of the ledger: what was known, and the closes it is tied to."""
    seal = Seal.objects.filter(pk=scope.up_to_seal).first()
    root = DayRoot.objects.filter(pk=scope.root_day).first() if scope.root_day else None
    return {
        "after_seal": scope.after_seal,
        "up_to_seal": scope.up_to_seal,
        "chain_hash": seal.chain_hash if seal else "",
        "root": public_root(root) if root else None,
        "months": [
            {
                "month": f"{month.month:%Y-%m}",
                "events": month.event_count,
                "transfers": month.transfer_count,
                "income_satang": month.income_satang,
                "totals_hash": month.totals_hash,
                "closed_at": month.closed_at.astimezone(UTC).isoformat(timespec="seconds"),
            }
            for month in months
        ],
    }


def _table(number: int, table: PackTable, rows: int) -> dict:
    return {
        "key": table.key,
        "file": csv_name(number, table.key),
        "rows": rows,
        "columns": [
            {"key": column.key, "kind": str(column.kind), "title": str(column.title)}
            for column in table.columns
        ],
    }


def names_in(folder: Path) -> list[str]:
    """Files of a folder and below, by their names inside a ZIP, sorted."""
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def _write_zip(inside: Path, path: Path) -> None:
    with path.open("wb") as file, SteadyZip(file) as archive:
        for name in names_in(inside):
            with (inside / name).open("rb") as source, archive.entry(name) as target:
                shutil.copyfileobj(source, target)
