"""Slugs are readable, stable ASCII."""

import re

import geothai
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.thai import slug


def edits(a, b):
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, start=1):
        previous, row[0] = row[0], i
        for j, right in enumerate(b, start=1):
            cost = min(row[j] + 1, row[j - 1] + 1, previous + (left != right))
            previous, row[j] = row[j], cost
    return row[-1]


def letters(text):
    return re.sub("[^a-z0-9]", "", text.lower())


def is_near(place):
    name = place.name_th.removeprefix("เขต")
    return edits(letters(slug(name)), letters(place.name_en)) <= 2


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ผ้าไหมมัดหมี่", "pha-mai-mat-mi"),
        ("น้ำพริกเผาแม่จำเนียร", "nam-phrik-phao-mae-cham-nian"),
        ("เครื่องเงิน", "khrueang-ngoen"),
        ("ข้าวแต๋นน้ำแตงโม", "khao-taen-nam-taeng-mo"),
        ("บ้านกลางต่างๆ", "ban-klang-tang-tang"),
        ("ธรรมศาลา", "tham-sa-la"),
        ("หนองบัวลำภู", "nong-bua-lam-phu"),
        ("ทรายทอง", "sai-thong"),
        ("เสม็ด", "sa-met"),
        ("โพธิ์", "pho"),
        ("ผ้าไหม 100% (สีแดง) No.๕", "pha-mai-100-si-daeng-no-5"),
        ("Café Crème", "cafe-creme"),
        ("", "item"),
        ("!!", "item"),
    ],
)
def test_names_become_readable_slugs(name, expected):
    assert slug(name) == expected


def test_long_slugs_are_cut_between_syllables():
    assert slug("ผ้าไหม" * 40) == "-".join(["pha-mai"] * 10)
    assert slug("a" * 200) == "a" * 80


@given(st.text(st.one_of(st.characters(), st.characters(min_codepoint=0xE01, max_codepoint=0xE5B))))
def test_any_text_gives_a_slug(text):
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug(text))
    assert len(slug(text)) <= 80


def test_slugs_of_places_are_near_their_official_spelling():
    provinces = geothai.provinces()
    amphoes = [amphoe for province in provinces for amphoe in geothai.districts(province.code)]
    tambons = [tambon for amphoe in amphoes for tambon in geothai.subdistricts(amphoe.code)]

    assert (len(amphoes), len(tambons)) == (928, 7_436)
    assert sum(map(is_near, amphoes)) >= 905
    assert sum(map(is_near, tambons)) >= 7_390
