"""The first working day of a producer and of a curator, up to the parcel on its way."""

import re
from decimal import Decimal
from io import BytesIO
from urllib.parse import urljoin

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, expect

from marketplace.accounts import services as accounts
from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.core.money import to_satang
from marketplace.ledger.periods import month_period
from marketplace.producers.services import record_disclosure
from tests.cms.conftest import home, make_story
from tests.factories import make_member, make_postcode, make_producer, make_village
from tests.journeys.acts import (
    check_out,
    choose_page,
    pay_and_come_back,
    press,
    publish,
    put_into_basket,
    sign_in,
)
from tests.journeys.conftest import DESK, PHONE, wait_for
from tests.marketplace.accounts.sign_in import person

pytestmark = pytest.mark.browser

# On PostgreSQL the phone alone: what a desk adds is a matter of the browser.
DEVICES = [
    pytest.param((PHONE, "34040101"), id="phone"),
    pytest.param((DESK, "34040102"), id="desk", marks=pytest.mark.only_on("sqlite")),
]
SKY, CLOTH = (40, 90, 200), (200, 30, 30)
NAME, PRICE, PRICE_SATANG = "ผ้าพันคอย้อมครามลายดอกบัว", "1,234.50", 123_450
DELIVERY_SATANG = 4_000
REASON = "ช่วยบอกขนาดของผ้าด้วยค่ะ"
TRACKING = "EF582568151TH"


def sideways_photo() -> dict:
    """As a phone held upright stores it: lying on its side, with the place where it was taken."""
    upright = Image.effect_noise((900, 1_200), 60).convert("RGB")
    upright.paste(SKY, (0, 0, 900, 500))
    upright.paste(CLOTH, (0, 700, 900, 1_200))
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "CANARY phone", 6
    exif.get_ifd(0x8825).update({1: "N", 2: (18.0, 47.0, 12.0), 29: "CANARY"})
    target = BytesIO()
    upright.transpose(Image.Transpose.ROTATE_90).save(target, "JPEG", exif=exif.tobytes())
    return {"name": "IMG_0001.JPG", "mimeType": "image/jpeg", "buffer": target.getvalue()}


@pytest.fixture(params=DEVICES)
def device_and_code(request) -> tuple[dict, str]:
    """What everybody uses, and a village that has sold nothing before."""
    return request.param


@pytest.fixture
def device(device_and_code) -> dict:
    return device_and_code[0]


@pytest.fixture
def village(site, device_and_code):
    make_postcode("50200")
    return make_village(device_and_code[1])


@pytest.fixture
def weaver(village):
    """The owner of a weaving group, whose income is told to everybody."""
    group = make_producer(village)
    record_disclosure(producer=group, since=thai.today().replace(day=1), by=None)
    return make_member(group, "owner", person(app=True))


@pytest.fixture
def at_loom(site, weaver, new_page, device) -> Page:
    page = new_page(device)
    sign_in(page, site, weaver.user)
    return page


@pytest.fixture
def at_desk(site, new_page, device) -> Page:
    """A curator's admin."""
    user = person(app=True)
    accounts.give_role(user=user, role=StaffRole.CURATOR, by=None)
    page = new_page(device)
    # Wagtail saves a page as one works on it, and answers 400 to what a publication overtook.
    page.expected_problems = ("400 (Bad Request)",)
    sign_in(page, site, user)
    return page


def workbench(site, weaver, place: str, *args) -> str:
    return site.url + reverse(f"workbench:{place}", args=[weaver.producer_id, *args])


def begin_a_product(page: Page, site, weaver) -> None:
    page.goto(workbench(site, weaver, "products-list"))
    press(page, 'form[action$="/products/new/"] .workbig')
    expect(page.locator("#draft")).to_be_visible()


def type_the_rest(page: Page) -> None:
    """What nothing can be sold without; of a new thing nothing else is asked."""
    page.locator('[name="otop_type"][value="textile"]').check()
    page.locator('[name="price_baht"]').fill(PRICE)
    page.locator('[name="quantity"]').fill("3")


def lose_the_network_while_typing(page: Page) -> Page:
    """Type with no network, until the phone is dead as well; the form, opened again with both."""
    state, words = (
        page.locator("[data-state]"),
        page.locator("#draft").get_attribute("data-offline"),
    )
    page.expected_problems = ("net::ERR_INTERNET_DISCONNECTED",)
    page.context.set_offline(True)
    type_the_rest(page)
    expect(state).to_have_text(words)
    form, phone = page.url, page.context
    page.close()
    phone.set_offline(False)
    page = phone.new_page()
    page.goto(form)
    return page


def assert_nothing_typed_is_lost(page: Page) -> None:
    expect(page.locator('[name="title_th"]')).to_have_value(NAME)
    expect(page.locator('[name="otop_type"][value="textile"]')).to_be_checked()
    expect(page.locator('[name="price_baht"]')).to_have_value(PRICE)
    expect(page.locator('[name="quantity"]')).to_have_value("3")
    expect(page.locator(".draft-photo")).to_have_count(2)


def send_for_review(page: Page) -> None:
    press(page, '[name="do"][value="submit"]')
    expect(page.locator(".goods__one")).to_contain_text(NAME)


def open_in_queue(page: Page, site) -> None:
    page.goto(f"{site.url}/cms/review/")
    page.locator("main").get_by_role("link", name=NAME).click()


def refuse(page: Page, site) -> None:
    open_in_queue(page, site)
    page.locator(".review-decision summary").click()
    page.locator('.review-decision [name="reason"]').fill(REASON)
    page.locator('.review-decision [value="refuse"]').click()


