"""Proof that the ledger is whole: everything is added up again and compared, both ways.

Finds what the database cannot refuse: changes made by its owner with triggers switched off.
"""

from collections.abc import Iterator
from datetime import date

from django.db import connection

from marketplace.core import thai
from marketplace.ledger import closing_totals, guards, rollup
from marketplace.ledger.guards import conditions
from marketplace.ledger.models import AreaMonth, Event, MonthClose, Transfer
from marketplace.ledger.order_counts import BITS, PRODUCER_BIT, Level

_PLACES = {
    Level.COUNTRY: "1",
    Level.REGION: "coalesce(p.region, '')",
    PRODUCER_BIT: "t.village_code || ' ' || t.producer_id",
} | {level: f"substr(t.village_code, 1, {level})" for level in Level if level > 1}
_WRONGLY_FIRST = " OR ".join(
    f"sum((t.first_of / {BITS.get(level, level)}) % 2) <> count(DISTINCT {place})"
    for level, place in _PLACES.items()
)

# Each finds rows that must not exist; {of_transfer} or
# {of_event} limits `t` or `e` to a month.
CHECKS = {
    "transfer without its event": """
        SELECT t.id, t.event_id FROM ledger_transfer t
        LEFT JOIN ledger_event e ON e.id = t.event_id
        WHERE e.id IS NULL {of_transfer}""",
    "event whose transfers differ from its count, sum or day": """
        SELECT e.id, e.order_number, e.transfer_count, s.transfers, e.total_satang, s.satang
        FROM ledger_event e
        LEFT JOIN (
            SELECT event_id, count(*) AS transfers, sum(amount_satang) AS satang,
                   min(day) AS first_day, max(day) AS last_day
            FROM ledger_transfer GROUP BY event_id
        ) s ON s.event_id = e.id
        WHERE (s.event_id IS NULL OR s.transfers <> e.transfer_count OR s.satang <> e.total_satang
               OR s.first_day <> e.day OR s.last_day <> e.day) {of_event}""",
    "transfer of nothing or to itself": """
        SELECT t.id, t.amount_satang FROM ledger_transfer t
        WHERE (t.amount_satang < 1 OR t.debit_id = t.credit_id) {of_transfer}""",
    "transfer of an account that is gone": """
        SELECT t.id, t.debit_id, t.credit_id FROM ledger_transfer t
        LEFT JOIN ledger_account d ON d.id = t.debit_id
        LEFT JOIN ledger_account c ON c.id = t.credit_id
        WHERE (d.id IS NULL OR c.id IS NULL) {of_transfer}""",
    "line share refunded beyond what was sold, or not as it was sold": f"""
        SELECT e.id, e.kind FROM ledger_event e
        WHERE EXISTS (SELECT 1 {conditions.NOT_A_MIRROR_ROWS.format(event="e")}) {{of_event}}""",
    "sale that differs from the frozen origin of its line": """
        SELECT t.id, t.origin_id, t.village_code, t.amount_satang FROM ledger_transfer t
        LEFT JOIN provenance_lineorigin o ON o.id = t.origin_id
        WHERE t.kind IN ('sale', 'declared') AND (
            o.id IS NULL OR o.village_code <> t.village_code
            OR coalesce(o.line_id, 0) <> coalesce(t.line_id, 0)
            OR o.producer_id <> t.producer_id
            OR o.amount_satang + o.producer_discount_satang <> t.amount_satang
            OR t.kind = 'sale' AND CAST(o.quantity AS bigint) * o.share_ppm <> t.units_ppm
            OR o.channel <> (SELECT channel FROM ledger_event WHERE id = t.event_id)
        ) {of_transfer}""",
    "line share sold twice": """
        SELECT t.origin_id, count(*) FROM ledger_transfer t
        WHERE t.kind IN ('sale', 'declared') {of_transfer}
        GROUP BY t.origin_id HAVING count(*) > 1""",
    "event made of transfers or accounts of another kind": f"""
        SELECT e.id, e.kind FROM ledger_event e
        WHERE EXISTS (SELECT 1 {conditions.MIXED_ROWS.format(event="e")}) {{of_event}}""",
    "dispute that let go of more than was held": """
        SELECT t.credit_id, sum(t.amount_satang) FROM ledger_transfer t
        JOIN ledger_event e ON e.id = t.event_id
        WHERE t.kind IN ('dispute-lost', 'dispute-released') {of_transfer}
        GROUP BY e.reverses_id, t.credit_id
        HAVING sum(t.amount_satang) <> (
            SELECT held.amount_satang FROM ledger_transfer held
            WHERE held.event_id = e.reverses_id AND held.kind = 'dispute-held')""",
    "event whose origin was never frozen": """
        SELECT t.id, t.origin_id FROM ledger_transfer t
        LEFT JOIN provenance_lineorigin o ON o.id = t.origin_id
        WHERE t.origin_id IS NOT NULL AND (o.id IS NULL OR o.producer_id <> t.producer_id
            OR coalesce(o.line_id, 0) <> coalesce(t.line_id, 0)) {of_transfer}""",
    "event that follows one of another kind or order": f"""
        SELECT e.id, e.kind FROM ledger_event e
        WHERE EXISTS (SELECT 1 {conditions.FOLLOWS_ANOTHER_ROWS.format(event="e")}) {{of_event}}""",
    # Where an order has several sales, as many are first as there are areas; else all are.
    "order counted wrong in an area": f"""
        SELECT t.event_id FROM ledger_transfer t
        LEFT JOIN places_province p ON p.code = substr(t.village_code, 1, 2)
        WHERE t.kind = 'sale' {{of_transfer}}
        GROUP BY t.event_id HAVING {_WRONGLY_FIRST}""",
    "what is counted, yet no sale": """
        SELECT t.id FROM ledger_transfer t
        WHERE t.kind <> 'sale' AND (t.first_of <> 0 OR t.units_ppm <> 0) {of_transfer}""",
    "event recorded twice": """
        SELECT e.idempotency_key, count(*) FROM ledger_event e
        WHERE 1 = 1 {of_event} GROUP BY e.idempotency_key HAVING count(*) > 1""",
    "accounts that do not add up to zero": """
        SELECT sum(balance) FROM (
            SELECT sum(t.amount_satang) AS balance FROM ledger_transfer t
            JOIN ledger_account a ON a.id = t.debit_id WHERE 1 = 1 {of_transfer}
            UNION ALL
            SELECT -sum(t.amount_satang) FROM ledger_transfer t
            JOIN ledger_account a ON a.id = t.credit_id WHERE 1 = 1 {of_transfer}
        ) sides HAVING sum(balance) <> 0""",
}
_DIFFERENCES = """
WITH truth AS (SELECT {keys}, {sums} FROM ({sources}) added GROUP BY {keys}),
     stored AS (SELECT {keys}, {sums} FROM {table} WHERE {period} GROUP BY {keys})
SELECT 'roll-up', * FROM (SELECT * FROM stored EXCEPT SELECT * FROM truth) too_much
UNION ALL
SELECT 'transfers', * FROM (SELECT * FROM truth EXCEPT SELECT * FROM stored) too_little
ORDER BY {order}
"""


