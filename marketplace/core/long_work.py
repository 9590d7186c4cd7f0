"""Work of minutes on a row of the database, by one worker of many: a file that is made.

A worker that is at it says so in `beat_at`. One that is silent for `SILENT` is dead: the row waits
again and its job is asked for anew, `MOST_TRIES` in all; then it has failed, in words for people.
Each try has a number, and a worker that finds another's in the row stops: however often a job is
given out, one of them ends the work.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Self

from django.db import models, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from marketplace.core.errors import DomainError

logger = logging.getLogger(__name__)

SILENT = timedelta(minutes=5)
"""A worker speaks every few seconds, except while typst sets a PDF (two minutes at most) or a
database counts."""
MOST_TRIES = 3
BATCH_ROWS = 200
WAITING, WORKING, READY, FAILED = "waiting", "working", "ready", "failed"


Fail = Callable[[QuerySet, str], None]
"""Writes rows as failed, with a sentence for people, which may be lazy."""


class TakenOver(Exception):
    """Another worker is at it, it is finished, or somebody threw it away: stop, in silence."""


class LongWork(models.Model):
    """What is worked on. Subclasses have a `State` of the four values above, in their words."""

    UNFINISHED = (WAITING, WORKING)

    state = models.CharField(max_length=7, default=WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    beat_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    @property
    def is_unfinished(self) -> bool:
        return self.state in self.UNFINISHED

    @classmethod
    def begin(cls, pk: int, **facts) -> Self | None:
        """Take a row that waits, with these facts, as its next try; None for one that does not."""
        facts |= {"state": WORKING, "tries": F("tries") + 1, "beat_at": timezone.now()}
        if not cls._default_manager.filter(pk=pk, state=WAITING).update(**facts):
            return None
        return cls._default_manager.get(pk=pk)

    @property
    def ours(self) -> QuerySet[Self]:
        """The row, as long as this try is the one that counts."""
        rows = type(self)._default_manager
        return rows.filter(pk=self.pk, tries=self.tries, state=WORKING)

    def say(self, **facts) -> None:
        """Write down how far it is. Raises TakenOver where this try no longer counts."""
        if not self.ours.update(**facts, beat_at=timezone.now()):
            raise TakenOver


def finish(work: LongWork, make: Callable[[], None], fail: Fail, broken: str) -> None:
    """Make a work that was begun, to the one end of three that it comes to: ready, as `make`
    leaves it; failed, with the sentence of a broken rule or, for a mistake of ours, which is raised
    besides, with `broken`; or another try's.

    A worker that is told to stop in the midst (SystemExit, KeyboardInterrupt) ends nothing, no more
    than one that is killed: the row falls silent and is taken up again.
    """
    try:
        make()
    except TakenOver:
        logger.warning("%s was taken over from try %s", work, work.tries)
    except DomainError as error:
        logger.warning("%s failed: %s", work, type(error).__name__)
        fail(work.ours, error.message)
    except Exception:  # the outermost loop of a job: people must hear of it
        fail(work.ours, broken)
        raise


def take_up_lost(
    model: type[LongWork],
    ask_anew: Callable[[LongWork], None],
    give_up: Callable[[LongWork, QuerySet], None],
) -> int:
    """Give what dead workers left to others; return how much was given on. For a periodic job.

    A job that was lost before a worker began is asked for again as well. `give_up` gets what ended
    its workers too often, and the row to be written as failed, as long as it is still so.
    """
    silent = model._default_manager.filter(
        state__in=LongWork.UNFINISHED, beat_at__lt=timezone.now() - SILENT
    )
    return sum(_take_up(work, ask_anew, give_up) for work in silent.order_by("pk")[:BATCH_ROWS])


def _take_up(work: LongWork, ask_anew: Callable, give_up: Callable) -> bool:
    rows = type(work)._default_manager
    still_so = rows.filter(pk=work.pk, tries=work.tries, beat_at=work.beat_at)
    if work.tries >= MOST_TRIES:
        logger.error("%s ended %s workers", work, work.tries)
        give_up(work, still_so)
        return False
    with transaction.atomic():
        is_given_on = still_so.update(state=WAITING, beat_at=timezone.now()) == 1
        if is_given_on:
            ask_anew(work)
    return is_given_on
