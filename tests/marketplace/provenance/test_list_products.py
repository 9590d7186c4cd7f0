from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from marketplace.provenance import queries
from marketplace.provenance.models import Listing
from marketplace.provenance.queries import ListFilter
from tests.factories import make_category, make_producer, make_product, make_village

pytestmark = pytest.mark.django_db


def found(**facts):
    return [row.title_th for row in queries.list_products(ListFilter(**facts)).rows]


def many(number, category=None):
    """Listings without the trouble of real products, a minute apart."""
    first = make_product(categories=[category] if category else ())
    row = Listing.objects.get(product=first.product)
    producer = make_producer()
    made = [
        make_product(producer, categories=[category] if category else (), public=False)
        for _ in range(number - 1)
    ]
    now = timezone.now()
    for count, one in enumerate(made, start=1):
        row.pk, row.title_th = one.product_id, f"ของชิ้นที่ {count}"
        row.listed_at = now + timedelta(minutes=count)
        row.save(force_insert=True)
        if category:
            row.categories.create(category_id=category.pk, listed_at=row.listed_at)


def test_filters_narrow_the_list_and_the_newest_comes_first():
    ubon = make_producer(make_village("34010105", "บ้านปะอาว"))
    cloth, food = make_category("ผ้า"), make_category("อาหาร")
    make_product(title_th="ผ้าไหม", categories=[cloth])
    make_product(title_th="น้ำพริก", categories=[food])
    make_product(ubon, title_th="เครื่องทองเหลือง")

    assert found() == ["เครื่องทองเหลือง", "น้ำพริก", "ผ้าไหม"]
    assert found(category_id=cloth.pk) == ["ผ้าไหม"]
    assert found(province_code="34") == ["เครื่องทองเหลือง"]
    assert found(village_code="50010811") == ["น้ำพริก", "ผ้าไหม"]
    assert found(producer_id=ubon.pk) == ["เครื่องทองเหลือง"]
    assert found(category_id=food.pk, province_code="34") == []
    assert found(category_id=food.pk, words="พริก") == ["น้ำพริก"]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("มัดหมี่", ["ผ้าไหมมัดหมี่"]),
        ("หมี่ ไหม", ["ผ้าไหมมัดหมี่"]),
        ("SILK", ["ผ้าไหมมัดหมี่"]),
        ("เเกง", ["แกงไตปลา"]),  # two เ typed for แ
        ("ดอยปุย", ["แกงไตปลา", "ผ้าไหมมัดหมี่"]),
        ("ไหม แกง", []),
        ("%", []),
        ("_", []),
        ("' OR 1=1 --", []),
        ("\\", []),
        ("   ", ["แกงไตปลา", "ผ้าไหมมัดหมี่"]),
        ("\0", ["แกงไตปลา", "ผ้าไหมมัดหมี่"]),
        ("ก" * 10_240, []),
    ],
)
def test_every_word_must_occur_and_nothing_in_it_is_a_pattern(words, titles):
    make_product(title_th="ผ้าไหมมัดหมี่", title_en="Mudmee silk")
    make_product(title_th="แกงไตปลา")

    assert found(words=words) == titles


@pytest.mark.parametrize(
    ("asked", "page", "shown"), [(1, 1, 24), (2, 2, 24), (3, 3, 2), (-5, 1, 24), (10**9, 3, 2)]
)
def test_pages_are_bounded(asked, page, shown):
    many(50)

    result = queries.list_products(ListFilter(), page=asked)

    assert (result.total, result.pages, result.page) == (50, 3, page)
    assert len(result.rows) == shown


def test_pages_together_show_every_product_once():
    many(50)

    shown = [row.pk for page in (1, 2, 3) for row in queries.list_products(ListFilter(), page).rows]

    assert len(set(shown)) == 50 == len(shown)


def test_an_empty_list_has_one_page():
    page = queries.list_products(ListFilter(words="ไม่มี"), page=4)

    assert (page.rows, page.total, page.pages, page.page) == ([], 0, 1, 1)


@pytest.mark.parametrize("in_category", [False, True])
def test_page_1_and_page_20_take_three_statements_and_read_keys_from_an_index(in_category):
    category = make_category() if in_category else None
    many(60, category)
    wanted = ListFilter(category_id=category.pk if category else None)

    for page in (1, 20):
        with CaptureQueriesContext(
            connection,
        ) as taken:
            result = queries.list_products(wanted, page=page, per_page=3)
            [(row.title, row.village_name, row.province_name) for row in result.rows]
        assert len(taken) == 3 and len(result.rows) == 3

    if connection.vendor == "sqlite":
        for query in taken.captured_queries[:2]:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                plan = " ".join(row[3] for row in cursor.fetchall())
            assert "COVERING INDEX" in plan and "TEMP B-TREE" not in plan, plan


def test_cards_keep_the_order_asked_for_and_leave_out_what_is_not_listed(
    django_assert_num_queries,
):
    first, second = make_product(), make_product()
    draft = make_product(public=False)

    with django_assert_num_queries(1):
        rows = queries.cards([second.product_id, draft.product_id, first.product_id])

    assert [row.pk for row in rows] == [second.product_id, first.product_id]
    assert queries.cards([]) == []


def test_more_from_a_village_leaves_out_the_product_itself_and_shows_what_is_there_first():
    sold_out = make_product(stock=0, title_th="หมดแล้ว")
    here, other = make_product(), make_product(title_th="มีของ")
    make_product(make_producer(make_village("34010105", "บ้านปะอาว")))

    rows = queries.more_from_village("50010811", exclude=here.product_id)

    assert [row.pk for row in rows] == [other.product_id, sold_out.product_id]


def test_a_card_speaks_the_language_of_the_page():
    made = make_product(title_th="ผ้าไหม", title_en="Silk")
    row = queries.cards([made.product_id])[0]

    assert row.title == "ผ้าไหม"
    with translation.override("en"):
        assert row.title == "Silk"
