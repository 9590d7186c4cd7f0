"""What a producer receives, month by month and sale by sale. Every amount is the ledger's.

Read are the transfers that change what is owed to the producer, for goods and for delivery, and no
others: so a month adds up to the movement of its accounts. Sales declared at a stall are never
owed, and never mixed in: a month has them in a column of their own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, F, Max, QuerySet, Sum
from django.utils.translation import gettext as _

from marketplace.core import thai
from marketplace.ledger.kinds import EventKind
from marketplace.ledger.models import Event, Transfer
from marketplace.ledger.periods import (
    Period,
    month_period,
    months_between,
    twelve_months_to,
    year_period,
)
from marketplace.producers.models import Producer
from shop.workbench.queries.owed import DECLARED, PARTS, Month, Sums

PER_PAGE = 50
E = EventKind
PAYOUTS = (E.PAYOUT, E.PAYOUT_RETURN)
UNTOLD = (E.RECLASSIFICATION,)  # moves income between villages: its producer has as much as before


@dataclass(frozen=True)
class Line:
    """One product of an event, or what is of none: its delivery, say (`title_th` is "" then)."""

    title_th: str
    quantity: int
    sums: Sums


@dataclass(frozen=True)
class Entry:
    """What one sale, refund, fee or correction brought or took of one producer."""

    kind: str
    order_number: str
    reason: str  # of a correction
    day: date
    occurred_at: datetime
    lines: tuple[Line, ...]

    @property
    def sums(self) -> Sums:
        return sum((line.sums for line in self.lines), Sums())

    @property
    def is_sale(self) -> bool:
        return self.kind == E.SALE

    @property
    def goods(self) -> list[Line]:
        return [line for line in self.lines if line.title_th]

    @property
    def words(self) -> str:
        """What it is, as makers call it."""
        return {
            E.SALE: _("Sale"),
            E.REFUND: _("Refund"),
            E.DISPUTE_LOST: _("Taken back by the shopper's bank"),
            E.GATEWAY_FEE: _("Payment fee"),
            E.ADJUSTMENT: _("Correction"),
            E.PAYOUT: _("Paid to your bank account"),
            E.PAYOUT_RETURN: _("Came back from the bank"),
        }.get(self.kind, Event.Kind(self.kind).label)


@dataclass(frozen=True)
class EntryPage:
    """One page of a month's sales and refunds, the newest first. Templates call it `listing`."""

    rows: tuple[Entry, ...]
    total: int
    page: int
    pages: int

    @property
    def has_fees(self) -> bool:
        return any(row.sums.has_fees for row in self.rows)

    @property
    def has_discounts(self) -> bool:
        return any(row.sums.discount_satang for row in self.rows)


@dataclass(frozen=True)
class Year:
    """A fiscal year of a producer, so far: what its months add up to."""

    period: Period
    net_satang: int = 0
    declared_satang: int = 0

    def plus(self, month: Month) -> "Year":
        return replace(
            self,
            net_satang=self.net_satang + month.net_satang,
            declared_satang=self.declared_satang + month.declared_satang,
        )


@dataclass(frozen=True)
class PaidOut:
    """Money that went to the producer's bank account, or came back from there (below zero)."""

    day: date
    reference: str
    amount_satang: int


def months_of(producer: Producer) -> list[Month]:
    """Each month from the first sale, or a year ago, to this one, newest first; one statement."""
    sums = (
        _of_months(producer)
        .values("day__year", "day__month", "kind")
        .annotate(satang=Sum("amount_satang"), events=Count("event", distinct=True))
        .order_by()
    )
    found: dict[date, Month] = {}
    for row in sums:
        first = date(row["day__year"], row["day__month"], 1)
        month = found.get(first) or Month(month_period(first))
        found[first] = month.plus(row["kind"], row["satang"], row["events"])
    today = thai.today()
    earliest = min([*found, twelve_months_to(today)[0]])
    months = [found.get(one) or Month(month_period(one)) for one in months_between(earliest, today)]
    return months[::-1]


