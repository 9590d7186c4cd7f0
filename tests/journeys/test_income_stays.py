"""What a village earned is not rewritten by anything that happens to it afterwards."""

from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.core.money import to_satang
from marketplace.ledger.models import Account, Event, Transfer
from marketplace.ledger.periods import month_period
from marketplace.producers.services import move_producer, record_disclosure
from marketplace.provenance.services import set_village_shares, withdraw_product
from marketplace.villages import services as villages
from shop.payments import services as payments
from tests.factories import make_postcode, make_producer, make_product, make_village
from tests.journeys.acts import download, order, pay_and_come_back, sign_in
from tests.journeys.conftest import wait_for
from tests.marketplace.accounts.sign_in import person

pytestmark = pytest.mark.browser

HERE, THERE, ELSEWHERE = "57010501", "57010502", "57010503"
AREAS = ("", "N", "57", "5701", "570105", HERE)
LEDGER = (Account, Event, Transfer)


@pytest.fixture
def clerk(site, new_phone):
    """A member of staff who reads reports, and the phone on which they are signed in."""
    user = person(app=True, is_staff=True)
    user.groups.add(Group.objects.get(name=StaffRole.FINANCE))
    page = new_phone()
    sign_in(page, site, user)
    return user, page


@pytest.fixture
def last_month(site):
    """The month before this one, which the stand-in for Stripe takes for now."""
    day = thai.today().replace(day=1) - timedelta(days=1)
    noon = datetime.combine(day, time(12), thai.BANGKOK)
    store = site.standin.store
    store.clock_offset_seconds = int((noon - timezone.now()).total_seconds())
    yield month_period(day)
    store.clock_offset_seconds = 0


@pytest.fixture
def sell(site, phone):
    """Sells two pots on a phone, one of a village's alone, one of two villages' together."""

    def sell_two_pots():
        make_postcode("50200")
        village = make_village(HERE, "บ้านเหนือ")
        make_village(THERE, "บ้านกลาง")
        make_village(ELSEWHERE, "บ้านใต้")
        potter = make_producer(village)
        first_day = (thai.today().replace(day=1) - timedelta(days=1)).replace(day=1)
        record_disclosure(producer=potter, since=first_day, by=None)
        alone = make_product(potter, price_baht="99.99")
        shared = make_product(potter, price_baht="100.01", shares={HERE: 333_333, THERE: 666_667})
        placement = order(phone, site, alone, shared)
        pay_and_come_back(phone)
        return placement, alone, shared

    return sell_two_pots


def report_url(site, code, period, **more) -> str:
    more = "".join(f"&{name}={value}" for name, value in more.items())
    return f"{site.url}/cms/reports/income/?area={code}&period={period.key}{more}"


def files(page, site, period) -> dict[str, bytes]:
    """The report of a period for the village and every area above it, as staff download it."""
    return {code: download(page, report_url(site, code, period, export="csv")) for code in AREAS}


def public_figures(page, site) -> list[str]:
    """All that the village's public page says of its income; around it are today's names."""
    page.goto(f"{site.url}/villages/{HERE}/x/income/")
    return page.locator("main :is(dl, figure, table)").all_inner_texts()


def shown_incomes(page, site) -> dict[str, int]:
    """Income this month of the tambon's villages and in all, in satang, as staff see it."""
    page.goto(report_url(site, "570105", month_period(thai.today())))
    rows = page.locator(".report-table").first.locator("tbody tr, tfoot tr").all()
    return {
        row.locator("td").first.inner_text(): satang_in(row.locator("strong").inner_text())
        for row in rows
    }


def satang_in(text: str) -> int:
    return to_satang(Decimal(text.strip("฿").replace(",", "")))


def wait_for_its_fee(placement) -> None:
    """What the payment cost is known a moment after it; reports have a column of it."""
    fees = Event.objects.filter(order_number=placement.order.number, kind="gateway-fee")
    wait_for(fees.exists)


def ledger_rows() -> dict[tuple, dict]:
    return {(model, row["id"]): row for model in LEDGER for row in model.objects.values()}


def test_later_changes_of_villages_makers_and_things_change_no_byte(
    site, clerk, phone, last_month, sell
):
    staff, page = clerk
    placement, alone, shared = sell()
    wait_for_its_fee(placement)
    village, today = alone.producer.home_village, thai.today()
    route = villages.register_route(code="pots", kind="community", name_th="ทางดิน", by=staff)
    villages.add_route_stop(route=route, village=village, position=1, since=today, by=staff)
    before, shown = files(page, site, last_month), public_figures(phone, site)
    assert all(b'"133.33"' in before[code] for code in (HERE, "570105"))  # ฿99.99 and a third
    assert "฿133.33" in shown[-1]

    villages.rename_village(village=village, name_th="บ้านเหนือใหม่", name_en="", by=staff)
    move_producer(producer=alone.producer, village=make_village(ELSEWHERE), by=staff)
    for thing in (alone, shared):
        set_village_shares(
            provenance=thing,
            shares={ELSEWHERE: 1_000_000},
            since=today + timedelta(days=1),
            by=staff,
        )
        withdraw_product(provenance=thing, reason="เลิกทำ", by=staff)
    villages.end_route_stop(route=route, village=village, last_day=today, by=staff)

    assert files(page, site, last_month) == before
    assert public_figures(phone, site) == shown
    assert "บ้านเหนือใหม่" in phone.locator("h1").inner_text()


def test_a_refund_of_one_line_takes_exactly_that_lines_share_and_only_adds_rows(site, clerk, sell):
    staff, page = clerk
    placement, _, shared = sell()
    line = placement.order.lines.get(product=shared.product)
    wait_for_its_fee(placement)
    before, rows = shown_incomes(page, site), ledger_rows()

    payments.refund_lines(
        placement.order, lines={line.pk: 10_001}, delivery={}, by=staff, reason="แตก"
    )

    after = shown_incomes(page, site)
    # A third of ฿100.01, and the rest.
    fallen = {HERE: 3_334, THERE: 6_667, ELSEWHERE: 0, "": 10_001}
    assert {code: before[code] - after[code] for code in fallen} == fallen
    now = ledger_rows()
    assert {key: now.get(key) for key in rows} == rows
    added = [model for model, pk in now.keys() - rows.keys()]
    assert sorted(added, key=LEDGER.index) == [Event, Transfer, Transfer]
