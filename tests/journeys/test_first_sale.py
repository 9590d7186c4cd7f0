"""From a government list to the income of two villages, by a guest with a phone."""

import csv
import os
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from marketplace.core import thai
from marketplace.ledger.models import Event
from marketplace.ledger.periods import month_period
from marketplace.ledger.queries import Question, income_report
from marketplace.producers.services import activate_producer, record_disclosure
from marketplace.provenance.models import Provenance
from marketplace.provenance.services import change_price, change_stock, publish_product
from marketplace.villages.addresses import village_slug
from tests.factories import make_postcode, make_tambon
from tests.journeys.acts import DECLINED, VISA, check_out, put_into_basket, type_card
from tests.journeys.conftest import wait_for

pytestmark = pytest.mark.browser

REAL_LIST = Path("otop") / "otop_food_dla_government_headings.csv"
HEADINGS = ["ชื่อสินค้า OTOP", "อปท.", "อำเภอ", "จังหวัด", "ชื่อสถานที่จัดจำหน่าย", "ที่อยู่", "LAT", "LONG"]
SAMPLE = [
    ("น้ำพริกหนุ่ม", "สุเทพ", "เมืองเชียงใหม่", "เชียงใหม่", "หมู่ที่ 11 บ้านดอยปุย ต.สุเทพ"),
    ("กล้วยตาก", "ในเมือง", "เมืองอุบลราชธานี", "อุบลราชธานี", "หมู่ที่ 3 บ้านท่า ต.ในเมือง"),
]


@pytest.fixture
def imported(site, tmp_path):
    """Drafts of the real list where REAL_DATA names its folder, else of a small one of ours."""
    folder = os.environ.get("REAL_DATA")
    if folder:
        call_command("import_places", verbosity=0)
        path = Path(folder) / REAL_LIST
    else:
        make_tambon("500108")
        make_tambon("340101")
        make_postcode("50200", "500108")
        path = tmp_path / "list.csv"
        _write_sample(path)
    call_command("import_products", path, source="journey", otop_type="food", verbosity=0)


def _write_sample(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for name, tambon, amphoe, province, address in SAMPLE:
            where = f"{address} อ.{amphoe} จ.{province}"
            authority = f"องค์การบริหารส่วนตำบล{tambon}"
            writer.writerow([name, authority, amphoe, province, "", where, "", ""])


@pytest.fixture
def things(imported):
    """Two of the drafts, of villages in different provinces, priced and put on sale."""
    drafts = Provenance.objects.filter(status=Provenance.Status.DRAFT)
    drafts = drafts.select_related("product", "producer__home_village").order_by("pk")
    first = drafts.first()
    here = first.producer.home_village_id[:2]
    second = drafts.exclude(producer__home_village__code__startswith=here).first()
    for thing, price_satang in ((first, 12_345), (second, 6_789)):
        activate_producer(producer=thing.producer, by=None)
        record_disclosure(producer=thing.producer, since=thai.today().replace(day=1), by=None)
        change_price(product=thing.product, price_satang=price_satang, by=None)
        change_stock(product=thing.product, quantity=10, by=None)
        publish_product(provenance=thing, by=None)
    return first, second


def incomes(things) -> dict[str, int]:
    """Income of this month of both villages and of every area above them, by code."""
    codes = {thing.producer.home_village_id for thing in things}
    codes |= {code[:digits] for code in codes for digits in (0, 2, 4, 6)}
    month = month_period(thai.today())
    return {code: income_report(Question(code, month)).total.income_satang for code in codes}


def test_two_villages_of_a_real_list_earn_their_first_baht(site, things, phone):
    before = incomes(things)
    sent_to_us = []
    phone.on("request", lambda request: _note_request(site, request, sent_to_us))
    # A refused card is a 402 in the frame of the stand-in; Chromium writes that down as an error.
    phone.expected_problems = ("402",)

    for thing in things:
        phone.goto(f"{site.url}/catalogue/")
        phone.locator(f'a[href$="_{thing.product.pk}/"]').first.click()
        put_into_basket(phone)
    placement = check_out(phone, site)
    type_card(phone, DECLINED)
    message = phone.locator("#pay-message")
    expect(message).not_to_be_empty()
    assert "charged" not in message.inner_text()
    type_card(phone, VISA)

    expect(phone).to_have_url(re.compile("/orders/"))
    assert "secret" not in phone.url
    expect(phone.locator("section.basket-group")).to_have_count(2)
    expect(phone.locator(".basket-group__delivery")).to_have_count(2)
    assert phone.url.endswith(f"/orders/{placement.token}/")
    placement.order.refresh_from_db()
    assert placement.order.status == "paid"
    assert placement.language == "th"
    _assert_grown(before, incomes(things), things)
    _assert_public(phone, site, things)
    assert len(site.standin.intents()[0]["metadata"]) == 2
    recorded = Event.objects.filter(order_number=placement.order.number).order_by("recorded_at")
    wait_for(lambda: recorded.count() == 2)
    assert [event.kind for event in recorded] == ["sale", "gateway-fee"]
    wait_for(lambda: placement.order.mails.filter(sent_at__isnull=False).exists())
    _assert_no_card_reached_us(site, sent_to_us)


def _note_request(site, request, seen: list[str]) -> None:
    if request.url.startswith(site.url):
        seen.append(request.url + (request.post_data or ""))


def _assert_grown(before: dict[str, int], after: dict[str, int], things) -> None:
    grown = dict.fromkeys(before, 0)
    for thing, price_satang in zip(things, (12_345, 6_789), strict=True):
        code = thing.producer.home_village_id
        for digits in (0, 2, 4, 6, 8):
            grown[code[:digits]] += price_satang
    assert {code: after[code] - before[code] for code in before} == grown


def _assert_public(page, site, things) -> None:
    """Both villages' own pages show the exact baht: their producers agreed to that."""
    for thing, figure in zip(things, ("฿123.45", "฿67.89"), strict=True):
        village = thing.producer.home_village
        slug = village_slug(village.name_th)
        page.goto(f"{site.url}/villages/{village.code}/{slug}/income/")
        expect(page.locator("main")).to_contain_text(figure)


def _assert_no_card_reached_us(site, sent_to_us: list[str]) -> None:
    everything = "".join(sent_to_us) + site.log.read_text(encoding="utf-8")
    assert sent_to_us
    for number in (VISA, DECLINED):
        assert number not in everything
    assert "_secret_" not in everything
