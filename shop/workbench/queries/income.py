"""What a producer receives, month by month and sale by sale. Every amount is the ledger's.

Sales made on this site only; those declared at a stall are of other kinds and never mixed in.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, Max, QuerySet, Sum

from marketplace.core import money, thai
from marketplace.ledger.models import Event, Transfer
from marketplace.ledger.periods import Period, month_period, months_between, twelve_months_to
from marketplace.producers.models import Producer

PER_PAGE = 50
Kind = Transfer.Kind
SITE_KINDS = (Kind.SALE, Kind.REFUND, Kind.DELIVERY, Kind.DELIVERY_REFUND)
GIVEN_BACK = (Kind.REFUND, Kind.DELIVERY_REFUND)


@dataclass(frozen=True)
class Sums:
    """Satang; what was given back is below zero. `net_satang` is what reaches the producer."""

    price_satang: int = 0
    discount_satang: int = 0
    delivery_satang: int = 0
    fee_satang: int = 0  # no transfer takes a fee from a producer; the column is ready for one

    @property
    def goods_satang(self) -> int:
        return self.price_satang - self.discount_satang

    @property
    def net_satang(self) -> int:
        return self.goods_satang + self.delivery_satang - self.fee_satang

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.price_satang + other.price_satang,
            self.discount_satang + other.discount_satang,
            self.delivery_satang + other.delivery_satang,
            self.fee_satang + other.fee_satang,
        )


@dataclass(frozen=True)
class Month:
    """A month of a producer: what its transfers add up to, by kind."""

    period: Period
    sold_satang: int = 0
    refunded_satang: int = 0
    delivery_satang: int = 0
    delivery_refunded_satang: int = 0
    fee_satang: int = 0  # as in Sums
    sales: int = 0

    @property
    def net_satang(self) -> int:
        return self.in_satang - self.back_satang - self.fee_satang

    @property
    def in_satang(self) -> int:
        return self.sold_satang + self.delivery_satang

    @property
    def back_satang(self) -> int:
        return self.refunded_satang + self.delivery_refunded_satang


@dataclass(frozen=True)
class Line:
    """One product of a sale or refund, or its delivery (`title_th` is "" then)."""

    title_th: str
    quantity: int
    sums: Sums


@dataclass(frozen=True)
class Entry:
    """What one sale or refund brought or took of one producer."""

    kind: str
    order_number: str
    day: date
    occurred_at: datetime
    lines: tuple[Line, ...]

    @property
    def sums(self) -> Sums:
        return sum((line.sums for line in self.lines), Sums())

    @property
    def is_refund(self) -> bool:
        return self.kind == Event.Kind.REFUND

    @property
    def goods(self) -> list[Line]:
        return [line for line in self.lines if line.title_th]


@dataclass(frozen=True)
class EntryPage:
    """One page of a month's sales and refunds, the newest first. Templates call it `listing`."""

    rows: tuple[Entry, ...]
    total: int
    page: int
    pages: int


def months_of(producer: Producer) -> list[Month]:
    """Each month from the first sale, or a year ago, to this one, newest first; one statement."""
    sums = (
        _transfers(producer)
        .values("day__year", "day__month", "kind")
        .annotate(satang=Sum("amount_satang"), events=Count("event", distinct=True))
        .order_by()
    )
    found: dict[date, Month] = {}
    for row in sums:
        month = date(row["day__year"], row["day__month"], 1)
        found[month] = _with(found.get(month) or Month(month_period(month)), row)
    today = thai.today()
    earliest = min([*found, twelve_months_to(today)[0]])
    months = [found.get(one) or Month(month_period(one)) for one in months_between(earliest, today)]
    return months[::-1]


def month_of(producer: Producer, period: Period) -> Month:
    """What the transfers of one month add up to; one statement."""
    sums = _transfers(producer, period).values("kind")
    rows = sums.annotate(satang=Sum("amount_satang"), events=Count("event", distinct=True))
    month = Month(period)
    for row in rows.order_by():
        month = _with(month, row)
    return month


_FIELDS = {
    Kind.SALE: "sold_satang",
    Kind.REFUND: "refunded_satang",
    Kind.DELIVERY: "delivery_satang",
    Kind.DELIVERY_REFUND: "delivery_refunded_satang",
}


def _with(month: Month, row: dict) -> Month:
    facts = {_FIELDS[row["kind"]]: row["satang"]}
    if row["kind"] == Kind.SALE:
        facts["sales"] = row["events"]
    return replace(month, **facts)


def entries_of(producer: Producer, period: Period, page: int = 1) -> EntryPage:
    """One page of the sales and refunds of a period, newest first; three statements."""
    events = _events(producer, period)
    total = events.count()
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(page, 1), pages)
    ids = [row["event"] for row in events[(page - 1) * PER_PAGE : page * PER_PAGE]]
    return EntryPage(tuple(_entries(producer, ids)), total, page, pages)


def all_entries(producer: Producer, period: Period) -> Iterator[Entry]:
    """The sales and refunds of a period, the oldest first, read 500 at a time for a file."""
    ids = [row["event"] for row in _events(producer, period).reverse()]
    for start in range(0, len(ids), 500):
        yield from _entries(producer, ids[start : start + 500])


def _transfers(producer: Producer, period: Period | None = None) -> QuerySet[Transfer]:
    transfers = Transfer.objects.filter(producer=producer, kind__in=SITE_KINDS)
    return transfers.filter(day__range=(period.first, period.last)) if period else transfers


def _events(producer: Producer, period: Period) -> QuerySet:
    """Ids of events with something of this producer, newest first."""
    rows = _transfers(producer, period).values("event").annotate(on=Max("day"), last=Max("pk"))
    return rows.order_by("-on", "-last")


_COLUMNS = {
    "kind": "kind",
    "line": "line_id",
    "satang": "amount_satang",
    "title_th": "origin__title_th",
    "quantity": "origin__quantity",
    "price": "origin__line__line_price_before_discounts_incl_tax",
}


def _entries(producer: Producer, ids: list) -> list[Entry]:
    """The events of these ids in this order; one statement for transfers, one for events."""
    rows = defaultdict(list)
    transfers = _transfers(producer).filter(event__in=ids).order_by("number")
    for event, *values in transfers.values_list("event", *_COLUMNS.values()):
        rows[event].append(dict(zip(_COLUMNS, values, strict=True)))
    events = Event.objects.in_bulk(ids)
    return [_entry(events[pk], rows[pk]) for pk in ids]


def _entry(event: Event, rows: list[dict]) -> Entry:
    return Entry(event.kind, event.order_number, event.day, event.occurred_at, tuple(_lines(rows)))


def _lines(rows: Iterable[dict]) -> Iterator[Line]:
    """Shares of a line are one line again; delivery comes last."""
    by_line = defaultdict(list)
    for row in rows:
        by_line[row["line"]].append(row)
    for line_id in sorted(by_line, key=lambda pk: (pk is None, pk)):
        yield _delivery(by_line[None]) if line_id is None else _goods(by_line[line_id])


def _goods(shares: list[dict]) -> Line:
    first, satang = shares[0], _signed(shares)
    # What was given back of a line has no price of its own: it is taken off as it stands.
    price = money.to_satang(first["price"]) if first["kind"] == Kind.SALE else satang
    return Line(first["title_th"], first["quantity"], Sums(price, price - satang))


def _delivery(parts: list[dict]) -> Line:
    return Line("", 1, Sums(delivery_satang=_signed(parts)))


def _signed(rows: list[dict]) -> int:
    return sum(-row["satang"] if row["kind"] in GIVEN_BACK else row["satang"] for row in rows)
