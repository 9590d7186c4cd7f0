"""The desk where months are closed: in order, looked at, once and for ever."""

import html
import json
from datetime import UTC, date, datetime
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from marketplace.core import thai
from marketplace.core.models import AuditEntry
from marketplace.ledger import errors, services
from marketplace.ledger.models import MonthClose
from shop.bookkeeping.queries.months import checks_of, months
from shop.payments.models import Movement, PaymentAttempt
from tests.at_once import at_once
from tests.factories import make_member, make_producer, make_user, make_village
from tests.marketplace.ledger import rig
from tests.people import staff
from tests.shop.bookkeeping.desk import PUI, REFUSED_ROLES, keeper, propose_adjustment
from tests.visitor import Visitor

BUDGETS = json.loads((Path(__file__).parents[2] / "budgets.json").read_text())["staff"]
LIST = "/cms/reports/months/"
APRIL, MAY, JUNE = date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)
TODAY = date(2026, 7, 3)
SURE = {"is_sure": "on"}


@pytest.fixture(autouse=True)
def _in_july():
    with patch.object(thai, "today", return_value=TODAY):
        yield


def close_url(month=MAY):
    return reverse("ledger-month-close", args=[f"{month:%Y-%m}"])


def left(month=MAY) -> list[int]:
    return [check.left for check in checks_of(month)]


def add_movement(at, result="missing-here"):
    return Movement.objects.create(
        kind="refund",
        reference=f"re_{Movement.objects.count()}",
        result=result,
        provider_satang=100,
        ledger_satang=None if result == "missing-here" else 100,
        value_satang=100,
        happened_at=at,
        compared_at=at,
    )


def add_payment(at, fee_state):
    order = rig.make_order()
    return PaymentAttempt.objects.create(
        order=order,
        number=1,
        amount_satang=100,
        state="succeeded",
        intent_id=f"pi_{order.number}",
        fee_state=fee_state,
        settled_at=at,
    )


# --- The list ------------------------------------------------------------------------------------
def test_every_month_since_the_first_sale_is_told_with_what_it_came_to(client, finance, weavers):
    sale = rig.sell_in({PUI: 50_001}, producer=weavers)
    rig.refund(sale, {sale.shares[0].line_id: 12_000})
    rig.sell_in({PUI: 700}, at=datetime(2026, 6, 30, 16, 59, tzinfo=UTC), producer=weavers)
    person = make_user()
    close = services.close_month(MAY, by=person)

    rows = [(r.month, r.close, r.events, r.income_satang, r.is_next) for r in months()]

    assert rows == [
        (date(2026, 7, 1), None, 0, 0, False),
        (JUNE, None, 1, 700, True),
        (MAY, close, 2, 38_001, False),
    ]
    page = client.get(LIST).text
    assert "฿380.01" in page and close.totals_hash in page and person.email in page
    assert close_url(JUNE) in page and close_url(MAY) not in page


def test_before_the_first_sale_there_is_no_month_to_close(client, finance):
    assert months() == []
    assert client.get(LIST).status_code == 200
    assert client.get(close_url()).status_code == 404


def test_a_month_that_is_not_over_cannot_be_closed(client, finance, weavers):
    rig.sell_in({PUI: 1}, at=datetime(2026, 7, 2, tzinfo=UTC), producer=weavers)

    assert [row.is_next for row in months()] == [False]
    assert client.get(close_url(date(2026, 7, 1))).url == LIST
    assert client.post(close_url(date(2026, 7, 1)), SURE).url == LIST
    assert not MonthClose.objects.exists()


# --- The check list ------------------------------------------------------------------------------
def test_the_check_list_counts_what_is_left_of_that_month_and_before(client, finance, weavers):
    rig.sell_in({PUI: 100}, producer=weavers)
    assert left() == [0, 0, 0, 0, 0]
    may, june = datetime(2026, 5, 31, 16, 59, tzinfo=UTC), datetime(2026, 5, 31, 17, tzinfo=UTC)

    for at in (may, june):
        add_movement(at)
        add_movement(at, "matched")
        for state in ("waiting", "person", "recorded", ""):
            add_payment(at, state)
    propose_adjustment(weavers, 1)

    assert left() == [0, 1, 2, 1, 0]
    page = client.get(LIST).text
    for name in ("movement-register", "attention-register", "correction-register"):
        assert f'href="{reverse(f"{name}:index")}' in page


