"""A card shows what its row says, escaped, and what can be done with the product."""

from django.utils.translation import override

from marketplace.core.templatetags.cards import product_grid
from marketplace.provenance.models import Listing


def row(**facts) -> Listing:
    usual = {
        "product_id": 7,
        "title_th": "ผ้าไหม",
        "slug": "phaamai",
        "village_name_th": "บ้านดอย",
        "province_name_th": "น่าน",
        "province_name_en": "Nan",
        "price_satang": 25_000,
        "price_to_satang": 25_000,
    }
    return Listing(**usual | facts)


def test_every_word_of_a_row_is_escaped():
    hostile = '"><script>alert(1)</script>'
    names = ("title_th", "village_name_th", "province_name_th", "picture", "otop_type", "slug")

    html = product_grid([row(**dict.fromkeys(names, hostile))])

    assert "<script" not in html
    assert '">' + "<script" not in html
    assert html.count("&lt;script&gt;") == 4  # title and the name of its button, village, province
    assert "/renditions/%22%3E%3Cscript%3E" in html


def test_a_card_offers_what_can_be_done():
    with override("en"):
        plain, options, gone = (
            product_grid([row(**facts)])
            for facts in ({}, {"has_options": True}, {"is_available": False, "absence": "sold_out"})
        )

    assert 'action="/en/basket/add/7/" method="post"' in plain
    assert 'Put in the basket<span class="visually-hidden">: ผ้าไหม</span>' in plain
    assert 'href="/en/catalogue/phaamai_7/">Choose options<' in options
    assert "<form" not in options
    assert "product-card--sold-out" in gone
    assert "Sold out</p>" in gone
    assert "<form" not in gone


def test_a_thai_title_is_marked_on_english_pages_only():
    with override("en"):
        assert '_7/" lang="th">ผ้าไหม</a></h3>' in product_grid([row()], "h3")
        assert 'lang="th"' not in product_grid([row(title_en="Silk")])
    with override("th"):
        assert '_7/">ผ้าไหม</a></h2>' in product_grid([row()])


def test_only_the_first_picture_of_a_list_comes_at_once():
    rows = [row(picture="products/a.jpg"), row(picture="products/b.jpg")]

    assert product_grid(rows).count('fetchpriority="high"') == 1
    assert product_grid(rows).index("fetchpriority") < product_grid(rows).index("b.jpg")
    assert 'fetchpriority="high"' not in product_grid(rows, eager=False)
    assert product_grid([]) == '<ul class="grid"></ul>'
