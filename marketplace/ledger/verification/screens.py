"""Quick looks of PostgreSQL: whether a row that must not exist may be there at all.

To list wrong rows, each of ten million transfers must be held beside its event, accounts and
origin. That none is wrong can be said sooner; so the list is asked for only where a look says that
there may be one. SQLite holds no millions: there every list is asked for.
"""

import secrets
from collections.abc import Mapping

from django.db import connection

from marketplace.ledger.verification.primes import new_prime

# Of all transfers of one sort (a few thousand sorts, by their event's kind, their own, and their
# accounts): whether one is odd by itself, or the sort as a whole. Counted, since for a mere EXISTS
# PostgreSQL would look for a first row, and there is none.
_SORTS = """
SELECT count(*) > 0 FROM (
    SELECT e.kind AS event_kind, t.kind, t.debit_id, t.credit_id, t.producer_id,
        bool_or(coalesce({of_transfers}, false)) AS is_odd
    FROM ledger_transfer t
    LEFT JOIN ledger_event e ON e.id = t.event_id
    LEFT JOIN provenance_lineorigin o ON o.id = t.origin_id
    WHERE 1 = 1 {of_transfer}
    GROUP BY e.kind, t.kind, t.debit_id, t.credit_id, t.producer_id
) t
CROSS JOIN LATERAL (SELECT t.event_kind AS kind) e
LEFT JOIN ledger_account debit ON debit.id = t.debit_id
LEFT JOIN ledger_account credit ON credit.id = t.credit_id
WHERE t.is_odd OR {of_accounts}"""

# Each event has a number of its own that nobody can foresee, its hash under a seed drawn now.
# Times what its transfers come to, added up over all transfers, and times what the event says that
# they come to, added up over all events: the same, unless an event says something else.
_OWN = "(uuid_hash_extended({id}, {seed}) & 2147483647)"
_SUMS = """
SELECT (
    SELECT coalesce(sum(
        {of_its_event} * ((t.amount_satang % {prime} * {weight} + {one}) % {prime}) % {prime}
    ), 0) % {prime} FROM ledger_transfer t WHERE 1 = 1 {of_transfer}
) <> (
    SELECT coalesce(sum(
        {of_event_itself} * ((
            e.total_satang % {prime} * {weight} + CAST(e.transfer_count AS bigint) * {one}
        ) % {prime}) % {prime}
    ), 0) % {prime} FROM ledger_event e WHERE 1 = 1 {of_event}
)"""


def may_have_odd_transfers(
    of_transfers: Mapping[str, str], of_accounts: Mapping[str, str], days: Mapping[str, str]
) -> bool:
    """Whether one of these conditions holds of a transfer. Exact."""
    return _says(
        _SORTS.format(of_transfers=_any(of_transfers), of_accounts=_any(of_accounts), **days)
    )


def may_have_odd_sums(days: Mapping[str, str]) -> bool:
    """Whether the transfers of an event differ from its count or sum. What differs is overlooked
    with a chance of about one in a thousand million, drawn anew at each look."""
    prime, seed = new_prime(), secrets.randbits(62)
    return _says(
        _SUMS.format(
            prime=prime,
            weight=1 + secrets.randbelow(prime - 1),
            one=1 + secrets.randbelow(prime - 1),
            of_its_event=_OWN.format(id="t.event_id", seed=seed),
            of_event_itself=_OWN.format(id="e.id", seed=seed),
            **days,
        )
    )


def _any(conditions: Mapping[str, str]) -> str:
    return "(" + " OR ".join(f"({one})" for one in conditions.values()) + ")"


def _says(sql: str) -> bool:
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]
