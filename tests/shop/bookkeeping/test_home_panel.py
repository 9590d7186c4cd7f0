"""The first page of the admin tells those who keep the books what waits for them, and where."""

from datetime import date
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from shop.bookkeeping.home_panel import KeepersPanel
from shop.bookkeeping.queries.months import month_to_close, waiting
from shop.payments.models import Attention
from tests.marketplace.ledger import rig
from tests.people import staff
from tests.shop.bookkeeping.desk import PUI, keeper, propose_adjustment
from tests.shop.bookkeeping.test_closing_desk import add_movement, add_payment

MAY = date(2026, 5, 1)
QUIET = [0, 0, 0, 0, 0]


def counts() -> list[int]:
    return [check.left for check in waiting()]


def page_of(client, role: StaffRole) -> str:
    client.force_login(staff(role))
    return client.get("/cms/").text


def test_each_thing_that_waits_is_counted_once(finance, weavers):
    assert counts() == QUIET
    now = timezone.now()
    rig.sell_in({PUI: 700}, producer=weavers)
    Attention.objects.create(reason="late", reference="pi_1")
    Attention.objects.create(reason="late", reference="pi_2", resolved_at=now)
    add_movement(now)
    add_movement(now, result="matched")
    add_payment(now, "waiting")
    propose_adjustment(weavers, by=keeper())

    assert counts() == [1, 1, 1, 1, 0]


def test_the_month_to_close_is_the_oldest_that_is_over(finance, weavers):
    assert month_to_close() is None
    rig.sell_in({PUI: 700}, producer=weavers)  # in May

    with patch.object(thai, "today", return_value=date(2026, 5, 31)):
        assert month_to_close() is None
    with patch.object(thai, "today", return_value=date(2026, 7, 3)):
        assert month_to_close() == MAY


def test_finance_finds_it_on_the_first_page_with_the_way_to_each(client, weavers):
    propose_adjustment(weavers, by=keeper())
    rig.sell_in({PUI: 700}, producer=weavers)

    page = page_of(client, StaffRole.FINANCE)

    assert 'href="/cms/registers/corrections/?state=waiting"' in page
    assert 'href="/cms/reports/months/"' in page
    assert "พฤษภาคม 2569" in page


@pytest.mark.parametrize("role", [StaffRole.CURATOR, StaffRole.SUPPORT, StaffRole.OFFICER])
def test_nobody_else_is_told(client, weavers, role):
    assert "desk-books" in page_of(client, StaffRole.FINANCE)
    assert "desk-books" not in page_of(client, role)


def test_it_costs_the_same_however_much_waits(finance, weavers):
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            KeepersPanel().get_context_data({})
        return len(asked)

    before = statements()
    for _ in range(3):
        add_movement(timezone.now())
        propose_adjustment(weavers, by=keeper())

    assert before == statements() == 7
