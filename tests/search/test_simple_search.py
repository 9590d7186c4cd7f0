"""Search over the listing: finds Thai inside names, and nobody can make it fail or widen."""

import pytest
from django.urls import reverse

from search import engine
from search.requests import PER_PAGE, SearchRequest, clean_words, page_number
from tests.factories import make_producer, make_product, make_village

pytestmark = pytest.mark.django_db


@pytest.fixture
def things(db):
    chiang_mai = make_producer(
        make_village("50010811", "บ้านดอยปุย", name_en="Ban Doi Pui"), "กลุ่มดอยปุย"
    )
    ubon = make_producer(make_village("34010105", "บ้านปะอาว"), "กลุ่มปะอาว")
    return {
        "silk": make_product(chiang_mai, title_th="ผ้าไหมมัดหมี่ลายนกยูง", title_en="Mudmee silk"),
        "brass": make_product(ubon, title_th="กระดิ่งทองเหลือง", title_en="Brass bell"),
        "indigo": make_product(ubon, title_th="ผ้าพันคอย้อมคราม 100%", title_en="Indigo_scarf"),
    }


def found(words: str, things: dict) -> set[str]:
    rows = engine.find(SearchRequest(words=clean_words(words))).rows
    names = {one.product_id: name for name, one in things.items()}
    return {names[row.pk] for row in rows}


@pytest.mark.parametrize(
    "words, expected",
    [
        ("มัดหมี่", {"silk"}),
        ("ผ้า", {"silk", "indigo"}),
        ("ผ้า ปะอาว", {"indigo"}),
        ("SILK", {"silk"}),
        ("silk brass", set()),
        ("Ban Doi Pui", {"silk"}),
        ("เชียงใหม่", {"silk"}),
        ("Chiang Mai", {"silk"}),
        ("  ผ้าไหม \u200b ", {"silk"}),
        ("", {"silk", "brass", "indigo"}),
    ],
)
def test_all_words_must_occur_anywhere(things, words, expected):
    assert found(words, things) == expected


@pytest.mark.parametrize("words", ["%", "_", "100%", "Indigo_scarf"])
def test_signs_of_sql_patterns_are_letters(things, words):
    assert found(words, things) == {"indigo"}


HOSTILE = [
    "' OR '1'='1",
    "'; DROP TABLE provenance_listing; --",
    '") UNION SELECT 1,2,3 --',
    "\\",
    "\\%",
    "[a-z]*",
    "*",
    "(?:",
    "\x00",
    "zz\x00qq",
    "\ud7ff\uffff\U0001f300",
    "ก" * 10_000,
    "x " * 5_000,
    "ก\u0e49" * 3_000,
    "\u202e\u2066\ufeff",
    "<script>alert(1)</script>",
    "${jndi:ldap://x}",
    "{{ 7*7 }}{% debug %}",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_neither_fail_nor_widen(client, things, words):
    response = client.get(reverse("search:search"), {"q": words})

    assert response.status_code == 200
    html = response.content.decode()
    if clean_words(words):
        assert 'class="product-card' not in html
    assert "<script>alert" not in html
    assert ">49<" not in html


@pytest.mark.parametrize(
    "query",
    ["q=%ff%fe", "q=%00", "q=a&q=b", "page=-1", "page=0", "page=1e9", "page=%E0%B9%91", "q"],
)
def test_a_broken_address_is_answered(client, things, query):
    assert client.get(f"/search/?{query}").status_code == 200


def test_nothing_found_says_what_to_try(client, things):
    html = client.get("/en/search/?q=zzzz").content.decode()

    assert "Nothing has these words." in html
    assert "Results for “zzzz”" in html


def test_words_stay_in_the_box(client, things):
    assert (
        'value="ผ้าไหม &amp; &quot;คราม"'
        in client.get("/search/", {"q": 'ผ้าไหม & "คราม'}).content.decode()
    )


def test_words_and_filters_narrow_together(things):
    def total(**wanted):
        return engine.find(SearchRequest(**wanted)).total

    assert total(words="ผ้า", province_code="34") == 1
    assert total(words="ผ้า", village_code="50010811") == 1
    assert total(producer_id=things["brass"].producer_id) == 2
    assert total(words="ผ้า", category_id=999) == 0


def test_a_page_beyond_the_last_has_no_rows_but_knows_the_total(things):
    page = engine.find(SearchRequest(page=9))

    assert (list(page.rows), page.total, page.page, page.pages) == ([], 3, 9, 1)


@pytest.mark.parametrize(
    "text, number",
    [("", 1), ("3", 3), ("0", 1), ("-2", 1), ("1.5", 1), ("๓", 1), ("x", 1), ("9" * 50, 1)],
)
def test_what_is_no_page_number_is_page_one(text, number):
    assert page_number(text) == number


def test_words_are_cut_and_cleaned():
    assert clean_words("  ผ้า\x00\n ไหม ") == "ผ้า ไหม"
    assert len(clean_words("ก" * 10_000)) == 200


def test_a_page_holds_twenty_four(db):
    producer = make_producer()
    for number in range(PER_PAGE + 1):
        make_product(producer, title_th=f"ผ้า {number}")

    page = engine.find(SearchRequest())

    assert (len(page.rows), page.total, page.pages) == (24, 25, 2)
