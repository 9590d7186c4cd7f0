"""Run an import: read, judge, stage, and make drafts of what is proven, 200 rows at a time.

Safe to stop and to repeat: a row is known by its source and the hash of its cells, a product by
its village and name or by the list's own code. Rows already known are counted and left alone.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from pathlib import Path

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from marketplace.core.spreadsheet import read_table
from marketplace.provenance.imports import reasons
from marketplace.provenance.imports.drafts import DraftPlan, make_drafts
from marketplace.provenance.imports.judging import judge
from marketplace.provenance.imports.layouts import LAYOUTS, Layout, ListRow, recognise
from marketplace.provenance.imports.names import search_key
from marketplace.provenance.imports.placing import Gazetteer, Placing, place
from marketplace.provenance.models import ImportBatch, ImportRow, Provenance
from marketplace.provenance.services.plans import TITLE_MAX_LENGTH

BATCH_ROWS = 200  # a transaction stays under a second on SQLite, where it blocks all others
OPTIONS_MAX = 100  # rows of one product; more are not options but a column read wrongly
Status = ImportRow.Status
Say = Callable[[str], None]


@dataclass
class Report:
    """What became of the rows of one run: read = ok + warning + review + rejected + already."""

    source: str
    layout: str
    read: int = 0
    ok: int = 0
    warning: int = 0
    review: int = 0
    rejected: int = 0
    already: int = 0
    placed: int = 0  # in a tambon, of all rows read
    villages: int = 0  # of these, with a proven village code
    drafts: int = 0  # products made
    reasons: dict[str, int] = field(default_factory=dict)


@dataclass
class _Staged:
    """The rows of one product with our judgement, on their way to the staging table."""

    rows: Sequence[ListRow]
    hashes: Sequence[str]
    status: str
    reason: str
    facts: dict
    placing: Placing
    draft: DraftPlan | None = None
    product_id: int | None = None  # of a product that was there before

    @property
    def key(self) -> tuple[str, str]:
        return self.placing.village_code, self.facts.get("title_th", "")


class _Run:
    """One import under way: what it needs to know of the rows before, and its counts."""

    def __init__(self, source: str, layout: Layout, default_type: str, is_dry: bool) -> None:
        self.source, self.layout, self.is_dry = source, layout, is_dry
        self.default_type = default_type
        self.gazetteer = Gazetteer()
        self.report = Report(source, layout.name)
        # A dry run writes nothing, so what it would have written is remembered here.
        self.seen_hashes: set[str] = set()
        self.seen_codes: set[str] = set()
        self.seen_products: set[tuple[str, str]] = set()


def import_products(
    path: Path,
    *,
    source: str,
    layout: str = "",
    default_type: str = "",
    dry_run: bool = False,
    by: AbstractBaseUser | None = None,
    say: Say = lambda line: None,
) -> Report:
    """Stage the rows of a CSV or XLSX and make drafts of those whose village is proven.

    `source` names the list, the same each time it is imported. `default_type` is the official
    type of a list that holds only one. Called twice with one file: the second run reads all rows
    as already known. Stopped anywhere: run it again. `dry_run` counts and writes nothing. Raises
    UnreadableTable, TableTooLarge, BadHeader or UnknownLayout before anything is stored.
    """
    chosen, rows = _checked(path, layout)
    run = _Run(source, chosen, default_type, dry_run)
    batch = None if dry_run else _batch(source, chosen)
    for groups in _batches(_groups(chosen.read(row) for row in read_table(path))):
        _import_groups(run, batch, groups, by)
        say(f"{run.report.read}/{rows}")
    if batch:
        batch.rows_read, batch.finished_at = run.report.read, timezone.now()
        batch.save(update_fields=["rows_read", "finished_at"])
    return run.report


def _checked(path: Path, layout: str) -> tuple[Layout, int]:
    """The layout of a table that can be read to its end, and how many rows it has."""
    chosen, count = LAYOUTS.get(layout), 0
    for row in read_table(path):
        chosen = chosen or recognise(row.cells)
        count += 1
    return chosen or LAYOUTS["ours"], count


def _batch(source: str, layout: Layout) -> ImportBatch:
    """The batch that a stopped run left unfinished, else a new one."""
    unfinished = ImportBatch.objects.filter(
        source=source, layout=layout.name, finished_at__isnull=True
    )
    return unfinished.last() or ImportBatch.objects.create(source=source, layout=layout.name)


def _groups(rows: Iterable[ListRow]) -> Iterator[list[ListRow]]:
    """Rows of one product: neighbours under one product code, else each row for itself."""
    for _, group in groupby(rows, key=lambda row: row.product_code or row.line):
        while part := list(islice(group, OPTIONS_MAX)):
            yield part


def _batches(groups: Iterable[list[ListRow]]) -> Iterator[list[list[ListRow]]]:
    waiting, rows = [], 0
    for group in groups:
        if waiting and rows + len(group) > BATCH_ROWS:
            yield waiting
            waiting, rows = [], 0
        waiting.append(group)
        rows += len(group)
    if waiting:
        yield waiting


def _import_groups(
    run: _Run, batch: ImportBatch | None, groups: list[list[ListRow]], by: AbstractBaseUser | None
) -> None:
    """Judge groups by what the database and this run know already, then store them together."""
    for row in (row for group in groups for row in group):
        _count_place(run, row)
    fresh = _unknown_rows(run, groups)
    staged = [_stage(run, rows, hashes) for rows, hashes in fresh]
    _mark_known_codes(run, staged)
    _mark_repeats(run, staged)
    _mark_taken_otop_codes(staged)
    for one in staged:
        _count(run.report, one)
    if batch:
        with transaction.atomic():
            drafts = [one for one in staged if one.draft]
            made = make_drafts([one.draft for one in drafts], by)
            for one, provenance in zip(drafts, made, strict=True):
                one.product_id = provenance.product_id
            _link_repeats(staged)
            _store_rows(run.source, batch, staged)


def _count_place(run: _Run, row: ListRow) -> None:
    placing = place(row, run.gazetteer)
    run.report.read += 1
    run.report.placed += bool(placing.tambon_code)
    run.report.villages += bool(placing.village_code)


def _unknown_rows(run: _Run, groups: list[list[ListRow]]) -> list[tuple[list[ListRow], list[str]]]:
    """The groups without the rows we know, each row with its hash."""
    hashed = [[(row, _hash(row)) for row in group] for group in groups]
    hashes = {digest for group in hashed for _, digest in group}
    stored = ImportRow.objects.filter(source=run.source, row_hash__in=hashes)
    known = run.seen_hashes | set(stored.values_list("row_hash", flat=True))
    fresh = []
    for group in hashed:
        kept = []
        for row, digest in group:
            if digest not in known:
                kept.append((row, digest))
                known.add(digest)
        run.report.already += len(group) - len(kept)
        if kept:
            fresh.append(([row for row, _ in kept], [digest for _, digest in kept]))
    run.seen_hashes |= hashes
    return fresh


def _hash(row: ListRow) -> str:
    """What makes a row the same row: its cells as they were read, not its line."""
    cells = sorted((name, text) for name, text in row.raw.items() if text)
    return hashlib.sha256(json.dumps(cells, ensure_ascii=False).encode()).hexdigest()


def _stage(run: _Run, rows: Sequence[ListRow], hashes: Sequence[str]) -> _Staged:
    verdict = judge(rows, run.default_type)
    if verdict.rejected:
        return _Staged(rows, hashes, Status.REJECTED, verdict.rejected, {}, Placing())
    placing = place(rows[0], run.gazetteer)
    problems = [*verdict.review, *filter(None, [placing.problem])]
    staged = _Staged(rows, hashes, Status.OK, "", verdict.facts, placing)
    staged.facts["producer_name"] = rows[0].producer
    if problems:
        staged.status, staged.reason = Status.REVIEW, " · ".join(problems)
    else:
        staged.reason = placing.remark
        staged.status = Status.WARNING if placing.remark else Status.OK
        staged.draft = draft_plan(staged.facts, placing)
    return staged


def draft_plan(facts: dict, placing: Placing) -> DraftPlan:
    """What is to be made of facts whose village is known."""
    facts = dict(facts)
    return DraftPlan(
        placing.village_code,
        placing.village_name,
        placing.is_code_confirmed,
        facts.pop("producer_name", ""),
        facts,
    )


def _mark_known_codes(run: _Run, staged: list[_Staged]) -> None:
    """A product code of the list that we have made a product of is not touched again."""
    codes = {one.rows[0].product_code for one in staged} - {""}
    stored = ImportRow.objects.filter(source=run.source, product_code__in=codes)
    products = dict(stored.exclude(product=None).values_list("product_code", "product_id"))
    for one in staged:
        code = one.rows[0].product_code
        if one.draft and (code in products or code in run.seen_codes):
            one.status, one.reason, one.draft = Status.WARNING, reasons.CODE_KNOWN, None
            one.product_id = products.get(code)
        elif one.draft and code:
            run.seen_codes.add(code)


def _mark_repeats(run: _Run, staged: list[_Staged]) -> None:
    """A village has a product of one name once, unless the list tells them apart by code."""
    named = [one for one in staged if one.draft and not one.rows[0].product_code]
    found = Provenance.objects.filter(
        producer__home_village__in={one.key[0] for one in named},
        product__title__in={one.key[1] for one in named},
    ).values_list("producer__home_village_id", "product__title", "product_id")
    products = {(code, title): product_id for code, title, product_id in found}
    for one in named:
        if one.key in products or one.key in run.seen_products:
            one.status, one.reason, one.draft = Status.WARNING, reasons.REPEATED, None
            one.product_id = products.get(one.key)
        else:
            run.seen_products.add(one.key)


def _link_repeats(staged: list[_Staged]) -> None:
    """Point repeats at the product that this very batch made."""
    made = {one.key: one.product_id for one in staged if one.draft}
    by_code = {one.rows[0].product_code: one.product_id for one in staged if one.draft}
    for one in staged:
        if one.reason == reasons.REPEATED and not one.product_id:
            one.product_id = made.get(one.key)
        if one.reason == reasons.CODE_KNOWN and not one.product_id:
            one.product_id = by_code.get(one.rows[0].product_code)


def _mark_taken_otop_codes(staged: list[_Staged]) -> None:
    """An OTOP code belongs to one product; the second claim is a person's to settle."""
    claims = [one for one in staged if one.draft and one.facts.get("otop_code")]
    codes = {one.facts["otop_code"] for one in claims}
    taken = set(Provenance.objects.filter(otop_code__in=codes).values_list("otop_code", flat=True))
    for one in claims:
        if one.facts["otop_code"] in taken:
            one.status, one.reason, one.draft = Status.REVIEW, reasons.CODE_TAKEN, None
        taken.add(one.facts["otop_code"])


def _count(report: Report, staged: _Staged) -> None:
    rows = len(staged.rows)
    setattr(report, staged.status, getattr(report, staged.status) + rows)
    report.drafts += 1 if staged.draft else 0
    for reason in filter(None, staged.reason.split(" · ")):
        report.reasons[reason] = report.reasons.get(reason, 0) + rows


def _store_rows(source: str, batch: ImportBatch, staged: list[_Staged]) -> None:
    ImportRow.objects.bulk_create(
        ImportRow(
            source=source,
            row_hash=digest,
            first_batch=batch,
            line_number=row.line,
            raw=dict(row.raw),
            title_th=row.title_th[:TITLE_MAX_LENGTH],
            match_key=search_key(row.title_th),
            product_code=row.product_code[:64],
            facts=one.facts if row is one.rows[0] else {},
            status=one.status,
            reason_th=one.reason[:300],
            tambon_code=one.placing.tambon_code,
            village_code=one.placing.village_code,
            product_id=one.product_id,
        )
        for one in staged
        for row, digest in zip(one.rows, one.hashes, strict=True)
    )
