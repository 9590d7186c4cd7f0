"""Background work: jobs from the queue, jobs of workers that died, and jobs that come round.

The queue is django-tasks-db's table, so that a job exists exactly when the transaction that asked
for it does. Any number of workers may run on any number of machines: a job, and a round of a
periodic job, is taken by one of them. Everything that is run here is safe to repeat, because a
machine can die after the work and before the note that it is done.

Jobs that take minutes (`@task(queue_name=LONG)`) run in a thread of their own, one at a time:
mails, payments and rounds must not wait for them. They say themselves, in a table of theirs, that
they are alive.
"""

import logging
import secrets
import signal
import socket
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as QueueRunner
from django_tasks_db.models import DBTaskResult

from marketplace.core.models import JobLease
from marketplace.core.periodic import Periodic, all_jobs

logger = logging.getLogger(__name__)

LONG = "long"
PAUSE_SECONDS = 1.0
PAUSE_WITHOUT_DATABASE_SECONDS = 5.0
REAP_SECONDS = 10.0
JOB_LIMIT = timedelta(minutes=10)
"""A job that runs for longer belongs to a dead worker and is given to another."""
LONG_JOB_LIMIT = timedelta(days=1)
ROUND_LIMIT = timedelta(minutes=10)
"""How long a worker may hold a periodic job before another one takes it over."""
MOST_TRIES = 3
"""A job that has ended so many workers is not given to another."""
KEPT = timedelta(days=7)
BATCH_ROWS = 500


ALL_JOBS, SHORT_JOBS, LONG_JOBS = Q(), ~Q(queue_name=LONG), Q(queue_name=LONG)


def run_ready_jobs(
    worker_id: str = "in-process", limit: int | None = None, which: Q = ALL_JOBS
) -> int:
    """Run the jobs that wait now, and those they ask for; return how many were run.

    A job that fails is marked so and does not stop the others.
    """
    done = 0
    while (limit is None or done < limit) and (job := _claim(worker_id, which)):
        _runner(worker_id).run_task(job)
        done += 1
    return done


def _claim(worker_id: str, which: Q) -> DBTaskResult | None:
    """Take the next job, or None; reads first, because a look must not lock SQLite."""
    ready = DBTaskResult.objects.ready().filter(which)
    if not ready.exists():
        return None
    with transaction.atomic():
        job = ready.get_locked()
        if job:
            job.claim(worker_id)
    return job


def _runner(worker_id: str) -> QueueRunner:
    """Return the package's own runner: it marks the end of a job and sends its signals."""
    return QueueRunner(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
        excluded_queue_names=[],
    )


def reap_jobs(limit: timedelta = JOB_LIMIT) -> int:
    """Give jobs of dead workers to others, and give up those that keep ending their workers.

    Returns how many were given on. A job that is merely slow may so run twice at once; long ones
    get a day, since they look after themselves.
    """
    now = timezone.now()
    lost = DBTaskResult.objects.running().filter(
        (SHORT_JOBS & Q(started_at__lt=now - limit))
        | (LONG_JOBS & Q(started_at__lt=now - LONG_JOB_LIMIT))
    )
    given_on = 0
    for job in lost:
        still_so = lost.filter(pk=job.pk, started_at=job.started_at)
        if len(job.worker_ids) >= MOST_TRIES:
            logger.error("job %s (%s) ended %s workers", job.pk, job.task_path, MOST_TRIES)
            still_so.update(status=TaskResultStatus.FAILED, finished_at=timezone.now())
        else:
            given_on += still_so.update(status=TaskResultStatus.READY, started_at=None)
            logger.warning("job %s (%s) lost its worker", job.pk, job.task_path)
    return given_on


def forget_finished_jobs() -> int:
    """Delete what succeeded a week ago, in batches; what failed stays to be read."""
    old = DBTaskResult.objects.successful().filter(finished_at__lt=timezone.now() - KEPT)
    total = 0
    while ids := list(old.order_by().values_list("pk", flat=True)[:BATCH_ROWS]):
        total += DBTaskResult.objects.filter(pk__in=ids).delete()[0]
    return total


