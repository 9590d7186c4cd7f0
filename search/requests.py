"""What is asked of a search and what comes back, whoever answers it.

Today the answer comes from `Listing`; engines with ranking and facets take the same request.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.core import thai
from marketplace.provenance.models import Listing

PER_PAGE = 24
MAX_WORDS_LENGTH = 200
MAX_PAGE = 1_000_000


@dataclass(frozen=True)
class SearchRequest:
    """Words and filters; an empty request asks for everything, newest first."""

    words: str = ""
    category_id: int | None = None
    province_code: str = ""
    village_code: str = ""
    producer_id: int | None = None
    page: int = 1


@dataclass(frozen=True)
class SearchPage:
    """One page of an answer. `page` is the page asked for, even beyond the last of `pages`."""

    rows: Sequence[Listing]
    total: int
    page: int
    pages: int


def clean_words(text: str) -> str:
    """Return what somebody typed as words: one line, normalised, no control signs, not too long."""
    printable = re.sub(r"[\x00-\x1f\x7f]", " ", text[: 4 * MAX_WORDS_LENGTH])
    return thai.normalise(printable)[:MAX_WORDS_LENGTH].strip()


def page_number(text: str) -> int:
    """Return a page number for what stands in the address; whatever is none is page 1."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(MAX_PAGE))
    return max(1, int(text)) if is_number else 1
