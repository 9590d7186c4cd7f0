"""What pages ask about the payment of an order."""

from django.db.models import TextChoices
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from shop.payments.models import PaymentAttempt
from shop.placing.models import Placement
from shop.placing.queries import TOKEN_MAX_LENGTH

State = PaymentAttempt.State


class PaymentStage(TextChoices):
    """Where the payment of an order stands, as its buyer sees it."""

    OPEN = "open", _("waiting for payment")
    PROCESSING = "processing", _("with the bank")
    CHECKED = "checked", _("being checked")
    OVER = "over", _("settled")


def find_placement(token: str) -> Placement:
    """Return the order behind a link with its Oscar order; raises Http404 for a wrong token."""
    if len(token) > TOKEN_MAX_LENGTH or "\x00" in token:
        raise Http404
    placement = Placement.objects.select_related("order").filter(token=token).first()
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
