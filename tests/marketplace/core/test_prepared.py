"""A read whose statement is composed once returns what is there at each call."""

from datetime import date
from threading import Thread

import pytest
from django.db import connections

from marketplace.core.prepared import Prepared
from marketplace.places.models import Province
from marketplace.provenance.models import Listing
from tests.factories import make_product, make_province

pytestmark = pytest.mark.django_db


def codes(rows) -> list[str]:
    return [row.code for row in rows]


def test_every_call_reads_the_rows_of_that_moment(django_assert_num_queries):
    named = Prepared(lambda name: Province.objects.filter(name_th=name).order_by("code"))
    assert named(name="ใหม่") == []

    make_province("91", name_th="ใหม่")

    with django_assert_num_queries(1):
        assert codes(named(name="ใหม่")) == ["91"]
    assert named(name="เก่า") == []


def test_the_statement_is_composed_once_for_each_part_and_power_of_two():
    composed = []

    def build(limit, wanted):
        composed.append(limit)
        return Province.objects.filter(code__in=wanted).order_by("code")[:limit]

    first = Prepared(build)
    for code in ("91", "92", "93"):
        make_province(code)

    assert codes(first(2, wanted=["93", "92", "91"])) == ["91", "92"]
    assert codes(first(2, wanted=["93", "91", "90"])) == ["91", "93"]
    assert codes(first(2, wanted=["93", "91", "90", "92"])) == ["91", "92"]
    assert codes(first(1, wanted=["93", "92", "91"])) == ["91"]
    assert codes(first(2, wanted=["93"])) == ["93"]
    assert composed == [2, 1, 2]


def test_days_are_compared_as_days():
    make_province("91", valid_from=date(2026, 5, 1))
    there = Prepared(lambda day: Province.objects.in_force(day).filter(code="91"))

    assert there(day=date(2026, 4, 30)) == []
    assert codes(there(day=date(2026, 5, 1))) == ["91"]


def test_columns_left_out_and_relations_come_as_in_any_queryset(django_assert_num_queries):
    product_id = make_product(title_th="ผ้า").product_id
    listed_at = Listing.objects.get().listed_at
    rows_of = Prepared(
        lambda ids: (
            Listing.objects.filter(pk__in=ids)
            .select_related("product")
            .only("listed_at", "product__title")
        )
    )

    with django_assert_num_queries(1):
        [row] = rows_of(ids=[product_id])
        assert row.product.title == "ผ้า"
        assert row.listed_at == listed_at
    with django_assert_num_queries(1):
        assert row.slug


def test_tuples_of_several_querysets_come_in_one_statement(django_assert_num_queries):
    make_province("91", name_th="ก")
    make_province("92", name_th="ข")
    named = Prepared(
        lambda one, other: (
            Province.objects.filter(name_th=one)
            .order_by()
            .values_list("code")
            .union(Province.objects.filter(name_th=other).order_by().values_list("code"))
            .order_by("code")
        )
    )

    with django_assert_num_queries(1):
        assert named(one="ข", other="ก") == [("91",), ("92",)]


def test_an_empty_list_is_refused(django_assert_num_queries):
    rows_of = Prepared(lambda ids: Listing.objects.filter(pk__in=ids))

    with django_assert_num_queries(0), pytest.raises(ValueError, match="ids"):
        rows_of(ids=[])


def test_threads_share_no_statement():
    everything = Prepared(lambda: Province.objects.filter(code="00"))
    found = []

    def read():
        found.append(everything())
        found.append("prepared_statements" in vars(connections["default"]))
        connections["default"].close()

    everything()
    known = vars(connections["default"])["prepared_statements"]
    before = dict(known)
    thread = Thread(target=read)
    thread.start()
    thread.join()

    assert found == [[], True]
    assert known == before
