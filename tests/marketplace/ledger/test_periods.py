"""Months, quarters and fiscal years by their keys."""

from datetime import date

import pytest
from django.utils.translation import override

from marketplace.ledger import periods


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("2026-05", date(2026, 5, 1), date(2026, 5, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2569-q1", date(2025, 10, 1), date(2025, 12, 31)),
        ("2569-q4", date(2026, 7, 1), date(2026, 9, 30)),
        ("2569", date(2025, 10, 1), date(2026, 9, 30)),
    ],
)
def test_a_key_names_whole_months(key, first, last):
    assert periods.parse_period(key) == periods.Period(key, first, last)


@pytest.mark.parametrize(
    "key",
    ["", "2569-q5", "2569-q0", "2569-Q1", "2569-05", "2026-13", "2026-00", "2026-5", "0000-01",
     "9999-12", "2026", "9999", "๒๕๖๙", "256９", " 2569", "2569\n", "2569'--", "x" * 10_000,
     "2026-02-29--2026-03-01", "2026-04-31--2026-05-02", "2569-02-29--2569-03-01",
     "1900-01-01--1900-01-05", "2026-05-01--", "2026-05-01--2026-05-02--2026-05-03",
     "๒๐๒๖-05-01--2026-05-02", "2026-5-1--2026-5-2", "9999-12-30--9999-12-31"],
)  # fmt: skip
def test_what_is_no_period_is_refused(key):
    with pytest.raises(periods.InvalidPeriod):
        periods.parse_period(key)


def test_a_fiscal_year_is_twelve_months_from_october():
    months = periods.year_period(2569).months

    assert (len(months), months[0], months[-1]) == (12, date(2025, 10, 1), date(2026, 9, 1))
    assert periods.twelve_months_to(date(2026, 9, 30)) == months


def test_periods_have_names_in_both_languages():
    keys = ("2026-05", "2569-q3", "2569")
    with override("th"):
        thai = [periods.parse_period(key).label for key in keys]
        assert periods.short_month_label(date(2026, 5, 1)) == "พ.ค. 69"
    with override("en"):
        english = [periods.parse_period(key).label for key in keys]
        assert periods.short_month_label(date(2026, 5, 1)) == "May 26"

    assert thai[0] == "พฤษภาคม 2569"
    assert "2569" in thai[1] and "3" in thai[1]
    assert english == [
        "May 2026",
        "Quarter 3 of fiscal year 2569 (Oct 2025 – Sep 2026)",
        "Fiscal year 2569 (Oct 2025 – Sep 2026)",
    ]


@pytest.mark.parametrize(
    ("first", "last", "key"),
    [
        (date(2026, 5, 3), date(2026, 6, 17), "2026-05-03--2026-06-17"),
        (date(2026, 5, 3), date(2026, 5, 3), "2026-05-03--2026-05-03"),
        (date(2026, 5, 1), date(2026, 5, 31), "2026-05"),
        (date(2025, 10, 1), date(2025, 12, 31), "2569-q1"),
        (date(2025, 10, 1), date(2026, 9, 30), "2569"),
        (date(2025, 11, 1), date(2026, 1, 31), "2025-11-01--2026-01-31"),
    ],
)
def test_days_that_have_a_name_go_by_it(first, last, key):
    period = periods.days_period(first, last)

    assert (period.key, period.first, period.last) == (key, first, last)
    assert periods.parse_period(f"{first}--{last}") == periods.parse_period(key) == period


def test_days_the_wrong_way_round_or_too_many_are_refused_in_words():
    with pytest.raises(periods.PeriodBackwards):
        periods.parse_period("2026-05-17--2026-05-03")
    with pytest.raises(periods.PeriodTooLong):
        periods.parse_period("2016-05-03--2026-05-03")

    assert periods.parse_period("2016-05-03--2026-05-02").first == date(2016, 5, 3)
    assert periods.parse_period("2016-02-29--2026-02-27").first == date(2016, 2, 29)


@pytest.mark.parametrize(
    ("key", "months", "loose"),
    [
        ("2026-05", [5], []),
        ("2026-05-03--2026-05-31", [], [("05-03", "05-31")]),
        ("2026-05-03--2026-06-17", [], [("05-03", "06-17")]),
        ("2026-05-03--2026-07-17", [6], [("05-03", "05-31"), ("07-01", "07-17")]),
        ("2026-05-01--2026-07-17", [5, 6], [("07-01", "07-17")]),
        ("2026-05-31--2026-06-30", [6], [("05-31", "05-31")]),
    ],
)
def test_a_period_is_whole_months_and_loose_days(key, months, loose):
    period = periods.parse_period(key)

    assert [month.month for month in period.whole_months] == months
    assert [(f"{a:%m-%d}", f"{b:%m-%d}") for a, b in period.loose_days] == loose


@pytest.mark.parametrize(
    ("key", "years", "before"),
    [
        ("2569", 1, "2568"),
        ("2569-q2", 3, "2566-q2"),
        ("2024-02", 1, "2023-02"),
        ("2025-02", 1, "2024-02"),
        ("2024-02-29--2024-03-15", 1, "2023-02-28--2023-03-15"),
        ("2025-02-01--2025-02-27", 1, "2024-02-01--2024-02-27"),
        ("2024-02-03--2024-02-28", 1, "2023-02-03--2023-02-28"),
        ("2025-02-03--2025-02-28", 1, "2024-02-03--2024-02-29"),
    ],
)
def test_a_year_earlier_has_the_same_days(key, years, before):
    assert periods.years_before(periods.parse_period(key), years).key == before


def test_any_days_are_named_by_the_first_and_the_last():
    period = periods.parse_period("2026-05-03--2026-06-17")

    with override("th"):
        assert period.label == "3 พ.ค. 2569 – 17 มิ.ย. 2569"
    with override("en"):
        assert period.label == "3 May 2026 – 17 Jun 2026"
