"""From the basket to the card: pages that come only one after the other."""

import re

import pytest
from playwright.sync_api import expect

from tests.accessibility.audit import findings
from tests.accessibility.pages import SHOP
from tests.journeys.acts import fill_address, press, put_into_basket

pytestmark = [pytest.mark.browser, pytest.mark.only_on("sqlite")]


@pytest.mark.parametrize(("language", "prefix"), [("th", ""), ("en", "/en")])
def test_each_step_to_the_card_is_open_to_everybody(language, prefix, path_of, open_as):
    page, found = open_as("", anew=True), []
    page.goto(prefix + path_of(SHOP["product with options"]))

    put_into_basket(page)
    found += findings(page, language)
    page.goto(f"{prefix}/basket/")
    found += findings(page, language)
    press(page, f'a[href="{prefix}/checkout/"]')
    found += findings(page, language)
    with page.expect_navigation():
        press(page, "form.checkout__form button[type=submit]")
    found += findings(page, language)
    fill_address(page)
    expect(page).to_have_url(re.compile("/checkout/delivery/"))
    found += findings(page, language)
    press(page, 'form.split button[type="submit"]')
    expect(page).to_have_url(re.compile("/checkout/pay/"))
    found += findings(page, language)

    assert found == []