def approve(page: Page, site) -> None:
    open_in_queue(page, site)
    page.locator('.review-decision [value="approve"]').click()


def mend(page: Page, site, weaver) -> None:
    """Read why on the first page, and write what was missing."""
    page.goto(workbench(site, weaver, "home"))
    expect(page.locator(".workrow--urgent")).to_contain_text(REASON)
    page.locator(".workrow--urgent a").click()
    expect(page.locator(".goods__reason")).to_contain_text(REASON)
    press(page, 'form[action$="/change/"] button')
    page.locator(".workmore summary").click()
    page.locator('[name="description_th"]').fill("กว้าง 50 ซม. ยาว 180 ซม. ทอมือ ย้อมครามธรรมชาติ")
    send_for_review(page)


@pytest.fixture
def _home_page_without_story(site):
    page = home("en")
    page.hero_story = None
    page.save_revision().publish()


def put_on_home_page(page: Page, site, story) -> None:
    page.goto(f"{site.url}/cms/pages/{home('en').pk}/edit/")
    choose_page(page, "hero_story", story.title)
    publish(page)


def buy_what_the_story_tells_of(page: Page, site, story) -> None:
    """From the English home page by its story and village to the cloth, to the money."""
    page.goto(f"{site.url}/en/")
    expect(page.locator(".hero h1")).to_have_text(story.title)
    page.locator(".hero").get_by_role("link", name="Read the village's story").click()
    expect(page.locator("h1")).to_have_text(story.title)
    page.locator(f'main a[href*="/villages/{story.village_id}/"]').first.click()
    page.locator(".product-card a", has_text=NAME).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert_upright_and_bare(page)
    put_into_basket(page)
    check_out(page, site, "/en")
    pay_and_come_back(page)


def pack_and_send(page: Page, site, weaver) -> None:
    page.goto(workbench(site, weaver, "home"))
    page.locator(".workrow--urgent a").click()
    page.locator("main .workrows .workrow__link").click()
    expect(page.locator("#label")).to_contain_text("มาลี ใจดี")
    press(page, 'form[action$="/packed/"] button')
    page.locator('[name="carrier"][value="thailand-post"]').check()
    page.locator('[name="tracking_number"]').fill(TRACKING.lower())
    press(page, 'form:has([name="tracking_number"]) [type="submit"]')
    expect(page.locator(".worktracking")).to_have_text(TRACKING)


def assert_upright_and_bare(page: Page) -> None:
    """The picture of the thing whose page is open: the sky above, and nothing of where it was."""
    source = page.locator("main img").first.get_attribute("src")
    content = page.request.get(urljoin(page.url, source)).body()
    picture = Image.open(BytesIO(content))
    assert picture.height > picture.width and not picture.getexif()
    assert b"CANARY" not in content
    middle = picture.width // 2
    for height, colour in ((0.1, SKY), (0.9, CLOTH)):
        found = picture.convert("RGB").getpixel((middle, int(picture.height * height)))
        assert max(abs(a - b) for a, b in zip(found, colour, strict=True)) < 25


def amounts(page: Page, url: str, what: str) -> list[int]:
    """Every amount in baht that some part of a page names, in satang."""
    page.goto(url)
    text = " ".join(page.locator(what).all_inner_texts())
    found = re.findall(r"฿([\d,]+\.\d\d)(?!\d)", text)
    return [to_satang(Decimal(one.replace(",", ""))) for one in found]


def assert_all_say_the_same(site, weaver, at_loom: Page, at_desk: Page, anybody: Page) -> None:
    """Producer, curator and the village's public page, to the satang."""
    month, code = month_period(thai.today()).key, weaver.producer.home_village_id
    income = workbench(site, weaver, "income-month", month)
    report = f"{site.url}/cms/reports/income/?area={code}&period={month}"
    public = f"{site.url}/villages/{code}/x/income/"
    assert amounts(at_loom, income, ".worksales td") == [
        PRICE_SATANG,
        PRICE_SATANG + DELIVERY_SATANG,
    ]
    assert set(amounts(at_desk, report, ".report-table")) == {PRICE_SATANG}
    assert amounts(anybody, public, "main table") == [PRICE_SATANG]


@pytest.mark.usefixtures("_home_page_without_story")
def test_a_cloth_is_listed_mended_approved_sold_and_sent(
    site, village, weaver, at_loom, at_desk, new_page, device
):
    title = f"The vat of {village.pk}"
    story = make_story("en", village.pk, title=title, village=village)
    begin_a_product(at_loom, site, weaver)
    at_loom.locator("#new-photos").set_input_files([sideways_photo(), sideways_photo()])
    expect(at_loom.locator(".draft-photo")).to_have_count(2)
    at_loom.locator('[name="title_th"]').fill(NAME)
    at_loom = lose_the_network_while_typing(at_loom)
    assert_nothing_typed_is_lost(at_loom)
    send_for_review(at_loom)

    refuse(at_desk, site)
    mend(at_loom, site, weaver)
    approve(at_desk, site)
    put_on_home_page(at_desk, site, story)

    shopper = new_page(device, locale="en-GB")
    buy_what_the_story_tells_of(shopper, site, story)
    pack_and_send(at_loom, site, weaver)
    shopper.reload()
    expect(shopper.locator(".order-tracking a")).to_have_attribute("href", re.compile(TRACKING))
    wait_for(lambda: any(TRACKING in mail.get_body().get_content() for mail in site.mails()))
    assert_all_say_the_same(site, weaver, at_loom, at_desk, shopper)
