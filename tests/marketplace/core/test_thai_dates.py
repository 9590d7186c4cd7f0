"""Days are read in both eras and written for Thai readers."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.thai import (
    InvalidThaiDate,
    TwoDigitYear,
    bangkok_day,
    buddhist_year,
    fiscal_quarter,
    fiscal_quarter_range,
    fiscal_year_be,
    fiscal_year_range,
    month_range,
    parse_date,
    thai_date,
)

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    [
        "22/11/2569", "22-11-2026", "22.11.2569", "2026-11-22", "2569-11-22", "22 พ.ย. 2569",
        "22พย2569", "๒๒ พฤศจิกายน ๒๕๖๙", "วันที่ 22 พฤศจิกายน พ.ศ. 2569", "22 พ.ย. ค.ศ. 2026",
        "วันอาทิตย์ที่ 22 พ.ย. 2569", " 22\u00a0Nov 2026 ", "22/11/พ.ศ. 2569",
    ],
)  # fmt: skip
def test_a_day_is_read_in_either_era(text):
    assert parse_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    ["", "2569", "31/4/2569", "22/13/2569", "22 ไม่มี 2569", "22/11/569", "29/2/2569", "0/1/2569"],
)
def test_a_day_that_does_not_exist_is_refused(text):
    with pytest.raises(InvalidThaiDate) as refusal:
        parse_date(text)

    assert "วันที่ไม่ถูกต้อง" in str(refusal.value)


def test_a_year_of_two_digits_is_refused_by_name():
    with pytest.raises(TwoDigitYear):
        parse_date("22/11/69")


def test_the_leap_day_exists_in_leap_years_only():
    assert parse_date("29 ก.พ. 2567") == date(2024, 2, 29)


def test_days_are_written_in_three_styles():
    assert thai_date(DAY) == "22 พ.ย. 2569"
    assert thai_date(DAY, "long") == "22 พฤศจิกายน 2569"
    assert thai_date(DAY, "numeric", "thai") == "๒๒/๑๑/๒๕๖๙"
    assert buddhist_year(DAY) == 2569


@given(
    st.dates(date(1900, 1, 1), date(2300, 1, 1)),
    st.sampled_from(["short", "long", "numeric"]),
    st.sampled_from(["thai", "arabic"]),
)
def test_what_is_written_is_read_back(day, style, digits):
    assert parse_date(thai_date(day, style, digits)) == day


def test_the_day_changes_at_midnight_in_bangkok():
    assert bangkok_day(datetime(2026, 9, 30, 16, 59, tzinfo=UTC)) == date(2026, 9, 30)
    assert bangkok_day(datetime(2026, 9, 30, 17, 0, tzinfo=UTC)) == date(2026, 10, 1)
    with pytest.raises(ValueError, match="aware"):
        bangkok_day(datetime(2026, 9, 30))


def test_the_fiscal_year_begins_in_october():
    assert fiscal_year_be(date(2026, 9, 30)) == 2569
    assert fiscal_year_be(date(2026, 10, 1)) == 2570
    assert fiscal_year_range(2569) == (date(2025, 10, 1), date(2026, 9, 30))
    assert fiscal_quarter_range(2569, 1) == (date(2025, 10, 1), date(2025, 12, 31))
    assert fiscal_quarter_range(2567, 2) == (date(2024, 1, 1), date(2024, 3, 31))
    assert fiscal_quarter_range(2569, 4) == (date(2026, 7, 1), date(2026, 9, 30))
    assert [fiscal_quarter(date(2026, month, 1)) for month in (10, 1, 4, 9)] == [1, 2, 3, 4]
    assert month_range(2024, 2) == (date(2024, 2, 1), date(2024, 2, 29))
