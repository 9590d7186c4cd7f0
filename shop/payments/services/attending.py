"""What a person does about money that needs one: look, ask Stripe again. Nothing moves by hand."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from oscar.apps.order.models import Order

from marketplace.core import audit, thai
from shop.payments import gateway
from shop.payments.errors import AlreadyAttended, NoteNeeded
from shop.payments.gateway import Gateway
from shop.payments.models import Attention, Movement
from shop.payments.services.comparing import compare
from shop.payments.services.disputes import settle_dispute
from shop.payments.services.fees import read_fee
from shop.payments.services.provider_payouts import settle_provider_payout
from shop.payments.services.refunding import UNFINISHED, send_refund, settle_refund
from shop.payments.services.settling import settle_attempt

NOTE_MAX_LENGTH = 300
_REFUND_AT_STRIPE, _PAYOUT_AT_STRIPE = "re_", "po_"
_SETTLE = {
    Movement.Kind.REFUND: settle_refund,
    Movement.Kind.DISPUTE: settle_dispute,
    Movement.Kind.DISPUTE_BACK: settle_dispute,
    Movement.Kind.PAYOUT: settle_provider_payout,
    Movement.Kind.PAYOUT_BACK: settle_provider_payout,
}
"""What a movement's reference is asked about by; a payment is that of its order."""


def mark_attended(*, attention: Attention, note: str, by: AbstractBaseUser) -> Attention:
    """Keep that somebody looked at it, and what they found; no money moves.

    Raises NoteNeeded, and AlreadyAttended when somebody was first: their note stays.
    """
    note = thai.normalise(note)
    if not 0 < len(note) <= NOTE_MAX_LENGTH:
        raise NoteNeeded
    with transaction.atomic():
        waiting = Attention.objects.filter(pk=attention.pk, resolved_at=None)
        if not waiting.update(resolved_at=timezone.now(), resolved_by=by, note=note):
            raise AlreadyAttended
        target = _target(attention)
        audit.note(actor=by, act="payment.attended", target=target, attention=attention.pk)
    attention.refresh_from_db()
    return attention


def _target(attention: Attention) -> str:
    if attention.order_id:
        return f"order:{attention.order_id}"
    return f"attention:{attention.pk}"


def ask_again(*, attention: Attention, by: AbstractBaseUser, stripe: Gateway | None = None) -> bool:
    """Ask Stripe now about what needs a person; whether anything changed.

    What webhook and reconciler would do, by the same functions: safe to repeat at any time. Raises
    PaymentUnavailable when Stripe does not answer, RefundRefused when it refuses a refund.
    """
    stripe = stripe or gateway.for_web()
    target = _target(attention)
    audit.note(actor=by, act="payment.reconcile", target=target, attention=attention.pk)
    before = _standing(attention)
    movement = movement_of(attention)
    if movement:
        _ask_and_compare(movement, stripe)
    elif attention.order:
        _ask_about_order(attention.order, stripe)
    if attention.reference.startswith(_REFUND_AT_STRIPE):
        settle_refund(attention.reference, stripe=stripe)
    if attention.reference.startswith(_PAYOUT_AT_STRIPE):
        settle_provider_payout(attention.reference, stripe=stripe)
    return _standing(attention) != before


def movement_of(attention: Attention) -> Movement | None:
    """The movement that a note about two books is about."""
    if attention.reason != Attention.Reason.UNMATCHED:
        return None
    kind, _, reference = attention.reference.partition(":")
    return Movement.objects.filter(kind=kind, reference=reference).first()


def ask_about_movement(
    *, movement: Movement, by: AbstractBaseUser, stripe: Gateway | None = None
) -> Movement:
    """Ask Stripe now about what a movement is of, and compare both books anew; the movement anew.

    Raises PaymentUnavailable when Stripe does not answer, RefundRefused when it refuses a refund.
    """
    audit.note(actor=by, act="payment.reconcile", target=f"movement:{movement.pk}")
    _ask_and_compare(movement, stripe or gateway.for_web())
    return Movement.objects.get(pk=movement.pk)


def _ask_and_compare(movement: Movement, stripe: Gateway) -> None:
    if movement.order:
        _ask_about_order(movement.order, stripe)
    settle = _SETTLE.get(movement.kind)
    if settle and movement.provider_satang is not None:  # what it does not know it cannot be asked
        settle(movement.reference, stripe=stripe)
    compare([movement.pk])


def _ask_about_order(order: Order, stripe: Gateway) -> None:
    for attempt in order.payment_attempts.exclude(intent_id=None).order_by("pk"):
        read_fee(settle_attempt(attempt, stripe=stripe), stripe=stripe)
    refunds = order.refunds.filter(state__in=UNFINISHED).order_by("pk")
    for refund_id in list(refunds.values_list("pk", flat=True)):
        send_refund(refund_id, stripe=stripe)
    disputes = order.disputes.filter(settled_at=None).order_by("pk")
    for stripe_id in list(disputes.values_list("stripe_id", flat=True)):
        settle_dispute(stripe_id, stripe=stripe)


def _standing(attention: Attention) -> tuple:
    movement = movement_of(attention)
    result = movement.result if movement else ""
    order = attention.order
    if order is None:
        return (result,)
    return (
        result,
        Order.objects.values_list("status", flat=True).get(pk=order.pk),
        list(order.payment_attempts.order_by("pk").values_list("pk", "state", "fee_state")),
        list(order.refunds.order_by("pk").values_list("pk", "state")),
        list(order.disputes.order_by("pk").values_list("pk", "state", "settled_at")),
        order.attentions.count(),
    )
