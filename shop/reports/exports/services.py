"""Ask for a file, take up what a dead worker left, and throw old files away."""

import hashlib
import json
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override

from marketplace.core import long_work
from marketplace.core.documents.formats import FORMATS
from marketplace.core.private_files import private_storage
from shop.reports.exports import making
from shop.reports.exports.errors import CannotAsk, FileGone, TooManyExports, WorkersDied
from shop.reports.models import Export
from shop.reports.words import file_language

logger = logging.getLogger(__name__)
State = Export.State

MOST_AT_A_TIME = 5
KNOWN = timedelta(days=30)
"""How long a row is kept after its file: an old link says what became of it."""


def ask(
    *,
    kind: str,
    asked: Mapping[str, str],
    format: str,
    by: AbstractBaseUser,
    language: str = "",
    is_limited: bool = True,
) -> Export:
    """Let a worker make a file of a question, as `asking.fields_of` gives it.

    In the language of the page unless told. Asked again while the same is being made for the same
    person: that one. Raises CannotAsk for an unknown kind or format, and, where `is_limited`,
    TooManyExports.
    """
    if kind not in Export.Kind or format not in FORMATS:
        raise CannotAsk
    language = language or file_language()
    what = {"kind": str(kind), "asked": dict(asked), "format": format, "language": language}
    key = hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()
    same = Export.objects.filter(asked_by=by, key=key)
    try:
        with transaction.atomic():
            return same.unfinished().first() or _new(by, key, what, is_limited=is_limited)
    except IntegrityError:  # another tap was quicker
        return same.latest("pk")


def _new(by: AbstractBaseUser, key: str, what: dict, *, is_limited: bool) -> Export:
    if is_limited and Export.objects.unfinished().filter(asked_by=by).count() >= MOST_AT_A_TIME:
        raise TooManyExports
    export = Export.objects.create(asked_by=by, key=key, **what)
    making.make_export_job.enqueue(export.pk)
    return export


def take_up_lost() -> int:
    """Give exports of dead workers to others, and give up those that end their workers; return how
    many were given on. Comes round each minute."""
    return long_work.take_up_lost(
        Export, lambda export: making.make_export_job.enqueue(export.pk), _give_up
    )


def _give_up(export: Export, still_so: QuerySet) -> None:
    with override(export.language):
        making.fail(still_so, WorkersDied.message)


def remove_old() -> int:
    """Delete the files of expired exports, files that no row names, and rows of long ago; return
    how many files went. Comes round each day, safe to repeat.

    A file goes before its name: after a crash the row is found again.
    """
    now = timezone.now()
    removed = 0
    for pk, name in list(Export.objects.expired(now).exclude(name="").values_list("pk", "name")):
        private_storage().delete(name)
        removed += Export.objects.filter(pk=pk, name=name).update(name="")
    Export.objects.filter(name="", finished_at__lt=now - making.KEPT - KNOWN).delete()
    return removed + _remove_unnamed(now)


def _remove_unnamed(now: datetime) -> int:
    """Files of workers that died between writing and saying so."""
    storage = private_storage()
    if not storage.exists(making.FOLDER):
        return 0
    removed = 0
    for short in storage.listdir(making.FOLDER)[1]:
        name = f"{making.FOLDER}/{short}"
        is_old = storage.get_modified_time(name) < now - timedelta(days=1)
        if is_old and not Export.objects.filter(name=name).exists():
            storage.delete(name)
            removed += 1
    return removed


def mark_gone(export: Export) -> None:
    """Note that a file that should be there is not, so that it can be asked for again."""
    logger.error("export %s has lost its file", export.pk)
    Export.objects.filter(pk=export.pk, state=State.READY).update(
        state=State.FAILED, name="", error=str(FileGone())
    )
