"""Proof that the ledger is whole: everything is added up again and compared, both ways.

Finds what the database cannot refuse: changes made by its owner with triggers switched off.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import compress

from django.db import connection, transaction

from marketplace.core import thai
from marketplace.ledger import closing_totals, guards, rollup
from marketplace.ledger.guards import conditions
from marketplace.ledger.models import AreaMonth, Event, MonthClose, Transfer
from marketplace.ledger.order_counts import BITS, PRODUCER_BIT, Level

# What may not be said of any transfer `t`, with its event, accounts and frozen origin.
OF_TRANSFERS = {
    "transfer without its event": "e.id IS NULL",
    "transfer of another day than its event": "t.day <> e.day",
    "transfer of nothing or to itself": "t.amount_satang < 1 OR t.debit_id = t.credit_id",
    "transfer of an account that is gone": "debit.id IS NULL OR credit.id IS NULL",
    "event made of transfers or accounts of another kind": conditions.MIXED_ROW.format(event="e"),
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
_TRANSFERS = f"""
SELECT t.id, t.event_id, {", ".join(f"coalesce({one}, false)" for one in OF_TRANSFERS.values())}
FROM ledger_transfer t
LEFT JOIN ledger_event e ON e.id = t.event_id
LEFT JOIN ledger_account debit ON debit.id = t.debit_id
LEFT JOIN ledger_account credit ON credit.id = t.credit_id
LEFT JOIN provenance_lineorigin o ON o.id = t.origin_id
WHERE ({" OR ".join(f"({one})" for one in OF_TRANSFERS.values())}) {{of_transfer}}
"""

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
    "event whose transfers differ from its count or sum": """
        SELECT e.id, e.order_number, e.transfer_count, s.transfers, e.total_satang, s.satang
        FROM ledger_event e
        LEFT JOIN (
            SELECT t.event_id, count(*) AS transfers, sum(t.amount_satang) AS satang
            FROM ledger_transfer t WHERE 1 = 1 {of_transfer} GROUP BY t.event_id
        ) s ON s.event_id = e.id
        WHERE (s.event_id IS NULL OR s.transfers <> e.transfer_count OR s.satang <> e.total_satang)
            {of_event}""",
    "line share refunded beyond what was sold, or not as it was sold": f"""
        SELECT e.id, e.kind, back.id FROM ledger_transfer back
        JOIN ledger_event e ON e.id = back.event_id
        LEFT JOIN ledger_transfer sold ON sold.id = back.reverses_id
        WHERE back.reverses_id IS NOT NULL
          AND {conditions.NOT_A_MIRROR_ROW.format(event="e")} {{of_event}}""",
    "line share sold twice": """
        SELECT t.origin_id, count(*) FROM ledger_transfer t
        WHERE t.kind IN ('sale', 'declared') {of_transfer}
        GROUP BY t.origin_id HAVING count(*) > 1""",
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
_DIFFERENCES = """
SELECT {keys}, {sums} FROM ({sides}) sides
GROUP BY {keys} HAVING {sums_differ} ORDER BY {keys}
"""
_ROOM = "SET LOCAL work_mem = '256MB'; SET LOCAL jit = off"
_ONE_BY_ONE = "SET LOCAL enable_hashjoin = off"


def verify(month: date | None = None) -> Iterator[str]:
    """Yield a line for each thing that is wrong, of one month or of all time; none is perfect."""
    yield from guards.problems(connection)
    with room_for(month):
        yield from _wrong_rows(month)
        yield from roll_up_differences(month)
        yield from changed_closes(month)


@contextmanager
def room_for(month: date | None) -> Iterator[None]:
    """A transaction with more memory for sorting, and no compiling of statements that are asked
    once. What belongs to the transfers of a month is looked up one by one: PostgreSQL would read
    the origins of all time for it. Inside another transaction this lasts until that one ends."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"{_ROOM}; {_ONE_BY_ONE}" if month else _ROOM)
        yield


def _wrong_rows(month: date | None) -> Iterator[str]:
    days = {"of_event": _in_month("e.day", month), "of_transfer": _in_month("t.day", month)}
    for transfer, event, *is_so in _rows(_TRANSFERS.format(**days)):
        for name in compress(OF_TRANSFERS, is_so):
            yield f"{name}: {transfer} {event}"
    for name, sql in CHECKS.items():
        for row in _rows(sql.format(**days)):
            yield f"{name}: {_text(row)}"


def roll_up_differences(month: date | None = None) -> Iterator[str]:
    """Yield a line for each key of a roll-up that is not what its transfers come to, with by how
    much each measure is above (below, with a minus) them."""
    for roll_up in rollup.ROLL_UPS:
        keys = tuple(key for key in roll_up.keys if key != "shard")
        for row in _rows(_differences(roll_up, keys, month)):
            above = dict(zip(roll_up.measures, row[len(keys) :], strict=True))
            told = " ".join(f"{name}={value:+}" for name, value in above.items() if value)
            yield f"roll-up is not its transfers: {roll_up.table} {_text(row[: len(keys)])} {told}"


def _differences(roll_up: rollup.RollUp, keys: tuple[str, ...], month: date | None) -> str:
    """What is stored less what the transfers come to, where that is not zero: all in one sum, since
    comparing hundreds of thousands of wide rows with each other takes longer."""
    days, vendor = _in_month("t.day", month), connection.vendor
    names, measures = ", ".join(keys), roll_up.measures
    stored = f"SELECT {names}, {', '.join(measures)} FROM {roll_up.table} WHERE 1 = 1"
    taken_off = ", ".join(f"-{name}" for name in measures)
    transfers = (
        f"SELECT {names}, {taken_off} FROM ({source.sql(days, vendor, '0')}) source"
        for source in roll_up.sources
    )
    return _DIFFERENCES.format(
        keys=names,
        sums=", ".join(f"sum({name}) AS {name}" for name in measures),
        sides=" UNION ALL ".join((f"{stored} {_in_month('month', month)}", *transfers)),
        sums_differ=" OR ".join(f"sum({name}) <> 0" for name in measures),
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
