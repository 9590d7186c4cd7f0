"""The job that makes a pack. It may be killed at any moment: another worker begins it anew, and one
that finds its draft taken over or thrown away stops in silence (`core/long_work.py`).
"""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django_tasks import task

from marketplace.core import audit, long_work
from marketplace.core.long_work import TakenOver
from marketplace.core.worker import LONG
from marketplace.ledger.models import DayRoot, Seal
from marketplace.ledger.queries import Report
from marketplace.ledger.services import seal_events
from marketplace.places.models import Province
from shop.yearpacks import files
from shop.yearpacks.gathering import closed_months, gather, tables_for
from shop.yearpacks.languages import LANGUAGE
from shop.yearpacks.models import PackDraft
from shop.yearpacks.scope import Scope, scope_of
from shop.yearpacks.spool import Spool
from shop.yearpacks.writing import STEPS, Written, write_pack

State = PackDraft.State
DIED = _("The making was cut off three times. Throw this away, and tell the operators.")
BROKE = _("The making broke off. Throw this away and make it anew, or tell the operators.")


@task(queue_name=LONG)
def make_job(draft_id: int) -> None:
    """Make a draft, unless another run is at it; safe to repeat."""
    draft = PackDraft.begin(draft_id, steps_done=0)
    if draft is None:
        return
    long_work.finish(draft, lambda: _make(draft), _fail, BROKE)


def take_up_lost() -> int:
    """Begin anew what died; give up what died three times. Returns how many were begun."""
    return long_work.take_up_lost(
        PackDraft,
        lambda draft: make_job.enqueue(draft.pk),
        lambda _draft, still_so: _fail(still_so, DIED),
    )


def _fail(drafts, message) -> None:
    words = {}
    for language in ("th", "en"):
        with override(language):
            words[f"problem_{language}"] = str(message)[:300]
    drafts.update(state=State.FAILED, **words)


def _make(draft: PackDraft) -> None:
    scope = _settled(draft)
    with TemporaryDirectory(prefix="year-pack-") as name, override(LANGUAGE):
        country, spool, written = make_files(
            scope, Path(name), lambda: draft.say(steps_done=F("steps_done") + 1)
        )
        files.store(written.path, written.sha256)
    # The file stays where another run took over: that one makes the same bytes.
    if not _finish(draft, scope, written, _facts(country, spool)):
        raise TakenOver


def make_files(
    scope: Scope, folder: Path, step: Callable[[], None]
) -> tuple[Report, Spool, Written]:
    """All files of a pack, in a folder; the same scope and ledger: the same bytes."""
    with Spool(folder, tables_for(scope)) as spool:
        country = gather(scope, spool, step)
    written = write_pack(scope, spool, country, closed_months(scope), folder, step)
    return country, spool, written


def _settled(draft: PackDraft) -> Scope:
    """The scope of a draft: what is known is decided once, when its making first began."""
    if draft.up_to_seal is None:
        seal_events()
        last, root = Seal.objects.order_by("-pk").first(), DayRoot.objects.order_by("-day").first()
        draft.up_to_seal = last.pk if last else 0
        draft.root_day = root.day if root else None
    steps = Province.objects.count() + STEPS
    draft.say(up_to_seal=draft.up_to_seal, root_day=draft.root_day, steps=steps)
    return scope_of(draft)


def _finish(draft: PackDraft, scope: Scope, written: Written, facts: dict) -> bool:
    with transaction.atomic():
        if draft.ours.select_for_update().first() is None:
            return False
        draft.ours.update(
            sha256=written.sha256,
            tables_sha256=written.tables_sha256,
            size_bytes=written.size_bytes,
            facts=facts,
            state=State.READY,
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
