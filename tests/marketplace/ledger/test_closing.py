"""A closed month stays as it was reported; what comes later counts in the first open one."""

from datetime import UTC, date, datetime
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from marketplace.core import thai
from marketplace.ledger import errors, services, verification
from marketplace.ledger.models import Event, MonthClose
from tests.factories import make_producer, make_user, make_village
from tests.marketplace.ledger import rig
from tests.marketplace.ledger.test_verify import as_owner, ledger

PUI = "50010811"
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
LAST_MINUTE = datetime(2026, 5, 31, 16, 59, tzinfo=UTC)  # 23:59 in Bangkok


@pytest.fixture
def weavers(db):
    return make_producer(make_village(PUI))


def test_a_close_writes_down_what_the_month_comes_to(weavers):
    sale = rig.sell_in({PUI: 500}, producer=weavers)
    rig.refund(sale, {sale.shares[0].line_id: 120})
    person = make_user()

    close = services.close_month(date(2026, 5, 20), by=person)

    assert (close.month, close.closed_by) == (MAY, person)
    assert (close.event_count, close.transfer_count, close.income_satang) == (2, 2, 380)
    assert len(close.totals_hash) == 64


def test_a_webhook_that_comes_late_counts_on_the_first_open_day(weavers):
    rig.sell_in({PUI: 500}, producer=weavers)
    services.close_month(MAY)
    closed = MonthClose.objects.get().totals_hash

    late = rig.sell([rig.Part(weavers, {PUI: 70})], at=LAST_MINUTE)[1]

    assert (late.day, late.occurred_at) == (JUNE, LAST_MINUTE)
    assert rig.income(PUI) == {"sale": 500} and rig.income(PUI, JUNE) == {"sale": 70}
    assert list(verification.verify()) == []
    assert MonthClose.objects.get().totals_hash == closed


def test_several_closed_months_are_all_passed_over(weavers):
    rig.sell_in({PUI: 1}, producer=weavers)
    for month in (4, 5, 6, 7):
        services.close_month(date(2026, month, 1))

    event = rig.sell([rig.Part(weavers, {PUI: 70})], at=LAST_MINUTE)[1]

    assert event.day == date(2026, 8, 1)


@pytest.mark.parametrize("again", [MAY, date(2026, 4, 1)])
def test_a_closed_month_or_an_earlier_one_is_not_closed_again(weavers, again):
    rig.sell_in({PUI: 500}, producer=weavers)
    services.close_month(MAY)

    with pytest.raises(errors.AlreadyClosed):
        services.close_month(again)

    assert MonthClose.objects.count() == 1


def test_months_are_closed_in_their_order(weavers):
    rig.sell_in({PUI: 500}, producer=weavers)
    rig.sell_in({PUI: 500}, rig.NOON.replace(month=4), producer=weavers)

    with pytest.raises(errors.MonthsBeforeOpen):
        services.close_month(MAY)

    services.close_month(date(2026, 4, 1))
    services.close_month(MAY)


def test_a_month_that_still_runs_is_not_closed(weavers):
    runs = patch.object(thai, "today", return_value=date(2026, 5, 31))
    with runs, pytest.raises(errors.MonthNotOver):
        services.close_month(MAY)

    with patch.object(thai, "today", return_value=JUNE):
        services.close_month(MAY)


def test_what_adds_up_wrongly_is_not_closed(weavers):
    rig.sell_in({PUI: 500}, producer=weavers)
    with transaction.atomic():
        as_owner("UPDATE ledger_producermonth SET sold_satang = 1")
        with pytest.raises(errors.LedgerNotWhole):
            services.close_month(MAY)
        transaction.set_rollback(True)

    assert not MonthClose.objects.exists()


def test_a_change_of_a_closed_month_is_found_even_when_all_adds_up(weavers):
    """The owner changes event, transfer, origin and roll-ups alike: only the hash tells."""
    rig.sell_in({PUI: 500}, producer=weavers)
    services.close_month(MAY)

    with transaction.atomic():
        as_owner(
            "UPDATE ledger_transfer SET amount_satang = 400",
            "UPDATE ledger_event SET total_satang = 400",
            "UPDATE provenance_lineorigin SET amount_satang = 400",
        )
        services.rebuild_month(MAY)
        found = list(verification.verify())
        transaction.set_rollback(True)

    assert [line.split(" was ")[0] for line in found] == [
        "closed month 2026-05: income_satang",
        "closed month 2026-05: totals_hash",
    ]


def test_the_command_closes_and_says_what_is_wrong(weavers):
    rig.sell_in({PUI: 500}, producer=weavers)

    said = ledger("close", "--month", "2026-05")

    close = MonthClose.objects.get()
    assert said == f"2026-05 is closed: 1 events, totals {close.totals_hash}.\n"
    with pytest.raises(CommandError, match="closed already|ปิดแล้ว"):
        call_command("ledger", "close", "--month", "2026-05")


def test_a_close_of_nothing_keeps_events_out_too(weavers):
    services.close_month(MAY)

    event = rig.sell([rig.Part(weavers, {PUI: 70})])[1]

    assert event.day == JUNE
    assert Event.objects.filter(day__lt=JUNE).count() == 0
