"""The proof of the whole ledger, and a month made anew."""

import statistics
from datetime import date

import pytest
from django.db import connection, transaction

from marketplace.ledger import rollup, services, verification
from tests.bench.ledger.meter import metered, timed

MONTHS = (date(2022, 5, 1), date(2024, 1, 1), date(2026, 3, 1))


@pytest.fixture
def no_transaction(django_db_setup, django_db_blocker):
    """`verify` asks two things at once where no transaction is under way. It writes nothing; a test
    of pytest's own kind without one would empty the database behind it."""
    with django_db_blocker.unblock():
        yield


def test_verify(say, no_transaction):
    """Of all time, as the command does it; and of one month."""
    seconds, wrong = timed(lambda: list(verification.verify()))
    say(f"\nverify: {seconds:.1f} s, {len(wrong)} differences (asked: 30 s)")
    for line in wrong[:5]:
        say(f"  {line}")
    seconds, wrong_in_month = timed(lambda: list(verification.verify(MONTHS[1])))
    say(f"verify of a month: {seconds:.1f} s, {len(wrong_in_month)} differences")
    assert wrong == wrong_in_month == []


@pytest.mark.django_db
def test_verify_one_after_the_other(say):
    """With its dearest statements, each of which may use both cores."""
    with metered() as meter:
        seconds, wrong = timed(lambda: list(verification.verify()))
    say(f"\nverify in one transaction: {seconds:.1f} s")
    for ms, sql in sorted(meter.statements, reverse=True)[:12]:
        say(f"  {ms / 1000:6.1f} s  {' '.join(sql.split())[:110]}")
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("tables", [0, 1, len(rollup.TABLES)])
def test_rebuild(say, tables):
    """Looking for what is wrong, and the making of what is."""
    took = []
    for month in MONTHS:
        with transaction.atomic():
            _damage(month, rollup.TABLES[:tables])
            seconds, wrong = timed(lambda month=month: services.rebuild_month(month))
            transaction.set_rollback(True)
        took.append(seconds)
        assert len(wrong) == tables
    say(f"rebuild of a month, {tables} roll-ups damaged: {statistics.median(took):.2f} s (2 s)")


def _damage(month: date, tables: tuple[str, ...]) -> None:
    """A satang more in a row of each."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in tables:
            cursor.execute(
                f"UPDATE {table} SET sold_satang = sold_satang + 1"
                f" WHERE id = (SELECT min(id) FROM {table} WHERE month = %s)",
                [month],
            )
        cursor.execute("SET LOCAL session_replication_role = origin")
