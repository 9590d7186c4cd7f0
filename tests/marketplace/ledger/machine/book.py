"""The ledger kept once more in plain Python, row by row as it comes.

The machine compares the two after every step: no SQL of the product adds anything up here. Each
table is read whole, so that a row which changed or went is seen, and only new rows are taken in.
"""

from collections import Counter, defaultdict
from datetime import date
from operator import itemgetter
from types import SimpleNamespace

from django.db import connection

from marketplace.places.models import Province
from tests.marketplace.ledger.recount import KEYS, NAMES, keys_of, measures_of


class Table:
    """The rows of a table that is only ever added to, as the database gives them."""

    def __init__(self, name: str, key: str = "id") -> None:
        self.name, self.key = name, key
        self.rows = {}

    def read(self) -> list[SimpleNamespace]:
        """New rows in the order of their key. Fails when one of before changed or is gone."""
        names, rows = rows_of(self.name, order_by=self.key)
        position = names.index(self.key)
        before, self.rows = self.rows, {row[position]: row for row in rows}
        invariant_06_no_row_changes_or_goes(self.name, before, self.rows)
        if len(before) == len(self.rows):
            return []
        fresh = (row for key, row in self.rows.items() if key not in before)
        return [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in fresh]


def invariant_06_no_row_changes_or_goes(table: str, before: dict, now: dict) -> None:
    assert before.items() <= now.items(), f"{table}: a row changed or is gone"


def rows_of(table: str, order_by: str = "1") -> tuple[list[str], list[tuple]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY {order_by}")
        return [column[0] for column in cursor.description], cursor.fetchall()


class Book:
    """What the ledger must come to after all the rows that were read."""

    def __init__(self) -> None:
        self.regions = dict(Province.objects.values_list("code", "region"))
        self.tables = {
            name: Table(name, key)
            for name, key in (
                *(("ledger_account", "id"), ("provenance_lineorigin", "id")),
                *(("provenance_origingroup", "id"), ("ledger_transfer", "id")),
                *(("ledger_event", "id"), ("ledger_monthclose", "month")),
                *(("ledger_seal", "number"), ("ledger_rebuild", "id")),
            )
        }
        self.accounts, self.origins, self.events, self.transfers = {}, {}, {}, {}
        self.of_order = defaultdict(list)  # transfers by order number
        self.balances = Counter()  # account code -> debits less credits
        self.given_back = Counter()  # transfer -> satang taken back of it
        self.roll_ups = {}  # (roll-up, key) -> measures, in the order of NAMES
        self._orders = set()

    def read(self) -> list[SimpleNamespace]:
        """Take in what is new; return the new events, each with its transfers."""
        fresh = {name: table.read() for name, table in self.tables.items()}
        self.accounts |= {one.id: one for one in fresh["ledger_account"]}
        for origin in fresh["provenance_lineorigin"]:
            origin.groups = []
            self.origins[origin.id] = origin
        for group in fresh["provenance_origingroup"]:
            self.origins[group.origin_id].groups.append((group.kind, group.code))
        events = {one.id: one for one in fresh["ledger_event"]}
        for event in events.values():
            event.transfers = []
        self.events |= events
        for transfer in fresh["ledger_transfer"]:
            self._take_in(transfer, events[transfer.event_id])
        return list(events.values())

    def _take_in(self, transfer: SimpleNamespace, event: SimpleNamespace) -> None:
        transfer.event = event
        transfer.day = date.fromisoformat(str(transfer.day))
        transfer.origin = self.origins[transfer.origin_id] if transfer.origin_id else None
        transfer.debit = self.accounts[transfer.debit_id]
        transfer.credit = self.accounts[transfer.credit_id]
        transfer.sold = self.transfers[transfer.reverses_id] if transfer.reverses_id else None
        self.transfers[transfer.id] = transfer
        event.transfers.append(transfer)
        if event.order_number:
            self.of_order[event.order_number].append(transfer)
        self.balances[transfer.debit.code] += transfer.amount_satang
        self.balances[transfer.credit.code] -= transfer.amount_satang
        if transfer.sold:
            self.given_back[transfer.reverses_id] += transfer.amount_satang
        if transfer.village_code:
            self._add_up(transfer)

    def _add_up(self, transfer: SimpleNamespace) -> None:
        measures = measures_of(transfer)
        for key in keys_of(transfer, self.regions):
            names = NAMES[key[0]]
            row = self.roll_ups.setdefault(key, [0] * len(names))
            for name, amount in measures.items():
                row[names.index(name)] += amount
            if transfer.kind == "sale" and names[-1] == "orders":
                row[-1] += (key, transfer.event_id) not in self._orders
                self._orders.add((key, transfer.event_id))


def stored() -> dict[tuple, list[int]]:
    """Every row of every roll-up as it is, whichever shard it was written to."""
    found = {}
    for roll_up in KEYS:
        rows, key_of, measures_of_row = _read(roll_up)
        for row in rows:
            key, values = (roll_up, *key_of(row)), measures_of_row(row)
            before = found.get(key)
            found[key] = [a + b for a, b in zip(before, values, strict=True)] if before else values
    return found


def _read(roll_up: str):
    """Rows of a roll-up, and how to read key and measures off one."""
    names, rows = rows_of(f"ledger_{roll_up.lower()}")
    places = [(names.index(name), name == "month") for name in KEYS[roll_up]]
    measures = itemgetter(*map(names.index, NAMES[roll_up]))
    return (
        rows,
        lambda row: tuple(str(row[at]) if is_day else row[at] for at, is_day in places),
        lambda row: list(measures(row)),
    )
