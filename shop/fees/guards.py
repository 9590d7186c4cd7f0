"""What a rule says never changes and no rule is deleted, held by the database itself."""

from django.db import connections

from marketplace.core import append_only
from shop.fees.facts import FACTS

TABLE = "fees_feerule"
_KEYS = ("producer", "programme", "before")  # of other rows
FROZEN = tuple(f"{name}_id" if name in _KEYS else name for name in (*FACTS, "valid_from", "before"))


def install(using: str = "default", **_signal) -> None:
    append_only.install(connections[using], TABLE, frozen=FROZEN)


def missing(using: str = "default") -> list[str]:
    return append_only.missing(connections[using], [TABLE], frozen=FROZEN)
