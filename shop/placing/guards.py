"""Numbers of orders are only ever added, held by the database itself (see core.append_only)."""

from django.db import connections

from marketplace.core import append_only

TABLE = "placing_ordernumber"


def install(using: str = "default", **_signal) -> None:
    append_only.install(connections[using], TABLE)


def missing(using: str = "default") -> list[str]:
    return append_only.missing(connections[using], [TABLE])
