"""What became known of a fiscal year after its last day: refunds, changes of place, late news.

Two things count: what was recorded later of a sale of the year, and what happened in the year and
was told after its month was closed. A sale is of the year in which it counts, or was paid. Nothing
of it changes the year's own figures: it counts in the month in which it was recorded.

"Known" is told by seals (`services/sealing.py`): events sealed with a number above `after` and up
to `upto`. So the same two numbers leave the same events for ever.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Substr

from marketplace.core import thai
from marketplace.ledger import rollup
from marketplace.ledger.kinds import EventKind
from marketplace.ledger.models import Event, Transfer
from marketplace.ledger.periods import ONE_DAY, Period
from marketplace.ledger.queries.areas import Level
from marketplace.ledger.queries.figures import Figures

_PAID = (
    *(EventKind.PAYOUT, EventKind.PAYOUT_RETURN),
    *(EventKind.GATEWAY_PAYOUT, EventKind.GATEWAY_PAYOUT_RETURN),
)
"""Paying out corrects nothing: what was earned stays as it was."""
_ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class LaterEvent:
    """What one event of after the year's end means for one village."""

    seal: int
    event_id: UUID
    kind: str
    day: date  # on which it counts
    happened_on: date  # in Bangkok
    sold_on: date | None  # the day on which its sale counts; None where it has none
    village_code: str
    figures: Figures


def later_sums(
    year: Period, after: int, upto: int, level: Level, within: str = ""
) -> dict[str, Counter]:
    """Measures of what became known of the year, by area of a level from province down; one
    statement. `within` is the code of an area that is not a region. Areas without news are missing.
    """
    found = _transfers(year, after, upto).filter(village_code__startswith=within)
    rows = found.annotate(part=Substr("village_code", 1, int(level))).values("part", "kind")
    rows = rows.annotate(
        satang=Sum("amount_satang"), transfers=Count("pk"), units=Sum("units_ppm")
    ).order_by()
    sums: dict[str, Counter] = {}
    for row in rows:
        added = _measures(row["kind"], row["satang"], row["transfers"], row["units"])
        sums.setdefault(row["part"], Counter()).update(added)
    return sums


def later_events(year: Period, after: int, upto: int) -> Iterator[LaterEvent]:
    """Every event behind `later_sums`, once for each village, in the order of the seals.

    One statement; rows are read in batches.
    """
    transfers = _transfers(year, after, upto).annotate(
        seal=F("event__seal__number"),
        event_kind=F("event__kind"),
        occurred_at=F("event__occurred_at"),
        sold_on=Subquery(_sale(OuterRef("event__order_number")).values("day")[:1]),
        declared_on=F("event__reverses__day"),
    )
    rows = transfers.order_by("seal", "village_code", "number").iterator(_ROWS_AT_ONCE)
    for (seal, village_code), group in groupby(rows, lambda one: (one.seal, one.village_code)):
        parts = list(group)
        one = parts[0]
        yield LaterEvent(
            seal=seal,
            event_id=one.event_id,
            kind=one.event_kind,
            day=one.day,
            happened_on=thai.bangkok_day(one.occurred_at),
            sold_on=one.sold_on or one.declared_on,
            village_code=village_code,
            figures=_figures(parts),
        )


def _transfers(year: Period, after: int, upto: int) -> QuerySet[Transfer]:
    """Transfers of places that were recorded after the year and are about it."""
    began = datetime.combine(year.first, time(), tzinfo=thai.BANGKOK)
    ended = datetime.combine(year.last + ONE_DAY, time(), tzinfo=thai.BANGKOK)

    def of_the_year(event: str) -> Q:
        happened = {f"{event}occurred_at__gte": began, f"{event}occurred_at__lt": ended}
        return Q(**{f"{event}day__range": (year.first, year.last)}) | Q(**happened)

    sale = _sale(OuterRef("event__order_number")).filter(of_the_year(""))
    takes_back = Q(event__kind=EventKind.DECLARED_REVERSAL)
    found = Transfer.objects.filter(
        day__gt=year.last, event__seal__number__gt=after, event__seal__number__lte=upto
    )
    return (
        found.exclude(village_code="")
        .exclude(event__kind__in=_PAID)
        .filter(
            Q(event__occurred_at__gte=began, event__occurred_at__lt=ended)
            | Exists(sale)
            | (takes_back & of_the_year("event__reverses__"))
        )
    )


def _sale(order_number: OuterRef) -> QuerySet[Event]:
    return Event.objects.filter(kind=EventKind.SALE, order_number=order_number).order_by()


def _figures(transfers: Iterable[Transfer]) -> Figures:
    sums: Counter = Counter()
    for one in transfers:
        sums.update(_measures(one.kind, one.amount_satang, 1, one.units_ppm))
    return Figures(**sums)


def _measures(kind: str, satang: int, transfers: int, units_ppm: int) -> dict[str, int]:
    """What transfers of a kind add to each measure, as the roll-ups count it (`rollup.SIGNS`)."""
    found = {name: signs[kind] * satang for name, signs in rollup.SIGNS.items() if kind in signs}
    found |= {name: transfers for name, counted in rollup.COUNTS.items() if kind == counted}
    return found | ({"units_ppm": units_ppm} if units_ppm else {})
