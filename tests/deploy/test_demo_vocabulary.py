"""The demo's words: counts that were promised, codes that exist, Thai that is clean."""

import re
import unicodedata
from collections import Counter
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

import geothai
import pytest

from deploy.demo.pictures import all_keys
from deploy.demo.vocabulary import shapes
from deploy.demo.vocabulary.categories import CATEGORIES, CATEGORY_SLUGS
from deploy.demo.vocabulary.certificates import NUMBER_PATTERNS
from deploy.demo.vocabulary.crafts import ARCHETYPE_BY_KEY, ARCHETYPES
from deploy.demo.vocabulary.people import SHOPPERS, SIGN_INS
from deploy.demo.vocabulary.places import (
    REGION_BY_VILLAGE_CODE,
    ROUTES,
    VILLAGE_BY_CODE,
    VILLAGES,
    VILLAGES_BY_REGION,
)
from deploy.demo.vocabulary.producers import PRODUCER_BY_KEY, PRODUCERS
from deploy.demo.vocabulary.products import DEFAULT_DAY, compose_products
from deploy.demo.vocabulary.stories import STORIES
from deploy.demo.vocabulary.variant_prices import VARIANT_PRICES, WITHOUT_CHOICES

pytestmark = pytest.mark.no_database

PRODUCTS = compose_products()
EVERYTHING = (VILLAGES, ROUTES, PRODUCERS, CATEGORIES, ARCHETYPES, STORIES, PRODUCTS, SHOPPERS)
PICTURE_KEYS = set(all_keys())
THAI = re.compile("[\u0e01-\u0e5b]")
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
TYPOGRAPHY = "“”’é–"
SOME_SECONDARY_CITIES = {"42", "47", "33", "52", "54", "55", "57", "64", "60", "93", "91"}


def _walk(value, path=""):
    """Every string in the data, with the name of its field."""
    if isinstance(value, str):
        yield path, value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _walk(getattr(value, field.name), field.name)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _walk(item, path)


STRINGS = [pair for part in EVERYTHING for pair in _walk(part)]


def test_villages_cover_the_six_regions_and_many_provinces():
    provinces = {village.province_code for village in VILLAGES}

    assert len(VILLAGES) >= 66
    assert len(provinces) >= 24
    assert set(VILLAGES_BY_REGION) == set(shapes.REGIONS)
    assert min(map(len, VILLAGES_BY_REGION.values())) >= 5
    assert provinces >= SOME_SECONDARY_CITIES
    assert len(VILLAGE_BY_CODE) == len(VILLAGES) == len({v.name_th for v in VILLAGES})
    assert len({v.charm_th for v in VILLAGES}) == len(VILLAGES)


def test_village_codes_are_moos_of_real_tambons():
    for village in VILLAGES:
        assert re.fullmatch(r"\d{8}", village.code)
        assert geothai.subdistrict(village.tambon_code) is not None
        assert 1 <= village.moo <= 20
        assert village.name_th.startswith("บ้าน")


def test_village_facts_use_known_words():
    for village in VILLAGES:
        assert set(village.facilities) <= set(shapes.FACILITIES)
        assert {p.code for p in village.programmes} <= set(shapes.PROGRAMMES)
        assert village.status in shapes.VILLAGE_STATUSES
        assert (village.status == "active") == (not village.status_reason_th)
    assert sum(village.status != "active" for village in VILLAGES) >= 3


def test_routes_of_three_kinds_join_known_villages():
    assert len(ROUTES) == 4
    assert {route.kind for route in ROUTES} == set(shapes.ROUTE_KINDS)
    for route in ROUTES:
        assert len(route.stops) >= 3
        assert all(stop.village_code in VILLAGE_BY_CODE for stop in route.stops)


