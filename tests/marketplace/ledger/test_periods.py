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
     "9999-12", "2026", "9999", "๒๕๖๙", "256９", " 2569", "2569\n", "2569'--", "x" * 10_000],
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
