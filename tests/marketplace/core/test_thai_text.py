"""Thai text is repaired once, and sorts as in a dictionary."""

import unicodedata

import geothai
import icu
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.thai import (
    SORT_KEY_MAX_LENGTH,
    arabic_digits,
    baht_in_words,
    normalise,
    sort_key,
    thai_digits,
)

MESSY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("กนาำเแะัิีืฺุู็่้๊๋์ํ๎ \u200b\ufeff\u00ad\u00a0\n\r\t\u2028"),
    ),
    max_size=40,
)


def place_names():
    names = set()
    for province in geothai.provinces():
        names.add(province.name_th)
        for district in geothai.districts(province.code):
            names.add(district.name_th)
            names.update(tambon.name_th for tambon in geothai.subdistricts(district.code))
    return names


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("น\u0e4dาพริก", "นำพริก"),
        ("น\u0e49\u0e4dาพริก", "น้ำพริก"),
        ("น\u0e4d\u0e49าพริก", "น้ำพริก"),
        ("นำ\u0e49พริก", "น้ำพริก"),
        ("เเม่เเจ่ม", "แม่แจ่ม"),
        ("ท\u0e48\u0e35", "ท\u0e35\u0e48"),
        ("หม\u0e35\u0e35\u0e48\u0e48", "หมี่"),
        ("\ufeffผ้า\u200bไหม\u00ad", "ผ้าไหม"),
        ("  ผ้า\u00a0 \r\n ไหม\t", "ผ้า ไหม"),
        ("ผ้า\x00ไหม\x07", "ผ้าไหม"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_text_is_repaired(typed, stored):
    assert normalise(typed) == stored


@given(MESSY, st.booleans())
def test_normalising_twice_changes_nothing(text, keep_lines):
    once = normalise(text, keep_lines=keep_lines)

    assert normalise(once, keep_lines=keep_lines) == once
    assert unicodedata.is_normalized("NFC", once)


def test_sara_am_and_compatibility_letters_stay_whole():
    assert normalise("น้ำ ½ ㎏") == "น้ำ ½ ㎏"


def test_lines_are_kept_on_request():
    assert normalise(" ก  ข \r\n\r\n\n\n ค ", keep_lines=True) == "ก ข\n\nค"


def test_names_of_places_are_right_already():
    assert [name for name in place_names() if normalise(name) != name] == []


def test_names_of_places_sort_as_icu_sorts_them():
    names = place_names()
    collator = icu.Collator.createInstance(icu.Locale("th"))

    ours, theirs = sorted(names, key=sort_key), sorted(names, key=collator.getSortKey)

    assert len(names) == 6_229
    assert sum(a == b for a, b in zip(ours, theirs, strict=True)) >= 6_224


def test_sort_keys_ignore_case_accents_spaces_and_kind_of_digits():
    assert sort_key("Cafe\u0301 ๑") == sort_key("CAFE 1") == "cafe1 cafe1"
    assert sort_key("แม่ฮ่องสอน") == "มแฮองสอน มแ่ฮ่องสอน"
    assert len(sort_key("แม่" * 500)) <= SORT_KEY_MAX_LENGTH


def test_digits_change_script():
    assert thai_digits(2569) == "๒๕๖๙"
    assert arabic_digits("๘๑๐๐๐ ก") == "81000 ก"


@pytest.mark.parametrize(
    ("amount_satang", "words"),
    [
        (0, "ศูนย์บาทถ้วน"),
        (100, "หนึ่งบาทถ้วน"),
        (1_100, "สิบเอ็ดบาทถ้วน"),
        (12_150, "หนึ่งร้อยยี่สิบเอ็ดบาทห้าสิบสตางค์"),
        (25, "ยี่สิบห้าสตางค์"),
        (10_100, "หนึ่งร้อยเอ็ดบาทถ้วน"),
        (100_000_100, "หนึ่งล้านเอ็ดบาทถ้วน"),
        (2_100_000_000, "ยี่สิบเอ็ดล้านบาทถ้วน"),
        (10**14, "หนึ่งล้านล้านบาทถ้วน"),
        (-2_000, "ลบยี่สิบบาทถ้วน"),
    ],
)
def test_sums_are_written_in_words(amount_satang, words):
    assert baht_in_words(amount_satang) == words
