"""One making at a time, begun only when the year is closed, taken up again when it was killed."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from marketplace.ledger import services as ledger
from shop.yearpacks import errors, making, services
from shop.yearpacks.files import hash_at
from shop.yearpacks.models import PackDraft
from shop.yearpacks.writing import Written
from tests.at_once import at_once
from tests.marketplace.ledger import rig
from tests.marketplace.ledger.test_verify import as_owner
from tests.shop.bookkeeping.desk import keeper
from tests.shop.yearpacks import years
from tests.shop.yearpacks.years import YEAR

make = making.make_job.func
"""The job as the worker calls it."""


@pytest.fixture
def quick(monkeypatch):
    """Files without their hundred statements; the list holds a scope for each making."""
    made = []

    def make_files(scope, folder, step):
        made.append(scope)
        step()
        path = folder / "pack.zip"
        path.write_bytes(b"quick")
        report, spool = Anything(), Anything()
        return report, spool, Written(path, hash_at(path), "a" * 64, 5)

    monkeypatch.setattr(making, "make_files", make_files)
    monkeypatch.setattr(making, "_facts", lambda *_all: years.FACTS)
    return made


class Anything:
    """Stands for what the quick files were made of."""


@pytest.fixture
def draft(db):
    years.make_small_year()
    return services.start_pack(YEAR, by=keeper())


def silent(draft, tries=1):
    """As a worker leaves it that was killed."""
    long_ago = timezone.now() - timedelta(minutes=6)
    PackDraft.objects.filter(pk=draft.pk).update(state="working", beat_at=long_ago, tries=tries)


def test_a_year_with_open_months_is_refused_with_their_names(db):
    rig.sell_in({years.PUI: 1}, at=years.IN_SEPTEMBER)

    with pytest.raises(errors.MonthsOpen) as refusal:
        services.start_pack(YEAR, by=keeper())

    assert "ตุลาคม 2567" in str(refusal.value) and "กันยายน 2568" in str(refusal.value)
    ledger.close_month(years.IN_SEPTEMBER.date())
    with pytest.raises(errors.MonthsOpen, match="ตุลาคม 2568.*กันยายน 2569"):
        services.start_pack(YEAR + 1, by=keeper())
    assert not PackDraft.objects.exists()


@pytest.mark.parametrize("year", [0, 1999, 2499, 2700, 10**12])
def test_a_year_that_cannot_be_is_refused(db, year):
    with pytest.raises(errors.UnknownYear):
        services.start_pack(year, by=keeper())


def test_a_year_before_the_market_has_no_pack(db):
    years.make_small_year()

    with pytest.raises(errors.NothingCounted):
        services.start_pack(YEAR - 1, by=keeper())


def test_the_worker_makes_it_and_says_how_far_it_is(draft, quick):
    years.made(draft)

    assert (draft.state, draft.tries, draft.steps_done) == ("ready", 1, 1)
    assert draft.steps > 4 and draft.up_to_seal == 1
    assert draft.sha256 == hash_at(years.stored_at(draft.sha256))


def test_a_second_start_is_told_of_the_first(draft):
    with pytest.raises(errors.UnderWay):
        services.start_pack(YEAR, by=keeper())
    assert PackDraft.objects.count() == 1


def test_a_run_that_was_killed_is_taken_up_again_and_knows_what_it_knew(draft, quick):
    silent(draft)
    PackDraft.objects.update(up_to_seal=1, root_day=None)

    assert making.take_up_lost() == 1
    assert making.take_up_lost() == 0
    years.made(draft)

    assert (draft.state, draft.tries) == ("ready", 2)
    assert [scope.up_to_seal for scope in quick] == [1]


def test_one_that_was_killed_three_times_has_failed_for_all_to_see(draft, quick):
    silent(draft, tries=3)

    assert making.take_up_lost() == 0
    years.made(draft)

    assert draft.state == "failed" and quick == []
    assert "สามครั้ง" in draft.problem_th and "three times" in draft.problem_en


def test_a_run_that_is_at_it_is_left_alone(draft, quick):
    PackDraft.objects.update(state="working", tries=1)

    make(draft.pk)

    assert quick == [] and making.take_up_lost() == 0


def test_what_breaks_off_has_failed_and_the_job_says_why(draft, monkeypatch):
    def broken(*_arguments):
        raise OSError("no space left on device")

    monkeypatch.setattr(making, "make_files", broken)

    with pytest.raises(OSError, match="no space left"):
        make(draft.pk)

    draft.refresh_from_db()
    assert draft.state == "failed" and "broke off" in draft.problem_en


@pytest.mark.parametrize("word", [SystemExit, KeyboardInterrupt])
def test_a_worker_that_is_told_to_stop_leaves_it_to_another(draft, monkeypatch, word):
    def stopped(*_arguments):
        raise word

    with monkeypatch.context() as patch, pytest.raises(word):
        patch.setattr(making, "make_files", stopped)
        make(draft.pk)
    draft.refresh_from_db()
    assert (draft.state, draft.problem_th) == ("working", "")
    silent(draft)

    assert making.take_up_lost() == 1
    assert years.made(draft).state == "ready"


def test_a_ledger_that_is_no_longer_what_was_closed_stops_the_making(draft):
    as_owner("UPDATE ledger_areamonth SET sold_satang = sold_satang + 1 WHERE level = 8")

    make(draft.pk)

    draft.refresh_from_db()
    assert draft.state == "failed" and "ledger verify" in draft.problem_th


def test_what_is_thrown_away_meanwhile_stops_in_silence(draft, monkeypatch):
    def thrown_away(scope, folder, step):
        services.throw_away(draft, by=keeper())
        step()

    monkeypatch.setattr(making, "make_files", thrown_away)

    make(draft.pk)

    assert not PackDraft.objects.exists()


def test_of_two_who_start_at_once_one_does(fresh_database):
    years.make_small_year()
    people = [keeper(), keeper()]

    answers = at_once(
        [partial(services.start_pack, YEAR, by=person) for person in people], (errors.UnderWay,)
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["PackDraft", "UnderWay"]
    assert PackDraft.objects.count() == 1


def test_of_two_workers_at_once_one_makes_it(fresh_database, quick):
    years.make_small_year()
    draft = services.start_pack(YEAR, by=keeper())

    at_once([partial(make, draft.pk)] * 2)

    draft.refresh_from_db()
    assert (draft.state, draft.tries, len(quick)) == ("ready", 1, 1)


def test_of_two_who_sign_at_once_one_does(fresh_database):
    draft = years.ready_draft()
    people = [keeper(), keeper()]

    answers = at_once(
        [partial(services.sign, draft, sha256=draft.sha256, by=person) for person in people],
        (errors.GoneMeanwhile,),
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["GoneMeanwhile", "YearPack"]
