"""Readable ASCII for the addresses of pages. Import from `marketplace.core.thai`."""

import re

from anyascii import anyascii

from marketplace.core.thai_romanisation import romanise
from marketplace.core.thai_text import normalise

SLUG_MAX_LENGTH = 80
_ENOUGH_TEXT = 400
_THAI_WORD = re.compile("[ก-ฺเ-๎]+")
_NOT_IN_SLUGS = re.compile("[^a-z0-9]+")


def slug(text: str) -> str:
    """A readable ASCII slug of at most 80 characters: ผ้าไหมมัดหมี่ -> pha-mai-mat-mi.

    The same text always gives the same slug, but different texts may share one: it decorates an
    address and never looks anything up. "item" when nothing is left of the text.
    """
    romanised = _THAI_WORD.sub(_spell, normalise(text)[:_ENOUGH_TEXT])
    words = _NOT_IN_SLUGS.sub("-", anyascii(romanised).lower()).strip("-")
    if len(words) > SLUG_MAX_LENGTH:
        # One character more, so that a word ending exactly at the limit stays whole.
        words = words[: SLUG_MAX_LENGTH + 1].rpartition("-")[0] or words[:SLUG_MAX_LENGTH]
    return words or "item"


def slug_for_oscar(text: str, allow_unicode: bool = False) -> str:
    """The same, with the argument that Oscar passes and ASCII has no use for."""
    return slug(text)


def _spell(found: re.Match) -> str:
    return f" {'-'.join(romanise(found[0]))} "
