"""What people do on their phones, step by step, as every journey does it."""

import re

from playwright.sync_api import Page, expect

from marketplace.provenance.models import Provenance
from shop.placing.models import Placement
from tests.journeys.conftest import Site
from tests.marketplace.accounts.sign_in import PASSWORD, code

VISA, DECLINED = "4242424242424242", "4000000000000002"
WAY_BACK = "**/payments/return/**"


def press(page: Page, selector: str) -> None:
    """Press what a phone shows; the same button may stand twice, for wide screens too."""
    page.locator(selector).locator("visible=true").first.click()


def put_into_basket(page: Page) -> None:
    """Put the thing whose page is open into the basket."""
    press(page, ".buy__button, .buy-bar button")
    expect(page.locator("#toast")).not_to_be_empty()


def fill_address(page: Page) -> None:
    page.locator("#id_email").fill("malee@example.com")
    page.locator("#id_name").fill("มาลี ใจดี")
    page.locator("#id_phone").fill("081-234-5678")
    page.locator("#id_line").fill("99 หมู่ 1")
    page.locator("#id_area").press_sequentially("50200")
    page.locator('#places input[name="place"]').first.check()
    press(page, "form.checkout__form button[type=submit]")


def check_out(page: Page, site: Site, language: str = "") -> Placement:
    """Order what is in the basket as a guest, as far as the card fields; "/en" in English."""
    page.goto(f"{site.url}{language}/basket/")
    press(page, f'a[href="{language}/checkout/"]')
    fill_address(page)
    press(page, 'form.split button[type="submit"]')
    expect(page).to_have_url(re.compile("/checkout/pay/"))
    return Placement.objects.select_related("order").get(token=page.url.split("/")[-2])


def order(page: Page, site: Site, *things: Provenance) -> Placement:
    """Buy one of each, come by a link to its page."""
    for thing in things:
        page.goto(f"{site.url}/catalogue/x_{thing.product.pk}/")
        put_into_basket(page)
    return check_out(page, site)


def type_card(page: Page, number: str = VISA) -> None:
    card = page.frame_locator("#pay-card iframe")
    card.locator("#number").fill(number)
    card.locator("#expiry").fill("12 / 34")
    card.locator("#cvc").fill("123")
    page.locator("#pay-button").click()


def pay_and_come_back(page: Page) -> None:
    type_card(page)
    expect(page).to_have_url(re.compile("/orders/"))


def pay_and_close(page: Page) -> None:
    """Pay, and close the page once the card is charged, before the way back is begun."""
    # Not merely left waiting: what waits when a page is closed may still be sent.
    page.route(WAY_BACK, lambda route: route.abort("aborted"))
    with page.expect_request(WAY_BACK):
        type_card(page)
    page.close()


def sign_in(page: Page, site: Site, user) -> None:
    """Sign in with password and authenticator app (tests/marketplace/accounts/sign_in.py)."""
    page.goto(f"{site.url}/accounts/login/")
    page.locator('[name="login"]').fill(user.email)
    page.locator('[name="password"]').fill(PASSWORD)
    press(page, "form.stack button")
    page.locator('[name="code"]').fill(code())
    press(page, "form.stack button")
    expect(page).not_to_have_url(re.compile("/accounts/"))


def download(page: Page, url: str) -> bytes:
    """The file behind an address, as the browser saves it."""
    with page.expect_download() as answer:
        page.evaluate("url => location.assign(url)", url)
    return answer.value.path().read_bytes()


def choose_page(page: Page, field: str, title: str) -> None:
    """Choose a page of the site in Wagtail's admin, for a field of the form that is open."""
    page.locator(f'[data-contentpath="{field}"] [data-chooser-action-choose]').first.click()
    page.locator('.modal input[name="q"]').fill(title)
    page.locator(".modal a.choose-page", has_text=title).first.click()
    expect(page.locator(".modal")).to_be_hidden()


def publish(page: Page) -> None:
    """Publish the page whose form is open in Wagtail's admin."""
    page.locator("footer [data-w-dropdown-target='toggle']").click()
    page.locator('button[name="action-publish"]').click()
    expect(page.locator(".messages .success")).to_be_visible()