def test_a_month_that_does_not_add_up_says_where_and_stays_open(client, finance, weavers):
    rig.sell_in({PUI: 100}, producer=weavers)
    before = rig.rows()
    wrong = "roll-up is not its transfers: ledger_areamonth"

    with patch("marketplace.ledger.verification.roll_up_differences", lambda *_: iter([wrong])):
        page = client.get(close_url()).text
        answer = client.post(close_url(), SURE)

    assert wrong in page
    assert [str(one) for one in client.get(LIST).context["messages"]] == [
        str(errors.LedgerNotWhole.message)
    ]
    assert answer.status_code == 302
    assert rig.rows() == before


# --- Closing -------------------------------------------------------------------------------------
def test_the_second_page_closes_after_a_tick_only(client, finance, weavers):
    rig.sell_in({PUI: 50_001}, producer=weavers)
    shown = client.get(close_url()).text
    assert "฿500.01" in shown

    without = client.post(close_url(), {})
    assert without.status_code == 200 and "is_sure" in without.context["form"].errors
    assert not MonthClose.objects.exists()
    assert client.post(close_url(), SURE).url == LIST

    close = MonthClose.objects.get()
    assert (close.month, close.closed_by, close.income_satang) == (MAY, finance, 50_001)
    assert AuditEntry.objects.get(act="ledger.close").target == "month:2026-05"


def test_months_are_closed_in_order_and_once(client, finance, weavers):
    rig.sell_in({PUI: 1}, producer=weavers)
    rig.sell_in({PUI: 2}, at=datetime(2026, 6, 2, tzinfo=UTC), producer=weavers)

    client.post(close_url(JUNE), SURE)
    assert not MonthClose.objects.exists()
    for _ in range(2):
        client.post(close_url(MAY), SURE)

    assert list(MonthClose.objects.values_list("month", flat=True)) == [MAY]
    assert AuditEntry.objects.filter(act="ledger.close").count() == 1
    said = [str(one) for one in client.get(LIST).context["messages"]]
    assert said[0] == str(errors.MonthsBeforeOpen.message)
    assert said[2] == str(errors.AlreadyClosed.message)


@pytest.mark.parametrize("key", ["2569", "2026-13", "x", "2026-q1", "0000-01", "2026-04"])
def test_what_is_no_month_of_the_ledger_is_not_there(client, finance, weavers, key):
    rig.sell_in({PUI: 1}, producer=weavers)

    assert client.get(f"{LIST}{key}/close/").status_code == 404
    assert not MonthClose.objects.exists()


def test_two_people_closing_at_once_close_it_once_and_one_is_told(fresh_database):
    rig.sell_in({PUI: 1}, producer=make_producer(make_village(PUI)))
    browsers = [Visitor() for _ in range(2)]
    for browser in browsers:
        browser.force_login(keeper())

    answers = at_once([lambda b=b: b.post(close_url(), SURE) for b in browsers])

    assert [answer.url for answer in answers] == [LIST, LIST]
    assert MonthClose.objects.count() == 1
    assert AuditEntry.objects.filter(act="ledger.close").count() == 1
    said = [str(one) for b in browsers for one in b.get(LIST).context["messages"]]
    assert said.count(html.unescape(str(errors.AlreadyClosed.message))) == 1
    assert len(said) == 2


@pytest.mark.parametrize("role", REFUSED_ROLES)
def test_nobody_but_finance_sees_or_closes(client, weavers, role):
    rig.sell_in({PUI: 12_345}, producer=weavers)
    client.force_login(staff(role) if role else make_member(make_producer()).user)

    for answer in (client.get(LIST), client.get(close_url()), client.post(close_url(), SURE)):
        assert answer.status_code in (302, 403)
        assert "฿123.45" not in answer.text
    assert not MonthClose.objects.exists()


def test_an_administrator_closes_too(client, weavers):
    rig.sell_in({PUI: 1}, producer=weavers)
    client.force_login(make_user(is_staff=True, is_superuser=True))

    client.post(close_url(), SURE)

    assert MonthClose.objects.count() == 1


def test_statements_do_not_grow_with_months_nor_events(client, finance, weavers):
    rig.sell_in({PUI: 1}, producer=weavers)
    urls = {"ledger-months": LIST, "ledger-month-close": close_url()}
    for url in urls.values():
        client.get(url)  # caches of content types and menus

    few = {name: statements(client, url) for name, url in urls.items()}
    for day in (2, 3, 9, 28):
        rig.sell_in({PUI: 1}, at=timezone.make_aware(datetime(2026, 6, day)), producer=weavers)
        rig.sell_in({PUI: 1}, at=timezone.make_aware(datetime(2026, 5, day)), producer=weavers)
    many = {name: statements(client, url) for name, url in urls.items()}

    assert many == few
    assert many == {name: BUDGETS[name] for name in urls}


def statements(client, url) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
