"""Templates show money and days in the language of the page."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.template import Context, Template
from django.utils.translation import override

from marketplace.core.templatetags.thai import (
    baht,
    baht_decimal,
    monogram,
    thai_date,
    thai_days,
    thai_digits,
)


def test_money_is_shown_from_satang_and_from_baht():
    assert baht(125_000) == baht_decimal(Decimal("1250.00")) == "฿1,250"
    assert baht(None) == baht_decimal(None) == ""
    assert baht(0) == "฿0"


def test_days_follow_the_language_of_the_page():
    with override("th"):
        assert thai_date(date(2026, 11, 22), "long") == "22 พฤศจิกายน 2569"
        assert thai_date(datetime(2026, 11, 21, 18, tzinfo=UTC)) == "22 พ.ย. 2569"
    with override("en"):
        assert thai_date(date(2026, 11, 22)) == "22 Nov 2026"
    assert thai_date(None) == ""


def test_days_say_what_they_share_once_and_never_break():
    def days(first, last):
        text = thai_days(first, last)
        assert " " not in text
        return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "")

    with override("th"):
        assert days(date(2026, 11, 25), date(2026, 11, 29)) == "25–29 พ.ย. 2569"
        assert days(date(2026, 11, 28), date(2026, 12, 2)) == "28 พ.ย. – 2 ธ.ค. 2569"
        assert days(date(2026, 12, 30), date(2027, 1, 2)) == "30 ธ.ค. 2569 – 2 ม.ค. 2570"
    with override("en"):
        assert days(date(2026, 11, 25), date(2026, 11, 29)) == "25–29 Nov 2026"
        assert days(date(2026, 11, 25), date(2026, 11, 25)) == "25 Nov 2026"


def test_digits_and_monograms():
    assert thai_digits(2569) == "๒๕๖๙"
    assert [monogram(name) for name in ("เเม่", "ใบหม่อน", "silk", "", "!")] == [
        "ม",
        "บ",
        "S",
        "",
        "",
    ]


def test_what_is_fixed_is_rendered_once_a_language_and_knows_no_visitor():
    page = Template(
        "{% load i18n page %}{% fixed %}{{ LANGUAGE_CODE }} {% translate 'Basket' %}"
        " {{ name }}{{ request.path }}{{ user }}|{% endfixed %}{{ name }}"
    )
    context = {"name": "Malee", "user": "malee@example.com", "request": None}

    with override("en"):
        first = page.render(Context(context))
        again = page.render(Context(context | {"name": "Dao"}))
    with override("th"):
        in_thai = page.render(Context(context))

    assert first == "en Basket |Malee"
    assert again == "en Basket |Dao"
    assert in_thai == "th ตะกร้า |Malee"
