"""One door to everything Thai: text, slugs, sorting, digits, days.

Thai text is normalised once, where it enters; the Buddhist era exists only in the texts that
`thai_date` writes and `parse_date` reads.
"""

from marketplace.core.baht_words import baht_in_words
from marketplace.core.thai_addresses import ParsedAddress, parse_address
from marketplace.core.thai_dates import (
    BANGKOK,
    InvalidThaiDate,
    TwoDigitYear,
    bangkok_day,
    buddhist_year,
    common_year,
    fiscal_quarter,
    fiscal_quarter_range,
    fiscal_year_be,
    fiscal_year_range,
    month_range,
    parse_date,
    thai_date,
    today,
)
from marketplace.core.thai_people import (
    InvalidThaiPhone,
    contains_phone,
    is_valid_tax_id,
    normalise_phone,
    personal_title,
)
from marketplace.core.thai_slugs import SLUG_MAX_LENGTH, slug
from marketplace.core.thai_text import (
    SORT_KEY_MAX_LENGTH,
    arabic_digits,
    normalise,
    sort_key,
    thai_digits,
)

__all__ = [
    "BANGKOK",
    "SLUG_MAX_LENGTH",
    "SORT_KEY_MAX_LENGTH",
    "InvalidThaiDate",
    "InvalidThaiPhone",
    "ParsedAddress",
    "TwoDigitYear",
    "arabic_digits",
    "baht_in_words",
    "bangkok_day",
    "buddhist_year",
    "common_year",
    "contains_phone",
    "fiscal_quarter",
    "fiscal_quarter_range",
    "fiscal_year_be",
    "fiscal_year_range",
    "is_valid_tax_id",
    "month_range",
    "normalise",
    "normalise_phone",
    "parse_address",
    "parse_date",
    "personal_title",
    "slug",
    "sort_key",
    "thai_date",
    "thai_digits",
    "today",
]
