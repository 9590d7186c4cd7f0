"""What of an imported row may be read by whom: lists from elsewhere name people and telephones."""

from marketplace.core import thai
from marketplace.core.name_keys import fold
from marketplace.provenance.imports.product_types import type_by_words

_KEY_MAX_LENGTH = 300


def is_private(name: str) -> bool:
    """Whether a product's name is a person's, or holds a telephone number."""
    is_person = thai.personal_title(name) and not type_by_words(name)
    return bool(is_person) or thai.contains_phone(name)


def search_key(name: str) -> str:
    """What everybody may find a row by; "" for a name that not everybody may read."""
    return "" if is_private(name) else fold(name)[:_KEY_MAX_LENGTH]
