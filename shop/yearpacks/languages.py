"""Both languages of a pack side by side: whoever opens it in ten years may read one of them."""

from collections.abc import Callable
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import override

LANGUAGES = ("th", "en")
LANGUAGE = "th"
"""Of what is said once, such as days."""
T = TypeVar("T")


def each(made: Callable[[], T]) -> list[T]:
    """What `made` gives in Thai, and in English."""
    found = []
    for language in LANGUAGES:
        with override(language):
            found.append(made())
    return found


def both(words: Callable[[], str]) -> str:
    """What `words` says in Thai and in English, in one line; once where they are the same."""
    return side_by_side(*each(lambda: str(words())))


def side_by_side(*words: str) -> str:
    """Each once; an empty one, such as an English name that nobody wrote down, is left out."""
    return " / ".join(dict.fromkeys(filter(None, words)))


def total_label() -> str:
    return both(lambda: _("Total"))
