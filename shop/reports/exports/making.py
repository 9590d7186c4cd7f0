"""What a worker does with an export: read row by row, write to the disk, say how far it is.

Memory does not grow with the rows, save for a PDF, which is laid out as a whole and so has at most
5,000. However often a job is given out, one file is kept (`core/long_work.py`).
"""

import hashlib
import logging
import secrets
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from tempfile import TemporaryFile
from typing import Generic, TypeVar

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from marketplace.accounts.permissions import report_areas
from marketplace.core import bilingual, long_work, worker
from marketplace.core.documents.document import Document
from marketplace.core.documents.errors import TooManyRowsForPdf
from marketplace.core.documents.formats import file_name, write
from marketplace.core.long_work import TakenOver
from marketplace.core.private_files import private_storage
from marketplace.ledger.periods import parse_period
from marketplace.ledger.queries import (
    Question,
    count_rows,
    count_shares,
    names_of,
    report_in_parts,
    shares_in_chunks,
)
from marketplace.places.services import UnknownArea
from shop.reports.aims import aims_of
from shop.reports.asking import AskForm, asked_of
from shop.reports.backoffice.access import may_read
from shop.reports.documents import report_document
from shop.reports.exports.desks import OWN_FIELDS, desk_document
from shop.reports.exports.errors import Broken, CannotAsk, MayNotRead, MayNotReadHeir
from shop.reports.exports.sizes import is_too_long
from shop.reports.following import Followed, followed, said
from shop.reports.models import Export
from shop.reports.sales_document import sales_document

logger = logging.getLogger(__name__)
State = Export.State
T = TypeVar("T")

FOLDER = "exports"
KEPT = timedelta(days=7)
"""Long enough for a week away; not longer, since a file knows nothing of rights taken away, and the
question can be asked again at any time."""
PAUSE_SECONDS = 2.0
"""Between two words of how far it is."""


@task(queue_name=worker.LONG)
def make_export_job(export_id: int) -> None:
    make(export_id)


def make(export_id: int) -> None:
    """Make the file of an export that waits; called for one that does not, nothing happens.

    It ends ready, or failed with a sentence for who asked. A mistake of ours is raised besides.
    """
    export = Export.begin(export_id, rows_done=0, rows_to_do=None)
    if export is None:
        return
    with override(export.language):
        long_work.finish(export, lambda: _make(export), fail, Broken.message)


def fail(exports: QuerySet[Export], words: str) -> None:
    """In the active language."""
    exports.update(state=State.FAILED, finished_at=timezone.now(), error=str(words))


def _make(export: Export) -> None:
    found = followed_of(export)
    with TemporaryFile() as file:
        is_flat = export.format == "csv"
        document = said(document_of(export, found.area), found, is_flat=is_flat)
        write(document, export.format, file)
        size_bytes = file.seek(0, 2)
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        name = f"{FOLDER}/{secrets.token_hex(16)}.{export.format}"
        name = private_storage().save(name, File(file))
    now = timezone.now()
    is_ours = export.ours.update(
        state=State.READY,
        name=name,
        file_name=file_name(document, export.format),
        size_bytes=size_bytes,
        sha256=sha256,
        heir=found.area if found.gone else "",
        rows_to_do=F("rows_done"),
        finished_at=now,
        expires_at=now + KEPT,
    )
    if not is_ours:
        private_storage().delete(name)
        raise TakenOver
    logger.info("export %s is ready, %s bytes", export.pk, size_bytes)


def followed_of(export: Export) -> Followed:
    """Whose figures it will have. Raises MayNotRead where they are no longer theirs who asked;
    AreaDivided where there is no one report of them."""
    areas = report_areas(export.asked_by)
    try:
        return followed(export.area, parse_period(export.asked["period"]), areas)
    except PermissionDenied:
        raise MayNotReadHeir if may_read(export.area, areas) else MayNotRead from None


def document_of(export: Export, area: str) -> Document:
    """The document of its question about this area, in the active language, as the page would hand
    it out."""
    if export.kind in OWN_FIELDS:
        return desk_document(export, area, lambda rows: _counted(export, rows))
    form = question_of(export)
    question, is_flat = replace(form.question, area=area), export.format == "csv"
    if export.kind == Export.Kind.SALES:
        return _sales(export, question)
    to_do = count_rows(question)
    demand_room(export, to_do or 0)
    report, rows = report_in_parts(question, form.held_against)
    counted = Counted(export, rows, len(report.rows) if to_do is None else to_do)
    aims = aims_of(report, rows)
    return report_document(report, timezone.now(), is_flat=is_flat, aims=aims, rows=counted)


def _sales(export: Export, question: Question) -> Document:
    to_do = count_shares(question)
    demand_room(export, to_do)
    names = names_of([question.area], question.period)
    if question.area not in names:
        raise UnknownArea
    rows = Counted(export, shares_in_chunks(question), to_do)
    return sales_document(question, bilingual.pick(*names[question.area]), rows, timezone.now())


def _counted(export: Export, rows: Sequence[T]) -> "Counted[T]":
    """Rows that are known already. Raises TooManyRowsForPdf."""
    demand_room(export, len(rows))
    return Counted(export, rows, len(rows))


def question_of(export: Export) -> AskForm:
    """Raises CannotAsk for fields that make no question, and what a form raises."""
    form = asked_of(export.asked, export.area)
    if not form.is_valid():
        raise CannotAsk
    return form


def demand_room(export: Export, rows: int) -> None:
    if export.format == "pdf" and is_too_long("pdf", rows):
        raise TooManyRowsForPdf


class Counted(Generic[T]):
    """The same rows, counted in the export's row as they are written. Where they make a second
    table, what was said stays, and only that somebody is at it is said again."""

    def __init__(self, export: Export, rows: Iterable[T], to_do: int) -> None:
        self.export, self.rows, self.to_do = export, rows, to_do
        self.done = 0

    def __iter__(self) -> Iterator[T]:
        """Raises TakenOver once the export is another worker's."""
        self._say()
        said_at = time.monotonic()
        for number, row in enumerate(self.rows, start=1):
            yield row
            self.done = max(self.done, number)
            if time.monotonic() - said_at >= PAUSE_SECONDS:
                self._say()
                said_at = time.monotonic()
        self._say()

    def _say(self) -> None:
        self.export.say(rows_done=self.done, rows_to_do=max(self.done, self.to_do))
