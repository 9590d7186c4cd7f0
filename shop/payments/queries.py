"""What pages ask about the payment of an order, and about what of it was paid back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q, Sum, TextChoices
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from oscar.apps.order.models import Line

from marketplace.core import money
from marketplace.core.prepared import Prepared
from shop.parcels.models import Parcel
from shop.payments.models import Movement, PaymentAttempt, ProviderDay, Refund, RefundLine
from shop.placing.models import Placement
from shop.placing.queries import TOKEN_MAX_LENGTH

State = PaymentAttempt.State
PROMISED = (Refund.State.NEW, Refund.State.PENDING, Refund.State.SUCCEEDED)


class PaymentStage(TextChoices):
    """Where the payment of an order stands, as its buyer sees it."""

    OPEN = "open", _("waiting for payment")
    PROCESSING = "processing", _("with the bank")
    CHECKED = "checked", _("being checked")
    OVER = "over", _("settled")


_placements = Prepared(lambda token: Placement.objects.select_related("order").filter(token=token))


def find_placement(token: str) -> Placement:
    """Return the order behind a link with its Oscar order; raises Http404 for a wrong token."""
    if len(token) > TOKEN_MAX_LENGTH or "\x00" in token:
        raise Http404
    placement = _placements.first(token=token)
    if placement is None:
        raise Http404
    return placement


def stage_of(placement: Placement) -> PaymentStage:
    """Say where a payment stands in at most one statement; Stripe is not asked."""
    if placement.paid_at or placement.released_at:
        return PaymentStage.OVER
    states = PaymentAttempt.objects.filter(order=placement.order_id).exclude(state=State.CANCELED)
    stages = {State.PROCESSING: PaymentStage.PROCESSING, State.SUCCEEDED: PaymentStage.CHECKED}
    return stages.get(states.values_list("state", flat=True).first(), PaymentStage.OPEN)


def given_back(line_ids: Iterable[int], states: Iterable[str] = PROMISED) -> dict[int, int]:
    """Satang paid back, or about to be, of each of these order lines; one statement."""
    parts = RefundLine.objects.filter(line__in=list(line_ids), refund__state__in=states)
    sums = parts.values("line").annotate(satang=Sum("amount_satang")).order_by()
    return dict(sums.values_list("line", "satang"))


def wholly_given_back(lines: Iterable[Line], states: Iterable[str] = PROMISED) -> set[int]:
    """Those of these lines of which nothing is left to be paid for; one statement."""
    lines = list(lines)
    back = given_back((line.pk for line in lines), states)
    return {line.pk for line in lines if back.get(line.pk, -1) >= amount_of(line)}


def amount_of(line: Line) -> int:
    """What the shopper pays for a line, in satang."""
    return money.to_satang(line.line_price_incl_tax)


def lines_to_send(parcel: Parcel) -> list[Line]:
    """What belongs in a parcel: its lines, but for those paid back whole; two statements."""
    lines = list(Line.objects.filter(parcel_line__parcel=parcel).order_by("pk"))
    gone = wholly_given_back(lines)
    return [line for line in lines if line.pk not in gone]


BOOKS_SHOWN = timedelta(days=35)
"""Over how long finance reads what part of the money matched: more than a month."""


@dataclass(frozen=True)
class Books:
    """How far the provider's book and ours agree. Value is what moved, without its sign."""

    listed_until: date | None  # the last whole day that was listed
    value_satang: int
    matched_satang: int
    unmatched: int  # movements, of all times
    oldest_at: datetime | None  # of those

    @property
    def matched_percent(self) -> str:
        """Rounded down, so that 100.00 is all of it; "" where nothing moved."""
        if not self.value_satang:
            return ""
        parts = self.matched_satang * 10_000 // self.value_satang
        return f"{parts // 100}.{parts % 100:02}"


def read_books() -> Books:
    """How the two books compare, over the last 35 days; three statements."""
    matched = Q(result=Movement.Result.MATCHED)
    recent = Movement.objects.filter(happened_at__gte=timezone.now() - BOOKS_SHOWN)
    values = recent.aggregate(
        moved=Sum("value_satang", default=0),
        matched=Sum("value_satang", filter=matched, default=0),
    )
    left = Movement.objects.exclude(matched).aggregate(
        unmatched=Count("pk"), oldest_at=Min("happened_at")
    )
    days = ProviderDay.objects.order_by("-day").values_list("day", flat=True)
    return Books(
        listed_until=days.first(),
        value_satang=values["moved"],
        matched_satang=values["matched"],
        **left,
    )
