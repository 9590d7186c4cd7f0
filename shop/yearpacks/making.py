"""The job that makes a pack. It may be killed at any moment: another worker begins it anew.

A run says with every step that it is at it. A run that finds its draft taken over or thrown away
stops in silence; one that dies is noticed by its silence.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django_tasks import task

from marketplace.core import audit
from marketplace.core.errors import DomainError
from marketplace.core.worker import LONG
from marketplace.ledger.models import DayRoot, Seal
from marketplace.ledger.queries import Report
from marketplace.ledger.services import seal_events
from marketplace.places.models import Province
from shop.yearpacks import files
from shop.yearpacks.errors import RunLost
from shop.yearpacks.gathering import closed_months, gather, tables_for
from shop.yearpacks.models import PackDraft
from shop.yearpacks.scope import Scope, scope_of
from shop.yearpacks.spool import Spool
from shop.yearpacks.writing import LANGUAGE, STEPS, Written, write_pack

logger = logging.getLogger(__name__)

SILENCE = timedelta(minutes=5)
"""A run that has said nothing for so long has died; one province takes a second."""
MOST_TRIES = 3
State = PackDraft.State
DIED = _("The making was cut off three times. Throw this away, and tell the operators.")
BROKE = _("The making broke off. Throw this away and make it anew, or tell the operators.")


@task(queue_name=LONG)
def make_job(draft_id: int) -> None:
    """Make a draft, unless another run is at it; safe to repeat."""
    run = _take(draft_id)
    if run is None:
        return
    try:
        _make(draft_id, run)
    except RunLost:
        logger.info("pack %s: run %s stops, it is no longer its", draft_id, run)
    except DomainError as error:
        _fail(_ours(draft_id, run), error.message)
    except BaseException:
        # What it was is the job's to keep; people must see that it ended.
        _fail(_ours(draft_id, run), BROKE)
        raise


def take_up_lost() -> int:
    """Begin anew what died; give up what died three times. Returns how many were begun."""
    silent = PackDraft.objects.filter(state=State.MAKING, touched_at__lt=timezone.now() - SILENCE)
    _fail(silent.filter(tries__gte=MOST_TRIES), DIED)
    begun = 0
    for draft in silent.filter(tries__lt=MOST_TRIES):
        still = silent.filter(pk=draft.pk)
        with transaction.atomic():
            if still.update(touched_at=timezone.now(), run=None):
                make_job.enqueue(draft.pk)
                begun += 1
    return begun


def _take(draft_id: int) -> UUID | None:
    """Take the draft unless a run is at it; the row count says who won."""
    now, run = timezone.now(), uuid4()
    free = Q(run=None) | Q(touched_at__lt=now - SILENCE)
    waiting = PackDraft.objects.filter(free, pk=draft_id, state=State.MAKING)
    taken = waiting.update(run=run, touched_at=now, tries=F("tries") + 1, steps_done=0)
    return run if taken else None


def _ours(draft_id: int, run: UUID):
    return PackDraft.objects.filter(pk=draft_id, run=run, state=State.MAKING)


def _fail(drafts, message) -> None:
    words = {}
    for language in ("th", "en"):
        with override(language):
            words[f"problem_{language}"] = str(message)[:300]
    drafts.update(state=State.FAILED, **words)


def _make(draft_id: int, run: UUID) -> None:
    ours = _ours(draft_id, run)
    scope = _settled(ours)
    with TemporaryDirectory(prefix="year-pack-") as name, override(LANGUAGE):
        step = _stepper(ours)
        country, spool, written = make_files(scope, Path(name), step)
        files.store(written.path, written.sha256)
    # The file stays where another run took over: that one makes the same bytes.
    if not _finish(ours, scope, written, _facts(country, spool)):
        raise RunLost


def make_files(
    scope: Scope, folder: Path, step: Callable[[], None]
) -> tuple[Report, Spool, Written]:
    """All files of a pack, in a folder; the same scope and ledger: the same bytes."""
    with Spool(folder, tables_for(scope)) as spool:
        country = gather(scope, spool, step)
    written = write_pack(scope, spool, country, closed_months(scope), folder, step)
    return country, spool, written


def _settled(ours) -> Scope:
    """The scope of a draft: what is known is decided once, when its making first began."""
    draft = ours.select_related("before").first()
    if draft is None:
        raise RunLost
    if draft.up_to_seal is None:
        seal_events()
        last, root = Seal.objects.order_by("-pk").first(), DayRoot.objects.order_by("-day").first()
        draft.up_to_seal = last.pk if last else 0
        draft.root_day = root.day if root else None
    steps = Province.objects.count() + STEPS
    facts = {"up_to_seal": draft.up_to_seal, "root_day": draft.root_day, "steps": steps}
    if not ours.update(**facts):
        raise RunLost
    return scope_of(draft)


def _stepper(ours) -> Callable[[], None]:
    """Say that a step is done; raises RunLost where this run is no longer at it."""

    def step() -> None:
        if not ours.update(steps_done=F("steps_done") + 1, touched_at=timezone.now()):
            raise RunLost

    return step


def _finish(ours, scope: Scope, written: Written, facts: dict) -> bool:
    with transaction.atomic():
        draft = ours.select_for_update().first()
        if draft is None:
            return False
        ours.update(
            sha256=written.sha256,
            tables_sha256=written.tables_sha256,
            size_bytes=written.size_bytes,
            facts=facts,
            state=State.READY,
            run=None,
        )
        audit.note(
            actor=None,
            act="yearpack.made",
            target=f"fiscal-year:{scope.fiscal_year_be}",
            number=scope.number,
            sha256=written.sha256,
        )
    return True


def _facts(country: Report, spool: Spool) -> dict:
    """What the desk tells before anybody opens the file."""
    return {
        "rows": spool.counts,
        "income_satang": country.total.income_satang,
        "declared_satang": country.total.declared_satang,
        "villages": country.total.villages,
        "villages_selling": country.total.villages_selling,
    }
