"""A producer's day on a phone that runs no scripts: the same pages, the same outcome."""

import re

import pytest
from playwright.sync_api import expect

from marketplace.provenance.models import Provenance
from shop.parcels.models import Parcel
from tests.accessibility.market import picture_bytes
from tests.accessibility.pages import WORKBENCH
from tests.journeys.acts import press

pytestmark = [pytest.mark.browser, pytest.mark.only_on("sqlite")]

PHOTOS = [
    {"name": f"{shade}.jpg", "mimeType": "image/jpeg", "buffer": picture_bytes(shade)}
    for shade in (2, 3)
]


@pytest.fixture
def page(open_as):
    viewport = {"width": 390, "height": 844}
    return open_as("owner", anew=True, java_script_enabled=False, viewport=viewport)


def test_a_product_is_listed_with_photos(path_of, page, looking_in):
    page.goto(path_of(WORKBENCH["home"]))

    press(page, '.workbar__place[href$="/products/"]')
    press(page, 'form[action$="/products/new/"] button')
    page.locator('input[type="file"]').first.set_input_files(PHOTOS)
    press(page, 'button[value="photos-add"]')
    expect(page.locator(".draft-photo img")).to_have_count(2)
    press(page, 'button[value="photo-up:1"]')
    page.locator('[name="title_th"]').fill("ตะกร้าที่ไม่มีสคริปต์")
    page.locator('[name="otop_type"][value="household"]').check()
    page.locator('[name="price_baht"]').fill("480")
    page.locator('[name="quantity"]').fill("3")
    press(page, 'button[value="option-add"]')
    expect(page.locator('[name="title_th"]')).to_have_value("ตะกร้าที่ไม่มีสคริปต์")
    press(page, 'button[value="option-remove:0"]')
    press(page, 'button[value="submit"]')

    expect(page).to_have_url(re.compile("/products/$"))
    with looking_in():
        made = Provenance.objects.get(product__title="ตะกร้าที่ไม่มีสคริปต์")
        assert made.status == Provenance.Status.IN_REVIEW
        assert made.product.images.count() == 2


def test_a_parcel_is_packed_and_sent(market, path_of, page, looking_in):
    parcel = market.parcels["without scripts"]
    page.goto(path_of(WORKBENCH["home"]))

    press(page, '.workbar__place[href$="/orders/"]')
    press(page, f'a[href$="/orders/{parcel.pk}/"]')
    press(page, 'form[action$="/packed/"] button')
    page.locator('[name="carrier"][value="flash"]').check()
    page.locator('[name="tracking_number"]').fill("TH012345678901")
    press(page, 'form[method="post"]:has([name="carrier"]) button[type="submit"]')

    with looking_in():
        parcel.refresh_from_db()
        assert parcel.status == Parcel.Status.SHIPPED
        assert parcel.tracking_number == "TH012345678901"


def test_a_piece_is_sold_at_the_stall_and_taken_back(path_of, page):
    page.goto(path_of(WORKBENCH["stall-sell"]))
    before = page.locator(".stall-sale").count()

    press(page, ".stall-thing__sold")
    expect(page.locator(".worktoast")).to_be_visible()
    press(page, ".worktoast button")

    expect(page.locator(".worktoast")).to_have_count(0)
    expect(page.locator(".stall-sale--back")).to_have_count(1)
    assert page.locator(".stall-sale").count() == before + 1
