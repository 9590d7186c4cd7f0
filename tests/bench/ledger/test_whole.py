"""The proof of the whole ledger, and a month made anew."""

import statistics
from datetime import date

import pytest
from django.db import transaction

from marketplace.ledger import services, verification
from tests.bench.ledger.meter import metered, timed

pytestmark = pytest.mark.django_db
MONTHS = (date(2022, 5, 1), date(2024, 1, 1), date(2026, 3, 1))


def test_verify(say):
    """Of all time, with its dearest statements; and of one month."""
    with metered() as meter:
        seconds, wrong = timed(lambda: list(verification.verify()))
    say(f"\nverify: {seconds:.1f} s, {len(wrong)} differences (asked: 30 s)")
    for line in wrong[:5]:
        say(f"  {line}")
    for ms, sql in sorted(meter.statements, reverse=True)[:12]:
        say(f"  {ms / 1000:6.1f} s  {' '.join(sql.split())[:110]}")
    seconds, wrong_in_month = timed(lambda: list(verification.verify(MONTHS[1])))
    say(f"verify of a month: {seconds:.1f} s, {len(wrong_in_month)} differences")
    assert wrong == wrong_in_month == []


def test_rebuild(say):
    """Looking for what is wrong, and the making."""
    took = []
    for month in MONTHS:
        with transaction.atomic():
            seconds, wrong = timed(lambda month=month: services.rebuild_month(month))
            transaction.set_rollback(True)
        took.append(seconds)
        say(f"rebuild of {month:%Y-%m}: {seconds:.2f} s, {len(wrong)} were wrong")
        assert wrong == []
    say(f"rebuild of a month: median {statistics.median(took):.2f} s (asked: 2 s)")
