"""Rows of the ledger that must not exist."""

from collections.abc import Iterator
from datetime import date
from itertools import compress

from marketplace.ledger.guards import conditions
from marketplace.ledger.order_counts import BITS, PRODUCER_BIT, Level
from marketplace.ledger.verification import screens
from marketplace.ledger.verification.asking import Look, in_month, rows_of, text_of

# What may not be said of any transfer `t`, with its event and frozen origin,
OF_TRANSFERS = {
    "transfer without its event": "e.id IS NULL",
    "transfer of another day than its event": "t.day <> e.day",
    "transfer of nothing or to itself": "t.amount_satang < 1 OR t.debit_id = t.credit_id",
    "event whose origin was never frozen": """t.origin_id IS NOT NULL AND (
        o.id IS NULL OR o.producer_id <> t.producer_id
        OR coalesce(o.line_id, 0) <> coalesce(t.line_id, 0))""",
    "sale that differs from the frozen origin of its line": """t.kind IN ('sale', 'declared') AND (
        o.id IS NULL OR o.village_code <> t.village_code
        OR coalesce(o.line_id, 0) <> coalesce(t.line_id, 0)
        OR o.producer_id <> t.producer_id
        OR o.amount_satang + o.producer_discount_satang <> t.amount_satang
        OR t.kind = 'sale' AND CAST(o.quantity AS bigint) * o.share_ppm <> t.units_ppm
        OR o.channel <> e.channel)""",
    "what is counted, yet no sale": "t.kind <> 'sale' AND (t.first_of <> 0 OR t.units_ppm <> 0)",
}
# and with its accounts.
OF_ACCOUNTS = {
    "transfer of an account that is gone": "debit.id IS NULL OR credit.id IS NULL",
    "event made of transfers or accounts of another kind": conditions.MIXED_ROW.format(event="e"),
}
_OF_ALL = OF_TRANSFERS | OF_ACCOUNTS
_TRANSFERS = f"""
SELECT t.id, t.event_id, {", ".join(f"coalesce({one}, false)" for one in _OF_ALL.values())}
FROM ledger_transfer t
LEFT JOIN ledger_event e ON e.id = t.event_id
LEFT JOIN ledger_account debit ON debit.id = t.debit_id
LEFT JOIN ledger_account credit ON credit.id = t.credit_id
LEFT JOIN provenance_lineorigin o ON o.id = t.origin_id
WHERE ({" OR ".join(f"({one})" for one in _OF_ALL.values())}) {{of_transfer}}
"""
_EVENTS = """
    SELECT e.id, e.order_number, e.transfer_count, s.transfers, e.total_satang, s.satang
    FROM ledger_event e
    LEFT JOIN (
        SELECT t.event_id, count(*) AS transfers, sum(t.amount_satang) AS satang
        FROM ledger_transfer t WHERE 1 = 1 {of_transfer} GROUP BY t.event_id
    ) s ON s.event_id = e.id
    WHERE (s.event_id IS NULL OR s.transfers <> e.transfer_count OR s.satang <> e.total_satang)
        {of_event}"""

_PLACES = {
    Level.COUNTRY: "1",
    Level.REGION: "coalesce(p.region, '')",
    PRODUCER_BIT: "t.village_code || ' ' || t.producer_id",
} | {level: f"substr(t.village_code, 1, {level})" for level in Level if level > 1}
_ALL_FIRST = sum(BITS.values()) + PRODUCER_BIT
_WRONGLY_FIRST = " OR ".join(
    f"sum((t.first_of / {BITS.get(level, level)}) % 2) <> count(DISTINCT {place})"
    for level, place in _PLACES.items()
)