def test_producers_live_in_known_villages_and_make_what_their_region_makes():
    assert len(PRODUCERS) == len(PRODUCER_BY_KEY) == 120
    assert {producer.village_code for producer in PRODUCERS} == set(VILLAGE_BY_CODE)
    for producer in PRODUCERS:
        region = REGION_BY_VILLAGE_CODE[producer.village_code]
        assert producer.type in shapes.PRODUCER_TYPES
        assert producer.makes
        assert all(region in ARCHETYPE_BY_KEY[key].regions for key in producer.makes)
    assert {p.type for p in PRODUCERS} == set(shapes.PRODUCER_TYPES)
    assert 20 < sum(p.vat_registered for p in PRODUCERS) < 100


def test_archetypes_are_many_and_coherent():
    assert len(ARCHETYPES) == len(ARCHETYPE_BY_KEY) >= 90
    assert {a.otop_type for a in ARCHETYPES} == set(shapes.OTOP_TYPES)
    for archetype in ARCHETYPES:
        assert archetype.category in CATEGORY_SLUGS
        assert archetype.category.startswith(archetype.otop_type)
        assert archetype.stock in shapes.STOCK_KINDS
        assert (archetype.stock == "made_to_order") == (archetype.days > 0)
        assert (archetype.stock == "seasonal") == bool(archetype.months)
        assert set(archetype.certificates) <= set(shapes.CERTIFICATE_TYPES)
        assert not archetype.choices or archetype.axis in shapes.AXES
        assert archetype.price_baht[0] < archetype.price_baht[1]


def test_every_archetype_has_a_maker_and_every_shelf_a_thing():
    made = {key for producer in PRODUCERS for key in producer.makes}

    assert made == set(ARCHETYPE_BY_KEY)
    assert {a.category for a in ARCHETYPES} == set(CATEGORY_SLUGS)


def test_own_prices_belong_to_variants_that_exist():
    known = {(a.key, v.en) for a in ARCHETYPES for v in a.variants}

    assert set(VARIANT_PRICES) <= known
    assert known >= WITHOUT_CHOICES


def test_crafts_stay_where_they_are_made():
    regions = {key: set(ARCHETYPE_BY_KEY[key].regions) for key in ARCHETYPE_BY_KEY}

    assert regions["mudmee_silk"] == {"NE"}
    assert regions["batik_cloth"] == {"S"}
    assert regions["namprik_num"] == {"N"}
    assert regions["krajood"] == {"S"}
    assert regions["celadon"] == {"N"}


def test_six_hundred_distinct_products_over_all_producers():
    per_producer = Counter(product.producer_key for product in PRODUCTS)

    assert len(PRODUCTS) == 600
    assert [product.number for product in PRODUCTS] == list(range(1, 601))
    assert set(per_producer) == set(PRODUCER_BY_KEY)
    assert min(per_producer.values()) >= 1
    assert max(per_producer.values()) <= 15
    assert len({product.title_th for product in PRODUCTS}) == 600
    assert len({product.title_en for product in PRODUCTS}) == 600
    assert min(Counter(p.otop_type for p in PRODUCTS).values()) >= 50


def test_products_are_what_their_producer_makes():
    for product in PRODUCTS:
        producer = PRODUCER_BY_KEY[product.producer_key]
        assert product.archetype in producer.makes
        assert product.village_code == producer.village_code
        assert product.otop_type == ARCHETYPE_BY_KEY[product.archetype].otop_type


def test_same_seed_same_products():
    assert compose_products(7) == compose_products(7)
    assert compose_products(7) != compose_products(8)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_seed_gives_distinct_titles(seed):
    products = compose_products(seed)

    assert len({product.title_th for product in products}) == 600
    assert len({product.producer_key for product in products}) == 120


def test_prices_and_weights_are_plausible():
    prices = [p.price_baht for p in PRODUCTS]
    prices += [option.price_baht for p in PRODUCTS for option in p.options]

    assert all(isinstance(price, Decimal) and price.as_tuple().exponent >= -2 for price in prices)
    assert min(prices) >= 20
    assert max(p.price_baht for p in PRODUCTS) <= 20000
    assert any(price % 1 for price in prices)
    assert all(p.weight_grams > 0 for p in PRODUCTS)


