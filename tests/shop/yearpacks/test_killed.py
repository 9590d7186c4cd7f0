"""A pack whose workers are killed, told to stop or interrupted in the midst: one is kept, whole."""

import os
import signal
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection
from django.utils import timezone

from marketplace.core import long_work
from marketplace.core.models import AuditEntry
from shop.yearpacks import making, services
from shop.yearpacks.models import PackDraft
from shop.yearpacks.scope import scope_of
from tests.marketplace.core.test_worker import empty_queue, start_worker, wait_for
from tests.shop.bookkeeping.desk import keeper
from tests.shop.yearpacks import years
from tests.shop.yearpacks.years import YEAR

__all__ = ["empty_queue"]  # a fixture
pytestmark = pytest.mark.only_on("postgresql")
SLOWLY = """
CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN PERFORM pg_sleep(0.5); RETURN NEW; END';
CREATE TRIGGER slowly BEFORE UPDATE ON yearpacks_packdraft
    FOR EACH ROW EXECUTE FUNCTION slowly();
"""
"""Each step of a making takes a while: else it is over before it is killed."""
WORKERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture
def packs(monkeypatch, settings, tmp_path):
    """A folder that no other test writes to, neither here nor in a worker."""
    settings.PRIVATE_ROOT = tmp_path / "private"
    monkeypatch.setenv("TEST_PRIVATE_ROOT", str(settings.PRIVATE_ROOT))
    return settings.PRIVATE_ROOT / "year-packs"


@pytest.fixture
def draft(empty_queue, packs, monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # of the workers: a killed one clears nothing away
    years.make_small_year()
    with connection.cursor() as cursor:
        cursor.execute(SLOWLY)
    return services.start_pack(YEAR, by=keeper())


def in_the_midst(draft, tries, steps=1):
    """Wait until this try has done so many of its five steps."""

    def is_there():
        draft.refresh_from_db()
        return (draft.state, draft.tries) == ("working", tries) and draft.steps_done >= steps

    wait_for(is_there)
    assert draft.steps_done < draft.steps


def is_gone():
    """Whether the last word of the worker is in the database, too."""
    with connection.cursor() as cursor:
        cursor.execute(WORKERS)
        return cursor.fetchone() == (0,)


def take_up_again(draft):
    """As five minutes later, where nobody has called it failed."""
    wait_for(is_gone)
    draft.refresh_from_db()
    assert (draft.state, draft.problem_th, draft.sha256) == ("working", "", "")
    assert making.take_up_lost() == 0  # it may be alive
    long_ago = timezone.now() - long_work.SILENT - timedelta(seconds=1)
    PackDraft.objects.update(beat_at=long_ago)
    assert making.take_up_lost() == 1


def test_killed_stopped_and_interrupted_it_is_made_all_the_same_and_once(draft, packs, empty_queue):
    first = start_worker(empty_queue)
    in_the_midst(draft, tries=1)
    first.send_signal(signal.SIGKILL)
    assert first.wait(60) == -signal.SIGKILL
    known = (draft.up_to_seal, draft.made_at)
    take_up_again(draft)

    # Told to stop, a worker ends its pack first; a machine that is switched off does not wait.
    second = start_worker(empty_queue)
    in_the_midst(draft, tries=2)
    second.send_signal(signal.SIGTERM)
    in_the_midst(draft, tries=2, steps=draft.steps_done + 1)
    second.send_signal(signal.SIGKILL)
    assert second.wait(60) == -signal.SIGKILL
    assert not list(packs.glob("*"))
    take_up_again(draft)

    third = start_worker(empty_queue)
    in_the_midst(draft, tries=3)
    third.send_signal(signal.SIGTERM)
    assert third.wait(120) == 0

    draft.refresh_from_db()
    assert (draft.state, draft.tries, draft.steps_done) == ("ready", 3, draft.steps)
    assert (draft.up_to_seal, draft.made_at) == known
    [kept] = packs.glob("*")
    assert kept.name == f"{draft.sha256}.zip"
    assert AuditEntry.objects.filter(act="yearpack.made").count() == 1
    with TemporaryDirectory() as folder:
        _country, _spool, undisturbed = making.make_files(
            scope_of(draft), Path(folder), lambda: None
        )
        assert undisturbed.path.read_bytes() == kept.read_bytes()
    assert draft.facts["income_satang"] == 10_000


def test_a_worker_that_is_interrupted_leaves_its_pack_to_another(draft, empty_queue):
    """Ctrl-C at `worker --drain`, which runs its jobs in the thread that gets the signal."""
    process = start_worker(empty_queue, "--drain")
    in_the_midst(draft, tries=1)

    os.kill(process.pid, signal.SIGINT)

    assert process.wait(60) == 0
    take_up_again(draft)
    assert PackDraft.objects.get().state == "waiting"
