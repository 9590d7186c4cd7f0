"""A signed pack stays as it was signed, held by the database itself."""

from django.db import connections

from marketplace.core import append_only

TABLE = "yearpacks_yearpack"


def install(using: str = "default", **_signal) -> None:
    append_only.install(connections[using], TABLE)


def missing(using: str = "default") -> list[str]:
    return append_only.missing(connections[using], [TABLE])
