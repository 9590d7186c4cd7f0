"""Tax numbers, telephone numbers and titles of people are recognised."""

import pytest

from marketplace.core.thai import (
    InvalidThaiPhone,
    contains_phone,
    is_valid_tax_id,
    normalise_phone,
    personal_title,
)


def test_the_last_digit_of_a_tax_number_checks_the_others():
    assert is_valid_tax_id("0107537000521")
    assert is_valid_tax_id("0-1075-37000-52-๑")
    assert is_valid_tax_id("0105536000071")
    assert is_valid_tax_id("0105536000020")
    assert not is_valid_tax_id("0107537000522")
    assert not is_valid_tax_id("010753700052")
    assert not is_valid_tax_id("")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("081-234-5678", "0812345678"), ("812345678", "0812345678"), ("812345678.0", "0812345678"),
        ("+66 81 234 5678", "0812345678"), ("๐๘๑๒๓๔๕๖๗๘", "0812345678"), ("21234567", "021234567"),
    ],
)  # fmt: skip
def test_telephone_numbers_get_their_zero_back(typed, stored):
    assert normalise_phone(typed) == normalise_phone(stored) == stored


@pytest.mark.parametrize("typed", ["8.99e18", "12345", "", "ไม่มี"])
def test_what_is_no_telephone_number_is_refused(typed):
    with pytest.raises(InvalidThaiPhone):
        normalise_phone(typed)


def test_telephone_numbers_are_found_in_text():
    assert contains_phone("สอบถาม โทร.081-234 5678 ค่ะ")
    assert contains_phone("812345678")
    assert not contains_phone("เลขที่ 21/1 หมู่ 2 ราคา 1,250 บาท")
    assert not contains_phone("1101700230708")


def test_titles_show_that_a_text_names_a_person():
    assert personal_title("นางสาวสมหญิง ใจดี") == "นางสาว"
    assert personal_title("นาย สมชาย") == "นาย"
    assert personal_title("คุณแม่จำเนียร") == "คุณ"
    assert [personal_title(text) for text in ("นางเล็ด", "คุณภาพดี", "กลุ่มแม่บ้าน", "นาย")] == [""] * 4
