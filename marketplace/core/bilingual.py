"""Thai is the source of truth, English is optional: one function picks."""

from django.utils.translation import get_language


def pick(thai: str, english: str) -> str:
    """Return the English text on English pages where there is one, else the Thai text."""
    return english if english and (get_language() or "th").startswith("en") else thai