# Each finds rows that must not exist; {of_transfer} or {of_event} limits `t` or `e` to a month.
CHECKS = {
    "line share refunded beyond what was sold, or not as it was sold": f"""
        SELECT e.id, e.kind, back.id FROM ledger_transfer back
        JOIN ledger_event e ON e.id = back.event_id
        LEFT JOIN ledger_transfer sold ON sold.id = back.reverses_id
        WHERE back.reverses_id IS NOT NULL
          AND {conditions.NOT_A_MIRROR_ROW.format(event="e")} {{of_event}}""",
    "line share sold twice": """
        SELECT sold.origin_id, count(*) FROM (
            SELECT t.origin_id FROM ledger_transfer t WHERE t.kind = 'sale' {of_transfer}
            UNION ALL
            SELECT t.origin_id FROM ledger_transfer t WHERE t.kind = 'declared' {of_transfer}
        ) sold GROUP BY sold.origin_id HAVING count(*) > 1""",
    "dispute that let go of more than was held": """
        SELECT t.credit_id, sum(t.amount_satang) FROM ledger_transfer t
        JOIN ledger_event e ON e.id = t.event_id
        WHERE t.kind IN ('dispute-lost', 'dispute-released') {of_transfer}
        GROUP BY e.reverses_id, t.credit_id
        HAVING sum(t.amount_satang) <> (
            SELECT held.amount_satang FROM ledger_transfer held
            WHERE held.event_id = e.reverses_id AND held.kind = 'dispute-held')""",
    "event that follows one of another kind or order": f"""
        SELECT e.id, e.kind FROM ledger_event e JOIN ledger_event first ON first.id = e.reverses_id
        WHERE e.reverses_id IS NOT NULL
          AND {conditions.FOLLOWS_ANOTHER_ROW.format(event="e")} {{of_event}}""",
    # Of the only sale of an order all marks are set; what is not first everywhere has company.
    "order counted wrong in an area": f"""
        SELECT t.event_id FROM ledger_transfer t
        LEFT JOIN places_province p ON p.code = substr(t.village_code, 1, 2)
        WHERE t.kind = 'sale' {{of_transfer}} AND t.event_id IN (
            SELECT t.event_id FROM ledger_transfer t
            WHERE t.kind = 'sale' AND t.first_of <> {_ALL_FIRST} {{of_transfer}})
        GROUP BY t.event_id HAVING {_WRONGLY_FIRST}""",
    "order counted more than once": f"""
        SELECT t.event_id, count(*) FROM ledger_transfer t
        WHERE t.kind = 'sale' AND t.first_of = {_ALL_FIRST} {{of_transfer}}
        GROUP BY t.event_id HAVING count(*) > 1""",
    "event recorded twice": """
        SELECT e.idempotency_key, count(*) FROM ledger_event e
        WHERE 1 = 1 {of_event} GROUP BY e.idempotency_key HAVING count(*) > 1""",
}


def looks(month: date | None) -> Iterator[Look]:
    """One look for each kind of row that must not exist, of one month or of all time."""
    days = {"of_event": in_month("e.day", month), "of_transfer": in_month("t.day", month)}
    yield Look(
        ask=lambda: screens.may_have_odd_transfers(OF_TRANSFERS, OF_ACCOUNTS, days),
        tell=lambda _may_be: _odd_transfers(days),
    )
    yield Look(
        ask=lambda: screens.may_have_odd_sums(days),
        tell=lambda _may_be: _told(
            "event whose transfers differ from its count or sum", _EVENTS.format(**days)
        ),
    )
    for name, sql in CHECKS.items():
        yield _look(name, sql.format(**days))


def _look(name: str, sql: str) -> Look:
    return Look(
        ask=lambda: next(rows_of(f"SELECT count(*) FROM ({sql}) found"))[0],
        tell=lambda _rows: _told(name, sql),
    )


def _odd_transfers(days: dict[str, str]) -> Iterator[str]:
    for transfer, event, *is_so in rows_of(_TRANSFERS.format(**days)):
        for name in compress(_OF_ALL, is_so):
            yield f"{name}: {transfer} {event}"


def _told(name: str, sql: str) -> Iterator[str]:
    for row in rows_of(sql):
        yield f"{name}: {text_of(row)}"
