"""What was proposed and what was decided never changes, held by the database itself."""

from django.db import connections

from marketplace.core import append_only

TABLES = (
    *("bookkeeping_correction", "bookkeeping_correctiondecision"),
    *("bookkeeping_payoutlist", "bookkeeping_payoutline"),
    *("bookkeeping_payoutagreement", "bookkeeping_payoutend"),
)


def install(using: str = "default", **_signal) -> None:
    for table in TABLES:
        append_only.install(connections[using], table)


def missing(using: str = "default") -> list[str]:
    return append_only.missing(connections[using], TABLES)