def test_quadrants_and_stars():
    quadrants = Counter(product.quadrant for product in PRODUCTS)

    assert quadrants["D"] > quadrants["C"] > quadrants["A"] > 0
    assert quadrants["B"] > 0
    for product in PRODUCTS:
        assert 0 <= product.stars <= 5
        assert (product.award_year_be is None) == (product.stars == 0)
    assert {product.stars for product in PRODUCTS} == set(range(6))


def test_certificate_numbers_have_the_form_of_their_issuer():
    certificates = [c for product in PRODUCTS for c in product.certificates]

    assert {c.type for c in certificates} == set(shapes.CERTIFICATE_TYPES)
    for certificate in certificates:
        assert re.fullmatch(NUMBER_PATTERNS[certificate.type], certificate.number)
        assert certificate.issued_on <= DEFAULT_DAY
        assert certificate.expires_on is None or certificate.issued_on < certificate.expires_on


def test_some_certificates_are_lapsed_or_unverified_and_d_has_none_in_force():
    def in_force(certificate):
        lapsed = certificate.expires_on is not None and certificate.expires_on < DEFAULT_DAY
        return certificate.is_verified and not lapsed

    held = [(p, c) for p in PRODUCTS for c in p.certificates]

    assert sum(not c.is_verified for _, c in held) >= 5
    assert sum(c.expires_on is not None and c.expires_on < DEFAULT_DAY for _, c in held) >= 5
    assert not any(p.quadrant == "D" and in_force(c) for p, c in held)


def test_certificates_follow_the_day_they_are_asked_for():
    later = compose_products(as_of=date(2030, 1, 1))

    newest = max(c.issued_on for p in later for c in p.certificates)
    assert date(2029, 1, 1) < newest <= date(2030, 1, 1)


def test_options_are_coherent():
    with_options = [product for product in PRODUCTS if product.options]

    assert len(with_options) >= 60
    for product in with_options:
        assert product.option_axes and set(product.option_axes) <= set(shapes.AXES)
        assert len(product.options) >= 2
        assert product.price_baht == min(option.price_baht for option in product.options)
        for option in product.options:
            assert tuple(axis for axis, _, _ in option.values) == product.option_axes
            assert (option.stock_count is None) == (product.stock.count is None)
        assert len({option.values for option in product.options}) == len(product.options)


def test_batches_of_single_pieces_show_each_piece():
    batches = [product for product in PRODUCTS if product.is_batch_of_pieces]

    assert len(batches) >= 10
    for product in batches:
        pictures = [option.picture_key for option in product.options]
        assert all(pictures)
        assert len(set(pictures)) == len(pictures)
        assert all(option.stock_count in (0, 1) for option in product.options)


def test_stock_says_what_its_kind_needs():
    assert {product.stock.kind for product in PRODUCTS} == set(shapes.STOCK_KINDS)
    for product in PRODUCTS:
        stock = product.stock
        assert (stock.kind == "made_to_order") == (stock.count is None) == (stock.lead_days > 0)
        assert (stock.kind == "seasonal") == bool(stock.months)
        assert stock.kind != "one_piece" or product.options or stock.count == 1


def test_picture_keys_are_drawn_and_a_few_products_have_none():
    used = [key for name, key in STRINGS if name.startswith("picture") or name.endswith("_key")]
    used = [key for key in used if "-" in key and key.split("-")[0] in _kinds()]
    used += [key for a in ARCHETYPES for key in (*a.pictures, *a.piece_pictures)]
    used += [v.picture for a in ARCHETYPES for v in a.variants if v.picture]

    assert set(used) <= PICTURE_KEYS
    assert {key for p in PRODUCTS for key in p.picture_keys} <= PICTURE_KEYS
    assert 5 <= sum(not product.picture_keys for product in PRODUCTS) <= 40


def _kinds():
    return {key.split("-")[0] for key in PICTURE_KEYS}


def test_every_village_story_and_route_has_a_drawn_picture():
    keys = {v.picture_key for v in VILLAGES} | {r.picture_key for r in ROUTES}
    keys |= {story.hero_picture_key for story in STORIES}

    assert keys <= PICTURE_KEYS


