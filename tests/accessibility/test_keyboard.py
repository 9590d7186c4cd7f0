"""A working day without a mouse: all is reached, focus is seen, and nothing lies over it."""

import re

import pytest
from playwright.sync_api import expect

from marketplace.provenance.models import Provenance
from shop.parcels.models import Parcel
from tests.accessibility.keyboard import never_reached, press_on, tab_to, type_into
from tests.accessibility.market import picture_bytes
from tests.accessibility.pages import SHOP, WORKBENCH

pytestmark = [pytest.mark.browser, pytest.mark.only_on("sqlite")]

PHOTO = {"name": "mat.jpg", "mimeType": "image/jpeg", "buffer": picture_bytes(5)}
FORMS = {
    "sign in": SHOP["sign in"],
    "product with options": SHOP["product with options"],
    "form with photos": WORKBENCH["form with photos"],
    "parcel to pack": WORKBENCH["orders-parcel"],
    "sold elsewhere": WORKBENCH["stall-more"],
    "closures": WORKBENCH["storefront-closures"],
    "storefront": WORKBENCH["storefront-page"],
}


@pytest.mark.parametrize("name", FORMS)
def test_tab_reaches_every_control(name, path_of, open_as):
    kind = FORMS[name]
    page = open_as(kind.person)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(path_of(kind))

    assert never_reached(page) == []


def test_a_product_is_listed_by_keyboard_alone(path_of, open_as, looking_in):
    page = open_as("manager")
    # Heard from the start: asked for at the moment of the key, it may come after it.
    page.on("filechooser", lambda chooser: chooser.set_files(PHOTO))
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(path_of(WORKBENCH["home"]))

    press_on(page, '.workbar__place[href$="/products/"]')
    press_on(page, 'form[action$="/products/new/"] button')
    tab_to(page, 'input[type="file"]')
    page.keyboard.press("Enter")
    expect(page.locator(".draft-photo img")).to_have_count(1)
    type_into(page, '[name="title_th"]', "เสื่อกกทอด้วยแป้นพิมพ์")
    tab_to(page, '[name="otop_type"]')
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    type_into(page, '[name="price_baht"]', "320")
    type_into(page, '[name="quantity"]', "2")
    press_on(page, 'button[value="submit"]')

    expect(page).to_have_url(re.compile("/products/$"))
    with looking_in():
        made = Provenance.objects.get(product__title="เสื่อกกทอด้วยแป้นพิมพ์")
        assert (made.status, made.otop_type) == (Provenance.Status.IN_REVIEW, "beverage")


def test_a_parcel_is_packed_and_sent_by_keyboard_alone(market, path_of, open_as, looking_in):
    page, parcel = open_as("packer"), market.parcels["by keyboard"]
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(path_of(WORKBENCH["home"]))

    press_on(page, '.workbar__place[href$="/orders/"]')
    press_on(page, f'a[href$="/orders/{parcel.pk}/"]')
    press_on(page, 'form[action$="/packed/"] button')
    tab_to(page, '[name="carrier"]')
    page.keyboard.press("Space")
    type_into(page, '[name="tracking_number"]', "EF582568151TH")
    tab_to(page, "form button")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    with looking_in():
        parcel.refresh_from_db()
        assert parcel.status == Parcel.Status.SHIPPED
        assert parcel.tracking_number == "EF582568151TH"
