"""The line shares behind a figure, and the events behind a line share: where a sum came from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from marketplace.core import bilingual
from marketplace.ledger import rollup
from marketplace.ledger.models import Event, Transfer
from marketplace.ledger.queries.areas import Regions, names_of, regions
from marketplace.ledger.queries.figures import Figures
from marketplace.ledger.queries.questions import Question
from marketplace.ledger.queries.sources import as_day, sums_of
from marketplace.ledger.queries.transfers import conditions_of, joins_of
from marketplace.places.services import UnknownArea
from marketplace.provenance.models import LineOrigin

ROWS_A_PAGE = 100
MEASURES = (
    *("sold_satang", "producer_discount_satang", "refunded_satang", "moved_satang"),
    *("platform_discount_satang", "fee_satang", "fee_vat_satang", "declared_satang"),
    *("sales", "refunds", "units_ppm"),
)
"""What is recorded for each line share; delivery and payment fees are of an order."""


@dataclass(frozen=True)
class ShareRow(Figures):
    """What one line share, sold or declared, brought in a period."""

    share: LineOrigin | None = None
    order_number: str = ""  # "" of a declared sale
    first_day: date = date.min  # of its first transfer in the period

    @property
    def village_name(self) -> str:
        """As it was called when the order was placed."""
        return bilingual.pick(self.share.village_name_th, self.share.village_name_en)


@dataclass(frozen=True)
class ShareRows:
    """A page of the line shares behind a figure, the newest first."""

    area_name: str
    total: Figures  # of all pages together, as the report has it
    rows: tuple[ShareRow, ...]
    next_before: int | None  # ask for what is before this one; None at the end


def shares_behind(question: Question, before: int | None = None) -> ShareRows:
    """The line shares whose transfers make up the income of a question, of all its rows together.

    By the order in which they were placed, the newest first, a page at a time: those before the
    share with the number `before`. All pages come to the total to the satang. At most eight
    statements, however many rows. Raises UnknownArea.
    """
    known = regions()
    names = names_of([question.area], question.period)
    if question.area not in names:
        raise UnknownArea
    sums = sums_of(question, known, measures=MEASURES).values()
    total = Figures(**next(iter(sums), {}))
    numbers = _numbers(question, known, before)
    page = numbers[:ROWS_A_PAGE]
    shares = LineOrigin.objects.select_related("producer", "line__order").in_bulk(page)
    found = _sums_by_share(question, known, page)
    rows = tuple(_row(shares[number], *found[number]) for number in page)
    return ShareRows(
        area_name=bilingual.pick(*names[question.area]),
        total=total,
        rows=rows,
        next_before=page[-1] if len(numbers) > ROWS_A_PAGE else None,
    )


def _row(share: LineOrigin, first_day: date, sums: dict[str, int]) -> ShareRow:
    number = share.line.order.number if share.line else ""
    return ShareRow(**sums, share=share, order_number=number, first_day=first_day)


def _selected(question: Question, known: Regions) -> tuple[str, list]:
    """FROM and WHERE of the transfers of line shares that a question is about."""
    days = [(question.period.first, question.period.last)]
    wheres, params = conditions_of(days, question, known)
    wheres = ["t.village_code <> ''", "t.origin_id IS NOT NULL", *wheres]
    return f"FROM ledger_transfer t {joins_of(question)} WHERE {' AND '.join(wheres)}", params


def _numbers(question: Question, known: Regions, before: int | None) -> list[int]:
    """One more than a page has, so that it is seen whether there is another."""
    selected, params = _selected(question, known)
    if before is not None:
        selected, params = f"{selected} AND t.origin_id < %s", [*params, before]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT t.origin_id {selected} ORDER BY 1 DESC LIMIT %s",
            [*params, ROWS_A_PAGE + 1],
        )
        return [number for (number,) in cursor.fetchall()]


def _sums_by_share(
    question: Question, known: Regions, page: Sequence[int]
) -> dict[int, tuple[date, dict[str, int]]]:
    if not page:
        return {}
    selected, params = _selected(question, known)
    sums = ", ".join(rollup.OF_TRANSFERS[name] for name in MEASURES)
    places = ", ".join(["%s"] * len(page))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t.origin_id, min(t.day), {sums} {selected}"
            f" AND t.origin_id IN ({places}) GROUP BY 1",
            [*params, *page],
        )
        return {
            number: (as_day(first), dict(zip(MEASURES, map(int, found), strict=True)))
            for number, first, *found in cursor.fetchall()
        }


# --- One share -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShareEvent:
    """An event and what it did to one line share."""

    event: Event
    seal_number: int | None  # None: not sealed yet, which takes a minute
    transfers: tuple[Transfer, ...]
    income_satang: int  # by how much it changed the share's income, wherever that counts


@dataclass(frozen=True)
class ShareHistory:
    """A line share and all that the ledger says of it, the oldest event first."""

    share: LineOrigin
    order_number: str
    events: tuple[ShareEvent, ...] = field(default=())

    @property
    def income_satang(self) -> int:
        return sum(one.income_satang for one in self.events)

    @property
    def village_codes(self) -> set[str]:
        """Where its income counts or counted: more than one once it was moved."""
        return {self.share.village_code} | {
            transfer.village_code for one in self.events for transfer in one.transfers
        }

    @property
    def village_name(self) -> str:
        return bilingual.pick(self.share.village_name_th, self.share.village_name_en)


def share_history(number: int) -> ShareHistory:
    """Raises LineOrigin.DoesNotExist. Two statements."""
    share = LineOrigin.objects.select_related("producer", "line__order").get(pk=number)
    transfers = (
        Transfer.objects.filter(origin=share)
        .select_related("event__seal", "event__actor", "event__approved_by", "debit", "credit")
        .order_by("event__occurred_at", "event__recorded_at", "event_id", "number")
    )
    by_event: dict[Event, list[Transfer]] = {}
    for transfer in transfers:
        by_event.setdefault(transfer.event, []).append(transfer)
    return ShareHistory(
        share=share,
        order_number=share.line.order.number if share.line else "",
        events=tuple(_share_event(event, found) for event, found in by_event.items()),
    )


def _share_event(event: Event, transfers: list[Transfer]) -> ShareEvent:
    seal = getattr(event, "seal", None)
    return ShareEvent(
        event=event,
        seal_number=seal.number if seal else None,
        transfers=tuple(transfers),
        income_satang=sum(income_effect(transfer) for transfer in transfers),
    )


def income_effect(transfer: Transfer) -> int:
    """By how much a transfer raises (or lowers) village income, in satang."""
    return transfer.amount_satang * rollup.INCOME_SIGNS.get(transfer.kind, 0)
