"""How transfers add up: the same statements for posting, rebuilding and checking.

A roll-up is a table of `Measures` under a key. `SIGNS` says what each column is the sum of,
`ROLL_UPS` what the keys are; the SQL is made of these two. Transfers of one key and kind are added
up first, and only these sums are told apart into columns: millions of rows otherwise pass through
a choice for each column.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from marketplace.ledger.kinds import TransferKind
from marketplace.ledger.order_counts import BITS, PRODUCER_BIT

T = TransferKind

SIGNS = {
    "sold_satang": {T.SALE: 1},
    "producer_discount_satang": {T.DISCOUNT: 1},
    "refunded_satang": {T.REFUND: 1, T.DISCOUNT_BACK: -1},
    "moved_satang": {
        **{T.MOVED_IN: 1, T.MOVED_OUT: -1},
        **{T.DISCOUNT_MOVED_IN: -1, T.DISCOUNT_MOVED_OUT: 1},
    },
    "platform_discount_satang": {T.PLATFORM_DISCOUNT: 1, T.PLATFORM_DISCOUNT_BACK: -1},
    "delivery_satang": {T.DELIVERY: 1, T.DELIVERY_REFUND: -1},
    "fee_satang": {T.FEE: 1, T.FEE_BACK: -1},
    "fee_vat_satang": {T.FEE_VAT: 1, T.FEE_VAT_BACK: -1},
    "gateway_fee_satang": {T.GATEWAY_FEE: 1, T.GATEWAY_FEE_BACK: -1},
    "passed_gateway_fee_satang": {T.PASSED_GATEWAY_FEE: 1, T.PASSED_GATEWAY_FEE_BACK: -1},
    "adjustment_satang": {T.ADJUSTMENT: 1, T.CHARGE: -1},
    "paid_out_satang": {T.PAYOUT: 1, T.PAYOUT_RETURN: -1},
    "declared_satang": {T.DECLARED: 1, T.DECLARED_REVERSAL: -1},
}
"""Column -> the kinds of transfer that raise (1) or lower (-1) it."""

INCOME = {
    "sold_satang": 1,
    "producer_discount_satang": -1,
    "refunded_satang": -1,
    "moved_satang": 1,
}
"""Village income as ARCHITECTURE §7 defines it: columns that raise (1) or lower (-1) it."""

INCOME_SIGNS = {
    kind: way * sign for column, way in INCOME.items() for kind, sign in SIGNS[column].items()
}
"""The same of kinds of transfer."""

COUNTS = {"sales": T.SALE, "refunds": T.REFUND}


def _sum(sql: str) -> str:
    """A sum that is a bigint again: PostgreSQL makes a numeric of it, many times slower to add."""
    return f"CAST(sum({sql}) AS bigint)"


def _columns(kind: str, count: str) -> dict[str, str]:
    """Name of each measure -> the SQL that adds it up over rows `t`, each of `count` transfers
    of a kind."""
    found = {}
    for name, signs in SIGNS.items():
        cases = " ".join(
            f"WHEN '{one}' THEN {'' if sign > 0 else '-'}t.amount_satang"
            for one, sign in signs.items()
        )
        found[name] = _sum(f"CASE {kind} {cases} ELSE 0 END")
    for name, one in COUNTS.items():
        found[name] = _sum(f"CASE {kind} WHEN '{one}' THEN {count} ELSE 0 END")
    return found | {"units_ppm": _sum("t.units_ppm")}


OF_TRANSFERS = _columns(kind="t.kind", count="1")
"""How transfers add up."""
COLUMNS = _columns(kind="t.transfer_kind", count="t.transfers")
"""How sums of transfers of one kind add up, which is the same and many times faster."""

MONTH = {
    "postgresql": "date_trunc('month', t.day::timestamp)::date",  # of a date alone: by time zone
    "sqlite": "date(t.day, 'start of month')",
}
SHARDS = {
    "postgresql": "CASE WHEN l.level <= 1 THEN pg_backend_pid() % 16 ELSE 0 END",
    "sqlite": "0",
}
"""Which of the rows of country and region a posting adds to: 8 clients seldom meet in one."""

_LEVELS = " UNION ALL ".join(f"SELECT {level} AS level" for level in BITS)
AREA = "CASE WHEN l.level = 1 THEN p.region ELSE substr(t.village_code, 1, l.level) END"
_PROVINCE = "substr(t.village_code, 1, 2)"
OF_LEVELS = (
    f"CROSS JOIN ({_LEVELS}) l"
    f" LEFT JOIN places_province p ON l.level = 1 AND p.code = {_PROVINCE}"
    " WHERE l.level <> 1 OR p.code IS NOT NULL"
)
"""After rows `t` of villages: each once a level, whose area is `AREA`; none for a lost region."""


@dataclass(frozen=True)
class Source:
    """Where rows of a roll-up come from: the SQL of its keys, and what is joined for them.

    `first_of` is the bit by which its orders are counted; without one they are not. `measures`
    names the columns that are wanted; all of them, if it is empty.
    """

    keys: dict[str, str]
    joins: str = ""
    where: str = ""
    first_of: int = 0
    measures: tuple[str, ...] = ()

    @property
    def columns(self) -> dict[str, str]:
        columns = COLUMNS | ({"orders": _sum(f"t.first_{self.first_of}")} if self.first_of else {})
        wanted = self.measures or columns
        return {name: sql for name, sql in columns.items() if name in wanted}

    def sql(self, where: str, vendor: str, shard: str) -> str:
        """Sums by key of the transfers `t` that `where` leaves."""
        bits = (self.first_of,) if self.first_of else ()
        by_kind = _by_kind(self.keys, bits, vendor, f"{self.where} {where}", self.joins)
        return _added_up(self.keys, self.columns, by_kind)


@dataclass(frozen=True)
class AreaSource(Source):
    """Areas of every level: villages are added up first, then those of each larger area."""

    def sql(self, where: str, vendor: str, shard: str) -> str:
        villages = _added_up(
            _VILLAGES,
            COLUMNS | {f"first_{bit}": _sum(f"t.first_{bit}") for bit in BITS.values()},
            _by_kind(_VILLAGES, BITS.values(), vendor, where),
        )
        sums = ", ".join(f"{_sum(f't.{name}')} AS {name}" for name in COLUMNS)
        orders = " ".join(f"WHEN {level} THEN t.first_{bit}" for level, bit in BITS.items())
        return (
            f"SELECT t.month, l.level, {AREA} AS area_code, {shard} AS shard, {sums},"
            f" {_sum(f'CASE l.level {orders} END')} AS orders"
            f" FROM ({villages}) t {OF_LEVELS} GROUP BY 1, 2, 3, 4"
        )


_VILLAGES = {"month": "{month}", "village_code": "t.village_code"}


def _by_kind(
    keys: Mapping[str, str], bits: Iterable[int], vendor: str, where: str, joins: str = ""
) -> str:
    """Transfers added up by these keys and their kind; with how many are first of an order."""
    keys_sql = ", ".join(f"{sql.format(month=MONTH[vendor])} AS {key}" for key, sql in keys.items())
    firsts = "".join(
        f", count(CASE WHEN (t.first_of & {bit}) <> 0 THEN 1 END) AS first_{bit}" for bit in bits
    )
    places = ", ".join(str(n) for n in range(1, len(keys) + 2))
    return (
        f"SELECT {keys_sql}, t.kind AS transfer_kind, count(*) AS transfers,"
        f" {_sum('t.amount_satang')} AS amount_satang, {_sum('t.units_ppm')} AS units_ppm{firsts}"
        f" FROM ledger_transfer t {joins} WHERE t.village_code <> '' {where} GROUP BY {places}"
    )


def _added_up(keys: Iterable[str], columns: Mapping[str, str], by_kind: str) -> str:
    """Sums of one kind, told apart into columns."""
    names = ", ".join(f"t.{key}" for key in keys)
    sums = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
    return f"SELECT {names}, {sums} FROM ({by_kind}) t GROUP BY {names}"


@dataclass(frozen=True)
class RollUp:
    """A table of measures. `written_in` orders its rows: the most wanted last, so that they are
    held shortest, and always alike, so that two postings never wait for each other crosswise."""

    table: str
    sources: tuple[Source, ...]
    written_in: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.sources[0].keys)

    @property
    def measures(self) -> tuple[str, ...]:
        return tuple(self.sources[0].columns)

    def adding(self, where: str, vendor: str, shard: str = "0") -> list[str]:
        """Statements that add to the table what the transfers left by `where` come to."""
        names = ", ".join((*self.keys, *self.measures))
        order = self.written_in or ", ".join(str(n + 1) for n in range(len(self.keys)))
        more = ", ".join(
            f"{name} = {self.table}.{name} + excluded.{name}" for name in self.measures
        )
        return [
            f"INSERT INTO {self.table} ({names}) {source.sql(where, vendor, shard)}"
            f" ORDER BY {order} ON CONFLICT ({', '.join(self.keys)}) DO UPDATE SET {more}"
            for source in self.sources
        ]


_BY_MONTH = {"month": "{month}", "province_code": _PROVINCE}
_ORIGIN = "JOIN provenance_lineorigin o ON o.id = t.origin_id"
ROLL_UPS = (
    RollUp(
        "ledger_areamonth",
        (AreaSource(dict.fromkeys(("month", "level", "area_code", "shard"), ""), first_of=1),),
        written_in="1, 2 DESC, 3, 4",
    ),
    RollUp(
        "ledger_producermonth",
        (
            Source(
                {
                    "month": "{month}",
                    "village_code": "t.village_code",
                    "producer_id": "t.producer_id",
                },
                where="AND t.producer_id IS NOT NULL",
                first_of=PRODUCER_BIT,
            ),
        ),
    ),
    RollUp(
        "ledger_provincemix",
        (
            Source(
                _BY_MONTH
                | {
                    "income_kind": "o.income_kind",
                    "otop_type": "o.otop_type",
                    "quadrant": "o.quadrant",
                    "stars": "o.stars",
                    "channel": "o.channel",
                },
                _ORIGIN,
            ),
        ),
    ),
    RollUp(
        "ledger_provincegroup",
        (
            Source(
                _BY_MONTH | {"kind": "g.kind", "code": "g.code"},
                "JOIN provenance_origingroup g ON g.origin_id = t.origin_id",
            ),
            Source(
                _BY_MONTH | {"kind": "'buyers'", "code": "o.buyer_province_code"},
                _ORIGIN,
                "AND o.channel = ''",
            ),
        ),
    ),
)
TABLES = tuple(roll_up.table for roll_up in ROLL_UPS)


def posting(vendor: str) -> list[str]:
    """Statements of the trigger on a new event: add it to every roll-up."""
    where, shard = "AND t.event_id = NEW.id", SHARDS[vendor]
    return [sql for one in ROLL_UPS for sql in one.adding(where, vendor, shard)]


def rebuilding(vendor: str) -> list[str]:
    """Statements of the trigger on a request to make the month and roll-up of NEW anew."""
    month = MONTH[vendor].replace("t.day", "NEW.month")
    after = {
        "postgresql": f"({month} + interval '1 month')::date",
        "sqlite": f"date({month}, '+1 month')",
    }[vendor]
    found = []
    for one in ROLL_UPS:
        is_asked_for = f"AND NEW.roll_up IN ('', '{one.table}')"
        in_month = f"month >= {month} AND month < {after}"
        found.append(f"DELETE FROM {one.table} WHERE {in_month} {is_asked_for}")
        found += one.adding(f"AND t.day >= {month} AND t.day < {after} {is_asked_for}", vendor)
    return found


def first_of_month(day: date) -> date:
    return day.replace(day=1)
