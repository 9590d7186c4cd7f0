"""What shoppers see on the pages of products, places and makers."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from oscar.apps.catalogue.models import Product

from marketplace.core import thai
from marketplace.producers.models import Producer, ProducerClosure
from marketplace.provenance import services
from marketplace.provenance.services import OptionPlan
from marketplace.villages.addresses import village_url
from shop.storefront.addresses import province_url
from tests.factories import (
    make_category,
    make_producer,
    make_product,
    make_province,
    make_user,
    make_village,
)
from tests.shop.storefront.conftest import OTHER_VILLAGE

pytestmark = pytest.mark.django_db


def page_of(client, provenance, prefix="") -> str:
    product = provenance.product
    url = prefix + reverse("catalogue:detail", args=[product.slug, product.pk])
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def text_of(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


# --- Product ---------------------------------------------------------------------------------
def test_options_are_radio_buttons_with_their_own_price(client, shop):
    html = page_of(client, shop["products"][0])

    assert re.findall(r'type="radio" name="child_id" value="\d+"', html).__len__() == 3
    assert "฿100–฿300" in html
    assert all(price in html for price in ("฿100<", "฿200<", "฿300<"))
    assert html.count(" checked") == 1


def test_an_option_that_is_sold_out_cannot_be_chosen(client, db):
    options = [OptionPlan("แดง", "Red", 10_000, 0), OptionPlan("คราม", "Indigo", 20_000, 4)]

    html = page_of(client, make_product(options=options))

    radios = re.findall(r"<input type=\"radio\"[^>]*>", html)
    assert [("disabled" in one, "checked" in one) for one in radios] == [
        (True, False),
        (False, True),
    ]


def test_the_form_adds_to_the_basket_without_scripts(client, shop):
    made = shop["products"][1]
    html = page_of(client, made)
    action = re.search(r'<form class="buy" id="buy" action="([^"]+)" method="post"', html).group(1)

    response = client.post(action, {"quantity": "2"}, headers={"sec-fetch-site": "same-origin"})

    assert response.status_code == 302
    assert "csrfmiddlewaretoken" not in html


def test_what_is_sold_out_says_so_and_has_no_button(client, db):
    made = make_product(stock=0)

    html = page_of(client, made)

    assert "basket/add" not in html.split('id="more"')[0]


def test_a_thing_made_to_order_says_how_long_it_takes(client, db):
    made = make_product(stock_kind="made_to_order", lead_days=14)

    assert "14 days" in page_of(client, made, "/en")


def test_a_closure_of_the_makers_is_the_reason(client, shop):
    today = thai.today()
    ProducerClosure.objects.create(
        producer=shop["producer"], valid_from=today, valid_until=today, note_en="Rice harvest."
    )

    html = page_of(client, shop["products"][1], "/en")

    assert "Its makers are taking a break until" in html
    assert "Rice harvest." in html
    assert 'id="buy"' not in html


def test_the_makers_notice_stands_on_their_page_and_their_products_as_plain_text(client, shop):
    producer = shop["producer"]
    Producer.objects.filter(pk=producer.pk).update(notice_th="ส่งวันจันทร์ <b>เท่านั้น</b>")

    for url in (
        reverse("storefront:producer", args=[producer.pk, producer.slug]),
        reverse("catalogue:detail", args=["x", shop["products"][1].product_id]),
    ):
        html = client.get(url, follow=True).content.decode()
        assert "ส่งวันจันทร์ &lt;b&gt;เท่านั้น&lt;/b&gt;" in html


def test_stars_and_their_year_are_shown_and_the_quadrant_never(client, db):
    made = make_product(quadrant="A")
    services.record_award(provenance=made, stars=4, round_year_be=2566, by=None)

    html = page_of(client, made, "/en")

    assert "4 stars" in html
    assert "2023" in html
    assert "quadrant" not in html.lower()
    assert "ready for the world" not in html


def test_only_certificates_that_hold_today_are_shown(client, db):
    made, curator, today = make_product(), make_user(), thai.today()
    for number, expires in (("1111", today), ("2222", today - timedelta(days=1))):
        one = services.record_certificate(
            provenance=made,
            kind="tcps",
            number=number,
            issued_on=date(2020, 1, 1),
            expires_on=expires,
            by=None,
        )
        services.verify_certificate(certificate=one, by=curator)
    services.record_certificate(provenance=made, kind="halal", number="3333", by=None)

    html = page_of(client, made)

    assert [number in html for number in ("1111", "2222", "3333")] == [True, False, False]


def test_the_page_says_where_the_money_goes(client, db):
    make_village(), make_village(OTHER_VILLAGE, "บ้านปะอาว", name_en="Ban Pa Ao")
    shares = {"50010811": 666_700, OTHER_VILLAGE: 333_300}

    html = page_of(client, make_product(shares=shares), "/en")

    assert "บ้านดอยปุย 66.67%, Ban Pa Ao 33.33%" in html


def test_an_option_leads_to_the_page_of_its_product(client, shop):
    product = shop["products"][0].product
    child = Product.objects.filter(parent=product).first()

    response = client.get(reverse("catalogue:detail", args=["x", child.pk]))

    assert response["Location"] == reverse("catalogue:detail", args=[product.slug, product.pk])


def test_a_wrong_slug_is_put_right(client, shop):
    product = shop["products"][1].product

    response = client.get(f"/en/catalogue/nonsense_{product.pk}/")

    expected = f"/en/catalogue/{product.slug}_{product.pk}/"
    assert (response.status_code, response["Location"]) == (302, expected)


def test_a_draft_and_what_was_withdrawn_are_not_found(client, shop):
    draft, withdrawn = make_product(shop["producer"], public=False), shop["products"][1]
    services.withdraw_product(provenance=withdrawn, reason="เลิกทำ", by=None)

    for provenance in (draft, withdrawn):
        assert client.get(f"/catalogue/x_{provenance.product_id}/").status_code == 404


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 18, "9" * 40])
def test_a_product_that_never_was_is_not_found(client, db, pk):
    assert client.get(f"/catalogue/x_{pk}/").status_code == 404


def test_names_are_text_and_never_markup(client, db):
    bad = "<script>alert(1)</script>"
    made = make_product(title_th=f"ผ้า {bad}", description_th=bad, materials_th=bad)

    for html in (page_of(client, made), text_of(client, "/catalogue/")):
        assert "<script>alert" not in html
        assert "&lt;script&gt;" in html


# --- Lists -----------------------------------------------------------------------------------
def test_a_card_adds_to_the_basket_or_leads_to_its_options(client, shop):
    html = text_of(client, "/catalogue/")

    plain, optional = shop["products"][1].product_id, shop["products"][0].product_id
    assert f'action="/basket/add/{plain}/"' in html
    assert f'action="/basket/add/{optional}/"' not in html


def test_a_sold_out_card_says_so(client, db):
    make_product(stock=0)

    html = text_of(client, "/catalogue/")

    assert "product-card--sold-out" in html
    assert ">สินค้าหมด<" in html
    assert "basket/add" not in html


def test_a_card_out_of_season_says_what_the_product_page_says(client, db):
    next_month = thai.today().month % 12 + 1
    made = make_product(stock_kind="seasonal", season_months=[next_month])

    card = text_of(client, "/en/catalogue/")
    page = text_of(client, f"/en/catalogue/{made.product.slug}_{made.product_id}/")

    assert "Out of season" in card and "Sold out" not in card
    assert "This is out of season." in page


def test_a_shelf_shows_what_stands_on_shelves_below_it(client, shop):
    shelf = shop["shelf"]
    root = shelf.get_parent()
    make_product(title_th="ข้าวหอม", categories=[make_category("ข้าว")])

    html = text_of(client, reverse("catalogue:category", args=[root.slug, root.pk]))

    assert html.count('class="product-card"') == 3
    assert "ข้าวหอม" not in html
    assert reverse("catalogue:category", args=[shelf.slug, shelf.pk]) in html


def test_a_shelf_is_named_in_both_languages(client, shop):
    url = reverse("catalogue:category", args=[shop["shelf"].slug, shop["shelf"].pk])

    assert "<h1>ผ้าไหม</h1>" in text_of(client, url)
    assert "<h1>Silk</h1>" in text_of(client, "/en" + url)


def test_a_shelf_that_is_not_public_is_not_found(client, shop):
    shelf = shop["shelf"]
    shelf.is_public = False
    shelf.save()

    assert client.get(f"/catalogue/category/{shelf.slug}_{shelf.pk}/").status_code == 404


def test_pages_are_links_that_keep_the_words(client, db):
    producer = make_producer()
    for number in range(25):
        make_product(producer, title_th=f"ผ้าคราม {number}")

    html = text_of(client, "/search/?q=คราม")

    assert 'rel="next"' in html
    assert "page=2" in html
    assert text_of(client, "/search/?q=คราม&page=2").count('class="product-card"') == 1


@pytest.mark.parametrize("page", ["2", "1000000", "9" * 30])
def test_a_page_beyond_the_end_leads_back(client, shop, page):
    html = text_of(client, f"/catalogue/?page={page}")

    if len(page) > 7:  # no number of a page at all: the first is shown
        assert html.count('class="product-card"') == 3
    else:
        assert "product-card" not in html
        assert 'href="/catalogue/"' in html


def test_an_empty_list_says_why(client, db):
    html = text_of(client, "/en/catalogue/")

    assert "Nothing is for sale here at the moment." in html


# --- Places and makers -----------------------------------------------------------------------
def test_provinces_stand_under_their_regions_with_what_they_sell(client, shop):
    make_province("83", region="S")

    html = text_of(client, "/en/provinces/")

    assert html.index("Chiang Mai") < html.index("Phuket")
    assert re.search(r"Chiang Mai</span>\s*<span[^>]*>3<", html)
    assert re.search(r"Phuket</span>\s*<span[^>]*>0<", html)


def test_a_province_shows_its_villages_and_products(client, shop):
    make_product(make_producer(make_village(OTHER_VILLAGE, "บ้านปะอาว")), title_th="เครื่องทองเหลือง")

    html = text_of(client, province_url(make_province("50")))

    assert "บ้านดอยปุย" in html
    assert html.count('class="product-card"') == 3
    assert "เครื่องทองเหลือง" not in html


def test_a_village_shows_its_facts_makers_and_charm(client, shop):
    village = shop["village"]

    html = text_of(client, "/en" + village_url(village.code, village.name_th))

    assert '<h1><span class="name">Ban Doi Pui</span></h1>' in html
    assert "Doi Pui Weavers" in html
    assert '<p class="lead" lang="th">กี่ทอผ้าทุกบ้าน</p>' in html


def test_a_closed_village_is_not_found(client, shop):
    village = shop["village"]
    village.status = "closed"
    village.save()

    assert client.get(village_url(village.code, village.name_th)).status_code == 404


def test_a_producer_who_may_not_sell_has_no_page(client, shop):
    producer = shop["producer"]
    url = reverse("storefront:producer", args=[producer.pk, producer.slug])
    assert "กลุ่มทอผ้าดอยปุย" in text_of(client, url)
    producer.status = "suspended"
    producer.save()

    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "/provinces/50/x/",
        "/villages/50010811/x/",
    ],
)
def test_a_place_is_found_by_its_code_whatever_its_slug(client, shop, url):
    response = client.get(url)

    assert response.status_code == 302
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("url", ["/provinces/99/x/", "/villages/99999999/x/", "/producers/0/x/"])
def test_a_place_that_is_not_is_not_found(client, db, url):
    assert client.get(url).status_code == 404


# --- Every page ------------------------------------------------------------------------------
def test_every_page_says_its_language_helps_and_has_one_heading(client, shop):
    village = shop["village"]
    for url in ("/catalogue/", "/provinces/", "/help/", village_url(village.code, village.name_th)):
        for prefix, language in (("", "th"), ("/en", "en")):
            html = text_of(client, prefix + url)

            assert f'<html lang="{language}">' in html
            assert html.count("<h1") == 1
            assert 'href="#main"' in html
            assert f'href="{prefix}/help/"' in html
            assert "GeoThai" in html


def test_the_language_switch_keeps_the_page_and_its_words(client, db):
    assert 'href="/en/search/?q=silk&amp;page=2"' in text_of(client, "/search/?q=silk&page=2&x=1")
    assert 'href="/search/?q=silk"' in text_of(client, "/en/search/?q=silk")


def test_pages_obey_a_policy_without_inline_code(client, shop):
    for url in ("/catalogue/", "/provinces/", "/help/"):
        response = client.get(url)
        html = response.content.decode()

        assert "script-src 'self';" in response["Content-Security-Policy"] + ";"
        assert "unsafe" not in response["Content-Security-Policy"]
        assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", html)
        assert not re.findall(r'(?:src|href)="https?://(?!creativecommons)', html)


def test_the_demonstration_says_so_in_both_languages(client, db, settings):
    assert "Demonstration: no money moves" in text_of(client, "/catalogue/")
    settings.DEMO = False
    assert "Demonstration" not in text_of(client, "/catalogue/")


def test_a_missing_page_is_ours_and_leads_on(client, db):
    response = client.get("/en/nowhere/")

    assert response.status_code == 404
    assert "This page is not here" in response.content.decode()


# --- Certificates ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("issuer", "shown"),
    [
        ("สำนักงานคณะกรรมการอาหารและยา", "<span>Food and Drug Administration, Thailand (Thai FDA)<"),
        ("ชมรมคนทำขนม", '<span lang="th">ชมรมคนทำขนม<'),
    ],
)
def test_an_issuer_has_its_english_name_or_is_marked_as_thai(client, db, issuer, shown):
    made = make_product()
    facts = {"kind": "tcps", "number": "มผช. 1/2566", "issuer": issuer, "by": None}
    certificate = services.record_certificate(provenance=made, **facts)
    services.verify_certificate(certificate=certificate, by=make_user())

    english = text_of(client, f"/en/catalogue/{made.product.slug}_{made.product_id}/")
    thai_page = text_of(client, f"/catalogue/{made.product.slug}_{made.product_id}/")

    assert shown in english
    assert '<span lang="th">มผช. 1/2566</span>' in english
    assert f"<span>{issuer}</span>" in thai_page
