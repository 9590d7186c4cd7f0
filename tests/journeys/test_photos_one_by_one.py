"""Photos of the product form go off one after the other, and go on after the network was gone."""

import re

import pytest
from playwright.sync_api import expect

from marketplace.provenance.models import Photo, ProductDraft
from tests.factories import make_member, make_producer, make_village
from tests.journeys.acts import press, sign_in
from tests.journeys.conftest import PHONE
from tests.marketplace.accounts.sign_in import person
from tests.shop.workbench.forms import jpeg

pytestmark = pytest.mark.browser


def photos(count: int) -> list[dict]:
    return [
        {"name": f"IMG_{n}.JPG", "mimeType": "image/jpeg", "buffer": jpeg(n).read()}
        for n in range(count)
    ]


def test_each_photo_is_kept_as_it_arrives_and_the_rest_follows(site, new_page):
    weaver = make_member(make_producer(make_village()), "owner", person(app=True))
    page = new_page(PHONE)
    sign_in(page, site, weaver.user)
    page.goto(f"{site.url}/workbench/{weaver.producer_id}/products/")
    press(page, 'form[action$="/products/new/"] .workbig')
    page.locator('[name="title_th"]').fill("ผ้าสี่ผืน")
    sent, words = page.locator("[data-sent]"), page.locator("#draft")
    tower = _Tower(page)

    page.locator("#new-photos").set_input_files(photos(4))

    expect(page.locator(".draft-photo")).to_have_count(2)
    expect(sent).to_have_text(words.get_attribute("data-waits"))
    assert len(ProductDraft.objects.get(producer=weaver.producer).data["photos"]) == 2
    tower.is_up = True
    expect(page.locator(".draft-photo")).to_have_count(4)
    expect(sent).to_have_text(re.compile("4"))
    expect(page.locator("[data-progress]")).to_be_hidden()
    draft = ProductDraft.objects.get(producer=weaver.producer)
    assert draft.data["title_th"] == "ผ้าสี่ผืน" and len(draft.data["photos"]) == 4
    assert Photo.objects.of(weaver.producer).count() == 4


class _Tower:
    """Lets two photos through, and then nothing until it is up again."""

    def __init__(self, page) -> None:
        self.is_up, self.photos = False, 0
        page.expected_problems = ("net::ERR_FAILED",)
        page.route("**/products/drafts/**", self.pass_on)

    def pass_on(self, route) -> None:
        is_photo = b"photo-send" in (route.request.post_data_buffer or b"")
        if is_photo and not self.is_up and self.photos == 2:
            return route.abort()
        self.photos += is_photo
        return route.continue_()
