"""What a person does about money that needs one: look, ask Stripe again. Nothing moves by hand."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from oscar.apps.order.models import Order

from marketplace.core import audit, thai
from shop.payments import gateway
from shop.payments.errors import AlreadyAttended, NoteNeeded
from shop.payments.gateway import Gateway
from shop.payments.models import Attention
from shop.payments.services.refunding import UNFINISHED, send_refund, settle_refund
from shop.payments.services.settling import settle_payment

NOTE_MAX_LENGTH = 300
_REFUND_AT_STRIPE = "re_"


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
        target = f"order:{attention.order_id}"
        audit.note(actor=by, act="payment.attended", target=target, attention=attention.pk)
    attention.refresh_from_db()
    return attention


def reconcile_order(
    *, attention: Attention, by: AbstractBaseUser, stripe: Gateway | None = None
) -> bool:
    """Ask Stripe now about the payments and refunds of one order; whether anything changed.

    What webhook and reconciler would do, by the same functions: safe to repeat at any time. Raises
    PaymentUnavailable when Stripe does not answer, RefundRefused when it refuses a refund.
    """
    order, stripe = attention.order, stripe or gateway.for_web()
    audit.note(
        actor=by, act="payment.reconcile", target=f"order:{order.pk}", attention=attention.pk
    )
    before = _standing(order)
    intents = order.payment_attempts.exclude(intent_id=None).values_list("intent_id", flat=True)
    for intent_id in list(intents.order_by("pk")):
        settle_payment(intent_id, stripe=stripe)
    refunds = order.refunds.filter(state__in=UNFINISHED).order_by("pk")
    for refund_id in list(refunds.values_list("pk", flat=True)):
        send_refund(refund_id, stripe=stripe)
    if attention.reference.startswith(_REFUND_AT_STRIPE):
        settle_refund(attention.reference, stripe=stripe)
    return _standing(order) != before


def _standing(order: Order) -> tuple:
    return (
        Order.objects.values_list("status", flat=True).get(pk=order.pk),
        list(order.payment_attempts.order_by("pk").values_list("pk", "state")),
        list(order.refunds.order_by("pk").values_list("pk", "state")),
        order.attentions.count(),
    )
