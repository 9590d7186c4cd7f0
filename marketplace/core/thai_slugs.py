"""Readable ASCII names for addresses of pages. Import from `marketplace.core.thai`."""

import re

from anyascii import anyascii

from marketplace.core.thai_text import normalise

SLUG_MAX_LENGTH = 80


def slug(text: str) -> str:
    """A readable ASCII slug of at most 80 characters; "item" when nothing is left.

    The same text always gives the same slug, but different texts may share one: it decorates an
    address and never looks anything up.
    """
    ascii_text = anyascii(normalise(text)).lower()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")
    if len(words) > SLUG_MAX_LENGTH:
        words = words[: SLUG_MAX_LENGTH + 1].rpartition("-")[0] or words[:SLUG_MAX_LENGTH]
    return words or "item"