def verify(month: date | None = None) -> Iterator[str]:
    """Yield a line for each thing that is wrong, of one month or of all time; none is perfect."""
    yield from guards.problems(connection)
    days = {"of_event": _in_month("e.day", month), "of_transfer": _in_month("t.day", month)}
    for name, sql in CHECKS.items():
        for row in _rows(sql.format(**days)):
            yield f"{name}: {_text(row)}"
    yield from roll_up_differences(month)
    yield from changed_closes(month)


def roll_up_differences(month: date | None = None) -> Iterator[str]:
    """Yield a line for each row of a roll-up, or sum of transfers, that the other lacks."""
    for roll_up in rollup.ROLL_UPS:
        keys = tuple(key for key in roll_up.keys if key != "shard")
        for side, *row in _rows(_differences(roll_up, keys, month)):
            key, values = (
                row[: len(keys)],
                dict(zip(roll_up.measures, row[len(keys) :], strict=True)),
            )
            told = " ".join(f"{name}={value}" for name, value in values.items() if value)
            yield f"only in the {side}: {roll_up.table} {_text(key)} {told}".rstrip()


def _differences(roll_up: rollup.RollUp, keys: tuple[str, ...], month: date | None) -> str:
    days, vendor = _in_month("t.day", month), connection.vendor
    return _DIFFERENCES.format(
        keys=", ".join(keys),
        sums=", ".join(f"sum({name}) AS {name}" for name in roll_up.measures),
        sources=" UNION ALL ".join(one.sql(days, vendor, "0") for one in roll_up.sources),
        table=roll_up.table,
        period="1 = 1 " + _in_month("month", month),
        order=", ".join(str(n) for n in (*range(2, len(keys) + 2), 1)),
    )


def changed_closes(month: date | None = None) -> Iterator[str]:
    """Closed months that no longer add up to what was written down when they were closed."""
    closes = MonthClose.objects.order_by("month")
    if month:
        closes = closes.filter(month=rollup.first_of_month(month))
    for close in closes:
        for name, value in closing_totals.totals_of(close.month).items():
            if getattr(close, name) != value:
                yield f"closed month {close.month:%Y-%m}: {name} was {getattr(close, name)}"


def counts(month: date | None = None) -> dict[str, int]:
    """How many rows `verify` looked at."""
    days = {"day__range": thai.month_range(month.year, month.month)} if month else {}
    months = {"month": rollup.first_of_month(month)} if month else {}
    return {
        "events": Event.objects.filter(**days).count(),
        "transfers": Transfer.objects.filter(**days).count(),
        "roll-up rows": AreaMonth.objects.filter(**months).count(),
    }


def _in_month(column: str, month: date | None) -> str:
    if month is None:
        return ""
    first, last = thai.month_range(month.year, month.month)
    return f"AND {column} BETWEEN '{first:%Y-%m-%d}' AND '{last:%Y-%m-%d}'"


def _rows(sql: str) -> Iterator[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        yield from iter(cursor.fetchone, None)


def _text(row: tuple | list) -> str:
    return " ".join(str(value) for value in row)
