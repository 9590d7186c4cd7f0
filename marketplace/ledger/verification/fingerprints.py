"""Which rows of roll-ups are not what their transfers come to, by one number a row.

To hold a row beside its transfers, seventeen sums have to be made of them. Instead each measure is
given a weight, drawn anew at each look, and each transfer and each row has one number: what it adds
to the measures times their weights. The numbers of a row's transfers add up to the number of the
row, whatever the weights are, if each measure is what they come to. All of it is reckoned modulo a
prime of 31 bits, also drawn anew, so that no product outgrows 64 bits.

A row that is wrong has the right number with a chance of about one in a thousand million, and
whoever changed it cannot have foreseen the weights. By how much a row is wrong is not found here:
`roll_ups.py` adds up what differs measure by measure.
"""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import singledispatch

from django.db import connection

from marketplace.ledger import rollup
from marketplace.ledger.kinds import TransferKind
from marketplace.ledger.order_counts import BITS
from marketplace.ledger.rollup import COUNTS, SIGNS
from marketplace.ledger.verification.asking import in_month, rows_of
from marketplace.ledger.verification.primes import new_prime

ORDERS = "orders"
MEASURES = (*rollup.OF_TRANSFERS, ORDERS)


@dataclass(frozen=True)
class Draw:
    """What a look is made with."""

    prime: int
    weights: Mapping[str, int]

    @classmethod
    def new(cls) -> "Draw":
        prime = new_prime()
        return cls(prime, {name: 1 + secrets.randbelow(prime - 1) for name in MEASURES})

    @property
    def of_transfer(self) -> str:
        """The number of a transfer `t`, larger than the prime yet."""
        prime = self.prime
        a_satang = {
            kind: sum(signs.get(kind, 0) * self.weights[name] for name, signs in SIGNS.items())
            for kind in TransferKind.values
        }
        each = {kind: self.weights[name] for name, kind in COUNTS.items()}
        return (
            f"t.amount_satang % {prime} * {self._by_kind(a_satang)}"
            f" + t.units_ppm % {prime} * {self.weights['units_ppm']} + {self._by_kind(each)}"
        )

    def _by_kind(self, weights: Mapping[str, int]) -> str:
        cases = " ".join(
            f"WHEN '{kind}' THEN {weight % self.prime}"
            for kind, weight in weights.items()
            if weight
        )
        return f"CASE t.kind {cases} ELSE 0 END"


def differing(month: date | None) -> Iterator[tuple[rollup.RollUp, date]]:
    """Each roll-up and month in which a row differs, of one month or of all time, in order."""
    for number, day in sorted(rows_of(_statement(Draw.new(), month))):
        yield rollup.ROLL_UPS[number], rollup.first_of_month(_as_date(day))


def _as_date(day: date | str) -> date:
    return day if isinstance(day, date) else date.fromisoformat(day)  # SQLite keeps text


def _statement(draw: Draw, month: date | None) -> str:
    """Transfers are read once: added up by share, place and month, from which every row is made."""
    looks = " UNION ALL ".join(
        _look(n, roll_up, draw, month) for n, roll_up in enumerate(rollup.ROLL_UPS)
    )
    # Of one share there is one sale, and so one set of marks: `rows.py` sees to that.
    return f"""
        WITH shares AS MATERIALIZED (
            SELECT {rollup.MONTH[connection.vendor]} AS month, t.village_code, t.producer_id,
                t.origin_id, max(t.first_of) AS first_of,
                CAST({_sum(draw.of_transfer, draw)} AS integer) AS number
            FROM ledger_transfer t
            WHERE t.village_code <> '' {in_month("t.day", month)}
            GROUP BY 1, 2, 3, 4
        )
        {looks}"""


def _look(number: int, roll_up: rollup.RollUp, draw: Draw, month: date | None) -> str:
    """The months in which a key has another number in the table than its transfers have."""
    keys = ", ".join(key for key in roll_up.keys if key != "shard")
    weighted = " + ".join(
        f"{name} % {draw.prime} * {draw.weights[name]} % {draw.prime}" for name in roll_up.measures
    )
    stored = (
        f"SELECT {keys}, ({weighted}) % {draw.prime} AS number FROM {roll_up.table}"
        f" WHERE 1 = 1 {in_month('month', month)}"
    )
    sides = " UNION ALL ".join([stored, *(_taken_off(one, draw) for one in roll_up.sources)])
    return (
        f"SELECT DISTINCT {number}, month FROM ("
        f"SELECT month FROM ({sides}) sides GROUP BY {keys} HAVING sum(number) % {draw.prime} <> 0"
        f") found_{number}"
    )


@singledispatch
def _taken_off(source: rollup.Source, draw: Draw) -> str:
    """Less the number of the transfers of each key."""
    keys = ", ".join(f"{sql.format(month='t.month')} AS {key}" for key, sql in source.keys.items())
    places = ", ".join(str(n + 1) for n in range(len(source.keys)))
    number = "t.number" + (_if_first(source.first_of, draw) if source.first_of else "")
    return (
        f"SELECT {keys}, -{_sum(number, draw)} FROM shares t {source.joins}"
        f" WHERE 1 = 1 {source.where} GROUP BY {places}"
    )


@_taken_off.register
def _of_areas(source: rollup.AreaSource, draw: Draw) -> str:
    """Of villages first, which are fewer than shares."""
    numbers = ", ".join(
        f"{_sum(f't.number{_if_first(bit, draw)}', draw)} AS number_{bit}" for bit in BITS.values()
    )
    villages = f"SELECT t.month, t.village_code, {numbers} FROM shares t GROUP BY 1, 2"
    number = " ".join(f"WHEN {level} THEN t.number_{bit}" for level, bit in BITS.items())
    return (
        f"SELECT t.month, l.level, {rollup.AREA} AS area_code,"
        f" -CASE l.level {number} END"
        f" FROM ({villages}) t {rollup.OF_LEVELS}"
    )


def _if_first(bit: int, draw: Draw) -> str:
    weight = f"CAST({draw.weights[ORDERS]} AS bigint)"
    return f" + CASE WHEN (t.first_of & {bit}) <> 0 THEN {weight} ELSE 0 END"


def _sum(number: str, draw: Draw) -> str:
    """Each made small first: PostgreSQL adds integers up many times faster than what is longer."""
    return f"(sum(CAST(({number}) % {draw.prime} AS integer)) % {draw.prime})"
