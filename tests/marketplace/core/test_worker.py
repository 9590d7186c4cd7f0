"""Jobs outlive their workers, and a round is made by one worker of many."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from marketplace.core import periodic, worker
from marketplace.core.models import JobLease
from tests.at_once import at_once
from tests.marketplace.core import jobs_for_tests as jobs

ROOT = Path(__file__).resolve().parents[3]
JOBS = "tests.marketplace.core.jobs_for_tests"


@pytest.fixture
def lines(tmp_path, monkeypatch):
    """What the jobs wrote down so far, as a function."""
    file = tmp_path / "jobs.txt"
    file.touch()
    monkeypatch.setenv(jobs.FILE, str(file))
    return lambda: file.read_text(encoding="utf-8").split("\n")[:-1]


@pytest.fixture
def rounds(monkeypatch):
    """A registry of our own."""
    registry = {}
    monkeypatch.setattr(periodic, "_registry", registry)
    return registry


@pytest.fixture
def empty_queue(fresh_database):
    DBTaskResult.objects.all().delete()  # a new database has some of Wagtail's waiting
    tomorrow = timezone.now() + timedelta(days=1)  # else a new worker makes all rounds first
    JobLease.objects.bulk_create(
        [JobLease(name=job.name, due_at=tomorrow) for job in periodic.all_jobs()]
    )
    return fresh_database


def start_worker(database, *options):
    url = f"sqlite:///{database.name}" if database.is_file else _postgres_url(database.name)
    environment = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.test",
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", "worker", *options], cwd=ROOT, env=environment
    )


def _postgres_url(name):
    at = settings.DATABASES["default"]
    return f"postgresql://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{name}"


def wait_for(condition, seconds=120):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.05)


def states():
    mine = DBTaskResult.objects.filter(task_path__startswith=JOBS)
    return sorted(mine.values_list("status", flat=True))


def test_jobs_run_once_and_a_failing_one_stops_nobody(db, lines):
    DBTaskResult.objects.all().delete()
    jobs.quick.enqueue("a")
    jobs.fails.enqueue()
    jobs.quick.enqueue("b")

    assert worker.run_ready_jobs() == 3
    assert worker.run_ready_jobs() == 0

    assert lines() == ["a", "failing", "b"]
    assert states() == ["FAILED", "SUCCESSFUL", "SUCCESSFUL"]


def test_a_job_of_a_transaction_that_was_undone_never_runs(empty_queue, lines):
    with pytest.raises(RuntimeError), transaction.atomic():
        jobs.quick.enqueue("undone")
        raise RuntimeError

    assert worker.run_ready_jobs() == 0
    assert lines() == []


def test_a_worker_that_is_killed_loses_its_job_to_another(empty_queue, lines):
    jobs.slow.enqueue("long", 60)
    first = start_worker(empty_queue)
    wait_for(lambda: lines() == ["begin long"])
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert states() == ["RUNNING"]
    job = DBTaskResult.objects.get(status="RUNNING")
    DBTaskResult.objects.filter(pk=job.pk).update(args_kwargs={"args": ["long", 0], "kwargs": {}})

    second = start_worker(empty_queue, "--job-limit", "1")
    wait_for(lambda: "end long" in lines())
    second.send_signal(signal.SIGTERM)

    assert second.wait(60) == 0
    assert lines() == ["begin long", "begin long", "end long"]
    assert states() == ["SUCCESSFUL"]
    assert len(DBTaskResult.objects.get(pk=job.pk).worker_ids) == 2


def test_a_worker_told_to_stop_ends_its_job_first_and_takes_no_other(empty_queue, lines):
    jobs.slow.enqueue("this", 2)
    jobs.quick.enqueue("not this")
    process = start_worker(empty_queue)
    wait_for(lambda: lines() == ["begin this"])

    process.send_signal(signal.SIGTERM)

    assert process.wait(60) == 0
    assert lines() == ["begin this", "end this"]
    assert states() == ["READY", "SUCCESSFUL"]


def test_a_long_job_lets_others_pass(empty_queue, lines):
    jobs.long_until.enqueue("mail")
    process = start_worker(empty_queue)
    wait_for(lambda: lines() == ["begin long"])

    jobs.quick.enqueue("mail")
    wait_for(lambda: len(lines()) == 3)
    process.send_signal(signal.SIGTERM)

    assert process.wait(60) == 0
    assert lines() == ["begin long", "mail", "end long"]


def test_a_long_job_is_left_to_its_worker_for_a_day(db):
    DBTaskResult.objects.all().delete()
    jobs.long_until.enqueue("mail")
    for hours, given_on in ((23, 0), (25, 1)):
        started_at = timezone.now() - timedelta(hours=hours)
        DBTaskResult.objects.update(status="RUNNING", started_at=started_at)

        assert worker.reap_jobs() == given_on


def test_a_job_that_kills_every_worker_is_given_up(db, caplog):
    jobs.quick.enqueue("deadly")
    long_ago = timezone.now() - timedelta(hours=1)
    mine = DBTaskResult.objects.filter(task_path__startswith=JOBS)
    for tries in (1, 2):
        mine.update(status="RUNNING", started_at=long_ago, worker_ids=["w"] * tries)
        assert worker.reap_jobs() == 1
        assert states() == ["READY"]

    mine.update(status="RUNNING", started_at=long_ago, worker_ids=["w"] * 3)

    assert worker.reap_jobs() == 0
    assert states() == ["FAILED"]
    assert "ended 3 workers" in caplog.text


def test_a_job_within_its_time_is_left_to_its_worker(db):
    jobs.quick.enqueue("busy")
    DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now())

    assert worker.reap_jobs() == 0


def test_many_workers_share_the_jobs_and_take_none_twice(empty_queue, lines):
    for number in range(40):
        jobs.quick.enqueue(f"{number:02}")

    done = at_once([partial(worker.run_ready_jobs, name) for name in "abcd"])

    assert sum(done) == 40
    assert sorted(lines()) == [f"{number:02}" for number in range(40)]


def test_a_round_is_made_at_once_and_then_when_it_is_due(db, lines, rounds):
    periodic.every(60, "test.round", f"{JOBS}.round_trip")

    assert worker.run_due_rounds() == ["test.round"]
    assert worker.run_due_rounds() == []
    JobLease.objects.update(due_at=timezone.now())
    assert worker.run_due_rounds() == ["test.round"]

    assert lines() == ["round", "round"]


def test_a_round_that_fails_comes_again_at_its_time_and_stops_nobody(db, lines, rounds, caplog):
    periodic.every(60, "test.broken", f"{JOBS}.broken_round")
    periodic.every(60, "test.missing", f"{JOBS}.no_such_function")
    periodic.every(60, "test.round", f"{JOBS}.round_trip")

    worker.run_due_rounds()

    assert lines() == ["broken", "round"]
    assert "periodic job test.broken failed" in caplog.text
    due = JobLease.objects.get(name="test.broken").due_at
    assert timedelta(seconds=50) < due - timezone.now() < timedelta(seconds=70)


def test_a_round_held_by_another_worker_is_left_to_it_until_it_must_be_dead(db, lines, rounds):
    periodic.every(60, "test.round", f"{JOBS}.round_trip")
    now = timezone.now()
    held = {"due_at": now, "held_by": "other", "held_until": now + timedelta(minutes=1)}
    JobLease.objects.create(name="test.round", **held)

    assert worker.run_due_rounds() == []
    JobLease.objects.update(held_until=now - timedelta(seconds=1))
    assert worker.run_due_rounds() == ["test.round"]


def test_of_eight_workers_one_makes_the_round(empty_queue, lines, rounds):
    periodic.every(60, "test.round", f"{JOBS}.round_trip")
    JobLease.objects.create(name="test.round", due_at=timezone.now())

    made = at_once([partial(worker.run_due_rounds, f"worker-{number}") for number in range(8)])

    assert sorted(made) == [[]] * 7 + [["test.round"]]
    assert lines() == ["round"]


def test_an_idle_worker_only_reads(db, django_assert_max_num_queries, rounds):
    DBTaskResult.objects.all().delete()
    periodic.every(60, "test.round", f"{JOBS}.round_trip")
    JobLease.objects.create(name="test.round", due_at=timezone.now() + timedelta(minutes=1))

    with django_assert_max_num_queries(3):
        worker.Worker()._turn()


def test_every_function_that_comes_round_exists():
    registered = periodic.all_jobs()

    assert {"payments.expire_unpaid_orders", "payments.reconcile"} <= {j.name for j in registered}
    for job in registered:
        assert callable(import_string(job.function_path))


def test_old_results_are_forgotten_and_failures_kept(db, lines):
    DBTaskResult.objects.all().delete()
    for text in ("old", "new"):
        jobs.quick.enqueue(text)
    jobs.fails.enqueue()
    worker.run_ready_jobs()
    week_ago = timezone.now() - timedelta(days=8)
    old = DBTaskResult.objects.order_by("enqueued_at").first()
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=week_ago)
    DBTaskResult.objects.filter(status="FAILED").update(finished_at=week_ago)

    assert worker.forget_finished_jobs() == 1

    assert states() == ["FAILED", "SUCCESSFUL"]
