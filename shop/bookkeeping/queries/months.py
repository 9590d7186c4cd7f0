"""The months of the ledger, what is to be done before the next is closed, and what waits today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Max, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core import thai
from marketplace.ledger import verification
from marketplace.ledger.models import AreaMonth, Event, MonthClose
from marketplace.ledger.periods import month_label, months_between, next_month
from marketplace.ledger.queries.figures import OF_INCOME, Figures, figures_of, summed
from marketplace.ledger.rollup import first_of_month
from shop.bookkeeping.models import Correction, PayoutList
from shop.payments.models import Attention, Movement, PaymentAttempt

MOST_SHOWN = 20  # differences of a month that does not add up


@dataclass(frozen=True)
class MonthRow:
    """A month since the first sale; `close` is None while it is open."""

    month: date
    close: MonthClose | None
    events: int
    income_satang: int
    is_next: bool  # the one that can be closed now

    @property
    def label(self) -> str:
        return month_label(self.month)

    @property
    def key(self) -> str:
        return f"{self.month:%Y-%m}"


@dataclass(frozen=True)
class Check:
    """One thing to look at before a month is closed; nothing `left` is well.

    One that `stops` keeps the month open; of the others people judge.
    """

    words: str
    left: int
    url_name: str = ""
    query: str = ""
    stops: bool = False
    found: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """Where it is mended."""
        url = reverse(self.url_name) if self.url_name else ""
        return f"{url}?{self.query}" if self.query else url


def months() -> list[MonthRow]:
    """Each month since the first event, the newest first; four statements.

    Figures of an open month are those of now, of a closed one those written down.
    """
    first = Event.objects.aggregate(first=Min("day"))["first"]
    closes = {one.month: one for one in MonthClose.objects.select_related("closed_by")}
    known = [*closes, *([first_of_month(first)] if first else [])]
    if not known:
        return []
    begin = min(known)
    counts, incomes = _open_figures(max(closes, default=None))
    next_one = _closable(max(closes, default=None), begin)
    rows = []
    for month in months_between(begin, thai.today()):
        close = closes.get(month)
        rows.append(
            MonthRow(
                month=month,
                close=close,
                events=close.event_count if close else counts.get(month, 0),
                income_satang=close.income_satang if close else incomes.get(month, 0),
                is_next=month == next_one,
            )
        )
    return rows[::-1]


def month_to_close() -> date | None:
    """The month that can be closed now; two statements."""
    last = MonthClose.objects.aggregate(last=Max("month"))["last"]
    first = Event.objects.aggregate(first=Min("day"))["first"]
    return _closable(last, first_of_month(first)) if first else None


def _closable(last_closed: date | None, begin: date) -> date | None:
    """The month after the last closed one, if it is over."""
    month = next_month(last_closed) if last_closed else begin
    return month if month < first_of_month(thai.today()) else None


def _open_figures(last_closed: date | None) -> tuple[dict[date, int], dict[date, int]]:
    events = Event.objects.all()
    areas = AreaMonth.objects.filter(level=AreaMonth.Level.COUNTRY)
    if last_closed:
        events = events.filter(day__gte=next_month(last_closed))
        areas = areas.filter(month__gt=last_closed)
    counts: dict[date, int] = {}
    for day, count in events.values_list("day").annotate(count=Count("pk")).order_by():
        counts[first_of_month(day)] = counts.get(first_of_month(day), 0) + count
    incomes = {
        row["month"]: Figures(**figures_of(row)).income_satang
        for row in summed(areas.values("month"), OF_INCOME).order_by()
    }
    return counts, incomes


def checks_of(month: date) -> list[Check]:
    """What is left to do before a month is closed, reckoned now.

    Every sum of the month is looked at, as a close itself does; the rest is one statement each.
    """
    return [_ledger(month), *_provider(_end_of(month)), *_people()]


def waiting() -> list[Check]:
    """What waits today for those who keep the books, whatever the month; five statements."""
    payments = Check(
        _("Payments that a person has to look at"),
        Attention.objects.filter(resolved_at=None).count(),
        "attention-register:index",
        "looked_at=false",
    )
    return [payments, *_provider(timezone.now()), *_people()]


def _ledger(month: date) -> Check:
    wrong = list(verification.roll_up_differences(month))
    return Check(
        _("Figures of the month that do not add up"),
        len(wrong),
        stops=True,
        found=tuple(wrong[:MOST_SHOWN]),
    )


def _provider(before: datetime) -> Iterator[Check]:
    movements = Movement.objects.exclude(result=Movement.Result.MATCHED)
    yield Check(
        _("Movements of the provider's book that do not match ours"),
        movements.filter(happened_at__lt=before).count(),
        "movement-register:index",
    )
    fees = PaymentAttempt.objects.exclude(fee_state__in=("", PaymentAttempt.FeeState.RECORDED))
    yield Check(
        _("Payments whose fee the ledger does not know yet"),
        fees.filter(settled_at__lt=before).count(),
        "attention-register:index",
    )


def _people() -> Iterator[Check]:
    yield Check(
        _("Corrections that wait for another person"),
        Correction.objects.filter(decision=None).count(),
        "correction-register:index",
        "state=waiting",
    )
    yield Check(
        _("Payout lists under way"),
        PayoutList.objects.filter(end=None).count(),
        "payout-register:index",
    )


def _end_of(month: date) -> datetime:
    """The first moment after the month in Bangkok."""
    return datetime.combine(next_month(month), time(), tzinfo=thai.BANGKOK)
