"""By how much the roll-ups differ from their transfers."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db import connection

from marketplace.ledger import rollup
from marketplace.ledger.verification import fingerprints
from marketplace.ledger.verification.asking import Look, in_month, rows_of, text_of

_DIFFERENCES = """
SELECT {keys}, {sums} FROM ({sides}) sides
GROUP BY {keys} HAVING {sums_differ} ORDER BY {keys}
"""


def roll_up_differences(month: date | None = None) -> Iterator[str]:
    """Yield a line for each key of a roll-up that is not what its transfers come to, with by how
    much each measure is above (below, with a minus) them."""
    for _roll_up, line in differences_of_roll_ups(month):
        yield line


def differences_of_roll_ups(month: date | None = None) -> Iterator[tuple[rollup.RollUp, str]]:
    """The same lines, each with its roll-up."""
    return _added_up(fingerprints.differing(month))


def look(month: date | None) -> Look:
    """The same as a look."""
    return Look(
        ask=lambda: list(fingerprints.differing(month)),
        tell=lambda differing: (line for _roll_up, line in _added_up(differing)),
    )


def _added_up(differing: Iterable[tuple[rollup.RollUp, date]]) -> Iterator[tuple]:
    for roll_up, wrong_month in differing:
        keys = tuple(key for key in roll_up.keys if key != "shard")
        for row in rows_of(_differences(roll_up, keys, wrong_month)):
            above = dict(zip(roll_up.measures, row[len(keys) :], strict=True))
            told = " ".join(f"{name}={value:+}" for name, value in above.items() if value)
            key = text_of(row[: len(keys)])
            yield roll_up, f"roll-up is not its transfers: {roll_up.table} {key} {told}"


def _differences(roll_up: rollup.RollUp, keys: tuple[str, ...], month: date) -> str:
    """What is stored less what the transfers come to, where that is not zero: all in one sum, since
    comparing hundreds of thousands of wide rows with each other takes longer."""
    days, vendor = in_month("t.day", month), connection.vendor
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
        sides=" UNION ALL ".join((f"{stored} {in_month('month', month)}", *transfers)),
        sums_differ=" OR ".join(f"sum({name}) <> 0" for name in measures),
    )