def years_among(months: Iterable[Month]) -> list[Year]:
    """The fiscal years of these months, in their order."""
    found: dict[int, Year] = {}
    for month in months:
        year_be = month.period.fiscal_year_be
        year = found.get(year_be) or Year(year_period(year_be))
        found[year_be] = year.plus(month)
    return list(found.values())


def month_of(producer: Producer, period: Period) -> Month:
    """What the transfers of one month add up to; one statement."""
    sums = _of_months(producer, period).values("kind")
    rows = sums.annotate(satang=Sum("amount_satang"), events=Count("event", distinct=True))
    month = Month(period)
    for row in rows.order_by():
        month = month.plus(row["kind"], row["satang"], row["events"])
    return month


def entries_of(producer: Producer, period: Period, page: int = 1) -> EntryPage:
    """One page of what a period brought and took, newest first; three statements.

    Payouts are told by `payouts_of`.
    """
    events = _events(_transfers(producer, period).exclude(event__kind__in=PAYOUTS))
    total = events.count()
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(page, 1), pages)
    ids = [row["event"] for row in events[(page - 1) * PER_PAGE : page * PER_PAGE]]
    return EntryPage(tuple(_entries(producer, ids)), total, page, pages)


def all_entries(producer: Producer, period: Period) -> Iterator[Entry]:
    """All of a period with its payouts, the oldest first, read 500 at a time for a file."""
    ids = [row["event"] for row in _events(_transfers(producer, period)).reverse()]
    for start in range(0, len(ids), 500):
        yield from _entries(producer, ids[start : start + 500])


def payouts_of(producer: Producer, period: Period) -> list[PaidOut]:
    """What was paid to a producer's bank account in a period, the oldest first; one statement."""
    rows = _transfers(producer, period).filter(event__kind__in=PAYOUTS)
    sums = rows.values("day", "kind", "event", reference=F("event__provider_reference"))
    return [
        PaidOut(row["day"], row["reference"], PARTS[row["kind"]][1] * row["satang"])
        for row in sums.annotate(satang=Sum("amount_satang")).order_by("day", "event__recorded_at")
    ]


def sums_of_order(producer: Producer, order_number: str) -> Sums:
    """What an order has brought its producer so far, refunds and fees taken off; one statement."""
    rows = _transfers(producer).filter(event__order_number=order_number).values_list("kind")
    sums = Sums()
    for kind, satang in rows.annotate(satang=Sum("amount_satang")).order_by():
        sums = sums.plus(kind, satang)
    return sums


def _of_months(producer: Producer, period: Period | None = None) -> QuerySet[Transfer]:
    """What is owed, and what was declared."""
    return _transfers(producer, period, (*PARTS, *DECLARED))


def _transfers(
    producer: Producer, period: Period | None = None, kinds: Iterable[str] = tuple(PARTS)
) -> QuerySet[Transfer]:
    transfers = Transfer.objects.filter(producer=producer, kind__in=tuple(kinds))
    return transfers.filter(day__range=(period.first, period.last)) if period else transfers


def _events(transfers: QuerySet[Transfer]) -> QuerySet:
    """Ids of events worth telling, newest first."""
    told = transfers.exclude(event__kind__in=UNTOLD)
    rows = told.values("event").annotate(on=Max("day"), last=Max("pk"))
    return rows.order_by("-on", "-last")


_COLUMNS = {
    "kind": "kind",
    "line": "line_id",
    "satang": "amount_satang",
    "title_th": "origin__title_th",
    "quantity": "origin__quantity",
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
    return Entry(
        kind=event.kind,
        order_number=event.order_number,
        reason=event.reason if event.kind == E.ADJUSTMENT else "",
        day=event.day,
        occurred_at=event.occurred_at,
        lines=tuple(_lines(rows)),
    )


def _lines(rows: Iterable[dict]) -> Iterator[Line]:
    """Shares of a line are one line again; what is of no line comes last."""
    by_line = defaultdict(list)
    for row in rows:
        by_line[row["line"]].append(row)
    for line_id in sorted(by_line, key=lambda pk: (pk is None, pk)):
        parts, sums = by_line[line_id], Sums()
        for part in parts:
            sums = sums.plus(part["kind"], part["satang"])
        yield Line(parts[0]["title_th"] or "", parts[0]["quantity"] or 1, sums)