def test_stories_have_paragraphs_a_quote_a_picture_and_products():
    assert len(STORIES) == len({story.slug for story in STORIES}) == 8
    for story in STORIES:
        kinds = Counter(type(block).__name__ for block in story.body)
        assert story.village_code in VILLAGE_BY_CODE
        assert kinds["Paragraph"] >= 5
        assert kinds["Quote"] and kinds["Picture"] and kinds["ProductPick"]
        thai = "".join(b.th for b in story.body if isinstance(b, shapes.Paragraph))
        assert 1200 < len(thai) < 3500


def test_stories_point_at_things_that_exist():
    for story in STORIES:
        for block in story.body:
            if isinstance(block, shapes.ProductPick):
                assert not block.producer_key or block.producer_key in PRODUCER_BY_KEY
                assert not block.archetype or block.archetype in ARCHETYPE_BY_KEY
            elif isinstance(block, shapes.Picture):
                assert block.key in PICTURE_KEYS
            elif isinstance(block, shapes.VillageCard):
                assert block.village_code in VILLAGE_BY_CODE


def test_categories_are_five_families_of_ascii_slugs():
    assert [family.slug for family in CATEGORIES] == [
        "textile", "food", "beverage", "household", "herbal",
    ]  # fmt: skip
    assert all(4 <= len(family.children) <= 7 for family in CATEGORIES)
    assert all(re.fullmatch(r"[a-z-]+", slug) for slug in CATEGORY_SLUGS)


def test_shoppers_live_in_real_tambons_with_their_postcode():
    for shopper in SHOPPERS:
        tambon = geothai.subdistrict(shopper.address.tambon_code)
        assert tambon is not None
        assert shopper.address.postcode in tambon.postal_codes
        assert shopper.email.endswith("@demo.example")


def test_sign_ins_cover_the_roles():
    roles = Counter(person.role for person in SIGN_INS)

    assert roles == {
        "shopper": 1, "producer": 2, "curator": 1, "finance": 1, "officer": 1, "administrator": 1,
    }  # fmt: skip
    assert len({person.email for person in SIGN_INS}) == len(SIGN_INS)
    for person in SIGN_INS:
        assert person.role != "producer" or person.scope in PRODUCER_BY_KEY
        assert person.role != "officer" or geothai.province(person.scope) is not None


def test_thai_fields_are_thai_and_english_fields_are_plain():
    for name, text in STRINGS:
        if name.endswith("_th") or name == "th":
            assert text in ("", "{v}") or THAI.search(text), text
        if name.endswith("_en") or name == "en":
            assert all(ord(c) < 128 or c in TYPOGRAPHY for c in text), text


def test_text_is_clean():
    for name, text in STRINGS:
        assert text == unicodedata.normalize("NFC", text), (name, text)
        assert not INVISIBLE.search(text), (name, text)
        assert "\u0e40\u0e40" not in text, (name, text)
        assert "\u0e4d\u0e32" not in text, (name, text)
        assert "  " not in text and text == text.strip(), (name, text)
        assert "{" not in text or "pattern" in name or name.startswith("title"), (name, text)


def test_no_thai_mark_stands_twice_or_alone():
    doubled = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
    for name, text in STRINGS:
        for before, mark in zip(text, text[1:], strict=False):
            if doubled.match(mark):
                assert THAI.match(before) and before != mark, (name, text)


def test_product_titles_are_filled_in():
    for product in PRODUCTS:
        assert "{" not in product.title_th + product.title_en
        assert THAI.search(product.title_th)
        assert product.title_en.isascii()
        assert len(product.title_th) <= 90


def test_nobody_sells_alcohol():
    words = re.compile("เหล้า|ไวน์|สาโท|เบียร์|สุรา")

    for product in PRODUCTS:
        assert not words.search(product.title_th + product.description_th)


def test_producer_stories_are_two_to_four_sentences():
    for producer in PRODUCERS:
        assert 2 <= len(re.findall(r"[.!?](?:\s|$)", producer.story_en)) <= 5
        assert " " in producer.story_th
