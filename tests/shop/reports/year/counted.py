"""The books of the year kept once more, in plain Python, from order lines and what was done since.

Knows no table and no sum of the product: it splits, rounds and dates by itself, by the rules as
they are written (ledger/README.md, fees/README.md, core/money.py).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from functools import singledispatchmethod
from math import floor

from tests.shop.reports.year import notes
from tests.shop.reports.year.notes import Group, Line
from tests.shop.reports.year.splitting import FeeRule, shared

BANGKOK = timezone(timedelta(hours=7))


@dataclass(eq=False)
class Cell:
    """What is left of one line share, and the village where it counts now."""

    line: Line
    village: str
    share_ppm: int
    groups: frozenset[Group]
    buyer: str
    left: Counter  # price, own, site, fee, vat, gateway, passed

    @property
    def paid(self) -> int:
        return self.left["price"] - self.left["own"] - self.left["site"]


@dataclass(frozen=True)
class Fact:
    """What one act did to the figures of one village on one day."""

    day: date
    village: str
    producer: int
    measures: Mapping[str, int]
    cell: Cell | None = None  # None: of no line, such as delivery
    channel: str = ""
    order: str = ""  # of a sale
    told: notes.Told | None = None  # what it is a part of

    @property
    def income(self) -> int:
        told = self.measures
        return (
            told.get("sold_satang", 0)
            - told.get("producer_discount_satang", 0)
            - told.get("refunded_satang", 0)
            + told.get("moved_satang", 0)
        )


@dataclass
class Books:
    """Told everything in its order, it knows every figure: `facts`."""

    rules: Sequence[FeeRule]
    facts: list[Fact] = field(default_factory=list)
    cells: dict[str, list[Cell]] = field(default_factory=dict)
    sold: dict[tuple[str, int], Counter] = field(default_factory=dict)  # each line, as it was sold
    delivery: dict[str, dict[int, list]] = field(default_factory=dict)  # village, left
    owed: Counter = field(default_factory=Counter)  # (producer, goods or delivery)
    paid_out: dict[int, tuple] = field(default_factory=dict)  # the last of each
    closed: date = date.min
    known: list[int] = field(default_factory=list)  # facts at each signature
    telling: notes.Told | None = None

    def day_of(self, moment: datetime) -> date:
        """Bangkok's day; of a closed month, the first day that is open."""
        day = moment.astimezone(BANGKOK).date()
        if day.replace(day=1) > self.closed:
            return day
        return (self.closed + timedelta(days=31)).replace(day=1)

    def note(self, happened_at: datetime, village: str, producer: int, **facts) -> None:
        cell, order = facts.pop("cell", None), facts.pop("order", "")
        channel = cell.line.values["channel"] if cell else ""
        told = {name: number for name, number in facts.items() if number}
        if told:
            day = self.day_of(happened_at)
            fact = Fact(day, village, producer, told, cell, channel, order, self.telling)
            self.facts.append(fact)

    def rule_for(self, line: Line) -> FeeRule:
        return next(rule for rule in self.rules if rule.type in ("", line.values["type"]))

    # --- What may be told ---

    @singledispatchmethod
    def tell(self, told) -> None:
        raise TypeError(told)

    @tell.register
    def _closed(self, told: notes.Closed) -> None:
        self.closed = told.month

    @tell.register
    def _signed(self, _told: notes.Signed) -> None:
        self.known.append(len(self.facts))

    @tell.register
    def _sold(self, told: notes.Sold) -> None:
        cells = [cell for line in told.lines for cell in self._cells(line, told.buyer)]
        self.cells[told.number] = cells
        for cell in cells:
            self.sold.setdefault((told.number, cell.line.id), Counter()).update(cell.left)
        for cell in cells:
            left, line = cell.left, cell.line
            self.note(
                *(told.happened_at, cell.village, line.producer),
                cell=cell,
                order=told.number,
                sales=1,
                units_ppm=line.quantity * cell.share_ppm,
                sold_satang=left["price"],
                producer_discount_satang=left["own"],
                platform_discount_satang=left["site"],
                fee_satang=left["fee"],
                fee_vat_satang=left["vat"],
            )
            kept = left["price"] - left["own"] - left["fee"] - left["vat"]
            self.owed[line.producer, "goods"] += kept
        self.delivery[told.number] = {}
        for producer, (village, satang) in told.delivery.items():
            self.delivery[told.number][producer] = [village, satang]
            self.note(told.happened_at, village, producer, delivery_satang=satang)
            self.owed[producer, "delivery"] += satang

    def _cells(self, line: Line, buyer: str) -> list[Cell]:
        """A line in its shares; fee and VAT are shared out together, then told apart."""
        ppm = [line.shares[village] for village in line.shares]
        income = line.paid_satang + line.site_discount_satang
        amounts = shared(income, ppm)
        fee, vat = self.rule_for(line).of(income)
        taken = shared(fee + vat, amounts)
        columns = zip(
            line.shares,
            ppm,
            amounts,
            shared(line.own_discount_satang, ppm),
            shared(line.site_discount_satang, amounts),
            taken,
            shared(vat, taken),
            strict=True,
        )
        return [
            Cell(
                *(line, village, part, line.groups[village], buyer),
                Counter(price=amount + own, own=own, site=site, fee=both - tax, vat=tax),
            )
            for village, part, amount, own, site, both, tax in columns
        ]

    @tell.register
    def _fee_kept(self, told: notes.FeeKept) -> None:
        cells, sent = self.cells[told.number], self.delivery[told.number]
        bearing = {
            cell.line.producer for cell in cells if self.rule_for(cell.line).passes_gateway_fee
        }
        weights = [cell.paid for cell in cells] + [left for _village, left in sent.values()]
        parts = shared(told.amount_satang, weights)
        for cell, part in zip(cells, parts, strict=False):
            producer = cell.line.producer
            name = "passed" if producer in bearing else "gateway"
            cell.left[name] += part
            column = "passed_gateway_fee_satang" if name == "passed" else "gateway_fee_satang"
            self.note(told.happened_at, cell.village, producer, cell=cell, **{column: part})
            self.owed[producer, "goods"] -= part if name == "passed" else 0
        for (producer, (village, _left)), part in zip(
            sent.items(), parts[len(cells) :], strict=True
        ):
            self.note(told.happened_at, village, producer, gateway_fee_satang=part)

    @tell.register
    def _given_back(self, told: notes.GivenBack) -> None:
        for line, satang in told.lines.items():
            self._give_back_line(told, line, satang)
        for producer, satang in told.delivery.items():
            self._give_back_delivery(told, producer, satang)

    def _give_back_line(self, told, line: int, satang: int) -> None:
        """Beside the price, what has gone back of the whole line is always its part of all that was
        given back of it, rounded down."""
        cells = [cell for cell in self.cells[told.number] if cell.line.id == line]
        sold, paid = self.sold[told.number, line], sum(cell.paid for cell in cells)
        sold_for = sold["price"] - sold["own"] - sold["site"]
        given = Fraction(sold_for - paid + satang, sold_for)
        along = {}
        for name in ("own", "site", "fee", "vat"):
            left = [cell.left[name] for cell in cells]
            back = floor(sold[name] * given) - (sold[name] - sum(left))
            along[name] = shared(min(max(back, 0), sum(left)), left)
        parts = shared(satang, [cell.paid for cell in cells])
        for number, (cell, part) in enumerate(zip(cells, parts, strict=True)):
            back = {name: each[number] for name, each in along.items()}
            back["price"] = part + back["own"] + back["site"]
            cell.left.subtract(back)
            self.note(
                *(told.happened_at, cell.village, cell.line.producer),
                cell=cell,
                refunds=int(back["price"] > 0),
                refunded_satang=back["price"] - back["own"],
                platform_discount_satang=-back["site"],
                fee_satang=-back["fee"],
                fee_vat_satang=-back["vat"],
            )
            kept = back["price"] - back["own"] - back["fee"] - back["vat"]
            self.owed[cell.line.producer, "goods"] -= kept

    def _give_back_delivery(self, told, producer: int, satang: int) -> None:
        village, _left = self.delivery[told.number][producer]
        self.delivery[told.number][producer][1] -= satang
        self.note(told.happened_at, village, producer, delivery_satang=-satang)
        self.owed[producer, "delivery"] -= satang

    @tell.register
    def _dispute_lost(self, told: notes.DisputeLost) -> None:
        """The amount over all that is left of the order; the others' part is the platform's."""
        cells, sent = self.cells[told.number], self.delivery[told.number]
        lines = {cell.line.id: cell.line.producer for cell in cells}
        left = {n: sum(c.paid for c in cells if c.line.id == n) for n in lines}
        parts = shared(told.amount_satang, [*left.values(), *(one for _v, one in sent.values())])
        for line, part in zip(lines, parts, strict=False):
            if lines[line] in told.borne_by:
                self._give_back_line(told, line, part)
        for producer, part in zip(sent, parts[len(lines) :], strict=True):
            if producer in told.borne_by:
                self._give_back_delivery(told, producer, part)

    @tell.register
    def _moved(self, told: notes.Moved) -> None:
        """Everything that is left of the share goes along, the discounts and fees too."""
        cells = self.cells[told.number]
        for cell in [c for c in cells if c.line.id == told.line and c.village == told.here]:
            left, producer = cell.left, cell.line.producer
            for village, sign in ((told.here, -1), (told.there, 1)):
                self.note(
                    *(told.happened_at, village, producer),
                    cell=cell,
                    moved_satang=sign * (left["price"] - left["own"]),
                    platform_discount_satang=sign * left["site"],
                    fee_satang=sign * left["fee"],
                    fee_vat_satang=sign * left["vat"],
                    gateway_fee_satang=sign * left["gateway"],
                    passed_gateway_fee_satang=sign * left["passed"],
                )
            # The last to arrive is the last in line for a satang that is left over.
            cells.remove(cell)
            cells.append(cell)
            cell.village = told.there

    @tell.register
    def _adjusted(self, told: notes.Adjusted) -> None:
        satang = told.amount_satang
        self.note(told.happened_at, told.village, told.producer, adjustment_satang=satang)
        self.owed[told.producer, "goods"] += satang

    @tell.register
    def _paid_out(self, told: notes.PaidOut) -> None:
        for producer, village in told.homes.items():
            goods, sent = self.owed[producer, "goods"], self.owed[producer, "delivery"]
            goods, sent = max(0, goods + min(0, sent)), max(0, sent + min(0, goods))
            assert goods + sent > 0
            self._pay(told.happened_at, producer, village, goods, sent)
            self.paid_out[producer] = (village, goods, sent)

    @tell.register
    def _returned(self, told: notes.Returned) -> None:
        village, goods, sent = self.paid_out.pop(told.producer)
        self._pay(told.happened_at, told.producer, village, -goods, -sent)

    def _pay(self, at: datetime, producer: int, village: str, goods: int, sent: int) -> None:
        self.note(at, village, producer, paid_out_satang=goods + sent)
        self.owed[producer, "goods"] -= goods
        self.owed[producer, "delivery"] -= sent

    @tell.register
    def _declared(self, told: notes.Declared) -> None:
        line = told.line
        amounts = shared(line.paid_satang, list(line.shares.values()))
        self.cells[told.number] = [
            Cell(line, village, ppm, line.groups[village], "", Counter(price=amount))
            for (village, ppm), amount in zip(line.shares.items(), amounts, strict=True)
        ]
        self._declare(told, 1)

    @tell.register
    def _taken_back(self, told: notes.TakenBack) -> None:
        self._declare(told, -1)

    def _declare(self, told, sign: int) -> None:
        for cell in self.cells[told.number]:
            satang = sign * cell.left["price"]
            self.note(
                *(told.happened_at, cell.village, cell.line.producer),
                cell=cell,
                declared_satang=satang,
            )


def books_of(told: Sequence[notes.Told], rules: Sequence[FeeRule]) -> Books:
    books = Books(rules)
    for one in told:
        books.telling = one
        books.tell(one)
    return books
