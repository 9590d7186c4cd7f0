"""Figures as they are read on paper."""

from datetime import date

import pytest
from django.utils.translation import override

from marketplace.core.documents.document import Column, Kind
from marketplace.core.documents.figures import shown

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(("kind", "key", "value", "thai", "english"), [
    (Kind.SATANG, "a_satang", 123_456_789, "1,234,567.89", "1,234,567.89"),
    (Kind.SATANG, "a_satang", -5, "−0.05", "−0.05"), (Kind.SATANG, "a_satang", 0, "0.00", "0.00"),
    (Kind.SATANG, "a_satang", 10**17 + 1, "1,000,000,000,000,000.01", "1,000,000,000,000,000.01"),
    (Kind.COUNT, "a", -1_234, "−1,234", "−1,234"),
    (Kind.SHARE, "a_ppm", 123_449, "12.34%", "12.34%"),
    (Kind.SHARE, "a_ppm", 123_450, "12.35%", "12.35%"),
    (Kind.SHARE, "a_ppm", -50, "−0.01%", "−0.01%"), (Kind.SHARE, "a_ppm", -49, "0.00%", "0.00%"),
    (Kind.SHARE, "a_ppm", 12_345_000_000, "1,234,500.00%", "1,234,500.00%"),
    (Kind.DAY, "a", date(2024, 2, 29), "29 ก.พ. 2567", "29 Feb 2024"),
    (Kind.MONTH, "a", date(2026, 11, 30), "พ.ย. 2569", "Nov 2026"),
    (Kind.SATANG, "a_satang", None, "", ""),
    (Kind.SATANG, "a_satang", "ไม่แสดง", "ไม่แสดง", "ไม่แสดง"),
])  # fmt: skip
def test_a_figure_is_shown_in_the_language(kind, key, value, thai, english):
    column = Column(key, "x", kind)

    with override("th"):
        assert shown(column, value) == thai
    with override("en"):
        assert shown(column, value) == english
