"""A document is described once, and a wrong description is refused before anything is written."""

from datetime import datetime
from decimal import Decimal

import pytest
from django.utils.translation import get_language, gettext_lazy, override

from marketplace.core.documents.document import Column, Kind, Table, in_language, plain
from tests.marketplace.core.documents.samples import make_document, make_table

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(("key", "kind"), [
    ("income", Kind.SATANG), ("income_baht", Kind.SATANG), ("share", Kind.SHARE),
    ("Income_satang", Kind.SATANG), ("", Kind.TEXT), ("ชื่อ", Kind.TEXT), ("a", "money"),
])  # fmt: skip
def test_a_key_says_the_unit_of_its_figures(key, kind):
    with pytest.raises(ValueError):
        Column(key, "x", kind)


def test_a_kind_may_be_named_by_its_word():
    assert Column("a_satang", "x", "satang").kind is Kind.SATANG


def test_keys_are_there_and_of_their_own():
    column = Column("name", "x")

    for columns in ((), (column, column)):
        with pytest.raises(ValueError):
            Table("a", "x", columns, [])
    for tables in ((make_table(), make_table()), ()):
        with pytest.raises(ValueError):
            make_document().__class__("a", "x", tables, make_document().made_at)


def test_the_moment_of_making_has_a_zone():
    with pytest.raises(ValueError):
        make_document(made_at=datetime(2026, 11, 22))


@pytest.mark.parametrize(("kind", "key", "value"), [
    (Kind.SATANG, "a_satang", 1.5), (Kind.SATANG, "a_satang", Decimal("1.50")),
    (Kind.SATANG, "a_satang", True), (Kind.COUNT, "a", 2.0), (Kind.DAY, "a", 20261122),
    (Kind.TEXT, "a", 7), (Kind.CODE, "a", 105), (Kind.MONTH, "a", 11),
    (Kind.DAY, "a", datetime(2026, 11, 22)),
])  # fmt: skip
def test_a_value_of_another_kind_is_refused(kind, key, value):
    table = Table("t", "x", (Column(key, "x", kind),), [(value,)])

    with pytest.raises(TypeError):
        list(table.checked_rows())


@pytest.mark.parametrize("row", [(), ("a", "b")])
def test_a_row_has_a_cell_for_each_column(row):
    table = Table("t", "x", (Column("a", "x"),), [row])

    with pytest.raises(ValueError):
        list(table.checked_rows())


def test_words_may_stand_in_place_of_a_figure():
    columns = (Column("a_satang", "x", Kind.SATANG), Column("day", "x", Kind.DAY))
    table = Table("t", "x", columns, [("ต่ำกว่า 10,000", gettext_lazy("Total"))])

    with override("th"):
        assert list(table.checked_rows()) == [["ต่ำกว่า 10,000", "รวม"]]


def test_rows_are_made_one_by_one_and_the_total_after_the_last():
    seen = []

    def rows():
        for number in (1, 2, 3):
            seen.append(number)
            yield (number,)

    table = Table("t", "x", (Column("n", "x", Kind.COUNT),), rows(), total=lambda: (sum(seen),))

    first = next(table.checked_rows())

    assert (first, seen) == ([1], [1])
    assert list(table.checked_rows()) == [[2], [3]]
    assert table.checked_total() == [6]


def test_characters_that_no_file_can_hold_are_dropped():
    assert plain("a\x00\x08\x0b\x1b\x7fb\ud800\ufffe\nค\t") == "ab\nค\t"


@pytest.mark.parametrize(("name", "stem"), [
    ("รายได้/เชียงใหม่:2569", "รายได้-เชียงใหม่-2569"), ('a"b\\c\r\nd*?', "a-b-c-d-"),
    (" ../etc ", "-etc"), ("", "document"), ("...", "document"),
])  # fmt: skip
def test_a_file_name_suits_every_system(name, stem):
    assert make_document(file_name=name).stem == stem


def test_items_are_made_in_the_language_of_the_document_however_late():
    def words():
        while True:
            yield get_language()

    with override("en"):
        made = in_language("th", words())
        first, around = next(made), get_language()

    assert (first, around) == ("th", "en")
    assert next(made) == "th"