def run_due_rounds(worker_id: str = "in-process") -> list[str]:
    """Run the periodic jobs that are due and held by nobody; return their names.

    One that fails is logged and comes round again at its usual time.
    """
    now, jobs, ran = timezone.now(), all_jobs(), []
    leases = JobLease.objects.in_bulk([job.name for job in jobs])
    for job in jobs:
        lease = leases.get(job.name) or _first_lease(job, now)
        if lease.due_at <= now and _take(job, worker_id):
            _run_round(job, worker_id)
            ran.append(job.name)
    return ran


def _first_lease(job: Periodic, now: datetime) -> JobLease:
    defaults = {"due_at": now}
    return JobLease.objects.get_or_create(name=job.name, defaults=defaults)[0]


def _take(job: Periodic, worker_id: str) -> bool:
    """Take this round unless another worker has it; the row count says who won."""
    now = timezone.now()
    due = JobLease.objects.filter(name=job.name, due_at__lte=now)
    free = due.filter(held_until=None) | due.filter(held_until__lt=now)
    return free.update(held_by=worker_id, held_until=now + ROUND_LIMIT) == 1


def _run_round(job: Periodic, worker_id: str) -> None:
    try:
        import_string(job.function_path)()
    except Exception:  # the outermost loop of a job: the next round must come
        logger.exception("periodic job %s failed", job.name)
    ours = JobLease.objects.filter(name=job.name, held_by=worker_id)
    due_at = timezone.now() + timedelta(seconds=job.seconds)
    ours.update(due_at=due_at, held_by="", held_until=None)


class Worker:
    """The loops of one process. `stop` lets it end after the jobs it is at."""

    def __init__(self, *, job_limit: timedelta = JOB_LIMIT, pause_seconds: float = PAUSE_SECONDS):
        self.id = f"{socket.gethostname()[:40]}-{secrets.token_hex(6)}"
        self.job_limit = job_limit
        self.pause_seconds = pause_seconds
        self.running = True
        self._reap_at = 0.0

    def stop(self, *_signal) -> None:
        self.running = False

    def obey_signals(self) -> None:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self.stop)

    def run(self) -> None:
        """Work until told to stop. A database that is away for a while is waited for."""
        logger.info("worker %s starts", self.id)
        beside = threading.Thread(target=self._loop, args=(self._long_turn,), name="long-jobs")
        beside.start()
        self._loop(self._turn)
        beside.join()
        logger.info("worker %s ends", self.id)

    def _loop(self, turn: Callable[[], int]) -> None:
        """Take turns; whichever of the two loops breaks, the process ends and is started anew."""
        try:
            while self.running:
                close_old_connections()
                try:
                    if not turn():
                        self._pause(self.pause_seconds)
                except DatabaseError:
                    logger.exception("worker %s: no answer from the database", self.id)
                    connection.close()
                    self._pause(PAUSE_WITHOUT_DATABASE_SECONDS)
        finally:
            self.running = False
            connection.close()

    def _long_turn(self) -> int:
        return run_ready_jobs(self.id, limit=1, which=LONG_JOBS)

    def _turn(self) -> int:
        """One job, then what is due besides; returns how much was done."""
        done = run_ready_jobs(self.id, limit=1, which=SHORT_JOBS)
        if self.running and time.monotonic() >= self._reap_at:
            done += reap_jobs(self.job_limit)
            self._reap_at = time.monotonic() + REAP_SECONDS
        if self.running:
            done += len(run_due_rounds(self.id))
        return done

    def _pause(self, seconds: float) -> None:
        """Sleep in short naps, so that a signal is obeyed at once."""
        until = time.monotonic() + seconds
        while self.running and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, 0.2))
