"""The tables that are guarded."""

from marketplace.ledger import rollup

FACT_TABLES = (
    "ledger_account",
    "ledger_event",
    "ledger_transfer",
    "ledger_rebuild",
    "ledger_monthclose",
    "ledger_seal",
    "ledger_dayroot",
)
"""Rows are only ever added."""

ROLL_UP_TABLES = rollup.TABLES
TABLES = (*FACT_TABLES, *ROLL_UP_TABLES)

_ENDS = ("no_update", "no_delete", "no_replace", "no_truncate")
NAMES_OF_APPEND_ONLY = {f"{table}_{end}" for table in FACT_TABLES for end in _ENDS}
