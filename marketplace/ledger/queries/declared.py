"""Sales that producers declare they made elsewhere: beside income, never in it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count, F, Sum

from marketplace.ledger.kinds import OF_A_DECLARATION
from marketplace.ledger.models import Event, Transfer
from marketplace.ledger.periods import Period
from marketplace.producers.models import Producer


@dataclass(frozen=True)
class DeclaredSales:
    """What a producer declared in a period, in satang; no part of its income here."""

    period: Period
    sales: int = 0  # declared, also those taken back
    told_satang: int = 0
    taken_back_satang: int = 0
    channels: Mapping[str, int] = field(default_factory=dict)  # Event.Channel: told less taken back

    @property
    def declared_satang(self) -> int:
        return self.told_satang - self.taken_back_satang

    @property
    def by_channel(self) -> list[tuple[str, int]]:
        """Words for each channel there was, with its satang."""
        return [
            (channel.label, self.channels[channel])
            for channel in Event.Channel
            if channel in self.channels
        ]


def declared_sales_of(producer: Producer, period: Period) -> DeclaredSales:
    """What a producer declared in a period, by channel, less what it took back; one statement."""
    sums = (
        Transfer.objects.filter(
            producer=producer, day__range=(period.first, period.last), kind__in=OF_A_DECLARATION
        )
        .values("kind", channel=F("event__channel"))
        .annotate(satang=Sum("amount_satang"), events=Count("event", distinct=True))
        .order_by("channel", "kind")
    )
    told, taken_back, sales = 0, 0, 0
    channels: dict[str, int] = defaultdict(int)
    for row in sums:
        if row["kind"] == Transfer.Kind.DECLARED:
            told, sales = told + row["satang"], sales + row["events"]
            channels[row["channel"]] += row["satang"]
        else:
            taken_back += row["satang"]
            channels[row["channel"]] -= row["satang"]
    return DeclaredSales(period, sales, told, taken_back, dict(channels))
